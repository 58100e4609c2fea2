// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// model is the state of a grant.
type model struct {
	ID                      types.String   `tfsdk:"id"`
	ConnectionID            types.String   `tfsdk:"connection_id"`
	ConnectionQualifiedName types.String   `tfsdk:"connection_qualified_name"`
	APITokenID              types.String   `tfsdk:"api_token_id"`
	User                    types.String   `tfsdk:"user"`
	Group                   types.String   `tfsdk:"group"`
	Role                    types.String   `tfsdk:"role"`
	Method                  types.String   `tfsdk:"method"`
	WaitUntilEffective      types.Bool     `tfsdk:"wait_until_effective"`
	AllowSelfRemoval        types.Bool     `tfsdk:"allow_self_removal"`
	MethodUsed              types.String   `tfsdk:"method_used"`
	WorkflowName            types.String   `tfsdk:"workflow_name"`
	Username                types.String   `tfsdk:"username"`
	Timeouts                timeouts.Value `tfsdk:"timeouts"`
}

// argument is the field that names a principal of that kind.
func (m *model) argument(kind tfx.GranteeKind) *types.String {
	return map[tfx.GranteeKind]*types.String{
		tfx.GranteeAPIToken: &m.APITokenID, tfx.GranteeUser: &m.User, tfx.GranteeGroup: &m.Group, tfx.GranteeRole: &m.Role,
	}[kind]
}

// grantee is whom the model names; the configuration names exactly one.
func (m *model) grantee() tfx.Grantee {
	for _, kind := range tfx.GranteeKinds {
		if name := m.argument(kind); !name.IsNull() {
			return tfx.Grantee{Kind: kind, Name: name.ValueString()}
		}
	}
	return tfx.Grantee{}
}

// principal is whom the model names, as the tenant's lists do.
func (m *model) principal() atlan.Principal { return m.grantee().Principal(m.Username.ValueString()) }

// fromAPI takes over a grant: the connection, whom the configuration names, and the name in the connection's list.
func (m *model) fromAPI(connection atlan.Connection, grantee tfx.Grantee, listed string) {
	for _, kind := range tfx.GranteeKinds {
		*m.argument(kind) = types.StringNull()
	}
	*m.argument(grantee.Kind) = types.StringValue(grantee.Name)
	m.ConnectionID = types.StringValue(connection.GUID)
	m.ConnectionQualifiedName = types.StringValue(connection.QualifiedName)
	m.Username = types.StringValue(listed)
	m.ID = types.StringValue(connection.GUID + "/" + grantee.String())
}

// setDefaults sets what neither a connection nor its list of admins tells to what it is by default.
func (m *model) setDefaults() {
	m.Method = types.StringValue(tfx.MethodAuto)
	m.MethodUsed, m.WorkflowName = types.StringNull(), types.StringNull()
	m.WaitUntilEffective = types.BoolValue(false)
	m.AllowSelfRemoval = types.BoolValue(false)
	m.Timeouts = tfx.NoTimeouts()
}

// describe names the grant in messages.
func (m *model) describe() string {
	connection := m.ConnectionQualifiedName.ValueString()
	if connection == "" {
		connection = m.ConnectionID.ValueString()
	}
	return fmt.Sprintf("%s as admin of connection %s", m.grantee(), connection)
}
