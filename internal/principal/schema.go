// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Descriptions that several objects share.
const (
	describeUserID     = "GUID of the user."
	describeUsername   = "User name, by which personas and connections refer to the user."
	describeEmail      = "Email address of the user; null if there is none."
	describeUserRole   = "Name of the user's role in the workspace, such as `$admin`, `$member` or `$guest`; null when the tenant does not say."
	describeGroupID    = "GUID of the group."
	describeGroupName  = "Internal name of the group, by which personas and connections refer to it. It is unique."
	describeGroupAlias = "Name of the group as Atlan shows it, such as `Data engineers`."
	describeRoleID     = "GUID of the role, by which connections refer to it."
	describeRoleName   = "Name of the role, which begins with a dollar sign, such as `$admin`."
)

// userAttributes are those of a user, of which the named ones select the user.
func userAttributes(selectors ...string) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"id":             computed(describeUserID),
		"username":       computed(describeUsername),
		"email":          computed(describeEmail),
		"first_name":     computed("First name of the user; empty if not given."),
		"last_name":      computed("Last name of the user; empty if not given."),
		"enabled":        schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the user may sign in; null when the tenant does not say."},
		"workspace_role": computed(describeUserRole),
	}
	return selectBy(attributes, "user", selectors)
}

// groupAttributes are those of a group, of which the named ones select the group.
func groupAttributes(selectors ...string) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"id":           computed(describeGroupID),
		"name":         computed(describeGroupName),
		"alias":        computed(describeGroupAlias),
		"description":  computed("What the group is for; empty if not given."),
		"member_count": memberCount("are in the group"),
	}
	return selectBy(attributes, "group", selectors)
}

// roleAttributes are those of a role.
func roleAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":           computed(describeRoleID),
		"name":         computed(describeRoleName),
		"description":  computed("Name of the role as Atlan shows it, such as `Admin`."),
		"level":        computed("What the role belongs to, such as `workspace`; null when the tenant does not say."),
		"member_count": memberCount("have the role"),
	}
}

func computed(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func memberCount(belong string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: "How many users " + belong + "; null when the tenant does not say."}
}

// selectBy lets users of a data source set the named attributes, which are texts.
func selectBy(attributes map[string]schema.Attribute, what string, selectors []string) map[string]schema.Attribute {
	for _, selector := range selectors {
		attributes[selector] = schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: attributes[selector].GetMarkdownDescription() + " Selects the " + what + ".",
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		}
	}
	return attributes
}
