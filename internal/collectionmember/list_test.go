// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestList pages through more collections than a page holds, takes no more than it is asked for, lists each collection
// once though both credentials see it, and gives identities that can be imported.
func TestList(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	const many = 120
	for i := range many {
		addCollection(tenant, fmt.Sprintf("list-%03d", i))
	}
	edit(t, tenant, map[string][]string{
		"adminUsers": {"admin", account, "service-account-apikey-gone"}, "adminGroups": {"data_engineers"}, "viewerUsers": {"jsmith", "admin"},
	})
	workspace := newWorkspace(t, tenant)
	listed, diags := workspace.List(resourceType, nil, 1000, true)
	if len(diags) > 0 || len(listed) != many+5 {
		t.Fatalf("listed %d members, want %d: %s", len(listed), many+5, acctest.Texts(diags))
	}

	listed, diags = workspace.List(resourceType, map[string]any{"collection_id": sandbox.SeedCollectionGUID}, 100, true)
	var names []string
	for i, one := range listed {
		role, _ := one.Resource["role"].(string)
		names = append(names, one.DisplayName+" "+role)
		name := fmt.Sprintf("imported-%d", i)
		failed := acctest.Errors(workspace.ImportIdentity(name, resourceType, one.Identity))
		gone := strings.HasSuffix(one.DisplayName, "gone")
		if (len(failed) > 0) != gone || !gone && workspace.Attribute(name, "id") != one.Resource["id"] {
			t.Errorf("importing %s by its identity: %s", one.DisplayName, acctest.Texts(failed))
		}
	}
	slices.Sort(names)
	want := []string{
		"My query collection/api_token:" + sandbox.SeedAPITokenGUID + " editor", "My query collection/group:data_engineers editor",
		"My query collection/user:admin editor", "My query collection/user:jsmith viewer",
		"My query collection/user:service-account-apikey-gone editor",
	}
	if len(diags) > 0 || !slices.Equal(names, want) {
		t.Errorf("listed %v, want %v: %s", names, want, acctest.Texts(diags))
	}

	tenant.Sandbox.ClearJournal()
	listed, diags = workspace.List(resourceType, nil, 3, false)
	if requests := tenant.Sandbox.JournalSummary()["POST /api/meta/search/indexsearch"]; len(diags) > 0 || len(listed) != 3 || requests != 1 {
		t.Errorf("listed %d members with %d requests, want 3 with 1: %s", len(listed), requests, acctest.Texts(diags))
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
		addCollection(tenant, fmt.Sprintf("list-%03d", i))
	}
	workspace := newWorkspace(t, tenant)
	for nth := 1; nth <= 3; nth++ { // the page of the API token, and both of the user
		setFault(t, tenant, sandbox.Fault{
			Method: http.MethodPost, Path: "/api/meta/search/*", Nth: nth, Times: 100, Kind: sandbox.FaultStatus, Status: http.StatusForbidden,
		})
		_, diags := workspace.List(resourceType, nil, 1000, false)
		if text := acctest.Texts(acctest.Errors(diags)); !strings.Contains(text, "Listing query collection members failed") || !strings.Contains(text, "403") {
			t.Errorf("page %d fails, which gives %q", nth, text)
		}
	}
}
