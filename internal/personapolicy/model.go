// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// model is the state of a policy of any kind; the kinds' own models, below, are views of it.
type model struct {
	common
	Actions types.Set
	// Assets are the glossaries of a glossary policy.
	Assets                                types.Set
	ConnectionID, ConnectionQualifiedName types.String
}

// common is what policies of all kinds have.
type common struct {
	ID          types.String   `tfsdk:"id"`
	PersonaID   types.String   `tfsdk:"persona_id"`
	Name        types.String   `tfsdk:"name"`
	Description types.String   `tfsdk:"description"`
	Allow       types.Bool     `tfsdk:"allow"`
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

type metadataModel struct {
	common
	Actions                 types.Set    `tfsdk:"actions"`
	Assets                  types.Set    `tfsdk:"assets"`
	ConnectionID            types.String `tfsdk:"connection_id"`
	ConnectionQualifiedName types.String `tfsdk:"connection_qualified_name"`
}

type dataModel struct {
	common
	Assets                  types.Set    `tfsdk:"assets"`
	ConnectionID            types.String `tfsdk:"connection_id"`
	ConnectionQualifiedName types.String `tfsdk:"connection_qualified_name"`
}

type glossaryModel struct {
	common
	Actions                types.Set `tfsdk:"actions"`
	GlossaryQualifiedNames types.Set `tfsdk:"glossary_qualified_names"`
}

// onlyDataAction is what a data policy allows or denies.
const onlyDataAction = "select"

// read takes a model from a plan, a state or a configuration of the kind's schema.
func (k kind) read(ctx context.Context, from tfx.Source) (model, diag.Diagnostics) {
	switch k.PolicyKind {
	case atlan.PolicyData:
		var m dataModel
		diags := tfx.GetModel(ctx, from, &m)
		actions, actionDiags := tfx.StringSet(ctx, []string{onlyDataAction})
		diags.Append(actionDiags...)
		return model{m.common, actions, m.Assets, m.ConnectionID, m.ConnectionQualifiedName}, diags
	case atlan.PolicyGlossary:
		var m glossaryModel
		diags := tfx.GetModel(ctx, from, &m)
		return model{m.common, m.Actions, m.GlossaryQualifiedNames, types.StringNull(), types.StringNull()}, diags
	case atlan.PolicyMetadata:
		fallthrough
	default:
		var m metadataModel
		diags := tfx.GetModel(ctx, from, &m)
		return model(m), diags
	}
}

// write puts a model into a state of the kind's schema.
func (k kind) write(ctx context.Context, to tfx.Destination, m model) diag.Diagnostics {
	switch k.PolicyKind {
	case atlan.PolicyData:
		return tfx.SetModel(ctx, to, dataModel{m.common, m.Assets, m.ConnectionID, m.ConnectionQualifiedName})
	case atlan.PolicyGlossary:
		return tfx.SetModel(ctx, to, glossaryModel{m.common, m.Actions, m.Assets})
	case atlan.PolicyMetadata:
		fallthrough
	default:
		return tfx.SetModel(ctx, to, metadataModel(m))
	}
}

// same tells whether a state that holds the one model holds the other too.
func (m model) same(other model) bool {
	return tfx.SameModel(m.common, other.common) && m.Actions.Equal(other.Actions) && m.Assets.Equal(other.Assets) &&
		m.ConnectionID.Equal(other.ConnectionID) && m.ConnectionQualifiedName.Equal(other.ConnectionQualifiedName)
}

// fromAPI takes over what the tenant says of the policy. Actions that mean nothing on the surface in use stay as they
// were: the tenant neither knows nor shows them. The connection is the caller's business: see connect.
func (m *model) fromAPI(ctx context.Context, policy atlan.Policy, surface atlan.Surface) diag.Diagnostics {
	var diags diag.Diagnostics
	var before []string
	if !m.Actions.IsUnknown() {
		diags.Append(m.Actions.ElementsAs(ctx, &before, false)...)
	}
	actions := slices.Clone(policy.Actions)
	for _, action := range before {
		if !atlan.ActionHasCounterpart(surface, action) {
			actions = append(actions, action)
		}
	}
	var setDiags diag.Diagnostics
	m.Actions, setDiags = tfx.StringSet(ctx, distinct(actions))
	diags.Append(setDiags...)
	m.Assets, setDiags = tfx.StringSet(ctx, distinct(policy.Assets))
	diags.Append(setDiags...)
	m.ID = types.StringValue(policy.GUID)
	m.PersonaID = types.StringValue(policy.PersonaGUID)
	m.Name = types.StringValue(policy.Name)
	m.Description = types.StringValue(policy.Description)
	m.Allow = types.BoolValue(policy.Allow)
	return diags
}

// distinct makes a set of a list, in which the tenant may name something twice.
func distinct(values []string) []string { return slices.Compact(slices.Sorted(slices.Values(values))) }

// toAPI is what a creation or an update sends, without the connection.
func (m *model) toAPI(ctx context.Context, kind atlan.PolicyKind) (atlan.PolicyInput, diag.Diagnostics) {
	input := atlan.PolicyInput{
		PersonaGUID: m.PersonaID.ValueString(), Kind: kind, Name: m.Name.ValueString(), Description: m.Description.ValueString(),
		Allow: m.Allow.ValueBool(),
	}
	diags := m.Actions.ElementsAs(ctx, &input.Actions, false)
	diags.Append(m.Assets.ElementsAs(ctx, &input.Assets, false)...)
	return input, diags
}

// sameInAtlan tells whether two models differ only in what Atlan does not know.
func (m *model) sameInAtlan(other model) bool {
	return m.Name.Equal(other.Name) && m.Description.Equal(other.Description) && m.Allow.Equal(other.Allow) &&
		m.Actions.Equal(other.Actions) && m.Assets.Equal(other.Assets)
}

// connect completes the connection's two identities from the one that the surface tells, asking only when that one is
// not what it was.
func (m *model) connect(ctx context.Context, client *atlan.Client, policy atlan.Policy) error {
	if policy.Kind == atlan.PolicyGlossary {
		return nil
	}
	guid, qualifiedName := policy.ConnectionGUID, policy.ConnectionQualifiedName
	known := m.ConnectionID.ValueString() != "" && m.ConnectionQualifiedName.ValueString() != ""
	if known && (guid == m.ConnectionID.ValueString() || qualifiedName == m.ConnectionQualifiedName.ValueString()) {
		return nil
	}
	connection, err := findConnection(ctx, client, guid, qualifiedName)
	if err != nil {
		return err
	}
	m.ConnectionID, m.ConnectionQualifiedName = types.StringValue(connection.GUID), types.StringValue(connection.QualifiedName)
	return nil
}

func findConnection(ctx context.Context, client *atlan.Client, guid, qualifiedName string) (atlan.Connection, error) {
	if guid != "" {
		return client.Connections.Get(ctx, guid)
	}
	return client.Connections.FindByQualifiedName(ctx, qualifiedName)
}
