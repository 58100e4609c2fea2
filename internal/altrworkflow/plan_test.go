// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package altrworkflow_test

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

// TestReplacement shows for every argument whether a change updates or replaces, and that an update leaves the workflow and
// its connection what they are.
func TestReplacement(t *testing.T) {
	t.Parallel()
	full := suite().Named("ci")
	with := func(argument string, value any) map[string]acctest.Block {
		return workflowtest.With(full, argument, value)
	}
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		action acctest.Action
	}{
		"name":                       {workflowtest.With(full, "name", "other"), acctest.Replace},
		"app_id":                     {with("app_id", "altr-2"), acctest.Replace},
		"app_id as it is":            {with("app_id", sandbox.DemoALTRAppID), acctest.NoOp},
		"entrypoint":                 {with("entrypoint", "classification"), acctest.Update},
		"atlan_connection":           {with("atlan_connection", development), acctest.Update},
		"altr_connection":            {with("altr_connection", "43"), acctest.Update},
		"classification_job":         {with("classification_job", "job-8"), acctest.Update},
		"input_names":                {with("input_names", map[string]any{"classification_job": "scan_job_id"}), acctest.Update},
		"inputs":                     {with("inputs", map[string]any{"temp_table_regex": "^tmp_"}), acctest.Update},
		"credential, key":            {with("credential.api_key", "key-2"), acctest.Update},
		"credential, version":        {with("credential.secret_version", "2"), acctest.Update},
		"credential, secret alone":   {with("credential.api_secret_wo", "canary-of-another-secret"), acctest.NoOp},
		"new_connection, admins":     {with("new_connection.admin_users", []string{"jsmith"}), acctest.Update},
		"new_connection, name":       {with("new_connection.name", "other"), acctest.Replace},
		"new_connection, connector":  {with("new_connection.connector", "altr-2"), acctest.Replace},
		"schedule":                   {with("schedule", nil), acctest.Update},
		"run":                        {with("run", "never"), acctest.Update},
		"wait":                       {with("wait", false), acctest.Update},
		"test_authentication":        {with("test_authentication", true), acctest.Update},
		"contract_validation":        {with("contract_validation", "off"), acctest.Update},
		"new_connection, the others": {with("new_connection.admin_groups", nil), acctest.Update},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			if err := tenant.Sandbox.EditApp(sandbox.DemoALTRAppID, func(*sandbox.App) {}); err != nil {
				t.Fatal(err)
			}
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			workflowtest.Apply(t, workspace, full)
			before := workspace.Attribute("ci", "id")
			step := workspace.Plan(test.config)["ci"]
			if name == "app_id" { // there is no other app to replace it by
				if !strings.Contains(acctest.Texts(step.Diagnostics), `no app with the id "altr-2"`) {
					t.Errorf("got %s", acctest.Texts(step.Diagnostics))
				}
				return
			}
			if step.Action != test.action {
				t.Fatalf("planned %s of %v, want %s: %s", step.Action, step.Changed, test.action, acctest.Texts(step.Diagnostics))
			}
			workflowtest.Apply(t, workspace, test.config)
			workflowtest.ExpectPlan(t, workspace, test.config, acctest.NoOp)
			if same := workspace.Attribute("ci", "id") == before; same != (test.action != acctest.Replace) || len(workflowtest.Living(tenant.Sandbox)) != 1 {
				t.Errorf("%v became %v", before, workspace.Attribute("ci", "id"))
			}
		})
	}
}

// TestNullUnknownEmpty gives optional arguments nothing and values that are not known yet; empty ones are invalid.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	least := suite().LeastNamed("ci")
	for name, values := range map[string][]any{
		"app_id":                   {nil, sandbox.DemoALTRAppID, acctest.Unknown},
		"entrypoint":               {nil, "classification", acctest.Unknown},
		"inputs":                   {nil, map[string]any{}, acctest.Unknown},
		"input_names":              {nil, map[string]any{"altr_connection": "altr_source_id"}, acctest.Unknown},
		"schedule":                 {nil, map[string]any{"cron": "0 3 * * *"}, acctest.Unknown},
		"run":                      {nil, "never", acctest.Unknown},
		"wait":                     {nil, true, acctest.Unknown},
		"test_authentication":      {nil, true, acctest.Unknown},
		"contract_validation":      {nil, "warn", acctest.Unknown},
		"credential.host":          {nil, acctest.Unknown},
		"new_connection.name":      {"ci", acctest.Unknown},
		"atlan_connection":         {production, acctest.Unknown},
		"altr_connection":          {"42", acctest.Unknown},
		"classification_job":       {"7", acctest.Unknown},
		"credential.api_key":       {"key-1", acctest.Unknown},
		"credential":               {acctest.Unknown},
		"new_connection":           {acctest.Unknown},
		"credential.extra":         {nil, map[string]any{}, acctest.Unknown},
		"credential.auth_type":     {nil, "api_key", acctest.Unknown},
		"new_connection.connector": {nil, "altr", acctest.Unknown},
	} {
		for _, value := range values {
			t.Run(fmt.Sprintf("%s=%v", name, value), func(t *testing.T) {
				t.Parallel()
				workspace := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider())
				config := workflowtest.With(least, name, value)
				if value == acctest.Unknown {
					step := workspace.Plan(config)["ci"]
					if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 || step.Action != acctest.Create {
						t.Errorf("planned %s: %s", step.Action, acctest.Texts(failed))
					}
					workflowtest.Apply(t, workspace, least)
					if step := workspace.Plan(config)["ci"]; len(acctest.Errors(step.Diagnostics)) > 0 || step.Action == acctest.NoOp {
						t.Errorf("planned %s of %v: %s", step.Action, step.Changed, acctest.Texts(step.Diagnostics))
					}
					return
				}
				workflowtest.Apply(t, workspace, config)
				workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
			})
		}
	}
}

// TestInvalid refuses when a change is planned what could not work, and sends nothing.
func TestInvalid(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		argument string
		value    any
		want     []string
	}{
		"no admin":          {"new_connection", map[string]any{"name": "ci"}, []string{"The connection has no admin", `admin_roles = ["$admin"]`}},
		"no connection":     {"new_connection", nil, []string{"At least one of these attributes must be configured", "new_connection"}},
		"no credential":     {"credential", nil, []string{"credential,credential_guid"}},
		"blank job":         {"classification_job", " ", []string{"must not be empty or blank"}},
		"no qualified name": {"atlan_connection", "production", []string{"must be the qualified name of a connection"}},
		"six fields":        {"schedule", map[string]any{"cron": "0 0 3 * * *"}, []string{"schedule", "five"}},
		"time zone":         {"schedule", map[string]any{"cron": "0 3 * * *", "timezone": "Europe/Atlantis"}, []string{"Europe/Atlantis"}},
		"unknown source":    {"atlan_connection", "default/snowflake/1", []string{"No connection has the qualified name", "atlan_connections"}},
		"unknown app":       {"app_id", "altr-other", []string{`no app with the id "altr-other"`, "Capitals matter"}},
		"other entrypoint":  {"entrypoint", "crawler", []string{`has no entrypoint "crawler"; it has "classification"`}},
		"unknown input": {"inputs", map[string]any{"scan_job": "7"}, []string{
			`has no input "scan_job"`, `nearest first: scan_job_id ("Classification Job")`, "atlan_app_contract",
		}},
		"wrong type":       {"inputs", map[string]any{"load_to_atlan": "yes"}, []string{`must be a boolean, but is a string`}},
		"wrong name":       {"input_names", map[string]any{"altr_connection": "altr_sauce_id"}, []string{`has no input "altr_sauce_id"`, "altr_source_id"}},
		"name of nothing":  {"input_names", map[string]any{"job": "x"}, []string{`input_names`, "altr_connection", "classification_job"}},
		"wrong auth type":  {"credential.auth_type", "oauth", []string{`does not authenticate by "oauth", but by "api_key"`}},
		"no such admin":    {"new_connection.admin_users", []string{"nobody"}, []string{"does not have these users", `"nobody"`}},
		"two names in one": {"input_names", map[string]any{"altr_connection": "scan_job_id"}, []string{"cannot be both altr_connection and classification_job"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			step := workspace.Plan(workflowtest.With(suite().LeastNamed("ci"), test.argument, test.value))["ci"]
			text := acctest.Texts(acctest.Errors(step.Diagnostics))
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("the error does not say %q: %s", want, text)
				}
			}
			attribute, _, _ := strings.Cut(test.argument, ".")
			if attribute == "input_names" {
				attribute = "altr_connection" // what it is about
			}
			if !strings.Contains(text, attribute) {
				t.Errorf("the error does not name %s: %s", attribute, text)
			}
			sentNothing(t, tenant)
		})
	}
}

// sentNothing checks that requests have only read.
func sentNothing(t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	for _, request := range tenant.Sandbox.Journal() {
		if request.Method != http.MethodGet && request.Path != "/api/meta/search/indexsearch" {
			t.Errorf("%s %s was sent", request.Method, request.Path)
		}
	}
}

// TestRequiredInput: what a new version of the app requires is an error when a change is planned, or a warning where that
// is wanted, and an input then makes good for it.
func TestRequiredInput(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	if err := tenant.Sandbox.RequireInput(sandbox.DemoALTRAppID, "retention_days", "integer"); err != nil {
		t.Fatal(err)
	}
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := suite().Named("ci")
	const want = `requires the input "retention_days" ("Retention Days" in its form), which is not set`
	if text := acctest.Texts(acctest.Errors(workspace.Plan(config)["ci"].Diagnostics)); !strings.Contains(text, want) {
		t.Errorf("got %s", text)
	}
	sentNothing(t, tenant)
	step := workspace.Plan(workflowtest.With(config, "contract_validation", "warn"))["ci"]
	if text := acctest.Texts(step.Diagnostics); len(acctest.Errors(step.Diagnostics)) > 0 || !strings.Contains(text, want) {
		t.Errorf("as a warning: %s", text)
	}
	if step := workspace.Plan(workflowtest.With(config, "contract_validation", "off"))["ci"]; len(step.Diagnostics) > 0 {
		t.Errorf("switched off: %s", acctest.Texts(step.Diagnostics))
	}
	if failed := acctest.Texts(workspace.Apply(workflowtest.With(config, "contract_validation", "off"))); !strings.Contains(failed, "inputs do not match "+
		"the app input contract") {
		t.Errorf("the tenant says %s", failed)
	}
	config = workflowtest.With(config, "inputs", map[string]any{"retention_days": 30})
	workflowtest.Apply(t, workspace, config)
	workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
}

// TestAuthentication: with test_authentication nothing is stored that the source refuses, and the error holds no secret.
func TestAuthentication(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := workflowtest.With(suite().Named("ci"), "test_authentication", true)
	failed := acctest.Texts(workspace.Apply(workflowtest.With(config, "credential.api_secret_wo", sandbox.RefusedSecret+"-canary")))
	if !strings.Contains(failed, "the source does not accept these credentials") || strings.Contains(failed, "canary") {
		t.Errorf("got %s", failed)
	}
	if state := tenant.Sandbox.State(); len(state.AppWorkflows) > 0 || len(state.Credentials) > 0 {
		t.Errorf("stored are %v and %v", state.AppWorkflows, state.Credentials)
	}
	workflowtest.Apply(t, workspace, config)
	workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
}

// TestValidationCosts: planning fifty workflows asks the tenant about the app as often as planning one.
func TestValidationCosts(t *testing.T) {
	t.Parallel()
	costs := map[int]map[string]int{}
	for _, n := range []int{1, 50} {
		tenant := acctest.NewSandbox(t)
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("ci-%d", i))
		}
		for name, step := range acctest.NewWorkspace(t, tenant.Provider()).Plan(suite().Named(names...)) {
			if step.Action != acctest.Create || len(step.Diagnostics) > 0 {
				t.Errorf("planned %s of %s: %s", step.Action, name, acctest.Texts(step.Diagnostics))
			}
		}
		costs[n] = tenant.Sandbox.JournalSummary()
	}
	total := 0
	for _, request := range slices.Sorted(maps.Keys(costs[50])) {
		if total += costs[50][request]; costs[50][request] != costs[1][request] {
			t.Errorf("%s is sent %d times for one workflow and %d times for fifty", request, costs[1][request], costs[50][request])
		}
	}
	t.Logf("planning fifty workflows takes %d requests: %v; one takes %v", total, costs[50], costs[1])
}

// TestThinContract: an app that says too little of its inputs is a warning.
func TestThinContract(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		contract map[string]any
		want     string
	}{
		"thin":       {map[string]any{"title": "WorkflowInput", "type": "object"}, "was not made of the inputs it declares"},
		"unreadable": {map[string]any{"title": "AppInputContract", "type": 7}, "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			if err := tenant.Sandbox.EditApp(sandbox.DemoALTRAppID, func(a *sandbox.App) { a.Contracts = map[string]map[string]any{"": test.contract} }); err != nil {
				t.Fatal(err)
			}
			step := acctest.NewWorkspace(t, tenant.Provider()).Plan(workflowtest.With(suite().LeastNamed("ci"), "contract_validation", "warn"))["ci"]
			if text := acctest.Texts(step.Diagnostics); len(acctest.Errors(step.Diagnostics)) > 0 || !strings.Contains(text, test.want) {
				t.Errorf("got %s", text)
			}
		})
	}
}
