// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// FuzzModelRoundTrip takes over a grant and gets the same principal back, from the model and from its id.
func FuzzModelRoundTrip(f *testing.F) {
	f.Add(0, "92588c67-5ac1-4a45-8b5c-dd92f4b84e99", "service-account-apikey-1")
	f.Add(1, "jsmith", "jsmith")
	f.Add(2, "a/b:c", "a/b:c")
	f.Add(3, "$admin", "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0030")
	connection := atlan.Connection{GUID: "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0060", QualifiedName: "default/snowflake/1700000000"}
	f.Fuzz(func(t *testing.T, which int, name, listed string) {
		g := tfx.Grantee{Kind: tfx.GranteeKinds[max(0, which)%len(tfx.GranteeKinds)], Name: name}
		var m model
		m.fromAPI(connection, tfx.Grantee{Kind: tfx.GranteeUser, Name: "somebody else"}, "before")
		m.fromAPI(connection, g, listed)
		if m.grantee() != g || m.principal().Name != listed || m.ConnectionID.ValueString() != connection.GUID {
			t.Errorf("took over %v, got %v listed as %v", g, m.grantee(), m.principal())
		}
		if _, valid := tfx.ParseGrantee(g.String()); !valid {
			return
		}
		parsed, ok := parseImportID(m.ID.ValueString())
		if !ok || parsed != (importID{connectionGUID: connection.GUID, grantee: g}) {
			t.Errorf("the id %q is taken for %+v", m.ID.ValueString(), parsed)
		}
	})
}

// FuzzImportID takes every import id apart in one way, or not at all.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{
		"4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0060/user:jsmith", "default/snowflake/1700000000/group:a/b:c", "default/snowflake/1700000000/jsmith",
		"user:jsmith", "", "///",
		"4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0060/api_token:92588c67-5ac1-4a45-8b5c-dd92f4b84e99", "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0060/api_token:ci",
	} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		parsed, ok := parseImportID(id)
		if !ok {
			return
		}
		connection := parsed.connectionGUID + parsed.qualifiedName
		if (parsed.connectionGUID == "") == (parsed.qualifiedName == "") || parsed.grantee.Name == "" {
			t.Errorf("%q is taken for %+v", id, parsed)
		}
		if again, ok := parseImportID(connection + "/" + parsed.grantee.String()); !ok || again != parsed {
			t.Errorf("%q is taken for %+v, which is written as another id", id, parsed)
		}
	})
}

func TestParseImportID(t *testing.T) {
	t.Parallel()
	const guid, token = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0060", "92588c67-5ac1-4a45-8b5c-dd92f4b84e99"
	for id, want := range map[string]importID{
		guid + "/user:jsmith":                      {connectionGUID: guid, grantee: tfx.Grantee{Kind: tfx.GranteeUser, Name: "jsmith"}},
		guid + "/group:a/b:c":                      {connectionGUID: guid, grantee: tfx.Grantee{Kind: tfx.GranteeGroup, Name: "a/b:c"}},
		guid + "/api_token:" + token:               {connectionGUID: guid, grantee: tfx.Grantee{Kind: tfx.GranteeAPIToken, Name: token}},
		"default/snowflake/1700000000/role:$admin": {qualifiedName: "default/snowflake/1700000000", grantee: tfx.Grantee{Kind: tfx.GranteeRole, Name: "$admin"}},
		guid:                                {},
		guid + "/jsmith":                    {},
		guid + "/user:":                     {},
		guid + "/api_token:ci":              {},
		"default/snowflake/user:jsmith":     {},
		"default//1700000000/user:jsmith":   {},
		"production/snowflake/x/who:jsmith": {},
	} {
		parsed, ok := parseImportID(id)
		if ok != (want != importID{}) || ok && parsed != want {
			t.Errorf("%q is taken for %+v (%t), want %+v", id, parsed, ok, want)
		}
	}
}
