// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

func strs(set types.Set) []string {
	var texts []string
	for _, text := range knownStrings(set) {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return texts
}

func TestModelFromAPI(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, told []string
		surface      atlan.Surface
		want         []string
	}{
		"nothing is the empty set":           {nil, nil, atlan.SurfaceEntities, nil},
		"what means nothing stays":           {[]string{"link-assets"}, []string{"entity-read"}, atlan.SurfaceEntities, []string{"entity-read", "link-assets"}},
		"what means something is taken over": {[]string{"link-assets"}, []string{"entity-read"}, atlan.SurfacePersonas, []string{"entity-read"}},
		"an imported policy has none before": {nil, []string{"entity-read", "add-terms"}, atlan.SurfaceEntities, []string{"add-terms", "entity-read"}},
		"once each":                          {nil, []string{"add-terms", "add-terms"}, atlan.SurfaceEntities, []string{"add-terms"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := model{Actions: types.SetNull(types.StringType)}
			if test.before != nil {
				m.Actions, _ = tfx.StringSet(t.Context(), test.before)
			}
			if diags := m.fromAPI(t.Context(), atlan.Policy{Actions: test.told}, test.surface); diags.HasError() {
				t.Fatal(diags)
			}
			if m.Actions.IsNull() || m.Assets.IsNull() || !slices.Equal(strs(m.Actions), test.want) {
				t.Errorf("actions %s, assets %s", m.Actions, m.Assets)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	names := atlan.PolicyMetadata.Actions()
	for wrong, want := range map[string]string{
		"entity-reed": "entity-read", "Entity-Read": "entity-read", "add-term": "add-terms", "link": "link-assets", "": "",
		"persona-dq": "", "entity": "", "fly": "", "read": "", "entity-updat": "entity-update",
	} {
		if got := nearest(wrong, names); got != want {
			t.Errorf("%q is taken for %q, want %q", wrong, got, want)
		}
	}
}

// FuzzModelRoundTrip sends what was read: nothing may be lost or changed on the way.
func FuzzModelRoundTrip(f *testing.F) {
	f.Add("read sales", "", "entity-read", "link-assets", "default/snowflake/1700000000", true, true)
	f.Add("", "denies", "select", "select", "*", false, false)
	f.Fuzz(func(t *testing.T, name, description, one, two, asset string, allow, entities bool) {
		surface := atlan.SurfacePersonas
		if entities {
			surface = atlan.SurfaceEntities
		}
		set := func(values ...string) []string { return slices.Compact(slices.Sorted(slices.Values(values))) }
		for kind, k := range kinds {
			policy := atlan.Policy{
				GUID: "g", PersonaGUID: "p", Kind: kind, Name: name, Description: description, Allow: allow, Actions: []string{one, two}, Assets: []string{asset, one},
			}
			m := model{Actions: types.SetUnknown(types.StringType)}
			if diags := m.fromAPI(t.Context(), policy, surface); diags.HasError() {
				t.Fatal(diags)
			}
			input, diags := m.toAPI(t.Context(), k.PolicyKind)
			if diags.HasError() {
				t.Fatal(diags)
			}
			slices.Sort(input.Actions)
			slices.Sort(input.Assets)
			want := atlan.PolicyInput{
				PersonaGUID: "p", Kind: kind, Name: name, Description: description, Allow: allow, Actions: set(one, two), Assets: set(asset, one),
			}
			if !reflect.DeepEqual(input, want) {
				t.Errorf("read %+v, would send %+v", want, input)
			}
			if !m.sameInAtlan(m) {
				t.Error("a policy differs from itself")
			}
		}
	})
}

// FuzzImportID takes every import id apart so that nothing of it is lost.
func FuzzImportID(f *testing.F) {
	const guid = "92588c67-0000-4a45-8b5c-dd92f4b84e99"
	for _, id := range []string{
		guid, guid + "/read sales", guid + "/" + guid, guid + "/a/b", "/", "", "{" + guid + "}/x", "urn:uuid:" + guid + "/x", "persona/policy",
	} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		persona, policy := parseImportID(id)
		switch {
		case persona == "" && policy != id:
			t.Errorf("%q is taken for the policy %q", id, policy)
		case persona != "" && (len(persona) != 36 || strings.Contains(persona, "/") || persona+"/"+policy != id):
			t.Errorf("%q is taken for the policy %q of the persona %q", id, policy, persona)
		}
	})
}
