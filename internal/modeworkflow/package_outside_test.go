// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// edit changes a package workflow behind Terraform's back.
func edit(t *testing.T, tenant *acctest.Tenant, id any, change func(*sandbox.Workflow)) {
	t.Helper()
	if err := tenant.Sandbox.EditWorkflow(fmt.Sprint(id), change); err != nil {
		t.Fatal(err)
	}
}

func setParameter(t *testing.T, name string, value any) func(*sandbox.Workflow) {
	t.Helper()
	return func(w *sandbox.Workflow) { parameter(t, *w, name)["value"] = value }
}

// TestPackageDrift changes what can be read of a workflow of the package, one thing at a time, and expects exactly that
// difference.
func TestPackageDrift(t *testing.T) {
	t.Parallel()
	for attribute, change := range map[string]func(*sandbox.Workflow){
		"include_collections":    setParameter(t, "include-collections", `{"finance":{}}`),
		"exclude_collections":    setParameter(t, "exclude-collections", `{}`),
		"crawl_archived_reports": setParameter(t, "crawl-archived-reports", "true"),
		"inputs":                 setParameter(t, "publish-dry-run", "true"),
		"credential_guid":        setParameter(t, "credential-guid", "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999"),
		"new_connection": setParameter(t, "connection",
			`{"typeName":"Connection","attributes":{"name":"ci","qualifiedName":"default/mode/1","adminUsers":["admin"]}}`),
		"schedule": func(w *sandbox.Workflow) {
			annotations, _ := w.Metadata["annotations"].(map[string]any)
			delete(annotations, "orchestration.atlan.com/schedule")
		},
	} {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, packagesOnly)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := workflowtest.With(packaged("ci"), "run", "on_create")
			workflowtest.Apply(t, workspace, config)
			edit(t, tenant, workspace.Attribute("ci", "id"), change)
			workflowtest.ExpectPlan(t, workspace, config, acctest.Update, attribute)
			workflowtest.Apply(t, workspace, config)
			workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
		})
	}
}

// TestPackageKeepsOthers leaves labels and annotations that somebody else has given a workflow.
func TestPackageKeepsOthers(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, packagesOnly)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	workflowtest.Apply(t, workspace, packaged("ci"))
	edit(t, tenant, workspace.Attribute("ci", "id"), func(w *sandbox.Workflow) {
		for _, kind := range []string{"labels", "annotations"} {
			members, _ := w.Metadata[kind].(map[string]any)
			members["team"] = "ours"
		}
	})
	workflowtest.Apply(t, workspace, workflowtest.With(packaged("ci"), "schedule", nil))
	w := onlyStored(t, tenant.Sandbox)
	for _, kind := range []string{"labels", "annotations"} {
		if members, _ := w.Metadata[kind].(map[string]any); members["team"] != "ours" {
			t.Errorf("the %s are %v", kind, members)
		}
	}
	if annotations, _ := w.Metadata["annotations"].(map[string]any); annotations["orchestration.atlan.com/schedule"] != nil {
		t.Error("the schedule is still there")
	}
}

// TestPackageNeverRun keeps a workflow that the tenant does not show because it has never run, also through a change, and
// knows everything once it has.
func TestPackageNeverRun(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, packagesOnly)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := workflowtest.With(packaged("ci"), "run", "never")
	workflowtest.Apply(t, workspace, config)
	for range 2 {
		workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	}
	id := workspace.Attribute("ci", "id")
	config = workflowtest.With(config, "include_collections", []string{"finance"})
	workflowtest.Apply(t, workspace, config)
	workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	if onlyStored(t, tenant.Sandbox).Name != id || workspace.Attribute("ci", "credential_guid") != nil {
		t.Errorf("the state has %v with the credential %v", id, workspace.Attribute("ci", "credential_guid"))
	}
	workflowtest.Post(t, tenant, "/api/service/workflows/submit", map[string]string{
		"namespace": "default", "resourceKind": "WorkflowTemplate", "resourceName": fmt.Sprint(id),
	})
	tenant.Sandbox.Advance(time.Minute)
	workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
	if got, want := workspace.Attribute("ci", "credential_guid"), parameter(t, onlyStored(t, tenant.Sandbox), "credential-guid")["value"]; got != want {
		t.Errorf("the credential is %v, want %v", got, want)
	}
	// From here on, that it is not shown means that it is gone.
	edit(t, tenant, id, func(w *sandbox.Workflow) { w.ArchivedAt = time.Now() })
	tenant.Sandbox.Advance(time.Minute)
	step := workspace.Plan(config)["ci"]
	if text := acctest.Texts(step.Diagnostics); step.Action != acctest.Create || !strings.Contains(text, "was archived outside Terraform") {
		t.Errorf("planned %s: %s", step.Action, text)
	}
}

// TestSurface makes workflows where the configuration says, refuses what is not there, and leaves existing ones where they
// are.
func TestSurface(t *testing.T) {
	t.Parallel()
	named := func(appID any) map[string]acctest.Block {
		return workflowtest.With(suite.LeastNamed("ci"), "app_id", appID)
	}
	for name, test := range map[string]struct {
		served string
		chosen atlan.WorkflowSurface
		config map[string]acctest.Block
		want   string // the app_id, or the text of an error
	}{
		"auto, both":             {sandbox.SurfaceBoth, "", named(nil), sandbox.DemoModeAppID},
		"auto, apps":             {sandbox.SurfaceApp, "", named(nil), sandbox.DemoModeAppID},
		"auto, packages":         {sandbox.SurfacePackage, "", named(nil), "@atlan/mode"},
		"auto, package named":    {sandbox.SurfaceBoth, "", named("@atlan/mode"), "@atlan/mode"},
		"auto, app not served":   {sandbox.SurfacePackage, "", named("atlan-mode"), "The tenant does not serve workflows of apps"},
		"package, both":          {sandbox.SurfaceBoth, atlan.WorkflowsOfPackages, named(nil), "@atlan/mode"},
		"package, app named":     {sandbox.SurfaceBoth, atlan.WorkflowsOfPackages, named("atlan-mode"), `"atlan-mode" is an app`},
		"package, not served":    {sandbox.SurfaceApp, atlan.WorkflowsOfPackages, named(nil), "does not serve package workflows"},
		"app, both":              {sandbox.SurfaceBoth, atlan.WorkflowsOfApps, named(nil), sandbox.DemoModeAppID},
		"app, packages":          {sandbox.SurfacePackage, atlan.WorkflowsOfApps, named(nil), "The tenant does not serve workflows of apps"},
		"app, package named":     {sandbox.SurfaceBoth, atlan.WorkflowsOfApps, named("@atlan/mode"), "@atlan/mode is a package"},
		"package, an entrypoint": {sandbox.SurfacePackage, "", workflowtest.With(named(nil), "entrypoint", "crawler"), "Packages have no entrypoints"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, func(o *sandbox.Options) { o.WorkflowAPI = test.served })
			workspace := acctest.NewWorkspace(t, tenant.Provider(func(c *atlan.Config) { c.WorkflowSurface = test.chosen }))
			step := workspace.Plan(test.config)["ci"]
			if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 {
				if text := acctest.Texts(failed); !strings.Contains(text, test.want) || failed[0].Attribute == nil {
					t.Errorf("want an error on an attribute that says %q, got %s", test.want, text)
				}
				for _, request := range tenant.Sandbox.Journal() {
					if request.Method != http.MethodGet && !strings.HasSuffix(request.Path, "search") {
						t.Errorf("the plan sent %s %s", request.Method, request.Path)
					}
				}
				return
			}
			workflowtest.Apply(t, workspace, test.config)
			if got := workspace.Attribute("ci", "app_id"); got != test.want {
				t.Errorf("made of %v, want %s", got, test.want)
			}
			for _, chosen := range []atlan.WorkflowSurface{atlan.WorkflowsOfPackages, atlan.WorkflowsOfApps} {
				if test.want == "@atlan/mode" && chosen == atlan.WorkflowsOfApps {
					continue // which keeps the provider from packages
				}
				later := acctest.NewWorkspace(t, tenant.Provider(func(c *atlan.Config) { c.WorkflowSurface = chosen })).Adopt(workspace)
				workflowtest.ExpectPlan(t, later, workflowtest.With(test.config, "app_id", nil), acctest.NoOp)
			}
		})
	}
}

// TestPackageReplaced replaces a workflow of the package by one of the app when the configuration names that, and back.
func TestPackageReplaced(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	workflowtest.Apply(t, workspace, workflowtest.With(suite.LeastNamed("ci"), "app_id", "@atlan/mode"))
	for _, appID := range []string{sandbox.DemoModeAppID, "@atlan/mode", sandbox.DemoModeAppID} {
		config := workflowtest.With(suite.LeastNamed("ci"), "app_id", appID)
		if step := workspace.Plan(config)["ci"]; step.Action != acctest.Replace {
			t.Errorf("planned %s of %v: %s", step.Action, step.Changed, acctest.Texts(step.Diagnostics))
		}
		workflowtest.Apply(t, workspace, config)
		workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
		want := [2]int{0, 1}
		if appID == "@atlan/mode" {
			want = [2]int{1, 0}
		}
		if got := [2]int{len(stored(tenant.Sandbox)), len(workflowtest.Living(tenant.Sandbox))}; got != want {
			t.Errorf("of %s, the tenant has %v workflows of the package and of the app, want %v", appID, got, want)
		}
	}
}

// TestPackageExcluded refuses to touch a workflow of the package where the configuration excludes them, and forgets nothing.
func TestPackageExcluded(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, packagesOnly)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	workflowtest.Apply(t, workspace, packaged("ci"))
	later := acctest.NewWorkspace(t, tenant.Provider(func(c *atlan.Config) { c.WorkflowSurface = atlan.WorkflowsOfApps })).Adopt(workspace)
	text := acctest.Texts(acctest.Errors(later.Plan(packaged("ci"))["ci"].Diagnostics))
	if !strings.Contains(text, `workflow_api is "app"`) || later.Instance("ci") == nil {
		t.Errorf("the workflow was read: %s", text)
	}
}

// TestPackageAdopted lists and imports workflows of the package.
func TestPackageAdopted(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, packagesOnly)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := map[string]acctest.Block{}
	for _, name := range []string{"one", "two"} {
		config[name] = workflowtest.With(packaged(name), "new_connection.name", name)[name]
	}
	workflowtest.Apply(t, workspace, config)
	tenant.Sandbox.Advance(time.Minute)
	listed, diags := workspace.List(resourceType, map[string]any{}, 10, true)
	if len(diags) > 0 || len(listed) != 2 {
		t.Fatalf("listed %d workflows: %s", len(listed), acctest.Texts(diags))
	}
	for _, one := range listed {
		fresh := acctest.NewWorkspace(t, tenant.Provider())
		if failed := acctest.Errors(fresh.ImportIdentity("ci", resourceType, one.Identity)); len(failed) > 0 {
			t.Fatal(acctest.Texts(failed))
		}
		if fresh.Attribute("ci", "id") != one.Resource["id"] || fresh.Attribute("ci", "name") != one.DisplayName {
			t.Errorf("imported %v as %v", one.DisplayName, fresh.Attribute("ci", "name"))
		}
		// What is configured like that is not changed.
		adopted := packaged("ci")
		for argument, value := range map[string]any{
			"new_connection.name": one.DisplayName, "credential": nil, "run": nil, "wait": nil, "name": one.DisplayName,
			"inputs": map[string]any{"publish-dry-run": "false"},
		} {
			adopted = workflowtest.With(adopted, argument, value)
		}
		workflowtest.ExpectPlan(t, fresh, adopted, acctest.NoOp)
	}
	fresh := acctest.NewWorkspace(t, tenant.Provider())
	if failed := acctest.Errors(fresh.Import("ci", resourceType, "two")); len(failed) > 0 || fresh.Attribute("ci", "name") != "two" {
		t.Errorf("importing by the name of the connection: %s", acctest.Texts(failed))
	}
	for _, id := range []string{"atlan-mode-1000000000", "three"} {
		if text := acctest.Texts(fresh.Import("none", resourceType, id)); !strings.Contains(text, "does not show workflows that have never run") {
			t.Errorf("importing %s: %s", id, text)
		}
	}
}
