// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*ListDataSource)(nil)

// ListDataSource is the data source atlan_connections.
type ListDataSource struct {
	tfx.DataSourceClient
}

// NewListDataSource makes the data source.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

type listModel struct {
	Connector   types.String `tfsdk:"connector"`
	Connections []model      `tfsdk:"connections"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_connections"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := dataAttributes()
	attributes["id"] = schema.StringAttribute{Computed: true, MarkdownDescription: describeID}
	attributes["qualified_name"] = schema.StringAttribute{Computed: true, MarkdownDescription: describeQualifiedName}
	attributes["name"] = schema.StringAttribute{Computed: true, MarkdownDescription: describeName + " Several connections may have it."}
	attributes["connector"] = schema.StringAttribute{Computed: true, MarkdownDescription: describeConnector}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The connections that the caller may see, in the order of their GUIDs, as the search index has them: changes show there " +
			"after some seconds.",
		Attributes: map[string]schema.Attribute{
			"connector": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Finds only connections of this kind of source, such as `snowflake`; default all.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"connections": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The connections.",
				NestedObject: schema.NestedAttributeObject{Attributes: attributes},
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state listModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	state.Connections = []model{}
	for connection, err := range d.Client.Connections.All(ctx, state.Connector.ValueString()) {
		if err != nil {
			tfx.AddAPIError(&resp.Diagnostics, "Listing connections", err)
			return
		}
		var one model
		resp.Diagnostics.Append(one.fromAPI(ctx, connection)...)
		state.Connections = append(state.Connections, one)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
