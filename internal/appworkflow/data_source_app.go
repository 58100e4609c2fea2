// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import (
	"context"
	"errors"

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
	_ datasource.DataSourceWithConfigure        = (*AppDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*AppDataSource)(nil)
)

// AppDataSource is the data source atlan_app.
type AppDataSource struct {
	tfx.DataSourceClient
}

// NewAppDataSource makes the data source.
func NewAppDataSource() datasource.DataSource { return &AppDataSource{} }

// appModel is what the data source tells.
type appModel struct {
	AppID         types.String `tfsdk:"app_id"`
	Connector     types.String `tfsdk:"connector"`
	Installed     types.Bool   `tfsdk:"installed"`
	Native        types.Bool   `tfsdk:"native"`
	Name          types.String `tfsdk:"name"`
	ExecutionMode types.String `tfsdk:"execution_mode"`
	Entrypoints   types.List   `tfsdk:"entrypoints"`
	Tried         types.List   `tfsdk:"tried"`
}

// Metadata implements datasource.DataSource.
func (d *AppDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_app"
}

// Schema implements datasource.DataSource.
func (d *AppDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"installed": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the tenant has the app. If not, what follows from it is null."},
		"native": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether the app runs natively: app workflows can be made of such apps only.",
		},
		"name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the app, as people see it."},
		"execution_mode": schema.StringAttribute{Computed: true, MarkdownDescription: "How the app runs: `native`, or another word on tenants that have not " +
			"moved it over."},
		"entrypoints": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Operations that the app announces, such as `crawler`; empty if it has none but its default.",
		},
		"tried": schema.ListAttribute{
			Computed: true, ElementType: types.StringType, MarkdownDescription: "Ids that were asked for, in this order; the last one is the app's if it is " +
				"installed.",
		},
	}
	selectApp(attributes)
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether the tenant has an app, and how it can be run, found by exactly one of `app_id` and `connector`. Atlan lists no apps by " +
			"API: an app " +
			"is found by its id. Any user may read this.",
		Attributes: attributes,
	}
}

// selectApp adds the arguments that choose an app.
func selectApp(attributes map[string]schema.Attribute) {
	notEmpty := []validator.String{stringvalidator.LengthAtLeast(1)}
	attributes["app_id"] = schema.StringAttribute{
		Optional: true, Computed: true, Validators: notEmpty,
		MarkdownDescription: "Id of the app, such as `atlan-metabase`; capitals matter. Selects the app.",
	}
	attributes["connector"] = schema.StringAttribute{
		Optional: true, Computed: true, Validators: notEmpty,
		MarkdownDescription: "Connector of the app, such as `altr` or `mode`. Selects the app: ids that apps of that connector are likely to have are tried, " +
			"in the end " +
			"those of the tenant's workflows. Which ids these are is inferred from the apps that Atlan's SDKs know.",
	}
}

// oneApp are the validators of [selectApp].
func oneApp() []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("app_id"), path.MatchRoot("connector"))}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *AppDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return oneApp()
}

// Read implements datasource.DataSource.
func (d *AppDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state appModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	app, tried, err := d.Client.Apps.Find(ctx, atlan.AppChoice{AppID: state.AppID.ValueString(), Connector: state.Connector.ValueString()})
	if missing, ok := errors.AsType[*atlan.AppNotFoundError](err); ok {
		app, tried, err = d.notNative(ctx, missing)
	}
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Finding the app", err)
		return
	}
	resp.Diagnostics.Append(state.fromAPI(ctx, app, tried)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// notNative returns the app that is installed but of which no workflow can be made; an empty one if there is none.
func (d *AppDataSource) notNative(ctx context.Context, missing *atlan.AppNotFoundError) (atlan.App, []string, error) {
	if len(missing.NotNative) == 0 {
		return atlan.App{}, missing.Tried, nil
	}
	app, err := d.Client.Apps.Info(ctx, missing.NotNative[0])
	return app, missing.Tried, err
}

func (m *appModel) fromAPI(ctx context.Context, app atlan.App, tried []string) diag.Diagnostics {
	var diags, more diag.Diagnostics
	m.Tried, diags = types.ListValueFrom(ctx, types.StringType, tried)
	m.Installed, m.Native = types.BoolValue(app.ID != ""), types.BoolValue(app.NativeReady)
	if app.ID == "" {
		m.Name, m.ExecutionMode, m.Entrypoints = types.StringNull(), types.StringNull(), types.ListNull(types.StringType)
		return diags
	}
	m.AppID, m.Name = types.StringValue(app.ID), types.StringValue(app.Name)
	m.ExecutionMode = orNull(app.ExecutionMode)
	m.Entrypoints, more = types.ListValueFrom(ctx, types.StringType, append([]string{}, app.Entrypoints...))
	return append(diags, more...)
}

func orNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
