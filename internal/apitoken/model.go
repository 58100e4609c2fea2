// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// model is the state of a managed token.
type model struct {
	ID                    types.String      `tfsdk:"id"`
	Name                  types.String      `tfsdk:"name"`
	Description           types.String      `tfsdk:"description"`
	PersonaQualifiedNames types.Set         `tfsdk:"persona_qualified_names"`
	ValiditySeconds       types.Int64       `tfsdk:"validity_seconds"`
	RotationTriggers      types.Map         `tfsdk:"rotation_triggers"`
	RotateBeforeExpiry    types.String      `tfsdk:"rotate_before_expiry"`
	ClientID              types.String      `tfsdk:"client_id"`
	Username              types.String      `tfsdk:"username"`
	Token                 types.String      `tfsdk:"token"`
	CreatedAt             timetypes.RFC3339 `tfsdk:"created_at"`
	CreatedBy             types.String      `tfsdk:"created_by"`
	ExpiresAt             timetypes.RFC3339 `tfsdk:"expires_at"`
	Timeouts              timeouts.Value    `tfsdk:"timeouts"`
}

// fromAPI takes over what the tenant says of the token. It never touches the token's value, which no read returns, nor
// what only the configuration knows.
func (m *model) fromAPI(ctx context.Context, token atlan.Token) diag.Diagnostics {
	personas, diags := tfx.StringSet(ctx, token.PersonaQualifiedNames)
	m.ID = types.StringValue(token.GUID)
	m.Name = types.StringValue(token.Name)
	m.Description = types.StringValue(token.Description)
	m.PersonaQualifiedNames = personas
	if token.ValiditySeconds > 0 {
		m.ValiditySeconds = types.Int64Value(token.ValiditySeconds)
	}
	m.ClientID = types.StringValue(token.ClientID)
	m.Username = types.StringValue(token.Username())
	m.CreatedAt = tfx.TimeOrNull(token.CreatedAt)
	m.CreatedBy = types.StringValue(token.CreatedBy)
	m.ExpiresAt = tfx.TimeOrNull(token.ExpiresAt())
	return diags
}

// toAPI is what a creation or an update sends.
func (m *model) toAPI(ctx context.Context) (atlan.TokenInput, diag.Diagnostics) {
	input := atlan.TokenInput{
		Name:            m.Name.ValueString(),
		Description:     m.Description.ValueString(),
		ValiditySeconds: m.ValiditySeconds.ValueInt64(),
	}
	var diags diag.Diagnostics
	input.PersonaQualifiedNames, diags = personasOf(ctx, m.PersonaQualifiedNames)
	return input, diags
}

// sameInAtlan tells whether two models differ only in what Atlan does not know.
func (m *model) sameInAtlan(other model) bool {
	return m.Name.Equal(other.Name) && m.Description.Equal(other.Description) && m.PersonaQualifiedNames.Equal(other.PersonaQualifiedNames)
}

// personasOf returns the personas to link a token with.
func personasOf(ctx context.Context, set types.Set) ([]string, diag.Diagnostics) {
	return tfx.Strings(ctx, path.Root("persona_qualified_names"), set,
		"A persona without a qualified name cannot be linked with a token. Tenants that serve only the older API of personas do not tell their qualified names.")
}

// describe names a token in messages. One that an interrupted creation may have made has no id yet.
func (m model) describe() string { return tfx.Named("API token", m.Name, m.ID) }
