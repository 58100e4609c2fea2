// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestFaults lets every request of every step fail in every way, while others change the same collection, and applies
// again, as a user would.
func TestFaults(t *testing.T) {
	t.Parallel()
	const account, token = "service-account-apikey-" + sandbox.SeedAPITokenGUID, "api_token:" + sandbox.SeedAPITokenGUID
	ours := []any{"jsmith", "data_engineers", account}
	matrix := acctest.FaultMatrix{
		Object: "query collection", Client: asUser, LastWriterWins: true,
		Existing: func(tenant *sandbox.Tenant) map[string]string {
			ids := map[string]string{}
			for member := range maps.Keys(members(tenant)) {
				if _, name, _ := strings.Cut(member, ":"); slices.Contains(ours, any(name)) || name == "admin" {
					ids[sandbox.SeedCollectionGUID+"/"+strings.Replace(member, "user:"+account, token, 1)] = "ci"
				}
			}
			return ids
		},
		Mine: func(kind string, object map[string]any) {
			if attributes, ok := object["attributes"].(map[string]any); ok && kind == "collections" {
				for _, list := range []string{"adminUsers", "adminGroups", "viewerUsers", "viewerGroups"} {
					names, _ := attributes[list].([]any)
					attributes[list] = append([]any{}, slices.DeleteFunc(names, func(name any) bool { return slices.Contains(ours, name) })...)
				}
			}
		},
		Meanwhile: func(t testing.TB, tenant *sandbox.Tenant) {
			t.Helper()
			if err := tenant.EditEntity(sandbox.SeedCollectionGUID, func(e *sandbox.Entity) {
				e.Attributes["viewerUsers"] = append(e.List("viewerUsers"), "somebody")
			}); err != nil {
				t.Fatal(err)
			}
		},
		Check: func(t *testing.T, tenant *sandbox.Tenant, workspace *acctest.Workspace, block string) {
			t.Helper()
			id, _ := workspace.Attribute(block, "id").(string)
			_, who, _ := strings.Cut(id, "/")
			if got := members(tenant)[strings.Replace(who, token, "user:"+account, 1)]; got != workspace.Attribute(block, "role") {
				t.Errorf("%s is %q, want %v", who, got, workspace.Attribute(block, "role"))
			}
		},
	}
	steps := acctest.LifeSteps(member("user", "jsmith", "viewer"), map[string]any{
		"role": "editor", "method": "user_bearer", "wait_until_effective": true, "allow_self_removal": true,
	})
	steps["replace"] = acctest.FaultStep{Before: member("user", "jsmith", "viewer"), After: member("group", "data_engineers", "viewer")}
	byID := member("user", "jsmith", "viewer")
	delete(byID["ci"].Attributes, "collection_qualified_name")
	steps["name_otherwise"] = acctest.FaultStep{Before: member("user", "jsmith", "viewer"), After: with(byID, "collection_id", sandbox.SeedCollectionGUID)}
	steps["change_api_token_id"] = acctest.FaultStep{
		Before: member("user", "jsmith", "viewer"), After: member("api_token_id", sandbox.SeedAPITokenGUID, "viewer"),
	}
	matrix.Run(t, steps)
}
