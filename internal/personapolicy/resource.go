// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package personapolicy is everything the provider offers for the policies of personas: a resource for each kind of
// policy with its identity and list resource, and a data source. The kinds differ in their schemas; one engine serves all.
package personapolicy

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var (
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
	_ tfx.Steady                          = (*Resource)(nil)
)

// Resource is the managed resource for policies of one kind.
type Resource struct {
	tfx.ResourceClient
	kind kind
}

// NewMetadataResource makes the resource atlan_persona_metadata_policy.
func NewMetadataResource() resource.Resource { return &Resource{kind: kinds[atlan.PolicyMetadata]} }

// NewDataResource makes the resource atlan_persona_data_policy.
func NewDataResource() resource.Resource { return &Resource{kind: kinds[atlan.PolicyData]} }

// NewGlossaryResource makes the resource atlan_persona_glossary_policy.
func NewGlossaryResource() resource.Resource { return &Resource{kind: kinds[atlan.PolicyGlossary]} }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.kind.typeName
}

func (r *Resource) describe(m model) string {
	return tfx.Named(string(r.kind.PolicyKind)+" policy", m.Name, m.ID)
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, diags := r.kind.read(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.Timeouts.Create(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	input, ok := r.input(ctx, &plan, req.Config, &resp.Diagnostics)
	if !ok {
		return
	}
	doing := fmt.Sprintf("Creating %s policy %q", r.kind.PolicyKind, input.Name)
	guid, err := r.Client.Policies.Create(ctx, input)
	if err != nil {
		r.keepLost(ctx, plan, err, resp)
		r.addError(ctx, &resp.Diagnostics, doing, err, input, req.Config)
		return
	}

	// From here on the state knows the policy, whatever happens next.
	plan.ID = types.StringValue(guid)
	resp.Diagnostics.Append(r.kind.write(ctx, &resp.State, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: plan.ID})...)

	policy, err := r.Client.Policies.Get(ctx, r.kind.PolicyKind, input.PersonaGUID, guid)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Reading "+r.describe(plan)+" after its creation", err)
		return
	}
	r.settle(ctx, &plan, policy, &resp.Diagnostics)
	resp.Diagnostics.Append(r.kind.write(ctx, &resp.State, plan)...)
	r.reportDeviation(ctx, &resp.Diagnostics, "created", input, policy)
}

// input is what a creation or an update sends, with both identities of the connection, which the model gets too.
func (r *Resource) input(ctx context.Context, m *model, config tfx.Source, diags *diag.Diagnostics) (atlan.PolicyInput, bool) {
	input, inputDiags := m.toAPI(ctx, r.kind.PolicyKind)
	diags.Append(inputDiags...)
	if diags.HasError() || r.kind.PolicyKind == atlan.PolicyGlossary {
		return input, !diags.HasError()
	}
	guid, qualifiedName := m.ConnectionID.ValueString(), ""
	if guid == "" {
		qualifiedName = m.ConnectionQualifiedName.ValueString()
	}
	connection, err := findConnection(ctx, r.Client, guid, qualifiedName)
	if err != nil {
		doing := fmt.Sprintf("Finding the connection of policy %q", input.Name)
		r.addConnectionError(ctx, diags, r.kind.connectionPath(ctx, config), doing, err, guid+qualifiedName)
		return input, false
	}
	diags.Append(checkAgreement(m.ConnectionQualifiedName, connection)...)
	m.ConnectionID, m.ConnectionQualifiedName = types.StringValue(connection.GUID), types.StringValue(connection.QualifiedName)
	diags.Append(checkWithin(path.Root(r.kind.assetsName), m.Assets, m.ConnectionQualifiedName)...)
	input.Connection = connection
	return input, !diags.HasError()
}

// settle takes over what the tenant made of the policy.
func (r *Resource) settle(ctx context.Context, m *model, policy atlan.Policy, diags *diag.Diagnostics) {
	surface, err := r.Client.PersonaSurface(ctx)
	if err == nil {
		err = m.connect(ctx, r.Client, policy)
	}
	if err != nil {
		tfx.AddAPIError(diags, "Reading "+r.describe(*m), err)
		return
	}
	diags.Append(m.fromAPI(ctx, policy, surface)...)
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, diags := r.kind.read(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.Timeouts.Read(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	// Older CLIs keep no identity, and every answer must have one: also that of a provider whose configuration is unknown,
	// which leaves the state as it is.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(state.ID.ValueString())})...)
	if resp.Diagnostics.HasError() || r.Client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	guid, err := r.guidOf(ctx, state, req.Private)
	if state.ID.IsNull() {
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(guid)})...)
	}
	var policy atlan.Policy
	if err == nil {
		policy, err = r.Client.Policies.Get(ctx, r.kind.PolicyKind, state.PersonaID.ValueString(), guid)
	}
	if errors.Is(err, atlan.ErrNotFound) {
		resp.Diagnostics.AddWarning("Policy no longer exists",
			fmt.Sprintf("The %s was deleted outside Terraform, perhaps with its persona. It is planned for creation.", r.describe(state)))
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Reading "+r.describe(state), err)
		return
	}
	before := state
	r.settle(ctx, &state, policy, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || before.same(state) {
		return
	}
	resp.Diagnostics.Append(r.kind.write(ctx, &resp.State, state)...)
}

// Update implements resource.Resource.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, diags := r.kind.read(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	state, diags := r.kind.read(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.Timeouts.Update(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	if !plan.sameInAtlan(state) {
		input, ok := r.input(ctx, &plan, req.Config, &resp.Diagnostics)
		if !ok {
			return
		}
		policy, err := r.Client.Policies.Update(ctx, plan.ID.ValueString(), input)
		if err != nil {
			r.addError(ctx, &resp.Diagnostics, "Updating "+r.describe(plan), err, input, req.Config)
			return
		}
		r.settle(ctx, &plan, policy, &resp.Diagnostics)
		r.reportDeviation(ctx, &resp.Diagnostics, "updated", input, policy)
	}
	resp.Diagnostics.Append(r.kind.write(ctx, &resp.State, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: plan.ID})...)
}

// Delete implements resource.Resource.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, diags := r.kind.read(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	timeout, diags := state.Timeouts.Delete(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	guid, err := r.guidOf(ctx, state, req.Private)
	if err == nil {
		err = r.Client.Policies.Delete(ctx, r.kind.PolicyKind, state.PersonaID.ValueString(), guid)
	}
	if err != nil && !errors.Is(err, atlan.ErrNotFound) {
		tfx.AddAPIError(&resp.Diagnostics, "Deleting "+r.describe(state), err)
	}
}
