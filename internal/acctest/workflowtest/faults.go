// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflowtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// Faults lets every request of every step fail in every way, once and for as long as the step lasts, and applies again, as
// a user would.
func (s Suite) Faults(t *testing.T) {
	t.Helper()
	changes := map[string]any{
		"schedule":       map[string]any{"cron": "0 5 * * *"},
		"new_connection": map[string]any{"name": "ci", "admin_roles": []string{"$admin"}, "admin_users": []string{"jsmith"}},
	}
	maps.Copy(changes, s.Changes)
	base := With(s.Named("ci"), "run", "never") // for runs see Runs
	steps := acctest.LifeSteps(base, changes)
	steps["create_least"] = acctest.FaultStep{After: s.LeastNamed("ci")}
	steps["change_secret"] = acctest.FaultStep{Before: base, After: With(base, "credential.secret_version", "2")}
	steps["import"] = acctest.FaultStep{Before: s.importable(), Import: true}
	steps["several"] = acctest.FaultStep{Before: s.LeastNamed("a"), After: s.LeastNamed("a", "b")}
	if !s.Whole {
		for _, name := range []string{"read", "import", "delete", "change_schedule", "change_new_connection", "create_least", "several"} {
			delete(steps, name)
		}
	}
	s.matrix().Run(t, steps)
}

// importable is a workflow that is wholly imported: its schedule and its secrets are not.
func (s Suite) importable() map[string]acctest.Block {
	blocks := With(With(With(s.Named("ci"), "run", nil), "wait", nil), "schedule", nil)
	return With(With(blocks, "credential", nil), "credential_guid", "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999")
}

func (s Suite) matrix() acctest.FaultMatrix {
	return acctest.FaultMatrix{
		Object: s.Noun, OneIn: s.OneIn,
		Existing: func(tenant *sandbox.Tenant) map[string]string {
			names := map[string]string{}
			for slug, workflow := range Living(tenant) {
				names[slug] = workflow.Name
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
	if workspace.Attribute(block, "credential") != nil && fmt.Sprint(workspace.Attribute(block, "credential_guid")) != guid {
		t.Errorf("the workflow uses the credential %q, the state says %v", guid, workspace.Attribute(block, "credential_guid"))
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
