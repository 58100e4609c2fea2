// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// identityModel holds what never changes about a workflow.
type identityModel struct {
	ID types.String `tfsdk:"id"`
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"id": identityschema.StringAttribute{RequiredForImport: true, Description: "Slug of the workflow."},
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
	doing := fmt.Sprintf("Importing %s %q", r.Kind.Noun, id)
	packaged, err := r.importsPackage(ctx, id)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, doing, err)
		return
	}
	found, err := FindForImport(ctx, r.on(packaged), id)
	if err == nil && !packaged {
		err = r.checkKind(ctx, found)
	}
	if err != nil {
		advice := "The import id is the workflow's slug, which is at the end of its address in Atlan, or its name."
		if packaged {
			advice = fmt.Sprintf("The import id is the name of the workflow, such as %s-1763769600, or that of its connection. Atlan does not show workflows "+
				"that have never run.", r.Kind.Package.Prefix)
		}
		tfx.AddLookupError(&resp.Diagnostics, path.Root("id"), doing, err, advice)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.Slug)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(found.Slug)})...)
	if packaged {
		resp.Diagnostics.AddWarning("Secrets are not imported", fmt.Sprintf("Atlan does not show secrets: the credential of %q is imported as "+
			"credential_guid.", found.Name))
		return
	}
	resp.Diagnostics.AddWarning("Schedules and secrets are not imported", fmt.Sprintf("Atlan shows neither the schedules of a workflow nor its secrets. If %q "+
		"has a "+
		"schedule, remove it in Atlan before you configure one here, or the workflow runs by both. Its credential is imported as credential_guid.", found.Name))
}

// importsPackage tells whether an import id means a workflow of a package: by its form, else by what the tenant serves.
func (r *Resource) importsPackage(ctx context.Context, id string) (bool, error) {
	if r.Kind.Package == nil || r.Kind.Package.Owns(id) {
		return r.Kind.Package != nil, nil
	}
	stands, err := r.choose(ctx, &Common{})
	return stands != nil, err
}

// FindForImport finds the workflow that an import id means: a slug, or else a name.
func FindForImport(ctx context.Context, on Surface, id string) (atlan.AppWorkflow, error) {
	if strings.Trim(id, ". ") == "" { // is the address of something else
		return atlan.AppWorkflow{}, fmt.Errorf("%q is neither a slug nor a name: %w", id, atlan.ErrNotFound)
	}
	found, err := on.Get(ctx, id)
	if !errors.Is(err, atlan.ErrNotFound) && (err != nil || found.Slug == id) {
		return found, err
	}
	named, err := on.FindByName(ctx, id)
	switch {
	case err != nil:
		return atlan.AppWorkflow{}, err
	case len(named) == 0:
		return atlan.AppWorkflow{}, fmt.Errorf("no workflow has the slug or the name %q: %w", id, atlan.ErrNotFound)
	case len(named) == 1:
		return named[0], nil
	}
	var candidates []string
	for _, workflow := range named {
		candidates = append(candidates, fmt.Sprintf("%s, of the app %s, made by %s", workflow.Slug, workflow.AppID, workflow.Owner))
	}
	return atlan.AppWorkflow{}, &tfx.AmbiguousNameError{Kind: "workflows", Name: id, Candidates: candidates}
}

// checkKind refuses the workflow of an app that connects to something else than the resource is for.
func (r *Resource) checkKind(ctx context.Context, found atlan.AppWorkflow) error {
	wanted := r.Kind.Choice.Connector
	if wanted == "" {
		return nil
	}
	choice := r.Kind.Choice
	choice.AppID = found.AppID
	app, err := r.Client.Apps.Resolve(ctx, choice)
	if err != nil {
		return err
	}
	if app.Connector != wanted {
		return &otherAppError{workflow: found, connects: app.Connector, wanted: wanted}
	}
	return nil
}

// otherAppError says that a workflow is of another app than the resource is for.
type otherAppError struct {
	workflow         atlan.AppWorkflow
	connects, wanted string
}

// Error implements error.
func (e *otherAppError) Error() string {
	return fmt.Sprintf("%s is a workflow of the app %s, which connects to %s, not to %s. Import it as an atlan_app_workflow.",
		e.workflow.Slug, e.workflow.AppID, e.connects, e.wanted)
}

// Is makes it no error of the API.
func (e *otherAppError) Is(target error) bool { return target == atlan.ErrNotFound }
