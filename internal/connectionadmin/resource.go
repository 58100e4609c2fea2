// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package connectionadmin is everything the provider offers for admins of connections: the resource
// atlan_connection_admin with its identity and list resource.
package connectionadmin

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// ResourceType is the name of the managed resource and of the list resource.
const ResourceType = "atlan_connection_admin"

var (
	_ resource.ResourceWithConfigure        = (*Resource)(nil)
	_ resource.ResourceWithConfigValidators = (*Resource)(nil)
	_ resource.ResourceWithIdentity         = (*Resource)(nil)
	_ resource.ResourceWithImportState      = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig   = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan       = (*Resource)(nil)
)

// Resource is the managed resource atlan_connection_admin.
type Resource struct {
	tfx.ResourceClient
}

// NewResource makes the resource.
func NewResource() resource.Resource { return &Resource{} }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = ResourceType
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, createTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	doing := "Adding " + plan.describe()
	connection, attribute, err := r.findConnection(ctx, plan.ConnectionID.ValueString(), plan.ConnectionQualifiedName.ValueString())
	if err != nil {
		addConnectionError(&resp.Diagnostics, attribute, doing, err)
		return
	}
	if resp.Diagnostics.Append(plan.checkAgreement(connection.Connection)...); resp.Diagnostics.HasError() {
		return
	}
	listed, err := plan.grantee().Resolve(ctx, r.Client)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, plan.grantee().Kind.Attribute(), doing, err, plan.grantee().Kind.Advice())
		return
	}
	plan.fromAPI(connection.Connection, plan.grantee(), listed)
	if err := r.add(ctx, &plan, connection, &resp.Diagnostics); err != nil {
		keepUnverified(ctx, plan, err, resp)
		addError(&resp.Diagnostics, doing, err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	if plan.WaitUntilEffective.ValueBool() && plan.MethodUsed.ValueString() != tfx.MethodNone && r.Client.AwaitRights(ctx) != nil {
		resp.Diagnostics.AddWarning("The rights may not be effective yet",
			fmt.Sprintf("%s was added, but the create timeout ended before the rights were certain to be effective.", plan.describe()))
	}
}

// findConnection reads the connection by GUID or, without one, by qualified name, and returns the argument that names it.
func (r *Resource) findConnection(ctx context.Context, guid, qualifiedName string) (atlan.ConnectionDetails, path.Path, error) {
	if guid != "" {
		connection, err := r.Client.Connections.Read(ctx, guid)
		return connection, path.Root("connection_id"), err
	}
	connection, err := r.Client.Connections.ReadByQualifiedName(ctx, qualifiedName)
	return connection, path.Root("connection_qualified_name"), err
}

func addConnectionError(diags *diag.Diagnostics, attribute path.Path, doing string, err error) {
	if errors.Is(err, atlan.ErrNotFound) {
		tfx.AddLookupError(diags, attribute, doing, err, "There is no such connection: see the data source atlan_connections.")
		return
	}
	tfx.AddAPIError(diags, doing, err, tfx.Hint{
		Path: attribute, Status: http.StatusForbidden,
		Advice: "The API token may not see the connection. Link the token with a persona that shows it, or give the provider the user_bearer_token " +
			"of an admin of the connection.",
	})
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Read(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	// Older CLIs keep no identity, and every answer must have one.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	if resp.Diagnostics.HasError() || r.Client == nil { // an unknown provider configuration: the state stays as it is
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	connection, err := r.Client.Connections.Read(ctx, state.ConnectionID.ValueString())
	switch {
	case errors.Is(err, atlan.ErrNotFound):
		resp.Diagnostics.AddWarning("Connection no longer exists",
			fmt.Sprintf("Connection %s (%s) was deleted outside Terraform, and with it the right of %s. The grant is planned for creation, which will fail as "+
				"long as the configuration names that connection.", state.ConnectionQualifiedName.ValueString(), state.ConnectionID.ValueString(), state.grantee()))
		resp.State.RemoveResource(ctx)
	case err != nil:
		addConnectionError(&resp.Diagnostics, path.Empty(), "Reading "+state.describe(), err)
	case !connection.Admins.Has(state.principal()):
		resp.Diagnostics.AddWarning("The principal is no longer an admin of the connection",
			fmt.Sprintf("Somebody has removed %s outside Terraform. It is planned for creation.", state.describe()))
		resp.State.RemoveResource(ctx)
	default:
		state.fromAPI(connection.Connection, state.grantee(), state.Username.ValueString())
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

// Update implements resource.Resource. Everything that Atlan knows of replaces the grant.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}

// Delete implements resource.Resource.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if tfx.WasUnverified(ctx, req.Private) {
		state.AllowSelfRemoval = types.BoolValue(true)
	}
	// The workflow goes first: once the principal is no admin any more, the next plan forgets the grant.
	if r.archive(ctx, state, &resp.Diagnostics); !resp.Diagnostics.HasError() {
		r.remove(ctx, state, &resp.Diagnostics)
	}
}

func (r *Resource) remove(ctx context.Context, state model, diags *diag.Diagnostics) {
	doing := "Removing " + state.describe()
	connection, err := r.Client.Connections.Read(ctx, state.ConnectionID.ValueString())
	switch {
	case errors.Is(err, atlan.ErrNotFound):
		return
	case err != nil:
		addConnectionError(diags, path.Empty(), doing, err)
		return
	case !connection.Admins.Has(state.principal()):
		return
	}
	if !state.AllowSelfRemoval.ValueBool() && r.ways(connection).RefuseSelfRemoval(ctx, doing, state.principal(), diags) {
		return
	}
	switch err := r.takeBack(ctx, state, connection); {
	case errors.Is(err, atlan.ErrNotFound):
	case errors.Is(err, atlan.ErrLastAdmin):
		diags.AddAttributeError(path.Root("id"), doing+" failed",
			"It is the only admin, and a connection must keep at least one. Add another admin first, or take the grant out of the state (terraform state rm) "+
				"to leave the right in place.")
	case err != nil:
		addError(diags, doing, err)
	}
}

// archive removes the workflow that made the grant, which is of no more use. A tenant that refuses that keeps it.
func (r *Resource) archive(ctx context.Context, state model, diags *diag.Diagnostics) {
	name := state.WorkflowName.ValueString()
	if name == "" {
		return
	}
	doing := "Archiving workflow " + name + ", which added " + state.describe() + ","
	switch err := r.Client.Workflows.Archive(ctx, name); {
	case errors.Is(err, atlan.ErrForbidden), errors.Is(err, atlan.ErrNoPackageWorkflows):
		tfx.AddAPIWarning(diags, doing, err, "The workflow stays, and does nothing by itself. Archive it in Atlan.")
	case err != nil:
		tfx.AddAPIError(diags, doing, err)
	}
}
