// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*GroupListDataSource)(nil)

// GroupListDataSource is the data source atlan_groups.
type GroupListDataSource struct {
	tfx.DataSourceClient
}

// NewGroupListDataSource makes the data source.
func NewGroupListDataSource() datasource.DataSource { return &GroupListDataSource{} }

type groupListModel struct {
	Groups []groupModel `tfsdk:"groups"`
}

// Metadata implements datasource.DataSource.
func (d *GroupListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_groups"
}

// Schema implements datasource.DataSource.
func (d *GroupListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All groups of users of the tenant.",
		Attributes: map[string]schema.Attribute{
			"groups": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The groups, by name.",
				NestedObject: schema.NestedAttributeObject{Attributes: groupAttributes()},
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *GroupListDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !tfx.HasClient(d.Client, &resp.Diagnostics) {
		return
	}
	state := groupListModel{Groups: []groupModel{}}
	for group, err := range d.Client.Principals.Groups(ctx) {
		if err != nil {
			tfx.AddAPIError(&resp.Diagnostics, "Listing groups", err)
			return
		}
		var one groupModel
		one.fromAPI(group)
		state.Groups = append(state.Groups, one)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
