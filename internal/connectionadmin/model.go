// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
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

// kind is by what a grant names its principal; it is also the first part of the principal's text form.
type kind string

const (
	kindAPIToken kind = "api_token"
	kindUser     kind = "user"
	kindGroup    kind = "group"
	kindRole     kind = "role"
)

var kinds = []kind{kindAPIToken, kindUser, kindGroup, kindRole}

// attribute is the argument that names a principal of that kind.
func (k kind) attribute() path.Path {
	if k == kindAPIToken {
		return path.Root("api_token_id")
	}
	return path.Root(string(k))
}

// grantee is whom a grant is about, as the configuration names it.
type grantee struct {
	kind kind
	// name is the GUID of an API token, else a name.
	name string
}

// String is the text form, such as "user:jsmith".
func (g grantee) String() string { return string(g.kind) + ":" + g.name }

// parseGrantee reverses [grantee.String]; ok is false for anything else. Names may hold colons and slashes.
func parseGrantee(text string) (g grantee, ok bool) {
	before, name, _ := strings.Cut(text, ":")
	g = grantee{kind(before), name}
	if name == "" || !slices.Contains(kinds, g.kind) {
		return grantee{}, false
	}
	if g.kind == kindAPIToken {
		guid, err := uuid.Parse(name)
		return grantee{g.kind, guid.String()}, err == nil && len(name) == len(guid.String())
	}
	return g, true
}

// argument is the field that names a principal of that kind.
func (m *model) argument(k kind) *types.String {
	return map[kind]*types.String{kindAPIToken: &m.APITokenID, kindUser: &m.User, kindGroup: &m.Group, kindRole: &m.Role}[k]
}

// grantee is whom the model names; the configuration names exactly one.
func (m *model) grantee() grantee {
	for _, k := range kinds {
		if name := m.argument(k); !name.IsNull() {
			return grantee{k, name.ValueString()}
		}
	}
	return grantee{}
}

// principal is whom the model names, as the tenant's lists do.
func (m *model) principal() atlan.Principal {
	of := map[kind]atlan.PrincipalKind{
		kindAPIToken: atlan.PrincipalUser, kindUser: atlan.PrincipalUser, kindGroup: atlan.PrincipalGroup, kindRole: atlan.PrincipalRole,
	}
	return atlan.Principal{Kind: of[m.grantee().kind], Name: m.Username.ValueString()}
}

// fromAPI takes over a grant: the connection, whom the configuration names, and the name in the connection's list.
func (m *model) fromAPI(connection atlan.Connection, g grantee, listed string) {
	for _, k := range kinds {
		*m.argument(k) = types.StringNull()
	}
	*m.argument(g.kind) = types.StringValue(g.name)
	m.ConnectionID = types.StringValue(connection.GUID)
	m.ConnectionQualifiedName = types.StringValue(connection.QualifiedName)
	m.Username = types.StringValue(listed)
	m.ID = types.StringValue(connection.GUID + "/" + g.String())
}

// made takes over how the grant was made.
func (m *model) made(how outcome) {
	m.MethodUsed = types.StringValue(how.method)
	m.WorkflowName = types.StringNull()
	if how.workflow != "" {
		m.WorkflowName = types.StringValue(how.workflow)
	}
}

// describe names the grant in messages.
func (m *model) describe() string {
	connection := m.ConnectionQualifiedName.ValueString()
	if connection == "" {
		connection = m.ConnectionID.ValueString()
	}
	return fmt.Sprintf("%s as admin of connection %s", m.grantee(), connection)
}
