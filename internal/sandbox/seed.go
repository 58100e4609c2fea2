// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// GUIDs of seeded objects, the same in every tenant.
const (
	SeedAPITokenGUID    = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001"
	SeedAdminUserID     = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0010"
	SeedMemberUserID    = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0011"
	SeedGroupID         = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0020"
	SeedAdminRoleID     = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0030"
	SeedMemberRoleID    = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0031"
	SeedGuestRoleID     = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0032"
	SeedAPITokenRoleID  = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0033"
	SeedOAuthClientGUID = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0040"

	adminUsername  = "admin"
	memberUsername = "jsmith"
)

// newCredentials makes the secrets that a tenant starts with; they are random, unlike everything else in a seed.
func newCredentials(seedName string) Credentials {
	c := Credentials{
		APIKey: newSecret(), APITokenGUID: SeedAPITokenGUID,
		AdminUser: adminUsername, UserBearerToken: newSecret(),
		OAuthClientID: "oauth-client-" + newGUID(), OAuthClientSecret: randomText(24),
	}
	if seedName == SeedDemo {
		c.MemberUser, c.MemberBearerToken = memberUsername, newSecret()
	}
	return c
}

// seed makes a tenant's first state.
func (o *Options) seed(c Credentials) *data {
	now := o.Now()
	d := &data{
		Format: dataFormat, Credentials: c, Secrets: map[string]*bearer{}, OAuthSecrets: map[string]string{},
		Entities: map[string]*Entity{}, Admins: map[string]*lagged[admins]{},
	}
	created := now.UnixMilli()
	d.Roles = []*Role{
		{ID: SeedAdminRoleID, Name: roleAdmin, Description: "Admin", Level: "workspace"},
		{ID: SeedMemberRoleID, Name: roleMember, Description: "Member", Level: "workspace"},
		{ID: SeedGuestRoleID, Name: roleGuest, Description: "Guest", Level: "workspace"},
		{ID: SeedAPITokenRoleID, Name: roleAPIToken, Description: "API token default access", Level: "workspace"},
	}
	d.Users = []*User{{
		ID: SeedAdminUserID, Username: adminUsername, Email: "admin@example.com", FirstName: "Ada", LastName: "Admin",
		Enabled: true, WorkspaceRole: roleAdmin, CreatedAt: created,
	}}
	d.Secrets[c.UserBearerToken] = &bearer{Kind: actorUser, ID: SeedAdminUserID, Expires: now.Add(userTokenLifetime)}

	d.APITokens = []*APIToken{{
		GUID: SeedAPITokenGUID, ClientID: "apikey-" + SeedAPITokenGUID, DisplayName: "sandbox",
		Description: "The key that this sandbox started with", CreatedAt: created, CreatedBy: adminUsername,
		ValiditySeconds: defaultValidity, PersonaQualifiedNames: []string{},
	}}
	d.Secrets[c.APIKey] = &bearer{Kind: actorToken, ID: SeedAPITokenGUID}

	d.OAuthClients = []*OAuthClient{{
		GUID: SeedOAuthClientGUID, ClientID: c.OAuthClientID, DisplayName: "sandbox", Role: roleAdmin,
		PersonaQualifiedNames: []string{}, CreatedAt: created, CreatedBy: adminUsername,
		UpdatedAt: created, UpdatedBy: adminUsername,
	}}
	d.OAuthSecrets[SeedOAuthClientGUID] = c.OAuthClientSecret
	if o.Seed == SeedDemo {
		d.addDemo(c, now)
		d.Apps = appSet(o.Apps)
	}
	return d
}
