// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// lists is where each surface lists personas.
var lists = map[string]struct{ method, path string }{
	sandbox.SurfaceEntities: {http.MethodPost, "/api/meta/search/indexsearch"},
	sandbox.SurfacePersonas: {http.MethodGet, "/api/service/personas"},
}

// TestList pages through more personas than a page holds, takes no more than it is asked for, and gives identities that
// can be imported.
func TestList(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(surface))
			const many = 250
			for i := range many {
				edit(t, tenant, tenant.Sandbox.AddPersona(fmt.Sprintf("list-%03d", i)).GUID, func(p *sandbox.Entity) { p.Attributes["description"] = "listed" })
			}
			deleted := tenant.Sandbox.AddPersona("list-deleted")
			edit(t, tenant, deleted.GUID, func(p *sandbox.Entity) { p.Status = "DELETED" })
			workspace := acctest.NewWorkspace(t, tenant.Provider())

			listed, diags := workspace.List("atlan_persona", map[string]any{"name_prefix": "list-"}, 1000, true)
			if len(diags) > 0 || len(listed) != many {
				t.Fatalf("listed %d personas, want %d: %s", len(listed), many, acctest.Texts(diags))
			}
			for _, one := range listed {
				if !strings.HasPrefix(one.DisplayName, "list-") || one.Resource["name"] != one.DisplayName || one.Resource["description"] != "listed" {
					t.Errorf("listed %q as %v", one.DisplayName, one.Resource["name"])
				}
			}
			diags = workspace.ImportIdentity("ci", "atlan_persona", listed[0].Identity)
			if len(acctest.Errors(diags)) > 0 || workspace.Attribute("ci", "name") != listed[0].DisplayName {
				t.Errorf("importing by a listed identity: %s", acctest.Texts(diags))
			}

			tenant.Sandbox.ClearJournal()
			listed, diags = workspace.List("atlan_persona", nil, 5, false)
			requests := tenant.Sandbox.JournalSummary()[lists[surface].method+" "+lists[surface].path]
			if len(diags) > 0 || len(listed) != 5 || requests != 1 {
				t.Errorf("listed %d personas with %d requests, want 5 with 1: %s", len(listed), requests, acctest.Texts(diags))
			}
			if listed[0].Resource != nil {
				t.Error("resources are listed without being asked for")
			}
		})
	}
}

// TestListFailingPage reports a page that fails instead of ending the list early.
func TestListFailingPage(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(surface))
			for i := range 150 {
				tenant.Sandbox.AddPersona(fmt.Sprintf("list-%03d", i))
			}
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{
				Method: lists[surface].method, Path: lists[surface].path, Nth: 2, Times: 100, Kind: sandbox.FaultStatus, Status: http.StatusForbidden,
			}}); err != nil {
				t.Fatal(err)
			}
			_, diags := workspace.List("atlan_persona", nil, 1000, false)
			if text := acctest.Texts(acctest.Errors(diags)); !strings.Contains(text, "Listing personas failed") || !strings.Contains(text, "403") {
				t.Errorf("a failing page gives %q", text)
			}
		})
	}
}
