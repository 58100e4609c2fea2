// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// OperationTimeout bounds each operation of a managed resource unless its timeouts block says otherwise. It holds the
// retries of several requests, and the lag of the search index that reading after a lost creation waits for.
const OperationTimeout = 5 * time.Minute

// TimeoutsBlock is the timeouts block of a managed resource. longer are the defaults of operations that wait for more than
// requests, by operation.
func TimeoutsBlock(ctx context.Context, longer ...map[string]time.Duration) schema.Block {
	describe := func(operation string) string {
		timeout := OperationTimeout
		for _, defaults := range longer {
			timeout = max(timeout, defaults[operation])
		}
		return fmt.Sprintf("How long to %s may take, retries included, as a duration such as `10m`; default `%dm`.", operation, int(timeout.Minutes()))
	}
	return timeouts.Block(ctx, timeouts.Opts{
		Create: true, CreateDescription: describe("create"),
		Read: true, ReadDescription: describe("read"),
		Update: true, UpdateDescription: describe("update"),
		Delete: true, DeleteDescription: describe("delete"),
	})
}

// NoTimeouts is the null value of the timeouts block, for states that no configuration made.
func NoTimeouts() timeouts.Value {
	attributes := map[string]attr.Type{}
	for _, operation := range []string{"create", "read", "update", "delete"} {
		attributes[operation] = types.StringType
	}
	return timeouts.Value{Object: types.ObjectNull(attributes)}
}
