// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var (
	_ datasource.DataSourceWithConfigure        = (*DataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*DataSource)(nil)
)

// DataSource is the data source atlan_api_token.
type DataSource struct {
	tfx.DataSourceClient
}

// NewDataSource makes the data source.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// dataModel is a token as the data sources show it.
type dataModel struct {
	ID                    types.String      `tfsdk:"id"`
	Name                  types.String      `tfsdk:"name"`
	ClientID              types.String      `tfsdk:"client_id"`
	Username              types.String      `tfsdk:"username"`
	Description           types.String      `tfsdk:"description"`
	PersonaQualifiedNames types.Set         `tfsdk:"persona_qualified_names"`
	ValiditySeconds       types.Int64       `tfsdk:"validity_seconds"`
	CreatedAt             timetypes.RFC3339 `tfsdk:"created_at"`
	CreatedBy             types.String      `tfsdk:"created_by"`
	ExpiresAt             timetypes.RFC3339 `tfsdk:"expires_at"`
}

func (m *dataModel) fromAPI(ctx context.Context, token atlan.Token) diag.Diagnostics {
	personas, diags := tfx.StringSet(ctx, token.PersonaQualifiedNames)
	*m = dataModel{
		ID:                    types.StringValue(token.GUID),
		Name:                  types.StringValue(token.Name),
		ClientID:              types.StringValue(token.ClientID),
		Username:              types.StringValue(token.Username()),
		Description:           types.StringValue(token.Description),
		PersonaQualifiedNames: personas,
		ValiditySeconds:       types.Int64Value(token.ValiditySeconds),
		CreatedAt:             tfx.TimeOrNull(token.CreatedAt),
		CreatedBy:             types.StringValue(token.CreatedBy),
		ExpiresAt:             tfx.TimeOrNull(token.ExpiresAt()),
	}
	return diags
}

// dataAttributes are those of a token that nothing selects by.
func dataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"username":    schema.StringAttribute{Computed: true, MarkdownDescription: describeUsername},
		"description": schema.StringAttribute{Computed: true, MarkdownDescription: "What the token is for."},
		"persona_qualified_names": schema.SetAttribute{
			Computed: true, ElementType: types.StringType, MarkdownDescription: "Qualified names of the personas that the token is linked with.",
		},
		"validity_seconds": schema.Int64Attribute{Computed: true, MarkdownDescription: "How many seconds after its creation the token expires."},
		"created_at":       schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: describeCreatedAt},
		"created_by":       schema.StringAttribute{Computed: true, MarkdownDescription: describeCreatedBy},
		"expires_at":       schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: describeExpiresAt},
	}
}

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = ResourceType
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := dataAttributes()
	attributes["id"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: describeID + " Selects the token.", Validators: []validator.String{tfx.GUID()},
	}
	attributes["client_id"] = schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: describeClientID + " Selects the token."}
	attributes["name"] = schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: "Display name of the token. Selects the token; if several tokens that have not expired have the name, the error lists them.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "An API token, found by exactly one of `id`, `name` and `client_id`. Its value cannot be read: Atlan shows it once, at creation.",
		Attributes:          attributes,
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"), path.MatchRoot("client_id")),
	}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	token, selector, err := d.find(ctx, config)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, selector, "Finding the API token", err, "")
		return
	}
	var state dataModel
	resp.Diagnostics.Append(state.fromAPI(ctx, token)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (d *DataSource) find(ctx context.Context, config dataModel) (atlan.Token, path.Path, error) {
	switch {
	case !config.ID.IsNull():
		token, err := d.Client.Tokens.Get(ctx, config.ID.ValueString())
		return token, path.Root("id"), err
	case !config.ClientID.IsNull():
		token, err := d.Client.Tokens.FindByClientID(ctx, config.ClientID.ValueString())
		return token, path.Root("client_id"), err
	default:
		token, err := findByName(ctx, d.Client, config.Name.ValueString())
		return token, path.Root("name"), err
	}
}
