// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow_test

import (
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/appworkflow"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// suite are the tests that all workflow resources have.
var suite = workflowtest.Suite{
	Type: appworkflow.ResourceType, Noun: "app workflow", AppID: sandbox.MetabaseAppID, Whole: true,
	Least: func() map[string]any {
		return map[string]any{
			"app_id": sandbox.MetabaseAppID, "inputs": map[string]any{"extraction_method": "agent", "agent_json": map[string]any{"agent-name": "edge"}},
		}
	},
	Full: func() map[string]any {
		return map[string]any{
			"app_id": sandbox.MetabaseAppID, "run": "on_change", "wait": true,
			"inputs": map[string]any{
				"include_collections": map[string]any{"finance": map[string]any{}}, "exclude_collections": map[string]any{},
			},
			"credential": map[string]any{"username": "svc", "password_wo": "eyJhbGciOiJ.c2VjcmV0LW9m.dGhlLXRlc3Q", "secret_version": "1"},
			"new_connection": map[string]any{
				"name": "ci", "admin_users": []string{"jsmith"}, "admin_roles": []string{"$admin"},
			},
			"schedule": map[string]any{"cron": "0 3 * * 1-5", "timezone": "Europe/Paris"},
		}
	},
	Drift: map[string]func(*sandbox.AppWorkflow){
		"inputs": func(w *sandbox.AppWorkflow) { w.Inputs["exclude_collections"] = map[string]any{"hr": map[string]any{}} },
	},
	Changes: map[string]any{"inputs": map[string]any{"include_collections": map[string]any{"marketing": map[string]any{}}}},
}

// TestOutOfBand archives a workflow, and lets reading it fail: only the first makes it vanish.
func TestOutOfBand(t *testing.T) {
	t.Parallel()
	suite.OutOfBand(t)
}

// TestDrift changes each readable attribute behind Terraform's back and expects exactly that difference.
func TestDrift(t *testing.T) {
	t.Parallel()
	suite.DriftOf(t)
}

// TestFaults lets every request of every step fail in every way.
func TestFaults(t *testing.T) {
	t.Parallel()
	suite.Faults(t)
}

// TestSiblings creates, changes and archives workflows beside each other.
func TestSiblings(t *testing.T) {
	t.Parallel()
	suite.Siblings(t)
}

// TestUnknownProvider plans quietly while the provider's configuration is not known.
func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	suite.UnknownProvider(t)
}

// TestList pages, limits, and gives identities that can be imported.
func TestList(t *testing.T) {
	t.Parallel()
	suite.List(t)
}

// TestListFailingPage reports a page that fails.
func TestListFailingPage(t *testing.T) {
	t.Parallel()
	suite.ListFailingPage(t)
}

// TestRuns lets runs fail, which costs nothing of the workflow.
func TestRuns(t *testing.T) {
	t.Parallel()
	suite.Runs(t, "password_wo")
}

// TestWaiting stops waiting for a run at the timeout, and waits for it again.
func TestWaiting(t *testing.T) {
	t.Parallel()
	suite.Waiting(t)
}
