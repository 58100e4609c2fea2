// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const apikeys = "/api/service/apikeys"

type object = map[string]any

func TestAPITokenLifecycle(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api := start(t, sandbox.Options{Seed: sandbox.SeedDemo, NoShuffle: true, Now: clk.Now})
	made := api.ok("POST", apikeys, object{
		"displayName": "ci", "description": "CI pipeline", "personas": []string{}, "validitySeconds": 3600,
		"personaQualifiedNames": []string{sandbox.SeedPersonaQualifiedName, sandbox.SeedPersonaQualifiedName}, "unknown": 1,
	})
	guid, _ := made["id"].(string)
	secret, _ := at(made, "attributes", "accessToken").(string)
	clientID, _ := at(made, "attributes", "clientId").(string)
	creator := "service-account-apikey-" + sandbox.SeedAPITokenGUID
	want := object{
		"access.token.lifespan": "3600", "createdAt": fmt.Sprint(clk.Now().UnixMilli()), "createdBy": creator,
		"clientId": clientID, "displayName": "ci", "description": "CI pipeline", "personas": "[]", "purposes": "",
		"personaQualifiedName": `["` + sandbox.SeedPersonaQualifiedName + `"]`,
		"accessToken":          secret, "workspacePermissions": at(made, "attributes", "workspacePermissions"),
	}
	if got := made["attributes"]; !sameJSON(got, want) {
		t.Errorf("created attributes are %v, want %v", got, want)
	}
	if strings.Count(secret, ".") != 2 || !strings.HasPrefix(clientID, "apikey-") || !tenant.Authenticates(secret) {
		t.Errorf("secret %q or client id %q is not as expected", secret, clientID)
	}

	mine := api.as(secret).ok("GET", apikeys+"?count=True&filter="+url.QueryEscape(`{"id":"`+guid+`"}`), nil)
	record := at(mine, "records", 0)
	wantPersonas := []any{object{"id": sandbox.SeedPersonaGUID, "persona": "Data Assets", "personaQualifiedName": sandbox.SeedPersonaQualifiedName}}
	if got := at(record, "attributes", "personaQualifiedName"); !sameJSON(got, wantPersonas) {
		t.Errorf("listed personas are %v, want %v", got, wantPersonas)
	}
	if at(record, "attributes", "accessToken") != nil || !sameJSON(at(record, "attributes", "personas"), []any{}) {
		t.Errorf("listed record is %v", record)
	}
	if mine["totalRecord"] != float64(2) || mine["filterRecord"] != float64(1) {
		t.Errorf("counts are %v and %v, want 2 and 1", mine["totalRecord"], mine["filterRecord"])
	}

	updated := api.ok("POST", apikeys+"/"+guid, object{"displayName": "ci2", "description": "", "personas": []string{}, "validitySeconds": 9})
	if a := updated["attributes"]; at(a, "personaQualifiedName") != "[]" || at(a, "access.token.lifespan") != "3600" ||
		at(a, "displayName") != "ci2" || at(a, "description") != "" || at(a, "accessToken") != nil {
		t.Errorf("updated attributes are %v", a)
	}

	if a := api.do("DELETE", apikeys+"/"+guid, nil); a.status != http.StatusOK {
		t.Errorf("delete: %d %s", a.status, a.text)
	}
	api.as(secret).do("GET", apikeys, nil).refused(t, 401, 401, "The bearer token is missing, unknown or expired")
	api.do("DELETE", apikeys+"/"+guid, nil).refused(t, 400, 3500, "404 Not Found: Could not find client "+guid)
	api.do("POST", apikeys+"/"+guid, object{"displayName": "x"}).refused(t, 400, 3500, "404 Not Found: Could not find client "+guid)
}

func TestAPITokenValidation(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{Seed: sandbox.SeedDemo})
	schema := "Request body has an error: doesn't match the schema: "
	for name, c := range map[string]struct{ body, message string }{
		"no name":        {`{"description":"","personas":[]}`, schema + "Property 'displayName' is missing"},
		"empty name":     {`{"displayName":"","description":"","personas":[]}`, schema + `Error at "/displayName": minimum string length is 1`},
		"no description": {`{"displayName":"x","personas":[]}`, schema + "Property 'description' is missing"},
		"no personas":    {`{"displayName":"x","description":""}`, schema + "Property 'personas' is missing"},
		"zero validity": {
			`{"displayName":"x","description":"","personas":[],"validitySeconds":0}`,
			schema + `Error at "/validitySeconds": number must be at least 1`,
		},
		"unknown persona": {
			`{"displayName":"x","description":"","personas":[],"personaQualifiedNames":["default/no"]}`,
			"Persona with qualifiedName default/no does not exist",
		},
		"no JSON": {`{`, "Request body has an error: failed to decode request body: unexpected end of JSON input"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api.do("POST", apikeys, c.body).refused(t, 400, 1000, c.message)
		})
	}
	t.Run("update without a name", func(t *testing.T) {
		t.Parallel()
		api.do("POST", apikeys+"/"+sandbox.SeedAPITokenGUID, `{"description":""}`).refused(t, 400, 1000, schema+"Property 'displayName' is missing")
	})
	t.Run("member", func(t *testing.T) {
		t.Parallel()
		member := api.as(tenant.Credentials().MemberBearerToken)
		body := object{"displayName": "x", "description": "", "personas": []string{}}
		for _, path := range []string{apikeys, apikeys + "/" + sandbox.SeedAPITokenGUID} {
			member.do("POST", path, body).refused(t, 403, 403, "jsmith is not permitted to perform this operation")
		}
		member.do("DELETE", apikeys+"/"+sandbox.SeedAPITokenGUID, nil).refused(t, 403, 403, "jsmith is not permitted to perform this operation")
	})
}

// pyatlan leaves "personas" out.
func TestAPITokenCreateAsPyatlanDoes(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{})
	for range 2 { // names are not unique
		api.ok("POST", apikeys, `{"displayName": "x", "description": "", "personaQualifiedNames": [], "validitySeconds": 157680000}`)
	}
	if got := len(records(api.ok("GET", apikeys+`?filter={"displayName":"x"}`, nil))); got != 2 {
		t.Errorf("%d tokens are named x, want 2", got)
	}
}

func TestAPITokenExpiry(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api := start(t, sandbox.Options{Now: clk.Now})
	short, shortSecret := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "short", ValiditySeconds: 60})
	_, longSecret := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "beyond 32 bits", ValiditySeconds: 409968000})
	clk.add(59 * time.Second)
	if !tenant.Authenticates(shortSecret) {
		t.Error("the token expired early")
	}
	tenant.Advance(time.Second)
	api.as(shortSecret).do("GET", apikeys, nil).refused(t, 401, 401, "The bearer token is missing, unknown or expired")
	if got := len(records(api.ok("GET", apikeys+`?filter={"id":"`+short.GUID+`"}`, nil))); got != 1 {
		t.Error("an expired token is not listed")
	}
	if !tenant.Authenticates(longSecret) {
		t.Error("a token of 13 years does not authenticate")
	}
	if got, want := api.do("GET", apikeys, nil).header.Get("Date"), clk.Now().Add(time.Second).Format(http.TimeFormat); got != want {
		t.Errorf("Date is %q, want the tenant's time %q", got, want)
	}
	tenant.Advance(13 * time.Hour)
	api.as(tenant.Credentials().UserBearerToken).do("GET", apikeys, nil).refused(t, 401, 401, "The bearer token is missing, unknown or expired")
}

func TestAPITokenList(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api := start(t, sandbox.Options{Now: clk.Now})
	for i := range 25 {
		clk.add(time.Second)
		tenant.AddAPIToken(sandbox.APIToken{DisplayName: fmt.Sprintf("Token_%02d", i)})
	}
	names := func(query url.Values) []string {
		var out []string
		for _, r := range records(api.ok("GET", apikeys+"?"+query.Encode(), nil)) {
			name, _ := at(r, "displayName").(string)
			out = append(out, name)
		}
		return out
	}
	if got := names(url.Values{"sort": {"-createdAt"}, "limit": {"2"}}); !slices.Equal(got, []string{"Token_24", "Token_23"}) {
		t.Errorf("newest are %v", got)
	}
	if got := names(url.Values{"sort": {"createdAt"}, "limit": {"2"}, "offset": {"25"}}); !slices.Equal(got, []string{"Token_24"}) {
		t.Errorf("last page is %v", got)
	}
	if got := names(nil); len(got) != 20 {
		t.Errorf("a page without limit has %d records, want 20", len(got))
	}
	if got := names(url.Values{"filter": {`{"$or":[{"displayName":{"$ilike":"token\\_0%"}},{"displayName":{"$in":["Token_10"]}}]}`}}); len(got) != 1 {
		t.Errorf("filter finds %v", got)
	}
	if got := names(url.Values{"filter": {`{"$and":[{"displayName":{"$ilike":"%TOKEN_0%"}}]}`}}); len(got) != 10 {
		t.Errorf("$ilike finds %v", got)
	}
	// Without a sort the order is any, but pages fit together.
	all := append(names(url.Values{"limit": {"13"}}), names(url.Values{"limit": {"13"}, "offset": {"13"}})...)
	unsorted := !slices.IsSorted(all)
	slices.Sort(all)
	if len(slices.Compact(all)) != 26 || !unsorted {
		t.Errorf("two pages hold %d different tokens, want 26 in any order", len(slices.Compact(all)))
	}
	if a := api.ok("GET", apikeys+"?limit=0&count=true", nil); a["totalRecord"] != float64(26) || len(records(a)) != 0 {
		t.Errorf("limit=0 gives %v", a)
	}
	for query, message := range map[string]string{
		`filter={"name":"x"}`:               `filter has an unknown key "name"`,
		`filter={"id":{"$gt":"x"}}`:         `filter key "id" has an unknown operator or operand: "$gt"`,
		`filter=[`:                          `filter is not a JSON object: [`,
		`limit=many`:                        `Query parameter "limit" has an error: value many: must be an integer of at least 0`,
		`sort=size`:                         `Query parameter "sort" has an error: unknown field "size"`,
		`filter={"$or":{}}`:                 `filter operator "$or" needs a list`,
		`filter={"id":7}`:                   `filter key "id" cannot be compared with 7`,
		`filter={"$and":[{"displayName":}]`: `filter is not a JSON object: {"$and":[{"displayName":}]`,
	} {
		api.do("GET", apikeys+"?"+strings.ReplaceAll(query, `"`, "%22"), nil).refused(t, 400, 1000, message)
	}
}

func TestShuffleVariesWhatTheAPILeavesOpen(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	a, b := tenant.AddPersona("a"), tenant.AddPersona("b")
	qns := []string{fmt.Sprint(a.Attributes["qualifiedName"]), fmt.Sprint(b.Attributes["qualifiedName"])}
	linked, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "linked", PersonaQualifiedNames: qns})
	tenant.AddAPIToken(sandbox.APIToken{DisplayName: "plain"})
	seen := map[string]bool{}
	for range 200 {
		r := at(records(api.ok("GET", apikeys+`?filter={"id":"`+linked.GUID+`"}`, nil)), 0, "attributes", "personaQualifiedName")
		seen[fmt.Sprint("first persona ", at(r, 0, "persona"))] = true
		plain, _ := at(records(api.ok("GET", apikeys+`?filter={"displayName":"plain"}`, nil)), 0, "attributes").(object)
		for _, key := range []string{"personas", "purposes", "description", "personaQualifiedName"} {
			value, there := plain[key]
			seen[fmt.Sprint(key, " ", there, " ", value == nil)] = true
		}
		none := api.ok("GET", apikeys+`?filter={"id":"none"}`, nil)
		list, there := none["records"]
		seen[fmt.Sprint("records ", there, " ", list == nil)] = true
	}
	for _, want := range []string{
		"first persona a", "first persona b", "records true false", "records true true",
		"personas true false", "personas true true", "personas false true",
		"purposes true false", "purposes true true", "purposes false true",
		"description true false", "description true true", "description false true",
		"personaQualifiedName true false", "personaQualifiedName true true",
	} {
		if !seen[want] {
			t.Errorf("%q was not seen in 200 reads", want)
		}
	}
}

func TestAPITokenEditsOutOfBand(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{NoShuffle: true})
	token, secret := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "x"})
	if err := tenant.EditAPIToken(token.GUID, func(k *sandbox.APIToken) { k.Description, k.ValiditySeconds = "other", 5 }); err != nil {
		t.Fatal(err)
	}
	got := at(records(api.ok("GET", apikeys+`?filter={"id":"`+token.GUID+`"}`, nil)), 0, "attributes")
	if at(got, "description") != "other" || at(got, "access.token.lifespan") != "5" {
		t.Errorf("the edit does not show: %v", got)
	}
	if err := tenant.DeleteAPIToken(token.GUID); err != nil || tenant.Authenticates(secret) {
		t.Errorf("the token is still there: %v", err)
	}
	if tenant.EditAPIToken(token.GUID, nil) == nil || tenant.DeleteAPIToken(token.GUID) == nil {
		t.Error("an unknown token is edited or deleted without an error")
	}
}

// sameJSON compares two values by their JSON.
func sameJSON(a, b any) bool {
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && string(x) == string(y)
}
