// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestNullUnknownEmpty gives every optional argument nothing, and a value that is not known yet.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	for name := range suite.Named("ci")["ci"].Attributes {
		step := workspace.Plan(workflowtest.With(suite.Named("ci"), name, acctest.Unknown))["ci"]
		if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 || step.Action != acctest.Create {
			t.Errorf("%s is unknown: planned %s: %s", name, step.Action, acctest.Texts(failed))
		}
	}
	for _, name := range []string{
		"entrypoint", "credential_guid", "test_authentication", "contract_validation", "credential.username", "credential.password_wo", "credential.secret_version",
		"credential.extra", "credential.extra_wo", "credential.auth_type", "credential.host", "credential.port", "new_connection.name", "new_connection.connector",
		"new_connection.admin_users", "schedule.cron", "schedule.timezone",
	} {
		config := suite.Named("ci")
		if name == "credential_guid" {
			config = workflowtest.With(config, "credential", nil)
		}
		step := workspace.Plan(workflowtest.With(config, name, acctest.Unknown))["ci"]
		if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 || step.Action != acctest.Create {
			t.Errorf("%s is unknown: planned %s: %s", name, step.Action, acctest.Texts(failed))
		}
	}
	for name, empty := range map[string]any{
		"entrypoint": nil, "inputs": nil, "schedule": nil, "run": nil, "wait": nil, "test_authentication": nil, "contract_validation": nil, "new_connection": nil,
		"new_connection.admin_users": []string{}, "new_connection.admin_groups": []string{}, "credential.extra": map[string]string{},
		"credential.extra_wo": map[string]string{}, "credential.secret_version": nil,
	} {
		config := workflowtest.With(workflowtest.With(suite.Named("ci"), "run", "never"), name, empty)
		workflowtest.Apply(t, workspace, config)
		workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	}
}

// TestNullInputs leaves out inputs that are null, and shows them as nothing.
func TestNullInputs(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := workflowtest.With(suite.Named("ci"), "inputs", map[string]any{"exclude_collections": nil, "preflight_check": "", "include_filter": `{"a":1}`})
	workflowtest.Apply(t, workspace, config)
	for range 5 { // texts and objects change places
		workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	}
	if inputs := workflowtest.Only(t, tenant.Sandbox).Inputs; slices.Contains(slices.Collect(maps.Keys(inputs)), "exclude_collections") {
		t.Errorf("the tenant has %v", inputs)
	}
}

// TestInvalid refuses bad input in the plan, on the argument, and sends nothing.
func TestInvalid(t *testing.T) {
	t.Parallel()
	with := func(argument string, value any) map[string]acctest.Block {
		return workflowtest.With(suite.Named("ci"), argument, value)
	}
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		want   []string
	}{
		"unknown app":        {with("app_id", "atlan-metabas"), []string{`"atlan-metabas"`, "marketplace"}},
		"capitals":           {with("app_id", "Atlan-Metabase"), []string{"Capitals matter"}},
		"app not native":     {with("app_id", "old"), []string{"does not run natively"}},
		"unknown entrypoint": {with("entrypoint", "miner"), []string{`has no entrypoint "miner"`}},
		"unknown key": {
			with("inputs", map[string]any{"include_collection": map[string]any{}}), []string{`no input "include_collection"`, "nearest first: include_collections"},
		},
		"wrong type":         {with("inputs", map[string]any{"include_collections": "finance"}), []string{"include_collections", "object"}},
		"no object":          {with("inputs", []any{"a"}), []string{"inputs is not an object"}},
		"raw credential":     {with("inputs", map[string]any{"credential": map[string]any{"password": "x"}}), []string{"made of the argument credential"}},
		"connection twice":   {with("inputs", map[string]any{"connection": "x"}), []string{"made of the argument new_connection"}},
		"two credentials":    {with("credential_guid", "x"), []string{"cannot be specified when"}},
		"no credential":      {with("credential", nil), []string{"requires a credential"}},
		"credential part":    {with("credential.extra", map[string]string{"warehouse": "x"}), []string{"warehouse", "nearest first"}},
		"no password":        {with("credential.password_wo", nil), []string{`requires "password"`}},
		"auth type":          {with("credential.auth_type", "oauth"), []string{`"oauth"`, `"basic"`}},
		"no admin":           {with("new_connection", map[string]any{"name": "ci"}), []string{"The connection has no admin"}},
		"empty admins":       {with("new_connection", map[string]any{"name": "ci", "admin_users": []string{}}), []string{"The connection has no admin"}},
		"unknown user":       {with("new_connection.admin_users", []string{"nobody"}), []string{`"nobody"`}},
		"unknown group":      {with("new_connection.admin_groups", []string{"Data engineers"}), []string{`"Data engineers"`}},
		"unknown role":       {with("new_connection.admin_roles", []string{"admin"}), []string{`"admin"`, "$admin"}},
		"six fields":         {with("schedule.cron", "0 0 3 * * *"), []string{"has 6 fields"}},
		"no minute":          {with("schedule.cron", "61 3 * * *"), []string{"no cron expression"}},
		"shorthand":          {with("schedule.cron", "@daily"), []string{"shorthand"}},
		"question mark":      {with("schedule.cron", "0 3 ? * *"), []string{"characters that Atlan does not know"}},
		"never":              {with("schedule.cron", "0 3 31 2 *"), []string{"never runs"}},
		"unknown zone":       {with("schedule.timezone", "Mars/Olympus"), []string{"IANA"}},
		"local zone":         {with("schedule.timezone", "Local"), []string{"IANA"}},
		"run":                {with("run", "always"), []string{"must be one of"}},
		"validation":         {with("contract_validation", "lax"), []string{"must be one of"}},
		"blank name":         {with("name", " "), []string{"blank"}},
		"required by a form": {with("inputs", map[string]any{"extraction_method": "agent"}), []string{`"agent_json"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			if err := tenant.Sandbox.EditApp(sandbox.DemoALTRAppID, func(a *sandbox.App) { a.ID, a.NativeReady = "old", false }); err != nil {
				t.Fatal(err)
			}
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			failed := acctest.Errors(workspace.Plan(test.config)["ci"].Diagnostics)
			text := acctest.Texts(failed)
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("want an error that says %q, got %s", want, text)
				}
			}
			for _, one := range failed {
				if one.Attribute == nil {
					t.Errorf("the error is on no attribute: %s", text)
				}
			}
			for _, request := range tenant.Sandbox.Journal() {
				if request.Method != http.MethodGet && !strings.Contains(request.Path, "search") {
					t.Errorf("%s %s was sent", request.Method, request.Path)
				}
			}
		})
	}
}

// TestValidation says what a plan says of an app whose contract gained a required field, or that cannot be asked: the
// former is refused before anything is sent, the latter leaves it to the apply.
func TestValidation(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prepare  func(*testing.T, *acctest.Tenant)
		mode     any
		failed   bool
		says     string
		accepted bool
	}{
		"gained a field":       {gained, nil, true, `requires the input "region"`, false},
		"gained a field, warn": {gained, "warn", false, `"region"`, false},
		"gained a field, off":  {gained, "off", false, "", false},
		"no contract": {func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			change(t, tenant, func(a *sandbox.App) { a.Contracts[""]["title"] = "RuntimeModel" })
		}, nil, false, "only the tenant can tell", true},
		"tenant is down": {func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			workflowtest.SetFaults(t, tenant, sandbox.Fault{Path: "/api/service/v1/apps/*", Kind: sandbox.FaultStatus, Status: 503, Times: 6})
		}, nil, false, "Applying will show", true},
		"may not look": {func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			workflowtest.SetFaults(t, tenant, sandbox.Fault{Path: "/api/service/v1/apps/*", Kind: sandbox.FaultStatus, Status: 403, Times: 1})
		}, nil, false, "Applying will show", true},
		"cold start": {func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			workflowtest.SetFaults(t, tenant, sandbox.Fault{
				Path: "/api/service/v1/apps/*", Kind: sandbox.FaultStatus, Status: 500, Times: 4, Message: "dial tcp 10.0.0.1:8000: connect: connection refused",
			})
		}, nil, false, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			test.prepare(t, tenant)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := workflowtest.With(suite.Named("ci"), "contract_validation", test.mode)
			step := workspace.Plan(config)["ci"]
			text := acctest.Texts(step.Diagnostics)
			if (len(acctest.Errors(step.Diagnostics)) > 0) != test.failed || !strings.Contains(text, test.says) || test.says == "" && text != "" {
				t.Errorf("the plan says %s", text)
			}
			if posted := tenant.Sandbox.JournalSummary()["POST /api/service/v1/app"]; posted > 0 {
				t.Errorf("%d workflows were posted", posted)
			}
			failed := workspace.Apply(config)
			if (len(failed) == 0) != test.accepted {
				t.Errorf("applying: %s", acctest.Texts(failed))
			}
		})
	}
}

func gained(t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	if err := tenant.Sandbox.RequireInput(sandbox.MetabaseAppID, "region", "string"); err != nil {
		t.Fatal(err)
	}
}

func change(t *testing.T, tenant *acctest.Tenant, edit func(*sandbox.App)) {
	t.Helper()
	if err := tenant.Sandbox.EditApp(sandbox.MetabaseAppID, edit); err != nil {
		t.Fatal(err)
	}
}

// TestRequestsOfValidation costs as many requests for fifty workflows of an app as for one.
func TestRequestsOfValidation(t *testing.T) {
	t.Parallel()
	counts := map[int]int{}
	for _, workflows := range []int{1, 50} {
		tenant := acctest.NewSandbox(t)
		workspace := acctest.NewWorkspace(t, tenant.Provider())
		var names []string
		for i := range workflows {
			names = append(names, fmt.Sprintf("ci-%d", i))
		}
		for name, step := range workspace.Plan(suite.Named(names...)) {
			if len(step.Diagnostics) > 0 || step.Action != acctest.Create {
				t.Fatalf("%s: %s", name, acctest.Texts(step.Diagnostics))
			}
		}
		for _, count := range tenant.Sandbox.JournalSummary() {
			counts[workflows] += count
		}
	}
	t.Logf("requests by number of workflows: %v", counts)
	if counts[1] != counts[50] || counts[1] > 7 {
		t.Errorf("requests by number of workflows: %v", counts)
	}
}

// TestNameTaken offers to import the workflow that has the name, and does not touch it.
func TestNameTaken(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	taken := tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: "ci", AppID: sandbox.MetabaseAppID, Inputs: map[string]any{"a": "b"}})
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	failed := workspace.Apply(suite.Named("ci"))
	if text := acctest.Texts(failed); !strings.Contains(text, "terraform import "+resourceType) || !strings.Contains(text, taken.Slug) {
		t.Errorf("the error is %s", text)
	}
	if now := workflowtest.Only(t, tenant.Sandbox); workspace.Instance("ci") != nil || now.Version != taken.Version || now.Inputs["a"] != "b" {
		t.Errorf("the workflow is %+v, the state has %v", now, workspace.Instance("ci"))
	}
}

// TestAuthenticationRefused stores nothing that the source does not accept, and quotes what it says but not the secret.
func TestAuthenticationRefused(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := workflowtest.With(workflowtest.With(suite.Named("ci"), "test_authentication", true), "credential.password_wo", sandbox.RefusedSecret+"-password")
	text := acctest.Texts(workspace.Apply(config))
	if !strings.Contains(text, "401 Unauthorized") || !strings.Contains(text, "Nothing was stored") || strings.Contains(text, "-password") {
		t.Errorf("the error is %s", text)
	}
	if left := len(workflowtest.Living(tenant.Sandbox)) + len(tenant.Sandbox.State().Credentials); left > 0 || workspace.Instance("ci") != nil {
		t.Errorf("%d things are left", left)
	}
}
