// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const resourceType = "atlan_app_workflow"

// TestReplacement plans a replacement for each argument whose text says so, and an update for each other one.
func TestReplacement(t *testing.T) {
	t.Parallel()
	connection := func(attribute string, value any) map[string]acctest.Block {
		return workflowtest.With(suite.Named("ci"), "new_connection."+attribute, value)
	}
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		action acctest.Action
	}{
		"name":                   {workflowtest.With(suite.Named("ci"), "name", "other"), acctest.Replace},
		"app_id":                 {workflowtest.With(suite.Named("ci"), "app_id", "second"), acctest.Replace},
		"connection name":        {connection("name", "other"), acctest.Replace},
		"connection connector":   {connection("connector", "other"), acctest.Replace},
		"the same connector":     {connection("connector", "metabase"), acctest.Update},
		"connection admin_users": {connection("admin_users", []string{"admin"}), acctest.Update},
		"no connection":          {workflowtest.With(workflowtest.With(suite.Named("ci"), "new_connection", nil), "run", "never"), acctest.Update},
		"entrypoint":             {workflowtest.With(suite.Named("ci"), "entrypoint", "crawler"), acctest.Update},
		"inputs":                 {workflowtest.With(suite.Named("ci"), "inputs", map[string]any{}), acctest.Update},
		"no inputs":              {workflowtest.With(suite.Named("ci"), "inputs", nil), acctest.Update},
		"username":               {workflowtest.With(suite.Named("ci"), "credential.username", "other"), acctest.Update},
		"secret_version":         {workflowtest.With(suite.Named("ci"), "credential.secret_version", "2"), acctest.Update},
		"schedule":               {workflowtest.With(suite.Named("ci"), "schedule", nil), acctest.Update},
		"timezone":               {workflowtest.With(suite.Named("ci"), "schedule.timezone", nil), acctest.Update},
		"run":                    {workflowtest.With(suite.Named("ci"), "run", "never"), acctest.Update},
		"wait":                   {workflowtest.With(suite.Named("ci"), "wait", false), acctest.Update},
		"test_authentication":    {workflowtest.With(suite.Named("ci"), "test_authentication", true), acctest.Update},
		"contract_validation":    {workflowtest.With(suite.Named("ci"), "contract_validation", "off"), acctest.Update},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			second := tenant.Sandbox.Apps()[0]
			if err := tenant.Sandbox.EditApp(second.ID, func(a *sandbox.App) {
				a.Entrypoints = []string{"crawler"}
				a.Contracts["crawler"] = a.Contracts[""]
			}); err != nil {
				t.Fatal(err)
			}
			if name == "app_id" {
				if err := tenant.Sandbox.EditApp(sandbox.DemoModeAppID, func(a *sandbox.App) { id := a.ID; *a = second; a.ID = "second"; _ = id }); err != nil {
					t.Fatal(err)
				}
			}
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			workflowtest.Apply(t, workspace, suite.Named("ci"))
			before := workspace.Attribute("ci", "id")
			if step := workspace.Plan(test.config)["ci"]; step.Action != test.action {
				t.Fatalf("planned %s of %v, want %s: %s", step.Action, step.Changed, test.action, acctest.Texts(step.Diagnostics))
			}
			workflowtest.Apply(t, workspace, test.config)
			workflowtest.ExpectPlan(t, workspace, test.config, acctest.NoOp)
			workflowtest.Only(t, tenant.Sandbox)
			if replaced := workspace.Attribute("ci", "id") != before; replaced != (test.action == acctest.Replace) {
				t.Errorf("replaced: %t", replaced)
			}
		})
	}
}

// TestCredential follows the credential of a workflow: it is made, changed in place, exchanged for another one that is
// left as it is, and made anew when somebody has removed it.
func TestCredential(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	hashes := func() map[string]string {
		all := map[string]string{}
		for _, credential := range tenant.Sandbox.State().Credentials {
			all[credential.GUID] = credential.Username + " " + credential.SecretHash
		}
		return all
	}
	config := workflowtest.With(suite.Named("ci"), "run", "never")
	workflowtest.Apply(t, workspace, config)
	own := fmt.Sprint(workspace.Attribute("ci", "credential_guid"))
	first := hashes()[own]

	config = workflowtest.With(workflowtest.With(config, "credential.password_wo", "changed"), "credential.secret_version", "2")
	workflowtest.Apply(t, workspace, config)
	if now := hashes(); len(now) != 1 || now[own] == first || !strings.HasPrefix(now[own], "svc ") {
		t.Errorf("the vault holds %v, was %s", now, first)
	}
	if id := workflowtest.Only(t, tenant.Sandbox).Inputs["credential_guid"]; id != own {
		t.Errorf("the workflow uses %v", id)
	}

	// Somebody edits it: the difference is the credential's.
	workflowtest.Post(t, tenant, "/api/service/credentials/"+own, map[string]any{
		"username": "somebody", "password": "x", "authType": "basic", "connectorConfigName": "atlan-connectors-metabase",
	})
	workflowtest.ExpectPlan(t, workspace, config, acctest.Update, "credential")
	workflowtest.Apply(t, workspace, config)
	second := hashes()[own]

	other := workflowtest.With(workflowtest.With(config, "credential", nil), "credential_guid", own+"-other")
	workflowtest.Apply(t, workspace, other)
	workflowtest.ExpectPlan(t, workspace, other, acctest.NoOp)
	if id := workflowtest.Only(t, tenant.Sandbox).Inputs["credential_guid"]; id != own+"-other" || hashes()[own] != second {
		t.Errorf("the workflow uses %v; the vault holds %v", id, hashes())
	}

	workflowtest.Apply(t, workspace, config)
	workflowtest.Post(t, tenant, "/api/service/credentials/"+own+"/archive", nil)
	step := workspace.Plan(config)["ci"]
	if text := acctest.Texts(step.Diagnostics); step.Action != acctest.Update || !strings.Contains(text, "was removed outside Terraform") {
		t.Errorf("planned %s of %v: %s", step.Action, step.Changed, text)
	}
	workflowtest.Apply(t, workspace, config)
	workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	if now := fmt.Sprint(workspace.Attribute("ci", "credential_guid")); now == own || hashes()[now] == "" {
		t.Errorf("the workflow uses %s; the vault holds %v", now, hashes())
	}
}

// TestSecretWithoutVersion warns of a secret that has changed and will not be sent, and shows that the private state can
// tell without holding it.
func TestSecretWithoutVersion(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	workflowtest.Apply(t, workspace, suite.Named("ci"))
	for secret, warned := range map[string]bool{"eyJhbGciOiJ.c2VjcmV0LW9m.dGhlLXRlc3Q": false, "s3cond": true} {
		step := workspace.Plan(workflowtest.With(suite.Named("ci"), "credential.password_wo", secret))["ci"]
		text := acctest.Texts(step.Diagnostics)
		if step.Action != acctest.NoOp || strings.Contains(text, "The secret has changed but will not be sent") != warned || strings.Contains(text, secret) {
			t.Errorf("planned %s of %v: %s", step.Action, step.Changed, text)
		}
	}
	for _, private := range []any{string(workspace.Instance("ci").Private), workspace.Attribute("ci", "credential")} {
		text, err := json.Marshal(private)
		if err != nil || strings.Contains(string(text), "dGhlLXRlc3Q") {
			t.Errorf("the secret is in the state: %s", text)
		}
	}
}

// TestSchedules leaves one schedule behind every change, the configured one.
func TestSchedules(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	for _, schedule := range []any{
		map[string]any{"cron": "0 3 * * 1-5"}, map[string]any{"cron": "0 4 * * 7", "timezone": "Asia/Tokyo"}, nil, map[string]any{"cron": "*/15 0-6,20 1 JAN MON"},
	} {
		for _, marketing := range []string{"a", "b"} { // another version
			config := workflowtest.With(suite.Named("ci"), "schedule", schedule)
			config = workflowtest.With(config, "inputs", map[string]any{"include_collections": map[string]any{marketing: map[string]any{}}})
			workflowtest.Apply(t, workspace, config)
			workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
			var crons []string
			for _, one := range workflowtest.Only(t, tenant.Sandbox).Schedules {
				crons = append(crons, one.Cron)
			}
			var want []string
			if given, ok := schedule.(map[string]any); ok {
				want = []string{fmt.Sprint(given["cron"])}
			}
			if !slices.Equal(crons, want) {
				t.Errorf("the workflow has the schedules %v, want %v", crons, want)
			}
		}
	}
}
