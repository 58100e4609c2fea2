// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
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
