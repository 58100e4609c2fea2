// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package altrworkflow_test

import (
	"fmt"
	"regexp"
	"testing"

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

// archived checks that no workflow is left, and that what its runs have published is.
func archived(tenant *acctest.Tenant, kept ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if left := workflowtest.Living(tenant.Sandbox); len(left) > len(kept) {
			return fmt.Errorf("workflows are left: %v", left)
		}
		return nil
	}
}

func step(directory string, action plancheck.ResourceActionType, values map[string]knownvalue.Check) resource.TestStep {
	var checks []statecheck.StateCheck
	for name, value := range values {
		checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), value))
	}
	return resource.TestStep{
		ConfigDirectory: config.StaticDirectory("testdata/TestAccResource_lifecycle/" + directory),
		ConfigVariables: config.Variables{"api_secret": config.StringVariable("canary-of-the-altr-secret")},
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
		ConfigStateChecks: checks,
	}
}

// TestAccResource_lifecycle sets up, changes, replaces and destroys a workflow with the real CLI, on tenants that differ in
// everything but the labels of the form: the configuration is the same on both.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	for apps, appID := range map[string]string{sandbox.AppsDemo: "altr-classification", sandbox.AppsFirstGuess: "altr"} {
		t.Run(apps, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.Apps = apps })
			exactly, null := knownvalue.StringExact, knownvalue.Null()
			set := func(value string) knownvalue.Check { return knownvalue.SetExact([]knownvalue.Check{exactly(value)}) }
			least := step("1", plancheck.ResourceActionCreate, map[string]knownvalue.Check{
				"id": knownvalue.StringRegexp(regexp.MustCompile(`^altr-prod-snowflake-[0-9a-f]{8}$`)), "name": exactly("altr-prod-snowflake"),
				"app_id": exactly(appID), "entrypoint": null, "atlan_connection": exactly(production), "altr_connection": exactly("42"),
				"classification_job": exactly("3f0c2d3e-0d1c-4f4e-9d8a-7f1f5b0c1d2e"), "credential_guid": knownvalue.NotNull(), "inputs": null,
				"connection_qualified_name": knownvalue.StringRegexp(regexp.MustCompile(`^default/altr/\d{10}$`)), "input_names": null, "schedule": null,
				"run": exactly("never"), "wait": knownvalue.Bool(false), "run_id": null, "run_status": null, "version": knownvalue.NotNull(),
				"test_authentication": knownvalue.Bool(false), "contract_validation": exactly("strict"),
				"credential": knownvalue.ObjectPartial(map[string]knownvalue.Check{"api_key": exactly("atlan"), "api_secret_wo": null}),
			})
			least.Check = func(*terraform.State) error {
				if runs, tables := tenant.Sandbox.State().AppRuns, tagged(tenant); len(runs) > 0 || len(tables) > 0 {
					return fmt.Errorf("it has run: %v, %v", runs, tables)
				}
				return nil
			}
			full := step("2", plancheck.ResourceActionUpdate, map[string]knownvalue.Check{
				"classification_job": exactly("9d8a7f1f-0d1c-4f4e-9d8a-3f0c2d3e5b0c"), "run_id": knownvalue.NotNull(), "run_status": exactly("Succeeded"),
				"schedule": knownvalue.ObjectExact(map[string]knownvalue.Check{"cron": exactly("0 3 * * *"), "timezone": exactly("Europe/Paris")}),
				"new_connection": knownvalue.ObjectExact(map[string]knownvalue.Check{
					"name": exactly("altr-prod"), "connector": null, "admin_users": set("jsmith"), "admin_groups": set("data_engineers"), "admin_roles": null,
				}),
				"contract_validation": exactly("warn"),
			})
			full.Check = func(state *terraform.State) error { return checkTags(state, tenant) }
			if apps == sandbox.AppsFirstGuess { // the names in the second step are those of the other tenant
				full = least
				full.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}
			}
			replaced := step("3", plancheck.ResourceActionReplace, map[string]knownvalue.Check{
				"name": exactly("altr-dev-bigquery"), "altr_connection": exactly("orders-repository"), "run_id": knownvalue.NotNull(), "run_status": null,
			})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: archived(tenant), Steps: []resource.TestStep{least, full, replaced},
			})
		})
	}
}

// checkTags: the run has tagged every table of the mapped connection, and no other, as the connection of the workflow, which
// it has made with its admins; and the schedule is there.
func checkTags(state *terraform.State, tenant *acctest.Tenant) error {
	attributes := state.RootModule().Resources[address].Primary.Attributes
	qualifiedName := attributes["connection_qualified_name"]
	tables, found := tagged(tenant), 0
	for _, asset := range tenant.Sandbox.State().Assets {
		if asset.TypeName == "Table" && regexp.MustCompile("^"+production+"/").MatchString(asset.Text("qualifiedName")) {
			found++
		}
	}
	if found == 0 || len(tables) != 1 || tables[qualifiedName] != found {
		return fmt.Errorf("tags of %s are expected on %d tables, found are %v", qualifiedName, found, tables)
	}
	for _, connection := range tenant.Sandbox.State().Connections {
		if connection.Text("qualifiedName") == qualifiedName && fmt.Sprint(connection.List("adminUsers")) == "[jsmith]" {
			schedules := workflowtest.Living(tenant.Sandbox)[attributes["id"]].Schedules
			if len(schedules) != 1 || schedules[0].Cron != "0 3 * * *" || schedules[0].Timezone != "Europe/Paris" {
				return fmt.Errorf("the schedules are %v", schedules)
			}
			return nil
		}
	}
	return fmt.Errorf("connection %s with its admin is not there", qualifiedName)
}

// importable puts a workflow into the tenant that Terraform has not made, and returns its slug.
func importable(t *testing.T, tenant *acctest.Tenant) string {
	t.Helper()
	return tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{
		Name: "altr-prod-snowflake", AppID: sandbox.DemoALTRAppID, Entrypoint: "classification", Inputs: map[string]any{
			"extraction_method": "direct", "credential_guid": "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999", "altr_source_id": "42",
			"scan_job_id":       "3f0c2d3e-0d1c-4f4e-9d8a-7f1f5b0c1d2e",
			"mapped_connection": map[string]any{"typeName": "Connection", "attributes": map[string]any{"qualifiedName": production}},
			"connection": map[string]any{"typeName": "Connection", "attributes": map[string]any{
				"name": "altr-prod", "qualifiedName": "default/altr/1763769600", "connectorName": "altr", "adminRoles": []any{sandbox.SeedAdminRoleID},
			}},
		},
	}).Slug
}

// TestAccResource_import imports a workflow by its slug and its name; the configuration that Terraform generates plans
// nothing.
func TestAccResource_import(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	slug := importable(t, tenant)
	metabase := tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "metabase", AppID: sandbox.MetabaseAppID, Inputs: map[string]any{}}).Slug
	directory := config.StaticDirectory("testdata/TestAccResource_import/1")
	var steps []resource.TestStep
	for _, id := range []string{slug, "altr-prod-snowflake"} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: directory, ResourceName: address, ImportState: true, ImportStateId: id, ImportStatePersist: id == slug,
		})
	}
	steps = append(steps, resource.TestStep{
		ConfigDirectory:  directory,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, plancheck.ResourceActionNoop)}},
	})
	for id, text := range map[string]string{
		"nothing": `No workflow has the slug or the name "nothing"`, metabase: `Import it as an\s+atlan_app_workflow`,
	} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: directory, ResourceName: address, ImportState: true, ImportStateId: id,
			ExpectError: regexp.MustCompile(`(?s)Importing ALTR workflow .*` + text),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: archived(tenant, metabase), Steps: steps})
}

// TestAccResource_importIdentity imports a workflow by its identity.
func TestAccResource_importIdentity(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.ImportByIdentity)
	tenant := acctest.NewSandbox(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: archived(tenant),
		Steps: []resource.TestStep{
			{
				ConfigDirectory: config.StaticDirectory("testdata/TestAccResource_import/1"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id")),
				},
			},
			{
				ConfigDirectory: config.StaticDirectory("testdata/TestAccResource_import/1"), ResourceName: address, ImportState: true,
				ImportStateKind: resource.ImportBlockWithResourceIdentity,
			},
		},
	})
}
