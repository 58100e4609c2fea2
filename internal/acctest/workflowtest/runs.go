// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflowtest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// refused is a secret that no source accepts, so that runs fail.
const refused = sandbox.RefusedSecret + "-secret"

// Runs lets runs fail, in Atlan and on the way there: the workflow stays, and the next apply runs it again. secret is the
// attribute of the credential that holds one.
func (s Suite) Runs(t *testing.T, secret string) {
	t.Helper()
	for name, fault := range map[string]*sandbox.Fault{
		"the run fails":            nil,
		"starting it fails":        {Method: http.MethodPost, Path: "/api/service/v1/app/*", Nth: 2, Times: 1000, Kind: sandbox.FaultStatus, Status: 503},
		"starting it is refused":   {Method: http.MethodPost, Path: "/api/service/v1/app/*", Nth: 2, Times: 1000, Kind: sandbox.FaultStatus, Status: 403},
		"it cannot be looked at":   {Method: http.MethodGet, Path: "/api/service/v1/app/runs/*", Times: 1000, Kind: sandbox.FaultStatus, Status: 500},
		"the answer is lost twice": {Method: http.MethodPost, Path: "/api/service/v1/app/*", Nth: 2, Times: 2, Kind: sandbox.FaultDropAfterCommit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := s.Named("ci")
			if fault == nil {
				config = With(config, "credential."+secret, refused)
			} else {
				SetFaults(t, tenant, *fault)
			}
			Apply(t, workspace, config) // a warning, since Terraform would replace what it could not create to the end
			id := workspace.Attribute("ci", "id")
			if workspace.Instance("ci").Tainted || Only(t, tenant.Sandbox).Slug != id {
				t.Fatal("the workflow is not kept as it is")
			}
			SetFaults(t, tenant)
			if fault == nil {
				s.failsAgain(t, tenant, workspace, config)
				config = With(With(config, "credential."+secret, "good"), "credential.secret_version", "2")
			}
			Apply(t, workspace, config)
			ExpectPlan(t, workspace, config, acctest.NoOp)
			if got := workspace.Attribute("ci", "run_status"); got != "Succeeded" || workspace.Attribute("ci", "id") != id {
				t.Errorf("the run %v of %v stands as %v", workspace.Attribute("ci", "run_id"), workspace.Attribute("ci", "id"), got)
			}
		})
	}
}

// failsAgain applies the same once more, which is an error that names the run and says what the tenant says.
func (s Suite) failsAgain(t *testing.T, tenant *acctest.Tenant, workspace *acctest.Workspace, config map[string]acctest.Block) {
	t.Helper()
	ExpectPlan(t, workspace, config, acctest.Update, "run_id", "run_status")
	failed := workspace.Apply(config)
	runs := tenant.Sandbox.State().AppRuns
	for _, want := range []string{runs[len(runs)-1].ID, "Failed", "401 Unauthorized", "stays"} {
		if !strings.Contains(acctest.Texts(failed), want) {
			t.Errorf("the error does not say %q: %s", want, acctest.Texts(failed))
		}
	}
	if got := workspace.Attribute("ci", "run_status"); got != "Failed" {
		t.Errorf("the state says %v of the run", got)
	}
}

// Waiting stops waiting at the timeout, waits for the same run again, and tells of its end.
func (s Suite) Waiting(t *testing.T) {
	t.Helper()
	tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.RunTime = time.Hour })
	workspace := acctest.NewWorkspace(t, tenant.Provider(func(config *atlan.Config) { config.Pause = nil })) // time passes
	config := With(s.Named("ci"), "timeouts", map[string]any{"create": "1200ms", "update": "10s"})
	Apply(t, workspace, config)
	first := workspace.Attribute("ci", "run_id")
	if got := fmt.Sprint(workspace.Attribute("ci", "run_status")); got != "Pending" && got != "Running" {
		t.Fatalf("the run stands as %s", got)
	}
	ExpectPlan(t, workspace, config, acctest.Update, "run_status")
	go func() {
		time.Sleep(100 * time.Millisecond)
		tenant.Sandbox.Advance(2 * time.Hour)
	}()
	Apply(t, workspace, config)
	if workspace.Attribute("ci", "run_id") != first || workspace.Attribute("ci", "run_status") != "Succeeded" {
		t.Errorf("run %v stands as %v, want %v to have succeeded", workspace.Attribute("ci", "run_id"), workspace.Attribute("ci", "run_status"), first)
	}
	ExpectPlan(t, workspace, config, acctest.NoOp)

	// A change while a run is under way waits for that run, and runs the workflow then.
	changed := With(With(config, "credential.secret_version", "2"), "wait", true)
	Post(t, tenant, "/api/service/v1/app/"+fmt.Sprint(workspace.Attribute("ci", "id"))+"/submit", nil)
	done := make(chan []*tfprotov6.Diagnostic)
	go func() { done <- workspace.Apply(changed) }()
	for range 2 {
		time.Sleep(300 * time.Millisecond)
		tenant.Sandbox.Advance(2 * time.Hour)
	}
	for pending := true; pending; {
		select {
		case failed := <-done:
			if len(failed) > 0 {
				t.Error(acctest.Texts(failed))
			}
			pending = false
		case <-time.After(300 * time.Millisecond):
			tenant.Sandbox.Advance(2 * time.Hour)
		}
	}
	if runs := tenant.Sandbox.State().AppRuns; len(runs) != 3 {
		t.Errorf("the workflow ran %d times, want 3", len(runs))
	}
}
