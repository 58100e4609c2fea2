// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"reflect"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// FuzzModelRoundTrip takes over inputs as a tenant may show them, and gives the same back; taking them over once more
// changes nothing.
func FuzzModelRoundTrip(f *testing.F) {
	for _, inputs := range []string{
		`{}`, `{"a":"b","n":1,"f":1.5,"t":true,"o":{"x":{}},"l":["a",1,{"b":null}],"e":[]}`, `{"text":"{\"a\":1}"}`, `{"big":12345678901234567890,"null":null}`,
	} {
		f.Add(inputs)
	}
	none := func(string) bool { return false }
	f.Fuzz(func(t *testing.T, text string) {
		var shown map[string]any
		if json.Unmarshal([]byte(text), &shown) != nil {
			return
		}
		m := &model{}
		m.Take(shown, none, nil)
		given, known := m.Given()
		if !known {
			t.Fatal("what the tenant shows is not known")
		}
		for key, value := range shown {
			if value != nil && !atlan.SameInput(given[key], value) {
				t.Errorf("%q was %v and is %v", key, value, given[key])
			}
		}
		for key := range given {
			if shown[key] == nil {
				t.Errorf("%q is %v and was nothing", key, given[key])
			}
		}
		before := m.Inputs
		m.Take(shown, none, nil)
		if !m.Inputs.Equal(before) {
			t.Errorf("taking over %s again makes %s of %s", text, m.Inputs, before)
		}
	})
}

// TestTake takes over what has changed and leaves the rest as it was written.
func TestTake(t *testing.T) {
	t.Parallel()
	m := &model{}
	m.Take(map[string]any{"kept": `{"a":1}`, "changed": "x", "removed": true, "hidden": "h"}, func(string) bool { return false }, nil)
	shown := map[string]any{"kept": map[string]any{"a": 1.0}, "changed": "y", "added": []any{"z"}, "owned": "o", "hidden": "****"}
	m.Take(shown, func(key string) bool { return key == "owned" }, []string{"hidden"})
	given, _ := m.Given()
	want := map[string]any{"kept": `{"a":1}`, "changed": "y", "added": []any{"z"}, "hidden": "h"}
	if !reflect.DeepEqual(given, want) {
		t.Errorf("got %v, want %v", given, want)
	}
	m.Take(map[string]any{}, func(string) bool { return false }, nil)
	if !m.Inputs.IsNull() {
		t.Errorf("no inputs are %s", m.Inputs)
	}
}

// FuzzImportID takes every import id for a slug or a name, and for the address of nothing else.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{"ci-12345678", "ci", "..", ".", "a/b", "runs/x", "%2e%2e", "?name=ci", "ci#x", " ", "\x00", "ü"} {
		f.Add(id)
	}
	tenant, err := sandbox.New(sandbox.Options{Seed: sandbox.SeedDemo})
	if err != nil {
		f.Fatal(err)
	}
	tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "ci", Slug: "ci-12345678", AppID: sandbox.MetabaseAppID, Inputs: map[string]any{}})
	server := httptest.NewServer(tenant)
	f.Cleanup(server.Close)
	client, err := atlan.New(atlan.Config{BaseURL: server.URL, APIKey: tenant.Credentials().APIKey, RequestsPerMinute: 10_000_000})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, id string) {
		found, err := workflow.FindForImport(t.Context(), client.AppWorkflows, id)
		if named := id == "ci" || id == "ci-12345678"; named != (err == nil) {
			t.Errorf("%q finds %+v (%v)", id, found, err)
		}
		if err != nil && !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	})
}
