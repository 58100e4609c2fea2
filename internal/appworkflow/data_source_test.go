// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func list(values ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return knownvalue.ListExact(checks)
}

// TestAccDataSources shows apps that are there, are not, and run otherwise, and what they expect.
func TestAccDataSources(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	if err := tenant.Sandbox.EditApp(sandbox.MetabaseAppID, func(a *sandbox.App) { a.NativeReady = false }); err != nil {
		t.Fatal(err)
	}
	exactly, yes, no := knownvalue.StringExact, knownvalue.Bool(true), knownvalue.Bool(false)
	var checks []statecheck.StateCheck
	for address, values := range map[string]map[string]knownvalue.Check{
		"data.atlan_app.by_id": {
			"app_id": exactly("mode-crawler"), "connector": knownvalue.Null(), "installed": yes, "native": yes, "name": exactly("Mode Assets"),
			"execution_mode": exactly("native"), "entrypoints": list("crawler"), "tried": list("mode-crawler"),
		},
		"data.atlan_app.by_connector": {
			"app_id": exactly("altr-classification"), "connector": exactly("altr"), "installed": yes, "entrypoints": list("classification"),
		},
		"data.atlan_app.absent": {
			"app_id": exactly("Mode-Crawler"), "installed": no, "native": no, "name": knownvalue.Null(), "execution_mode": knownvalue.Null(),
			"entrypoints": knownvalue.Null(), "tried": list("Mode-Crawler"),
		},
		"data.atlan_app.not_native":    {"installed": yes, "native": no, "execution_mode": exactly("argo"), "entrypoints": list()},
		"data.atlan_app_contract.mode": {"connector": exactly("mode"), "entrypoint": knownvalue.Null(), "generated": yes, "schema": knownvalue.NotNull()},
		"data.atlan_app_contract.altr": {
			"app_id": exactly("altr-classification"), "connector": exactly("altr"), "entrypoint": exactly("classification"), "generated": yes,
		},
	} {
		for name, value := range values {
			checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), value))
		}
	}
	input := func(key string) tfjsonpath.Path { return tfjsonpath.New("inputs").AtMapKey(key) }
	basic := func() tfjsonpath.Path { return tfjsonpath.New("credential").AtMapKey("auth_types").AtMapKey("basic") }
	for _, one := range []struct {
		source string
		path   tfjsonpath.Path
		value  knownvalue.Check
	}{
		{"mode", input("archived_report_mode"), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"label": exactly("Crawl Archived Reports"), "help": knownvalue.Null(), "step": exactly("Metadata"), "types": list("string"), "nullable": no,
			"values": list(`"true"`, `"false"`), "default": exactly(`"true"`), "required": no, "form_needs": no, "deprecated": no, "is_internal": no,
		})},
		{"mode", input("workflow_id").AtMapKey("is_internal"), yes},
		{"mode", input("agent_json").AtMapKey("nullable"), yes},
		{"mode", tfjsonpath.New("credential").AtMapKey("host"), exactly("app.mode.com")},
		{"mode", tfjsonpath.New("credential").AtMapKey("port"), knownvalue.Int64Exact(443)},
		{"mode", basic().AtMapKey("default"), yes},
		{"mode", basic().AtMapKey("fields").AtMapKey("extra.workspace_name"), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"label": exactly("Workspace"), "required": yes, "default": knownvalue.Null(),
		})},
		{"altr", input("scan_job_id").AtMapKey("form_needs"), yes},
		{"altr", input("mapped_connection").AtMapKey("help"), exactly("The connection that holds the assets of the data source")},
	} {
		checks = append(checks, statecheck.ExpectKnownValue("data.atlan_app_contract."+one.source, one.path, one.value))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps:                    []resource.TestStep{{ConfigDirectory: config.TestStepDirectory(), ConfigStateChecks: checks}},
	})
}

// TestAccWithoutContract shows what the form says where there is no contract, and nothing where there is no form either.
func TestAccWithoutContract(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	if err := tenant.Sandbox.EditApp(sandbox.MetabaseAppID, func(a *sandbox.App) { a.Contracts = map[string]map[string]any{} }); err != nil {
		t.Fatal(err)
	}
	if err := tenant.Sandbox.EditApp(sandbox.DemoModeAppID, func(a *sandbox.App) { a.Form, a.CredentialForm = nil, nil }); err != nil {
		t.Fatal(err)
	}
	check := func(address string, path tfjsonpath.Path, value knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.atlan_app_contract."+address, path, value)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps: []resource.TestStep{{
			Config: "data \"atlan_app_contract\" \"metabase\" {\n  app_id = \"atlan-metabase\"\n}\n" +
				"data \"atlan_app_contract\" \"mode\" {\n  app_id = \"mode-crawler\"\n}\n",
			ConfigStateChecks: []statecheck.StateCheck{
				check("metabase", tfjsonpath.New("schema"), knownvalue.Null()),
				check("metabase", tfjsonpath.New("generated"), knownvalue.Bool(false)),
				check("metabase", tfjsonpath.New("inputs").AtMapKey("include_collections").AtMapKey("label"), knownvalue.StringExact("Include collections")),
				check("mode", tfjsonpath.New("credential"), knownvalue.Null()),
				check("mode", tfjsonpath.New("inputs").AtMapKey("spaces_to_skip").AtMapKey("label"), knownvalue.Null()),
			},
		}},
	})
}

// TestAccDataSourceInvalid says on the attribute what is wrong with it.
func TestAccDataSourceInvalid(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "by hand", AppID: "acme-looker-2"})
	var steps []resource.TestStep
	for _, test := range []struct{ source, arguments, want string }{
		{"atlan_app", "", "Exactly one of these attributes must be configured: [app_id,connector]"},
		{"atlan_app", "app_id = \"a\"\nconnector = \"b\"", "Exactly one of these attributes must be configured"},
		{"atlan_app_contract", "app_id = \"\"", "string length must be at least 1"},
		{"atlan_app_contract", "app_id = \"gone\"", "The tenant has no app \"gone\"; its workflows use \"acme-looker-2\""},
		{"atlan_app_contract", "connector = \"looker\"", "The tenant has no app \"looker\", \"atlan-looker\""},
		{"atlan_app_contract", "app_id = \"mode-crawler\"\nentrypoint = \"miner\"", "The app \"mode-crawler\" has no entrypoint \"miner\"; it has \"crawler\""},
	} {
		steps = append(steps, resource.TestStep{
			Config:      "data \"" + test.source + "\" \"test\" {\n" + test.arguments + "\n}\n",
			ExpectError: regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(test.want), " ", `\s+`)),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), Steps: steps})
}

// TestAccDataSourceFailing tells a refusal from an absence.
func TestAccDataSourceFailing(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{Path: "/api/*", Times: 1000, Kind: sandbox.FaultStatus, Status: http.StatusForbidden}}); err != nil {
		t.Fatal(err)
	}
	failure := regexp.MustCompile(`(?s)Finding the app failed.*403`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps: []resource.TestStep{
			{Config: "data \"atlan_app\" \"test\" {\n  app_id = \"x\"\n}\n", ExpectError: failure},
			{Config: "data \"atlan_app_contract\" \"test\" {\n  connector = \"altr\"\n}\n", ExpectError: failure},
		},
	})
}
