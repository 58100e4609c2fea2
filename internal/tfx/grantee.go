// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// GranteeKind is by what a grant names its principal; it is also the first part of the principal's text form.
type GranteeKind string

// The kinds of grantees.
const (
	GranteeAPIToken GranteeKind = "api_token"
	GranteeUser     GranteeKind = "user"
	GranteeGroup    GranteeKind = "group"
	GranteeRole     GranteeKind = "role"
)

// GranteeKinds are all of them.
var GranteeKinds = []GranteeKind{GranteeAPIToken, GranteeUser, GranteeGroup, GranteeRole}

// Attribute is the argument that names a principal of that kind.
func (k GranteeKind) Attribute() path.Path {
	if k == GranteeAPIToken {
		return path.Root("api_token_id")
	}
	return path.Root(string(k))
}

// Advice says what the argument takes, and where to find it.
func (k GranteeKind) Advice() string {
	switch k {
	case GranteeAPIToken:
		return "api_token_id is the id of an existing token, not its name or client id: the data source atlan_api_token finds it by either."
	case GranteeUser:
		return "user is a user name, not an email address or a full name: the data source atlan_user finds it by email address."
	case GranteeGroup:
		return "group is the internal name of a group, which may differ from the alias that Atlan shows: the data source atlan_group finds it by alias."
	case GranteeRole:
	}
	return "role is the name of a role, such as $admin: the data source atlan_roles lists them."
}

// Grantee is whom a grant is about, as the configuration names it.
type Grantee struct {
	Kind GranteeKind
	// Name is the GUID of an API token, else a name.
	Name string
}

// String is the text form, such as "user:jsmith".
func (g Grantee) String() string { return string(g.Kind) + ":" + g.Name }

// ParseGrantee reverses [Grantee.String]; ok is false for anything else. Names may hold colons and slashes.
func ParseGrantee(text string) (g Grantee, ok bool) {
	before, name, _ := strings.Cut(text, ":")
	g = Grantee{GranteeKind(before), name}
	if name == "" || !slices.Contains(GranteeKinds, g.Kind) {
		return Grantee{}, false
	}
	if g.Kind == GranteeAPIToken {
		guid, ok := ParseGUID(name)
		return Grantee{g.Kind, guid}, ok
	}
	return g, true
}

// GUID refuses what is no GUID, such as a name, before anything is asked for by it.
func GUID() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
		"must be a GUID, such as 92588c67-5ac1-4a45-8b5c-dd92f4b84e99, not a name")
}

// ConnectionQualifiedName refuses what is no qualified name of a connection, such as its name.
func ConnectionQualifiedName() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(`^[^/\s]+/[^/\s]+/[^/\s]+$`),
		"must be the qualified name of a connection, such as default/snowflake/1700000000, not its name: "+
			"the data source atlan_connection finds one by the other")
}

// PersonaQualifiedName refuses what is no qualified name of a persona, such as its name or GUID.
func PersonaQualifiedName() validator.String {
	return stringvalidator.RegexMatches(regexp.MustCompile(`^[^/\s]+/[^/\s]+$`),
		"must be the qualified name of a persona, such as default/LzgnFMh4DYW1lVTJkBYFSZ, not its name or GUID: "+
			"refer to qualified_name of an atlan_persona or of the data source atlan_persona")
}

// ParseGUID takes a GUID in the form that Atlan gives them, and in no other.
func ParseGUID(text string) (guid string, ok bool) {
	parsed, err := uuid.Parse(text)
	return parsed.String(), err == nil && len(text) == len(parsed.String())
}

// Principal is the grantee as the tenant's lists name it.
func (g Grantee) Principal(listed string) atlan.Principal {
	switch g.Kind {
	case GranteeGroup:
		return atlan.Principal{Kind: atlan.PrincipalGroup, Name: listed}
	case GranteeRole:
		return atlan.Principal{Kind: atlan.PrincipalRole, Name: listed}
	case GranteeAPIToken, GranteeUser:
	}
	return atlan.Principal{Kind: atlan.PrincipalUser, Name: listed}
}

// Resolve finds whom a grant names and returns the name in the tenant's lists. The tenant answers an unknown name with an
// internal error, so it is looked for first. The error matches [atlan.ErrNotFound] when there is nobody of that name.
func (g Grantee) Resolve(ctx context.Context, client *atlan.Client) (string, error) {
	switch g.Kind {
	case GranteeAPIToken:
		token, err := client.Tokens.Get(ctx, g.Name)
		return token.Username(), err
	case GranteeUser:
		found, err := client.Principals.ResolveUsers(ctx, []string{g.Name})
		if _, ok := found[g.Name]; err == nil && !ok {
			err = fmt.Errorf("no user is named %q: %w", g.Name, atlan.ErrNotFound)
		}
		return g.Name, err
	case GranteeGroup:
		found, err := client.Principals.ResolveGroups(ctx, []string{g.Name})
		if _, ok := found[g.Name]; err == nil && !ok {
			err = fmt.Errorf("no group has the internal name %q: %w", g.Name, atlan.ErrNotFound)
		}
		return g.Name, err
	case GranteeRole:
	}
	role, err := client.Principals.FindRole(ctx, g.Name)
	return role.ID, err
}

// GranteeNames tells how a configuration names principals. It asks for the names of roles once.
type GranteeNames struct {
	Client *atlan.Client

	roles map[string]string
}

// Of is how a configuration names a principal: an API token by its GUID, if it still exists, and a role by name.
func (n *GranteeNames) Of(ctx context.Context, principal atlan.Principal) (Grantee, error) {
	switch principal.Kind {
	case atlan.PrincipalGroup:
		return Grantee{GranteeGroup, principal.Name}, nil
	case atlan.PrincipalRole:
		name, err := n.role(ctx, principal.Name)
		return Grantee{GranteeRole, name}, err
	case atlan.PrincipalUser:
	}
	clientID, isToken := atlan.TokenClientID(principal.Name)
	if !isToken {
		return Grantee{GranteeUser, principal.Name}, nil
	}
	token, err := n.Client.Tokens.FindByClientID(ctx, clientID)
	if errors.Is(err, atlan.ErrNotFound) {
		return Grantee{GranteeUser, principal.Name}, nil
	}
	return Grantee{GranteeAPIToken, token.GUID}, err
}

// role returns the name of the role with that GUID; the GUID itself for one that is gone.
func (n *GranteeNames) role(ctx context.Context, guid string) (string, error) {
	if n.roles == nil {
		names := map[string]string{}
		for role, err := range n.Client.Principals.Roles(ctx) {
			if err != nil {
				return "", err
			}
			names[role.ID] = role.Name
		}
		n.roles = names
	}
	if name := n.roles[guid]; name != "" {
		return name, nil
	}
	return guid, nil
}
