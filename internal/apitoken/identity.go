// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// identityModel holds what never changes about a token.
type identityModel struct {
	ID types.String `tfsdk:"id"`
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"id": identityschema.StringAttribute{RequiredForImport: true, Description: "GUID of the token."},
		},
	}
}

// lookup says by what an import id names a token.
type lookup int

const (
	byGUID lookup = iota
	byClientID
	byName
)

// parseImportID tells a GUID, a client id ("apikey-…") and the user name of a service account, which holds the client
// id, from a name, which is everything else.
func parseImportID(id string) (lookup, string) {
	if guid, err := uuid.Parse(id); err == nil && len(id) == len(guid.String()) {
		return byGUID, guid.String()
	}
	if clientID := strings.TrimPrefix(id, atlan.ServiceAccountPrefix); strings.HasPrefix(clientID, "apikey-") {
		return byClientID, clientID
	}
	return byName, id
}

// findForImport finds the token that an import id means; a name must be that of one living token only.
func findForImport(ctx context.Context, client *atlan.Client, id string) (atlan.Token, error) {
	switch kind, key := parseImportID(id); kind {
	case byGUID:
		return client.Tokens.Get(ctx, key)
	case byClientID:
		return client.Tokens.FindByClientID(ctx, key)
	case byName:
		return findByName(ctx, client, key)
	default:
		return atlan.Token{}, atlan.ErrNotFound
	}
}

// findByName finds the only living token of that name.
func findByName(ctx context.Context, client *atlan.Client, name string) (atlan.Token, error) {
	found, err := client.Tokens.FindByName(ctx, name)
	if err != nil {
		return atlan.Token{}, err
	}
	var living []atlan.Token
	for _, token := range found {
		if !token.Expired(client.Now()) {
			living = append(living, token)
		}
	}
	switch len(living) {
	case 0:
		return atlan.Token{}, fmt.Errorf("no API token is named %q: %w", name, atlan.ErrNotFound)
	case 1:
		return living[0], nil
	default:
		return atlan.Token{}, &tfx.AmbiguousNameError{Kind: "API tokens", Name: name, Candidates: describeTokens(living)}
	}
}

// describeTokens describes tokens for a choice between them.
func describeTokens(tokens []atlan.Token) []string {
	var lines []string
	for _, token := range tokens {
		lines = append(lines, fmt.Sprintf("%s, created by %s at %s", token.GUID, token.CreatedBy, token.CreatedAt.Format(time.RFC3339)))
	}
	return lines
}
