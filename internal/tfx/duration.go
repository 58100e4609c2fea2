// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Duration is the duration in an attribute, which a value that became known late may not be.
func Duration(at path.Path, value types.String) (time.Duration, diag.Diagnostics) {
	d, err := time.ParseDuration(value.ValueString())
	switch {
	case err != nil:
		return 0, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Invalid duration", fmt.Sprintf("%q is not a duration, such as \"90m\", \"12h\" or "+
			"\"1h30m\". The units are h, m and s; 14 days are \"336h\".", value.ValueString()))}
	case d <= 0:
		return 0, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Invalid duration", value.ValueString()+" is not longer than zero.")}
	}
	return d, nil
}

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
	_, diags := Duration(req.Path, req.ConfigValue)
	resp.Diagnostics.Append(diags...)
}
