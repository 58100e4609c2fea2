// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package collectionmember is everything the provider offers for query collections: the resource atlan_collection_member
// with its identity and list resource, and a data source.
package collectionmember

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
const ResourceType = "atlan_collection_member"

// adviceOnSight says how to see collections that an API token does not.
const adviceOnSight = "A query collection is found only if the API token, or the user of user_bearer_token (ATLAN_USER_BEARER_TOKEN), is a member. Give " +
	"the bearer token of a member (to change members: of an editor), or have one make the API token a member."

var (
	_ resource.ResourceWithConfigure        = (*Resource)(nil)
	_ resource.ResourceWithConfigValidators = (*Resource)(nil)
	_ resource.ResourceWithIdentity         = (*Resource)(nil)
	_ resource.ResourceWithImportState      = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan       = (*Resource)(nil)
)

// Resource is the managed resource atlan_collection_member.
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
	timeout, diags := plan.Timeouts.Create(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	doing := "Adding " + plan.describe()
	key := collectionKey{guid: plan.CollectionID.ValueString(), qualifiedName: plan.CollectionQualifiedName.ValueString()}
	collection, err := findCollection(ctx, r.Client, key)
	if err != nil {
		attribute := path.Root("collection_qualified_name")
		if key.guid != "" {
			attribute = path.Root("collection_id")
		}
		addCollectionError(&resp.Diagnostics, attribute, doing, err)
		return
	}
	if resp.Diagnostics.Append(plan.checkAgreement(collection)...); resp.Diagnostics.HasError() {
		return
	}
	listed, err := plan.grantee().Resolve(ctx, r.Client)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, plan.grantee().Kind.Attribute(), doing, err, plan.grantee().Kind.Advice())
		return
	}
	plan.fromAPI(collection, plan.grantee(), listed, plan.role())
	used, err := r.setRole(ctx, doing, plan, collection, &resp.Diagnostics)
	plan.MethodUsed = types.StringValue(used)
	unverified, diags := tfx.KeepUnverified(ctx, resp.Private, err)
	resp.Diagnostics.Append(diags...)
	switch {
	case unverified:
		plan.MethodUsed = types.StringNull()
	case resp.Diagnostics.HasError():
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	if !unverified {
		r.await(ctx, plan, used, &resp.Diagnostics)
	}
}

func addCollectionError(diags *diag.Diagnostics, attribute path.Path, doing string, err error) {
	if errors.Is(err, atlan.ErrNotFound) {
		tfx.AddLookupError(diags, attribute, doing, err, "There is no such query collection.")
		return
	}
	tfx.AddAPIError(diags, doing, err, tfx.Hint{
		Path: attribute, Status: http.StatusForbidden, Advice: adviceOnSight,
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
	collection, err := r.Client.Collections.Read(ctx, state.CollectionID.ValueString())
	if errors.Is(err, atlan.ErrNotFound) {
		resp.Diagnostics.AddWarning("Query collection no longer exists",
			fmt.Sprintf("Query collection %s (%s) was deleted outside Terraform, and with it the right of %s. The membership is planned for creation, which "+
				"will fail as long as the configuration names that collection.",
				state.CollectionQualifiedName.ValueString(), state.CollectionID.ValueString(), state.grantee()))
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		addCollectionError(&resp.Diagnostics, path.Empty(), "Reading "+state.describe(), err)
		return
	}
	role := collection.RoleOf(state.principal())
	if role == "" {
		resp.Diagnostics.AddWarning("The principal is no longer a member of the query collection",
			fmt.Sprintf("Somebody has removed %s outside Terraform. It is planned for creation.", state.describe()))
		resp.State.RemoveResource(ctx)
		return
	}
	state.fromAPI(collection, state.grantee(), state.Username.ValueString(), role)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Update implements resource.Resource. Of what Atlan knows, only the role changes in place.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := plan.Timeouts.Update(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	used := tfx.MethodNone
	if !plan.Role.Equal(state.Role) {
		used = r.updateRole(ctx, plan, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	r.await(ctx, plan, used, &resp.Diagnostics)
}

func (r *Resource) updateRole(ctx context.Context, plan model, diags *diag.Diagnostics) (used string) {
	if !tfx.HasClient(r.Client, diags) {
		return ""
	}
	doing := "Setting " + plan.describe()
	collection, err := r.Client.Collections.Read(ctx, plan.CollectionID.ValueString())
	if err != nil {
		addCollectionError(diags, path.Root("collection_id"), doing, err)
		return ""
	}
	used, _ = r.setRole(ctx, doing, plan, collection, diags)
	return used
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
	doing := "Removing " + state.describe()
	collection, err := r.Client.Collections.Read(ctx, state.CollectionID.ValueString())
	switch {
	case errors.Is(err, atlan.ErrNotFound):
		return
	case err != nil:
		addCollectionError(&resp.Diagnostics, path.Empty(), doing, err)
		return
	case collection.RoleOf(state.principal()) == "":
		return
	}
	if tfx.WasUnverified(ctx, req.Private) {
		state.AllowSelfRemoval = types.BoolValue(true)
	}
	r.remove(ctx, doing, state, collection, &resp.Diagnostics)
}
