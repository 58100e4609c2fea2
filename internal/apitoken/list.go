// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

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

// ListResource is the list resource atlan_api_token.
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
		MarkdownDescription: "Lists the API tokens of the tenant that have not expired, oldest first, for `terraform query` (Terraform 1.14 or later). " +
			"Their values cannot be read.",
		Attributes: map[string]schema.Attribute{
			"name_prefix": schema.StringAttribute{Optional: true, MarkdownDescription: "Lists only tokens whose name begins with this; default all."},
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
	stream.Results = tfx.ListResults("Listing API tokens", req.Limit, l.Client.Tokens.All(ctx), func(token atlan.Token) bool {
		return !token.Expired(l.Client.Now()) && strings.HasPrefix(token.Name, config.NamePrefix.ValueString())
	},
		func(found atlan.Token) list.ListResult { return listResult(ctx, req, found) })
}

func listResult(ctx context.Context, req list.ListRequest, token atlan.Token) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = token.Name
	result.Diagnostics.Append(result.Identity.Set(ctx, identityModel{ID: types.StringValue(token.GUID)})...)
	if req.IncludeResource {
		listed := model{
			RotationTriggers:   types.MapNull(types.StringType),
			RotateBeforeExpiry: types.StringNull(),
			Token:              types.StringNull(), // queries print what they list
			Timeouts:           tfx.NoTimeouts(),
		}
		result.Diagnostics.Append(listed.fromAPI(ctx, token)...)
		result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
	}
	return result
}
