// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
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

// DataSource is the data source atlan_collection.
type DataSource struct {
	tfx.DataSourceClient
}

// NewDataSource makes the data source.
func NewDataSource() datasource.DataSource { return &DataSource{} }

type dataModel struct {
	ID            types.String      `tfsdk:"id"`
	QualifiedName types.String      `tfsdk:"qualified_name"`
	Name          types.String      `tfsdk:"name"`
	Description   types.String      `tfsdk:"description"`
	EditorUsers   types.Set         `tfsdk:"editor_users"`
	EditorGroups  types.Set         `tfsdk:"editor_groups"`
	ViewerUsers   types.Set         `tfsdk:"viewer_users"`
	ViewerGroups  types.Set         `tfsdk:"viewer_groups"`
	CreatedBy     types.String      `tfsdk:"created_by"`
	CreatedAt     timetypes.RFC3339 `tfsdk:"created_at"`
}

func (m *dataModel) fromAPI(ctx context.Context, collection atlan.Collection) diag.Diagnostics {
	var diags diag.Diagnostics
	set := func(values []string) types.Set {
		made, setDiags := tfx.StringSet(ctx, values)
		diags.Append(setDiags...)
		return made
	}
	*m = dataModel{
		ID:            types.StringValue(collection.GUID),
		QualifiedName: types.StringValue(collection.QualifiedName),
		Name:          types.StringValue(collection.Name),
		Description:   types.StringValue(collection.Description),
		EditorUsers:   set(collection.Editors.Users),
		EditorGroups:  set(collection.Editors.Groups),
		ViewerUsers:   set(collection.Viewers.Users),
		ViewerGroups:  set(collection.Viewers.Groups),
		CreatedBy:     types.StringValue(collection.CreatedBy),
		CreatedAt:     tfx.TimeOrNull(collection.CreatedAt),
	}
	return diags
}

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_collection"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	selector := func(description string) schema.Attribute {
		return schema.StringAttribute{
			Optional: true, Computed: true, MarkdownDescription: description + " Selects the collection.",
			Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		}
	}
	set := func(description string) schema.Attribute {
		return schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A query collection, found by exactly one of `id`, `qualified_name` and `name`. Only its creator and its members see a " +
			"collection; where the API token is neither, it is looked for as the user of the provider's `user_bearer_token`, if there is one.",
		Attributes: map[string]schema.Attribute{
			"id":             selector("GUID of the collection."),
			"qualified_name": selector("Qualified name of the collection: `default/collection/`, the creator's user name, and an id."),
			"name": selector("Name of the collection; if several have it, the error lists them. A collection is found by name some seconds after its " +
				"creation."),
			"description":   schema.StringAttribute{Computed: true, MarkdownDescription: "What the collection is for; may be empty."},
			"editor_users":  set("User names of those who may change the collection and its queries; the creator is always among them."),
			"editor_groups": set("Internal names of the groups whose members may change the collection and its queries."),
			"viewer_users":  set("User names of those who may look at the collection."),
			"viewer_groups": set("Internal names of the groups whose members may look at the collection."),
			"created_by":    schema.StringAttribute{Computed: true, MarkdownDescription: "User name of the collection's creator."},
			"created_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the collection was created, in RFC 3339.",
			},
		},
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("qualified_name"), path.MatchRoot("name")),
	}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	collection, selector, err := d.find(ctx, config)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, selector, "Finding the query collection", err, adviceOnSight)
		return
	}
	var state dataModel
	resp.Diagnostics.Append(state.fromAPI(ctx, collection)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (d *DataSource) find(ctx context.Context, config dataModel) (atlan.Collection, path.Path, error) {
	selector := path.Root("name")
	switch {
	case !config.ID.IsNull():
		selector = path.Root("id")
	case !config.QualifiedName.IsNull():
		selector = path.Root("qualified_name")
	}
	collection, err := findCollection(ctx, d.Client, collectionKey{
		guid: config.ID.ValueString(), qualifiedName: config.QualifiedName.ValueString(), name: config.Name.ValueString(),
	})
	return collection, selector, err
}
