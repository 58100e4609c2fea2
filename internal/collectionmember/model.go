// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// model is the state of a membership.
type model struct {
	ID                      types.String   `tfsdk:"id"`
	CollectionID            types.String   `tfsdk:"collection_id"`
	CollectionQualifiedName types.String   `tfsdk:"collection_qualified_name"`
	APITokenID              types.String   `tfsdk:"api_token_id"`
	User                    types.String   `tfsdk:"user"`
	Group                   types.String   `tfsdk:"group"`
	Role                    types.String   `tfsdk:"role"`
	Method                  types.String   `tfsdk:"method"`
	WaitUntilEffective      types.Bool     `tfsdk:"wait_until_effective"`
	AllowSelfRemoval        types.Bool     `tfsdk:"allow_self_removal"`
	MethodUsed              types.String   `tfsdk:"method_used"`
	Username                types.String   `tfsdk:"username"`
	Timeouts                timeouts.Value `tfsdk:"timeouts"`
}

// kinds are those of principals that can be members: a collection has no list of roles that counts (metastore
// QueryCollectionPreProcessor).
var kinds = []tfx.GranteeKind{tfx.GranteeAPIToken, tfx.GranteeUser, tfx.GranteeGroup}

// argument is the field that names a principal of that kind.
func (m *model) argument(kind tfx.GranteeKind) *types.String {
	return map[tfx.GranteeKind]*types.String{tfx.GranteeAPIToken: &m.APITokenID, tfx.GranteeUser: &m.User, tfx.GranteeGroup: &m.Group}[kind]
}

// grantee is whom the model names; the configuration names exactly one.
func (m *model) grantee() tfx.Grantee {
	for _, kind := range kinds {
		if name := m.argument(kind); !name.IsNull() {
			return tfx.Grantee{Kind: kind, Name: name.ValueString()}
		}
	}
	return tfx.Grantee{}
}

// principal is whom the model names, as the tenant's lists do.
func (m *model) principal() atlan.Principal { return m.grantee().Principal(m.Username.ValueString()) }

func (m *model) role() atlan.CollectionRole { return atlan.CollectionRole(m.Role.ValueString()) }

// fromAPI takes over a membership: the collection, whom the configuration names, the name in the collection's lists, and
// the role.
func (m *model) fromAPI(collection atlan.Collection, grantee tfx.Grantee, listed string, role atlan.CollectionRole) {
	for _, kind := range kinds {
		*m.argument(kind) = types.StringNull()
	}
	*m.argument(grantee.Kind) = types.StringValue(grantee.Name)
	m.CollectionID = types.StringValue(collection.GUID)
	m.CollectionQualifiedName = types.StringValue(collection.QualifiedName)
	m.Username = types.StringValue(listed)
	m.Role = types.StringValue(string(role))
	m.ID = types.StringValue(collection.GUID + "/" + grantee.String())
}

// setDefaults sets what only the configuration knows to its defaults.
func (m *model) setDefaults() {
	m.Method = types.StringValue(tfx.MethodAuto)
	m.MethodUsed = types.StringNull()
	m.WaitUntilEffective = types.BoolValue(false)
	m.AllowSelfRemoval = types.BoolValue(false)
	m.Timeouts = tfx.NoTimeouts()
}

// describe names the membership in messages.
func (m *model) describe() string {
	collection := m.CollectionQualifiedName.ValueString()
	if collection == "" {
		collection = m.CollectionID.ValueString()
	}
	return fmt.Sprintf("%s as %s of query collection %s", m.grantee(), m.Role.ValueString(), collection)
}
