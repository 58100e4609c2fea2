// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"slices"
	"time"
)

// APIToken is an API token without its secret.
type APIToken struct {
	GUID                  string   `json:"id"`
	ClientID              string   `json:"clientId"`
	DisplayName           string   `json:"displayName"`
	Description           string   `json:"description"`
	PersonaQualifiedNames []string `json:"personaQualifiedNames"`
	CreatedAt             int64    `json:"createdAt"` // epoch milliseconds
	CreatedBy             string   `json:"createdBy"`
	ValiditySeconds       int64    `json:"validitySeconds"`
}

// defaultValidity is what a token gets whose request names no validity. It is the official SDKs' longest validity
// (pyatlan model/api_tokens.py); that the service uses the same is inferred.
const defaultValidity = 157_680_000

// Username is the name under which the token acts.
func (k *APIToken) Username() string { return serviceAccountPrefix + k.ClientID }

// ExpiresAt is the end of the token's life. Keycloak overflows where this lies beyond 2^31-1 seconds of the epoch
// (keycloak issue 19671). What a tenant then does is not published: here such a token authenticates like any other.
func (k *APIToken) ExpiresAt() time.Time {
	return time.UnixMilli(k.CreatedAt).Add(time.Duration(k.ValiditySeconds) * time.Second)
}

// expired tokens no longer authenticate but stay listed (inferred).
func (k *APIToken) expired(now time.Time) bool { return !now.Before(k.ExpiresAt()) }

func (d *data) apiToken(guid string) *APIToken {
	return find(d.APITokens, func(k *APIToken) bool { return k.GUID == guid })
}

// addAPIToken stores a token, giving it what it still lacks, and returns its secret.
func (d *data) addAPIToken(k *APIToken, now time.Time) string {
	if k.GUID == "" {
		k.GUID = newGUID()
	}
	if k.ClientID == "" {
		k.ClientID = "apikey-" + newGUID()
	}
	if k.ValiditySeconds == 0 {
		k.ValiditySeconds = defaultValidity
	}
	if k.CreatedAt == 0 {
		k.CreatedAt = now.UnixMilli()
	}
	if k.PersonaQualifiedNames == nil {
		k.PersonaQualifiedNames = []string{}
	}
	d.APITokens = append(d.APITokens, k)
	secret := newSecret()
	d.Secrets[secret] = &bearer{Kind: actorToken, ID: k.GUID}
	return secret
}

// removeAPIToken deletes a token; its secret is refused from then on.
func (d *data) removeAPIToken(guid string) {
	d.APITokens = slices.DeleteFunc(d.APITokens, func(k *APIToken) bool { return k.GUID == guid })
	d.revoke(actorToken, guid)
}

// apiTokenInput is the body of a create or update request (apidocs, pyatlan model/api_tokens.py).
type apiTokenInput struct {
	DisplayName           *string   `json:"displayName"`
	Description           *string   `json:"description"`
	Personas              *[]string `json:"personas"`
	PersonaQualifiedNames *[]string `json:"personaQualifiedNames"`
	ValiditySeconds       *int64    `json:"validitySeconds"`
}

// apiTokenFields are what the list can be filtered by (pyatlan client/common/token.py).
var apiTokenFields = []string{"displayName", "clientId", "id"}

func (t *Tenant) listAPITokens(rq *request) (any, error) {
	var records []listed
	for _, k := range t.data.APITokens {
		records = append(records, listed{
			id:     k.GUID,
			fields: map[string]any{"displayName": k.DisplayName, "clientId": k.ClientID, "id": k.GUID, "createdAt": k.CreatedAt},
			show:   func() any { return t.listedAPIToken(k) },
		})
	}
	return t.list(rq, apiTokenFields, []string{"createdAt"}, records)
}

func (t *Tenant) createAPIToken(rq *request) (any, error) {
	in := apiTokenInput{}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if err := in.checkForCreate(); err != nil {
		return nil, err
	}
	k := &APIToken{DisplayName: *in.DisplayName, Description: *in.Description, CreatedBy: rq.actor.username}
	if in.ValiditySeconds != nil {
		k.ValiditySeconds = *in.ValiditySeconds
	}
	var err error
	if k.PersonaQualifiedNames, err = t.linkedPersonas(in.PersonaQualifiedNames); err != nil {
		return nil, err
	}
	// Display names are not unique: SDKs take the first of several (pyatlan client/common/token.py).
	secret := t.data.addAPIToken(k, rq.now)
	t.changed()
	return t.writtenAPIToken(k, secret), nil
}

func (t *Tenant) updateAPIToken(rq *request) (any, error) {
	in := apiTokenInput{}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if err := checkDisplayName(in.DisplayName); err != nil {
		return nil, err
	}
	k := t.data.apiToken(rq.params["guid"])
	if k == nil {
		return nil, unknownAPIToken(rq.params["guid"])
	}
	// The list sent is the complete list; none sent unlinks all (pyatlan client/token.py).
	personas, err := t.linkedPersonas(in.PersonaQualifiedNames)
	if err != nil {
		return nil, err
	}
	k.DisplayName, k.PersonaQualifiedNames = *in.DisplayName, personas
	if in.Description != nil {
		k.Description = *in.Description
	}
	t.changed()
	return t.writtenAPIToken(k, ""), nil
}

func (t *Tenant) deleteAPIToken(rq *request) (any, error) {
	guid := rq.params["guid"]
	if t.data.apiToken(guid) == nil {
		return nil, unknownAPIToken(guid)
	}
	t.data.removeAPIToken(guid)
	t.changed()
	return nil, nil
}

// unknownAPIToken answers like the deletion of an unknown persona does (apidocs deletepersona); for tokens it is inferred.
func unknownAPIToken(guid string) error {
	return keycloakError("404 Not Found: Could not find client %s", guid)
}

func (in *apiTokenInput) checkForCreate() error {
	if err := checkDisplayName(in.DisplayName); err != nil {
		return err
	}
	if in.Description == nil {
		return missingProperty("description")
	}
	// The documentation asks for an (unused) "personas" list; pyatlan sends only "personaQualifiedNames" and is served.
	if in.Personas == nil && in.PersonaQualifiedNames == nil {
		return missingProperty("personas")
	}
	if in.ValiditySeconds != nil && *in.ValiditySeconds <= 0 { // inferred: the SDKs never send such a value
		return invalidRequest("Request body has an error: doesn't match the schema: Error at \"/validitySeconds\": number must be at least 1")
	}
	return nil
}

func checkDisplayName(name *string) error {
	if name == nil {
		return missingProperty("displayName")
	}
	if *name == "" { // inferred
		return invalidRequest("Request body has an error: doesn't match the schema: Error at \"/displayName\": minimum string length is 1")
	}
	return nil
}

// missingProperty has the text that apidocs shows for createpersona.
func missingProperty(name string) error {
	return invalidRequest("Request body has an error: doesn't match the schema: Property '%s' is missing", name)
}

// linkedPersonas checks that every persona exists and leaves out repetitions.
func (t *Tenant) linkedPersonas(qualifiedNames *[]string) ([]string, error) {
	linked := []string{}
	if qualifiedNames == nil {
		return linked, nil
	}
	for _, qn := range *qualifiedNames {
		if t.data.persona(qn) == nil {
			return nil, invalidRequest("Persona with qualifiedName %s does not exist", qn)
		}
		if !slices.Contains(linked, qn) {
			linked = append(linked, qn)
		}
	}
	return linked, nil
}
