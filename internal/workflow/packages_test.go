// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// aPackageWorkflow stores a workflow of a package that does nothing, runs it, and lets that run end.
func aPackageWorkflow(t *testing.T, tenant *acctest.Tenant, schedule *atlan.WorkflowSchedule) string {
	t.Helper()
	name := fmt.Sprintf("atlan-thing-%d", tenant.Sandbox.Now().Unix())
	if err := tenant.Client(t).Workflows.Create(t.Context(), atlan.PackageWorkflow{
		Package: "@atlan/thing", Name: name, Template: "atlan-thing", Schedule: schedule,
		Parameters: []atlan.WorkflowParameter{{Name: "mode", Value: "full"}},
	}, true); err != nil {
		t.Fatal(err)
	}
	tenant.Sandbox.Advance(time.Hour)
	return name
}

func texts(values ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return knownvalue.ListExact(checks)
}

// TestAccPackageDataSources lists workflows by the prefix of their package, and the runs of one, newest first.
func TestAccPackageDataSources(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, func(o *sandbox.Options) { o.RunTime = time.Minute })
	client := tenant.Client(t)
	first := aPackageWorkflow(t, tenant, &atlan.WorkflowSchedule{Cron: "5 4 * * *", Timezone: "Europe/Paris"})
	run, err := client.Workflows.Rerun(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Workflows.Stop(t.Context(), run.Name); err != nil {
		t.Fatal(err)
	}
	tenant.Sandbox.Advance(time.Hour)
	second := aPackageWorkflow(t, tenant, nil)
	var checks []statecheck.StateCheck
	for output, value := range map[string]knownvalue.Check{
		"names": texts(second, first), "newest": texts(second), "none": texts(), "phases": texts("Failed", "Succeeded"), "newest_run": texts("Failed"),
		"failures": texts("Stopped with strategy 'Stop'"),
	} {
		checks = append(checks, statecheck.ExpectKnownOutputValue(output, value))
	}
	account := knownvalue.StringExact("service-account-apikey-" + sandbox.SeedAPITokenGUID)
	checks = append(checks, statecheck.ExpectKnownValue("data.atlan_workflows.all", tfjsonpath.New("workflows").AtSliceIndex(1),
		knownvalue.ObjectExact(map[string]knownvalue.Check{
			"name": knownvalue.StringExact(first), "package": knownvalue.StringExact("@atlan/thing"), "creator": account,
			"created_at": knownvalue.StringRegexp(regexp.MustCompile(`^20..-`)), "cron": knownvalue.StringExact("5 4 * * *"),
			"time_zone":  knownvalue.StringExact("Europe/Paris"),
			"parameters": knownvalue.MapExact(map[string]knownvalue.Check{"mode": knownvalue.StringExact("full")}),
		})))
	checks = append(checks, statecheck.ExpectKnownValue("data.atlan_workflow_runs.newest", tfjsonpath.New("runs").AtSliceIndex(0),
		knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"name": knownvalue.StringExact(run.Name), "creator": account, "started_at": knownvalue.NotNull(), "finished_at": knownvalue.NotNull(),
		})))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.StaticDirectory("testdata/TestAccPackageDataSources"), ConfigStateChecks: checks,
			ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		}},
	})
}

// TestAccPackageDataSourcesFail says what is wrong on a tenant without package workflows, and with bad arguments.
func TestAccPackageDataSourcesFail(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfaceApp })
	var steps []resource.TestStep
	workflows := func(arguments string) string { return "data \"atlan_workflows\" \"x\" {\n" + arguments + "\n}" }
	runs := func(arguments string) string {
		return "data \"atlan_workflow_runs\" \"x\" {\nworkflow_name = \"x\"\n" + arguments + "\n}"
	}
	for text, source := range map[string]string{
		`Listing the workflows of package prefix x failed[^|]*does not serve\s+package\s+workflows`: workflows(`package_prefix = "x"`),
		`Listing the runs of workflow x failed[^|]*does not serve\s+package\s+workflows`:            runs(""),
		`package_prefix string length must be at least 1`:                                           workflows(`package_prefix = ""`),
		`limit value must be at least 1`:                                                            runs("limit = 0"),
		`phase value must be one of`:                                                                runs(`phase = "Done"`),
	} {
		steps = append(steps, resource.TestStep{Config: source, ExpectError: regexp.MustCompile(text)})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), Steps: steps})
}
