// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is the list resource for workflows of a kind.
type ListResource struct {
	tfx.ResourceClient
	Kind Kind
}

type listModel struct {
	NamePrefix types.String `tfsdk:"name_prefix"`
	AppID      types.String `tfsdk:"app_id"`
}

// Metadata implements list.ListResource.
func (l *ListResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.Kind.TypeName
}

// ListResourceConfigSchema implements list.ListResource.
func (l *ListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	which := "Lists only workflows of this app; default those of all apps."
	if l.Kind.Choice.Connector != "" {
		which = "Id of the app whose workflows are listed; by default the provider looks for it."
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the workflows of the tenant that this resource can manage, for `terraform query` (Terraform 1.14 or later). Archived " +
			"ones are " +
			"left out.",
		Attributes: map[string]schema.Attribute{
			"name_prefix": schema.StringAttribute{Optional: true, MarkdownDescription: "Lists only workflows whose name begins so; default all."},
			"app_id":      schema.StringAttribute{Optional: true, MarkdownDescription: which},
		},
	}
}

// List implements list.ListResource. Pages are read as far as results are taken.
func (l *ListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	diags := req.Config.Get(ctx, &config)
	if !tfx.HasClient(l.Client, &diags) || diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	r := &Resource{ResourceClient: l.ResourceClient, Kind: l.Kind}
	appID, packaged := config.AppID.ValueString(), false
	if l.Kind.Choice.Connector != "" {
		app, err := r.resolve(ctx, &Common{AppID: config.AppID})
		if err != nil {
			r.addResolveError(&diags, &Common{}, err)
			stream.Results = list.ListResultsStreamDiagnostics(diags)
			return
		}
		appID, packaged = app.ID, app.Package != nil
	}
	stream.Results = tfx.ListResults("Listing "+l.Kind.Noun+"s", req.Limit, r.on(packaged).All(ctx), func(found atlan.AppWorkflow) bool {
		return (appID == "" || found.AppID == appID) && strings.HasPrefix(found.Name, config.NamePrefix.ValueString())
	},
		func(found atlan.AppWorkflow) list.ListResult { return r.listed(ctx, req, found) })
}

func (r *Resource) listed(ctx context.Context, req list.ListRequest, found atlan.AppWorkflow) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = found.Name
	result.Diagnostics.Append(result.Identity.Set(ctx, identityModel{ID: types.StringValue(found.Slug)})...)
	if req.IncludeResource {
		form := r.empty(ctx)
		form.Shared().ID = types.StringValue(found.Slug)
		if err := r.takeAll(ctx, form, &memory{}, found, &result.Diagnostics); err != nil {
			tfx.AddAPIError(&result.Diagnostics, "Listing "+r.describe(form.Shared()), err)
			return result
		}
		result.Diagnostics.Append(result.Resource.Set(ctx, form)...)
	}
	return result
}

// empty is a model in which every attribute is null, of its type.
func (r *Resource) empty(ctx context.Context) Form {
	form := r.Kind.New()
	var own resource.SchemaResponse
	r.Schema(ctx, resource.SchemaRequest{}, &own)
	object := own.Schema.Type().TerraformType(ctx)
	nulls := map[string]tftypes.Value{}
	if of, ok := object.(tftypes.Object); ok {
		for name, attribute := range of.AttributeTypes {
			nulls[name] = tftypes.NewValue(attribute, nil)
		}
	}
	state := tfsdk.State{Schema: own.Schema, Raw: tftypes.NewValue(object, nulls)}
	state.Get(ctx, form) // of what has just been made
	return form
}
