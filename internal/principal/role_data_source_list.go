// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*RoleListDataSource)(nil)

// RoleListDataSource is the data source atlan_roles.
type RoleListDataSource struct {
	tfx.DataSourceClient
}

// NewRoleListDataSource makes the data source.
func NewRoleListDataSource() datasource.DataSource { return &RoleListDataSource{} }

type roleListModel struct {
	Roles []roleModel `tfsdk:"roles"`
}

// Metadata implements datasource.DataSource.
func (d *RoleListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_roles"
}

// Schema implements datasource.DataSource.
func (d *RoleListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The roles of the workspace. The internal roles behind personas, connections and query collections are not among them.",
		Attributes: map[string]schema.Attribute{
			"roles": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The roles, by name.",
				NestedObject: schema.NestedAttributeObject{Attributes: roleAttributes()},
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *RoleListDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !tfx.HasClient(d.Client, &resp.Diagnostics) {
		return
	}
	state := roleListModel{Roles: []roleModel{}}
	for role, err := range d.Client.Principals.Roles(ctx) {
		if err != nil {
			tfx.AddAPIError(&resp.Diagnostics, "Listing roles", err)
			return
		}
		var one roleModel
		one.fromAPI(role)
		state.Roles = append(state.Roles, one)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
