// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestUnserved plans a workflow of an app on a tenant that serves workflows of packages only: the plan fails, says what the
// tenant lacks, and what there is instead. Nothing is written.
func TestUnserved(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfacePackage })
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	connection := map[string]any{"name": "ci", "admin_roles": []string{"$admin"}}
	for typeName, attributes := range map[string]map[string]any{
		"atlan_app_workflow": {"app_id": sandbox.MetabaseAppID},
		"atlan_altr_workflow": {
			"atlan_connection": "default/snowflake/1700000000", "altr_connection": "42", "classification_job": "job-7",
			"credential": map[string]any{"api_key": "key-1", "api_secret_wo": "canary-of-the-altr-secret"}, "new_connection": connection,
		},
	} {
		attributes["name"] = "ci"
		text := acctest.Texts(workspace.Plan(map[string]acctest.Block{"ci": {Type: typeName, Attributes: attributes}})["ci"].Diagnostics)
		for _, part := range []string{
			`(AttributeName("app_id"))`, "Finding the app of ", "The tenant does not serve workflows of apps", "workflows of packages only",
			"Set the workflow up in Atlan", "atlan_workflows", "atlan_workflow_run",
		} {
			if !strings.Contains(text, part) {
				t.Errorf("the error of %s does not say %q: %s", typeName, part, text)
			}
		}
	}
	for _, request := range tenant.Sandbox.Journal() {
		if request.Method != http.MethodGet && !strings.HasSuffix(request.Path, "search") {
			t.Errorf("the plan sent %s %s", request.Method, request.Path)
		}
	}
}
