// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func with(argument string, value any) map[string]acctest.Block {
	return workflowtest.With(suite.Named("ci"), argument, value)
}

// reports are the names of the reports that runs have published.
func reports(tenant *sandbox.Tenant) []string {
	var names []string
	for _, asset := range tenant.State().Assets {
		if asset.TypeName == "ModeReport" && asset.Status == "ACTIVE" {
			names = append(names, asset.Text("name"))
		}
	}
	slices.Sort(names)
	return names
}

// TestCrawls runs workflows on tenants whose apps differ in id, keys and the form of every value, and sees that each
// argument does what the form's field does. The configuration is the same.
func TestCrawls(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		want   []string
	}{
		"everything":       {suite.LeastNamed("ci"), []string{"Campaigns", "Revenue", "Revenue 2019", "Scratchpad"}},
		"exclude wins":     {suite.Named("ci"), []string{"Revenue"}},
		"archived reports": {with("crawl_archived_reports", true), []string{"Revenue", "Revenue 2019"}},
		"personal collections": {
			workflowtest.With(with("include_collections", nil), "credential.exclude_personal_collections", false), []string{"Revenue", "Scratchpad"},
		},
		"no personal collections": {with("include_collections", nil), []string{"Revenue"}},
		"one collection":          {workflowtest.With(with("exclude_collections", nil), "include_collections", []string{"marketing"}), []string{"Campaigns"}},
	} {
		for _, apps := range []string{sandbox.AppsDemo, sandbox.AppsFirstGuess} {
			t.Run(name+"/"+apps, func(t *testing.T) {
				t.Parallel()
				tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.Apps = apps })
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				config := workflowtest.With(workflowtest.With(test.config, "run", "on_create"), "wait", true)
				workflowtest.Apply(t, workspace, config)
				if got := reports(tenant.Sandbox); !slices.Equal(got, test.want) {
					t.Errorf("the run has published %v, want %v", got, test.want)
				}
				for range 3 {
					workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
				}
				workflowtest.Apply(t, workspace, nil)
				if got := reports(tenant.Sandbox); !slices.Equal(got, test.want) {
					t.Errorf("destroying has left %v", got)
				}
			})
		}
	}
}

// TestReplacement plans a replacement for each argument whose text says so, and an update for each other one.
func TestReplacement(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		action acctest.Action
	}{
		"name":                         {with("name", "other"), acctest.Replace},
		"connection name":              {with("new_connection.name", "other"), acctest.Replace},
		"the app that was found":       {with("app_id", sandbox.DemoModeAppID), acctest.NoOp},
		"include_collections":          {with("include_collections", nil), acctest.Update},
		"exclude_collections":          {with("exclude_collections", []string{"hr"}), acctest.Update},
		"crawl_archived_reports":       {with("crawl_archived_reports", nil), acctest.Update},
		"workspace":                    {with("credential.workspace", "other"), acctest.Update},
		"api_key_id":                   {with("credential.api_key_id", "other"), acctest.Update},
		"secret_version":               {with("credential.secret_version", "2"), acctest.Update},
		"exclude_personal_collections": {with("credential.exclude_personal_collections", nil), acctest.Update},
		"input_names":                  {with("input_names", map[string]string{"include_collections": "spaces_to_crawl"}), acctest.Update},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			workflowtest.Apply(t, workspace, suite.Named("ci"))
			if step := workspace.Plan(test.config)["ci"]; step.Action != test.action {
				t.Fatalf("planned %s of %v, want %s: %s", step.Action, step.Changed, test.action, acctest.Texts(step.Diagnostics))
			}
			workflowtest.Apply(t, workspace, test.config)
			workflowtest.ExpectPlan(t, workspace, test.config, acctest.NoOp)
			workflowtest.Only(t, tenant.Sandbox)
		})
	}
}

// TestNullUnknownEmpty gives every optional argument nothing, and a value that is not known yet; empty collections are
// invalid, since nobody could say whether they mean all or none.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	own := []string{
		"include_collections", "exclude_collections", "crawl_archived_reports", "input_names", "app_id", "credential.workspace", "credential.api_key_id",
		"credential.api_secret_wo", "credential.exclude_personal_collections", "credential",
	}
	for _, name := range own {
		step := workspace.Plan(with(name, acctest.Unknown))["ci"]
		if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 || step.Action != acctest.Create {
			t.Errorf("%s is unknown: planned %s: %s", name, step.Action, acctest.Texts(failed))
		}
	}
	for _, name := range []string{
		"include_collections", "exclude_collections", "crawl_archived_reports", "input_names", "inputs", "credential.exclude_personal_collections",
	} {
		config := workflowtest.With(with(name, nil), "run", "never")
		workflowtest.Apply(t, workspace, config)
		workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	}
	for _, name := range []string{"include_collections", "exclude_collections"} {
		if text := acctest.Texts(workspace.Plan(with(name, []string{}))["ci"].Diagnostics); !strings.Contains(text, "at least 1") {
			t.Errorf("%s is empty: %s", name, text)
		}
	}
}

// TestInvalid refuses bad input in the plan, on the argument.
func TestInvalid(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config  map[string]acctest.Block
		prepare func(*sandbox.App)
		want    []string
	}{
		"no workspace":      {with("credential.workspace", ""), nil, []string{"at least 1"}},
		"no credential":     {with("credential", nil), nil, []string{"requires a credential"}},
		"no connection":     {with("new_connection", nil), nil, []string{"At least one", "new_connection"}},
		"no admin":          {with("new_connection", map[string]any{"name": "x"}), nil, []string{"has no admin"}},
		"another app":       {with("app_id", "atlan-mode"), nil, []string{`no app with the id "atlan-mode"`}},
		"unknown name":      {with("input_names", map[string]string{"include": "x"}), nil, []string{"must be one of"}},
		"no such key":       {with("input_names", map[string]string{"include_collections": "spaces"}), nil, []string{`no input "spaces"`, "spaces_to_crawl"}},
		"no such input":     {with("inputs", map[string]any{"space": "x"}), nil, []string{`no input "space"`}},
		"app not installed": {suite.Named("ci"), func(a *sandbox.App) { a.ID = "gone" }, []string{"no app with the id", "marketplace"}},
		"app not native":    {suite.Named("ci"), func(a *sandbox.App) { a.NativeReady = false }, []string{"does not run natively"}},
		"label gone": {suite.Named("ci"), func(a *sandbox.App) {
			properties, _ := a.Form["properties"].(map[string]any)
			delete(properties, "spaces-to-crawl")
		}, []string{"Include Collections", "spaces_to_crawl"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			if test.prepare != nil {
				if err := tenant.Sandbox.EditApp(sandbox.DemoModeAppID, test.prepare); err != nil {
					t.Fatal(err)
				}
			}
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			failed := acctest.Errors(workspace.Plan(test.config)["ci"].Diagnostics)
			text := acctest.Texts(failed)
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("want an error that says %q, got %s", want, text)
				}
			}
			if len(failed) > 0 && failed[0].Attribute == nil && name != "no connection" { // which is about none that is there
				t.Errorf("the error is on no attribute: %s", text)
			}
		})
	}
}
