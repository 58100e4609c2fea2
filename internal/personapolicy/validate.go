// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, diags := r.kind.read(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if r.kind.actions != nil {
		resp.Diagnostics.Append(r.kind.checkActions(config.Actions)...)
	}
	resp.Diagnostics.Append(checkWithin(path.Root(r.kind.assetsName), config.Assets, config.ConnectionQualifiedName)...)
}

// checkActions refuses what the tenant would refuse with the whole list in its message.
func (k kind) checkActions(actions types.Set) diag.Diagnostics {
	var diags diag.Diagnostics
	for element, action := range knownStrings(actions) {
		if slices.Contains(k.Actions(), action) {
			continue
		}
		detail := fmt.Sprintf("%q is no action of %s policies. The actions are: %s.", action, k.PolicyKind, strings.Join(k.Actions(), ", "))
		if documented := k.DocumentedName(action); documented != "" {
			detail = fmt.Sprintf("Use the documented name %q instead of %q: the provider translates it where the tenant has the other one.", documented, action)
		}
		diags.AddAttributeError(path.Root("actions").AtSetValue(element), "Unknown action", detail)
	}
	return diags
}

// checkWithin refuses assets outside the connection, by the test that the tenant makes (metastore AuthPolicyValidator).
func checkWithin(attribute path.Path, assets types.Set, connection types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	if connection.IsNull() || connection.IsUnknown() {
		return nil
	}
	for element, asset := range knownStrings(assets) {
		if !strings.HasPrefix(asset, connection.ValueString()) {
			diags.AddAttributeError(attribute.AtSetValue(element), "Asset outside the connection",
				fmt.Sprintf("%q does not belong to the connection %q: a policy is about the assets of one connection, whose qualified names begin "+
					"with the connection's.",
					asset, connection.ValueString()))
		}
	}
	return diags
}

// knownStrings yields the elements of a set that are known.
func knownStrings(set types.Set) func(func(attr.Value, string) bool) {
	return func(yield func(attr.Value, string) bool) {
		for _, element := range set.Elements() {
			text, ok := element.(types.String)
			if ok && !text.IsUnknown() && !text.IsNull() && !yield(element, text.ValueString()) {
				return
			}
		}
	}
}

// ModifyPlan implements resource.ResourceWithModifyPlan: it checks what only the tenant can tell, for policies that are
// new or change. A tenant that does not answer is no reason to fail a plan.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.Client == nil || req.Plan.Raw.Equal(req.State.Raw) {
		return
	}
	plan, diags := r.kind.read(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	r.warnOfLinkAssets(ctx, plan, &resp.Diagnostics)
	if plan.ConnectionQualifiedName.IsUnknown() && plan.ConnectionID.ValueString() != "" {
		connection, err := r.Client.Connections.Get(ctx, plan.ConnectionID.ValueString())
		if err == nil {
			plan.ConnectionQualifiedName = types.StringValue(connection.QualifiedName)
			resp.Diagnostics.Append(checkWithin(path.Root(r.kind.assetsName), plan.Assets, plan.ConnectionQualifiedName)...)
		}
	}
}

// warnOfLinkAssets says that an action is left out where the tenant has none like it.
func (r *Resource) warnOfLinkAssets(ctx context.Context, plan model, diags *diag.Diagnostics) {
	for _, action := range knownStrings(plan.Actions) {
		if atlan.ActionHasCounterpart(atlan.SurfaceEntities, action) {
			continue
		}
		if surface, err := r.Client.PersonaSurface(ctx); err == nil && !atlan.ActionHasCounterpart(surface, action) {
			diags.AddAttributeWarning(path.Root("actions"), "An action has no effect on this tenant",
				fmt.Sprintf("This tenant manages policies as entities, which have nothing like %q: it is left out. Relations between assets, READMEs and "+
					"resources are governed elsewhere there.", action))
		}
	}
}
