// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// lostKey is where the private state remembers a creation of unknown outcome.
const lostKey = "lost_creation"

// keepLost stores a creation whose outcome is unknown, or whose token could not be deleted, in the state: without a
// value, and without an id if that is unknown. The error that goes with it makes the resource tainted, so that the next
// apply finds what was made, deletes it and creates the token anew.
func keepLost(ctx context.Context, plan model, err error, resp *resource.CreateResponse) {
	var ambiguous *atlan.AmbiguousError
	if !errors.As(err, &ambiguous) {
		return
	}
	lost, err := json.Marshal(ambiguous.Lost)
	if err != nil {
		return
	}
	resp.Diagnostics.Append(plan.fromAPI(ctx, atlan.Token{Name: plan.Name.ValueString(), Description: plan.Description.ValueString()})...)
	plan.ID, plan.ClientID, plan.Username = types.StringNull(), types.StringNull(), types.StringNull()
	plan.Token, plan.CreatedBy = types.StringNull(), types.StringNull()
	if len(ambiguous.GUIDs) > 0 {
		plan.ID = types.StringValue(ambiguous.GUIDs[0])
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: plan.ID})...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, lostKey, lost)...)
}

// findLost returns what the creation that the private state remembers made; nothing when it remembers none.
func findLost(ctx context.Context, client *atlan.Client, private privateReader) ([]atlan.Token, error) {
	encoded, diags := private.GetKey(ctx, lostKey)
	if diags.HasError() || encoded == nil {
		return nil, nil
	}
	var lost atlan.LostCreation
	if err := json.Unmarshal(encoded, &lost); err != nil {
		return nil, fmt.Errorf("reading what the state remembers of an interrupted creation: %w", err)
	}
	return client.Tokens.FindLost(ctx, lost)
}
