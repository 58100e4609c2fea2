// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var (
	_ datasource.DataSourceWithConfigure        = (*ContractDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*ContractDataSource)(nil)
)

// ContractDataSource is the data source atlan_app_contract.
type ContractDataSource struct {
	tfx.DataSourceClient
}

// NewContractDataSource makes the data source.
func NewContractDataSource() datasource.DataSource { return &ContractDataSource{} }

// Metadata implements datasource.DataSource.
func (d *ContractDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_app_contract"
}

// Schema implements datasource.DataSource.
func (d *ContractDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"entrypoint": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			MarkdownDescription: "Operation of the app whose contract is shown; default the only one that it announces, else the one that imports. It is null " +
				"where the " +
				"contract is the one of no operation in particular.",
		},
		"generated": schema.BoolAttribute{
			Computed: true,
			MarkdownDescription: "Whether the contract was made of the inputs that the app declares. Otherwise the app may understand more than it says, and " +
				"what does not " +
				"fit is a warning in plans.",
		},
		"schema": schema.StringAttribute{
			Computed: true, MarkdownDescription: "The contract itself, a JSON Schema as JSON text; null if the app has none. `jsondecode` makes an object of it.",
		},
		"inputs": schema.MapNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Inputs by their keys: what `inputs` of `atlan_app_workflow` takes.",
			NestedObject:        schema.NestedAttributeObject{Attributes: inputAttributes()},
		},
		"credential": schema.SingleNestedAttribute{
			Computed: true, Attributes: credentialAttributes(),
			MarkdownDescription: "What the app's form of the credential asks for; null if it has none that the caller may see.",
		},
	}
	selectApp(attributes)
	resp.Schema = schema.Schema{
		MarkdownDescription: "What an app of the tenant expects of its workflows: the keys of its inputs with their types, defaults and values to choose " +
			"from, what its " +
			"set-up form calls them, and what its credential takes. It is found by exactly one of `app_id` and `connector`. Tenants differ: an app that is " +
			"updated may " +
			"expect something else. Any user may read this.",
		Attributes: attributes,
	}
}

func inputAttributes() map[string]schema.Attribute {
	list := func(description string) schema.ListAttribute {
		return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"label": schema.StringAttribute{Computed: true, MarkdownDescription: "What the form calls the input; null if it does not show it."},
		"help": schema.StringAttribute{Computed: true, MarkdownDescription: "What the form, or else the contract, explains about the input; null if " +
			"nothing."},
		"step":        schema.StringAttribute{Computed: true, MarkdownDescription: "Step of the form that shows the input; null if none does."},
		"types":       list("JSON types that the input accepts, such as `string` or `object`; empty if the contract does not say."),
		"nullable":    schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the input may be null, which is as if it were left out."},
		"values":      list("Values to choose from, as JSON texts; empty if the contract does not limit them."),
		"default":     schema.StringAttribute{Computed: true, MarkdownDescription: "What applies when the input is left out, as JSON text; null if nothing does."},
		"required":    schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the contract requires the input."},
		"form_needs":  schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the form requires the input where it shows it."},
		"deprecated":  schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the input is on its way out."},
		"is_internal": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether every app has the input, for its own use: such inputs need not be set."},
	}
}

func credentialAttributes() map[string]schema.Attribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"config": text("Name of the form, such as `atlan-connectors-metabase`."),
		"host":   text("Host that the form presets; null if none."),
		"port":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Port that the form presets; null if none."},
		"auth_types": schema.MapNestedAttribute{
			Computed: true, MarkdownDescription: "Ways of authentication, by the name that `auth_type` takes.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"label":   text("What the form calls it; null if nothing."),
				"default": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the form presets it."},
				"fields": schema.MapNestedAttribute{
					Computed: true, MarkdownDescription: "Parts of the credential by their keys, such as `username`, `password` and `extra.workspace`.",
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"label":    text("What the form calls the part; null if it does not show it."),
						"required": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the form requires the part."},
						"default":  text("What the form presets, as JSON text; null if nothing."),
					}},
				},
			}},
		},
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *ContractDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return oneApp()
}

// Read implements datasource.DataSource.
func (d *ContractDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state contractModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	app, err := d.Client.Apps.Resolve(ctx, atlan.AppChoice{
		AppID: state.AppID.ValueString(), Connector: state.Connector.ValueString(), Entrypoint: state.Entrypoint.ValueString(),
	})
	if err != nil {
		attribute := path.Root("connector")
		if !state.AppID.IsNull() {
			attribute = path.Root("app_id")
		}
		if _, ok := errors.AsType[*atlan.UnknownEntrypointError](err); ok {
			attribute = path.Root("entrypoint")
		}
		tfx.AddLookupError(&resp.Diagnostics, attribute, "Finding the app", err,
			"Atlan lists no apps by API: install the app from the marketplace in Atlan, then look at the address of its set-up page, or at a workflow of it, "+
				"for its id.")
		return
	}
	state.fromAPI(app)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
