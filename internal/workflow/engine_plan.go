// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// planTimeout bounds what a plan asks the tenant beyond reading the object.
const planTimeout = time.Minute

// reservedInputs are inputs that other attributes stand for.
var reservedInputs = map[string]string{ //nolint:gosec // names, not values
	"connection": "new_connection", "credential": "credential", "credential_guid": "credential_guid",
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config := r.Kind.New()
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	m := config.Shared()
	if m.Inputs.IsNull() || m.Inputs.IsUnknown() || m.Inputs.IsUnderlyingValueUnknown() || m.Inputs.IsUnderlyingValueNull() {
		return
	}
	inputs, ok := toJSON(m.Inputs).(map[string]any)
	if !ok {
		resp.Diagnostics.AddAttributeError(path.Root("inputs"), "inputs is not an object",
			"Give the inputs as an object by the keys of the app's contract, such as { include_collections = { finance = {} } }.")
		return
	}
	for key, attribute := range reservedInputs {
		if inputs[key] != nil && (key != "connection" || !m.Connection.IsNull()) {
			resp.Diagnostics.AddAttributeError(path.Root("inputs").AtMapKey(key), "The input is set by an attribute",
				fmt.Sprintf("The input %q is made of the argument %s: set that. Inputs are stored in the state and shown in plans.", key, attribute))
		}
	}
}

// ModifyPlan implements resource.ResourceWithModifyPlan: it says what an apply would make, and checks what is new against
// the tenant. What the tenant would certainly refuse is an error; where it cannot be asked, a warning.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	plan, config := r.Kind.New(), r.Kind.New()
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	mem, diags := readMemory(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	m := plan.Shared()
	changed, hasOne := true, false
	if req.State.Raw.IsNull() {
		m.expectNew(r.login(plan, nil) != nil, config.Shared())
	} else {
		state := r.Kind.New()
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
		if resp.Diagnostics.HasError() {
			return
		}
		changed, hasOne = r.planUpdate(ctx, plan, state, config, mem, &resp.Diagnostics)
	}
	if changed && r.Client != nil {
		r.validate(ctx, plan, config, hasOne, &resp.Diagnostics)
	}
	for name, value := range map[string]attr.Value{
		"version": m.Version, "credential_guid": m.CredentialGUID, "connection_qualified_name": m.ConnectionQualifiedName,
		"run_id": m.RunID, "run_status": m.RunStatus, "app_id": m.AppID,
	} {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(name), value)...)
	}
}

// expectNew says what a creation makes.
func (m *Common) expectNew(login bool, config *Common) {
	m.ConnectionQualifiedName = unknownUnless(m.Connection.IsNull())
	if config.CredentialGUID.IsNull() {
		m.CredentialGUID = unknownUnless(!login)
	}
	m.RunID, m.RunStatus = types.StringNull(), types.StringNull()
	m.expectRun(m.Run.IsUnknown() || m.Run.ValueString() != runNever, false)
}

func unknownUnless(null bool) types.String {
	if null {
		return types.StringNull()
	}
	return types.StringUnknown()
}

// planUpdate says what an update makes. It returns whether what the app would check has changed, and whether the workflow
// has a credential.
func (r *Resource) planUpdate(ctx context.Context, plan, state, config Form, mem *memory, diags *diag.Diagnostics) (changed, hasOne bool) {
	m, before := plan.Shared(), state.Shared()
	if config.Shared().CredentialGUID.IsNull() { // keep the one that it has: an update cannot take it away
		m.CredentialGUID = before.CredentialGUID
	}
	m.Version, m.RunID, m.RunStatus = before.Version, before.RunID, before.RunStatus
	switch {
	case m.Connection.IsNull():
		m.ConnectionQualifiedName = types.StringNull()
	case before.Connection.IsNull():
		m.ConnectionQualifiedName = types.StringUnknown()
	}
	c := r.compare(ctx, plan, state, mem)
	c.expect(m, mem)
	r.checkSecret(r.login(plan, config), r.login(state, nil), mem, diags)
	return c.inputs || c.login, !before.CredentialGUID.IsNull()
}

// checkSecret tells of a secret that has changed without being sent.
func (r *Resource) checkSecret(login, before *Login, mem *memory, diags *diag.Diagnostics) {
	if login == nil || before == nil || mem.Secret == nil || !login.equal(before) {
		return
	}
	secrets, known := login.secrets()
	if !known || mem.Secret.matches(secrets) {
		return
	}
	for _, field := range login.Fields {
		if field.Secret {
			diags.AddAttributeWarning(field.Path, "The secret has changed but will not be sent",
				"The secret in the configuration is not the one that was sent to Atlan. Terraform sends it only along with another secret_version: change that to "+
					"store "+
					"the new secret.")
			return
		}
	}
}

// validate checks what is known of the planned workflow against the tenant, and finds the app where none is named.
func (r *Resource) validate(ctx context.Context, plan, config Form, hasOne bool, diags *diag.Diagnostics) {
	m := plan.Shared()
	if m.ContractValidation.IsUnknown() || m.ContractValidation.ValueString() == validationOff || m.Entrypoint.IsUnknown() ||
		config.Shared().AppID.IsUnknown() {
		return
	}
	if m.AppID.IsUnknown() {
		m.AppID = types.StringNull()
		defer func() {
			if m.AppID.IsNull() {
				m.AppID = types.StringUnknown()
			}
		}()
	}
	ctx, cancel := context.WithTimeout(ctx, planTimeout)
	defer cancel()
	const then = "Whether the tenant would accept the workflow is not known. Applying will show."
	if err := r.checkAdmins(ctx, m, diags); err != nil {
		tfx.AddAPIWarning(diags, "Checking the admins of the connection of "+r.describe(m), err, then)
	}
	if err := r.checkReferences(ctx, plan, diags); err != nil {
		tfx.AddAPIWarning(diags, "Looking for the connections that "+r.describe(m)+" refers to", err, then)
	}
	app, err := r.resolve(ctx, m)
	if _, excluded := errors.AsType[*surfaceError](err); excluded || errors.Is(err, atlan.ErrNotFound) {
		r.addResolveError(diags, m, err)
		return
	}
	var d *draft
	if err == nil {
		d, err = r.draft(ctx, app, plan, config, hasOne)
	}
	if err != nil {
		tfx.AddAPIWarning(diags, "Checking "+r.describe(m), err, then)
		return
	}
	m.AppID = types.StringValue(app.ID)
	r.checkPackage(m, app, diags)
	diags.Append(d.violations...)
}

// checkReferences refuses qualified names of connections that do not exist. The error that it returns is the failure to find
// out.
func (r *Resource) checkReferences(ctx context.Context, plan Form, diags *diag.Diagnostics) error {
	for _, field := range plan.Fields() {
		reference, ok := field.Value.(atlan.ConnectionReference)
		if !ok {
			continue
		}
		known, err := r.Client.Connections.Known(ctx, string(reference))
		if err != nil {
			return err
		}
		if !known {
			diags.AddAttributeError(field.Path, "There is no such connection", fmt.Sprintf("No connection has the qualified name %q, which %s of %s gives. The "+
				"data source atlan_connections lists those of the tenant.", string(reference), field.Path, r.describe(plan.Shared())))
		}
	}
	return nil
}
