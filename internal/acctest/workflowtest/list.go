// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflowtest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// many are more workflows than a page holds.
const many = 120

func (s Suite) withMany(t *testing.T) *acctest.Tenant {
	t.Helper()
	tenant := acctest.NewSandbox(t)
	for i := range many {
		tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: fmt.Sprintf("list-%03d", i), AppID: s.AppID, Inputs: map[string]any{"extraction_method": "direct"}})
	}
	tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "list-other", AppID: "other-app", Inputs: map[string]any{}})
	return tenant
}

// List pages through more workflows than a page holds, takes no more than it is asked for, and gives identities that can be
// imported.
func (s Suite) List(t *testing.T) {
	t.Helper()
	tenant := s.withMany(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	listed, diags := workspace.List(s.Type, map[string]any{"app_id": s.AppID}, 1000, true)
	if len(diags) > 0 || len(listed) != many {
		t.Fatalf("listed %d workflows, want %d: %s", len(listed), many, acctest.Texts(diags))
	}
	var names []string
	for _, one := range listed {
		names = append(names, one.DisplayName)
	}
	slices.Sort(names)
	if names[0] != "list-000" || len(slices.Compact(names)) != many {
		t.Errorf("listed %v", names)
	}
	for i, one := range listed[:2] {
		name := fmt.Sprintf("imported-%d", i)
		failed := acctest.Errors(workspace.ImportIdentity(name, s.Type, one.Identity))
		if len(failed) > 0 || workspace.Attribute(name, "id") != one.Resource["id"] || workspace.Attribute(name, "name") != one.DisplayName {
			t.Errorf("importing %s by its identity: %s", one.DisplayName, acctest.Texts(failed))
		}
	}
	if listed, diags = workspace.List(s.Type, map[string]any{"name_prefix": "list-00", "app_id": s.AppID}, 1000, false); len(diags) > 0 || len(listed) != 10 {
		t.Errorf("listed %d workflows of the prefix, want 10: %s", len(listed), acctest.Texts(diags))
	}
	s.limits(t, tenant, workspace)
}

// limits takes no more than it is asked for.
func (s Suite) limits(t *testing.T, tenant *acctest.Tenant, workspace *acctest.Workspace) {
	t.Helper()
	tenant.Sandbox.ClearJournal()
	listed, diags := workspace.List(s.Type, map[string]any{"app_id": s.AppID}, 5, false)
	if requests := tenant.Sandbox.JournalSummary()["GET /api/service/v1/app"]; len(diags) > 0 || len(listed) != 5 || requests != 1 {
		t.Errorf("listed %d workflows with %d requests, want 5 with 1: %s", len(listed), requests, acctest.Texts(diags))
	}
	if listed[0].Resource != nil {
		t.Error("resources are listed without being asked for")
	}
}

// ListFailingPage reports a page that fails instead of ending the list early.
func (s Suite) ListFailingPage(t *testing.T) {
	t.Helper()
	tenant := s.withMany(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	SetFaults(t, tenant, sandbox.Fault{
		Method: http.MethodGet, Path: "/api/service/v1/app", Nth: 2, Times: 100, Kind: sandbox.FaultStatus, Status: http.StatusForbidden,
	})
	_, diags := workspace.List(s.Type, map[string]any{"app_id": s.AppID}, 1000, false)
	if text := acctest.Texts(acctest.Errors(diags)); !strings.Contains(text, "Listing "+s.Noun+"s failed") || !strings.Contains(text, "403") {
		t.Errorf("a failing page gives %q", text)
	}
}
