// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// ModifyPlan implements resource.ResourceWithModifyPlan: it looks whether a GUID and a qualified name that are both given,
// as in generated configuration, are of one connection. A tenant that does not answer is no reason to fail a plan.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || r.Client == nil {
		return
	}
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || plan.ConnectionID.IsUnknown() || plan.ConnectionQualifiedName.IsUnknown() {
		return
	}
	if connection, err := r.Client.Connections.Read(ctx, plan.ConnectionID.ValueString()); err == nil {
		resp.Diagnostics.Append(plan.checkAgreement(connection.Connection)...)
	}
}

// checkAgreement refuses a GUID and a qualified name of two connections.
func (m *model) checkAgreement(connection atlan.Connection) diag.Diagnostics {
	var diags diag.Diagnostics
	if name := m.ConnectionQualifiedName; !name.IsNull() && !name.IsUnknown() && name.ValueString() != connection.QualifiedName {
		diags.AddAttributeError(path.Root("connection_qualified_name"), "Two connections",
			fmt.Sprintf("connection_id is the connection %q, and connection_qualified_name is %q. Give one of the two.",
				connection.QualifiedName, name.ValueString()))
	}
	return diags
}
