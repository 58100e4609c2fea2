// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

func TestModelFromAPI(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		persona atlan.Persona
		check   func(t *testing.T, m model)
	}{
		"everything": {
			atlan.Persona{
				GUID: "g", QualifiedName: "default/q", Name: "sales", Description: "d", Enabled: true,
				Users: []string{"b", "a"}, Groups: []string{"g"}, DenyAssetTabs: []string{"Lineage"}, RoleID: "r",
			},
			func(t *testing.T, m model) {
				t.Helper()
				if m.ID.ValueString() != "g" || m.QualifiedName.ValueString() != "default/q" || m.RoleID.ValueString() != "r" || !m.Enabled.ValueBool() {
					t.Errorf("id %s, qualified name %s, role %s, enabled %s", m.ID, m.QualifiedName, m.RoleID, m.Enabled)
				}
				if !slices.Equal(known(m.Users.Elements()), []string{"a", "b"}) || len(m.Groups.Elements()) != 1 || len(m.DenyAssetTabs.Elements()) != 1 {
					t.Errorf("users %s, groups %s, tabs %s", m.Users, m.Groups, m.DenyAssetTabs)
				}
			},
		},
		"nothing is empty": {
			atlan.Persona{},
			func(t *testing.T, m model) {
				t.Helper()
				for _, set := range []types.Set{m.Users, m.Groups, m.DenyAssetTabs} {
					if set.IsNull() || len(set.Elements()) != 0 {
						t.Errorf("an empty list became %s", set)
					}
				}
				if m.Description.IsNull() || m.Enabled.IsNull() {
					t.Errorf("description %s, enabled %s", m.Description, m.Enabled)
				}
			},
		},
		"what the surface does not tell is null": {
			atlan.Persona{GUID: "g"},
			func(t *testing.T, m model) {
				t.Helper()
				if !m.QualifiedName.IsNull() || !m.RoleID.IsNull() {
					t.Errorf("qualified name %s, role %s", m.QualifiedName, m.RoleID)
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := model{QualifiedName: types.StringUnknown(), RoleID: types.StringUnknown()}
			if diags := m.fromAPI(t.Context(), test.persona); diags.HasError() {
				t.Fatal(diags)
			}
			test.check(t, m)
		})
	}
}

func TestDeviations(t *testing.T) {
	t.Parallel()
	want := atlan.PersonaInput{Name: "n", Description: "d", Enabled: true, Users: []string{"a", "b"}, Groups: []string{"g"}, DenyAssetTabs: nil}
	same := atlan.Persona{Name: "n", Description: "d", Enabled: true, Users: []string{"b", "a"}, Groups: []string{"g"}, DenyAssetTabs: []string{}}
	if found := deviations(want, same); len(found) != 0 {
		t.Errorf("equal personas deviate in %v", found)
	}
	for attribute, change := range map[string]func(*atlan.Persona){
		"name":            func(p *atlan.Persona) { p.Name = "" },
		"description":     func(p *atlan.Persona) { p.Description = "" },
		"enabled":         func(p *atlan.Persona) { p.Enabled = false },
		"users":           func(p *atlan.Persona) { p.Users = []string{"a"} },
		"groups":          func(p *atlan.Persona) { p.Groups = []string{"other"} },
		"deny_asset_tabs": func(p *atlan.Persona) { p.DenyAssetTabs = []string{"Lineage"} },
	} {
		other := same
		change(&other)
		if found := deviations(want, other); len(found) != 1 || found[0].attribute != attribute {
			t.Errorf("a change of %s deviates in %v", attribute, found)
		}
	}
}

// TestAdded names what is known to be new, and nothing else.
func TestAdded(t *testing.T) {
	t.Parallel()
	set := func(values ...attr.Value) types.Set { return types.SetValueMust(types.StringType, values) }
	a, b, null, unknown := types.StringValue("a"), types.StringValue("b"), types.StringNull(), types.StringUnknown()
	for name, test := range map[string]struct {
		state, plan types.Set
		want        []string
	}{
		"none before":   {types.SetNull(types.StringType), set(b, a), []string{"a", "b"}},
		"one more":      {set(a), set(a, b), []string{"b"}},
		"one less":      {set(a, b), set(a), nil},
		"not known yet": {set(a), set(unknown, b), []string{"b"}},
		"nothing":       {set(a), set(null), nil},
		"unknown set":   {set(a), types.SetUnknown(types.StringType), nil},
	} {
		if got := added(test.state, test.plan); !slices.Equal(got, test.want) {
			t.Errorf("%s: added %v, want %v", name, got, test.want)
		}
	}
}

// FuzzModelRoundTrip sends what was read: nothing may be lost or changed on the way.
func FuzzModelRoundTrip(f *testing.F) {
	f.Add("sales", "Sales readers", true, "jsmith", "admin", "Lineage")
	f.Add("", "", false, "", "", "")
	f.Fuzz(func(t *testing.T, name, description string, enabled bool, one, two, tab string) {
		users := ordered([]string{one, two})
		persona := atlan.Persona{
			Name: name, Description: description, Enabled: enabled, Users: []string{two, one}, Groups: []string{one}, DenyAssetTabs: []string{tab},
		}
		if one == two {
			persona.Users = []string{one}
		}
		var m model
		if diags := m.fromAPI(t.Context(), persona); diags.HasError() {
			t.Fatal(diags)
		}
		input, diags := m.toAPI(t.Context())
		if diags.HasError() {
			t.Fatal(diags)
		}
		want := atlan.PersonaInput{
			Name: name, Description: description, Enabled: enabled, Users: users, Groups: []string{one}, DenyAssetTabs: []string{tab},
		}
		if !reflect.DeepEqual(input, want) {
			t.Errorf("read %+v, would send %+v", want, input)
		}
		if found := deviations(input, persona); len(found) != 0 {
			t.Errorf("what was read deviates from itself: %v", found)
		}
	})
}

// FuzzImportID sends every import id to exactly one kind of lookup.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{
		"92588c67-0000-4a45-8b5c-dd92f4b84e99", "92588C67-0000-4A45-8B5C-DD92F4B84E99", "{92588c67-0000-4a45-8b5c-dd92f4b84e99}",
		"92588c6700004a458b5cdd92f4b84e99", "Data Assets", "default/LzgnFMh4DYW1lVTJkBYFSZ", "",
	} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		switch kind, key := parseImportID(id); kind {
		case byGUID:
			if len(key) != 36 {
				t.Errorf("%q is taken for the GUID %q", id, key)
			}
		case byName:
			if key != id {
				t.Errorf("%q is taken for the name %q", id, key)
			}
		}
	})
}
