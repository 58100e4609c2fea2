// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package altrworkflow_test

import (
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	resourceType = "atlan_altr_workflow"
	address      = resourceType + ".test"
	production   = "default/snowflake/1700000000"
	development  = "default/bigquery/1700000001"
)

func suite() workflowtest.Suite {
	return workflowtest.Suite{
		Type: resourceType, Noun: "ALTR workflow", AppID: sandbox.DemoALTRAppID,
		Least: func() map[string]any {
			return map[string]any{
				"atlan_connection": production, "altr_connection": "42", "classification_job": "3f0c2d3e-0d1c-4f4e-9d8a-7f1f5b0c1d2e",
				"credential":     map[string]any{"api_key": "key-1", "api_secret_wo": "canary-of-the-altr-secret"},
				"new_connection": map[string]any{"name": "ci", "admin_roles": []string{"$admin"}},
			}
		},
		Full: func() map[string]any {
			return map[string]any{
				"atlan_connection": production, "altr_connection": "42", "classification_job": "job-7",
				"credential": map[string]any{
					"api_key": "key-1", "api_secret_wo": "canary-of-the-altr-secret", "secret_version": "1", "auth_type": "api_key",
				},
				"new_connection": map[string]any{"name": "ci", "admin_roles": []string{"$admin"}, "admin_groups": []string{"data_engineers"}},
				"schedule":       map[string]any{"cron": "0 3 * * *", "timezone": "Europe/Paris"},
				"run":            "on_change", "wait": true,
			}
		},
		Drift: map[string]func(*sandbox.AppWorkflow){
			"atlan_connection": func(w *sandbox.AppWorkflow) {
				w.Inputs["mapped_connection"] = map[string]any{"typeName": "Connection", "attributes": map[string]any{"qualifiedName": development}}
			},
			"altr_connection":    func(w *sandbox.AppWorkflow) { w.Inputs["altr_source_id"] = "43" },
			"classification_job": func(w *sandbox.AppWorkflow) { w.Inputs["scan_job_id"] = "job-8" },
			"inputs":             func(w *sandbox.AppWorkflow) { w.Inputs["temp_table_regex"] = "^tmp_" },
		},
		Fixed: []string{"input_names"},
		Changes: map[string]any{
			"atlan_connection": development, "altr_connection": "43", "classification_job": "job-8",
			"inputs":      map[string]any{"temp_table_regex": "^tmp_"},
			"input_names": map[string]any{"classification_job": "scan_job_id"},
		},
		OneIn: 8, // its requests are those of atlan_app_workflow
	}
}

// TestOutOfBand archives a workflow, and lets reading it fail: only the first makes it vanish.
func TestOutOfBand(t *testing.T) {
	t.Parallel()
	suite().OutOfBand(t)
}

// TestDrift changes each attribute behind Terraform's back.
func TestDrift(t *testing.T) {
	t.Parallel()
	suite().DriftOf(t)
}

// TestFaults lets every request of every step fail in every way.
func TestFaults(t *testing.T) {
	t.Parallel()
	suite().Faults(t)
}

// TestSiblings manages workflows beside each other.
func TestSiblings(t *testing.T) {
	t.Parallel()
	suite().Siblings(t)
}

// TestUnknownProvider plans while the provider's configuration is not known.
func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	suite().UnknownProvider(t)
}

// TestRuns lets runs fail, in Atlan and on the way there.
func TestRuns(t *testing.T) {
	t.Parallel()
	suite().Runs(t, "api_secret_wo")
}

// TestList lists more workflows than a page holds.
func TestList(t *testing.T) {
	t.Parallel()
	suite().List(t)
}

// TestListFailingPage reports a page that fails.
func TestListFailingPage(t *testing.T) {
	t.Parallel()
	suite().ListFailingPage(t)
}

// tagged are the tables of the demo tenant that bear a tag of ALTR's, by the connection that the tag comes from.
func tagged(tenant *acctest.Tenant) map[string]int {
	tables := map[string]int{}
	for _, asset := range tenant.Sandbox.State().Assets {
		for _, tag := range asset.Classifications {
			tables[tag.Source]++
		}
	}
	return tables
}
