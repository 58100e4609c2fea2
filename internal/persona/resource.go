// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package persona is everything the provider offers for Atlan's personas: the resource atlan_persona with its identity
// and list resource, and the data sources. The policies of personas are a package of their own.
package persona

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// ResourceType is the name of the managed resource; the other objects of the family bear it too.
const ResourceType = "atlan_persona"

var notBlank = regexp.MustCompile(`\S`)

var (
	_ resource.ResourceWithConfigure   = (*Resource)(nil)
	_ resource.ResourceWithIdentity    = (*Resource)(nil)
	_ resource.ResourceWithImportState = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan  = (*Resource)(nil)
)

// Resource is the managed resource atlan_persona.
type Resource struct {
	tfx.ResourceClient
}

// NewResource makes the resource.
func NewResource() resource.Resource { return &Resource{} }

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = ResourceType
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	input, diags := plan.toAPI(ctx)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.Timeouts.Create(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	doing := fmt.Sprintf("Creating persona %q", input.Name)
	if err := r.checkMembers(ctx, input.Users, input.Groups, &resp.Diagnostics); err != nil {
		tfx.AddAPIError(&resp.Diagnostics, doing, err)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	guid, namesakes, err := r.Client.Personas.Create(ctx, input)
	if err != nil {
		r.keepLost(ctx, plan, err, resp)
		tfx.AddAPIError(&resp.Diagnostics, doing, err, append(hints(input), tfx.Hint{Lost: lostAdvice})...)
		return
	}

	// The tenant has the persona: whatever fails from here on, the state knows of it.
	plan.ID, plan.QualifiedName, plan.RoleID = types.StringValue(guid), types.StringNull(), types.StringNull()
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: plan.ID})...)

	warnOfNamesakes(&resp.Diagnostics, plan, namesakes)
	persona, err := r.settle(ctx, guid, input)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, fmt.Sprintf("Persona %q was created (%s), but completing it", input.Name, guid), err, hints(input)...)
		resp.Diagnostics.AddWarning("The next apply replaces the persona", fmt.Sprintf(
			"Terraform marks an object whose creation did not finish as tainted. The persona %q has no policies yet, so nothing is lost with it. "+
				"To keep it, run terraform untaint first.", input.Name))
		return
	}
	resp.Diagnostics.Append(plan.fromAPI(ctx, persona)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	reportDeviations(&resp.Diagnostics, "created", input, persona)
}

// settle reads a new persona. What its creation cannot take over is made good by an update: the older personas API
// creates every persona enabled (apidocs createpersona).
func (r *Resource) settle(ctx context.Context, guid string, input atlan.PersonaInput) (atlan.Persona, error) {
	persona, err := r.Client.Personas.Get(ctx, guid)
	if err != nil || len(deviations(input, persona)) == 0 {
		return persona, err
	}
	return r.Client.Personas.Update(ctx, guid, input)
}

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(tfx.GetModel(ctx, req.State, &state)...)
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

	persona, err := r.read(ctx, state, req.Private)
	if state.ID.IsNull() {
		state.ID = types.StringValue(persona.GUID)
		if err == nil {
			resp.Diagnostics.Append(foundLost(persona))
		}
	}
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: state.ID})...)
	if errors.Is(err, atlan.ErrNotFound) {
		resp.Diagnostics.Append(gone(&state))
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Reading "+state.describe(), err, rightHint)
		return
	}
	resp.Diagnostics.Append(state.fromAPI(ctx, persona)...)
	resp.Diagnostics.Append(tfx.SetModel(ctx, &resp.State, state)...)
}

// read asks for the persona of the state, or for what a creation of unknown outcome made.
func (r *Resource) read(ctx context.Context, state model, private tfx.PrivateReader) (atlan.Persona, error) {
	if !state.ID.IsNull() {
		return r.Client.Personas.Get(ctx, state.ID.ValueString())
	}
	lost, err := findLost(ctx, r.Client, private)
	if err == nil && len(lost) == 0 {
		err = atlan.ErrNotFound
	}
	if err != nil {
		return atlan.Persona{}, err
	}
	return r.Client.Personas.Get(ctx, lost[0])
}

// gone is what to say of a persona that no longer exists, which only an answer of the store that it has no such persona
// can tell: neither a refused or failed request nor the search index makes one vanish.
func gone(state *model) diag.Diagnostic {
	if state.ID.ValueString() == "" {
		return diag.NewWarningDiagnostic("The interrupted creation left nothing behind",
			fmt.Sprintf("Whether an earlier apply created persona %q was unknown. The tenant has no such persona: it is planned for creation.",
				state.Name.ValueString()))
	}
	return diag.NewWarningDiagnostic("Persona no longer exists",
		fmt.Sprintf("The %s was deleted outside Terraform, and its policies with it. It is planned for creation, with a new GUID.", state.describe()))
}

// Update implements resource.Resource.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	input, diags := plan.toAPI(ctx)
	resp.Diagnostics.Append(diags...)
	timeout, diags := plan.Timeouts.Update(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	if !plan.sameInAtlan(state) {
		doing := "Updating " + plan.describe()
		if err := r.checkMembers(ctx, added(state.Users, plan.Users), added(state.Groups, plan.Groups), &resp.Diagnostics); err != nil {
			tfx.AddAPIError(&resp.Diagnostics, doing, err)
		}
		if resp.Diagnostics.HasError() {
			return
		}
		persona, err := r.Client.Personas.Update(ctx, plan.ID.ValueString(), input)
		if err != nil {
			tfx.AddAPIError(&resp.Diagnostics, doing, err, hints(input)...)
			return
		}
		resp.Diagnostics.Append(plan.fromAPI(ctx, persona)...)
		reportDeviations(&resp.Diagnostics, "updated", input, persona)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: plan.ID})...)
}

// Delete implements resource.Resource.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := r.delete(ctx, state, req.Private); err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Deleting "+state.describe(), err, rightHint)
	}
}

// delete deletes the persona of the state, or what a creation of unknown outcome made.
func (r *Resource) delete(ctx context.Context, state model, private tfx.PrivateReader) error {
	if !state.ID.IsNull() {
		return r.Client.Personas.Delete(ctx, state.ID.ValueString())
	}
	lost, err := findLost(ctx, r.Client, private)
	if err != nil {
		return err
	}
	for _, guid := range lost {
		if err := r.Client.Personas.Delete(ctx, guid); err != nil {
			return err
		}
	}
	return nil
}

// ImportState implements resource.ResourceWithImportState.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !tfx.HasClient(r.Client, &resp.Diagnostics) {
		return
	}
	id := req.ID
	if id == "" {
		var identity identityModel
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		id = identity.ID.ValueString()
	}
	persona, err := findForImport(ctx, r.Client, id)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, path.Root("id"), fmt.Sprintf("Importing persona %q", id), err,
			"The import id is the persona's GUID, or a name that only one persona has. "+byNameHint)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), persona.GUID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(persona.GUID)})...)
}

// rightHint says what managing personas takes (metastore bootstrap_entity_policies).
var rightHint = tfx.Hint{Status: http.StatusForbidden, Advice: "Managing personas takes a workspace admin, or an API token with the default role."}

// hints shows an error that names an argument's value on the argument.
func hints(input atlan.PersonaInput) []tfx.Hint {
	return []tfx.Hint{
		{Path: path.Root("users"), Values: input.Users},
		{Path: path.Root("groups"), Values: input.Groups},
		{Path: path.Root("name"), Values: []string{input.Name}},
		rightHint,
	}
}

// reportDeviations makes an error of every argument that the tenant did not take over, which is honest and ends there;
// accepting it silently would show the same difference in every plan.
func reportDeviations(diags *diag.Diagnostics, done string, want atlan.PersonaInput, got atlan.Persona) {
	for _, d := range deviations(want, got) {
		diags.AddAttributeError(path.Root(d.attribute), "The tenant did not accept the value",
			fmt.Sprintf("Persona %s was %s, but its %s is %#v where %#v was asked for. The tenant may not allow this change, or somebody else changed "+
				"the persona at the same time.", got.GUID, done, d.attribute, d.found, d.wanted))
	}
}
