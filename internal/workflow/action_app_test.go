// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"context"
	"maps"
	"net/http"
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

// anAppWorkflow is a workflow that somebody has set up in Atlan, and its slug.
func anAppWorkflow(tenant *acctest.Tenant) string {
	connection := map[string]any{"name": "tfacc", "qualifiedName": "default/metabase/1700000042", "connectorName": "metabase", "adminUsers": []any{"jsmith"}}
	return tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "tfacc run", AppID: sandbox.MetabaseAppID, Inputs: map[string]any{
		"credential_guid": "", "extraction_method": "agent", "connection": map[string]any{"typeName": "Connection", "attributes": connection},
	}}).Slug
}

// expectAppRuns checks the outcomes of the runs, oldest first, and returns the id of the last one.
func expectAppRuns(t *testing.T, tenant *acctest.Tenant, want ...string) string {
	t.Helper()
	last, outcomes := "", []string{}
	for _, run := range tenant.Sandbox.State().AppRuns {
		last, outcomes = run.ID, append(outcomes, run.Outcome)
	}
	if !slices.Equal(outcomes, want) {
		t.Errorf("the runs have the outcomes %q, want %q", outcomes, want)
	}
	return last
}

func withSlug(slug string, attributes map[string]any) map[string]any {
	config := map[string]any{"app_workflow_slug": slug}
	maps.Copy(config, attributes)
	return config
}

// TestAccAction_app runs a workflow of an app when a resource is created and when it is updated, with the real CLI.
func TestAccAction_app(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Actions)
	tenant := acctest.NewSandbox(t, slowRuns)
	slug := anAppWorkflow(tenant)
	var steps []resource.TestStep
	var want []string
	for range 2 {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestStepDirectory(), ConfigVariables: config.Variables{"slug": config.StringVariable(slug)},
			Check: func(*terraform.State) error {
				want = append(want, "Succeeded")
				expectAppRuns(t, tenant, want...)
				return nil
			},
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), Steps: steps})
}

// TestAppAction runs a workflow of an app in each way, and says what it does as it goes. A second run at a time is refused
// by the tenant, and nothing is started by who does not want one.
func TestAppAction(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config   map[string]any
		running  bool
		outcomes []string
		said     []string // RUN is the last run, SLUG the workflow
		failed   string
	}{
		"waits": {nil, false, []string{"Succeeded"}, []string{
			`Started run RUN of app workflow "SLUG".`, "Run RUN: Pending.", "Run RUN: Running.", "Run RUN: Succeeded.",
		}, ""},
		"does not wait": {map[string]any{"wait": false}, false, []string{""}, []string{`Started run RUN of app workflow "SLUG".`}, ""},
		"idempotent": {map[string]any{"idempotent": true, "wait": false}, false, []string{""}, []string{
			`Started run RUN of app workflow "SLUG".`,
		}, ""},
		"idempotent, while one goes on": {map[string]any{"idempotent": true}, true, []string{"Succeeded"}, []string{
			`Started nothing: run RUN of app workflow "SLUG" goes on.`, "Run RUN: Pending.", "Run RUN: Running.", "Run RUN: Succeeded.",
		}, ""},
		"idempotent, does not wait": {map[string]any{"idempotent": true, "wait": false}, true, []string{""}, []string{
			`Started nothing: run RUN of app workflow "SLUG" goes on.`,
		}, ""},
		"not idempotent": {nil, true, []string{""}, nil, `Running app workflow "SLUG" is not possible now (AttributeName("app_workflow_slug"))` + "\n" +
			"Nothing was started: " +
			"the workflow SLUG runs already, as RUN, and Atlan runs a workflow of an app once at a time.\n\n" +
			"Set idempotent = true to wait for that run instead of starting another, or invoke the action again when it has ended."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, slowRuns)
			slug := anAppWorkflow(tenant)
			if test.running {
				if _, err := tenant.Client(t).AppWorkflows.Submit(t.Context(), slug); err != nil {
					t.Fatal(err)
				}
			}
			said, diags := acctest.NewWorkspace(t, tenant.Provider()).Invoke(t.Context(), actionType, withSlug(slug, test.config))
			names := strings.NewReplacer("RUN", expectAppRuns(t, tenant, test.outcomes...), "SLUG", slug)
			for i := range test.said {
				test.said[i] = names.Replace(test.said[i])
			}
			failed := acctest.Texts(diags)
			if !slices.Equal(said, test.said) || !strings.Contains(failed, names.Replace(test.failed)) || (failed == "") != (test.failed == "") {
				t.Errorf("said\n%s\nwant\n%s\n%s", strings.Join(said, "\n"), strings.Join(test.said, "\n"), failed)
			}
		})
	}
}

// TestAppActionFails says why a workflow of an app cannot be run, and how a run failed.
func TestAppActionFails(t *testing.T) {
	t.Parallel()
	const submissions = "/api/service/v1/app/*"
	for name, test := range map[string]struct {
		surface string
		slug    string
		fault   sandbox.Fault
		want    []string
	}{
		"unknown workflow": {slug: "tfacc-run", want: []string{
			`(AttributeName("app_workflow_slug"))`, `Running app workflow "tfacc-run" failed`, `There is no app workflow "tfacc-run"`,
			"must not be archived", "eight hexadecimal digits",
		}},
		"no surface": {surface: sandbox.SurfacePackage, slug: "x", want: []string{`There is no app workflow "x"`, "name them with workflow_name"}},
		"forbidden": {fault: sandbox.Fault{Method: http.MethodPost, Path: submissions, Kind: sandbox.FaultStatus, Status: 403, Times: 9}, want: []string{
			"403", "Ask an admin of the tenant",
		}},
		"lost": {fault: sandbox.Fault{Method: http.MethodPost, Path: submissions, Kind: sandbox.FaultDrop, Times: 1}, want: []string{
			"The answer was lost", "A run may have been started", "idempotent = true",
		}},
		"not readable": {fault: sandbox.Fault{Path: "/api/service/v1/app/runs/*", Kind: sandbox.FaultStatus, Status: 403, Times: 9}, want: []string{
			"is still going on as far as is known, and what becomes of it cannot be read", "unless somebody stops it, it goes on",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, slowRuns, func(o *sandbox.Options) { o.WorkflowAPI = test.surface })
			if test.slug == "" {
				test.slug = anAppWorkflow(tenant)
				if err := tenant.Sandbox.SetFaults([]sandbox.Fault{test.fault}); err != nil {
					t.Fatal(err)
				}
			}
			_, diags := acctest.NewWorkspace(t, tenant.Provider()).Invoke(t.Context(), actionType, withSlug(test.slug, nil))
			for _, part := range test.want {
				if text := acctest.Texts(diags); !strings.Contains(text, part) {
					t.Errorf("the error does not say %q: %s", part, text)
				}
			}
		})
	}
}

// TestAppActionUntold: a tenant that refuses a second run and does not say which is the first is asked through its index.
func TestAppActionUntold(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, slowRuns)
	slug := anAppWorkflow(tenant)
	if _, err := tenant.Client(t).AppWorkflows.Submit(t.Context(), slug); err != nil {
		t.Fatal(err)
	}
	fault := sandbox.Fault{
		Path: "/api/service/v1/app/" + slug + "/submit", Kind: sandbox.FaultStatus, Status: 500, Times: 9, Message: "AE-WF-409-03: there is an active run",
	}
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{fault}); err != nil {
		t.Fatal(err)
	}
	invoke := func() ([]string, string) {
		said, diags := acctest.NewWorkspace(t, tenant.Provider()).Invoke(t.Context(), actionType, withSlug(slug, map[string]any{"idempotent": true}))
		return said, acctest.Texts(diags)
	}
	if said, failed := invoke(); len(said) > 0 || !strings.Contains(failed, "Atlan does not tell which run that is, so it cannot be waited for") {
		t.Errorf("before the index shows it: said %v and %s", said, failed)
	}
	tenant.Sandbox.Advance(20 * time.Second)
	said, failed := invoke()
	if run := expectAppRuns(t, tenant, "Succeeded"); failed != "" || !strings.Contains(strings.Join(said, "\n"), "Started nothing: run "+run) {
		t.Errorf("said %v and %s", said, failed)
	}
}

// TestAppActionCancelled gives up waiting, because the user does or the time is over, and stops the run if it is to; and sees
// a run fail that somebody else ends.
func TestAppActionCancelled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config  map[string]any
		running bool
		ends    string // the run ends as, by somebody else
		over    bool   // the time is over
		outcome string // in the end
		want    []string
	}{
		"the run goes on": {outcome: "Succeeded", want: []string{"is still Running as far as is known, and waiting was cancelled"}},
		"it is stopped": {config: map[string]any{"stop_on_cancel": true}, outcome: "Stopped", want: []string{
			"waiting was cancelled", "was told to stop, as stop_on_cancel asks for",
		}},
		"somebody else's is never stopped": {
			config: map[string]any{"stop_on_cancel": true, "idempotent": true}, running: true, outcome: "Succeeded", want: []string{"waiting was cancelled"},
		},
		"the time is over": {
			config: map[string]any{"stop_on_cancel": true}, over: true, outcome: "Stopped", want: []string{"the time for waiting is over", "told to stop"},
		},
		"somebody stops it": {ends: "Stopped", outcome: "Stopped", want: []string{"ended as Stopped", "when the cause is gone"}},
		"it fails":          {ends: "Failed", outcome: "Failed", want: []string{"ended as Failed: no space left"}},
		"it is skipped":     {ends: "Skipped", outcome: "Skipped", want: []string{"ended as Skipped"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, slowRuns)
			slug := anAppWorkflow(tenant)
			if test.running {
				if _, err := tenant.Client(t).AppWorkflows.Submit(t.Context(), slug); err != nil {
					t.Fatal(err)
				}
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			pauses := 0
			_, diags := acctest.NewWorkspace(t, tenant.Provider(func(config *atlan.Config) {
				config.Pause = func(ctx context.Context, d time.Duration) error {
					tenant.Sandbox.Advance(d)
					switch pauses++; {
					case pauses != 7:
					case test.over:
						return context.DeadlineExceeded
					case test.ends != "":
						return tenant.Sandbox.EndAppRun(tenant.Sandbox.State().AppRuns[0].ID, test.ends, map[string]string{"Failed": "no space left"}[test.ends])
					default:
						cancel()
					}
					return ctx.Err()
				}
			})).Invoke(ctx, actionType, withSlug(slug, test.config))
			tenant.Sandbox.Advance(1000 * time.Hour)
			text := acctest.Texts(diags)
			for _, part := range append(test.want, expectAppRuns(t, tenant, test.outcome)) {
				if !strings.Contains(text, part) || len(acctest.Errors(diags)) != 1 {
					t.Errorf("the error does not say %q: %s", part, text)
				}
			}
		})
	}
}
