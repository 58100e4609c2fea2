// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// identityModel holds what never changes about a policy.
type identityModel struct {
	ID types.String `tfsdk:"id"`
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"id": identityschema.StringAttribute{RequiredForImport: true, Description: "GUID of the policy."},
		},
	}
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
	policy, err := r.findForImport(ctx, id)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, path.Root("id"), fmt.Sprintf("Importing %s policy %q", r.kind.PolicyKind, id), err,
			"The import id is the policy's GUID, or the GUID of its persona, a slash, and the name or GUID of the policy.")
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), policy.GUID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("persona_id"), policy.PersonaGUID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(policy.GUID)})...)
}

// parseImportID splits an import id into the persona's GUID, if it has one, and the name or GUID of the policy.
func parseImportID(id string) (personaGUID, policy string) {
	before, after, ok := strings.Cut(id, "/")
	if !ok || !isGUID(before) {
		return "", id
	}
	return before, after
}

// isGUID leaves out the other ways to write a UUID, which Atlan does not know.
func isGUID(text string) bool {
	const length = 36
	_, err := uuid.Parse(text)
	return err == nil && len(text) == length
}

func (r *Resource) findForImport(ctx context.Context, id string) (atlan.Policy, error) {
	personaGUID, wanted := parseImportID(id)
	if personaGUID == "" {
		if !isGUID(wanted) {
			return atlan.Policy{}, fmt.Errorf("%q is not a GUID: %w", wanted, atlan.ErrNotFound)
		}
		return r.Client.Policies.Locate(ctx, r.kind.PolicyKind, wanted)
	}
	policies, err := r.Client.Policies.Of(ctx, personaGUID)
	if err != nil {
		return atlan.Policy{}, err
	}
	var candidates []atlan.Policy
	for _, policy := range policies {
		if policy.Kind == r.kind.PolicyKind && (policy.GUID == wanted || policy.Name == wanted) {
			candidates = append(candidates, policy)
		}
	}
	switch len(candidates) {
	case 0:
		return atlan.Policy{}, fmt.Errorf("the persona has no %s policy %q: %w", r.kind.PolicyKind, wanted, atlan.ErrNotFound)
	case 1:
		return candidates[0], nil
	default:
		ambiguous := &tfx.AmbiguousNameError{Kind: "policies of the persona", Name: wanted}
		for _, policy := range candidates {
			ambiguous.Candidates = append(ambiguous.Candidates, policy.GUID)
		}
		return atlan.Policy{}, ambiguous
	}
}
