// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow_test

import (
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/modeworkflow"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const resourceType = modeworkflow.ResourceType

// suite are the tests that all workflow resources have.
var suite = workflowtest.Suite{
	Type: resourceType, Noun: "Mode workflow", AppID: sandbox.DemoModeAppID,
	Least: func() map[string]any {
		return map[string]any{
			"credential":     map[string]any{"workspace": "acme", "api_key_id": "key", "api_secret_wo": "secret"},
			"new_connection": map[string]any{"name": "least", "admin_roles": []string{"$admin"}},
		}
	},
	Full: func() map[string]any {
		return map[string]any{
			"run": "on_change", "wait": true,
			"include_collections": []string{"finance", "marketing"}, "exclude_collections": []string{"marketing"}, "crawl_archived_reports": false,
			"inputs": map[string]any{"preflight_check": "", "publish_dry_run": false},
			"credential": map[string]any{
				"workspace": "acme", "api_key_id": "key", "api_secret_wo": "eyJhbGciOiJ.c2VjcmV0LW9m.dGhlLXRlc3Q", "secret_version": "1",
				"exclude_personal_collections": true,
			},
			"new_connection": map[string]any{"name": "ci", "admin_users": []string{"jsmith"}, "admin_roles": []string{"$admin"}},
			"schedule":       map[string]any{"cron": "0 3 * * 1-5", "timezone": "Europe/Paris"},
		}
	},
	Drift: map[string]func(*sandbox.AppWorkflow){
		"include_collections":    func(w *sandbox.AppWorkflow) { w.Inputs["spaces_to_crawl"] = `{"finance":{}}` },
		"exclude_collections":    func(w *sandbox.AppWorkflow) { w.Inputs["spaces_to_skip"] = `{}` },
		"crawl_archived_reports": func(w *sandbox.AppWorkflow) { w.Inputs["archived_report_mode"] = "true" },
		"inputs":                 func(w *sandbox.AppWorkflow) { w.Inputs["publish_dry_run"] = true },
	},
	Fixed: []string{"input_names"},
	Changes: map[string]any{
		"include_collections": []string{"finance"}, "exclude_collections": []string{"hr"}, "crawl_archived_reports": true,
		"inputs":      map[string]any{"publish_dry_run": true},
		"input_names": map[string]any{"include_collections": "spaces_to_crawl"},
	},
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
	suite.Runs(t, "api_secret_wo")
}
