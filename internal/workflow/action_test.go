// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const actionType = "atlan_workflow_run"

// slowRuns makes runs take a minute and appear ten seconds late.
func slowRuns(o *sandbox.Options) { o.RunTime, o.SearchLag = time.Minute, 10*time.Second }

// lastRun is the name of the run that was started last.
func lastRun(tenant *acctest.Tenant) string {
	runs := tenant.Sandbox.State().Runs
	return runs[len(runs)-1].Name
}

// expectRuns checks how many runs there are, and how the last one has ended.
func expectRuns(t *testing.T, tenant *acctest.Tenant, want int, outcome string) {
	t.Helper()
	runs := tenant.Sandbox.State().Runs
	if len(runs) != want || runs[len(runs)-1].Outcome != outcome {
		t.Errorf("there are %d runs, want %d; the last one is %q, want %q", len(runs), want, runs[len(runs)-1].Outcome, outcome)
	}
}

// TestAccAction runs a workflow when a resource is created and when it is updated, with the real CLI.
func TestAccAction(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Actions)
	tenant := acctest.NewSandbox(t, slowRuns)
	name := aPackageWorkflow(t, tenant, nil)
	var steps []resource.TestStep
	for i := range 2 {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestStepDirectory(), ConfigVariables: config.Variables{"workflow_name": config.StringVariable(name)},
			Check: func(*terraform.State) error {
				expectRuns(t, tenant, 2+i, "Succeeded")
				return nil
			},
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), Steps: steps})
}

// TestAction runs a workflow in each way, and says what it does as it goes.
func TestAction(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config  map[string]any
		running bool
		runs    int
		outcome string
		said    []string // NEW and OLD are runs, NAME is the workflow
	}{
		"waits": {nil, false, 2, "Succeeded", []string{
			`Started run NEW of workflow "NAME".`, "Run NEW: not shown by Atlan yet.", "Run NEW: Pending, 0/1 steps done.",
			"Run NEW: Running, 0/1 steps done.", "Run NEW: Succeeded, 1/1 steps done.",
		}},
		"does not wait": {map[string]any{"wait": false}, false, 2, "", []string{`Started run NEW of workflow "NAME".`}},
		"idempotent":    {map[string]any{"idempotent": true, "wait": false}, false, 2, "", []string{`Started run NEW of workflow "NAME".`}},
		"idempotent, while one goes on": {map[string]any{"idempotent": true}, true, 2, "Succeeded", []string{
			`Started nothing: run OLD of workflow "NAME" goes on.`, "Run OLD: Pending, 0/1 steps done.", "Run OLD: Running, 0/1 steps done.",
			"Run OLD: Succeeded, 1/1 steps done.",
		}},
		"idempotent, does not wait": {map[string]any{"idempotent": true, "wait": false}, true, 2, "", []string{
			`Started nothing: run OLD of workflow "NAME" goes on.`,
		}},
		"not idempotent": {map[string]any{"wait": false}, true, 3, "", []string{`Started run NEW of workflow "NAME".`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, slowRuns)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			workflow, old := aPackageWorkflow(t, tenant, nil), ""
			if test.running {
				if _, err := tenant.Client(t).Workflows.Rerun(t.Context(), workflow); err != nil {
					t.Fatal(err)
				}
				old = lastRun(tenant)
			}
			said, diags := workspace.Invoke(t.Context(), actionType, withName(workflow, test.config))
			expectRuns(t, tenant, test.runs, test.outcome)
			names := strings.NewReplacer("NEW", lastRun(tenant), "OLD", old, "NAME", workflow)
			for i := range test.said {
				test.said[i] = names.Replace(test.said[i])
			}
			if len(diags) > 0 || !slices.Equal(said, test.said) {
				t.Errorf("said\n%s\nwant\n%s\n%s", strings.Join(said, "\n"), strings.Join(test.said, "\n"), acctest.Texts(diags))
			}
		})
	}
}

func withName(workflow string, attributes map[string]any) map[string]any {
	config := map[string]any{"workflow_name": workflow}
	maps.Copy(config, attributes)
	return config
}

// TestActionFails says why a workflow cannot be run, and how a run failed.
func TestActionFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change   func(*sandbox.Options)
		workflow string
		before   []sandbox.Fault
		want     []string
	}{
		"unknown workflow": {nil, "nothing", nil, []string{
			`(AttributeName("workflow_name"))`, `Running workflow "nothing" failed`, `There is no workflow or run named "nothing"`, "must not be archived",
		}},
		"no surface": {func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfaceApp }, "x", nil, []string{
			"The tenant does not serve package workflows", "newer tenants have apps", "Request:    POST /api/service/runs/indexsearch",
		}},
		"forbidden": {nil, "", []sandbox.Fault{{Path: "/api/service/workflows/submit", Kind: sandbox.FaultStatus, Status: 403, Times: 9}}, []string{
			"403", "Ask an admin of the tenant",
		}},
		"lost": {nil, "", []sandbox.Fault{{Path: "/api/service/workflows/submit", Kind: sandbox.FaultDrop, Times: 1}}, []string{
			"The answer was lost", "A run may have been started", "idempotent = true",
		}},
		"not readable": {nil, "", []sandbox.Fault{{Path: "/api/service/runs/indexsearch", Kind: sandbox.FaultStatus, Status: 403, Nth: 2, Times: 9}}, []string{
			"what becomes of it cannot be read", "unless somebody stops it, it goes on",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, slowRuns, func(o *sandbox.Options) {
				if test.change != nil {
					test.change(o)
				}
			})
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			if test.workflow == "" {
				test.workflow = aPackageWorkflow(t, tenant, nil)
			}
			if err := tenant.Sandbox.SetFaults(test.before); err != nil {
				t.Fatal(err)
			}
			_, diags := workspace.Invoke(t.Context(), actionType, withName(test.workflow, nil))
			for _, part := range test.want {
				if text := acctest.Texts(diags); !strings.Contains(text, part) {
					t.Errorf("the error does not say %q: %s", part, text)
				}
			}
		})
	}
}

// TestActionCancelled gives up waiting, because the user does or the time is over, and stops the run if it is to; and sees
// a run fail that somebody else stops.
func TestActionCancelled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config     map[string]any
		idempotent bool
		at         int    // how many pauses later something happens
		stop       bool   // somebody stops the run
		over       bool   // the time is over
		outcome    string // in the end
		want       []string
	}{
		"the run goes on": {at: 7, outcome: "Succeeded", want: []string{"is still Running as far as is known, and waiting was cancelled"}},
		"it is stopped": {config: map[string]any{"stop_on_cancel": true}, at: 7, outcome: "Failed", want: []string{
			"waiting was cancelled", "The run is stopped", "was told to stop, as stop_on_cancel asks for",
		}},
		"before it is seen": {config: map[string]any{"stop_on_cancel": true}, at: 1, outcome: "Failed", want: []string{"was told to stop"}},
		"somebody else's is never stopped": {
			config: map[string]any{"stop_on_cancel": true, "idempotent": true}, idempotent: true, at: 7, outcome: "Succeeded",
			want: []string{"waiting was cancelled"},
		},
		"the time is over": {
			config: map[string]any{"stop_on_cancel": true}, at: 7, over: true, outcome: "Failed", want: []string{"the time for waiting is over", "told to stop"},
		},
		"somebody stops it": {at: 7, stop: true, outcome: "Failed", want: []string{"ended as Failed: Stopped with strategy 'Stop'", "when the cause is gone"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, slowRuns)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			pauses := 0
			workspace := acctest.NewWorkspace(t, tenant.Provider(func(config *atlan.Config) {
				config.Pause = func(ctx context.Context, d time.Duration) error {
					tenant.Sandbox.Advance(d)
					switch pauses++; {
					case pauses != test.at:
					case test.over:
						return context.DeadlineExceeded
					case test.stop:
						return tenant.Client(t).Workflows.Stop(ctx, lastRun(tenant))
					default:
						cancel()
					}
					return ctx.Err()
				}
			}))
			workflow := aPackageWorkflow(t, tenant, nil)
			if test.idempotent {
				if _, err := tenant.Client(t).Workflows.Rerun(ctx, workflow); err != nil {
					t.Fatal(err)
				}
			}
			_, diags := workspace.Invoke(ctx, actionType, withName(workflow, test.config))
			text := acctest.Texts(diags)
			for _, part := range append(test.want, lastRun(tenant)) {
				if !strings.Contains(text, part) || len(acctest.Errors(diags)) != 1 {
					t.Errorf("the error does not say %q: %s", part, text)
				}
			}
			tenant.Sandbox.Advance(1000 * time.Hour)
			expectRuns(t, tenant, 2, test.outcome)
		})
	}
}

// TestActionInvalid refuses bad configurations in the plan, on the argument, and none that is not known yet.
func TestActionInvalid(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	for name, test := range map[string]struct {
		config map[string]any
		want   string
	}{
		"no name":      {nil, `workflow_name`},
		"two names":    {map[string]any{"workflow_name": "x", "app_workflow_slug": "x"}, `one (and only one) of`},
		"empty slug":   {map[string]any{"app_workflow_slug": ""}, `(AttributeName("app_workflow_slug"))`},
		"empty name":   {map[string]any{"workflow_name": ""}, `(AttributeName("workflow_name"))`},
		"no duration":  {map[string]any{"workflow_name": "x", "timeout": "soon"}, `(AttributeName("timeout"))`},
		"no time":      {map[string]any{"workflow_name": "x", "timeout": "0s"}, "0s is not longer than zero"},
		"no wait":      {map[string]any{"workflow_name": "x", "wait": false, "stop_on_cancel": true}, `(AttributeName("stop_on_cancel"))`},
		"no wait, too": {map[string]any{"workflow_name": "x", "wait": false, "timeout": "1h"}, `(AttributeName("timeout"))`},
	} {
		if text := acctest.Texts(workspace.ValidateAction(actionType, test.config)); !strings.Contains(text, test.want) {
			t.Errorf("%s: want an error that says %q, got %s", name, test.want, text)
		}
	}
	for _, name := range []string{"workflow_name", "app_workflow_slug", "idempotent", "wait", "timeout", "stop_on_cancel"} {
		config := map[string]any{"workflow_name": "x", "stop_on_cancel": true, "timeout": "1h", name: acctest.Unknown}
		if text := acctest.Texts(workspace.ValidateAction(actionType, config)); text != "" {
			t.Errorf("%s is unknown: %s", name, text)
		}
	}
	if requests := tenant.Sandbox.Journal(); len(requests) > 0 {
		t.Errorf("%d requests were sent", len(requests))
	}
}
