// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

func TestModelFromAPI(t *testing.T) {
	t.Parallel()
	created := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		token atlan.Token
		check func(t *testing.T, m model)
	}{
		"everything": {
			atlan.Token{
				GUID: "g", ClientID: "apikey-1", Name: "ci", Description: "d", PersonaQualifiedNames: []string{"default/p"},
				ValiditySeconds: 60, CreatedAt: created, CreatedBy: "alice",
			},
			func(t *testing.T, m model) {
				t.Helper()
				if m.Username.ValueString() != "service-account-apikey-1" || m.ExpiresAt.ValueString() != "2026-11-23T12:01:00Z" {
					t.Errorf("user name %s, expiry %s", m.Username, m.ExpiresAt)
				}
			},
		},
		"no personas are an empty set": {
			atlan.Token{},
			func(t *testing.T, m model) {
				t.Helper()
				if m.PersonaQualifiedNames.IsNull() || len(m.PersonaQualifiedNames.Elements()) != 0 {
					t.Errorf("personas %s", m.PersonaQualifiedNames)
				}
			},
		},
		"an unknown creation has no expiry": {
			atlan.Token{ValiditySeconds: 60},
			func(t *testing.T, m model) {
				t.Helper()
				if !m.CreatedAt.IsNull() || !m.ExpiresAt.IsNull() {
					t.Errorf("created %s, expires %s", m.CreatedAt, m.ExpiresAt)
				}
			},
		},
		"a validity that is not told stays": {
			atlan.Token{},
			func(t *testing.T, m model) {
				t.Helper()
				if m.ValiditySeconds.ValueInt64() != 7 {
					t.Errorf("validity %s", m.ValiditySeconds)
				}
			},
		},
		"the value stays": {
			atlan.Token{Secret: "never read"},
			func(t *testing.T, m model) {
				t.Helper()
				if m.Token.ValueString() != "kept" {
					t.Error("the value was overwritten")
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := model{ValiditySeconds: types.Int64Value(7), Token: types.StringValue("kept")}
			if diags := m.fromAPI(t.Context(), test.token); diags.HasError() {
				t.Fatal(diags)
			}
			test.check(t, m)
		})
	}
}

// FuzzModelRoundTrip sends what was read: nothing may be lost or changed on the way.
func FuzzModelRoundTrip(f *testing.F) {
	f.Add("ci", "CI pipeline", "default/a", "default/b", int64(157680000))
	f.Add("", "", "", "", int64(0))
	f.Fuzz(func(t *testing.T, name, description, one, two string, validity int64) {
		personas := slices.Compact(slices.Sorted(slices.Values([]string{one, two})))
		token := atlan.Token{Name: name, Description: description, PersonaQualifiedNames: personas, ValiditySeconds: max(0, validity)}
		var m model
		if diags := m.fromAPI(t.Context(), token); diags.HasError() {
			t.Fatal(diags)
		}
		input, diags := m.toAPI(t.Context())
		if diags.HasError() {
			t.Fatal(diags)
		}
		slices.Sort(input.PersonaQualifiedNames)
		want := atlan.TokenInput{Name: name, Description: description, PersonaQualifiedNames: personas, ValiditySeconds: max(0, validity)}
		if !reflect.DeepEqual(input, want) {
			t.Errorf("read %+v, would send %+v", want, input)
		}
	})
}

// FuzzImportID sends every import id to exactly one kind of lookup.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{
		"92588c67-0000-4a45-8b5c-dd92f4b84e99", "apikey-1d2c0b2e-7f4b-4a3a-9f0b-0a0a0a0a0a0a",
		"service-account-apikey-1d2c0b2e-7f4b-4a3a-9f0b-0a0a0a0a0a0a", "ci", "", "service-account-", "{92588c67-0000-4a45-8b5c-dd92f4b84e99}",
	} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		kind, key := parseImportID(id)
		switch kind {
		case byGUID:
			if len(key) != 36 {
				t.Errorf("%q is taken for the GUID %q", id, key)
			}
		case byClientID:
			if key != id && atlan.ServiceAccountPrefix+key != id {
				t.Errorf("%q is taken for the client id %q", id, key)
			}
		case byName:
			if key != id {
				t.Errorf("%q is taken for the name %q", id, key)
			}
		}
	})
}

// TestPersonasWithNull refuses a persona whose qualified name turns out to be null, on the argument.
func TestPersonasWithNull(t *testing.T) {
	t.Parallel()
	set := types.SetValueMust(types.StringType, []attr.Value{types.StringNull(), types.StringValue("default/x")})
	values, diags := personasOf(t.Context(), set)
	if len(values) > 0 || len(diags) != 1 || !strings.Contains(diags[0].Detail(), "without a qualified name") {
		t.Errorf("got %v, %v", values, diags)
	}
	if _, ok := diags[0].(diag.DiagnosticWithPath); !ok {
		t.Error("the error is on no argument")
	}
}
