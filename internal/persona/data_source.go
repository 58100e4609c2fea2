// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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

// DataSource is the data source atlan_persona.
type DataSource struct {
	tfx.DataSourceClient
}

// NewDataSource makes the data source.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// dataModel is a persona as the data sources show it.
type dataModel struct {
	ID            types.String `tfsdk:"id"`
	Name          types.String `tfsdk:"name"`
	Description   types.String `tfsdk:"description"`
	Enabled       types.Bool   `tfsdk:"enabled"`
	Users         types.Set    `tfsdk:"users"`
	Groups        types.Set    `tfsdk:"groups"`
	DenyAssetTabs types.Set    `tfsdk:"deny_asset_tabs"`
	QualifiedName types.String `tfsdk:"qualified_name"`
	RoleID        types.String `tfsdk:"role_id"`
}

func (m *dataModel) fromAPI(ctx context.Context, persona atlan.Persona) diag.Diagnostics {
	var managed model
	diags := managed.fromAPI(ctx, persona)
	*m = dataModel{
		ID:            managed.ID,
		Name:          managed.Name,
		Description:   managed.Description,
		Enabled:       managed.Enabled,
		Users:         managed.Users,
		Groups:        managed.Groups,
		DenyAssetTabs: managed.DenyAssetTabs,
		QualifiedName: managed.QualifiedName,
		RoleID:        managed.RoleID,
	}
	return diags
}

// dataAttributes are those of a persona that nothing selects by.
func dataAttributes() map[string]schema.Attribute {
	names := func(description string) schema.SetAttribute {
		return schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"description":     schema.StringAttribute{Computed: true, MarkdownDescription: "What the persona is for; empty if not given."},
		"enabled":         schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the persona's policies have an effect."},
		"users":           names("User names of the users of the persona."),
		"groups":          names("Internal names of the groups of the persona."),
		"deny_asset_tabs": names("Tabs that the persona hides on the pages of assets, such as `Lineage`."),
		"qualified_name":  schema.StringAttribute{Computed: true, MarkdownDescription: describeQualifiedName},
		"role_id":         schema.StringAttribute{Computed: true, MarkdownDescription: describeRoleID},
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
		Optional: true, Computed: true, MarkdownDescription: describeID + " Selects the persona.",
		Validators: []validator.String{tfx.GUID()},
	}
	attributes["name"] = schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: "Name of the persona. Selects the persona; if several have the name, the error lists them. " + byNameHint,
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A persona, found by exactly one of `id` and `name`, without its policies.",
		Attributes:          attributes,
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	persona, selector, hint, err := d.find(ctx, config)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, selector, "Finding the persona", err, hint)
		return
	}
	var state dataModel
	resp.Diagnostics.Append(state.fromAPI(ctx, persona)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (d *DataSource) find(ctx context.Context, config dataModel) (persona atlan.Persona, selector path.Path, hint string, err error) {
	if !config.ID.IsNull() {
		persona, err = d.Client.Personas.Get(ctx, config.ID.ValueString())
		return persona, path.Root("id"), "There is no persona with this GUID, or the caller may not read it.", err
	}
	persona, err = findByName(ctx, d.Client, config.Name.ValueString())
	return persona, path.Root("name"), byNameHint, err
}
