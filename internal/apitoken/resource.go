// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package apitoken is everything the provider offers for Atlan's API tokens: the resource atlan_api_token with its
// identity, list resource and ephemeral twin, and the data sources. It is the reference that the other object packages
// follow.
package apitoken

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// ResourceType is the name of the managed resource; the other objects of the family bear it too.
const ResourceType = "atlan_api_token"

var notBlank = regexp.MustCompile(`\S`)

var (
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
	_ tfx.Steady                          = (*Resource)(nil)
)

// Resource is the managed resource atlan_api_token.
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

	created, err := r.Client.Tokens.Create(ctx, input)
	if err != nil {
		r.keepLost(ctx, plan, err, resp)
		tfx.AddAPIError(&resp.Diagnostics, fmt.Sprintf("Creating API token %q", input.Name), err, personaHint(input), rightHint, tfx.Hint{
			Lost: "Nobody knows the value of a token whose creation was not answered. The state remembers this: run Terraform again when the tenant answers, " +
				"and it deletes " +
				"what was made and creates the token anew.",
		})
		return
	}

	// The secret exists nowhere else: it is stored before anything else is looked at.
	plan.Token = types.StringValue(created.Token.Secret)
	resp.Diagnostics.Append(plan.fromAPI(ctx, created.Token)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: plan.ID})...)

	warnOfNamesakes(&resp.Diagnostics, created)
	if len(created.Discarded) > 0 {
		tflog.Info(ctx, "Deleted API tokens whose value was lost with the answer to an earlier attempt", map[string]any{"guids": created.Discarded})
	}
	reportDeviation(&resp.Diagnostics, "created", input, created.Token)
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

	token, err := r.read(ctx, state, req.Private)
	if state.ID.IsNull() {
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(token.GUID)})...)
	}
	if absent, warning := gone(r.Client, state, token, err); absent {
		resp.Diagnostics.Append(warning)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Reading "+state.describe(), err)
		return
	}
	before := state
	resp.Diagnostics.Append(state.fromAPI(ctx, token)...)
	if !tfx.SameModel(before, state) {
		resp.Diagnostics.Append(tfx.SetModel(ctx, &resp.State, state)...)
	}
}

// read asks for the token of the state, or for what a creation of unknown outcome made.
func (r *Resource) read(ctx context.Context, state model, private tfx.PrivateReader) (atlan.Token, error) {
	if !state.ID.IsNull() {
		return r.Client.Tokens.Get(ctx, state.ID.ValueString())
	}
	lost, err := findLost(ctx, r.Client, private)
	if err == nil && len(lost) == 0 {
		err = atlan.ErrNotFound
	}
	if err != nil {
		return atlan.Token{}, err
	}
	return lost[0], nil
}

// gone tells whether a token no longer works, which only an answer that lists no such token, or its expiry, can tell: a
// refused or failed request never makes a token vanish.
func gone(client *atlan.Client, state model, token atlan.Token, err error) (bool, diag.Diagnostic) {
	switch {
	case errors.Is(err, atlan.ErrNotFound) && state.ID.IsNull():
		return true, diag.NewWarningDiagnostic("The interrupted creation left nothing behind",
			fmt.Sprintf("Whether an earlier apply created API token %q was unknown. The tenant has no such token: it is planned for creation.",
				state.Name.ValueString()))
	case errors.Is(err, atlan.ErrNotFound):
		return true, diag.NewWarningDiagnostic("API token no longer exists",
			fmt.Sprintf("API token %q (%s) was deleted outside Terraform. It is planned for creation, with a new value.",
				state.Name.ValueString(), state.ID.ValueString()))
	case err == nil && token.Expired(client.Now()):
		return true, diag.NewWarningDiagnostic("API token has expired",
			fmt.Sprintf("API token %q (%s) expired at %s. It is planned for creation, with a new value; check in Atlan whether the expired one is still "+
				"listed. To replace tokens in time, set rotate_before_expiry and plan more often than that.",
				token.Name, token.GUID, token.ExpiresAt().Format(time.RFC3339)))
	default:
		return false, nil
	}
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
		token, err := r.Client.Tokens.Update(ctx, plan.ID.ValueString(), input)
		if err != nil {
			tfx.AddAPIError(&resp.Diagnostics, "Updating "+plan.describe(), err, personaHint(input), rightHint)
			return
		}
		resp.Diagnostics.Append(plan.fromAPI(ctx, token)...)
		reportDeviation(&resp.Diagnostics, "updated", input, token)
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

// delete deletes the token of the state, and what a creation of unknown outcome made.
func (r *Resource) delete(ctx context.Context, state model, private tfx.PrivateReader) error {
	lost, err := findLost(ctx, r.Client, private)
	if err != nil {
		return err
	}
	for _, token := range lost {
		if err := r.Client.Tokens.Delete(ctx, token.GUID); err != nil {
			return err
		}
	}
	if state.ID.IsNull() {
		return nil
	}
	return r.Client.Tokens.Delete(ctx, state.ID.ValueString())
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
	token, err := findForImport(ctx, r.Client, id)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, path.Root("id"), fmt.Sprintf("Importing API token %q", id), err, "The import id is the token's GUID, "+
			"its client id (apikey-…), its user name (service-account-apikey-…), or its name, if no other token that has not expired has the same.")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), token.GUID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(token.GUID)})...)
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, importedMark)...)
	resp.Diagnostics.AddWarning("The value of an imported API token is not known",
		fmt.Sprintf("Atlan shows the value of a token only when it is created, so the attribute token of %q stays null. "+
			"If the value is needed, replace the token (terraform apply -replace).", token.Name))
}

// rightHint says what managing API tokens takes (docs.atlan.com, API access).
var rightHint = tfx.Hint{Status: http.StatusForbidden, Advice: "Managing API tokens takes a workspace admin, or an API token with the default role."}

// personaHint shows an error that names a persona on the argument that names it.
func personaHint(input atlan.TokenInput) tfx.Hint {
	return tfx.Hint{
		Path: path.Root("persona_qualified_names"), Values: input.PersonaQualifiedNames,
		Advice: "The data source atlan_persona finds the qualified_name of a persona by name; it differs from tenant to tenant.",
	}
}

// warnOfNamesakes tells of living tokens that may have been left by an interrupted apply, and of what became of tokens
// whose value was lost on the way.
func warnOfNamesakes(diags *diag.Diagnostics, created atlan.TokenCreation) {
	if len(created.Namesakes) > 0 {
		diags.AddAttributeWarning(path.Root("name"), fmt.Sprintf("Another API token named %q exists", created.Token.Name),
			fmt.Sprintf("Besides the token just created (%s), the tenant has:\n%s\n\nIf that is the token being replaced, there is nothing to do. If it was "+
				"left by an interrupted apply, nobody knows its value: delete it in Atlan, or import it to manage it.",
				created.Token.GUID, tfx.BulletList(describeTokens(created.Namesakes))))
	}
	warnOfOrphans(diags, created)
}

// reportDeviation makes an error of every argument that the tenant did not take over, which is honest and ends there;
// accepting it silently would show the same difference in every plan.
func reportDeviation(diags *diag.Diagnostics, done string, want atlan.TokenInput, got atlan.Token) {
	report := func(attribute string, wanted, found any) {
		diags.AddAttributeError(path.Root(attribute), "The tenant did not accept the value",
			fmt.Sprintf("API token %s was %s, but its %s is %q where %q was asked for. The tenant may not allow this change.",
				got.GUID, done, attribute, found, wanted))
	}
	if got.Name != want.Name {
		report("name", want.Name, got.Name)
	}
	if got.Description != want.Description {
		report("description", want.Description, got.Description)
	}
	wanted, found := slices.Sorted(slices.Values(want.PersonaQualifiedNames)), slices.Sorted(slices.Values(got.PersonaQualifiedNames))
	if !slices.Equal(wanted, found) {
		report("persona_qualified_names", wanted, found)
	}
}
