// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*ListDataSource)(nil)

// ListDataSource is the data source atlan_personas.
type ListDataSource struct {
	tfx.DataSourceClient
}

// NewListDataSource makes the data source.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

type listDataModel struct {
	Personas []dataModel `tfsdk:"personas"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = ResourceType + "s"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := dataAttributes()
	attributes["id"] = schema.StringAttribute{Computed: true, MarkdownDescription: describeID}
	attributes["name"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the persona; several personas may have it."}
	resp.Schema = schema.Schema{
		MarkdownDescription: "All personas that the caller may read, sorted by name, without their policies. A new persona is among them only some seconds " +
			"after its creation.",
		Attributes: map[string]schema.Attribute{
			"personas": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The personas.",
				NestedObject: schema.NestedAttributeObject{Attributes: attributes},
			},
		},
	}
}

// Read implements datasource.DataSource. The tenant's order is not that of names, and not always the same.
func (d *ListDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !tfx.HasClient(d.Client, &resp.Diagnostics) {
		return
	}
	var all []atlan.Persona
	for persona, err := range d.Client.Personas.All(ctx) {
		if err != nil {
			tfx.AddAPIError(&resp.Diagnostics, "Listing personas", err)
			return
		}
		all = append(all, persona)
	}
	slices.SortFunc(all, func(a, b atlan.Persona) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.GUID, b.GUID)) })
	state := listDataModel{Personas: []dataModel{}}
	for _, persona := range all {
		var one dataModel
		resp.Diagnostics.Append(one.fromAPI(ctx, persona)...)
		state.Personas = append(state.Personas, one)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
