// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const credentials = "/api/service/credentials"

// modeCredential is a valid credential of the demo's Mode app.
func modeCredential(name string) object {
	return object{
		"name": name, "authType": "basic", "connectorConfigName": "atlan-connectors-mode-analytics", "connector": "mode",
		"host": "app.mode.com", "port": 443, "username": "key-id", "password": "canary-secret",
		"extra": object{"workspace_name": "acme", "skip_personal_spaces": true, "other": "canary-secret"},
	}
}

func TestCredentialLifecycle(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{NoShuffle: true})
	made := api.ok("POST", credentials+"?testCredential=true", modeCredential("default-mode-1-0"))
	guid := fmt.Sprint(made["id"])
	for name, want := range map[string]any{
		"name": "default-mode-1-0", "username": "key-id", "host": "app.mode.com", "port": 443.0, "isActive": true, "version": "1",
		"connector": "mode", "connectorType": "", "password": nil, "createdBy": tokenAccount,
	} {
		if made[name] != want {
			t.Errorf("%s is %v, want %v", name, made[name], want)
		}
	}
	if got := fmt.Sprint(made["extra"]); got != "map[skip_personal_spaces:true workspace_name:acme]" {
		t.Errorf("extra is %s", got)
	}
	if read := api.ok("GET", credentials+"/"+guid, nil); fmt.Sprint(read) != fmt.Sprint(made) {
		t.Errorf("read %v", read)
	}
	first := tenant.State().Credentials[0].SecretHash
	rotated := api.ok("POST", credentials+"/"+guid, with(modeCredential("default-mode-1-0"), "password", "another"))
	if second := tenant.State().Credentials[0].SecretHash; rotated["version"] != "2" || len(second) != 12 || second == first {
		t.Errorf("the update answers %v, the hash is %s", rotated, second)
	}
	api.ok("POST", credentials+"/"+guid, with(with(modeCredential(""), "name", nil), "password", nil)) // the secret is lost
	if test := api.ok("POST", credentials+"/"+guid+"/test", nil); test["message"] != "missing password" {
		t.Errorf("the test answers %v", test)
	}
	if a := api.do("POST", credentials+"/"+guid+"/archive", nil); a.status != 200 || a.text != "" {
		t.Errorf("got %d %q", a.status, a.text)
	}
	unknown := "credential " + guid + " not found"
	api.do("GET", credentials+"/"+guid, nil).refused(t, 404, 404, unknown)
	api.do("POST", credentials+"/"+guid, `{}`).refused(t, 404, 404, unknown)
	api.do("POST", credentials+"/"+guid+"/test", nil).refused(t, 404, 404, unknown)
	api.do("POST", credentials+"/"+guid+"/archive", nil).refused(t, 404, 404, unknown)
	api.ok("POST", credentials, modeCredential("default-mode-1-0")) // the name is free again
}

func TestExtraThatIsSecretIsNotShown(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{NoShuffle: true})
	err := tenant.EditApp(sandbox.DemoModeAppID, func(a *sandbox.App) {
		extra := at(a.CredentialForm, "properties", "basic", "properties", "extra", "properties").(object)
		extra["other"] = object{"type": "string", "ui": object{"widget": "password"}}
	})
	if err != nil {
		t.Fatal(err)
	}
	made := api.ok("POST", credentials, modeCredential("a"))
	if text := fmt.Sprint(made, tenant.State()); strings.Contains(text, "canary-secret") || at(made, "extra", "workspace_name") != "acme" {
		t.Errorf("the secret shows: %s", text)
	}
}

// What a credential has none of is null or left out, not empty (pyatlan tests/integration/test_workflow_client.py).
func TestExtraOfACredentialIsNeverEmpty(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	guid := fmt.Sprint(api.ok("POST", credentials, object{"name": "plain"})["id"])
	for range 20 {
		if c := api.ok("GET", credentials+"/"+guid, nil); c["extra"] != nil || c["metadata"] != nil {
			t.Fatalf("the credential is %v", c)
		}
	}
}

func TestCredentialTests(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	const refused = "401 Unauthorized: the source does not accept these credentials"
	for name, c := range map[string]struct {
		credential object
		message    string
	}{
		"good":             {modeCredential("a"), "successful"},
		"wrong secret":     {with(modeCredential("a"), "password", "invalid"), refused},
		"no secret":        {with(modeCredential("a"), "password", ""), "missing password"},
		"no user name":     {with(modeCredential("a"), "username", nil), "missing username"},
		"no workspace":     {with(modeCredential("a"), "extra", nil), "missing workspace_name"},
		"other kind":       {with(modeCredential("a"), "authType", "oauth"), `unsupported authentication type "oauth"`},
		"unknown source":   {object{"name": "a", "authType": "basic", "password": "p"}, "successful"},
		"refused, unknown": {object{"name": "a", "password": "invalid-1"}, refused},
	} {
		test := api.ok("POST", credentials+"/test", c.credential)
		if test["message"] != c.message || test["code"] != 0.0 || test["requestId"] == nil {
			t.Errorf("%s: the test answers %v", name, test)
		}
		stored := api.ok("POST", credentials+"?testCredential=false", with(c.credential, "name", name))
		if test := api.ok("POST", credentials+"/"+fmt.Sprint(stored["id"])+"/test", nil); test["message"] != c.message {
			t.Errorf("%s: the test of what is stored answers %v", name, test)
		}
		a := api.do("POST", credentials+"?testCredential=true", with(c.credential, "name", name+" tested"))
		if c.message == "successful" {
			if a.status != 200 {
				t.Errorf("%s: got %d %s", name, a.status, a.text)
			}
			continue
		}
		a.refused(t, 400, 1000, c.message)
	}
}

func TestCredentialsAreListed(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{})
	for _, name := range []string{"a", "b", "c"} {
		api.ok("POST", credentials, with(modeCredential(name), "connectorType", map[string]string{"a": "rest", "b": "jdbc", "c": "jdbc"}[name]))
	}
	for filter, want := range map[string]int{
		``: 3, `{"name":"a"}`: 1, `{"connectorType":"jdbc","isActive":true}`: 2, `{"connectorType":"none"}`: 0,
	} {
		page := api.ok("GET", credentials+"?filter="+url.QueryEscape(filter), nil)
		if _, ok := page["records"]; !ok || len(records(page)) != want {
			t.Errorf("%s finds %v", filter, page)
		}
	}
	if page := api.ok("GET", credentials+"?limit=2&offset=2", nil); len(records(page)) != 1 || strings.Contains(fmt.Sprint(page), "canary-secret") {
		t.Errorf("the last page is %v", page)
	}
	api.do("GET", credentials+"?filter="+url.QueryEscape(`{"invalidKey":"x"}`), nil).refused(t, 400, 1000, `filter has an unknown key "invalidKey"`)
	api.do("POST", credentials, modeCredential("a")).refused(t, 400, 1000, nameInVault)
	api.do("POST", credentials+"/"+tenant.State().Credentials[0].GUID, modeCredential("b")).refused(t, 400, 1000, nameInVault)
	api.do("POST", credentials, `{}`).
		refused(t, 400, 1000, "Request body has an error: doesn't match the schema: Property 'name' is missing")
	member := api.as(tenant.Credentials().MemberBearerToken)
	member.do("GET", credentials, nil).refused(t, 403, 403, "jsmith is not permitted to perform this operation")
}
