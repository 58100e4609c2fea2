// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// FuzzModelRoundTrip takes over collections in each form that apps have for them, and gives the same ids back.
func FuzzModelRoundTrip(f *testing.F) {
	f.Add("finance", "marketing", true)
	f.Add("", "ü", false)
	f.Add(`{"a":1}`, "[]", true)
	f.Fuzz(func(t *testing.T, one, two string, archived bool) {
		want := slices.Compact(slices.Sorted(slices.Values([]string{one, two})))
		object, list := map[string]any{}, []any{}
		for _, id := range want {
			object[id] = map[string]any{}
			list = append(list, id)
		}
		text, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		for _, shown := range []any{object, list, string(text)} {
			m := &model{}
			fields := m.Fields()
			fields[0].Take(shown)
			fields[2].Take(map[bool]any{true: "yes", false: "no"}[archived])
			given, _ := m.Fields()[0].Value.(atlan.Selection)
			if (!utf8.ValidString(one) || !utf8.ValidString(two)) && shown == any(string(text)) {
				continue // JSON has replaced what is no text
			}
			if !slices.Equal(given, atlan.Selection(want)) || m.CrawlArchivedReports.ValueBool() != archived {
				t.Errorf("%v is taken for %q and %s", shown, given, m.CrawlArchivedReports)
			}
			before := m.IncludeCollections
			m.Fields()[0].Take(shown)
			if !m.IncludeCollections.Equal(before) {
				t.Errorf("taking over %v again makes %s of %s", shown, m.IncludeCollections, before)
			}
		}
	})
}

// TestNothing leaves null and empty as they are where the tenant shows nothing.
func TestNothing(t *testing.T) {
	t.Parallel()
	for _, shown := range []any{nil, "", "{}", map[string]any{}, []any{}} {
		for _, before := range []types.Set{types.SetNull(types.StringType), types.SetValueMust(types.StringType, []attr.Value{})} {
			m := &model{IncludeCollections: before}
			m.Fields()[0].Take(shown)
			if !m.IncludeCollections.Equal(before) {
				t.Errorf("%#v makes %s of %s", shown, m.IncludeCollections, before)
			}
		}
	}
}

// FuzzImportID takes every import id for a slug or a name of a workflow.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{"mode-12345678", "mode", "..", "a/b", "?name=mode"} {
		f.Add(id)
	}
	tenant, err := sandbox.New(sandbox.Options{Seed: sandbox.SeedDemo})
	if err != nil {
		f.Fatal(err)
	}
	tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "mode", Slug: "mode-12345678", AppID: sandbox.DemoModeAppID, Inputs: map[string]any{}})
	server := httptest.NewServer(tenant)
	f.Cleanup(server.Close)
	client, err := atlan.New(atlan.Config{BaseURL: server.URL, APIKey: tenant.Credentials().APIKey, RequestsPerMinute: 10_000_000})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, id string) {
		found, err := workflow.FindForImport(t.Context(), client.AppWorkflows, id)
		if named := id == "mode" || id == "mode-12345678"; named != (err == nil) || err != nil && !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("%q finds %+v (%v)", id, found, err)
		}
	})
}
