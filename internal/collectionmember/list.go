// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

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

// ListResource is the list resource atlan_collection_member.
type ListResource struct {
	tfx.ResourceClient
}

// NewListResource makes the list resource.
func NewListResource() list.ListResource { return &ListResource{} }

type listModel struct {
	CollectionID types.String `tfsdk:"collection_id"`
}

// Metadata implements list.ListResource.
func (l *ListResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = ResourceType
}

// ListResourceConfigSchema implements list.ListResource.
func (l *ListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the members of the query collections that the caller may see, and of those that the user of `user_bearer_token` may see, " +
			"for `terraform query` (Terraform 1.14 or later).",
		Attributes: map[string]schema.Attribute{
			"collection_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "GUID of the query collection whose members to list; default all collections.",
			},
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
	stream.Results = tfx.ListResults("Listing query collection members", req.Limit, l.members(ctx, config), nil,
		func(found foundMember) list.ListResult { return found.result(ctx, req) })
}

// foundMember is one member of a collection, and its name in the collection's lists.
type foundMember struct {
	collection atlan.Collection
	grantee    tfx.Grantee
	listed     string
	role       atlan.CollectionRole
}

func (l *ListResource) members(ctx context.Context, config listModel) iter.Seq2[foundMember, error] {
	return func(yield func(foundMember, error) bool) {
		names := &tfx.GranteeNames{Client: l.Client}
		for collection, err := range l.collections(ctx, config) {
			if err != nil {
				yield(foundMember{}, err)
				return
			}
			for _, principal := range collection.Members() {
				grantee, err := names.Of(ctx, principal)
				if !yield(foundMember{collection, grantee, principal.Name, collection.RoleOf(principal)}, err) || err != nil {
					return
				}
			}
		}
	}
}

func (l *ListResource) collections(ctx context.Context, config listModel) iter.Seq2[atlan.Collection, error] {
	if config.CollectionID.IsNull() {
		return l.Client.Collections.All(ctx)
	}
	return func(yield func(atlan.Collection, error) bool) {
		yield(l.Client.Collections.Read(ctx, config.CollectionID.ValueString()))
	}
}

func (f foundMember) result(ctx context.Context, req list.ListRequest) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = f.collection.Name + "/" + f.grantee.String()
	var listed model
	listed.setDefaults()
	listed.fromAPI(f.collection, f.grantee, f.listed, f.role)
	result.Diagnostics.Append(result.Identity.Set(ctx, listed.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
	}
	return result
}
