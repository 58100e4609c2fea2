// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// asAdmin makes the provider act as a person who sees all connections of the tests.
func asAdmin(tenant *acctest.Tenant) func(*atlan.Config) {
	return func(config *atlan.Config) { config.APIKey = tenant.Sandbox.Credentials().UserBearerToken }
}

// TestList pages through more connections than a page holds, takes no more than it is asked for, and gives identities that
// can be imported.
func TestList(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	const many = 120
	for i := range many {
		tenant.Sandbox.AddConnection(fmt.Sprintf("list-%03d", i), "postgres", "admin")
	}
	edit(t, tenant.Sandbox, func(e *sandbox.Entity) {
		e.Attributes["adminUsers"] = []string{"admin", account, "service-account-apikey-gone"}
		e.Attributes["adminGroups"], e.Attributes["adminRoles"] = []string{"data_engineers"}, []string{sandbox.SeedAdminRoleID}
	})
	workspace := acctest.NewWorkspace(t, tenant.Provider(asAdmin(tenant)))
	listed, diags := workspace.List(resourceType, nil, 1000, true)
	if len(diags) > 0 || len(listed) != many+6 {
		t.Fatalf("listed %d admins, want %d: %s", len(listed), many+6, acctest.Texts(diags))
	}

	listed, diags = workspace.List(resourceType, map[string]any{"connection_id": sandbox.SeedProductionGUID}, 100, true)
	var names []string
	for i, one := range listed {
		names = append(names, one.DisplayName)
		name := fmt.Sprintf("imported-%d", i)
		failed := acctest.Errors(workspace.ImportIdentity(name, resourceType, one.Identity))
		gone := strings.HasSuffix(one.DisplayName, "gone")
		if (len(failed) > 0) != gone || !gone && workspace.Attribute(name, "id") != one.Resource["id"] {
			t.Errorf("importing %s by its identity: %s", one.DisplayName, acctest.Texts(failed))
		}
	}
	slices.Sort(names)
	want := []string{
		"production/api_token:" + sandbox.SeedAPITokenGUID, "production/group:data_engineers", "production/role:$admin", "production/user:admin",
		"production/user:service-account-apikey-gone",
	}
	if len(diags) > 0 || !slices.Equal(names, want) {
		t.Errorf("listed %v, want %v: %s", names, want, acctest.Texts(diags))
	}

	tenant.Sandbox.ClearJournal()
	listed, diags = workspace.List(resourceType, nil, 5, false)
	if requests := tenant.Sandbox.JournalSummary()["POST /api/meta/search/indexsearch"]; len(diags) > 0 || len(listed) != 5 || requests != 1 {
		t.Errorf("listed %d admins with %d requests, want 5 with 1: %s", len(listed), requests, acctest.Texts(diags))
	}
	if listed[0].Resource != nil {
		t.Error("resources are listed without being asked for")
	}
}

// TestListFailingPage reports a page that fails instead of ending the list early.
func TestListFailingPage(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	for i := range 150 {
		tenant.Sandbox.AddConnection(fmt.Sprintf("list-%03d", i), "postgres", "admin")
	}
	workspace := acctest.NewWorkspace(t, tenant.Provider(asAdmin(tenant)))
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{
		Method: http.MethodPost, Path: "/api/meta/search/*", Nth: 2, Times: 100, Kind: sandbox.FaultStatus, Status: http.StatusForbidden,
	}}); err != nil {
		t.Fatal(err)
	}
	_, diags := workspace.List(resourceType, nil, 1000, false)
	if text := acctest.Texts(acctest.Errors(diags)); !strings.Contains(text, "Listing connection admins failed") || !strings.Contains(text, "403") {
		t.Errorf("a failing page gives %q", text)
	}
}
