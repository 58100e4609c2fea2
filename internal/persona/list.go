// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is the list resource atlan_persona.
type ListResource struct {
	tfx.ResourceClient
}

// NewListResource makes the list resource.
func NewListResource() list.ListResource { return &ListResource{} }

type listModel struct {
	NamePrefix types.String `tfsdk:"name_prefix"`
}

// Metadata implements list.ListResource.
func (l *ListResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = ResourceType
}

// ListResourceConfigSchema implements list.ListResource.
func (l *ListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the personas that the caller may read, in no particular order, for `terraform query` (Terraform 1.14 or later).",
		Attributes: map[string]schema.Attribute{
			"name_prefix": schema.StringAttribute{Optional: true, MarkdownDescription: "Lists only personas whose name begins with this; default all."},
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
	stream.Results = tfx.ListResults("Listing personas", req.Limit, l.Client.Personas.All(ctx), func(persona atlan.Persona) bool {
		return strings.HasPrefix(persona.Name, config.NamePrefix.ValueString())
	},
		func(found atlan.Persona) list.ListResult { return listResult(ctx, req, found) })
}

func listResult(ctx context.Context, req list.ListRequest, persona atlan.Persona) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = persona.Name
	result.Diagnostics.Append(result.Identity.Set(ctx, identityModel{ID: types.StringValue(persona.GUID)})...)
	if req.IncludeResource {
		listed := model{Timeouts: tfx.NoTimeouts()}
		result.Diagnostics.Append(listed.fromAPI(ctx, persona)...)
		result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
	}
	return result
}
