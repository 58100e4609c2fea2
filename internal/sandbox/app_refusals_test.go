// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func TestInputsAreCheckedAgainstTheContract(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	for name, c := range map[string]struct {
		app    string
		inputs object
		info   string // empty: accepted
	}{
		"nothing but the credential":   {sandbox.MetabaseAppID, object{"credential_guid": ""}, ""},
		"an unknown key":               {sandbox.MetabaseAppID, object{"credential_guid": "", "include-collections": 1}, ""},
		"no credential_guid":           {sandbox.MetabaseAppID, object{}, "[map[field:credential_guid reason:must be string, got null]]"},
		"no credential_guid for agent": {sandbox.MetabaseAppID, object{"extraction_method": "agent", "agent_json": object{"a": 1}}, ""},
		"null for a string":            {sandbox.MetabaseAppID, object{"credential_guid": nil}, "[map[field:credential_guid reason:must be string, got null]]"},
		"null for what is optional":    {sandbox.MetabaseAppID, object{"credential_guid": "", "connection": nil, "agent_json": nil}, ""},
		"text for an object": {
			sandbox.MetabaseAppID,
			object{"credential_guid": "", "include_collections": "{}"},
			"[map[field:include_collections reason:must be object, got string]]",
		},
		"object for a text": {
			sandbox.DemoModeAppID,
			object{"credential_guid": "", "spaces_to_crawl": object{}},
			"[map[field:spaces_to_crawl reason:must be string, got object]]",
		},
		"not in the enum": {
			sandbox.DemoModeAppID,
			object{"credential_guid": "", "archived_report_mode": "yes"},
			"[map[field:archived_report_mode reason:must be one of [true false]]]",
		},
		"boolean for an enum": {
			sandbox.DemoModeAppID,
			object{"credential_guid": "", "archived_report_mode": true},
			"[map[field:archived_report_mode reason:must be string, got boolean]]",
		},
		"qualified name for a reference": {
			sandbox.DemoALTRAppID,
			object{"credential_guid": "", "mapped_connection": "default/snowflake/1"},
			"[map[field:mapped_connection reason:must be object, got string]]",
		},
		"wrong inside of a reference": {
			sandbox.DemoALTRAppID,
			object{"credential_guid": "", "mapped_connection": object{"attributes": object{"qualifiedName": 1}}},
			"[map[field:mapped_connection.attributes.qualifiedName reason:must be string, got number]]",
		},
		"a credential that is none": {
			sandbox.MetabaseAppID,
			object{"credential_guid": "", "credential": "x"},
			"[map[field:credential reason:must be object, got string]]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := api.do("POST", appPath, object{"app_id": c.app, "name": name, "run": false, "inputs": c.inputs})
			if c.info == "" {
				if a.status != 200 {
					t.Errorf("got %d %s", a.status, a.text)
				}
				return
			}
			a.refused(t, 400, 1000, mismatch)
			if got := fmt.Sprint(a.object["info"]); got != c.info {
				t.Errorf("info is %s\nwant %s", got, c.info)
			}
		})
	}
}

func TestAppWorkflowsAreRefused(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{})
	const missing = "Request body has an error: doesn't match the schema: Property '%s' is missing"
	slug := api.create(metabase("taken"))
	for _, c := range []struct {
		method, path string
		body         any
		status, code int
		message      string
	}{
		{"POST", "", with(metabase("x"), "app_id", nil), 400, 1000, fmt.Sprintf(missing, "app_id")},
		{"POST", "", with(metabase("x"), "name", ""), 400, 1000, fmt.Sprintf(missing, "name")},
		{"POST", "", with(metabase("x"), "inputs", nil), 400, 1000, fmt.Sprintf(missing, "inputs")},
		{"POST", "", with(metabase("x"), "app_id", "Atlan-metabase"), 404, 404, "app Atlan-metabase not found"},
		{"POST", "", with(metabase("x"), "entrypoint", ""), 400, 1003, noContract},
		{"POST", "", with(metabase("x"), "entrypoint", "crawler"), 400, 1003, noContract},
		{"POST", "", with(with(metabase("x"), "app_id", sandbox.DemoModeAppID), "entrypoint", "crawler"), 400, 1003, noContract},
		{"POST", "", with(metabase("x"), "inputs", metabaseInputs("credential of taken")), 400, 1000, nameInVault},
		{"POST", "", with(metabase("x"), "inputs", metabaseInputs("")), 400, 1000, fmt.Sprintf(missing, "name")},
		{"POST", "", with(metabase("x"), "schedule", object{"cron": "@daily"}), 400, 1000, `invalid cron expression "@daily": five fields are expected`},
		{"PUT", "/" + slug, object{}, 400, 1000, fmt.Sprintf(missing, "inputs")},
		{"PUT", "/" + slug, object{"inputs": object{"credential_guid": ""}, "entrypoint": ""}, 400, 1003, noContract},
		{"PUT", "/" + slug, object{"inputs": object{"credential_guid": nil}}, 400, 1000, mismatch},
		{"PUT", "/" + slug, object{"inputs": metabaseInputs("credential of taken")}, 400, 1000, nameInVault},
		{"PUT", "/x", object{}, 404, 404, "workflow x not found"},
		{"GET", "/x", nil, 404, 404, "workflow x not found"},
		{"DELETE", "/x", nil, 404, 404, "workflow x not found"},
		{"POST", "/x/submit", nil, 404, 404, "workflow x not found"},
		{"GET", "/runs/x", nil, 404, 404, "run x not found"},
		{"POST", "/runs/x/cancel", nil, 404, 404, "run x not found"},
		{"GET", "?cursor=x", nil, 400, 1000, `Query parameter "cursor" has an error: value x: must be an integer of at least 0`},
	} {
		api.do(c.method, appPath+c.path, c.body).refused(t, c.status, c.code, c.message)
	}
	member := api.as(tenant.Credentials().MemberBearerToken)
	member.do("POST", appPath, metabase("x")).refused(t, 403, 403, "jsmith is not permitted to perform this operation")
	member.ok("GET", appPath+"/"+slug, nil)
	if err := tenant.EditApp(sandbox.MetabaseAppID, func(a *sandbox.App) { a.NativeReady = false }); err != nil {
		t.Fatal(err)
	}
	api.do("POST", appPath, metabase("x")).refused(t, 400, 1000, "app atlan-metabase is not ready for native execution")
	if state := tenant.State(); len(state.AppWorkflows) != 1 || len(state.Credentials) != 1 {
		t.Errorf("what was refused left %d workflows and %d credentials", len(state.AppWorkflows), len(state.Credentials))
	}
}

func TestAppWorkflowNamesAreUnique(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{})
	made := api.ok("POST", appPath, metabase("taken"))
	again := with(metabase("taken"), "inputs", object{"credential_guid": ""})
	a := api.do("POST", appPath, again)
	want := object{"message": "a workflow with that name already exists", "slug": made["slug"], "version": made["version"]}
	if a.status != 409 || fmt.Sprint(a.object) != fmt.Sprint(want) {
		t.Errorf("got %d %s", a.status, a.text)
	}
	second := tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "taken", AppID: sandbox.MetabaseAppID})
	a = api.do("POST", appPath, again)
	want = object{"message": "a workflow with that name already exists", "slugs": []any{made["slug"], second.Slug}}
	if a.status != 409 || fmt.Sprint(a.object) != fmt.Sprint(want) {
		t.Errorf("got %d %s", a.status, a.text)
	}
	if found, _ := api.ok("GET", appPath+"?name=taken", nil)["workflows"].([]any); len(found) != 2 {
		t.Errorf("found %v", found)
	}
	if found, _ := api.ok("GET", appPath+"?name=take", nil)["workflows"].([]any); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

func TestAppRunsFailWithoutWhatTheyNeed(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api, _ := demo(t, sandbox.Options{RunTime: 8 * time.Second, Now: clk.Now})
	bare := api.create(object{"app_id": sandbox.MetabaseAppID, "name": "bare", "run": false, "inputs": object{"credential_guid": "x"}})
	if got := api.run(clk, bare); got != `Failed credential "x" not found` {
		t.Errorf("the run is %s", got)
	}
	api.ok("PUT", appPath+"/"+bare, object{"inputs": object{"credential_guid": "", "extraction_method": "agent"}})
	if got := api.run(clk, bare); got != "Failed the input connection has no qualifiedName" {
		t.Errorf("the run is %s", got)
	}
	if err := tenant.SetApps(sandbox.AppsFirstGuess); err != nil {
		t.Fatal(err)
	}
	gone := tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "gone", AppID: sandbox.DemoModeAppID}).Slug
	if got := api.run(clk, gone); got != "Failed app mode-crawler is not installed" {
		t.Errorf("the run is %s", got)
	}
	api.do("PUT", appPath+"/"+gone, `{"inputs":{}}`).refused(t, 404, 404, "app mode-crawler not found")
}
