// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"errors"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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
	stream.Results = func(push func(list.ListResult) bool) {
		remaining := req.Limit
		for found, err := range l.admins(ctx, config) {
			if err != nil {
				var diags diag.Diagnostics
				tfx.AddAPIError(&diags, "Listing connection admins", err)
				push(list.ListResult{Diagnostics: diags})
				return
			}
			remaining--
			if !push(found.result(ctx, req)) || remaining == 0 {
				return
			}
		}
	}
}

// foundAdmin is one admin of a connection, and its name in the connection's list.
type foundAdmin struct {
	connection atlan.ConnectionDetails
	grantee    grantee
	listed     string
}

func (l *ListResource) admins(ctx context.Context, config listModel) iter.Seq2[foundAdmin, error] {
	return func(yield func(foundAdmin, error) bool) {
		names := &roleNames{client: l.Client}
		for connection, err := range l.connections(ctx, config) {
			if err != nil {
				yield(foundAdmin{}, err)
				return
			}
			for _, principal := range principals(connection.Admins) {
				g, err := l.granteeOf(ctx, principal, names)
				if !yield(foundAdmin{connection, g, principal.Name}, err) || err != nil {
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

func principals(admins atlan.Access) []atlan.Principal {
	var all []atlan.Principal
	for _, name := range admins.Users {
		all = append(all, atlan.Principal{Kind: atlan.PrincipalUser, Name: name})
	}
	for _, name := range admins.Groups {
		all = append(all, atlan.Principal{Kind: atlan.PrincipalGroup, Name: name})
	}
	for _, name := range admins.Roles {
		all = append(all, atlan.Principal{Kind: atlan.PrincipalRole, Name: name})
	}
	return all
}

// granteeOf is how a configuration names a principal: an API token by its GUID, if it still exists, and a role by name.
func (l *ListResource) granteeOf(ctx context.Context, principal atlan.Principal, roles *roleNames) (grantee, error) {
	switch principal.Kind {
	case atlan.PrincipalGroup:
		return grantee{kindGroup, principal.Name}, nil
	case atlan.PrincipalRole:
		name, err := roles.of(ctx, principal.Name)
		return grantee{kindRole, name}, err
	case atlan.PrincipalUser:
	}
	clientID, isToken := atlan.TokenClientID(principal.Name)
	if !isToken {
		return grantee{kindUser, principal.Name}, nil
	}
	token, err := l.Client.Tokens.FindByClientID(ctx, clientID)
	if errors.Is(err, atlan.ErrNotFound) {
		return grantee{kindUser, principal.Name}, nil
	}
	return grantee{kindAPIToken, token.GUID}, err
}

// roleNames tells the names of roles, which are asked for once.
type roleNames struct {
	client *atlan.Client
	names  map[string]string
}

// of returns the name of the role with that GUID; the GUID itself for one that is gone.
func (r *roleNames) of(ctx context.Context, guid string) (string, error) {
	if r.names == nil {
		names := map[string]string{}
		for role, err := range r.client.Principals.Roles(ctx) {
			if err != nil {
				return "", err
			}
			names[role.ID] = role.Name
		}
		r.names = names
	}
	if name := r.names[guid]; name != "" {
		return name, nil
	}
	return guid, nil
}

func (f foundAdmin) result(ctx context.Context, req list.ListRequest) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = f.connection.Name + "/" + f.grantee.String()
	listed := model{Timeouts: tfx.NoTimeouts(), MethodUsed: types.StringNull(), WorkflowName: types.StringNull()}
	listed.setDefaults()
	listed.fromAPI(f.connection.Connection, f.grantee, f.listed)
	result.Diagnostics.Append(result.Identity.Set(ctx, listed.identity())...)
	if req.IncludeResource {
		result.Diagnostics.Append(result.Resource.Set(ctx, listed)...)
	}
	return result
}
