// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// programs are the ids of the ALTR app and the Mode app by the set that they are in.
var programs = map[string]map[string]string{
	sandbox.AppsDemo:       {sandbox.ProgramALTR: sandbox.DemoALTRAppID, sandbox.ProgramMode: sandbox.DemoModeAppID},
	sandbox.AppsFirstGuess: {sandbox.ProgramALTR: sandbox.GuessALTRAppID, sandbox.ProgramMode: sandbox.GuessModeAppID},
}

// setUp makes a workflow as a user does in the forms: everything is given by its label, and a value takes the form that
// the contract asks for. It returns the slug.
func (c *caller) setUp(app, connector, name string, credential, fields object) string {
	c.t.Helper()
	form, contract := c.form(app, ""), c.ok("GET", apps+app+"/inputs", nil)
	config := fmt.Sprint(at(form, "properties", "credential-guid", "ui", "credentialType"))
	auth := c.form(config, "?app_id="+app)
	kind := fmt.Sprint(at(auth, "properties", "auth-type", "default"))
	raw := object{
		"name": "default-" + name, "connectorConfigName": config, "authType": kind, "username": "key", "password": "canary-secret",
	}
	extra := object{}
	for label, value := range credential {
		if label == "password" {
			raw[label] = value
			continue
		}
		fields := at(auth, "properties", kind, "properties", "extra", "properties")
		key := keyOf(fields, label)
		extra[key] = value
		if at(fields, key, "type") == "boolean" {
			extra[key] = value == "yes"
		}
	}
	raw["extra"] = extra
	inputs := object{
		"extraction_method": "direct", "credential_guid": "", "credential": raw,
		"connection": object{"typeName": "Connection", "attributes": object{
			"name": name, "qualifiedName": "default/" + connector + "/1753084800", "connectorName": connector, "adminUsers": []string{"admin", tokenAccount},
		}},
	}
	for label, value := range fields {
		key := c.input(app, label)
		inputs[key] = encoded(at(contract, "properties", key), value)
	}
	return c.create(object{"app_id": app, "name": name, "run": false, "inputs": inputs})
}

// encoded gives a value the form that a schema asks for.
func encoded(schema, value any) any {
	list, isList := value.([]string)
	byID, text := object{}, "{}"
	if isList {
		for _, id := range list {
			byID[id], text = object{}, `{"`+id+`":{}}`
		}
	}
	switch {
	case at(schema, "$ref") == "#/$defs/ConnectionRef":
		return object{"typeName": "Connection", "attributes": object{"qualifiedName": value}}
	case isList && at(schema, "type") == "object":
		return byID
	case isList:
		return text
	case at(schema, "type") == "boolean":
		return value == "true"
	}
	return value
}

// run submits a workflow, waits, and returns how that ended.
func (c *caller) run(clk *clock, slug string) string {
	c.t.Helper()
	started := c.ok("POST", appPath+"/"+slug+"/submit", nil)
	if started["slug"] != slug || started["status"] != "Pending" {
		c.t.Errorf("the run is %v", started)
	}
	clk.add(8 * time.Second)
	ended := c.ok("GET", appPath+"/runs/"+fmt.Sprint(started["run_id"]), nil)
	if ended["message"] == nil {
		return fmt.Sprint(ended["status"])
	}
	return fmt.Sprint(ended["status"], " ", ended["message"])
}

func TestALTRRunTagsTheMappedConnection(t *testing.T) {
	t.Parallel()
	for set, ids := range programs {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			clk := newClock()
			tenant, api, _ := demo(t, sandbox.Options{Apps: set, RunTime: 8 * time.Second, Now: clk.Now})
			slug := api.setUp(ids[sandbox.ProgramALTR], "altr", "altr-production", nil, object{
				"Atlan Connection": sandbox.SeedProductionQualifiedName, "ALTR Connection": "42", "Classification Job": "3f0c2d3e",
			})
			tags := func(guid string) any { return api.ok("GET", "/api/meta/entity/guid/"+guid, nil) }
			if got := at(tags(sandbox.SeedCustomersGUID), "entity", "classificationNames"); got != nil {
				t.Errorf("tagged before the run: %v", got)
			}
			for range 2 { // the second run finds everything as it should be
				if got := api.run(clk, slug); got != "Succeeded" {
					t.Fatalf("the run is %s", got)
				}
				for guid, want := range map[string]string{
					sandbox.SeedCustomersGUID: "[ALTR_PII]", sandbox.SeedOrdersGUID: "[ALTR_PII]", sandbox.SeedEventsGUID: "<nil>",
				} {
					read := tags(guid)
					if got := fmt.Sprint(at(read, "entity", "classificationNames")); got != want {
						t.Errorf("%s has the tags %s, want %s", guid, got, want)
					}
				}
			}
			tag := at(tags(sandbox.SeedOrdersGUID), "entity", "classifications", 0)
			definition := at(api.ok("GET", "/api/meta/types/typedefs?type=classification&type=struct", nil), "classificationDefs", 0)
			if at(definition, "name") != at(tag, "typeName") || at(definition, "attributeDefs", 0, "displayName") != "sourceTagAttachment" {
				t.Errorf("the tag %v is defined as %v", tag, definition)
			}
			source := at(tag, "attributes", at(definition, "attributeDefs", 0, "name"), 0, "attributes", "sourceTagQualifiedName")
			if source != "default/altr/1753084800/3f0c2d3e" {
				t.Errorf("the tag comes from %v", source)
			}
			found := api.ok("POST", "/api/meta/search/indexsearch", object{"dsl": object{
				"query": object{"bool": object{"filter": []any{object{"term": object{"__traitNames": "ALTR_PII"}}}}},
			}})
			if hits, _ := found["entities"].([]any); len(hits) != 2 || at(hits[0], "classificationNames", 0) != "ALTR_PII" {
				t.Errorf("the search finds %v", hits)
			}
			connection := api.ok("GET", "/api/meta/entity/uniqueAttribute/type/Connection?attr:qualifiedName=default/altr/1753084800", nil)
			if at(connection, "entity", "attributes", "defaultCredentialGuid") != tenant.State().Credentials[0].GUID {
				t.Errorf("the connection is %v", connection)
			}
			if tagged := tenant.State().Assets[0].Classifications; len(tagged) != 1 {
				t.Errorf("the state shows the tags %v", tagged)
			}
		})
	}
}

// What a run has done before, or somebody else since, it does not do again.
func TestALTRRunsReplaceTheirOwnTags(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api, _ := demo(t, sandbox.Options{Apps: sandbox.AppsFirstGuess, RunTime: 8 * time.Second, Now: clk.Now})
	slug := api.setUp(sandbox.GuessALTRAppID, "altr", "altr", nil, object{
		"Atlan Connection": sandbox.SeedProductionQualifiedName, "ALTR Connection": "42", "Classification Job": "first",
	})
	for _, step := range []struct{ connection, job, tags string }{
		{"default/altr/1", "first", "[{ALTR_PII default/altr/1 first}]"},
		{"default/altr/1", "first", "[{ALTR_PII default/altr/1 first}]"},
		{"default/altr/1", "second", "[{ALTR_PII default/altr/1 second}]"},
		{"default/altr/2", "third", "[{ALTR_PII default/altr/1 second} {ALTR_PII default/altr/2 third}]"},
	} {
		err := tenant.EditAppWorkflow(slug, func(w *sandbox.AppWorkflow) {
			w.Inputs["connection"] = object{"attributes": object{"name": "altr", "qualifiedName": step.connection, "adminUsers": []string{"admin"}}}
			w.Inputs["classification_job"] = step.job
		})
		if err != nil {
			t.Fatal(err)
		}
		before := tenant.State().Assets[0]
		if got := api.run(clk, slug); got != "Succeeded" {
			t.Fatalf("the run is %s", got)
		}
		after := tenant.State().Assets[0]
		if got := fmt.Sprint(after.Classifications); got != step.tags {
			t.Errorf("after job %s the tags are %s, want %s", step.job, got, step.tags)
		}
		if fmt.Sprint(before.Classifications) == step.tags && after.UpdateTime != before.UpdateTime {
			t.Error("a table was tagged again with the tag that it had")
		}
	}
	if connections := tenant.State().Connections; len(connections) != 4 {
		t.Errorf("there are %d connections", len(connections))
	}
}

func TestAppRunsFail(t *testing.T) {
	t.Parallel()
	mapped := func(qn, source, job string) object {
		return object{"Atlan Connection": qn, "ALTR Connection": source, "Classification Job": job}
	}
	for name, c := range map[string]struct {
		credential, fields object
		want               string
	}{
		"no such connection": {nil, mapped("default/x/1", "42", "j"), `Failed the mapped connection "default/x/1" does not exist`},
		"no data source":     {nil, mapped(sandbox.SeedProductionQualifiedName, "", "j"), "Failed no ALTR data source is selected"},
		"no job":             {nil, mapped(sandbox.SeedProductionQualifiedName, "42", ""), "Failed no classification job is selected"},
		"unfinished job": {
			nil, mapped(sandbox.SeedProductionQualifiedName, "42", "running-1"), "Failed classification job running-1 of 42 is not completed",
		},
		"refused secret": {
			object{"password": "invalid-secret"},
			mapped(sandbox.SeedProductionQualifiedName, "42", "j"),
			"Failed authentication at the source failed: 401 Unauthorized: the source does not accept these credentials",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clk := newClock()
			tenant, api, _ := demo(t, sandbox.Options{RunTime: 8 * time.Second, Now: clk.Now})
			slug := api.setUp(sandbox.DemoALTRAppID, "altr", "altr", c.credential, c.fields)
			if got := api.run(clk, slug); got != c.want {
				t.Errorf("the run is %q, want %q", got, c.want)
			}
			if assets := tenant.State().Assets; slices.ContainsFunc(assets, func(e sandbox.Entity) bool { return len(e.Classifications) > 0 }) {
				t.Error("a failed run has tagged assets")
			}
		})
	}
}

func TestAppRunLifecycle(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api, _ := demo(t, sandbox.Options{RunTime: 8 * time.Second, SearchLag: time.Second, Now: clk.Now})
	slug := api.create(metabase("x"))
	submit := func() string {
		t.Helper()
		return fmt.Sprint(api.ok("POST", appPath+"/"+slug+"/submit", nil)["run_id"])
	}
	active := object{"attributes": []string{"appWorkflowRunStatus"}, "dsl": object{"query": object{"bool": object{"filter": []any{
		object{"term": object{"__typeName.keyword": "AppWorkflowRun"}},
		object{"prefix": object{"qualifiedName": "default/apps/automation_engine/workflows/" + slug + "/"}},
		object{"terms": object{"appWorkflowRunStatus": []string{"Pending", "Running"}}},
	}}}}}
	first := submit()
	for _, step := range []struct {
		wait           time.Duration
		status, search string
	}{
		{0, "Pending", "<nil>"},
		{time.Second, "Pending", "Pending"},
		{time.Second, "Running", "Pending"},
		{5 * time.Second, "Running", "Running"},
		{time.Second, "Succeeded", "Running"},
		{time.Second, "Succeeded", "<nil>"},
	} {
		clk.add(step.wait)
		if got := api.ok("GET", appPath+"/runs/"+first, nil)["status"]; got != step.status {
			t.Errorf("the run is %v, want %s", got, step.status)
		}
		found := api.ok("POST", "/api/meta/search/indexsearch", active)
		if got := fmt.Sprint(at(found, "entities", 0, "attributes", "appWorkflowRunStatus")); got != step.search {
			t.Errorf("the search finds %s, want %s", got, step.search)
		}
	}

	second := submit()
	api.do("POST", appPath+"/"+slug+"/submit", nil).
		refused(t, 500, 500, "AE-WF-409-03: workflow "+slug+" already has an active run "+second)
	stopped := object{"run_id": second, "cancelled": true, "status": "Stopped", "slug": slug}
	if got := api.ok("POST", appPath+"/runs/"+second+"/cancel", nil); fmt.Sprint(got) != fmt.Sprint(stopped) {
		t.Errorf("got %v", got)
	}
	stopped["cancelled"] = false
	if got := api.ok("POST", appPath+"/runs/"+second+"/cancel", nil); fmt.Sprint(got) != fmt.Sprint(stopped) {
		t.Errorf("got %v", got)
	}

	third := submit()
	if err := tenant.EndAppRun(third, "Terminated", "out of memory"); err != nil {
		t.Fatal(err)
	}
	if got := api.ok("GET", appPath+"/runs/"+third, nil); got["status"] != "Terminated" || got["message"] != "out of memory" {
		t.Errorf("the run is %v", got)
	}
	if err := tenant.EndAppRun(third, "Skipped", ""); err == nil {
		t.Error("a run has ended twice")
	}
	if err := tenant.EndAppRun(third, "Running", ""); err == nil {
		t.Error("a run has ended without having ended")
	}
	if state := tenant.State(); len(state.AppRuns) != 3 || state.AppRuns[1].Outcome != "Stopped" || len(state.Runs) != 0 {
		t.Errorf("the state has the runs %v", state.AppRuns)
	}
}
