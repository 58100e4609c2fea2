// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	apps       = "/api/service/v1/apps/"
	appPath    = "/api/service/v1/app"
	configMaps = "/api/service/configmaps/"
	mismatch   = "inputs do not match the app input contract"
	noContract = "unknown entrypoint or app does not expose an input contract"
)

// form reads a form out of its configmap.
func (c *caller) form(name, query string) object {
	c.t.Helper()
	text, _ := at(c.ok("GET", configMaps+name+query, nil), "data", "config").(string)
	var form object
	if err := json.Unmarshal([]byte(text), &form); err != nil {
		c.t.Fatalf("the form of %s is %s: %v", name, text, err)
	}
	return form
}

// keyOf finds the key of a labelled property, as in the form.
func keyOf(properties any, label string) string {
	all, _ := properties.(object)
	for key, p := range all {
		if at(p, "ui", "label") == label {
			return key
		}
	}
	return "no property is labelled " + label
}

// input finds the contract's key for a label of the form.
func (c *caller) input(app, label string) string {
	c.t.Helper()
	return strings.ReplaceAll(keyOf(c.form(app, "")["properties"], label), "-", "_")
}

func TestAppsAreDescribed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		set, id, name, contractAt, credential string
		entrypoints                           []any
	}{
		{"demo", sandbox.MetabaseAppID, "Metabase", "", "atlan-connectors-metabase", []any{}},
		{
			"demo", sandbox.DemoALTRAppID, "ALTR Classification", "?entrypoint=classification", "atlan-connectors-altr-classification",
			[]any{object{"name": "classification"}},
		},
		{"demo", sandbox.DemoModeAppID, "Mode Assets", "", "atlan-connectors-mode-analytics", []any{object{"name": "crawler"}}},
		{"first_guess", sandbox.MetabaseAppID, "Metabase", "", "atlan-connectors-metabase", []any{}},
		{"first_guess", sandbox.GuessALTRAppID, "ALTR", "", "atlan-connectors-altr", []any{}},
		{"first_guess", sandbox.GuessModeAppID, "Mode", "", "atlan-connectors-mode", []any{}},
	} {
		t.Run(c.set+" "+c.id, func(t *testing.T) {
			t.Parallel()
			_, api, _ := demo(t, sandbox.Options{Apps: c.set})
			info := api.ok("GET", apps+c.id, nil)
			want := object{"app_id": c.id, "name": c.name, "native_ready": true, "execution_mode": "native", "entrypoints": c.entrypoints}
			if fmt.Sprint(info) != fmt.Sprint(want) {
				t.Errorf("got %v\nwant %v", info, want)
			}
			contract := api.ok("GET", apps+c.id+"/inputs"+c.contractAt, nil)
			if contract["title"] != "AppInputContract" || contract["type"] != "object" || contract["required"] != nil ||
				at(contract, "properties", "connection", "anyOf", 0, "$ref") != "#/$defs/ConnectionRef" {
				t.Errorf("the contract is %v", contract)
			}
			if named := api.ok("GET", apps+c.id+"/inputs", nil); fmt.Sprint(named) != fmt.Sprint(contract) {
				t.Errorf("without an entrypoint the contract is %v", named)
			}
			form := api.form(c.id, "")
			config, _ := at(form, "properties", "credential-guid", "ui", "credentialType").(string)
			if config != c.credential || at(form, "steps", 2, "id") != "metadata" {
				t.Errorf("the form is %v", form)
			}
			credential := api.form(config, "?app_id="+c.id)
			kind, _ := at(credential, "properties", "auth-type", "enum", 0).(string)
			if at(credential, "properties", kind, "properties", "password", "ui", "widget") != "password" {
				t.Errorf("the credential form is %v", credential)
			}
			// Every property of the form is an input, in the contract's spelling.
			properties, _ := form["properties"].(object)
			for key := range properties {
				if at(contract, "properties", strings.ReplaceAll(key, "-", "_")) == nil {
					t.Errorf("the form's %s is no input", key)
				}
			}
		})
	}
}

func TestFormsHaveTheDocumentedLabels(t *testing.T) {
	t.Parallel()
	guesses := []string{
		"atlan-connection", "altr-connection", "classification-job", "include-collections", "exclude-collections", "crawl-archived-reports",
	}
	for _, set := range []string{sandbox.AppsDemo, sandbox.AppsFirstGuess} {
		tenant, api, _ := demo(t, sandbox.Options{Apps: set})
		var keys []string
		for _, a := range tenant.Apps() {
			labels := map[string][]string{
				sandbox.ProgramALTR: {"Atlan Connection", "ALTR Connection", "Classification Job"},
				sandbox.ProgramMode: {"Include Collections", "Exclude Collections", "Crawl Archived Reports"},
			}[a.Program]
			form := api.form(a.ID, "")
			for _, label := range labels {
				keys = append(keys, keyOf(form["properties"], label))
			}
			direct := at(form, "anyOf", 0, "required")
			if a.Program == sandbox.ProgramALTR && fmt.Sprint(direct) != fmt.Sprint(append([]string{"credential-guid"}, keys...)) {
				t.Errorf("%s: direct extraction requires %v", set, direct)
			}
		}
		if guessed := slices.Equal(keys, guesses); guessed != (set == sandbox.AppsFirstGuess) {
			t.Errorf("the keys of %s are %v", set, keys)
		}
	}
}

func TestAppDiscoveryIsRefused(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	api.do("GET", apps+"altr", nil).refused(t, 404, 404, "app altr not found")
	api.do("GET", apps+"altr/inputs", nil).refused(t, 404, 404, "app altr not found")
	api.do("GET", apps+"Altr-Classification", nil).refused(t, 404, 404, "app Altr-Classification not found")
	api.do("GET", apps+sandbox.DemoModeAppID+"/inputs?entrypoint=crawler", nil).refused(t, 400, 1003, noContract)
	api.do("GET", apps+sandbox.DemoALTRAppID+"/inputs?entrypoint=miner", nil).refused(t, 400, 1003, noContract)
	api.do("GET", configMaps+"altr", nil).refused(t, 404, 404, `configmaps "altr" not found`)
	api.do("GET", configMaps+sandbox.DemoModeAppID+"?entrypoint=x", nil).refused(t, 404, 404, `configmaps "mode-crawler" not found`)
	api.do("GET", configMaps+"atlan-connectors-mode-analytics?app_id=x", nil).
		refused(t, 404, 404, `configmaps "atlan-connectors-mode-analytics" not found`)
}

func TestAppSwitches(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	refused := func(body, want string) {
		t.Helper()
		if a := api.do("POST", "/_sandbox/switches", body); a.status != 400 || a.text != want+"\n" {
			t.Errorf("got %d %s", a.status, a.text)
		}
	}
	refused(`{"apps":"x"}`, `unknown set of apps "x": use one of demo, first_guess`)
	refused(`{"require_input":{"app_id":"x","name":"a","type":"string"}}`, "there is no app x")
	refused(`{"require_input":{"app_id":"x","name":"a","type":"text"}}`, `an input needs a name and a type of JSON Schema, not "a" and "text"`)

	api.ok("POST", "/_sandbox/switches", `{"apps":"first_guess","require_input":{"app_id":"altr","name":"retention_days","type":"integer"}}`)
	api.do("GET", apps+sandbox.DemoALTRAppID, nil).refused(t, 404, 404, "app altr-classification not found")
	contract := api.ok("GET", apps+"altr/inputs", nil)
	if at(contract, "required", 0) != "retention_days" || at(contract, "properties", "retention_days", "type") != "integer" {
		t.Errorf("the contract requires %v", contract["required"])
	}
	if key := api.input("altr", "Retention Days"); key != "retention_days" {
		t.Errorf("the form has %s", key)
	}
	body := object{"app_id": "altr", "name": "x", "inputs": object{"credential_guid": ""}}
	a := api.do("POST", appPath, body)
	a.refused(t, 400, 1000, mismatch)
	if got := fmt.Sprint(a.object["info"]); got != "[map[field:retention_days reason:is required]]" {
		t.Errorf("info is %s", got)
	}
	api.ok("POST", "/_sandbox/reset", nil)
	api.ok("GET", apps+sandbox.DemoALTRAppID, nil)
}

func TestAppSurfaces(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{WorkflowAPI: sandbox.SurfacePackage})
	for _, path := range []string{apps + sandbox.MetabaseAppID, appPath, configMaps + sandbox.MetabaseAppID, appPath + "/runs/x"} {
		api.do("GET", path, nil).refused(t, 404, 404, path+" is not a path of this API")
	}
	api.ok("GET", "/api/service/credentials", nil)
	api.submit(workflowName)

	_, empty := start(t, sandbox.Options{})
	empty.do("GET", apps+sandbox.MetabaseAppID, nil).refused(t, 404, 404, "app atlan-metabase not found")
}
