// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"strconv"
)

// workspacePermissions are the rights that an API token shows. Their names are made up here: nothing depends on them.
var workspacePermissions = []string{"CREATE_API_TOKEN", "CREATE_PERSONA", "READ_USER", "UPDATE_ROLE"}

// listedAPIToken is a token in the form of the list: numbers are strings, sets are arrays, personas are objects
// (pyatlan model/api_tokens.py, atlan-java ApiToken).
func (t *Tenant) listedAPIToken(k *APIToken) map[string]any {
	a := t.commonAttributes(k)
	t.vary.putEmpty(a, "personas", []any{})
	t.vary.putEmpty(a, "purposes", "")
	a["workspacePermissions"] = t.vary.shuffled(workspacePermissions)

	personas := []any{}
	for _, qn := range t.vary.shuffled(k.PersonaQualifiedNames) {
		if p := t.data.persona(qn); p != nil { // a persona that has been deleted is linked no longer (inferred)
			personas = append(personas, map[string]any{"id": p.GUID, "persona": p.Attributes["name"], "personaQualifiedName": qn})
		}
	}
	a["personaQualifiedName"] = personas
	if len(personas) == 0 && t.vary.pick(2) == 1 {
		a["personaQualifiedName"] = nil // never missing: atlan-java ApiToken would not survive that
	}
	return map[string]any{"id": k.GUID, "clientId": k.ClientID, "displayName": k.DisplayName, "attributes": a}
}

// writtenAPIToken is a token in the form that create and update answer: the sets are JSON texts, and personas are just
// qualified names. Only the answer to create has the secret.
func (t *Tenant) writtenAPIToken(k *APIToken, secret string) map[string]any {
	a := t.commonAttributes(k)
	a["personas"] = "[]"
	t.vary.putEmpty(a, "purposes", "")
	a["workspacePermissions"] = jsonText(t.vary.shuffled(workspacePermissions))
	a["personaQualifiedName"] = jsonText(t.vary.shuffled(k.PersonaQualifiedNames))
	if secret != "" {
		a["accessToken"] = secret
	}
	// The integration test of atlan-go (token_client_test.go) relies on a client id here; pyatlan takes it and the name from
	// the attributes where they are missing (model/api_tokens.py).
	token := map[string]any{"id": k.GUID, "clientId": k.ClientID, "attributes": a}
	if t.vary.pick(2) == 0 {
		token["displayName"] = k.DisplayName
	}
	return token
}

func (t *Tenant) commonAttributes(k *APIToken) map[string]any {
	a := map[string]any{
		"access.token.lifespan": strconv.FormatInt(k.ValiditySeconds, 10),
		"createdAt":             strconv.FormatInt(k.CreatedAt, 10),
		"createdBy":             k.CreatedBy,
		"clientId":              k.ClientID,
		"displayName":           k.DisplayName,
	}
	t.vary.putText(a, "description", k.Description)
	return a
}

func jsonText(list []string) string {
	text, err := json.Marshal(list)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(text)
}
