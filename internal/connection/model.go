// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package connection is what the provider offers for connections: data sources.
package connection

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// Descriptions that both data sources share.
const (
	describeID            = "GUID of the connection."
	describeQualifiedName = "Qualified name of the connection: `default/`, the connector, and the time of its creation, such as `default/snowflake/1700000000`."
	describeName          = "Name of the connection."
	describeConnector     = "Kind of source, such as `snowflake`."
)

// model is a connection as the data sources show it.
type model struct {
	ID            types.String      `tfsdk:"id"`
	QualifiedName types.String      `tfsdk:"qualified_name"`
	Name          types.String      `tfsdk:"name"`
	Connector     types.String      `tfsdk:"connector"`
	Category      types.String      `tfsdk:"category"`
	AdminUsers    types.Set         `tfsdk:"admin_users"`
	AdminGroups   types.Set         `tfsdk:"admin_groups"`
	AdminRoleIDs  types.Set         `tfsdk:"admin_role_ids"`
	CreatedBy     types.String      `tfsdk:"created_by"`
	CreatedAt     timetypes.RFC3339 `tfsdk:"created_at"`
}

// fromAPI takes over what the tenant says of the connection. A connection without a category has an empty one.
func (m *model) fromAPI(ctx context.Context, connection atlan.ConnectionDetails) diag.Diagnostics {
	var diags diag.Diagnostics
	set := func(values []string) types.Set {
		made, setDiags := tfx.StringSet(ctx, values)
		diags.Append(setDiags...)
		return made
	}
	*m = model{
		ID:            types.StringValue(connection.GUID),
		QualifiedName: types.StringValue(connection.QualifiedName),
		Name:          types.StringValue(connection.Name),
		Connector:     types.StringValue(connection.Connector),
		Category:      types.StringValue(connection.Category),
		AdminUsers:    set(connection.Admins.Users),
		AdminGroups:   set(connection.Admins.Groups),
		AdminRoleIDs:  set(connection.Admins.Roles),
		CreatedBy:     types.StringValue(connection.CreatedBy),
		CreatedAt:     tfx.TimeOrNull(connection.CreatedAt),
	}
	return diags
}

// dataAttributes are those of a connection that nothing selects by.
func dataAttributes() map[string]schema.Attribute {
	set := func(description string) schema.Attribute {
		return schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"category": schema.StringAttribute{
			Computed: true, MarkdownDescription: "What the connector counts as, such as `warehouse`; empty when the tenant does not say.",
		},
		"admin_users": set("User names of the admins; those of API tokens begin with `service-account-`. " +
			"Who is an admin through a group or role is not among them."),
		"admin_groups":   set("Internal names of the groups whose members are admins."),
		"admin_role_ids": set("GUIDs of the roles whose members are admins; the data source `atlan_roles` tells their names."),
		"created_by":     schema.StringAttribute{Computed: true, MarkdownDescription: "User name of the connection's creator."},
		"created_at": schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the connection was created, in RFC 3339.",
		},
	}
}
