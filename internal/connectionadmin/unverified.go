// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// unverifiedKey is where the private state remembers that nobody has seen what came of the creation.
const unverifiedKey = "unverified"

// keepUnverified stores a grant that may have been made in the state. The error that goes with it makes the resource
// tainted: the next apply removes the principal, if it is there, and adds it anew, and a grant that the configuration
// drops before that is not left behind. Before the creation the principal was no admin, so nobody else's grant is meant.
func keepUnverified(ctx context.Context, plan model, err error, resp *resource.CreateResponse) {
	if _, ok := errors.AsType[*atlan.UnsureError](err); !ok {
		return
	}
	plan.MethodUsed, plan.WorkflowName = types.StringNull(), types.StringNull()
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, plan.identity())...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, unverifiedKey, []byte("true"))...)
}

// wasUnverified tells grants that nobody has seen. They may be taken back even from the user under which the provider acts:
// that user has not had the right before.
func wasUnverified(ctx context.Context, private tfx.PrivateReader) bool {
	mark, diags := private.GetKey(ctx, unverifiedKey)
	return !diags.HasError() && len(mark) > 0
}
