// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

import (
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

const (
	someGUID          = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0070"
	someToken         = "92588c67-5ac1-4a45-8b5c-dd92f4b84e99"
	someQualifiedName = "default/collection/admin/SandboxCollection00001"
)

// FuzzModelRoundTrip takes over a membership and gets the same principal and role back, from the model and from its id.
func FuzzModelRoundTrip(f *testing.F) {
	f.Add(0, someToken, "service-account-apikey-1", true)
	f.Add(1, "jsmith", "jsmith", false)
	f.Add(2, "a/b:c", "a/b:c", false)
	f.Add(2, "a/user:c", "a", true)
	collection := atlan.Collection{GUID: someGUID, QualifiedName: someQualifiedName}
	f.Fuzz(func(t *testing.T, which int, name, listed string, edits bool) {
		grantee := tfx.Grantee{Kind: kinds[max(0, which)%len(kinds)], Name: name}
		role := atlan.CollectionViewer
		if edits {
			role = atlan.CollectionEditor
		}
		var m model
		m.fromAPI(collection, tfx.Grantee{Kind: tfx.GranteeUser, Name: "somebody else"}, "before", "")
		m.fromAPI(collection, grantee, listed, role)
		if m.grantee() != grantee || m.principal().Name != listed || m.role() != role || m.CollectionID.ValueString() != someGUID {
			t.Errorf("took over %v as %s, got %v as %s, listed as %v", grantee, role, m.grantee(), m.role(), m.principal())
		}
		if _, valid := tfx.ParseGrantee(grantee.String()); !valid {
			return
		}
		parsed, ok := parseImportID(m.ID.ValueString())
		if !ok || parsed != (importID{collection: collectionKey{guid: someGUID}, grantee: grantee}) {
			t.Errorf("the id %q is taken for %+v", m.ID.ValueString(), parsed)
		}
	})
}

// FuzzImportID takes every import id apart in one way, or not at all.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{
		someGUID + "/user:jsmith", someQualifiedName + "/group:a/b:c", "My collection/jsmith", "a/b/user:jsmith", "user:jsmith", "", "///", "/user:jsmith",
		someGUID + "/api_token:" + someToken, someGUID + "/api_token:ci", someGUID + "/role:$admin", "a/user:b/group:c",
	} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		parsed, ok := parseImportID(id)
		if !ok {
			return
		}
		named := 0
		for _, name := range []string{parsed.collection.guid, parsed.collection.qualifiedName, parsed.collection.name} {
			if name != "" {
				named++
			}
		}
		if named != 1 || parsed.grantee.Name == "" {
			t.Errorf("%q is taken for %+v", id, parsed)
		}
		collection := parsed.collection.guid + parsed.collection.qualifiedName + parsed.collection.name
		if again, ok := parseImportID(collection + "/" + parsed.grantee.String()); !ok || again != parsed {
			t.Errorf("%q is taken for %+v, which is written as another id", id, parsed)
		}
	})
}

func TestParseImportID(t *testing.T) {
	t.Parallel()
	user := func(name string) tfx.Grantee { return tfx.Grantee{Kind: tfx.GranteeUser, Name: name} }
	for id, want := range map[string]importID{
		someGUID + "/user:jsmith":            {collectionKey{guid: someGUID}, user("jsmith")},
		someGUID + "/user:a/user:b":          {collectionKey{guid: someGUID}, user("a/user:b")},
		someGUID + "/api_token:" + someToken: {collectionKey{guid: someGUID}, tfx.Grantee{Kind: tfx.GranteeAPIToken, Name: someToken}},
		someQualifiedName + "/group:a/b:c":   {collectionKey{qualifiedName: someQualifiedName}, tfx.Grantee{Kind: tfx.GranteeGroup, Name: "a/b:c"}},
		"My queries/user:jsmith":             {collectionKey{name: "My queries"}, user("jsmith")},
		"Sales/EMEA/user:jsmith":             {collectionKey{name: "Sales/EMEA"}, user("jsmith")},
		someGUID:                             {},
		someGUID + "/jsmith":                 {},
		someGUID + "/user:":                  {},
		someGUID + "/api_token:ci":           {},
		someGUID + "/role:$admin":            {},
		"/user:jsmith":                       {},
		"user:jsmith":                        {},
	} {
		parsed, ok := parseImportID(id)
		if ok != (want != importID{}) || ok && parsed != want {
			t.Errorf("%q is taken for %+v (%t), want %+v", id, parsed, ok, want)
		}
	}
}
