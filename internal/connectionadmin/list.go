// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is the list resource atlan_connection_admin.
type ListResource struct {
	tfx.ResourceClient
}

// NewListResource makes the list resource.
func NewListResource() list.ListResource { return &ListResource{} }

type listModel struct {
	ConnectionID types.String `tfsdk:"connection_id"`
}

// Metadata implements list.ListResource.
func (l *ListResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = ResourceType
}

// ListResourceConfigSchema implements list.ListResource.
func (l *ListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the admins of the connections that the caller may see, for `terraform query` (Terraform 1.14 or later).",
		Attributes: map[string]schema.Attribute{
			"connection_id": schema.StringAttribute{Optional: true, MarkdownDescription: "GUID of the connection whose admins to list; default all connections."},
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
	stream.Results = tfx.ListResults("Listing connection admins", req.Limit, l.admins(ctx, config), nil,
		func(found foundAdmin) list.ListResult { return found.result(ctx, req) })
}

// foundAdmin is one admin of a connection, and its name in the connection's list.
type foundAdmin struct {
	connection atlan.ConnectionDetails
	grantee    tfx.Grantee
	listed     string
}

func (l *ListResource) admins(ctx context.Context, config listModel) iter.Seq2[foundAdmin, error] {
	return func(yield func(foundAdmin, error) bool) {
		names := &tfx.GranteeNames{Client: l.Client}
		for connection, err := range l.connections(ctx, config) {
			if err != nil {
				yield(foundAdmin{}, err)
				return
			}
			for _, principal := range connection.Admins.Principals() {
				grantee, err := names.Of(ctx, principal)
				if !yield(foundAdmin{connection, grantee, principal.Name}, err) || err != nil {
					return
				}
			}
		}
	}
}

func (l *ListResource) connections(ctx context.Context, config listModel) iter.Seq2[atlan.ConnectionDetails, error] {
	if config.ConnectionID.IsNull() {
		return l.Client.Connections.All(ctx, "")
	}
	return func(yield func(atlan.ConnectionDetails, error) bool) {
		yield(l.Client.Connections.Read(ctx, config.ConnectionID.ValueString()))
	}
}

func (f foundAdmin) result(ctx context.Context, req list.ListRequest) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = f.connection.Name + "/" + f.grantee.String()
	var listed model
	listed.setDefaults()
	listed.fromAPI(f.connection.Connection, f.grantee, f.listed)
	result.Diagnostics.Append(result.Identity.Set(ctx, listed.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
	}
	return result
}
