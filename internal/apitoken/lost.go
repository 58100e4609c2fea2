// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// keepLost stores a creation whose outcome is unknown, or whose token could not be deleted, in the state: without a
// value, and without an id if that is unknown. The error that goes with it makes the resource tainted, so that the next
// apply finds what was made, deletes it and creates the token anew.
func (r *Resource) keepLost(ctx context.Context, plan model, err error, resp *resource.CreateResponse) {
	lost, diags := tfx.KeepLost(ctx, resp.Private, r.Client.Now(), err)
	resp.Diagnostics.Append(diags...)
	if lost == nil {
		return
	}
	resp.Diagnostics.Append(plan.fromAPI(ctx, atlan.Token{Name: plan.Name.ValueString(), Description: plan.Description.ValueString()})...)
	plan.ID, plan.ClientID, plan.Username = types.StringNull(), types.StringNull(), types.StringNull()
	plan.Token, plan.CreatedBy = types.StringNull(), types.StringNull()
	if len(lost.GUIDs) > 0 {
		plan.ID = types.StringValue(lost.GUIDs[0])
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: plan.ID})...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// findLost returns what the creation that the private state remembers made; nothing when it remembers none.
func findLost(ctx context.Context, client *atlan.Client, private tfx.PrivateReader) ([]atlan.Token, error) {
	lost, err := tfx.LostCreation(ctx, private)
	if err != nil || lost == nil {
		return nil, err
	}
	return client.Tokens.FindLost(ctx, lost.LostCreation)
}

// warnOfOrphans tells of tokens that could be neither used nor deleted.
func warnOfOrphans(diags *diag.Diagnostics, created atlan.TokenCreation) {
	if len(created.Orphans) > 0 {
		diags.AddWarning("An API token of a failed attempt is left over",
			fmt.Sprintf("Creating %q took several attempts. What an earlier one made could not be deleted: %s. Nobody knows its value: delete it in "+
				"Atlan.", created.Token.Name, strings.Join(created.Orphans, ", ")))
	}
}
