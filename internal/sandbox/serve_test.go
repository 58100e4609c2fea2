// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func TestEnvelopesAndHeaders(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{})
	api.do("GET", "/api/service/nothing", nil).refused(t, 404, 404, "/api/service/nothing is not a path of this API")
	api.do("PUT", apikeys+"/", nil).refused(t, 405, 405, "PUT is not allowed on "+apikeys)
	api.as("").do("GET", apikeys, nil).refused(t, 401, 401, "The bearer token is missing, unknown or expired")
	api.as("eyJ.no.no").do("GET", "/api/service/nothing", nil).refused(t, 401, 401, "The bearer token is missing, unknown or expired")
	api.do("GET", "/auth/admin/realms/default/users", nil).refused(t, 403, 403, "/auth/admin/realms/default/users is not open to customers")
	const schema = "Request body has an error: doesn't match the schema: Error at "
	api.do("POST", apikeys, `{"displayName":7}`).refused(t, 400, 1000, schema+`"/displayName": value must not be of type number`)
	api.do("POST", apikeys, `[]`).refused(t, 400, 1000, schema+`"/": value must not be of type array`)
	for secret, want := range map[string]string{"": "ATLAS-401-00-001", api.secret: "ATLAS-404-00-001"} {
		if a := api.as(secret).do("GET", "/api/meta/nothing", nil); a.object["errorCode"] != want || a.object["errorMessage"] == "" {
			t.Errorf("metastore answers %d %s, want %s", a.status, a.text, want)
		}
	}
	a := api.do("GET", apikeys+"/?limit=1&whatever=1", nil, "X-Atlan-Request-Id", "0d7bd1f2")
	if a.status != 200 || a.header.Get("X-Atlan-Request-Id") != "0d7bd1f2" || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("got %d with headers %v", a.status, a.header)
	}
}

func TestOnlyLoopbackHostsAreAnswered(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{})
	for host, want := range map[string]int{
		"localhost": 200, "LOCALHOST:80": 200, "127.0.0.1": 200, "127.8.9.1:1": 200, "[::1]:8585": 200, "[::1]": 200,
		"tenant.example.com": 403, "10.0.0.1:80": 403, "localhost.example.com": 403,
	} {
		for _, path := range []string{apikeys, "/_sandbox/state"} {
			if a := api.do("GET", path, nil, "Host", host); a.status != want {
				t.Errorf("%s as %q: %d %s, want %d", path, host, a.status, a.text, want)
			}
		}
	}
}

// TestSwitchLoad changes latency and rate limit while the tenant runs; a reset takes both back.
func TestSwitchLoad(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{RateLimit: 1000})
	api.ok("POST", "/_sandbox/switches", `{"latency":"20ms","rate_limit":2}`)
	begun := time.Now()
	for _, want := range []int{200, 200, 429} {
		if a := api.do("GET", "/api/service/whoami", ""); a.status != want {
			t.Errorf("got %d, want %d", a.status, want)
		}
	}
	if took := time.Since(begun); took < 60*time.Millisecond {
		t.Errorf("three requests of 20 ms took %s", took)
	}
	for _, body := range []string{`{"latency":"-1s"}`, `{"rate_limit":-1}`} {
		if a := api.do("POST", "/_sandbox/switches", body); a.status != 400 {
			t.Errorf("%s: got %d", body, a.status)
		}
	}
	api.ok("POST", "/_sandbox/reset", "")
	for range 3 {
		if a := api.do("GET", "/api/service/whoami", ""); a.status != 200 {
			t.Errorf("after a reset: got %d", a.status)
		}
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api := start(t, sandbox.Options{Now: clk.Now, RateLimit: 2})
	get := func(c *caller) answer { return c.do("GET", "/api/service/whoami", nil) }
	get(api)
	clk.add(20500 * time.Millisecond)
	get(api)
	limited := get(api)
	limited.refused(t, 429, 429, "API rate limit exceeded")
	if got := limited.header.Get("Retry-After"); got != "40" {
		t.Errorf("Retry-After is %q, want 40", got)
	}
	if a := get(api.as(tenant.Credentials().UserBearerToken)); a.status != 200 {
		t.Errorf("another actor is limited too: %d", a.status)
	}
	clk.add(39500 * time.Millisecond)
	if a := get(api); a.status != 200 {
		t.Errorf("still limited after the time announced: %d", a.status)
	}
	if a := get(api); a.status != 429 {
		t.Errorf("three requests in the last minute are admitted: %d", a.status)
	}
}

func TestOAuthClientCredentials(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	c := tenant.Credentials()
	token := api.as("").ok("POST", "/api/service/oauth-clients/token", object{"clientId": c.OAuthClientID, "clientSecret": c.OAuthClientSecret})
	if token["tokenType"] != "Bearer" || token["expiresIn"] != float64(600) {
		t.Errorf("token answer is %v", token)
	}
	secret, _ := token["accessToken"].(string)
	client := api.as(secret)
	if me := client.ok("GET", "/api/service/users/current", nil); me["username"] != "service-account-"+c.OAuthClientID {
		t.Errorf("the client is %v", me["username"])
	}
	if a := client.do("POST", apikeys, `{"displayName":"x","description":"","personas":[]}`); a.status != 200 {
		t.Errorf("an OAuth client with the role $admin may not create tokens: %d %s", a.status, a.text)
	}
	tenant.Advance(10 * time.Minute)
	client.do("GET", apikeys, nil).refused(t, 401, 401, "The bearer token is missing, unknown or expired")
	api.as("").do("POST", "/api/service/oauth-clients/token", object{"clientId": c.OAuthClientID, "clientSecret": "no"}).
		refused(t, 401, 401, "Invalid client or Invalid client credentials")
	api.as("").do("POST", "/api/service/oauth-clients/token", object{"clientId": "x"}).
		refused(t, 400, 1000, "Request body has an error: doesn't match the schema: Property 'clientSecret' is missing")
}

func TestWhoAmI(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{Seed: sandbox.SeedDemo})
	c := tenant.Credentials()
	for secret, want := range map[string][2]string{
		c.APIKey:            {"service-account-apikey-" + sandbox.SeedAPITokenGUID, "$api-token-default-access"},
		c.UserBearerToken:   {"admin", "$admin"},
		c.MemberBearerToken: {"jsmith", "$member"},
	} {
		who := api.as(secret).ok("GET", "/api/service/whoami", nil)
		if who["username"] != want[0] || at(who, "roles", 0, "name") != want[1] || who["workspaceRole"] != want[1] {
			t.Errorf("whoami is %v, want %v", who, want)
		}
		if me := api.as(secret).ok("GET", "/api/service/users/current", nil); me["username"] != want[0] {
			t.Errorf("the current user is %v, want %v", me, want[0])
		}
	}
}

func TestDataFileKeepsTheTenant(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "tenant.json")
	before, api := start(t, sandbox.Options{Seed: sandbox.SeedDemo, DataFile: file})
	made := api.ok("POST", apikeys, `{"displayName":"kept","description":"","personas":[]}`)
	secret, _ := at(made, "attributes", "accessToken").(string)
	before.Advance(time.Hour)

	after, err := sandbox.New(sandbox.Options{Seed: sandbox.SeedEmpty, DataFile: file})
	if err != nil {
		t.Fatal(err)
	}
	if after.Credentials() != before.Credentials() || !after.Authenticates(secret) || !sameJSON(after.State(), before.State()) {
		t.Error("the tenant is another one after the restart")
	}
	if d := after.Now().Sub(before.Now()); d < -time.Minute || d > time.Minute {
		t.Errorf("the clock is off by %s after the restart", d)
	}
	if entries, err := filepath.Glob(file + "*"); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if _, err := sandbox.New(sandbox.Options{DataFile: "serve_test.go"}); err == nil {
		t.Error("a file that holds no tenant is accepted")
	}
	if _, err := sandbox.New(sandbox.Options{DataFile: filepath.Join(t.TempDir(), "no", "dir")}); err == nil {
		t.Error("a file in no directory is accepted")
	}
}

func TestControlSurface(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api := start(t, sandbox.Options{Now: clk.Now})
	control := api.as("")
	api.ok("GET", apikeys+"?limit=3", nil)
	api.ok("GET", apikeys+"?limit=4", nil)
	var journal []sandbox.Request
	if err := json.Unmarshal([]byte(control.do("GET", "/_sandbox/journal", nil).text), &journal); err != nil {
		t.Fatal(err)
	}
	want := sandbox.Request{
		Method: "GET", Path: apikeys, Query: "limit=3", Status: 200,
		Actor: "service-account-apikey-" + sandbox.SeedAPITokenGUID, At: clk.Now(),
	}
	if len(journal) != 2 || journal[0] != want {
		t.Errorf("the journal is %v, want first %v", journal, want)
	}
	if got := control.ok("GET", "/_sandbox/journal/summary", nil); !sameJSON(got, object{"GET " + apikeys: 2}) {
		t.Errorf("the summary is %v", got)
	}
	control.ok("DELETE", "/_sandbox/journal", nil)
	if len(tenant.Journal()) != 0 {
		t.Error("the journal is not empty")
	}
	if got := control.ok("POST", "/_sandbox/clock", `{"advance":"2h"}`); got["now"] != "2026-07-01T11:00:00Z" {
		t.Errorf("the clock says %v", got["now"])
	}
	if a := control.do("POST", "/_sandbox/clock", `{"advance":"-2h"}`); a.status != http.StatusBadRequest {
		t.Errorf("the clock goes back: %d", a.status)
	}
	if a := control.do("POST", "/_sandbox/clock", `{"advance":"2h"}{"advance":"2h"}`); a.status != http.StatusBadRequest {
		t.Errorf("two bodies are taken for one: %d", a.status)
	}
	if a := control.do("POST", "/_sandbox/clocks", nil); a.status != http.StatusNotFound {
		t.Errorf("an unknown operation answers %d", a.status)
	}
	_, secret := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "x"})
	control.ok("POST", "/_sandbox/reset", nil)
	if len(tenant.State().APITokens) != 1 || tenant.Authenticates(secret) || !tenant.Authenticates(api.secret) || !tenant.Now().Equal(clk.Now()) {
		t.Error("reset does not restore the seed")
	}
	state := control.ok("GET", "/_sandbox/state", nil)
	for _, key := range []string{
		"api_tokens", "oauth_clients", "users", "groups", "roles", "personas", "policies", "connections", "collections",
		"glossaries", "assets", "workflows", "runs", "credentials",
	} {
		if _, ok := state[key].([]any); !ok {
			t.Errorf("state has no list %q", key)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for want, opts := range map[string]sandbox.Options{
		`unknown seed "x": use one of empty, demo`:                                 {Seed: "x"},
		`unknown persona API "x": use one of both, personas, entities`:             {PersonaAPI: "x"},
		`unknown workflow API "x": use one of both, app, package`:                  {WorkflowAPI: "x"},
		`the latency is -1s: it cannot be negative`:                                {Latency: -time.Second},
		`the rate limit is -1: use a number of requests per minute, or 0 for none`: {RateLimit: -1},
	} {
		if err := opts.Validate(); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
