// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	adminPackage = "csa-api-token-connection-admin"
	workflows    = "/api/service/workflows"
	runSearch    = "/api/service/runs/indexsearch"
)

// workflowTenant makes a tenant whose runs take a minute and appear ten seconds late, and a client for whom waiting lets
// the tenant's clock go on.
func workflowTenant(t *testing.T, change func(*sandbox.Options), configure func(*atlan.Config, sandbox.Credentials)) (*sandbox.Tenant, *atlan.Client) {
	t.Helper()
	options := sandbox.Options{Seed: sandbox.SeedDemo, RunTime: time.Minute, SearchLag: 10 * time.Second}
	if change != nil {
		change(&options)
	}
	tenant := newTenant(t, options)
	server := httptest.NewServer(tenant)
	t.Cleanup(server.Close)
	config := atlan.Config{
		BaseURL: server.URL, APIKey: tenant.Credentials().APIKey, RetryWait: time.Millisecond, RequestsPerMinute: 1_000_000,
		Pause: func(ctx context.Context, d time.Duration) error {
			tenant.Advance(d)
			return ctx.Err()
		},
	}
	if configure != nil {
		configure(&config, tenant.Credentials())
	}
	return tenant, newClient(t, config)
}

// aWorkflow is one of a package that does nothing.
func aWorkflow(client *atlan.Client) atlan.PackageWorkflow {
	name, _ := client.Workflows.NewName("atlan-thing")
	return atlan.PackageWorkflow{
		Package: "@atlan/thing", Name: name, Template: "atlan-thing",
		Parameters: []atlan.WorkflowParameter{{Name: "mode", Value: "full"}, {Name: "credential-guid", Value: "{{credentialGuid}}"}},
		Credentials: []atlan.WorkflowCredential{{Parameter: "credentialGuid", Body: map[string]any{
			"name": "default-thing-0", "host": "h", "authType": "basic", "username": "u", "password": "canary-secret",
			"extra": map[string]any{"key": "canary-secret-2"},
		}}},
		Schedule: &atlan.WorkflowSchedule{Cron: "5 4 * * *", Timezone: "Europe/Paris"},
	}
}

// TestWorkflowLifecycle stores a workflow and runs it, waits, runs it again, stops that, and archives it.
func TestWorkflowLifecycle(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, nil, nil)
	workflow := aWorkflow(client)
	if err := client.Workflows.Create(t.Context(), workflow, true); err != nil {
		t.Fatal(err)
	}
	if err := client.Workflows.Create(t.Context(), workflow, true); !errors.As(err, new(*atlan.WorkflowExistsError)) || !errors.Is(err, atlan.ErrConflict) {
		t.Errorf("a second creation under the name: %v", err)
	}
	var seen []string
	run, err := client.Workflows.Await(t.Context(), atlan.WorkflowRun{Workflow: workflow.Name}, func(run atlan.WorkflowRun) {
		if len(seen) == 0 || seen[len(seen)-1] != string(run.Phase) {
			seen = append(seen, string(run.Phase))
		}
	})
	if err != nil || run.Phase != atlan.RunSucceeded || run.FinishedAt.Sub(run.StartedAt) != time.Minute || run.Creator == "" {
		t.Errorf("the run is %+v: %v", run, err)
	}
	if want := []string{"", "Pending", "Running", "Succeeded"}; !slices.Equal(seen, want) {
		t.Errorf("phases seen are %q, want %q", seen, want)
	}

	again, err := client.Workflows.Rerun(t.Context(), workflow.Name)
	if err != nil || again.Name == run.Name || again.Workflow != workflow.Name {
		t.Fatalf("running again: %+v, %v", again, err)
	}
	if err := client.Workflows.Stop(t.Context(), again.Name); err != nil {
		t.Error(err)
	}
	_, err = client.Workflows.Await(t.Context(), again, nil)
	failed, ok := errors.AsType[*atlan.RunFailedError](err)
	if !ok || failed.Run.Name != again.Name || !strings.Contains(err.Error(), "ended as Failed: Stopped") {
		t.Errorf("the stopped run: %v", err)
	}
	var names []string
	for run, err := range client.Workflows.Runs(t.Context(), workflow.Name, "") {
		names = append(names, run.Name)
		if err != nil {
			t.Error(err)
		}
	}
	if want := []string{again.Name, run.Name}; !slices.Equal(names, want) {
		t.Errorf("runs are %v, want %v", names, want)
	}
	for failed, err := range client.Workflows.Runs(t.Context(), workflow.Name, atlan.RunFailed) {
		if err != nil || failed.Name != again.Name {
			t.Errorf("%s has not failed: %v", failed.Name, err)
		}
	}
	template, err := client.Workflows.Template(t.Context(), workflow.Name)
	if err != nil || template.Package != "@atlan/thing" || template.Parameters["mode"] != "full" || template.Schedule == nil ||
		template.Parameters["credential-guid"] != tenant.State().Credentials[0].GUID {
		t.Errorf("the workflow is %+v: %v", template, err)
	}
	checkScheduleAndArchive(t, client, workflow)
}

func checkScheduleAndArchive(t *testing.T, client *atlan.Client, workflow atlan.PackageWorkflow) {
	t.Helper()
	if got, err := client.Workflows.ScheduleOf(t.Context(), workflow.Name); err != nil || got == nil || *got != *workflow.Schedule {
		t.Errorf("the schedule is %v: %v", got, err)
	}
	workflow.Schedule, workflow.Credentials = nil, nil
	if err := client.Workflows.Update(t.Context(), workflow); err != nil {
		t.Error(err)
	}
	if got, err := client.Workflows.ScheduleOf(t.Context(), workflow.Name); err != nil || got != nil {
		t.Errorf("after the update the schedule is %v: %v", got, err)
	}
	for range 2 {
		if err := client.Workflows.Archive(t.Context(), workflow.Name); err != nil {
			t.Error(err)
		}
	}
	if _, err := client.Workflows.Rerun(t.Context(), workflow.Name); !errors.Is(err, atlan.ErrNotFound) || !strings.Contains(err.Error(), workflow.Name) {
		t.Errorf("running an archived workflow: %v", err)
	}
}

// TestWorkflowTemplatesByPrefix pages through the workflows of one package, newest first.
func TestWorkflowTemplatesByPrefix(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, func(o *sandbox.Options) { o.SearchLag, o.RunTime = 0, 0 }, nil)
	var want []string
	for i := range 105 {
		workflow := aWorkflow(client)
		workflow.Credentials, workflow.Schedule = nil, nil
		want = append([]string{workflow.Name}, want...)
		other := workflow
		other.Name = strings.Replace(workflow.Name, "thing", "thing-miner", 1)
		for _, one := range []atlan.PackageWorkflow{workflow, other}[:1+min(1, i%50)] {
			if err := client.Workflows.Create(t.Context(), one, true); err != nil {
				t.Fatal(err)
			}
		}
		tenant.Advance(time.Second)
	}
	var got []string
	for template, err := range client.Workflows.Templates(t.Context(), "atlan-thing") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, template.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %d workflows, want %d, newest first", len(got), len(want))
	}
}

// TestWorkflowFamilies uses the family of endpoints that is meant for the caller.
func TestWorkflowFamilies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		key    func(sandbox.Credentials) string
		path   string
		whoami int
	}{
		"API token": {func(c sandbox.Credentials) string { return c.APIKey }, "POST /api/service/workflows", 0},
		"admin":     {func(c sandbox.Credentials) string { return c.UserBearerToken }, "POST /api/service/workflows", 1},
		"member":    {func(c sandbox.Credentials) string { return c.MemberBearerToken }, "POST /api/service/package-workflows", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, client := workflowTenant(t, nil, func(config *atlan.Config, c sandbox.Credentials) { config.APIKey = test.key(c) })
			workflow := aWorkflow(client)
			if err := client.Workflows.Create(t.Context(), workflow, true); err != nil {
				t.Fatal(err)
			}
			if _, err := client.Workflows.Rerun(t.Context(), workflow.Name); err != nil {
				t.Error(err)
			}
			requests := tenant.JournalSummary()
			if requests[test.path] != 1 || requests[test.path+"/submit"] != 1 || requests["GET /api/service/whoami"] != test.whoami {
				t.Errorf("requests are %v", requests)
			}
		})
	}
}

// TestWorkflowSurfaceGone tells a tenant without package workflows from one that lacks a workflow or a package.
func TestWorkflowSurfaceGone(t *testing.T) {
	t.Parallel()
	_, gone := workflowTenant(t, func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfaceApp }, nil)
	_, there := workflowTenant(t, nil, nil)
	calls := map[string]func(*atlan.Client) error{
		"create": func(c *atlan.Client) error {
			if c == there {
				return atlan.ErrNotFound
			}
			return c.Workflows.Create(t.Context(), aWorkflow(c), true)
		},
		"update": func(c *atlan.Client) error { return c.Workflows.Update(t.Context(), aWorkflow(c)) },
		"rerun": func(c *atlan.Client) error {
			_, err := c.Workflows.Rerun(t.Context(), "x")
			return err
		},
		"stop": func(c *atlan.Client) error { return c.Workflows.Stop(t.Context(), "x") },
		"run": func(c *atlan.Client) error {
			_, err := c.Workflows.Run(t.Context(), "x")
			return err
		},
		"template": func(c *atlan.Client) error {
			_, err := c.Workflows.Template(t.Context(), "x")
			return err
		},
	}
	for name, call := range calls {
		if err := call(gone); !errors.Is(err, atlan.ErrNoPackageWorkflows) || errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("%s without the surface: %v", name, err)
		}
		if err := call(there); errors.Is(err, atlan.ErrNoPackageWorkflows) || !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("%s of what is missing: %v", name, err)
		}
	}
}

// TestWorkflowPackageNotEnabled recognises the lack of a package.
func TestWorkflowPackageNotEnabled(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, func(o *sandbox.Options) { o.ConnectionAdminPackage = sandbox.PackageNotEnabled }, nil)
	err := client.Workflows.Create(t.Context(), atlan.PackageWorkflow{Package: "@csa/x", Name: "x-1", Template: adminPackage}, true)
	lacking, ok := errors.AsType[*atlan.PackageNotEnabledError](err)
	if !ok || lacking.Package != "@csa/x" || len(tenant.State().Workflows) != 0 {
		t.Errorf("a package that the tenant lacks: %v", err)
	}
}

// TestWorkflowCreationFaults loses answers: no workflow is made twice, none is forgotten, and none is run twice.
func TestWorkflowCreationFaults(t *testing.T) {
	t.Parallel()
	for _, lag := range []time.Duration{0, time.Hour} {
		for kind, made := range map[fault]bool{
			{Kind: sandbox.FaultDrop}:                                                     true,
			{Kind: sandbox.FaultDropAfterCommit}:                                          true,
			{Kind: sandbox.FaultTruncate}:                                                 true,
			{Kind: sandbox.FaultStatus, Status: http.StatusServiceUnavailable}:            true,
			{Kind: sandbox.FaultStatusAfterCommit, Status: http.StatusServiceUnavailable}: true,
			{Kind: sandbox.FaultStatusAfterCommit, Status: http.StatusTooManyRequests}:    true,
			{Kind: sandbox.FaultStatus, Status: http.StatusBadRequest}:                    false,
		} {
			t.Run(fmt.Sprintf("%s_%d_lag_%s", kind.Kind, kind.Status, lag), func(t *testing.T) {
				t.Parallel()
				tenant, client := workflowTenant(t, func(o *sandbox.Options) { o.SearchLag = lag }, nil)
				kind.Method, kind.Path, kind.Nth, kind.Times = http.MethodPost, workflows, 1, 1
				setFaults(t, tenant, kind)
				err := client.Workflows.Create(t.Context(), aWorkflow(client), true)
				state := tenant.State()
				if (err == nil) != made {
					t.Errorf("the creation: %v", err)
				}
				if want := map[bool]int{true: 1}[made]; len(state.Workflows) != want || len(state.Runs) != want || len(state.Credentials) != want {
					t.Errorf("the tenant has %d workflows, %d runs and %d credentials", len(state.Workflows), len(state.Runs), len(state.Credentials))
				}
			})
		}
	}
}

// TestRerunFaults loses the answer of a run: the run is found, and none is started again.
func TestRerunFaults(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault fault
		runs  int
		lost  bool
	}{
		"after commit":      {fault{Kind: sandbox.FaultDropAfterCommit}, 2, false},
		"truncated":         {fault{Kind: sandbox.FaultTruncate}, 2, false},
		"not received":      {fault{Kind: sandbox.FaultDrop}, 1, true},
		"too many requests": {fault{Kind: sandbox.FaultStatus, Status: http.StatusTooManyRequests}, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, client := workflowTenant(t, nil, nil)
			workflow := aWorkflow(client)
			if err := client.Workflows.Create(t.Context(), workflow, true); err != nil {
				t.Fatal(err)
			}
			tenant.Advance(time.Hour)
			test.fault.Method, test.fault.Path, test.fault.Nth, test.fault.Times = http.MethodPost, workflows+"/submit", 1, 1
			setFaults(t, tenant, test.fault)
			run, err := client.Workflows.Rerun(t.Context(), workflow.Name)
			_, ambiguous := errors.AsType[*atlan.AmbiguousError](err)
			if ambiguous != test.lost || (err == nil) == test.lost || len(tenant.State().Runs) != test.runs {
				t.Errorf("%d runs, %+v: %v", len(tenant.State().Runs), run, err)
			}
			if !test.lost && run.Name != tenant.State().Runs[1].Name {
				t.Errorf("found run %q", run.Name)
			}
		})
	}
}

// TestRerunUnlessUnfinished starts nothing while a run goes on.
func TestRerunUnlessUnfinished(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, nil, nil)
	workflow := aWorkflow(client)
	if err := client.Workflows.Create(t.Context(), workflow, true); err != nil {
		t.Fatal(err)
	}
	running, started, err := client.Workflows.RerunUnlessUnfinished(t.Context(), workflow.Name)
	if err != nil || started || running.Name != tenant.State().Runs[0].Name || len(tenant.State().Runs) != 1 {
		t.Errorf("while one runs: %+v, started %v: %v", running, started, err)
	}
	tenant.Advance(2 * time.Minute)
	next, started, err := client.Workflows.RerunUnlessUnfinished(t.Context(), workflow.Name)
	if err != nil || !started || next.Name == running.Name || len(tenant.State().Runs) != 2 {
		t.Errorf("after the end: %+v, started %v: %v", next, started, err)
	}
}

// TestAwaitNamesTheRun ends before the run does, and says which it is.
func TestAwaitNamesTheRun(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, nil, nil)
	workflow := aWorkflow(client)
	if err := client.Workflows.Create(t.Context(), workflow, true); err != nil {
		t.Fatal(err)
	}
	for _, end := range []struct { // each look lets time pass: the run is seen after some
		looks int
		text  string
	}{{1, "no run of it has been seen yet"}, {8, "-"}} {
		looks := end.looks
		ctx, cancel := context.WithCancel(t.Context())
		run, err := client.Workflows.Await(ctx, atlan.WorkflowRun{Workflow: workflow.Name}, func(atlan.WorkflowRun) {
			if looks--; looks == 0 {
				cancel()
			}
		})
		unfinished, ok := errors.AsType[*atlan.RunUnfinishedError](err)
		if !ok || !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), end.text) || !strings.Contains(err.Error(), workflow.Name) {
			t.Errorf("waiting: %v", err)
		} else if unfinished.Run != run {
			t.Errorf("the error is about run %+v, not %+v", unfinished.Run, run)
		}
	}
	setFaults(t, tenant, fault{Path: runSearch, Nth: 1, Times: 100, Kind: sandbox.FaultStatus, Status: http.StatusForbidden})
	_, err := client.Workflows.Await(t.Context(), atlan.WorkflowRun{Name: "x", Workflow: "w"}, nil)
	if err == nil || !strings.Contains(err.Error(), "what becomes of it cannot be read") {
		t.Errorf("waiting for what cannot be read: %v", err)
	}
}
