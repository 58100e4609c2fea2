// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal_test

import (
	"fmt"
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

// texts checks a list of texts in their order.
func texts(values ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return knownvalue.ListExact(checks)
}

func attributes(address string, values map[string]knownvalue.Check) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for name, value := range values {
		checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), value))
	}
	return checks
}

// TestAccDataSources finds users, groups and roles by everything that names them.
func TestAccDataSources(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	var checks []statecheck.StateCheck
	for _, source := range []string{"by_username", "by_email", "by_id"} {
		checks = append(checks, attributes("data.atlan_user."+source, map[string]knownvalue.Check{
			"id": knownvalue.StringExact(sandbox.SeedMemberUserID), "username": knownvalue.StringExact("jsmith"),
			"email": knownvalue.StringExact("jsmith@example.com"), "first_name": knownvalue.StringExact("Jo"),
			"last_name": knownvalue.StringExact("Smith"), "enabled": knownvalue.Bool(true), "workspace_role": knownvalue.StringExact("$member"),
		})...)
	}
	for _, source := range []string{"by_name", "by_alias", "by_id"} {
		checks = append(checks, attributes("data.atlan_group."+source, map[string]knownvalue.Check{
			"id": knownvalue.StringExact(sandbox.SeedGroupID), "name": knownvalue.StringExact("data_engineers"),
			"alias": knownvalue.StringExact("Data engineers"), "description": knownvalue.StringExact(""), "member_count": knownvalue.Int64Exact(1),
		})...)
	}
	checks = append(checks, attributes("data.atlan_role.admin", map[string]knownvalue.Check{
		"id": knownvalue.StringExact(sandbox.SeedAdminRoleID), "name": knownvalue.StringExact("$admin"), "description": knownvalue.StringExact("Admin"),
		"level": knownvalue.StringExact("workspace"), "member_count": knownvalue.Int64Exact(1),
	})...)
	for output, value := range map[string]knownvalue.Check{
		"all": texts("admin", "jsmith"), "by_username": texts("admin", "jsmith"), "by_email": texts("jsmith"), "known": texts("jsmith"),
		"none": texts(), "groups": texts("Data engineers"), "roles": texts("$admin", "$api-token-default-access", "$guest", "$member"),
	} {
		checks = append(checks, statecheck.ExpectKnownOutputValue(output, value))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps:                    []resource.TestStep{{ConfigDirectory: config.TestStepDirectory(), ConfigStateChecks: checks}},
	})
}

// TestAccCurrentUser shows the service account of an API token, which has a client id and no address.
func TestAccCurrentUser(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	currentUser(t, tenant, map[string]knownvalue.Check{
		"id":             knownvalue.NotNull(),
		"username":       knownvalue.StringRegexp(regexp.MustCompile(`^service-account-apikey-[0-9a-f-]{36}$`)),
		"client_id":      knownvalue.StringRegexp(regexp.MustCompile(`^apikey-[0-9a-f-]{36}$`)),
		"email":          knownvalue.Null(),
		"workspace_role": knownvalue.StringExact("$api-token-default-access"),
		"roles":          knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("$api-token-default-access")}),
	})
}

// TestAccCurrentUser_person shows a person, who has an address and no client id.
func TestAccCurrentUser_person(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	tenant.APIKey = tenant.Sandbox.Credentials().MemberBearerToken
	currentUser(t, tenant, map[string]knownvalue.Check{
		"id": knownvalue.StringExact(sandbox.SeedMemberUserID), "username": knownvalue.StringExact("jsmith"),
		"client_id": knownvalue.Null(), "email": knownvalue.StringExact("jsmith@example.com"),
		"workspace_role": knownvalue.StringExact("$member"), "roles": knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("$member")}),
	})
}

func currentUser(t *testing.T, tenant *acctest.Tenant, values map[string]knownvalue.Check) {
	t.Helper()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.TestStepDirectory(), ConfigStateChecks: attributes("data.atlan_current_user.me", values),
		}},
	})
}

// TestAccInvalid says on the attribute what is wrong with it, names candidates, and what may have been meant.
func TestAccInvalid(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	for i := range 2 {
		tenant.Sandbox.AddUser(sandbox.User{ID: fmt.Sprintf("twin-%d", i), Username: fmt.Sprintf("twin%d", i), Email: "twins@example.com"})
		tenant.Sandbox.AddGroup(sandbox.Group{ID: fmt.Sprintf("twins-%d", i), Name: fmt.Sprintf("twins_%d", i), Alias: "Twins"})
	}
	var steps []resource.TestStep
	for _, text := range []string{
		`Exactly one of these attributes must be configured: [id,username,email]`,
		`Exactly one of these attributes must be configured: [id,username,email]`,
		`Attribute email string length must be at least 1, got: 0`,
		`username = "JSmith" No user is named "JSmith". User names are case-sensitive`,
		`No user is named "jsmith@example.com". If this is an email address, give it as email.`,
		`finds its API token by client_id = "apikey-11111111-2222-3333-4444-555555555555".`,
		`No user has the email address "example.com".`,
		`No user has the GUID "jsmith".`,
		`2 users are named "twins@example.com". Choose one by its GUID: - twin-0, user name twin0 - twin-1, user name twin1`,
		`No users are named "no-one", "nobody". Set ignore_missing = true`,
		`No users have the email addresses "nobody@example.com".`,
		`These attributes cannot be configured together: [usernames,emails]`,
		`This attribute contains a null value.`,
		`No group is named "Data engineers". name is the internal name of a group.`,
		`No group has the alias "data_engineers". alias is the name that Atlan shows`,
		`2 groups are named "Twins". Choose one by its GUID: - twins-0, name twins_0 - twins-1, name twins_1`,
		`Exactly one of these attributes must be configured: [id,name,alias]`,
		`No role is named "admin". The names of workspace roles begin with a dollar sign`,
	} {
		steps = append(steps, resource.TestStep{ConfigDirectory: config.TestStepDirectory(), ExpectError: wrapped(text)})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), Steps: steps})
}

// wrapped matches a text however the CLI breaks its lines.
func wrapped(text string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`))
}

// TestAccMany reads more users than a page holds, and many users one by one, with few requests.
func TestAccMany(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	for i := range 250 {
		tenant.Sandbox.AddUser(sandbox.User{Username: fmt.Sprintf("user%d", i), Email: fmt.Sprintf("user%d@example.com", i)})
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		Steps: []resource.TestStep{{
			ConfigDirectory: config.TestStepDirectory(),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("users", knownvalue.Int64Exact(252)),
				statecheck.ExpectKnownOutputValue("emails", knownvalue.Int64Exact(60)),
			},
		}},
	})
	// The CLI reads everything in at least three of its runs: one by one, that alone would be 180 requests. It reads ten
	// at a time, which may share a request.
	if got := tenant.Sandbox.JournalSummary()["GET /api/service/users"]; got > 120 {
		t.Errorf("took %d requests", got)
	}
}

// TestAccFailing tells a refusal from an absence.
func TestAccFailing(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{
		{Method: http.MethodGet, Path: "/api/service/*", Nth: 1, Times: 1000, Kind: sandbox.FaultStatus, Status: http.StatusForbidden},
	}); err != nil {
		t.Fatal(err)
	}
	var steps []resource.TestStep
	for _, doing := range []string{
		"Listing users", "Finding the user", "Listing groups", "Finding the group", "Listing roles", "Finding the role", "Reading the current user",
	} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestStepDirectory(), ExpectError: regexp.MustCompile(`(?s)` + doing + ` failed.*Atlan answered 403`),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), Steps: steps})
}
