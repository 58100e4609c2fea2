// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestList pages through more tokens than a page holds, takes no more than it is asked for, and gives identities that
// can be imported.
func TestList(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	const many = 250
	for i := range many {
		tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: fmt.Sprintf("list-%03d", i), Description: "listed"})
	}
	tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: "list-expired", CreatedAt: tenant.Sandbox.Now().Add(-time.Hour).UnixMilli(), ValiditySeconds: 60})
	workspace := acctest.NewWorkspace(t, tenant.Provider())

	listed, diags := workspace.List("atlan_api_token", map[string]any{"name_prefix": "list-"}, 1000, true)
	if len(diags) > 0 || len(listed) != many {
		t.Fatalf("listed %d tokens, want %d: %s", len(listed), many, acctest.Texts(diags))
	}
	for _, one := range listed {
		if !strings.HasPrefix(one.DisplayName, "list-") || one.Resource["name"] != one.DisplayName || one.Resource["description"] != "listed" {
			t.Errorf("listed %q as %v", one.DisplayName, one.Resource["name"])
		}
		if one.Resource["token"] != nil {
			t.Error("a list shows the value of a token")
		}
	}

	diags = workspace.ImportIdentity("ci", "atlan_api_token", listed[0].Identity)
	if len(acctest.Errors(diags)) > 0 || workspace.Attribute("ci", "name") != listed[0].DisplayName {
		t.Errorf("importing by a listed identity: %s", acctest.Texts(diags))
	}

	tenant.Sandbox.ClearJournal()
	listed, diags = workspace.List("atlan_api_token", nil, 5, false)
	if requests := tenant.Sandbox.JournalSummary()["GET /api/service/apikeys"]; len(diags) > 0 || len(listed) != 5 || requests != 1 {
		t.Errorf("listed %d tokens with %d requests, want 5 with 1: %s", len(listed), requests, acctest.Texts(diags))
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
		tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: fmt.Sprintf("list-%03d", i)})
	}
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{
		Method: http.MethodGet, Path: "/api/service/apikeys", Nth: 2, Times: 100, Kind: sandbox.FaultStatus, Status: http.StatusForbidden,
	}}); err != nil {
		t.Fatal(err)
	}
	_, diags := workspace.List("atlan_api_token", nil, 1000, false)
	if text := acctest.Texts(acctest.Errors(diags)); !strings.Contains(text, "Listing API tokens failed") || !strings.Contains(text, "403") {
		t.Errorf("a failing page gives %q", text)
	}
}
