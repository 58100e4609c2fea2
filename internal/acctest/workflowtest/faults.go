// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflowtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// elsewhereOneIn thins out, for resources without [Suite.Whole], the steps in which all workflow resources do the same.
const elsewhereOneIn = 24

// Faults lets every request of every step fail in every way, once and for as long as the step lasts, and applies again, as
// a user would.
func (s Suite) Faults(t *testing.T) {
	t.Helper()
	base := With(s.Named("ci"), "run", "never") // for runs see Runs
	own := acctest.LifeSteps(base, s.Changes)
	own["change_secret"] = acctest.FaultStep{Before: base, After: With(base, "credential.secret_version", "2")}
	common := s.commonSteps(base)
	for _, name := range []string{"read", "delete"} {
		common[name] = own[name]
		delete(own, name)
	}
	delete(own, "import") // what it is about is not imported wholly
	matrix := s.matrix()
	matrix.Run(t, own)
	if !s.Whole {
		matrix.OneIn = elsewhereOneIn
	}
	matrix.Run(t, common)
	matrix.Prepare = s.addTwin
	matrix.Run(t, map[string]acctest.FaultStep{
		"change_app_id":     {Before: With(base, "app_id", twinID), After: With(base, "app_id", s.AppID)},
		"change_entrypoint": {Before: With(base, "entrypoint", entrypoint), After: With(base, "entrypoint", otherEntrypoint)},
	})
}

// commonSteps are the steps of the life of base in which all workflow resources do the same.
func (s Suite) commonSteps(base map[string]acctest.Block) map[string]acctest.FaultStep {
	change := func(argument string, value any) acctest.FaultStep {
		return acctest.FaultStep{Before: base, After: With(base, argument, value)}
	}
	replaced := func(argument string) acctest.FaultStep {
		return acctest.FaultStep{Before: With(base, argument, renamed), After: base}
	}
	secret := With(base, "credential.secret_version", "2")
	return map[string]acctest.FaultStep{
		"create_least":               {After: s.LeastNamed("ci")},
		"several":                    {Before: s.LeastNamed("a"), After: s.LeastNamed("a", "b")},
		"import":                     {Before: s.importable(), Import: true},
		"change_name":                replaced("name"),
		"change_connection_name":     replaced("new_connection.name"),
		"change_new_connection":      change("new_connection.admin_users", []string{"admin"}),
		"change_schedule":            change("schedule", map[string]any{"cron": "0 5 * * *"}),
		"change_credential_guid":     {Before: base, After: With(With(base, "credential", nil), "credential_guid", storedElsewhere)},
		"change_contract_validation": change("contract_validation", "warn"),
		"change_run":                 {Before: base, After: With(With(secret, "run", "on_change"), "wait", false)},
		"change_test_authentication": {Before: base, After: With(secret, "test_authentication", true)},
	}
}

const (
	// renamed is another name for "ci".
	renamed = "renamed"
	// storedElsewhere is a credential that Terraform does not manage.
	storedElsewhere = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999"
	// twinID is an app that takes what the one of the suite takes, and both have two entrypoints.
	twinID, entrypoint, otherEntrypoint = "twin", "crawler", "incremental"
)

// addTwin makes one of the apps of the demo seed a twin of the one that the suite is about.
func (s Suite) addTwin(t testing.TB, tenant *acctest.Tenant) {
	t.Helper()
	edit := func(id string, change func(*sandbox.App)) {
		t.Helper()
		if err := tenant.Sandbox.EditApp(id, change); err != nil {
			t.Fatal(err)
		}
	}
	var twin sandbox.App
	edit(s.AppID, func(a *sandbox.App) {
		for _, contract := range a.Contracts {
			a.Contracts = map[string]map[string]any{entrypoint: contract, otherEntrypoint: contract}
		}
		a.Entrypoints = []string{entrypoint, otherEntrypoint}
		twin = *a
		twin.ID = twinID
	})
	for _, app := range tenant.Sandbox.Apps() {
		if app.ID != s.AppID {
			edit(app.ID, func(a *sandbox.App) { *a = twin })
			return
		}
	}
}

// importable is a workflow that is wholly imported: its schedule and its secrets are not.
func (s Suite) importable() map[string]acctest.Block {
	blocks := With(With(With(s.Named("ci"), "run", nil), "wait", nil), "schedule", nil)
	return With(With(blocks, "credential", nil), "credential_guid", storedElsewhere)
}

func (s Suite) matrix() acctest.FaultMatrix {
	return acctest.FaultMatrix{
		Object: s.Noun, OneIn: s.OneIn,
		Existing: func(tenant *sandbox.Tenant) map[string]string {
			names := map[string]string{}
			for slug, workflow := range Living(tenant) {
				names[slug] = strings.Replace(workflow.Name, renamed, "ci", 1)
			}
			return names
		},
		// What workflows make is theirs, also where Terraform does not manage it.
		Mine: func(kind string, object map[string]any) {
			switch kind {
			case "app_workflows", "app_runs", "credentials", "connections", "assets":
				clear(object)
			}
		},
		Check: s.check,
	}
}

// check looks whether the tenant has what is configured.
func (s Suite) check(t *testing.T, tenant *sandbox.Tenant, workspace *acctest.Workspace, block string) {
	t.Helper()
	workflow := Living(tenant)[fmt.Sprint(workspace.Attribute(block, "id"))]
	schedule, _ := workspace.Attribute(block, "schedule").(map[string]any)
	var cron any
	if schedule != nil {
		cron = schedule["cron"]
	}
	found := false
	for _, one := range workflow.Schedules {
		found = found || one.Cron == cron
	}
	if found != (schedule != nil) {
		t.Errorf("the workflow has the schedules %v, configured is %v", workflow.Schedules, cron)
	}
	guid, _ := workflow.Inputs["credential_guid"].(string)
	if known := workspace.Attribute(block, "credential_guid"); known != nil && known != guid {
		t.Errorf("the workflow uses the credential %q, the state says %v", guid, known)
	}
	text, err := json.Marshal(workflow.Inputs)
	if err != nil {
		t.Fatal(err)
	}
	if acctest.SecretPattern.Match(text) {
		t.Error("the inputs hold a secret")
	}
}

// Siblings creates, changes and archives workflows of one app beside each other, while answers are lost. Each gets a
// connection and a credential of its own.
func (s Suite) Siblings(t *testing.T) {
	t.Helper()
	tenant := acctest.NewSandbox(t)
	const siblings = 6
	workspaces := make([]*acctest.Workspace, siblings)
	provider := acctest.Shared(t, tenant.Provider())
	for i := range workspaces {
		workspaces[i] = acctest.NewWorkspace(t, provider)
	}
	inParallel := func(config func(name string) map[string]acctest.Block) {
		t.Helper()
		done := make(chan string, siblings)
		for i, workspace := range workspaces {
			go func() { done <- acctest.Texts(workspace.Apply(config(fmt.Sprintf("ci-%d", i)))) }()
		}
		for range workspaces {
			if failed := <-done; failed != "" {
				t.Error(failed)
			}
		}
	}
	SetFaults(t, &acctest.Tenant{Sandbox: tenant.Sandbox},
		sandbox.Fault{Method: http.MethodPost, Path: "/api/service/v1/app", Nth: 2, Times: 2, Kind: sandbox.FaultDropAfterCommit})
	named := func(name string) map[string]acctest.Block { return s.Named(name) }
	inParallel(named)
	connections, credentials := map[any]bool{}, map[any]bool{}
	for i, workspace := range workspaces {
		name := fmt.Sprintf("ci-%d", i)
		connections[workspace.Attribute(name, "connection_qualified_name")] = true
		credentials[workspace.Attribute(name, "credential_guid")] = true
		if step := workspace.Plan(s.Named(name))[name]; step.Action != acctest.NoOp {
			t.Errorf("planned %s of %v after the creation", step.Action, step.Changed)
		}
	}
	if got := len(Living(tenant.Sandbox)); got != siblings || len(connections) != siblings || len(credentials) != siblings {
		t.Errorf("%d workflows with %d connections and %d credentials, want %d", got, len(connections), len(credentials), siblings)
	}
	inParallel(func(name string) map[string]acctest.Block { return With(named(name), "credential.secret_version", "2") })
	inParallel(func(string) map[string]acctest.Block { return nil })
	if got := len(Living(tenant.Sandbox)); got != 0 {
		t.Errorf("%d workflows are left", got)
	}
}
