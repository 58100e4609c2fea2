// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// model is the state of a managed persona.
type model struct {
	ID            types.String   `tfsdk:"id"`
	Name          types.String   `tfsdk:"name"`
	Description   types.String   `tfsdk:"description"`
	Enabled       types.Bool     `tfsdk:"enabled"`
	Users         types.Set      `tfsdk:"users"`
	Groups        types.Set      `tfsdk:"groups"`
	DenyAssetTabs types.Set      `tfsdk:"deny_asset_tabs"`
	QualifiedName types.String   `tfsdk:"qualified_name"`
	RoleID        types.String   `tfsdk:"role_id"`
	Timeouts      timeouts.Value `tfsdk:"timeouts"`
}

// fromAPI takes over what the tenant says of the persona.
func (m *model) fromAPI(ctx context.Context, persona atlan.Persona) diag.Diagnostics {
	users, diags := tfx.StringSet(ctx, persona.Users)
	groups, groupDiags := tfx.StringSet(ctx, persona.Groups)
	tabs, tabDiags := tfx.StringSet(ctx, persona.DenyAssetTabs)
	diags.Append(groupDiags...)
	diags.Append(tabDiags...)
	m.ID = types.StringValue(persona.GUID)
	m.Name = types.StringValue(persona.Name)
	m.Description = types.StringValue(persona.Description)
	m.Enabled = types.BoolValue(persona.Enabled)
	m.Users, m.Groups, m.DenyAssetTabs = users, groups, tabs
	m.QualifiedName = stringOrNull(persona.QualifiedName)
	m.RoleID = stringOrNull(persona.RoleID)
	return diags
}

// describe names the persona in diagnostics. While it is imported only its GUID is known, and after a creation of unknown
// outcome only its name.
func (m *model) describe() string { return tfx.Named("persona", m.Name, m.ID) }

// stringOrNull makes null of what the tenant does not tell.
func stringOrNull(value string) types.String {
	if value == "" {
		return types.StringNull()
	}
	return types.StringValue(value)
}

// toAPI is what a creation or an update sends. Names are in order, so that equal configurations send equal requests.
func (m *model) toAPI(ctx context.Context) (atlan.PersonaInput, diag.Diagnostics) {
	input := atlan.PersonaInput{Name: m.Name.ValueString(), Description: m.Description.ValueString(), Enabled: m.Enabled.ValueBool()}
	var diags diag.Diagnostics
	for _, set := range []struct {
		from types.Set
		to   *[]string
	}{{m.Users, &input.Users}, {m.Groups, &input.Groups}, {m.DenyAssetTabs, &input.DenyAssetTabs}} {
		diags.Append(set.from.ElementsAs(ctx, set.to, false)...)
		slices.Sort(*set.to)
	}
	return input, diags
}

// sameInAtlan tells whether two models differ only in what Atlan does not know.
func (m *model) sameInAtlan(other model) bool {
	return m.Name.Equal(other.Name) && m.Description.Equal(other.Description) && m.Enabled.Equal(other.Enabled) &&
		m.Users.Equal(other.Users) && m.Groups.Equal(other.Groups) && m.DenyAssetTabs.Equal(other.DenyAssetTabs)
}

// deviation is an argument that the tenant did not take over.
type deviation struct {
	attribute     string
	wanted, found any
}

// deviations compares what was asked for with what the tenant made of it.
func deviations(want atlan.PersonaInput, got atlan.Persona) []deviation {
	var all []deviation
	check := func(attribute string, equal bool, wanted, found any) {
		if !equal {
			all = append(all, deviation{attribute, wanted, found})
		}
	}
	check("name", want.Name == got.Name, want.Name, got.Name)
	check("description", want.Description == got.Description, want.Description, got.Description)
	check("enabled", want.Enabled == got.Enabled, want.Enabled, got.Enabled)
	for _, set := range []struct {
		attribute     string
		wanted, found []string
	}{{"users", want.Users, got.Users}, {"groups", want.Groups, got.Groups}, {"deny_asset_tabs", want.DenyAssetTabs, got.DenyAssetTabs}} {
		wanted, found := ordered(set.wanted), ordered(set.found)
		check(set.attribute, slices.Equal(wanted, found), wanted, found)
	}
	return all
}

// ordered makes sets comparable.
func ordered(names []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(names)))
}
