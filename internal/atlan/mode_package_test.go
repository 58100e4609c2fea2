// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// modePackage is the package that crawls Mode, as far as anything is published about it: the envelope is that of Atlan's
// SDKs (pyatlan packages/base/package.py), the parameters are inferred from those of its packages for Looker and Sigma.
func modePackage(include string) atlan.PackageWorkflow {
	const epoch = "1763769600"
	return atlan.PackageWorkflow{
		Package: "@atlan/mode", Name: "atlan-mode-" + epoch, DisplayName: "atlan-mode-default-mode-" + epoch, Template: "atlan-mode",
		Labels: map[string]string{
			"orchestration.atlan.com/default-mode-" + epoch: "true", "orchestration.atlan.com/atlan-ui": "true",
			"orchestration.atlan.com/source": "mode", "orchestration.atlan.com/sourceCategory": "bi", "orchestration.atlan.com/type": "connector",
		},
		Annotations: map[string]string{"orchestration.atlan.com/name": "Mode Assets", "orchestration.atlan.com/allowSchedule": "true"},
		Parameters: []atlan.WorkflowParameter{
			{Name: "credential-guid", Value: "{{credentialGuid}}"},
			{Name: "connection", Value: `{"attributes":{"adminUsers":["jsmith"],"connectorName":"mode","defaultCredentialGuid":"{{credentialGuid}}",` +
				`"name":"production","qualifiedName":"default/mode/` + epoch + `"},"typeName":"Connection"}`},
			{Name: "extraction-method", Value: "direct"},
			{Name: "include-collections", Value: include},
			{Name: "exclude-collections", Value: "{}"},
			{Name: "crawl-archived-reports", Value: "true"},
			{Name: "publish-mode", Value: "production"},
			{Name: "atlas-auth-type", Value: "internal"},
		},
		Credentials: []atlan.WorkflowCredential{{Parameter: "credentialGuid", Body: map[string]any{
			"name": "default-mode-" + epoch + "-0", "connectorConfigName": "atlan-connectors-mode", "host": "app.mode.com", "port": 443, "authType": "basic",
			"username": "key-1", "password": "canary-of-the-mode-secret", "extra": map[string]any{"workspace": "acme"},
		}}},
		Schedule: &atlan.WorkflowSchedule{Cron: "0 4 * * *", Timezone: "UTC"},
	}
}

// TestModePackage crawls Mode on a tenant that serves packages only. What is sent is the document of testdata, field by
// field. Changes, the schedule and the end of it go the same way, and no answer shows the secret.
func TestModePackage(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfacePackage }, nil)
	sent := make(chan any, 1)
	recorded := connect(t, tenant, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && r.URL.Path == workflows {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				sent <- decoded(t, body)
				r.Body = io.NopCloser(strings.NewReader(string(body)))
			}
			next.ServeHTTP(w, r)
		})
	})
	workflow := modePackage("{}")
	if err := recorded.Workflows.Create(t.Context(), workflow, true); err != nil {
		t.Fatal(err)
	}
	golden, err := os.ReadFile("testdata/mode_package.json")
	if err != nil {
		t.Fatal(err)
	}
	if got := <-sent; !reflect.DeepEqual(got, decoded(t, golden)) {
		t.Errorf("sent\n%v\nwant\n%v", got, decoded(t, golden))
	}

	run := func(want ...string) {
		t.Helper()
		if _, err := client.Workflows.Await(t.Context(), atlan.WorkflowRun{Workflow: workflow.Name}, nil); err != nil {
			t.Fatal(err)
		}
		if got := modeReports(tenant); !slices.Equal(got, want) {
			t.Errorf("the reports are %v, want %v", got, want)
		}
	}
	run("Campaigns", "Revenue", "Revenue 2019", "Scratchpad")
	stored, err := client.Workflows.Template(t.Context(), workflow.Name)
	guid := stored.Parameters["credential-guid"]
	if err != nil || stored.Package != "@atlan/mode" || stored.Schedule == nil || *stored.Schedule != *workflow.Schedule ||
		len(tenant.State().Credentials) != 1 || guid != tenant.State().Credentials[0].GUID || strings.Contains(stored.Parameters["connection"], "{{") {
		t.Fatalf("the workflow is %+v: %v", stored, err)
	}

	// An update keeps the credential by its GUID, and takes the schedule away.
	workflow = modePackage(`{"finance":{}}`)
	workflow.Parameters[0].Value, workflow.Parameters[1].Value = guid, stored.Parameters["connection"]
	workflow.Credentials, workflow.Schedule = nil, nil
	if err := client.Workflows.Update(t.Context(), workflow); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Workflows.Rerun(t.Context(), workflow.Name); err != nil {
		t.Fatal(err)
	}
	tenant.Advance(time.Hour)
	run("Revenue", "Revenue 2019")
	if stored, err = client.Workflows.Template(t.Context(), workflow.Name); err != nil || stored.Schedule != nil ||
		stored.Parameters["include-collections"] != `{"finance":{}}` || stored.Parameters["credential-guid"] != guid || len(tenant.State().Credentials) != 1 {
		t.Errorf("changed is %+v: %v", stored, err)
	}
	if text := fmt.Sprintf("%+v", stored); strings.Contains(text, "canary") {
		t.Errorf("the workflow shows a secret: %s", text)
	}
	for range 2 {
		if err := client.Workflows.Archive(t.Context(), workflow.Name); err != nil {
			t.Error(err)
		}
	}
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// modeReports are the names of the reports that are active.
func modeReports(tenant *sandbox.Tenant) []string {
	var names []string
	for _, e := range tenant.State().Assets {
		if e.TypeName == "ModeReport" && e.Status == "ACTIVE" {
			names = append(names, e.Text("name"))
		}
	}
	slices.Sort(names)
	return names
}
