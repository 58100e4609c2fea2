// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// byNameHint goes with every failure to find a persona by its name.
const byNameHint = "Atlan finds a persona by its name only some seconds after it was created or renamed, and shows only those that the caller may read."

// identityModel holds what never changes about a persona.
type identityModel struct {
	ID types.String `tfsdk:"id"`
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"id": identityschema.StringAttribute{RequiredForImport: true, Description: "GUID of the persona."},
		},
	}
}

// lookup says by what an import id names a persona.
type lookup int

const (
	byGUID lookup = iota
	byName
)

// parseImportID tells a GUID from a name, which is everything else.
func parseImportID(id string) (lookup, string) {
	if guid, err := uuid.Parse(id); err == nil && len(id) == len(guid.String()) {
		return byGUID, guid.String()
	}
	return byName, id
}

// findForImport finds the persona that an import id means; a name must be that of one persona only.
func findForImport(ctx context.Context, client *atlan.Client, id string) (atlan.Persona, error) {
	kind, key := parseImportID(id)
	if kind == byGUID {
		return client.Personas.Get(ctx, key)
	}
	return findByName(ctx, client, key)
}

// findByName finds the only persona of that name.
func findByName(ctx context.Context, client *atlan.Client, name string) (atlan.Persona, error) {
	found, err := client.Personas.FindByName(ctx, name)
	if err != nil {
		return atlan.Persona{}, err
	}
	switch len(found) {
	case 0:
		return atlan.Persona{}, fmt.Errorf("no persona is named %q: %w", name, atlan.ErrNotFound)
	case 1:
		return found[0], nil
	default:
		return atlan.Persona{}, &tfx.AmbiguousNameError{Kind: "personas", Name: name, Candidates: describePersonas(found)}
	}
}

// describePersonas describes personas of one name for a choice between them.
func describePersonas(personas []atlan.Persona) []string {
	var lines []string
	for _, persona := range personas {
		state := "enabled"
		if !persona.Enabled {
			state = "disabled"
		}
		line := fmt.Sprintf("%s, %s, %d users, %d groups", persona.GUID, state, len(persona.Users), len(persona.Groups))
		if persona.Description != "" {
			line += fmt.Sprintf(", %q", persona.Description)
		}
		lines = append(lines, line)
	}
	return lines
}
