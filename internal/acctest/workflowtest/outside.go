// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflowtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// OutOfBand archives a workflow, and lets reading it fail: only the first makes it vanish.
func (s Suite) OutOfBand(t *testing.T) {
	t.Helper()
	for name, test := range map[string]struct {
		change           func(*testing.T, *acctest.Tenant, string)
		warning, failure string
	}{
		"archived": {func(t *testing.T, tenant *acctest.Tenant, slug string) {
			t.Helper()
			Edit(t, tenant.Sandbox, slug, func(w *sandbox.AppWorkflow) { w.ArchivedAt = time.Now() })
		}, "was archived outside Terraform", ""},
		"400": {Failing(http.StatusBadRequest), "", "400 Bad Request"},
		"401": {Failing(http.StatusUnauthorized), "", "The credential was refused"},
		"403": {Failing(http.StatusForbidden), "", "admin or a workflow admin"},
		"500": {Failing(http.StatusInternalServerError), "", "Atlan support the request id"},
		"503": {Failing(http.StatusServiceUnavailable), "", "Atlan support the request id"},
		"429": {Failing(http.StatusTooManyRequests), "", "requests_per_minute"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			Apply(t, workspace, s.Named("ci"))
			slug := fmt.Sprint(workspace.Attribute("ci", "id"))
			test.change(t, tenant, slug)
			step := workspace.Plan(s.Named("ci"))["ci"]
			text := acctest.Texts(step.Diagnostics)
			if test.failure != "" {
				if workspace.Instance("ci") == nil || len(acctest.Errors(step.Diagnostics)) == 0 || !strings.Contains(text, test.failure) {
					t.Errorf("want the state kept and an error that says %q, got %s", test.failure, text)
				}
				return
			}
			if step.Action != acctest.Create || !strings.Contains(text, test.warning) {
				t.Errorf("want a creation and a warning that says %q, got %s and %s", test.warning, step.Action, text)
			}
			Apply(t, workspace, s.Named("ci"))
			if now := workspace.Attribute("ci", "id"); now == slug {
				t.Errorf("the archived workflow %s is in the state", slug)
			}
			ExpectPlan(t, workspace, s.Named("ci"), acctest.NoOp)
		})
	}
}

// fixed are attributes that cannot change in Atlan, or that Atlan does not show.
var fixed = []string{
	"id", "name", "app_id", "entrypoint", "schedule", "run", "wait", "test_authentication", "contract_validation", "run_id", "run_status", "timeouts",
}

// DriftOf changes each readable attribute behind Terraform's back and expects exactly that difference, and that an apply
// puts it right. What is computed changes in the state alone.
func (s Suite) DriftOf(t *testing.T) {
	t.Helper()
	drift := map[string]func(*sandbox.AppWorkflow){
		"version":                   func(w *sandbox.AppWorkflow) { w.Version++ },
		"credential_guid":           func(w *sandbox.AppWorkflow) { w.Inputs["credential_guid"] = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999" },
		"new_connection":            func(w *sandbox.AppWorkflow) { connection(w)["adminUsers"] = []any{"jsmith", "admin"} },
		"connection_qualified_name": func(w *sandbox.AppWorkflow) { connection(w)["qualifiedName"] = "default/other/1" },
	}
	computed := []string{"version", "connection_qualified_name"}
	maps.Copy(drift, s.Drift)
	for _, name := range acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider()).AttributeNames(s.Type) {
		change, ok := drift[name]
		if !ok && name != "credential" && !slices.Contains(fixed, name) && !slices.Contains(s.Fixed, name) {
			t.Errorf("no drift is tested for attribute %q", name)
		}
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			Apply(t, workspace, s.Named("ci"))
			before := fmt.Sprint(workspace.Attribute("ci", name))
			Edit(t, tenant.Sandbox, workspace.Attribute("ci", "id"), change)
			step := workspace.Plan(s.Named("ci"))["ci"]
			if len(acctest.Errors(step.Diagnostics)) > 0 {
				t.Fatal(acctest.Texts(step.Diagnostics))
			}
			if fmt.Sprint(workspace.Attribute("ci", name)) == before {
				t.Errorf("the state did not notice the change of %s", name)
			}
			if slices.Contains(computed, name) {
				if step.Action != acctest.NoOp {
					t.Errorf("planned %s of %v", step.Action, step.Changed)
				}
				return
			}
			// What follows from a change is a new version, and a run of it.
			follows := []string{"run_id", "run_status", "version"}
			differs := slices.DeleteFunc(slices.Clone(step.Changed), func(name string) bool { return slices.Contains(follows, name) })
			if step.Action != acctest.Update || !slices.Equal(differs, []string{name}) {
				t.Errorf("planned %s of %v", step.Action, step.Changed)
			}
			Apply(t, workspace, s.Named("ci"))
			ExpectPlan(t, workspace, s.Named("ci"), acctest.NoOp)
		})
	}
}

func connection(w *sandbox.AppWorkflow) map[string]any {
	entity, _ := w.Inputs["connection"].(map[string]any)
	attributes, _ := entity["attributes"].(map[string]any)
	return attributes
}

// UnknownProvider plans quietly while the provider's configuration is not known, and keeps the state.
func (s Suite) UnknownProvider(t *testing.T) {
	t.Helper()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	Apply(t, workspace, s.Named("ci"))
	late := workspace.WithUnknownProvider(tenant.Provider())
	tenant.Sandbox.ClearJournal()
	ExpectPlan(t, late, s.Named("ci"), acctest.NoOp)
	ExpectPlan(t, late, With(s.Named("ci"), "wait", false), acctest.Update, "wait")
	created := late.Plan(s.Named("ci", "other"))["other"]
	if created.Action != acctest.Create || len(created.Diagnostics) > 0 {
		t.Errorf("planned %s of another workflow: %s", created.Action, acctest.Texts(created.Diagnostics))
	}
	if requests := tenant.Sandbox.Journal(); len(requests) > 0 {
		t.Errorf("%d requests were sent", len(requests))
	}
}
