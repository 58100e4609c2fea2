// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// lostKey is where the private state remembers a creation of unknown outcome.
const lostKey = "lost_creation"

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// keepLost stores a creation of unknown outcome in the state, without an id. The error that goes with it makes the
// resource tainted, so that the next apply finds what was made, deletes it and creates the policy anew.
func (r *Resource) keepLost(ctx context.Context, plan model, err error, resp *resource.CreateResponse) {
	var ambiguous *atlan.AmbiguousError
	if !errors.As(err, &ambiguous) {
		return
	}
	lost, err := json.Marshal(ambiguous.Lost)
	if err != nil {
		return
	}
	plan.ID = types.StringNull()
	resp.Diagnostics.Append(r.kind.write(ctx, &resp.State, plan)...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, lostKey, lost)...)
}

// guidOf returns the GUID of the policy in the state, or of what a creation of unknown outcome made. The error matches
// [atlan.ErrNotFound] when that made nothing.
func (r *Resource) guidOf(ctx context.Context, state model, private privateReader) (string, error) {
	if !state.ID.IsNull() {
		return state.ID.ValueString(), nil
	}
	encoded, diags := private.GetKey(ctx, lostKey)
	if diags.HasError() || encoded == nil {
		return "", atlan.ErrNotFound
	}
	var lost atlan.LostCreation
	if err := json.Unmarshal(encoded, &lost); err != nil {
		return "", fmt.Errorf("reading what the state remembers of an interrupted creation: %w", err)
	}
	guids, err := r.Client.Policies.FindLost(ctx, lost)
	if err == nil && len(guids) == 0 {
		err = atlan.ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return guids[0], nil
}
