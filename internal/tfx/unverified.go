// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// unverifiedKey is where the private state remembers that nobody has seen what came of the creation.
const unverifiedKey = "unverified"

// KeepUnverified tells whether a grant that failed with err may have been made, and remembers that in the private state. The
// caller then stores it in the state: the error that goes with it makes the resource tainted, so that the next apply removes
// the principal, if it is there, and adds it anew, and a grant that the configuration drops before that is not left behind.
func KeepUnverified(ctx context.Context, private PrivateWriter, err error) (bool, diag.Diagnostics) {
	if _, ok := errors.AsType[*atlan.UnsureError](err); !ok {
		return false, nil
	}
	return true, private.SetKey(ctx, unverifiedKey, []byte("true"))
}

// WasUnverified tells grants that nobody has seen. They may be taken back even from the user under which the provider acts:
// that user has not had the right before.
func WasUnverified(ctx context.Context, private PrivateReader) bool {
	mark, diags := private.GetKey(ctx, unverifiedKey)
	return !diags.HasError() && len(mark) > 0
}
