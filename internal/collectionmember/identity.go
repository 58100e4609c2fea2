// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// identityModel holds what never changes about a membership.
type identityModel struct {
	CollectionID types.String `tfsdk:"collection_id"`
	Principal    types.String `tfsdk:"principal"`
}

func (m *model) identity() identityModel {
	return identityModel{CollectionID: m.CollectionID, Principal: types.StringValue(m.grantee().String())}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"collection_id": identityschema.StringAttribute{RequiredForImport: true, Description: "GUID of the query collection."},
			"principal": identityschema.StringAttribute{
				RequiredForImport: true, Description: "Kind and name of the principal: `api_token:<GUID>`, `user:<name>` or `group:<name>`.",
			},
		},
	}
}

// importID is what an import id says: a collection, by one of its names, and whom it has as a member.
type importID struct {
	collection collectionKey
	grantee    tfx.Grantee
}

// collectionKey names a query collection in one of three ways.
type collectionKey struct{ guid, qualifiedName, name string }

// qualifiedNamePrefix begins the qualified name of every query collection (metastore QueryCollectionPreProcessor).
const qualifiedNamePrefix = "default/collection/"

// parseImportID takes "<collection>/<kind>:<name>" apart at the first slash that a kind follows: names of principals, as
// those of collections, may hold slashes.
func parseImportID(id string) (parsed importID, ok bool) {
	at := -1
	for _, kind := range kinds {
		if i := strings.Index(id, "/"+string(kind)+":"); i > 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 {
		return importID{}, false
	}
	collection := id[:at]
	switch guid, isGUID := tfx.ParseGUID(collection); {
	case isGUID:
		parsed.collection.guid = guid
	case strings.HasPrefix(collection, qualifiedNamePrefix):
		parsed.collection.qualifiedName = collection
	default:
		parsed.collection.name = collection
	}
	parsed.grantee, ok = tfx.ParseGrantee(id[at+1:])
	return parsed, ok && slices.Contains(kinds, parsed.grantee.Kind)
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !tfx.HasClient(r.Client, &resp.Diagnostics) {
		return
	}
	id := req.ID
	if id == "" {
		var identity identityModel
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		id = identity.CollectionID.ValueString() + "/" + identity.Principal.ValueString()
	}
	var state model
	state.setDefaults()
	if err := r.findForImport(ctx, id, &state); err != nil {
		tfx.AddLookupError(&resp.Diagnostics, path.Root("id"), fmt.Sprintf("Importing query collection member %q", id), err,
			"The import id is the GUID, qualified name or unique name of the collection, a slash, and api_token:<GUID>, user:<name> or group:<name>. "+
				adviceOnSight)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

var errNoImportID = errors.New("this is not the id of a query collection member")

func (r *Resource) findForImport(ctx context.Context, id string, state *model) error {
	parsed, ok := parseImportID(id)
	if !ok {
		return fmt.Errorf("%w: %w", errNoImportID, atlan.ErrNotFound)
	}
	collection, err := findCollection(ctx, r.Client, parsed.collection)
	if err != nil {
		return err
	}
	listed, err := parsed.grantee.Resolve(ctx, r.Client)
	if err != nil {
		return err
	}
	role := collection.RoleOf(parsed.grantee.Principal(listed))
	if role == "" {
		return fmt.Errorf("%s is not a member of query collection %s: %w", parsed.grantee, collection.QualifiedName, atlan.ErrNotFound)
	}
	state.fromAPI(collection, parsed.grantee, listed, role)
	return nil
}

// findCollection reads the collection that is named.
func findCollection(ctx context.Context, client *atlan.Client, key collectionKey) (atlan.Collection, error) {
	switch {
	case key.guid != "":
		return client.Collections.Read(ctx, key.guid)
	case key.qualifiedName != "":
		return client.Collections.ReadByQualifiedName(ctx, key.qualifiedName)
	default:
		return findByName(ctx, client, key.name)
	}
}

// findByName finds the only collection of that name, and reads it: the index lags behind.
func findByName(ctx context.Context, client *atlan.Client, name string) (atlan.Collection, error) {
	found, err := client.Collections.FindByName(ctx, name)
	switch {
	case err != nil:
		return atlan.Collection{}, err
	case len(found) == 0:
		return atlan.Collection{}, fmt.Errorf("no query collection is named %q: %w", name, atlan.ErrNotFound)
	case len(found) == 1:
		return client.Collections.Read(ctx, found[0].GUID)
	}
	ambiguous := &tfx.AmbiguousNameError{Kind: "query collections", Name: name}
	for _, collection := range found {
		ambiguous.Candidates = append(ambiguous.Candidates, fmt.Sprintf("%s, %s, created by %s", collection.GUID, collection.QualifiedName, collection.CreatedBy))
	}
	return atlan.Collection{}, ambiguous
}
