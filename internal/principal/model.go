// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package principal offers who exists in a tenant, and who the caller is: users, groups and roles, to be read by what
// people know of them and referred to by what Atlan wants.
package principal

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// userModel is a person as the data sources show one. What a person does, such as the last login, is left out: it
// changes by itself.
type userModel struct {
	ID            types.String `tfsdk:"id"`
	Username      types.String `tfsdk:"username"`
	Email         types.String `tfsdk:"email"`
	FirstName     types.String `tfsdk:"first_name"`
	LastName      types.String `tfsdk:"last_name"`
	Enabled       types.Bool   `tfsdk:"enabled"`
	WorkspaceRole types.String `tfsdk:"workspace_role"`
}

func (m *userModel) fromAPI(user atlan.User) {
	*m = userModel{
		ID:            types.StringValue(user.ID),
		Username:      types.StringValue(user.Username),
		Email:         textOrNull(user.Email),
		FirstName:     types.StringValue(user.FirstName),
		LastName:      types.StringValue(user.LastName),
		Enabled:       types.BoolPointerValue(user.Enabled),
		WorkspaceRole: textOrNull(user.WorkspaceRole),
	}
}

// groupModel is a group as the data sources show one.
type groupModel struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Alias       types.String `tfsdk:"alias"`
	Description types.String `tfsdk:"description"`
	MemberCount types.Int64  `tfsdk:"member_count"`
}

func (m *groupModel) fromAPI(group atlan.Group) {
	*m = groupModel{
		ID:          types.StringValue(group.ID),
		Name:        types.StringValue(group.Name),
		Alias:       types.StringValue(group.Alias),
		Description: types.StringValue(group.Description),
		MemberCount: types.Int64PointerValue(group.MemberCount),
	}
}

// roleModel is a role as the data sources show one.
type roleModel struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Level       types.String `tfsdk:"level"`
	MemberCount types.Int64  `tfsdk:"member_count"`
}

func (m *roleModel) fromAPI(role atlan.Role) {
	*m = roleModel{
		ID:          types.StringValue(role.ID),
		Name:        types.StringValue(role.Name),
		Description: types.StringValue(role.Description),
		Level:       textOrNull(role.Level),
		MemberCount: types.Int64PointerValue(role.MemberCount),
	}
}

// clientIDOf is the client id behind a service account's user name; null for a person's.
func clientIDOf(username string) types.String {
	clientID, found := strings.CutPrefix(username, atlan.ServiceAccountPrefix)
	if !found {
		return types.StringNull()
	}
	return types.StringValue(clientID)
}

// textOrNull is for what some principals do not have at all, where the API sends nothing or an empty text.
func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
