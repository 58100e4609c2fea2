// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*ListDataSource)(nil)

// ListDataSource is the data source atlan_persona_policies.
type ListDataSource struct {
	tfx.DataSourceClient
}

// NewListDataSource makes the data source.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

type listDataModel struct {
	PersonaID types.String `tfsdk:"persona_id"`
	Policies  []policyData `tfsdk:"policies"`
}

type policyData struct {
	ID                      types.String `tfsdk:"id"`
	Kind                    types.String `tfsdk:"kind"`
	Name                    types.String `tfsdk:"name"`
	Description             types.String `tfsdk:"description"`
	Allow                   types.Bool   `tfsdk:"allow"`
	Actions                 types.Set    `tfsdk:"actions"`
	Assets                  types.Set    `tfsdk:"assets"`
	ConnectionID            types.String `tfsdk:"connection_id"`
	ConnectionQualifiedName types.String `tfsdk:"connection_qualified_name"`
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_persona_policies"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The metadata, data and glossary policies of a persona.",
		Attributes: map[string]schema.Attribute{
			"persona_id": schema.StringAttribute{
				Required: true, MarkdownDescription: "GUID of the persona.", Validators: []validator.String{tfx.GUID()},
			},
			"policies": schema.SetNestedAttribute{
				Computed: true, MarkdownDescription: "The policies.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":          schema.StringAttribute{Computed: true, MarkdownDescription: "GUID of the policy."},
					"kind":        schema.StringAttribute{Computed: true, MarkdownDescription: "Kind of the policy: `metadata`, `data` or `glossary`."},
					"name":        schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the policy, unique within its persona."},
					"description": schema.StringAttribute{Computed: true, MarkdownDescription: "What the policy is for."},
					"allow":       schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the policy allows; `false` is an explicit deny."},
					"actions": schema.SetAttribute{
						Computed: true, ElementType: types.StringType, MarkdownDescription: "What the policy allows or denies, by the documented names.",
					},
					"assets": schema.SetAttribute{
						Computed: true, ElementType: types.StringType, MarkdownDescription: "Qualified names of the assets or glossaries that the policy is about.",
					},
					"connection_id": schema.StringAttribute{Computed: true, MarkdownDescription: "GUID of the connection; null for glossary policies."},
					"connection_qualified_name": schema.StringAttribute{
						Computed: true, MarkdownDescription: "Qualified name of the connection; null for glossary policies.",
					},
				}},
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config listDataModel
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("persona_id"), &config.PersonaID)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	policies, err := d.Client.Policies.Of(ctx, config.PersonaID.ValueString())
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, path.Root("persona_id"), "Reading the policies of persona "+config.PersonaID.ValueString(), err,
			"There is no persona with this GUID, or the caller may not read it.")
		return
	}
	config.Policies = []policyData{}
	for _, policy := range policies {
		var m model
		if err := m.connect(ctx, d.Client, policy); err != nil {
			tfx.AddAPIError(&resp.Diagnostics, "Finding the connection of policy "+policy.Name, err)
			return
		}
		actions, diags := tfx.StringSet(ctx, policy.Actions)
		resp.Diagnostics.Append(diags...)
		assets, diags := tfx.StringSet(ctx, policy.Assets)
		resp.Diagnostics.Append(diags...)
		config.Policies = append(config.Policies, policyData{
			ID: types.StringValue(policy.GUID), Kind: types.StringValue(string(policy.Kind)), Name: types.StringValue(policy.Name),
			Description: types.StringValue(policy.Description), Allow: types.BoolValue(policy.Allow), Actions: actions, Assets: assets,
			ConnectionID: m.ConnectionID, ConnectionQualifiedName: m.ConnectionQualifiedName,
		})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
