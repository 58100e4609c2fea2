// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*ListDataSource)(nil)

// ListDataSource is the data source atlan_api_tokens.
type ListDataSource struct {
	tfx.DataSourceClient
}

// NewListDataSource makes the data source.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

type listDataModel struct {
	Tokens []dataModel `tfsdk:"tokens"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = ResourceType + "s"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := dataAttributes()
	attributes["id"] = schema.StringAttribute{Computed: true, MarkdownDescription: describeID}
	attributes["client_id"] = schema.StringAttribute{Computed: true, MarkdownDescription: describeClientID}
	attributes["name"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Display name of the token; several tokens may have it."}
	resp.Schema = schema.Schema{
		MarkdownDescription: "All API tokens of the tenant, oldest first, expired ones included. Their values cannot be read.",
		Attributes: map[string]schema.Attribute{
			"tokens": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The tokens.",
				NestedObject: schema.NestedAttributeObject{Attributes: attributes},
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !tfx.HasClient(d.Client, &resp.Diagnostics) {
		return
	}
	state := listDataModel{Tokens: []dataModel{}}
	for token, err := range d.Client.Tokens.All(ctx) {
		if err != nil {
			tfx.AddAPIError(&resp.Diagnostics, "Listing API tokens", err)
			return
		}
		var one dataModel
		resp.Diagnostics.Append(one.fromAPI(ctx, token)...)
		state.Tokens = append(state.Tokens, one)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
