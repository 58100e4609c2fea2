// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// identityModel holds what never changes about a grant.
type identityModel struct {
	ConnectionID types.String `tfsdk:"connection_id"`
	Principal    types.String `tfsdk:"principal"`
}

func (m *model) identity() identityModel {
	return identityModel{ConnectionID: m.ConnectionID, Principal: types.StringValue(m.grantee().String())}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"connection_id": identityschema.StringAttribute{RequiredForImport: true, Description: "GUID of the connection."},
			"principal": identityschema.StringAttribute{
				RequiredForImport: true, Description: "Kind and name of the principal: `api_token:<GUID>`, `user:<name>`, `group:<name>` or `role:<name>`.",
			},
		},
	}
}

// importID is what an import id says: a connection, by GUID or qualified name, and whom it has as an admin.
type importID struct {
	connectionGUID, qualifiedName string
	grantee                       tfx.Grantee
}

// parseImportID takes "<connection>/<kind>:<name>" apart. A GUID has no slash and a connection's qualified name two, so
// that names of principals may hold slashes.
func parseImportID(id string) (importID, bool) {
	var parsed importID
	parts := strings.SplitN(id, "/", 2)
	if guid, ok := tfx.ParseGUID(parts[0]); ok {
		parsed.connectionGUID = guid
	} else {
		if parts = strings.SplitN(id, "/", 4); len(parts) < 4 || parts[1] == "" || parts[2] == "" {
			return importID{}, false
		}
		parsed.qualifiedName = strings.Join(parts[:3], "/")
	}
	var ok bool
	parsed.grantee, ok = tfx.ParseGrantee(parts[len(parts)-1])
	return parsed, ok && len(parts) > 1
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
		id = identity.ConnectionID.ValueString() + "/" + identity.Principal.ValueString()
	}
	var state model
	state.setDefaults()
	if err := r.findForImport(ctx, id, &state); err != nil {
		tfx.AddLookupError(&resp.Diagnostics, path.Root("id"), fmt.Sprintf("Importing connection admin %q", id), err,
			"The import id is the GUID or qualified name of the connection, a slash, and api_token:<GUID>, user:<name>, group:<name> or role:<name>.")
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
}

var errNoImportID = errors.New("this is not the id of a connection admin")

func (r *Resource) findForImport(ctx context.Context, id string, state *model) error {
	parsed, ok := parseImportID(id)
	if !ok {
		return fmt.Errorf("%w: %w", errNoImportID, atlan.ErrNotFound)
	}
	connection, _, err := r.findConnection(ctx, parsed.connectionGUID, parsed.qualifiedName)
	if err != nil {
		return err
	}
	listed, err := parsed.grantee.Resolve(ctx, r.Client)
	if err != nil {
		return err
	}
	state.fromAPI(connection.Connection, parsed.grantee, listed)
	if !connection.Admins.Has(state.principal()) {
		return fmt.Errorf("%s is not an admin of connection %s: %w", parsed.grantee, connection.QualifiedName, atlan.ErrNotFound)
	}
	return nil
}
