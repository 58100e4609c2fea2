// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// keepUnverified stores a grant that may have been made in the state. Before the creation the principal was no admin, so
// nobody else's grant is meant.
func keepUnverified(ctx context.Context, plan model, err error, resp *resource.CreateResponse) {
	unverified, diags := tfx.KeepUnverified(ctx, resp.Private, err)
	resp.Diagnostics.Append(diags...)
	if !unverified {
		return
	}
	plan.MethodUsed, plan.WorkflowName = types.StringNull(), types.StringNull()
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
}
