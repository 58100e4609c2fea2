// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func texts(values ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return knownvalue.SetExact(checks)
}

// asUser gives the provider the bearer token of the creator of the query collection, and does not wait long for rights.
func asUser(tenant *acctest.Tenant) func(*atlan.Config) {
	return func(config *atlan.Config) {
		config.UserBearerToken = tenant.Sandbox.Credentials().UserBearerToken
		config.RightsDelay = 10 * time.Millisecond
	}
}

// TestAccDataSource finds a query collection by everything that names it.
func TestAccDataSource(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	if err := tenant.Sandbox.EditEntity(sandbox.SeedCollectionGUID, func(e *sandbox.Entity) {
		e.Attributes["viewerUsers"], e.Attributes["viewerGroups"] = []string{"jsmith"}, []string{"data_engineers"}
	}); err != nil {
		t.Fatal(err)
	}
	var checks []statecheck.StateCheck
	for _, source := range []string{"by_name", "by_id", "by_qualified_name"} {
		for name, value := range map[string]knownvalue.Check{
			"id": knownvalue.StringExact(sandbox.SeedCollectionGUID), "qualified_name": knownvalue.StringExact(sandbox.SeedCollectionQualifiedName),
			"name": knownvalue.StringExact("My query collection"), "description": knownvalue.StringExact(""),
			"editor_users": texts("admin"), "editor_groups": texts(), "viewer_users": texts("jsmith"), "viewer_groups": texts("data_engineers"),
			"created_by": knownvalue.StringExact("admin"), "created_at": knownvalue.NotNull(),
		} {
			checks = append(checks, statecheck.ExpectKnownValue("data.atlan_collection."+source, tfjsonpath.New(name), value))
		}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)),
		Steps:                    []resource.TestStep{{ConfigDirectory: config.TestStepDirectory(), ConfigStateChecks: checks}},
	})
}

// TestAccInvalid says on the attribute what is wrong with it, and names candidates.
func TestAccInvalid(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	for range 2 {
		tenant.Sandbox.AddEntity(sandbox.Entity{TypeName: "Collection", Attributes: map[string]any{"name": "twin", "adminUsers": []string{"admin"}}})
	}
	var steps []resource.TestStep
	for _, test := range []struct{ arguments, want string }{
		{"", "Exactly one of these attributes must be configured: [id,qualified_name,name]"},
		{"name = \"\"", "string length must be at least 1"},
		{"name = \"mine\"", "No query collection is named \"mine\"."},
		{"name = \"mine\"", "Give the bearer token of a member"},
		{"name = \"twin\"", "2 query collections are named \"twin\". Choose one by its GUID:"},
		{"id = \"" + sandbox.SeedProductionGUID + "\"", "Finding the query collection failed"},
	} {
		steps = append(steps, resource.TestStep{
			Config:      "data \"atlan_collection\" \"test\" {\n" + test.arguments + "\n}\n",
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
		Steps: []resource.TestStep{{
			Config:      "data \"atlan_collection\" \"test\" {\n  id = \"" + sandbox.SeedCollectionGUID + "\"\n}\n",
			ExpectError: regexp.MustCompile(`(?s)Finding the query collection failed.*403`),
		}},
	})
}
