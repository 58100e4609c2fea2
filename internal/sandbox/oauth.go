// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"slices"
	"time"
)

// OAuthClient is an OAuth client without its secret.
type OAuthClient struct {
	GUID                  string   `json:"id"`
	ClientID              string   `json:"clientId"`
	DisplayName           string   `json:"displayName"`
	Description           string   `json:"description"`
	Role                  string   `json:"role"`
	PersonaQualifiedNames []string `json:"personaQNs"`
	CreatedAt             int64    `json:"createdAt"` // epoch milliseconds
	CreatedBy             string   `json:"createdBy"`
	UpdatedAt             int64    `json:"updatedAt"` // epoch milliseconds
	UpdatedBy             string   `json:"updatedBy"`
}

// oauthTokenLifetime is how long an access token of an OAuth client is good (pyatlan client/oauth.py).
const oauthTokenLifetime = 600 * time.Second

// Username is the name under which the client acts; inferred from the one of API tokens.
func (c *OAuthClient) Username() string { return serviceAccountPrefix + c.ClientID }

func (d *data) oauthClient(guid string) *OAuthClient {
	return find(d.OAuthClients, func(c *OAuthClient) bool { return c.GUID == guid })
}

// issueOAuthToken exchanges a client's id and secret for an access token. Body and answer are JSON in camel case
// (pyatlan client/oauth.py); the status for a wrong secret is inferred.
func (t *Tenant) issueOAuthToken(rq *request) (any, error) {
	var in struct {
		ClientID     *string `json:"clientId"`
		ClientSecret *string `json:"clientSecret"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.ClientID == nil {
		return nil, missingProperty("clientId")
	}
	if in.ClientSecret == nil {
		return nil, missingProperty("clientSecret")
	}
	c := find(t.data.OAuthClients, func(c *OAuthClient) bool { return c.ClientID == *in.ClientID })
	if c == nil || t.data.OAuthSecrets[c.GUID] != *in.ClientSecret {
		return nil, statusError(http.StatusUnauthorized, "Invalid client or Invalid client credentials")
	}
	secret := newSecret()
	t.data.Secrets[secret] = &bearer{Kind: actorClient, ID: c.GUID, Expires: rq.now.Add(oauthTokenLifetime)}
	t.changed()
	return map[string]any{
		"accessToken": secret, "tokenType": "Bearer", "expiresIn": int(oauthTokenLifetime.Seconds()),
	}, nil
}

// oauthClientInput is the body of a create or update request (pyatlan model/oauth_client.py).
type oauthClientInput struct {
	DisplayName *string   `json:"displayName"`
	Description *string   `json:"description"`
	Role        *string   `json:"role"`
	PersonaQNs  *[]string `json:"personaQNs"`
}

// oauthFields are what the list can be filtered by (pyatlan client/oauth_client.py).
var oauthFields = []string{"displayName", "clientId", "id"}

// settledOAuthClients leaves out clients that are too new to be listed: a client is found about as late as a change is
// found by search (pyatlan tests/integration).
func (t *Tenant) settledOAuthClients(now time.Time) []*OAuthClient {
	return slices.DeleteFunc(slices.Clone(t.data.OAuthClients), func(c *OAuthClient) bool {
		return time.UnixMilli(c.CreatedAt).Add(t.opts.SearchLag).After(now)
	})
}

func (t *Tenant) listOAuthClients(rq *request) (any, error) {
	var records []listed
	for _, c := range t.settledOAuthClients(rq.now) {
		records = append(records, listed{
			id:     c.GUID,
			fields: map[string]any{"displayName": c.DisplayName, "clientId": c.ClientID, "id": c.GUID, "createdAt": c.CreatedAt},
			show:   func() any { return t.oauthRecord(c) },
		})
	}
	return t.list(rq, oauthFields, []string{"createdAt"}, records)
}

func (t *Tenant) oauthRecord(c *OAuthClient) map[string]any {
	out := map[string]any{
		"id": c.GUID, "clientId": c.ClientID, "displayName": c.DisplayName, "role": c.Role,
		"tokenExpirySeconds": int(oauthTokenLifetime.Seconds()), "createdBy": c.CreatedBy, "updatedBy": c.UpdatedBy,
		"createdAt": time.UnixMilli(c.CreatedAt).UTC().Format(time.RFC3339),
		"updatedAt": time.UnixMilli(c.UpdatedAt).UTC().Format(time.RFC3339),
	}
	t.vary.putText(out, "description", c.Description)
	t.putAttribute(out, "personaQNs", anyList(c.PersonaQualifiedNames))
	return out
}

// createOAuthClient answers with the secret, which is shown only here.
func (t *Tenant) createOAuthClient(rq *request) (any, error) {
	in := oauthClientInput{}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if err := checkDisplayName(in.DisplayName); err != nil {
		return nil, err
	}
	if in.Role == nil {
		return nil, missingProperty("role")
	}
	if t.data.role(*in.Role) == nil {
		return nil, invalidRequest("Role %s does not exist", *in.Role)
	}
	personas, err := t.linkedPersonas(in.PersonaQNs)
	if err != nil {
		return nil, err
	}
	now := rq.now.UnixMilli()
	c := &OAuthClient{
		GUID: newGUID(), ClientID: "oauth-client-" + newGUID(), DisplayName: *in.DisplayName, Role: *in.Role,
		PersonaQualifiedNames: personas, CreatedAt: now, CreatedBy: rq.actor.username, UpdatedAt: now, UpdatedBy: rq.actor.username,
	}
	if in.Description != nil {
		c.Description = *in.Description
	}
	secret := randomText(24)
	t.data.OAuthClients = append(t.data.OAuthClients, c)
	t.data.OAuthSecrets[c.GUID] = secret
	t.changed()
	out := t.oauthRecord(c)
	out["clientSecret"] = secret
	return out, nil
}

// pathOAuthClient returns the client of the path, which is named by its client id. The answer for an unknown one is
// inferred.
func (t *Tenant) pathOAuthClient(rq *request, among []*OAuthClient) (*OAuthClient, error) {
	id := rq.params["clientId"]
	if c := find(among, func(c *OAuthClient) bool { return c.ClientID == id }); c != nil {
		return c, nil
	}
	return nil, statusError(http.StatusNotFound, "OAuth client %s not found", id)
}

func (t *Tenant) getOAuthClient(rq *request) (any, error) {
	c, err := t.pathOAuthClient(rq, t.settledOAuthClients(rq.now))
	if err != nil {
		return nil, err
	}
	return t.oauthRecord(c), nil
}

// updateOAuthClient changes name and description; role and personas stay as they are (pyatlan client/oauth_client.py).
// pyatlan sends PUT, atlan-java POST.
func (t *Tenant) updateOAuthClient(rq *request) (any, error) {
	c, err := t.pathOAuthClient(rq, t.data.OAuthClients)
	if err != nil {
		return nil, err
	}
	in := oauthClientInput{}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.DisplayName != nil {
		c.DisplayName = *in.DisplayName
	}
	if in.Description != nil {
		c.Description = *in.Description
	}
	c.UpdatedAt, c.UpdatedBy = rq.now.UnixMilli(), rq.actor.username
	t.changed()
	return t.oauthRecord(c), nil
}

func (t *Tenant) deleteOAuthClient(rq *request) (any, error) {
	c, err := t.pathOAuthClient(rq, t.data.OAuthClients)
	if err != nil {
		return nil, err
	}
	t.data.OAuthClients = slices.DeleteFunc(t.data.OAuthClients, func(other *OAuthClient) bool { return other == c })
	delete(t.data.OAuthSecrets, c.GUID)
	t.data.revoke(actorClient, c.GUID)
	t.changed()
	return nil, nil
}
