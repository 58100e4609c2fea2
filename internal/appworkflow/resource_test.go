// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow_test

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
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
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

// TestAccResource_lifecycle creates a workflow with the least, gives it everything, changes everything, and replaces it. A
// wrong input is refused on the argument.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	same := statecheck.CompareValue(compare.ValuesSame())
	kept := func() statecheck.StateCheck { return same.AddStateValue(address, tfjsonpath.New("id")) }
	credential := statecheck.CompareValue(compare.ValuesSame())
	credentialKept := func() statecheck.StateCheck {
		return credential.AddStateValue(address, tfjsonpath.New("credential_guid"))
	}
	connection := statecheck.CompareValue(compare.ValuesSame())
	connectionKept := func() statecheck.StateCheck {
		return connection.AddStateValue(address, tfjsonpath.New("connection_qualified_name"))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noneLeft(tenant),
		Steps: []resource.TestStep{
			step(plancheck.ResourceActionCreate, kept(),
				attribute("id", knownvalue.StringRegexp(regexp.MustCompile(`^tfacc-lifecycle-[0-9a-f]{8}$`))),
				attribute("run", knownvalue.StringExact("never")), attribute("wait", knownvalue.Bool(false)), attribute("run_id", knownvalue.Null()),
				attribute("contract_validation", knownvalue.StringExact("strict")), attribute("test_authentication", knownvalue.Bool(false)),
				attribute("connection_qualified_name", knownvalue.Null()), attribute("credential_guid", knownvalue.Null()), attribute("version", knownvalue.NotNull())),
			step(plancheck.ResourceActionUpdate, kept(), credentialKept(), connectionKept(),
				attribute("credential_guid", knownvalue.NotNull()), attribute("run_id", knownvalue.NotNull()),
				attribute("run_status", knownvalue.StringExact("Succeeded")),
				attribute("connection_qualified_name", knownvalue.StringRegexp(regexp.MustCompile(`^default/metabase/\d{10}$`)))),
			step(plancheck.ResourceActionUpdate, kept(), credentialKept(), connectionKept(),
				attribute("run", knownvalue.StringExact("never")), attribute("run_status", knownvalue.StringExact("Succeeded"))),
			step(plancheck.ResourceActionReplace,
				attribute("id", knownvalue.StringRegexp(regexp.MustCompile(`^tfacc-lifecycle-renamed-[0-9a-f]{8}$`))), attribute("run_id", knownvalue.Null())),
			{
				ConfigDirectory: config.TestStepDirectory(),
				// As a warning in the plan; the tenant itself passes over what it does not know, and so does the check of warnings.
				PlanOnly: true, ExpectNonEmptyPlan: true,
			},
		},
	})
}

// TestAccResource_import imports a workflow by its slug and its name, writes its configuration, and lists the candidates of
// a name that several have.
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
	one := tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "twin", AppID: sandbox.MetabaseAppID, Inputs: map[string]any{}})
	two := tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "twin", AppID: sandbox.MetabaseAppID, Inputs: map[string]any{}})
	for id, text := range map[string]string{
		"twin": `2 workflows are named "twin".*` + one.Slug, "tfacc-none": `No workflow has the slug or the\s+name "tfacc-none"`,
	} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: directory(t), ResourceName: address, ImportState: true, ImportStateId: id,
			ExpectError: regexp.MustCompile(`(?s)Importing app workflow "` + id + `" failed.*` + text),
		})
	}
	_ = two
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: noneLeft(tenant), Steps: steps})
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

// TestImportSilence says what an import cannot take over.
func TestImportSilence(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	first := acctest.NewWorkspace(t, tenant.Provider())
	workflowtest.Apply(t, first, suite.Named("ci"))
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	if text := acctest.Texts(workspace.Import("ci", resourceType, "ci")); !strings.Contains(text, "Schedules and secrets are not imported") {
		t.Errorf("the import says %s", text)
	}
	// What is configured then gets a credential of its own, and leaves that which the workflow had as it was.
	workflowtest.Apply(t, workspace, suite.Named("ci"))
	workflowtest.ExpectPlan(t, workspace, suite.Named("ci"), acctest.NoOp)
	if own, before := workspace.Attribute("ci", "credential_guid"), first.Attribute("ci", "credential_guid"); own == before || own == nil {
		t.Errorf("the credential is %v, was %v", own, before)
	}
}

// directory is that of the first step.
func directory(t *testing.T) func(config.TestStepConfigRequest) string {
	t.Helper()
	return config.StaticDirectory("testdata/" + t.Name() + "/1")
}
