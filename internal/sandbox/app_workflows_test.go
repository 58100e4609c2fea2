// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const nameInVault = `ERROR: duplicate key value violates unique constraint "credentials_name_key" (SQLSTATE 23505)`

// metabaseInputs are valid inputs with a raw credential of a given name.
func metabaseInputs(credential string) object {
	return object{
		"extraction_method": "direct", "credential_guid": "", "include_collections": object{"7": object{}},
		"connection": object{"typeName": "Connection", "attributes": object{
			"name": "bi", "qualifiedName": "default/metabase/1753084800", "connectorName": "metabase", "adminUsers": []string{"admin"},
		}},
		"credential": object{
			"name": credential, "authType": "basic", "connectorConfigName": "atlan-connectors-metabase", "host": "bi.example.com", "port": 443,
			"username": "u", "password": "canary-secret", "extra": object{"key": "canary-secret"},
		},
	}
}

// metabase is a request to create a workflow that does not run.
func metabase(name string) object {
	return object{"app_id": sandbox.MetabaseAppID, "name": name, "inputs": metabaseInputs("credential of " + name), "run": false}
}

// with is a copy of an object with one member more or another.
func with(o object, key string, value any) object {
	c := maps.Clone(o)
	c[key] = value
	return c
}

// create makes a workflow and returns its slug.
func (c *caller) create(body object) string {
	c.t.Helper()
	slug, _ := c.ok("POST", appPath, body)["slug"].(string)
	return slug
}

func TestAppWorkflowLifecycle(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api, _ := demo(t, sandbox.Options{Now: clk.Now})
	made := api.ok("POST", appPath, metabase("Prod crawl"))
	slug, _ := made["slug"].(string)
	version, _ := made["version"].(float64)
	if !regexp.MustCompile(`^prod-crawl-[0-9a-f]{8}$`).MatchString(slug) || made["execution_mode"] != "native" || len(made) != 3 ||
		int64(version) != clk.Now().Unix() {
		t.Errorf("the answer is %v", made)
	}
	guid := tenant.State().Credentials[0].GUID
	check := func(want object) {
		t.Helper()
		read := api.ok("GET", appPath+"/"+slug, nil)
		if read["slug"] != slug || read["name"] != "Prod crawl" || read["owner"] != tokenAccount || read["app_id"] != sandbox.MetabaseAppID ||
			read["schedules"] != nil || at(read, "dag", "extract", "inputs", "app_id") != sandbox.MetabaseAppID {
			t.Errorf("read %v", read)
		}
		args, _ := at(read, "dag", "extract", "inputs", "args").(object)
		if text, ok := args["connection"].(string); ok && !strings.Contains(text, `"qualifiedName":"default/metabase/1753084800"`) {
			t.Errorf("the connection reads %s", text)
		}
		for key, value := range want {
			if fmt.Sprint(at(args, key)) != fmt.Sprint(value) {
				t.Errorf("input %s is %v, want %v", key, at(args, key), value)
			}
		}
	}
	check(object{"credential_guid": guid, "credential": nil, "include_collections": object{"7": object{}}})

	// A full replace: what is left out is gone, the credential is not.
	inputs := metabaseInputs("")
	delete(inputs, "credential")
	delete(inputs, "include_collections")
	updated := api.ok("PUT", appPath+"/"+slug+"/", object{"inputs": inputs})
	if next, _ := updated["version"].(float64); next != version+1 || updated["slug"] != slug {
		t.Errorf("the update answers %v", updated)
	}
	check(object{"credential_guid": guid, "include_collections": nil})
	clk.add(time.Hour)
	updated = api.ok("PUT", appPath+"/"+slug, object{"inputs": metabaseInputs("another")})
	if next, _ := updated["version"].(float64); int64(next) != clk.Now().Unix() {
		t.Errorf("the update answers %v", updated)
	}
	check(object{"credential_guid": tenant.State().Credentials[1].GUID})

	if gone := api.ok("DELETE", appPath+"/"+slug, nil); fmt.Sprint(gone) != fmt.Sprint(object{"slug": slug, "archived": true}) {
		t.Errorf("the end answers %v", gone)
	}
	for method, path := range map[string]string{"GET": "", "PUT": "", "DELETE": "", "POST": "/submit"} {
		api.do(method, appPath+"/"+slug+path, `{}`).refused(t, 404, 404, "workflow "+slug+" not found")
	}
	api.do("POST", appPath+"/"+slug+"/schedule", `{}`).refused(t, 404, 404, "workflow "+slug+" not found")
	if state := tenant.State(); len(state.AppWorkflows) != 1 || state.AppWorkflows[0].ArchivedAt.IsZero() || len(state.Credentials) != 2 {
		t.Errorf("the state has %v", state.AppWorkflows)
	}
	api.create(with(metabase("Prod crawl"), "inputs", object{"credential_guid": ""})) // the name is free again
}

func TestAppWorkflowRunsUnlessToldNotTo(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{RunTime: time.Minute})
	body := metabase("x")
	delete(body, "run")
	body["schedule"] = object{"cron": "0 9 * * *", "timezone": "Europe/Paris"}
	made := api.ok("POST", appPath, body)
	if made["run_id"] == nil || made["schedule_trigger_id"] == nil {
		t.Errorf("the answer is %v", made)
	}
	run := api.ok("GET", appPath+"/runs/"+fmt.Sprint(made["run_id"]), nil)
	if run["slug"] != made["slug"] || run["status"] != "Pending" || run["started_at"] == nil || len(run) != 4 {
		t.Errorf("the run is %v", run)
	}
}

func TestAppWorkflowsArePaged(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	var want, got []string
	for i := range 5 {
		want = append(want, api.create(metabase(fmt.Sprint("w", i))))
	}
	api.ok("DELETE", appPath+"/"+want[0], nil)
	for cursor, pages := "", 0; ; pages++ {
		page := api.ok("GET", appPath+"?limit=3&cursor="+cursor, nil)
		rows, _ := page["workflows"].([]any)
		for _, row := range rows {
			got = append(got, fmt.Sprint(at(row, "slug")))
		}
		if page["has_more"] != true {
			if pages != 1 {
				t.Errorf("%d pages", pages+1)
			}
			break
		}
		cursor = fmt.Sprint(page["next_cursor"])
	}
	slices.Sort(got)
	if want = slices.Sorted(slices.Values(want[1:])); !slices.Equal(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
}

func TestAppSchedules(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{})
	slug := api.create(metabase("x"))
	path := appPath + "/" + slug + "/schedule"
	first := api.ok("POST", path, object{"cron": "0 9 * * 1-5", "timezone": "Asia/Kolkata"})
	second := api.ok("POST", path, object{"cron": "*/15 0,12 1 jan *"})
	if first["cron"] != "0 9 * * 1-5" || first["timezone"] != "Asia/Kolkata" || second["timezone"] != "UTC" || first["trigger_id"] == second["trigger_id"] {
		t.Errorf("the schedules are %v and %v", first, second)
	}
	api.ok("PUT", appPath+"/"+slug, object{"inputs": object{"credential_guid": ""}})
	if schedules := tenant.State().AppWorkflows[0].Schedules; len(schedules) != 2 {
		t.Errorf("the state has %v", schedules)
	}
	if read := api.ok("GET", appPath+"/"+slug, nil); read["schedules"] != nil {
		t.Errorf("schedules can be read: %v", read)
	}
	trigger := fmt.Sprint(first["trigger_id"])
	if gone := api.ok("DELETE", path+"/"+trigger, nil); gone["deleted"] != true || gone["trigger_id"] != trigger {
		t.Errorf("got %v", gone)
	}
	api.do("DELETE", path+"/"+trigger, nil).refused(t, 404, 404, "schedule "+trigger+" not found")
	for body, message := range map[string]string{
		`{"cron":"0 9 * * *","timezone":null}`:   "Request body has an error: doesn't match the schema: Property 'timezone' must be a string",
		`{"cron":"0 9 * * *","timezone":7}`:      "Request body has an error: doesn't match the schema: Property 'timezone' must be a string",
		`{"cron":"0 9 * * *","timezone":"Mars"}`: `unknown timezone "Mars"`,
		`{"cron":"0 9 * * *","timezone":""}`:     `unknown timezone ""`,
		`{"cron":"0 0 9 * * *"}`:                 `invalid cron expression "0 0 9 * * *": five fields are expected`,
		`{}`:                                     `invalid cron expression "": five fields are expected`,
	} {
		api.do("POST", path, body).refused(t, 400, 1000, message)
	}
}

func TestAppWorkflowsSurviveARestart(t *testing.T) {
	t.Parallel()
	opts := sandbox.Options{Seed: sandbox.SeedDemo, DataFile: filepath.Join(t.TempDir(), "tenant.json"), Apps: sandbox.AppsFirstGuess}
	tenant, api := start(t, opts)
	slug := api.create(with(metabase("x"), "run", true))
	if err := tenant.RequireInput("altr", "a", "string"); err != nil {
		t.Fatal(err)
	}
	before := tenant.State()
	if text := fmt.Sprint(before); strings.Contains(text, "canary-secret") || len(before.AppRuns) != 1 || before.Credentials[0].SecretHash == "" {
		t.Errorf("the state is %s", text)
	}
	again, api := start(t, sandbox.Options{Seed: sandbox.SeedDemo, DataFile: opts.DataFile})
	api.ok("GET", appPath+"/"+slug, nil)
	if got := fmt.Sprint(again.State()); got != fmt.Sprint(before) {
		t.Errorf("after the restart: %s\nbefore: %v", got, before)
	}
	if a := again.Apps()[1]; a.ID != "altr" || fmt.Sprint(a.Contracts[""]["required"]) != "[a]" {
		t.Errorf("after the restart the app is %v", a)
	}
}

// What is read differs in form from what was sent, as it does on a real tenant.
func TestInputsAreReadInOtherForms(t *testing.T) {
	t.Parallel()
	for _, off := range []bool{true, false} {
		_, api, _ := demo(t, sandbox.Options{NoShuffle: off})
		slug := api.create(object{"app_id": sandbox.DemoModeAppID, "name": "x", "run": false, "inputs": object{
			"credential_guid": "", "spaces_to_crawl": `{"finance":{}}`, "connection_qualified_name": "default/mode/1", "user-id": "u", "workflow_id": "w",
			"connection": object{"typeName": "Connection", "attributes": object{"qualifiedName": "default/mode/1"}},
		}})
		forms := map[string]bool{}
		for range 60 {
			args := at(api.ok("GET", appPath+"/"+slug, nil), "dag", "extract", "inputs", "args")
			for _, gone := range []string{"connection_qualified_name", "user-id", "workflow_id"} {
				if at(args, gone) != nil {
					t.Errorf("%s is read", gone)
				}
			}
			forms[fmt.Sprintf("%T %T", at(args, "spaces_to_crawl"), at(args, "connection"))] = true
		}
		want := 4
		if off {
			want = 1
		}
		if len(forms) != want || !forms["string map[string]interface {}"] {
			t.Errorf("without variation %t: the forms are %v", off, forms)
		}
	}
}
