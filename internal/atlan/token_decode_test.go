// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

func TestTokenDecode(t *testing.T) {
	t.Parallel()
	full := atlan.Token{
		GUID: "92588c67", ClientID: "apikey-1d2c", Name: "ci", Description: "CI pipeline",
		PersonaQualifiedNames: []string{"default/a", "default/b"}, ValiditySeconds: 157680000,
		CreatedAt: time.Date(2025, 7, 21, 7, 46, 40, 0, time.UTC), CreatedBy: "jsmith",
	}
	withSecret := full
	withSecret.Secret = "eyJ"
	without := func(change func(*atlan.Token)) atlan.Token {
		token := full
		change(&token)
		return token
	}
	withoutPersonas := without(func(t *atlan.Token) { t.PersonaQualifiedNames = nil })
	const attributes = `"access.token.lifespan":"157680000","createdAt":"1753084000000","createdBy":"jsmith","clientId":"apikey-1d2c",` +
		`"displayName":"ci","description":"CI pipeline","personas":[],"purposes":"","workspacePermissions":["READ"]`
	personas := func(encoded string) string {
		return `{"id":"92588c67","clientId":"apikey-1d2c","displayName":"ci","attributes":{` + attributes + encoded + `}}`
	}
	for name, test := range map[string]struct {
		body string
		want atlan.Token
	}{
		"list form": {
			personas(`,"personaQualifiedName":[{"id":"3f","persona":"A","personaQualifiedName":"default/a"},{"personaQualifiedName":"default/b"}]`), full,
		},
		"string form, names at the top missing": {
			`{"id":"92588c67","attributes":{` + strings.Replace(attributes, `[]`, `"[]"`, 1) +
				`,"personaQualifiedName":"[\"default/a\",\"default/b\"]","accessToken":"eyJ"}}`, withSecret,
		},
		"array of strings":  {personas(`,"personaQualifiedName":["default/a","default/b"]`), full},
		"string of objects": {personas(`,"personaQualifiedName":" [{\"personaQualifiedName\":\"default/a\"},\"default/b\"] "`), full},
		"a single name": {
			personas(`,"personaQualifiedName":"default/a"`), without(func(t *atlan.Token) { t.PersonaQualifiedNames = []string{"default/a"} }),
		},
		"personas missing":          {personas(``), withoutPersonas},
		"personas null":             {personas(`,"personaQualifiedName":null`), withoutPersonas},
		"personas empty":            {personas(`,"personaQualifiedName":[]`), withoutPersonas},
		"personas an empty text":    {personas(`,"personaQualifiedName":" "`), withoutPersonas},
		"personas an empty list":    {personas(`,"personaQualifiedName":"[]"`), withoutPersonas},
		"personas null in a string": {personas(`,"personaQualifiedName":"null"`), withoutPersonas},
		"numbers as numbers": {
			strings.NewReplacer(`"157680000"`, `157680000`, `"1753084000000"`, `1753084000000`).Replace(personas(``)), withoutPersonas,
		},
		"numbers that are none": {
			strings.NewReplacer(`"157680000"`, `"long"`, `"1753084000000"`, `{"at":1}`).Replace(personas(``)),
			without(func(t *atlan.Token) { t.PersonaQualifiedNames, t.ValiditySeconds, t.CreatedAt = nil, 0, time.Time{} }),
		},
		"a lifespan without end": {
			strings.Replace(personas(``), `"157680000"`, `"-1"`, 1), without(func(t *atlan.Token) { t.PersonaQualifiedNames, t.ValiditySeconds = nil, 0 }),
		},
		"a user name as client id": {
			strings.ReplaceAll(personas(``), `"apikey-1d2c"`, `"service-account-apikey-1d2c"`), withoutPersonas,
		},
		"description null": {
			strings.Replace(personas(``), `"CI pipeline"`, `null`, 1), without(func(t *atlan.Token) { t.PersonaQualifiedNames, t.Description = nil, "" }),
		},
		"attributes null": {`{"id":"92588c67","clientId":"apikey-1d2c","displayName":"ci","attributes":null,"more":{}}`, atlan.Token{
			GUID: "92588c67", ClientID: "apikey-1d2c", Name: "ci",
		}},
	} {
		got := atlan.Token{GUID: "left from before", Secret: "left from before"}
		if err := json.Unmarshal([]byte(test.body), &got); err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, %v, want %+v", name, got, err, test.want)
		}
	}
	for _, encoded := range []string{`7`, `{}`, `[{}]`, `[null]`, `"[7"`, `"[{}]"`, `[[]]`, `true`} {
		if err := json.Unmarshal([]byte(personas(`,"personaQualifiedName":`+encoded)), &atlan.Token{}); err == nil {
			t.Errorf("the personas %s are accepted", encoded)
		}
	}
}

func TestTokenExpiry(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 7, 1, 9, 0, 0, 500e6, time.UTC)
	for name, test := range map[string]struct {
		token   atlan.Token
		expires time.Time
	}{
		"an hour":              {atlan.Token{CreatedAt: created, ValiditySeconds: 3600}, created.Add(time.Hour)},
		"thirteen years":       {atlan.Token{CreatedAt: created, ValiditySeconds: 409968000}, created.Add(409968000 * time.Second)},
		"beyond any duration":  {atlan.Token{CreatedAt: created, ValiditySeconds: 99999999999}, time.Date(5195, 5, 16, 18, 46, 39, 500e6, time.UTC)},
		"unknown creation":     {atlan.Token{ValiditySeconds: 3600}, time.Time{}},
		"unknown validity":     {atlan.Token{CreatedAt: created}, time.Time{}},
		"nothing known at all": {atlan.Token{}, time.Time{}},
	} {
		if got := test.token.ExpiresAt(); !got.Equal(test.expires) {
			t.Errorf("%s: expires at %s, want %s", name, got, test.expires)
		}
		if test.token.Expired(created) || !test.expires.IsZero() &&
			(test.token.Expired(test.expires.Add(-1)) || !test.token.Expired(test.expires) || !test.token.Expired(test.expires.Add(1))) {
			t.Errorf("%s: expired at the wrong time", name)
		}
	}
	if got := (atlan.Token{ClientID: "apikey-1"}).Username(); got != "service-account-apikey-1" {
		t.Errorf("the user name is %s", got)
	}
}

// FuzzTokenDecode decodes whatever comes, and the same token in both of its encodings.
func FuzzTokenDecode(f *testing.F) {
	f.Add([]byte(`{"id":"1","attributes":{"personaQualifiedName":"[\"default/a\"]"}}`), "ci", "CI pipeline", "default/a",
		int64(3600), int64(1753084000000), byte(3))
	f.Add([]byte(`{"attributes":{"personaQualifiedName":[{"personaQualifiedName":1}],"createdAt":{}}}`), "", " ", `["x"]`,
		int64(-1), int64(0), byte(8))
	f.Add([]byte(`null`), "null", `"`, "null", int64(0), int64(-5), byte(255))
	f.Add([]byte(`[]`), "\u2028", "<&>", "7", int64(1<<62), int64(1<<62), byte(16))
	f.Fuzz(func(t *testing.T, raw []byte, name, description, persona string, seconds, millis int64, form byte) {
		var anything atlan.Token
		_ = json.Unmarshal(raw, &anything)
		_ = anything.Expired(time.Unix(0, 0))

		clean := func(s string) string { return strings.ToValidUTF8(s, "?") }
		names := []string{}
		for _, qualifiedName := range []string{clean(persona), clean(name) + "/b", "default/c"}[:form%4] {
			if qualifiedName != "" {
				names = append(names, qualifiedName)
			}
		}
		attributes := map[string]any{
			"access.token.lifespan": fmt.Sprint(seconds), "createdAt": fmt.Sprint(millis), "createdBy": clean(persona),
			"clientId": "apikey-" + clean(name), "displayName": clean(name), "description": clean(description),
		}
		if form&4 != 0 {
			attributes["access.token.lifespan"], attributes["createdAt"] = seconds, millis
		}
		top := map[string]any{"id": clean(persona), "attributes": attributes}
		if form&8 != 0 {
			top["clientId"], top["displayName"] = attributes["clientId"], attributes["displayName"]
		}
		objects := []any{}
		for _, qualifiedName := range names {
			objects = append(objects, map[string]any{"id": "3f", "persona": "A", "personaQualifiedName": qualifiedName})
		}
		attributes["personaQualifiedName"] = objects
		listForm := decodeToken(t, top)
		attributes["personaQualifiedName"] = encode(t, names)
		stringForm := decodeToken(t, top)
		if !reflect.DeepEqual(listForm, stringForm) {
			t.Errorf("list form %+v, string form %+v", listForm, stringForm)
		}
		want := atlan.Token{
			GUID: clean(persona), ClientID: "apikey-" + clean(name), Name: clean(name), Description: clean(description),
			ValiditySeconds: max(0, seconds), CreatedBy: clean(persona),
		}
		if millis > 0 {
			want.CreatedAt = time.UnixMilli(millis).UTC()
		}
		if len(names) > 0 {
			want.PersonaQualifiedNames = names
		}
		if !reflect.DeepEqual(listForm, want) {
			t.Errorf("got %+v, want %+v", listForm, want)
		}
	})
}

func encode(tb testing.TB, value any) string {
	tb.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func decodeToken(tb testing.TB, value any) atlan.Token {
	tb.Helper()
	var token atlan.Token
	if err := json.Unmarshal([]byte(encode(tb, value)), &token); err != nil {
		tb.Fatalf("%s: %v", encode(tb, value), err)
	}
	return token
}

// BenchmarkTokenDecode decodes a page of 100 tokens in either form.
func BenchmarkTokenDecode(b *testing.B) {
	for name, personas := range map[string]any{
		"list":   []map[string]string{{"id": "3f", "persona": "A", "personaQualifiedName": "default/LzgnFMh4DYW1lVTJkBYFSZ"}},
		"string": `["default/LzgnFMh4DYW1lVTJkBYFSZ"]`,
	} {
		var page []any
		for i := range 100 {
			page = append(page, map[string]any{
				"id": "92588c67-0000-4a45-8b5c-" + strconv.Itoa(1e11+i), "clientId": "apikey-1d2c0b2e", "displayName": "ci",
				"attributes": map[string]any{
					"access.token.lifespan": "157680000", "createdAt": "1753084800000", "createdBy": "jsmith", "description": "CI pipeline",
					"personaQualifiedName": personas, "workspacePermissions": []string{"CREATE_API_TOKEN", "READ_USER"},
				},
			})
		}
		body := []byte(encode(b, page))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				var tokens []atlan.Token
				if err := json.Unmarshal(body, &tokens); err != nil || len(tokens) != 100 {
					b.Fatal(err)
				}
			}
		})
	}
}
