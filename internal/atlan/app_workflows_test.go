// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const appPath = "/api/service/v1/app"

// appWorkflowTenant is a tenant on which runs of apps take a minute.
func appWorkflowTenant(t *testing.T) (*sandbox.Tenant, *atlan.Client) {
	t.Helper()
	return workflowTenant(t, nil, nil)
}

// altrWorkflow is a workflow that tags the assets of the demo tenant's Snowflake connection.
func altrWorkflow(t *testing.T, client *atlan.Client, name string) atlan.AppWorkflowInput {
	t.Helper()
	app := resolve(t, client, altrChoice)
	qualifiedName, err := client.NewConnectionQualifiedName(t.Context(), app.Connector)
	if err != nil {
		t.Fatal(err)
	}
	document := app.Document(atlan.AppInputs{
		Fields: altrFields(atlan.ConnectionReference("default/snowflake/1700000000"), "42", "job-7"), NewCredential: true,
		Connection: atlan.AppConnection{Name: name, QualifiedName: qualifiedName, Connector: app.Connector, AdminUsers: []string{"jsmith"}},
	})
	credential, violations := app.Credential(atlan.CredentialSpec{Fields: []atlan.Field{
		{Name: "api_key", Labels: []string{"ALTR API Key"}, Value: "key-1"},
		{Name: "api_secret", Labels: []string{"ALTR API Secret"}, Value: "canary-of-the-altr-secret", Secret: true},
	}})
	if violations = append(violations, document.Violations...); len(violations) > 0 {
		t.Fatal(wrong(violations))
	}
	credential.Name = client.NewCredentialName(app.Connector)
	return atlan.AppWorkflowInput{AppID: app.ID, Entrypoint: app.Entrypoint, Name: name, Inputs: document.Inputs, Credential: &credential}
}

// living are the workflows of the tenant that are not archived.
func living(tenant *sandbox.Tenant) []sandbox.AppWorkflow {
	return slices.DeleteFunc(tenant.State().AppWorkflows, func(w sandbox.AppWorkflow) bool { return !w.ArchivedAt.IsZero() })
}

// TestAppWorkflowLifecycle makes a workflow that nobody told the client how to make, schedules it, runs it until tables
// are tagged, changes and archives it.
func TestAppWorkflowLifecycle(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	input := altrWorkflow(t, client, "altr prod")
	made, err := client.AppWorkflows.Create(t.Context(), input)
	if err != nil || !strings.HasPrefix(made.Slug, "altr-prod-") || made.RunID != "" || made.TriggerID != "" || made.Version == 0 {
		t.Fatalf("got %+v, %v", made, err)
	}
	if runs := tenant.State().AppRuns; len(runs) > 0 {
		t.Errorf("it runs: %+v", runs)
	}
	read, err := client.AppWorkflows.Get(t.Context(), made.Slug)
	if err != nil || read.Slug != made.Slug || read.Name != "altr prod" || read.AppID != "altr-classification" ||
		read.Owner == "" || read.Version != made.Version {
		t.Errorf("read is %+v: %v", read, err)
	}
	for key, sent := range input.Inputs {
		if key != "credential_guid" && !atlan.SameInput(sent, read.Inputs[key]) {
			t.Errorf("%s was sent as %v and reads %v", key, sent, read.Inputs[key])
		}
	}
	vaulted, _ := read.Inputs["credential_guid"].(string)
	if _, err := client.Credentials.Get(t.Context(), vaulted); err != nil {
		t.Errorf("the credential: %v", err)
	}

	schedule, err := client.AppWorkflows.AddSchedule(t.Context(), made.Slug, atlan.AppSchedule{Cron: "5 4 * * *", TimeZone: "Europe/Paris"})
	if err != nil || schedule.TriggerID == "" || schedule.Cron != "5 4 * * *" {
		t.Errorf("got %+v, %v", schedule, err)
	}

	run, err := client.AppWorkflows.Submit(t.Context(), made.Slug)
	if err != nil || run.ID == "" || run.Slug != made.Slug || run.Ended() {
		t.Fatalf("got %+v, %v", run, err)
	}
	_, err = client.AppWorkflows.Submit(t.Context(), made.Slug)
	if active, ok := errors.AsType[*atlan.RunActiveError](err); !ok || active.RunID != run.ID || !strings.Contains(err.Error(), run.ID) {
		t.Errorf("a second run: %v", err)
	}
	tenant.Advance(time.Minute)
	ended, err := client.AppWorkflows.Run(t.Context(), run.ID)
	if err != nil || !ended.Succeeded() || !ended.Ended() || ended.StartedAt.IsZero() || ended.Slug != made.Slug {
		t.Errorf("got %+v, %v", ended, err)
	}
	if tagged := taggedTables(tenant); tagged == 0 {
		t.Error("no table is tagged")
	}
	tenant.Advance(time.Minute) // the index catches up
	if runs, err := client.AppWorkflows.Runs(t.Context(), made.Slug); err != nil || len(runs) != 1 || runs[0].ID != run.ID || !runs[0].Succeeded() {
		t.Errorf("runs are %+v: %v", runs, err)
	}

	input.Credential, input.Inputs["scan_job_id"] = nil, "running-8"
	version, err := client.AppWorkflows.Update(t.Context(), made.Slug, input)
	changed, readErr := client.AppWorkflows.Get(t.Context(), made.Slug)
	if err != nil || readErr != nil || version <= made.Version || changed.Version != version || changed.Inputs["scan_job_id"] != "running-8" ||
		changed.Inputs["credential_guid"] != vaulted {
		t.Errorf("changed is %+v: %v, %v", changed, err, readErr)
	}
	if run, err = client.AppWorkflows.Submit(t.Context(), made.Slug); err != nil {
		t.Fatal(err)
	}
	tenant.Advance(time.Minute)
	failed, err := client.AppWorkflows.Run(t.Context(), run.ID)
	if err != nil || !failed.Ended() || failed.Succeeded() || !strings.Contains(failed.Message, "not completed") {
		t.Errorf("got %+v, %v", failed, err)
	}
	if run, err = client.AppWorkflows.Submit(t.Context(), made.Slug); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		stopped, err := client.AppWorkflows.CancelRun(t.Context(), run.ID)
		if err != nil || stopped.Status != "Stopped" || !stopped.Ended() || stopped.Succeeded() {
			t.Errorf("got %+v, %v", stopped, err)
		}
	}

	for range 2 {
		if err := client.AppWorkflows.DeleteSchedule(t.Context(), made.Slug, schedule.TriggerID); err != nil {
			t.Error(err)
		}
	}
	if left := tenant.State().AppWorkflows[0].Schedules; len(left) > 0 {
		t.Errorf("schedules left are %v", left)
	}
	for range 2 {
		if err := client.AppWorkflows.Archive(t.Context(), made.Slug); err != nil {
			t.Error(err)
		}
	}
	if _, err := client.AppWorkflows.Get(t.Context(), made.Slug); !errors.Is(err, atlan.ErrNotFound) {
		t.Errorf("after archiving: %v", err)
	}
}

func taggedTables(tenant *sandbox.Tenant) int {
	n := 0
	for _, e := range tenant.State().Assets {
		if e.TypeName == "Table" && len(e.Classifications) > 0 {
			n++
		}
	}
	return n
}

// TestAppWorkflowNameTaken: no existing workflow is taken for the new one.
func TestAppWorkflowNameTaken(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	input := altrWorkflow(t, client, "twice")
	made, err := client.AppWorkflows.Create(t.Context(), input)
	if err != nil {
		t.Fatal(err)
	}
	check := func(err error, wants ...string) {
		t.Helper()
		taken, ok := errors.AsType[*atlan.DuplicateNameError](err)
		slices.Sort(wants)
		if !ok || !slices.Equal(slices.Sorted(slices.Values(taken.Slugs)), wants) || !errors.Is(err, atlan.ErrConflict) ||
			!strings.Contains(err.Error(), wants[0]) {
			t.Errorf("got %v, want %v", err, wants)
		}
	}
	_, err = client.AppWorkflows.Create(t.Context(), altrWorkflow(t, client, "twice"))
	check(err, made.Slug)
	// Somebody else makes it between the look and the creation.
	blind := connect(t, tenant, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet && r.URL.Path == appPath {
				_, _ = fmt.Fprint(w, `{"workflows":[],"has_more":false}`)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	_, err = blind.AppWorkflows.Create(t.Context(), altrWorkflow(t, client, "twice"))
	check(err, made.Slug)
	second := tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "twice", AppID: "atlan-metabase"})
	_, err = blind.AppWorkflows.Create(t.Context(), altrWorkflow(t, client, "twice"))
	check(err, made.Slug, second.Slug)
	_, err = client.AppWorkflows.Create(t.Context(), altrWorkflow(t, client, "twice"))
	check(err, made.Slug, second.Slug)
}

var appFaults = []sandbox.FaultKind{
	sandbox.FaultStatus, sandbox.FaultStatusAfterCommit, sandbox.FaultDrop, sandbox.FaultDropAfterCommit, sandbox.FaultTruncate,
}

// TestLostAppWorkflow: one workflow is made, whatever happens to the answers, and it has its credential.
func TestLostAppWorkflow(t *testing.T) {
	t.Parallel()
	for _, kind := range appFaults {
		for _, status := range []int{429, 500, 503} {
			for _, times := range []int{1, 2} {
				t.Run(fmt.Sprint(kind, status, times), func(t *testing.T) {
					t.Parallel()
					tenant, client := appWorkflowTenant(t)
					input := altrWorkflow(t, client, "lost")
					setFaults(t, tenant, fault{Method: http.MethodPost, Path: appPath, Kind: kind, Status: status, Times: times})
					made, err := client.AppWorkflows.Create(t.Context(), input)
					workflows := living(tenant)
					if err != nil || len(workflows) != 1 || workflows[0].Slug != made.Slug {
						t.Fatalf("got %+v, %v; the tenant has %+v", made, err, workflows)
					}
					guid, _ := workflows[0].Inputs["credential_guid"].(string)
					if _, err := client.Credentials.Get(t.Context(), guid); err != nil {
						t.Errorf("its credential: %v", err)
					}
				})
			}
		}
	}
}

// TestAmbiguousAppWorkflow: where it cannot be known whether the workflow was made, that is what is said, and it can be
// looked for later.
func TestAmbiguousAppWorkflow(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	input := altrWorkflow(t, client, "lost")
	setFaults(t, tenant,
		fault{Method: http.MethodPost, Path: appPath, Kind: sandbox.FaultDropAfterCommit},
		fault{Method: http.MethodGet, Path: appPath, Nth: 2, Times: 1000, Kind: sandbox.FaultStatus, Status: 403})
	_, err := client.AppWorkflows.Create(t.Context(), input)
	ambiguous, ok := errors.AsType[*atlan.AmbiguousError](err)
	if !ok || ambiguous.Lost.Name != "lost" || strings.Contains(err.Error(), "canary") {
		t.Fatalf("got %v", err)
	}
	setFaults(t, tenant)
	tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "lost", AppID: "atlan-metabase"})
	if slugs, err := client.AppWorkflows.FindLost(t.Context(), ambiguous.Lost); err != nil || len(slugs) != 1 || slugs[0] != living(tenant)[0].Slug {
		t.Errorf("found %v, %v", slugs, err)
	}
}

// TestCredentialNameOfLostAttempt: an attempt that left nothing but its credential does not stand in the way of the next.
func TestCredentialNameOfLostAttempt(t *testing.T) {
	t.Parallel()
	_, client := appWorkflowTenant(t)
	input := altrWorkflow(t, client, "vaulted")
	if _, err := client.Credentials.Create(t.Context(), *input.Credential, false); err != nil {
		t.Fatal(err)
	}
	made, err := client.AppWorkflows.Create(t.Context(), input)
	if err != nil || made.Slug == "" {
		t.Fatalf("got %+v, %v", made, err)
	}
	if _, err := client.AppWorkflows.Update(t.Context(), made.Slug, input); err != nil {
		t.Errorf("an update under a name that is taken: %v", err)
	}
}

func TestRefusedAppWorkflow(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	input := altrWorkflow(t, client, "refused")
	input.Inputs["altr_source_id"] = 42
	_, err := client.AppWorkflows.Create(t.Context(), input)
	if answer, ok := errors.AsType[*atlan.Error](err); !ok || answer.Code != "1000" || !strings.Contains(answer.Message, "input contract") {
		t.Errorf("got %v", err)
	}
	input.Inputs["altr_source_id"] = atlan.Unknown
	if _, err := client.AppWorkflows.Create(t.Context(), input); err == nil || !strings.Contains(err.Error(), "not known yet") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.AppWorkflows.Create(ctx, altrWorkflow(t, client, "refused")); err == nil {
		t.Error("no error")
	}
	if made := living(tenant); len(made) > 0 {
		t.Errorf("made are %+v", made)
	}
}

// TestLostRun: one run is started, whatever happens to the answer.
func TestLostRun(t *testing.T) {
	t.Parallel()
	for _, kind := range appFaults {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			tenant, client := appWorkflowTenant(t)
			made, err := client.AppWorkflows.Create(t.Context(), altrWorkflow(t, client, "run"))
			if err != nil {
				t.Fatal(err)
			}
			setFaults(t, tenant, fault{Method: http.MethodPost, Path: appPath + "/" + made.Slug + "/submit", Kind: kind, Status: 503})
			run, err := client.AppWorkflows.Submit(t.Context(), made.Slug)
			runs := tenant.State().AppRuns
			if acted := kind != sandbox.FaultStatus && kind != sandbox.FaultDrop; acted && (err != nil || len(runs) != 1 || runs[0].ID != run.ID) {
				t.Errorf("got %+v, %v; the tenant has %+v", run, err, runs)
			} else if !acted && (!errors.As(err, new(*atlan.AmbiguousError)) || len(runs) > 0) {
				t.Errorf("got %+v, %v; the tenant has %+v", run, err, runs)
			}
		})
	}
}

// TestLostSchedule: as schedules cannot be read, one is never added twice.
func TestLostSchedule(t *testing.T) {
	t.Parallel()
	for _, kind := range appFaults {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			tenant, client := appWorkflowTenant(t)
			made, err := client.AppWorkflows.Create(t.Context(), altrWorkflow(t, client, "schedule"))
			if err != nil {
				t.Fatal(err)
			}
			path := appPath + "/" + made.Slug + "/schedule"
			setFaults(t, tenant, fault{Method: http.MethodPost, Path: path, Kind: kind, Status: 502})
			_, err = client.AppWorkflows.AddSchedule(t.Context(), made.Slug, atlan.AppSchedule{Cron: "0 3 * * *", TimeZone: "UTC"})
			if !errors.As(err, new(*atlan.AmbiguousError)) || len(living(tenant)[0].Schedules) > 1 {
				t.Errorf("got %v; schedules are %v", err, living(tenant)[0].Schedules)
			}
			setFaults(t, tenant, fault{Method: http.MethodPost, Path: path, Kind: sandbox.FaultStatus, Status: 429, Times: 2})
			schedule, err := client.AppWorkflows.AddSchedule(t.Context(), made.Slug, atlan.AppSchedule{Cron: "0 3 * * *", TimeZone: "UTC"})
			if err != nil || schedule.TriggerID == "" {
				t.Errorf("over the limit: %+v, %v", schedule, err)
			}
		})
	}
}

// TestRetriedAppCalls: what can be sent again is, also while the app starts.
func TestRetriedAppCalls(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	cold := fault{Path: appPath + "*", Times: 8, Kind: sandbox.FaultStatus, Status: 500, Message: "dial tcp 10.0.0.1:8000: connect: connection refused"}
	input := altrWorkflow(t, client, "cold")
	setFaults(t, tenant, cold)
	made, err := client.AppWorkflows.Create(t.Context(), input)
	if err != nil {
		t.Fatal(err)
	}
	for doing, do := range map[string]func() error{
		"reading": func() error { _, err := client.AppWorkflows.Get(t.Context(), made.Slug); return err },
		"updating": func() error {
			next := input
			credential := *input.Credential
			credential.Name = client.NewCredentialName("altr")
			next.Credential = &credential
			_, err := client.AppWorkflows.Update(t.Context(), made.Slug, next)
			return err
		},
		"running": func() error { _, err := client.AppWorkflows.Submit(t.Context(), made.Slug); return err },
	} {
		setFaults(t, tenant, cold)
		if err := do(); err != nil {
			t.Errorf("%s: %v", doing, err)
		}
	}
	for _, kind := range appFaults {
		setFaults(t, tenant, fault{Method: http.MethodPut, Path: appPath + "/*", Kind: kind, Status: 503})
		credential := *input.Credential
		credential.Name = client.NewCredentialName("altr")
		next := input
		next.Credential = &credential
		if version, err := client.AppWorkflows.Update(t.Context(), made.Slug, next); err != nil || version == 0 {
			t.Errorf("updating with %s: %d, %v", kind, version, err)
		}
	}
	setFaults(t, tenant, fault{Method: http.MethodDelete, Path: appPath + "/*", Kind: sandbox.FaultDropAfterCommit})
	if err := client.AppWorkflows.Archive(t.Context(), made.Slug); err != nil || len(living(tenant)) > 0 {
		t.Errorf("archiving: %v", err)
	}
}

// TestAppWorkflowPages lists more workflows than a page holds.
func TestAppWorkflowPages(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	want := map[string]bool{}
	for i := range 120 {
		want[tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: fmt.Sprintf("w%d", i%60), AppID: "atlan-metabase"}).Slug] = true
	}
	for one, err := range client.AppWorkflows.All(t.Context()) {
		if err != nil || !want[one.Slug] || one.AppID != "atlan-metabase" {
			t.Fatalf("got %+v, %v", one, err)
		}
		delete(want, one.Slug)
	}
	if len(want) > 0 {
		t.Errorf("%d are not listed", len(want))
	}
	if found, err := client.AppWorkflows.FindByName(t.Context(), "w7"); err != nil || len(found) != 2 {
		t.Errorf("found %v, %v", found, err)
	}
	setFaults(t, tenant, fault{Path: appPath, Nth: 2, Times: 9, Kind: sandbox.FaultStatus, Status: 404})
	var last error
	for _, last = range client.AppWorkflows.All(t.Context()) {
		continue
	}
	if last == nil || errors.Is(last, atlan.ErrNotFound) {
		t.Errorf("a page that fails: %v", last)
	}
}

// TestNewConnectionNames: callers of one second get different names, and none that the tenant has.
func TestNewConnectionNames(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	taken := tenant.AddConnection("altr", "altr")
	var mu sync.Mutex
	var all sync.WaitGroup
	names := map[string]bool{taken.Attributes["qualifiedName"].(string): true}
	for range 50 {
		all.Go(func() {
			name, err := client.NewConnectionQualifiedName(t.Context(), "altr")
			mu.Lock()
			defer mu.Unlock()
			if err != nil || names[name] || !strings.HasPrefix(name, "default/altr/") {
				t.Errorf("got %q, %v", name, err)
			}
			names[name] = true
		})
	}
	all.Wait()
}
