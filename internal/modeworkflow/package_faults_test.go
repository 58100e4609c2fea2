// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestFaultsOfPackage lets every request of every step fail in every way, on a tenant that serves packages only.
func TestFaultsOfPackage(t *testing.T) {
	t.Parallel()
	base := workflowtest.With(workflowtest.With(packaged("ci"), "run", "on_create"), "wait", nil)
	steps := acctest.LifeSteps(base, map[string]any{
		"include_collections": []string{"finance"}, "schedule": map[string]any{"cron": "0 5 * * *"}, "name": "another",
		"new_connection": map[string]any{"name": "another", "admin_roles": []string{"$admin"}},
	})
	steps["change_secret"] = acctest.FaultStep{Before: base, After: workflowtest.With(base, "credential.secret_version", "2")}
	delete(steps, "import")
	steps["never_run"] = acctest.FaultStep{After: workflowtest.With(base, "run", nil)}
	acctest.FaultMatrix{
		Object: "Mode workflow", Options: packagesOnly, OneIn: 4,
		Client: func(*acctest.Tenant) func(*atlan.Config) {
			return func(config *atlan.Config) { config.WorkflowSurface = atlan.WorkflowsOfPackages } // looks for no app
		},
		Existing: func(tenant *sandbox.Tenant) map[string]string {
			names := map[string]string{}
			for _, workflow := range stored(tenant) {
				names[workflow.Name] = "ci"
			}
			return names
		},
		Mine: func(kind string, object map[string]any) {
			switch kind {
			case "workflows", "runs", "credentials", "connections", "assets":
				clear(object)
			}
		},
		Check: func(t *testing.T, tenant *sandbox.Tenant, workspace *acctest.Workspace, block string) {
			t.Helper()
			for _, workflow := range stored(tenant) {
				text, err := json.Marshal(workflow)
				if err != nil || acctest.SecretPattern.Match(text) {
					t.Errorf("the workflow holds a secret: %v", err)
				}
				if workflow.Name != fmt.Sprint(workspace.Attribute(block, "id")) {
					t.Errorf("the workflow %s is not that of the state", workflow.Name)
				}
			}
		},
	}.Run(t, steps)
}
