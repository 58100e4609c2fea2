// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// ModifyPlan implements resource.ResourceWithModifyPlan: it looks whether a GUID and a qualified name that are both given,
// as in generated configuration, are of one collection. A tenant that does not answer is no reason to fail a plan.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || r.Client == nil {
		return
	}
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || plan.CollectionID.IsUnknown() || plan.CollectionQualifiedName.IsUnknown() {
		return
	}
	if collection, err := findCollection(ctx, r.Client, collectionKey{guid: plan.CollectionID.ValueString()}); err == nil {
		resp.Diagnostics.Append(plan.checkAgreement(collection)...)
	}
}

// checkAgreement refuses a GUID and a qualified name of two collections.
func (m *model) checkAgreement(collection atlan.Collection) diag.Diagnostics {
	var diags diag.Diagnostics
	if name := m.CollectionQualifiedName; !name.IsNull() && !name.IsUnknown() && name.ValueString() != collection.QualifiedName {
		diags.AddAttributeError(path.Root("collection_qualified_name"), "Two collections",
			fmt.Sprintf("collection_id is the collection %q, and collection_qualified_name is %q. Give one of the two.",
				collection.QualifiedName, name.ValueString()))
	}
	return diags
}
