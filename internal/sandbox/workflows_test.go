// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	workflows    = "/api/service/workflows"
	runs         = "/api/service/runs"
	workflowName = "csa-api-token-connection-admin-1753084800"
	tokenAccount = "service-account-apikey-" + sandbox.SeedAPITokenGUID
)

// adminWorkflow is the package's document, cut down to what matters here.
func adminWorkflow(name, connection, token string) object {
	return object{
		"metadata": object{"name": name, "namespace": "default", "annotations": object{"package.argoproj.io/name": "@csa/api-token-connection-admin"}},
		"spec": object{"entrypoint": "main", "templates": []any{object{"name": "main", "dag": object{"tasks": []any{object{
			"name": "run",
			"arguments": object{"parameters": []any{
				object{"name": "connection_qualified_name", "value": connection}, object{"name": "api_token_guid", "value": token},
			}},
			"templateRef": object{"name": "csa-api-token-connection-admin", "template": "main", "clusterScope": true},
		}}}}}},
		"payload": []any{},
	}
}

func (c *caller) submit(name string) object {
	c.t.Helper()
	return c.ok("POST", workflows+"?submit=true", adminWorkflow(name, sandbox.SeedProductionQualifiedName, sandbox.SeedAPITokenGUID))
}

func nested(path string, query object) object {
	return object{"query": object{"bool": object{"filter": []any{object{"nested": object{"path": path, "query": query}}}}}}
}

// hits lists what a workflow search finds, as ids with phases.
func (c *caller) hits(path string, body object) []string {
	c.t.Helper()
	found := c.ok("POST", path+"/indexsearch", body)
	list, _ := at(found, "hits", "hits").([]any)
	var out []string
	for _, hit := range list {
		entry := fmt.Sprint(at(hit, "_id"))
		if phase := at(hit, "_source", "status", "phase"); phase != nil {
			entry = fmt.Sprint(phase)
		}
		out = append(out, entry)
	}
	if total := at(found, "hits", "total", "value"); total != float64(len(out)) {
		c.t.Errorf("the total is %v for %d hits", total, len(out))
	}
	return out
}

func TestConnectionAdminPackage(t *testing.T) {
	t.Parallel()
	clk := newClock()
	_, token, api := demo(t, sandbox.Options{RunTime: 8 * time.Second, SearchLag: time.Second, Now: clk.Now})
	stored := token.submit(workflowName)
	if at(stored, "metadata", "uid") == nil || at(stored, "spec", "entrypoint") != "main" ||
		at(stored, "metadata", "labels", "workflows.argoproj.io/creator") != tokenAccount {
		t.Errorf("the answer is %v", stored)
	}
	byPrefix := nested("metadata", object{"prefix": object{"metadata.name.keyword": object{"value": "csa-api-token-connection-admin"}}})
	byPattern := nested("metadata", object{"regexp": object{"metadata.name.keyword": object{"value": "csa[-]api[-]token[-]connection[-]admin[-][0-9]{10}"}}})
	latest := nested("spec", object{"term": object{"spec.workflowTemplateRef.name.keyword": object{"value": workflowName}}})
	latest["sort"] = []any{object{"status.startedAt": object{"order": "desc"}}}
	for _, step := range []struct {
		wait      time.Duration
		templates int
		phase     []string
	}{
		{0, 0, nil},
		{time.Second, 1, []string{"Pending"}},
		{2 * time.Second, 1, []string{"Running"}},
		{5 * time.Second, 1, []string{"Running"}},
		{time.Second, 1, []string{"Succeeded"}},
	} {
		clk.add(step.wait)
		if got := token.hits(workflows, byPrefix); len(got) != step.templates {
			t.Errorf("found templates %v, want %d", got, step.templates)
		}
		if got := token.hits(workflows, byPattern); len(got) != step.templates {
			t.Errorf("found templates %v, want %d", got, step.templates)
		}
		if got := token.hits(runs, latest); !slices.Equal(got, step.phase) {
			t.Errorf("found runs %v, want %v", got, step.phase)
		}
	}
	if got := api.list(sandbox.SeedProductionGUID, "adminUsers"); !slices.Equal(got, []string{"admin", tokenAccount}) {
		t.Errorf("admins are %v", got)
	}
}

// TestConnectionAdminPackageOverwrites shows the package's hazard: it starts from the list that the index has.
func TestConnectionAdminPackageOverwrites(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, token, api := demo(t, sandbox.Options{RunTime: 8 * time.Second, SearchLag: 2 * time.Second, Now: clk.Now})
	token.submit(workflowName)
	clk.add(7 * time.Second)
	if err := tenant.EditEntity(sandbox.SeedProductionGUID, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin", "jsmith"} }); err != nil {
		t.Fatal(err)
	}
	clk.add(time.Second)
	if got := api.list(sandbox.SeedProductionGUID, "adminUsers"); !slices.Equal(got, []string{"admin", tokenAccount}) {
		t.Errorf("admins are %v", got)
	}
}

func TestConnectionAdminPackageStates(t *testing.T) {
	t.Parallel()
	tenant, token, api := demo(t, sandbox.Options{ConnectionAdminPackage: sandbox.PackageNoEffect})
	outcome := func(name string) string {
		t.Helper()
		state := tenant.State()
		r := state.Runs[len(state.Runs)-1]
		if r.Workflow != name {
			t.Errorf("the last run is one of %s", r.Workflow)
		}
		return strings.TrimSpace(r.Outcome + " " + r.Message)
	}
	token.submit("no-effect")
	if got := outcome("no-effect"); got != "Succeeded" {
		t.Errorf("without an effect the run is %q", got)
	}
	if got := api.list(sandbox.SeedProductionGUID, "adminUsers"); !slices.Equal(got, []string{"admin"}) {
		t.Errorf("admins are %v", got)
	}
	token.ok("POST", "/_sandbox/switches", `{"connection_admin_package":"not_enabled"}`)
	token.do("POST", workflows+"?submit=true", adminWorkflow("x", "a", "b")).
		refused(t, 400, 1000, "templates.main.tasks.run template reference csa-api-token-connection-admin.main not found")
	token.ok("POST", "/_sandbox/switches", `{"connection_admin_package":"enabled"}`)
	for want, parameters := range map[string][2]string{
		"Failed Error (exit code 4)": {"", sandbox.SeedAPITokenGUID},
		"Failed Error (exit code 5)": {sandbox.SeedProductionQualifiedName, "nobody"},
		"Failed Error (exit code 6)": {"default/x/1", sandbox.SeedAPITokenGUID},
		"Succeeded":                  {sandbox.SeedProductionQualifiedName, sandbox.SeedAPITokenGUID},
	} {
		token.ok("POST", workflows+"?submit=true", adminWorkflow(want, parameters[0], parameters[1]))
		if got := outcome(want); got != want {
			t.Errorf("the run is %q, want %q", got, want)
		}
	}
	if a := token.do("POST", "/_sandbox/switches", `{"connection_admin_package":"x"}`); a.status != 400 ||
		a.text != "unknown state \"x\" of the connection admin package: use one of enabled, not_enabled, no_effect\n" {
		t.Errorf("got %d %s", a.status, a.text)
	}
}

func TestWorkflowLifecycle(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, token, _ := demo(t, sandbox.Options{RunTime: 8 * time.Second, Now: clk.Now})
	path := workflows + "/" + workflowName
	token.submit(workflowName)
	token.do("POST", workflows, adminWorkflow(workflowName, "a", "b")).refused(t, 400, 1000, `workflowtemplates.argoproj.io "`+workflowName+`" already exists`)
	token.do("POST", workflows, object{"metadata": object{}}).
		refused(t, 400, 1000, "Request body has an error: doesn't match the schema: Property 'metadata.name' is missing")

	again := token.ok("POST", workflows+"/submit", object{"namespace": "default", "resourceKind": "WorkflowTemplate", "resourceName": workflowName})
	run, _ := at(again, "metadata", "name").(string)
	if !strings.HasPrefix(run, workflowName+"-") || len(run) != len(workflowName)+6 || at(again, "status", "phase") != "Pending" ||
		at(again, "spec", "workflowTemplateRef", "name") != workflowName {
		t.Errorf("the run is %v", again)
	}
	clk.add(2 * time.Second)
	if stopped := token.ok("POST", runs+"/"+run+"/stop", nil); at(stopped, "status", "phase") != "Running" ||
		at(stopped, "status", "storedWorkflowTemplateSpec", "workflowTemplateRef", "name") == nil {
		t.Errorf("stop answers %v", at(stopped, "status"))
	}
	byID := object{"query": object{"bool": object{"filter": []any{object{"term": object{"_id": object{"value": run}}}}}}}
	clk.add(2 * time.Second)
	if got := token.hits(runs, byID); !slices.Equal(got, []string{"Failed"}) {
		t.Errorf("the stopped run is %v", got)
	}
	recent := object{"query": object{"bool": object{"must": []any{
		object{"nested": object{"path": "metadata", "query": object{"terms": object{
			"metadata.labels.workflows.argoproj.io/phase.keyword": []string{"Failed", "Pending"},
		}}}},
		object{"range": object{"status.startedAt": object{"gte": "now-1h"}}},
		object{"range": object{"status.finishedAt": object{"lte": "now"}}},
		object{"nested": object{"path": "metadata", "query": object{"exists": object{"field": "metadata.labels.workflows.argoproj.io/creator"}}}},
	}}}}
	if got := token.hits(runs, recent); !slices.Equal(got, []string{"Failed"}) {
		t.Errorf("recent runs are %v", got)
	}

	document := adminWorkflow("ignored", "a", "b")
	document["metadata"] = object{"annotations": object{"orchestration.atlan.com/schedule": "5 4 * * *", "orchestration.atlan.com/timezone": "UTC"}}
	if updated := token.ok("POST", path, document); at(updated, "metadata", "name") != workflowName {
		t.Errorf("the update answers %v", updated)
	}
	cron := token.ok("GET", runs+"/cron/"+workflowName+"-cron", nil)
	if at(cron, "spec", "schedule") != "5 4 * * *" || at(cron, "spec", "timezone") != "UTC" {
		t.Errorf("the schedule is %v", cron)
	}
	if all := token.ok("GET", runs+"/cron", nil); at(all, "items", 0, "metadata", "name") != workflowName+"-cron" {
		t.Errorf("the schedules are %v", all)
	}
	if owned := token.ok("POST", path+"/changeownership?username=jsmith", nil); at(owned, "metadata", "labels", "workflows.argoproj.io/creator") != "jsmith" {
		t.Errorf("the new owner is %v", owned)
	}
	byOwner := token.ok("POST", workflows+"/triggerAsOwner", object{"resourceName": workflowName})
	if at(byOwner, "metadata", "labels", "workflows.argoproj.io/creator") != "jsmith" {
		t.Errorf("the owner's run is %v", byOwner)
	}
	token.ok("POST", path+"/archive", nil)
	if got := token.hits(workflows, object{}); len(got) != 0 {
		t.Errorf("an archived workflow is found: %v", got)
	}
	if state := tenant.State(); len(state.Workflows) != 1 || state.Workflows[0].ArchivedAt.IsZero() || len(state.Runs) != 3 {
		t.Errorf("the state has %d workflows and %d runs", len(state.Workflows), len(state.Runs))
	}
	token.submit(workflowName) // the name is free again
}

func TestWorkflowRequestsAreRefused(t *testing.T) {
	t.Parallel()
	tenant, token, _ := demo(t, sandbox.Options{})
	unknown := `workflowtemplates.argoproj.io "x" not found`
	token.do("POST", workflows+"/submit", `{"resourceName":"x"}`).refused(t, 404, 404, unknown)
	token.do("POST", workflows+"/submit", `{}`).
		refused(t, 400, 1000, "Request body has an error: doesn't match the schema: Property 'resourceName' is missing")
	token.do("POST", workflows+"/triggerAsOwner", `{"resourceName":"x"}`).refused(t, 404, 404, unknown)
	token.do("POST", workflows+"/x", `{}`).refused(t, 404, 404, unknown)
	token.do("POST", workflows+"/x/archive", nil).refused(t, 404, 404, unknown)
	token.do("POST", workflows+"/x/changeownership", nil).refused(t, 404, 404, unknown)
	token.submit(workflowName)
	token.do("POST", workflows+"/"+workflowName+"/changeownership", `{"username":"nobody"}`).
		refused(t, 400, 3500, "404 Not Found: Could not find user nobody")
	token.do("POST", runs+"/x/stop", nil).refused(t, 404, 404, `workflows.argoproj.io "x" not found`)
	token.do("GET", runs+"/cron/x-cron", nil).refused(t, 404, 404, `cronworkflows.argoproj.io "x-cron" not found`)
	token.do("POST", runs+"/indexsearch", `{"query":{"fuzzy":{}}}`).refused(t, 400, 1000, "unknown query [fuzzy]")
	member := token.as(tenant.Credentials().MemberBearerToken)
	member.do("POST", workflows, adminWorkflow("x", "a", "b")).refused(t, 403, 403, "jsmith is not permitted to perform this operation")
	member.ok("POST", "/api/service/package-workflows?submit=true", adminWorkflow("x", "a", "b"))
}

func TestWorkflowCredentials(t *testing.T) {
	t.Parallel()
	tenant, token, _ := demo(t, sandbox.Options{})
	stored := token.ok("POST", workflows+"?submit=true", object{
		"metadata": object{"name": "atlan-postgres-1753084800"},
		"spec": object{"templates": []any{object{"dag": object{"tasks": []any{object{"arguments": object{"parameters": []any{
			object{"name": "credential-guid", "value": "{{credentialGuid}}"},
		}}}}}}}},
		"payload": []any{object{"parameter": "credentialGuid", "type": "credential", "body": object{
			"name": "default-postgres-1753084800-0", "host": "db.example.com", "port": 5432, "authType": "basic",
			"username": "u", "password": "canary-secret", "extra": object{"key": "canary-secret"},
		}}},
	})
	state := tenant.State()
	guid := state.Credentials[0].GUID
	parameter := at(stored, "spec", "templates", 0, "dag", "tasks", 0, "arguments", "parameters", 0, "value")
	if parameter != guid || at(stored, "payload", 0, "body", "id") != guid || state.Credentials[0].Host != "db.example.com" {
		t.Errorf("the answer is %v, the state has %v", stored, state.Credentials)
	}
	if text := fmt.Sprint(stored, state); strings.Contains(text, "canary-secret") {
		t.Error("the secret of a credential shows")
	}
}

func TestWorkflowSurfaces(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{WorkflowAPI: sandbox.SurfaceApp})
	for _, path := range []string{workflows, workflows + "/submit", workflows + "/indexsearch", "/api/service/package-workflows", runs + "/indexsearch"} {
		api.do("POST", path, `{}`).refused(t, 404, 404, path+" is not a path of this API")
	}
}
