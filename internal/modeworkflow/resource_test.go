// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const address = resourceType + ".test"

// noneLeft checks that every workflow is archived and no schedule is left.
func noneLeft(tenant *acctest.Tenant) resource.TestCheckFunc {
	return func(*terraform.State) error {
		for _, workflow := range tenant.Sandbox.State().AppWorkflows {
			if strings.HasPrefix(workflow.Name, "tfacc-") && (workflow.ArchivedAt.IsZero() || len(workflow.Schedules) > 0) {
				return fmt.Errorf("workflow %s is left, or its schedules %v", workflow.Slug, workflow.Schedules)
			}
		}
		return nil
	}
}

func attribute(name string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), value)
}

func step(action plancheck.ResourceActionType, checks ...statecheck.StateCheck) resource.TestStep {
	return resource.TestStep{
		ConfigDirectory: config.TestStepDirectory(),
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
		ConfigStateChecks: checks,
	}
}

// TestAccResource_lifecycle creates a workflow with the least, gives it everything, changes everything, and replaces it.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	kept := func(name string) func() statecheck.StateCheck {
		same := statecheck.CompareValue(compare.ValuesSame())
		return func() statecheck.StateCheck { return same.AddStateValue(address, tfjsonpath.New(name)) }
	}
	id, credential, connection := kept("id"), kept("credential_guid"), kept("connection_qualified_name")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noneLeft(tenant),
		Steps: []resource.TestStep{
			step(plancheck.ResourceActionCreate, id(), credential(), connection(),
				attribute("app_id", knownvalue.StringExact(sandbox.DemoModeAppID)), attribute("crawl_archived_reports", knownvalue.Bool(true)),
				attribute("include_collections", knownvalue.Null()), attribute("run_id", knownvalue.Null()),
				attribute("connection_qualified_name", knownvalue.StringRegexp(regexp.MustCompile(`^default/mode/\d{10}$`)))),
			step(plancheck.ResourceActionUpdate, id(), credential(), connection(), attribute("run_status", knownvalue.StringExact("Succeeded"))),
			step(plancheck.ResourceActionUpdate, id(), credential(), connection(), attribute("crawl_archived_reports", knownvalue.Bool(true))),
			step(plancheck.ResourceActionReplace, attribute("run_id", knownvalue.Null())),
		},
	})
}

// TestAccResource_import imports a workflow by its slug and its name, writes its configuration, and refuses that of an app
// which connects to something else.
func TestAccResource_import(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	steps := []resource.TestStep{{ConfigDirectory: config.TestStepDirectory()}}
	for _, attribute := range []string{"id", "name"} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: directory(t), ResourceName: address, ImportState: true,
			ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts"},
			ImportStateIdFunc: func(state *terraform.State) (string, error) {
				return state.RootModule().Resources[address].Primary.Attributes[attribute], nil
			},
		})
	}
	steps = append(steps, resource.TestStep{
		ConfigDirectory: directory(t), ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID, GenerateConfig: true,
	})
	other := tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "other", AppID: sandbox.MetabaseAppID, Inputs: map[string]any{}})
	for id, text := range map[string]string{
		other.Slug: `connects\s+to\s+metabase,\s+not\s+to\s+mode`, "tfacc-none": `No workflow has the slug or the\s+name "tfacc-none"`,
	} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: directory(t), ResourceName: address, ImportState: true, ImportStateId: id,
			ExpectError: regexp.MustCompile(`(?s)Importing Mode workflow "` + id + `" failed.*` + text),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: noneLeft(tenant), Steps: steps})
}

// TestAccResource_package makes a workflow of the package, which stays one, renames it in the state alone, and imports it.
func TestAccResource_package(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	same := statecheck.CompareValue(compare.ValuesSame())
	id := func() statecheck.StateCheck { return same.AddStateValue(address, tfjsonpath.New("id")) }
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy: func(*terraform.State) error {
			if left := stored(tenant.Sandbox); len(left) > 0 {
				return fmt.Errorf("workflow %s is left", left[0].Name)
			}
			return nil
		},
		Steps: []resource.TestStep{
			step(plancheck.ResourceActionCreate, id(), attribute("id", knownvalue.StringRegexp(regexp.MustCompile(`^atlan-mode-\d{10}$`))),
				attribute("app_id", knownvalue.StringExact("@atlan/mode")), attribute("version", knownvalue.Null()),
				attribute("run_status", knownvalue.StringExact("Succeeded"))),
			step(plancheck.ResourceActionUpdate, id(), attribute("name", knownvalue.StringExact("tfacc-renamed")),
				attribute("app_id", knownvalue.StringExact("@atlan/mode"))),
			{
				ConfigDirectory: config.StaticDirectory("testdata/" + t.Name() + "/2"), ResourceName: address, ImportState: true, ImportStateVerify: true,
				ImportStateVerifyIgnore: []string{"timeouts", "name", "credential", "run", "run_id", "run_status", "wait", "contract_validation"},
			},
		},
	})
}

// TestAccResource_importIdentity imports a workflow by its identity.
func TestAccResource_importIdentity(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.ImportByIdentity)
	tenant := acctest.NewSandbox(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noneLeft(tenant),
		Steps: []resource.TestStep{
			{
				ConfigDirectory:   config.TestStepDirectory(),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id"))},
			},
			{ConfigDirectory: directory(t), ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

// directory is that of the first step.
func directory(t *testing.T) func(config.TestStepConfigRequest) string {
	t.Helper()
	return config.StaticDirectory("testdata/" + t.Name() + "/1")
}
