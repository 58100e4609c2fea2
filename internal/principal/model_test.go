// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// TestModels maps what tenants say, and tells what they do not say from what is empty.
func TestModels(t *testing.T) {
	t.Parallel()
	null := types.StringNull()
	text := types.StringValue
	members, disabled := int64(0), false

	var user userModel
	user.fromAPI(atlan.User{ID: "1", Username: "jsmith"})
	same(t, user, userModel{ID: text("1"), Username: text("jsmith"), Email: null, FirstName: text(""), LastName: text(""), WorkspaceRole: null})
	user.fromAPI(atlan.User{ID: "1", Username: "jsmith", Email: "j@acme.com", FirstName: "J", LastName: "S", Enabled: &disabled, WorkspaceRole: "$guest"})
	same(t, user, userModel{
		ID: text("1"), Username: text("jsmith"), Email: text("j@acme.com"), FirstName: text("J"), LastName: text("S"),
		Enabled: types.BoolValue(false), WorkspaceRole: text("$guest"),
	})

	var group groupModel
	group.fromAPI(atlan.Group{ID: "2", Name: "sales"})
	same(t, group, groupModel{ID: text("2"), Name: text("sales"), Alias: text(""), Description: text("")})
	group.fromAPI(atlan.Group{ID: "2", Name: "sales", Alias: "Sales", Description: "All", MemberCount: &members})
	same(t, group, groupModel{ID: text("2"), Name: text("sales"), Alias: text("Sales"), Description: text("All"), MemberCount: types.Int64Value(0)})

	var role roleModel
	role.fromAPI(atlan.Role{ID: "3", Name: "$admin"})
	same(t, role, roleModel{ID: text("3"), Name: text("$admin"), Description: text(""), Level: null})
	role.fromAPI(atlan.Role{ID: "3", Name: "$admin", Description: "Admin", Level: "workspace", MemberCount: &members})
	same(t, role, roleModel{ID: text("3"), Name: text("$admin"), Description: text("Admin"), Level: text("workspace"), MemberCount: types.Int64Value(0)})
}

// TestCurrentUserModel tells people, API tokens and OAuth clients apart.
func TestCurrentUserModel(t *testing.T) {
	t.Parallel()
	for username, clientID := range map[string]types.String{
		"jsmith":                         types.StringNull(),
		"service-account-apikey-1":       types.StringValue("apikey-1"),
		"service-account-oauth-client-1": types.StringValue("oauth-client-1"),
	} {
		var me atlan.WhoAmI
		if err := json.Unmarshal([]byte(`{"roles":[{"name":"$member"},{"name":""},{"name":"$admin"},{"name":"$member"}]}`), &me); err != nil {
			t.Fatal(err)
		}
		var got currentUserModel
		if diags := got.fromAPI(t.Context(), atlan.User{ID: "1", Username: username}, me); diags.HasError() {
			t.Fatal(diags)
		}
		if !got.ClientID.Equal(clientID) || !got.WorkspaceRole.IsNull() || !got.Email.IsNull() || len(got.Roles.Elements()) != 2 {
			t.Errorf("%s became %+v", username, got)
		}
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
