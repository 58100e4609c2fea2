// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// packagesOnly is a tenant that serves workflows of packages only.
func packagesOnly(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfacePackage }

// packaged is a configuration of workflows with everything that packages have.
func packaged(names ...string) map[string]acctest.Block {
	return workflowtest.With(suite.Named(names...), "inputs", map[string]any{"publish-dry-run": false})
}

// stored are the package workflows of a tenant that are not archived.
func stored(tenant *sandbox.Tenant) []sandbox.Workflow {
	return slices.DeleteFunc(tenant.State().Workflows, func(w sandbox.Workflow) bool { return !w.ArchivedAt.IsZero() })
}

func onlyStored(t *testing.T, tenant *sandbox.Tenant) sandbox.Workflow {
	t.Helper()
	all := stored(tenant)
	if len(all) != 1 {
		t.Fatalf("the tenant has %d workflows of packages, want one", len(all))
	}
	return all[0]
}

// parameter is one of a stored workflow.
func parameter(t *testing.T, w sandbox.Workflow, name string) map[string]any {
	t.Helper()
	found := map[string]any{}
	eachParameter(w.Spec, func(p map[string]any) {
		if p["name"] == name {
			found = p
		}
	})
	if len(found) == 0 {
		t.Errorf("workflow %s has no parameter %s", w.Name, name)
	}
	return found
}

func eachParameter(value any, do func(map[string]any)) {
	switch value := value.(type) {
	case map[string]any:
		if parameters, ok := value["parameters"].([]any); ok {
			for _, one := range parameters {
				if p, ok := one.(map[string]any); ok {
					do(p)
				}
			}
		}
		for _, member := range value {
			eachParameter(member, do)
		}
	case []any:
		for _, element := range value {
			eachParameter(element, do)
		}
	}
}

// TestPackageDocument creates a workflow on a tenant that serves packages only. What is sent is the document of testdata,
// but for the time in the names.
func TestPackageDocument(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, packagesOnly)
	sent := make(chan []byte, 1)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if r.Method == http.MethodPost && r.URL.Path == "/api/service/workflows" {
			sent <- append([]byte(r.URL.RawQuery+"\n"), body...)
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		tenant.Sandbox.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	config := map[string]acctest.Block{"ci": {Type: resourceType, Attributes: map[string]any{
		"name": "mode", "run": "on_create",
		"credential":     map[string]any{"workspace": "acme", "api_key_id": "key-1", "api_secret_wo": "canary-of-the-mode-secret"},
		"new_connection": map[string]any{"name": "production", "admin_users": []string{"jsmith"}},
		"schedule":       map[string]any{"cron": "0 4 * * *"},
	}}}
	through := *tenant
	through.URL = front.URL
	workspace := acctest.NewWorkspace(t, through.Provider())
	workflowtest.Apply(t, workspace, config)
	query, body, _ := strings.Cut(string(<-sent), "\n")
	id := fmt.Sprint(workspace.Attribute("ci", "id"))
	epoch := strings.TrimPrefix(id, "atlan-mode-")
	golden, err := os.ReadFile("testdata/package.json")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(string(golden), "1763769600", epoch)
	if !reflect.DeepEqual(decoded(t, body), decoded(t, want)) || query != "submit=true" {
		t.Errorf("sent ?%s\n%s\nwant\n%s", query, body, want)
	}
	if got := workspace.Attribute("ci", "connection_qualified_name"); got != "default/mode/"+epoch {
		t.Errorf("the connection of %s is %v", id, got)
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// TestPackageLife takes a workflow of the package through its life: created, scheduled, run, changed with and without its
// credential, changed by somebody else, and destroyed.
func TestPackageLife(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, packagesOnly, func(o *sandbox.Options) { o.SearchLag = 2 * time.Second })
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := packaged("ci")
	workflowtest.Apply(t, workspace, config)
	workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	id := fmt.Sprint(workspace.Attribute("ci", "id"))
	if !regexp.MustCompile(`^atlan-mode-\d{10}$`).MatchString(id) || workspace.Attribute("ci", "app_id") != "@atlan/mode" {
		t.Errorf("made %s of %v", id, workspace.Attribute("ci", "app_id"))
	}
	if got := reports(tenant.Sandbox); !slices.Equal(got, []string{"Revenue"}) {
		t.Errorf("the run has published %v", got)
	}
	credentials := tenant.Sandbox.State().Credentials
	if guid := workspace.Attribute("ci", "credential_guid"); len(credentials) != 1 || guid != credentials[0].GUID {
		t.Errorf("the credential is %v, the vault has %v", guid, credentials)
	}
	if status := workspace.Attribute("ci", "run_status"); status != "Succeeded" {
		t.Errorf("the run stands as %v", status)
	}

	for argument, value := range map[string]any{
		"include_collections": []string{"finance"}, "crawl_archived_reports": true, "schedule": map[string]any{"cron": "5 5 * * *"},
		"inputs": map[string]any{"publish-dry-run": true, "depth": 3}, "credential.secret_version": "2", "name": "another name",
		"credential.workspace": "other", "new_connection.admin_users": []string{"jsmith", "admin"},
	} {
		config = workflowtest.With(config, argument, value)
		if step := workspace.Plan(config)["ci"]; step.Action != acctest.Update {
			t.Errorf("a change of %s plans %s of %v", argument, step.Action, step.Changed)
		}
		workflowtest.Apply(t, workspace, config)
		workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
		if now := workspace.Attribute("ci", "id"); now != id || len(tenant.Sandbox.State().Credentials) != 1 {
			t.Fatalf("a change of %s made %v, with %d credentials", argument, now, len(tenant.Sandbox.State().Credentials))
		}
	}
	if w := onlyStored(t, tenant.Sandbox); parameter(t, w, "depth")["value"] != "3" || parameter(t, w, "include-collections")["value"] != `{"finance":{}}` {
		t.Errorf("the workflow is %v", w.Spec)
	}
	workflowtest.Apply(t, workspace, nil)
	if left := stored(tenant.Sandbox); len(left) != 0 {
		t.Errorf("%d workflows are left", len(left))
	}
}
