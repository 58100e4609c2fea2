// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// PositiveDuration refuses what is no duration, zero, and negative durations.
type PositiveDuration struct{}

// Description implements validator.Describer.
func (PositiveDuration) Description(context.Context) string { return "a duration longer than zero" }

// MarkdownDescription implements validator.Describer.
func (v PositiveDuration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString implements validator.String.
func (PositiveDuration) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	switch d, err := time.ParseDuration(text); {
	case err != nil:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration",
			fmt.Sprintf("%q is not a duration, such as \"90m\", \"12h\" or \"1h30m\". The units are h, m and s; 14 days are \"336h\".", text))
	case d <= 0:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration", fmt.Sprintf("%s is not longer than zero.", text))
	}
}
