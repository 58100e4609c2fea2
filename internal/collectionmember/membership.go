// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// ways are those to change the members of a collection.
func (r *Resource) ways(collection atlan.Collection) tfx.Ways {
	return tfx.Ways{Client: r.Client, Object: "query collection", Changed: "members", Holders: "editors", Now: collection.Editors}
}

// setRole gives the planned role, and returns the method that was used. A principal that has the role is left alone. The
// error is among the diagnostics, too.
func (r *Resource) setRole(
	ctx context.Context, doing string, plan model, collection atlan.Collection, diags *diag.Diagnostics,
) (used string, err error) {
	before := collection.RoleOf(plan.principal())
	switch {
	case before == plan.role():
		return tfx.MethodNone, nil
	case isCreator(plan.principal(), collection):
		diags.AddAttributeError(path.Root("role"), doing+" failed",
			fmt.Sprintf("%s created the query collection, and Atlan keeps its creator an editor. Set role = %q, or leave this member out.",
				collection.CreatedBy, atlan.CollectionEditor))
		return "", nil
	case before == atlan.CollectionEditor && !plan.AllowSelfRemoval.ValueBool() &&
		r.ways(collection).RefuseSelfRemoval(ctx, doing, plan.principal(), diags):
		return "", nil
	}
	used, err = r.ways(collection).Take(ctx, plan.Method.ValueString(), func(ctx context.Context, as atlan.Credential) error {
		return r.Client.Collections.SetRole(ctx, as, collection.GUID, plan.principal(), plan.role())
	})
	if err != nil {
		tfx.AddWaysError(diags, doing, err)
	}
	return used, err
}

// remove takes away whatever role the principal has. The creator's cannot be taken: the membership is then forgotten, as
// an error would stand in the way of every destroy.
func (r *Resource) remove(ctx context.Context, doing string, state model, collection atlan.Collection, diags *diag.Diagnostics) {
	if isCreator(state.principal(), collection) {
		diags.AddWarning("The creator of the query collection stays an editor",
			fmt.Sprintf("%s created query collection %s, and Atlan keeps its creator an editor. The membership is only taken out of the state.",
				collection.CreatedBy, collection.QualifiedName))
		return
	}
	if collection.RoleOf(state.principal()) == atlan.CollectionEditor && !state.AllowSelfRemoval.ValueBool() &&
		r.ways(collection).RefuseSelfRemoval(ctx, doing, state.principal(), diags) {
		return
	}
	ways := r.ways(collection)
	ways.Removing = true
	_, err := ways.Take(ctx, state.Method.ValueString(), func(ctx context.Context, as atlan.Credential) error {
		return r.Client.Collections.RemoveMember(ctx, as, collection.GUID, state.principal())
	})
	if err != nil && !errors.Is(err, atlan.ErrNotFound) {
		tfx.AddWaysError(diags, doing, err)
	}
}

func isCreator(principal atlan.Principal, collection atlan.Collection) bool {
	return principal == atlan.Principal{Kind: atlan.PrincipalUser, Name: collection.CreatedBy}
}

// await waits until new rights are effective, if that is asked for.
func (r *Resource) await(ctx context.Context, plan model, used string, diags *diag.Diagnostics) {
	if plan.WaitUntilEffective.ValueBool() && used != tfx.MethodNone && r.Client.AwaitRights(ctx) != nil {
		diags.AddWarning("The rights may not be effective yet",
			fmt.Sprintf("%s was set, but the timeout ended before the rights were certain to be effective.", plan.describe()))
	}
}
