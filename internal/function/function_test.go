// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

// TestAccFunctions calls the functions as users do, with values known and not yet known, and with wrong ones.
func TestAccFunctions(t *testing.T) {
	t.Parallel()
	const username = "service-account-apikey-11111111-2222-3333-4444-555555555555"
	object := func(parts []knownvalue.Check, database, schema, name knownvalue.Check) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"connector": knownvalue.StringExact("snowflake"), "connection_qualified_name": knownvalue.StringExact("default/snowflake/1700000000"),
			"epoch": knownvalue.StringExact("1700000000"), "parts": knownvalue.ListExact(parts),
			"database": database, "schema": schema, "name": name,
		})
	}
	db, schema, table := knownvalue.StringExact("DB"), knownvalue.StringExact("SCHEMA"), knownvalue.StringExact("TABLE")
	refused := func(text string) resource.TestStep {
		return resource.TestStep{ConfigDirectory: config.TestStepDirectory(), ExpectError: regexp.MustCompile(text)}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.NewTenant(t).Factories(),
		Steps: []resource.TestStep{
			refused(`(?s)"qualified_name" parameter.*it\s+has\s+2\s+of\s+at\s+least\s+three\s+elements`),
			refused(`(?s)"qualified_name" parameter.*must\s+not\s+be\s+null`),
			refused(`(?s)"client_id" parameter.*"jsmith"\s+is\s+neither`),
			refused(`(?s)"client_id" parameter.*is\s+a\s+GUID`),
			{
				ConfigDirectory: config.TestStepDirectory(),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownOutputValue("table", object([]knownvalue.Check{db, schema, table}, db, schema, table)),
					statecheck.ExpectKnownOutputValue("connection", object([]knownvalue.Check{}, knownvalue.Null(), knownvalue.Null(), knownvalue.Null())),
					statecheck.ExpectKnownOutputValue("later", knownvalue.StringExact("bigquery")),
					statecheck.ExpectKnownOutputValue("username", knownvalue.StringExact(username)),
					statecheck.ExpectKnownOutputValue("same_username", knownvalue.StringExact(username)),
				},
			},
		},
	})
}
