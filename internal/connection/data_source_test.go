// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connection_test

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
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func texts(values ...string) []knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return checks
}

// asUser gives the provider the bearer token of an admin of both connections.
func asUser(tenant *acctest.Tenant) func(*atlan.Config) {
	return func(config *atlan.Config) { config.UserBearerToken = tenant.Sandbox.Credentials().UserBearerToken }
}

// TestAccDataSources finds connections by everything that names them; one that the API token does not see as the user.
func TestAccDataSources(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	tenant.Sandbox.AddConnection("twin", "postgres", "admin")
	tenant.Sandbox.AddConnection("twin", "mysql", "admin")
	if err := tenant.Sandbox.EditEntity(sandbox.SeedProductionGUID, func(e *sandbox.Entity) {
		e.Attributes["adminGroups"], e.Attributes["adminRoles"] = []string{"data_engineers"}, []string{sandbox.SeedAdminRoleID}
	}); err != nil {
		t.Fatal(err)
	}
	var checks []statecheck.StateCheck
	for _, source := range []string{"by_name", "by_id", "by_qualified_name"} {
		for name, value := range map[string]knownvalue.Check{
			"id": knownvalue.StringExact(sandbox.SeedProductionGUID), "qualified_name": knownvalue.StringExact(sandbox.SeedProductionQualifiedName),
			"name": knownvalue.StringExact("production"), "connector": knownvalue.StringExact("snowflake"), "category": knownvalue.StringExact("warehouse"),
			"admin_users": knownvalue.SetExact(texts("admin")), "admin_groups": knownvalue.SetExact(texts("data_engineers")),
			"admin_role_ids": knownvalue.SetExact(texts(sandbox.SeedAdminRoleID)), "created_by": knownvalue.StringExact("admin"), "created_at": knownvalue.NotNull(),
		} {
			checks = append(checks, statecheck.ExpectKnownValue("data.atlan_connection."+source, tfjsonpath.New(name), value))
		}
	}
	checks = append(checks,
		statecheck.ExpectKnownValue("data.atlan_connection.by_name_and_connector", tfjsonpath.New("admin_groups"), knownvalue.SetExact(texts())),
		statecheck.ExpectKnownOutputValue("all", knownvalue.ListExact(texts("development", "production"))),
		statecheck.ExpectKnownOutputValue("bigquery", knownvalue.ListExact(texts("development"))),
	)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)),
		Steps:                    []resource.TestStep{{ConfigDirectory: config.TestStepDirectory(), ConfigStateChecks: checks}},
	})
}

// TestAccInvalid says on the attribute what is wrong with it, and names candidates.
func TestAccInvalid(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	one := tenant.Sandbox.AddConnection("twin", "postgres", "admin")
	two := tenant.Sandbox.AddConnection("twin", "mysql", "admin")
	var steps []resource.TestStep
	for _, test := range []struct{ arguments, want string }{
		{"", "Exactly one of these attributes must be configured: [id,qualified_name,name]"},
		{"id = \"x\"\nname = \"y\"", "Exactly one of these attributes must be configured"},
		{"id = \"x\"\nconnector = \"y\"", "Attribute \"name\" must be specified when \"connector\" is specified"},
		{"name = \"\"", "string length must be at least 1"},
		{"name = \"Production\"", "No connection is named \"Production\"."},
		{"name = \"production\"\nconnector = \"mysql\"", "No connection to mysql is named \"production\"."},
		{"name = \"twin\"", "2 connections are named \"twin\". Choose one by its GUID:"},
		{"name = \"twin\"", one.Text("qualifiedName") + ", created by admin"},
		{"name = \"twin\"", two.GUID + ", " + two.Text("qualifiedName")},
		{"id = \"4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1dffff\"", "Finding the connection failed"},
		{"qualified_name = \"default/snowflake/1\"", "Only connections that the caller may see are found"},
	} {
		steps = append(steps, resource.TestStep{
			Config:      "data \"atlan_connection\" \"test\" {\n" + test.arguments + "\n}\n",
			ExpectError: regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(test.want), " ", `\s+`)),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)), Steps: steps})
}

// TestAccFailing tells a refusal from an absence.
func TestAccFailing(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{Path: "/api/*", Times: 1000, Kind: sandbox.FaultStatus, Status: http.StatusForbidden}}); err != nil {
		t.Fatal(err)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps: []resource.TestStep{
			{Config: "data \"atlan_connection\" \"test\" {\n  name = \"production\"\n}\n", ExpectError: regexp.MustCompile(`(?s)Finding the connection failed.*403`)},
			{Config: "data \"atlan_connections\" \"test\" {}\n", ExpectError: regexp.MustCompile(`(?s)Listing connections failed.*403`)},
		},
	})
}
