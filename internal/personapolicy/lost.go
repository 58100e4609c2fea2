// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// keepLost stores a creation of unknown outcome in the state, without an id. The error that goes with it makes the
// resource tainted, so that the next apply finds what was made, deletes it and creates the policy anew.
func (r *Resource) keepLost(ctx context.Context, plan model, err error, resp *resource.CreateResponse) {
	lost, diags := tfx.KeepLost(ctx, resp.Private, r.Client.Now(), err)
	resp.Diagnostics.Append(diags...)
	if lost == nil {
		return
	}
	plan.ID = types.StringNull()
	resp.Diagnostics.Append(r.kind.write(ctx, &resp.State, plan)...)
}

// guidOf returns the GUID of the policy in the state, or of what a creation of unknown outcome made. The error matches
// [atlan.ErrNotFound] when that made nothing.
func (r *Resource) guidOf(ctx context.Context, state model, private tfx.PrivateReader) (string, error) {
	if !state.ID.IsNull() {
		return state.ID.ValueString(), nil
	}
	lost, err := tfx.LostCreation(ctx, private)
	if err == nil && lost == nil {
		err = atlan.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	guids, err := r.Client.Policies.FindLost(ctx, lost.LostCreation)
	if err == nil && len(guids) == 0 {
		err = atlan.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return guids[0], nil
}
