// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
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
	if r.kind.PolicyKind == atlan.PolicyGlossary {
		return
	}
	if config.ConnectionID.IsNull() && config.ConnectionQualifiedName.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("connection_qualified_name"), "No connection",
			"Set connection_id or connection_qualified_name: the policy is about the assets of one connection.")
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
		detail := fmt.Sprintf("%q is not an action of %s policies.", action, k.PolicyKind)
		if documented := k.DocumentedName(action); documented != "" {
			detail = fmt.Sprintf("Use the documented name %q instead of %q: the provider translates it for tenants that use the other.", documented, action)
		} else if other := kindWith(action); other != "" {
			detail += fmt.Sprintf(" It is one of %s policies.", other)
		} else if meant := nearest(action, k.Actions()); meant != "" {
			detail += fmt.Sprintf(" Did you mean %q?", meant)
		}
		detail += "\n\nThe actions are:\n" + tfx.BulletList(k.Actions())
		diags.AddAttributeError(path.Root("actions").AtSetValue(element), "Unknown action", detail)
	}
	return diags
}

// kindWith is the kind of policies that has the action; what is near by its letters there is something else here.
func kindWith(action string) atlan.PolicyKind {
	for _, kind := range []atlan.PolicyKind{atlan.PolicyMetadata, atlan.PolicyGlossary} {
		if slices.Contains(kind.Actions(), action) {
			return kind
		}
	}
	return ""
}

// checkWithin refuses assets outside the connection, by the test that the tenant makes (metastore AuthPolicyValidator).
func checkWithin(attribute path.Path, assets types.Set, connection types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	if connection.IsNull() || connection.IsUnknown() || strings.Count(connection.ValueString(), "/") != 2 {
		return nil // a connection that is named otherwise is refused itself
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

// PlansBy implements tfx.Steady: no argument has a policy planned anew that stays as it is.
func (r *Resource) PlansBy() []string { return nil }

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
	config, diags := r.kind.read(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	guid := config.ConnectionID.ValueString()
	if guid == "" || resp.Diagnostics.HasError() {
		return
	}
	switch connection, err := r.Client.Connections.Get(ctx, guid); {
	case err == nil:
		resp.Diagnostics.Append(checkAgreement(config.ConnectionQualifiedName, connection)...)
		resp.Diagnostics.Append(checkWithin(path.Root(r.kind.assetsName), config.Assets, types.StringValue(connection.QualifiedName))...)
	case errors.Is(err, atlan.ErrNotFound):
		doing := fmt.Sprintf("Finding the connection of policy %q", plan.Name.ValueString())
		r.addConnectionError(ctx, &resp.Diagnostics, path.Root("connection_id"), doing, err, guid)
	}
}

// checkAgreement refuses a connection whose two identities are both given and do not belong together.
func checkAgreement(qualifiedName types.String, connection atlan.Connection) diag.Diagnostics {
	var diags diag.Diagnostics
	if !qualifiedName.IsNull() && !qualifiedName.IsUnknown() && qualifiedName.ValueString() != connection.QualifiedName {
		diags.AddAttributeError(path.Root("connection_qualified_name"), "Two connections",
			fmt.Sprintf("connection_id is the connection %q, and connection_qualified_name is %q. Give one of the two.",
				connection.QualifiedName, qualifiedName.ValueString()))
	}
	return diags
}

// warnOfLinkAssets says that an action is left out where the tenant has none like it, and refuses a policy of which
// nothing would be left.
func (r *Resource) warnOfLinkAssets(ctx context.Context, plan model, diags *diag.Diagnostics) {
	for _, action := range knownStrings(plan.Actions) {
		if atlan.ActionHasCounterpart(atlan.SurfaceEntities, action) {
			continue
		}
		surface, err := r.Client.PersonaSurface(ctx)
		if err != nil || atlan.ActionHasCounterpart(surface, action) {
			continue
		}
		if len(plan.Actions.Elements()) == 1 {
			diags.AddAttributeError(path.Root("actions"), "No action has an effect on this tenant",
				fmt.Sprintf("This tenant manages policies as entities, which have no counterpart of %q, and a policy needs at least one action. Name another "+
					"action.", action))
			continue
		}
		diags.AddAttributeWarning(path.Root("actions"), "An action has no effect on this tenant",
			fmt.Sprintf("This tenant manages policies as entities, which have no counterpart of %q: it is left out. Who may link READMEs and resources is "+
				"governed elsewhere there.", action))
	}
}
