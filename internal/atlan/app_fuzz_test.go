// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// seedApps adds what real apps look like.
func seedApps(f *testing.F, of func(sandbox.App) any) {
	f.Helper()
	tenant, err := sandbox.New(sandbox.Options{Seed: sandbox.SeedDemo})
	if err != nil {
		f.Fatal(err)
	}
	for _, set := range []string{sandbox.AppsDemo, sandbox.AppsFirstGuess} {
		if err := tenant.SetApps(set); err != nil {
			f.Fatal(err)
		}
		for _, app := range tenant.Apps() {
			text, err := json.Marshal(of(app))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
}

// everything are inputs and a credential with every kind of value, each holding a secret.
func everything(app *atlan.ResolvedApp) string {
	fields := []atlan.Field{
		{Name: "a", Labels: []string{"Atlan Connection"}, Keys: []string{"x"}, Value: atlan.ConnectionReference("canary-connection")},
		{Name: "b", Labels: []string{"Include Collections"}, Keys: []string{"y"}, Value: atlan.Selection{"canary-id"}},
		{Name: "c", Labels: []string{"Crawl Archived Reports"}, Value: true},
		{Name: "d", Labels: []string{"ALTR Connection"}, Keys: []string{"altr_source_id"}, Value: "canary-text"},
		{Name: "e", Labels: []string{"Classification Job"}, Value: atlan.Unknown},
		{Name: "username", Labels: []string{"ALTR API Key"}, Keys: []string{"username"}, Value: "canary-user"},
		{Name: "password", Labels: []string{"ALTR API Secret"}, Keys: []string{"password"}, Value: "canary-password", Secret: true},
	}
	document := app.Document(atlan.AppInputs{
		Fields: fields, Connection: atlan.AppConnection{Name: "canary-name"}, Names: map[string]string{"d": "x"},
		Extra: map[string]any{"x": "canary", "z": map[string]any{"member": []any{1, "canary", atlan.Unknown}}, "needed": 7.5},
	})
	credential, violations := app.Credential(atlan.CredentialSpec{Fields: fields, Extra: map[string]any{"more": "canary-more"}})
	return wrong(append(document.Violations, violations...)) + credential.String()
}

// FuzzContract: no contract makes the client fail, or quote what it was given.
func FuzzContract(f *testing.F) {
	seedApps(f, func(a sandbox.App) any {
		for _, contract := range a.Contracts {
			return contract
		}
		return nil
	})
	for _, seed := range []string{
		`{}`, `{"title":"AppInputContract","properties":{"x":{"$ref":"#"}}}`, `{"$ref":"#"}`, `{"$ref":"https://example.com/schema"}`, `{"$schema":"urn:x"}`,
		`{"title":"AppInputContract","properties":{"x":{"pattern":"("},"z":{"anyOf":[{"$ref":"#/$defs/z"}]}},` +
			`"$defs":{"z":{"oneOf":[{"$ref":"#/$defs/z"},{"type":"object"}]}}}`,
		`{"title":"AppInputContract","type":["object","null"],"properties":{"x":{"const":{"a":[1]}},"y":false,"z":{"not":{}}},` +
			`"required":["q","r"],"minProperties":99}`,
		`{"properties":[],"required":"x","anyOf":{},"$defs":7}`, `{"additionalProperties":{"type":"integer"},"propertyNames":{"maxLength":1}}`,
		`{"if":{"required":["x"]},"then":{"required":["q"]},"dependentRequired":{"x":["q"]},"unevaluatedProperties":false}`,
		`{"properties":{"x":{"contains":{"type":"string"}},"z":{"additionalProperties":{"uniqueItems":true,"prefixItems":[{"type":"string"}]}}}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var document map[string]any
		if json.Unmarshal(text, &document) != nil || strings.Contains(string(text), "canary") {
			return
		}
		app := &atlan.ResolvedApp{App: atlan.App{ID: "app"}, Contract: atlan.ParseAppContract(document)}
		for _, property := range app.Contract.Properties {
			if app.Contract.Property(property.Key) == nil {
				t.Errorf("%q is not found", property.Key)
			}
		}
		checkSaid(t, app, everything(app))
	})
}

// FuzzForm: no form makes the client fail, or quote what it was given.
func FuzzForm(f *testing.F) {
	seedApps(f, func(a sandbox.App) any { return a.Form })
	seedApps(f, func(a sandbox.App) any { return a.CredentialForm })
	for _, seed := range []string{
		`{}`, `{"properties":[]}`, `{"properties":{"x":7,"":{"ui":[]}},"steps":[7,{"properties":["x",1]}],"anyOf":[7]}`,
		`{"properties":{"auth-type":{"enum":["a",1,""],"enumNames":["A"]},` +
			`"a":{"properties":{"extra":{"properties":{"extra":{"properties":{}}}}}},"port":{"default":"x"}}}`,
		`{"properties":{"x":{"ui":{"label":"ALTR Connection"}},"y":{"ui":{"label":"ALTR Connection"}}},"anyOf":[{"required":["q"]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var document map[string]any
		if json.Unmarshal(text, &document) != nil || strings.Contains(string(text), "canary") {
			return
		}
		for _, contract := range []*atlan.AppContract{nil, atlan.ParseAppContract(members(t, contractWith(`{"type":"string"}`)))} {
			app := &atlan.ResolvedApp{
				App: atlan.App{ID: "app"}, Contract: contract, Form: atlan.ParseAppForm(document), CredentialForm: atlan.ParseCredentialForm("form", document),
			}
			checkSaid(t, app, everything(app))
		}
	})
}

// checkSaid: the same is said every time, and no values are.
func checkSaid(t *testing.T, app *atlan.ResolvedApp, said string) {
	t.Helper()
	if again := everything(app); again != said {
		t.Errorf("first %s\nthen %s", said, again)
	}
	if i := strings.Index(said, "canary"); i >= 0 {
		t.Errorf("a value is told: %s", said[max(0, i-60):])
	}
}
