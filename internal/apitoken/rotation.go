// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// importedKey marks a token that was imported in the resource's private state. What such a token was created with is
// not Terraform's doing, so that a difference is no reason to replace a token that is in use.
const importedKey = "imported"

var importedMark = []byte(`true`)

func imported(ctx context.Context, private tfx.PrivateReader, diags *diag.Diagnostics) bool {
	mark, markDiags := private.GetKey(ctx, importedKey)
	diags.Append(markDiags...)
	return mark != nil
}

// replaceToken plans a replacement when the attribute changes, and says so; on an imported token it keeps what the
// tenant has.
type replaceToken struct{}

func (replaceToken) Description(context.Context) string {
	return "a change replaces the token, unless it was imported"
}

func (r replaceToken) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

// PlanModifyInt64 implements planmodifier.Int64 for validity_seconds.
func (replaceToken) PlanModifyInt64(ctx context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || req.PlanValue.Equal(req.StateValue) {
		return
	}
	if !imported(ctx, req.Private, &resp.Diagnostics) {
		resp.RequiresReplace = true
		resp.Diagnostics.Append(replacementWarning(req.Path))
		return
	}
	resp.PlanValue = req.StateValue
	if !req.ConfigValue.IsNull() {
		resp.Diagnostics.AddAttributeWarning(req.Path, "The imported API token keeps its validity",
			fmt.Sprintf("The token was created with a validity of %d seconds, which Atlan cannot change. The configured value counts "+
				"when the token is replaced, for example by terraform apply -replace.", req.StateValue.ValueInt64()))
	}
}

// PlanModifyMap implements planmodifier.Map for rotation_triggers.
func (replaceToken) PlanModifyMap(ctx context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || req.PlanValue.Equal(req.StateValue) {
		return
	}
	if req.StateValue.IsNull() && imported(ctx, req.Private, &resp.Diagnostics) {
		return
	}
	resp.RequiresReplace = true
	resp.Diagnostics.Append(replacementWarning(req.Path))
}

func replacementWarning(attribute path.Path) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(attribute, "The API token will be replaced",
		"The token gets a new value and the old one stops working. With lifecycle { create_before_destroy = true } the old one "+
			"works until everything in this configuration that uses it has the new one.")
}

// PlansBy implements tfx.Steady: of what stays as it is, only a token that is to be rotated is planned anew.
func (r *Resource) PlansBy() []string { return []string{"rotate_before_expiry"} }

// ModifyPlan implements resource.ResourceWithModifyPlan: it plans the rotation of a token that is about to expire.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || r.Client == nil {
		return
	}
	// Most tokens have no such argument, and decoding the whole of two models costs as much as all else of a plan.
	var rotateBefore types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("rotate_before_expiry"), &rotateBefore)...)
	if resp.Diagnostics.HasError() || rotateBefore.IsNull() || rotateBefore.IsUnknown() {
		return
	}
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || state.ExpiresAt.IsNull() {
		return
	}
	before, err := time.ParseDuration(rotateBefore.ValueString())
	expires, diags := state.ExpiresAt.ValueRFC3339Time()
	resp.Diagnostics.Append(diags...)
	if err != nil || resp.Diagnostics.HasError() || r.Client.Now().Before(expires.Add(-before)) {
		return
	}
	attribute := path.Root("expires_at")
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, attribute, types.StringUnknown())...)
	resp.RequiresReplace = append(resp.RequiresReplace, attribute)
	resp.Diagnostics.AddAttributeWarning(path.Root("rotate_before_expiry"), "The API token will be rotated",
		fmt.Sprintf("API token %q expires at %s, which is within the %s of rotate_before_expiry: it will be replaced by a token with a new value.",
			state.Name.ValueString(), expires.Format(time.RFC3339), rotateBefore.ValueString()))
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var rotateBefore types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("rotate_before_expiry"), &rotateBefore)...)
	if resp.Diagnostics.HasError() || rotateBefore.IsNull() || rotateBefore.IsUnknown() {
		return
	}
	var seconds types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("validity_seconds"), &seconds)...)
	if resp.Diagnostics.HasError() || seconds.IsUnknown() {
		return
	}
	before, err := time.ParseDuration(rotateBefore.ValueString())
	validity := time.Duration(defaultValidity) * time.Second
	if !seconds.IsNull() {
		validity = time.Duration(seconds.ValueInt64()) * time.Second
	}
	if err == nil && before >= validity {
		resp.Diagnostics.AddAttributeError(path.Root("rotate_before_expiry"), "The API token would be replaced by every plan",
			fmt.Sprintf("rotate_before_expiry (%s) must be shorter than the token's validity (%s).", rotateBefore.ValueString(), validity))
	}
}
