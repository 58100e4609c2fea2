// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"slices"
	"strconv"
)

// Credential is a credential in the vault, without its secrets: the sandbox has no use for them, and keeps none.
type Credential struct {
	GUID                string         `json:"id"`
	Name                string         `json:"name"`
	Description         string         `json:"description"`
	Host                string         `json:"host"`
	Port                int            `json:"port"`
	AuthType            string         `json:"authType"`
	Connector           string         `json:"connector"`
	ConnectorType       string         `json:"connectorType"`
	ConnectorConfigName string         `json:"connectorConfigName"`
	Username            string         `json:"username"`
	Extra               map[string]any `json:"extra"` // without what may be secret
	Metadata            map[string]any `json:"metadata"`
	Version             int            `json:"version"` // counts updates
	CreatedAt           int64          `json:"createdAt"`
	UpdatedAt           int64          `json:"updatedAt"`
	CreatedBy           string         `json:"createdBy"`
	// SecretHash tells one secret from another: the first twelve hexadecimal digits of its SHA-256; empty without one.
	SecretHash string `json:"secretHash"`
	// Refusal is what the source answers to the secret; empty where it accepts it.
	Refusal string `json:"refusal"`
}

// credentialInput is a credential as it is sent (pyatlan model/credential.py).
type credentialInput struct {
	Name                string         `json:"name"`
	Description         string         `json:"description"`
	Host                string         `json:"host"`
	Port                int            `json:"port"`
	AuthType            string         `json:"authType"`
	Connector           string         `json:"connector"`
	ConnectorType       string         `json:"connectorType"`
	ConnectorConfigName string         `json:"connectorConfigName"`
	Username            string         `json:"username"`
	Password            string         `json:"password"`
	Extra               map[string]any `json:"extra"`
	Metadata            map[string]any `json:"metadata"`

	guid string // where a package workflow has chosen one already
}

// credentialRoutes lists the family; that only administrators use it is inferred.
func (t *Tenant) credentialRoutes() []route {
	const credentials = "/api/service/credentials"
	return []route{
		on("GET", credentials, forAdmins(t.listCredentials)),
		on("POST", credentials, forAdmins(t.createCredential)),
		on("POST", credentials+"/test", forAdmins(t.testCredential)),
		on("GET", credentials+"/{guid}", forAdmins(t.getCredential)),
		on("POST", credentials+"/{guid}", forAdmins(t.updateCredential)),
		on("POST", credentials+"/{guid}/test", forAdmins(t.testStoredCredential)),
		on("POST", credentials+"/{guid}/archive", forAdmins(t.archiveCredential)),
	}
}

func (d *data) credential(guid string) *Credential {
	return find(d.Vault, func(c *Credential) bool { return c.GUID == guid })
}

// pathCredential returns the credential of the path; the answer for an unknown one is inferred.
func (t *Tenant) pathCredential(rq *request) (*Credential, error) {
	if c := t.data.credential(rq.params["guid"]); c != nil {
		return c, nil
	}
	return nil, statusError(http.StatusNotFound, "credential %s not found", rq.params["guid"])
}

// createCredential stores a credential, after a test where one is asked for. The answer where that fails is inferred.
func (t *Tenant) createCredential(rq *request) (any, error) {
	var in credentialInput
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if test, err := strconv.ParseBool(rq.query.Get("testCredential")); err == nil && test {
		if refusal := t.refusal(&in); refusal != "" {
			return nil, invalidRequest("%s", refusal)
		}
	}
	c, err := t.vault(rq, &in)
	if err != nil {
		return nil, err
	}
	return t.credentialRecord(c), nil
}

// updateCredential replaces a credential: whoever leaves the secret out loses it. It is not tested (pyatlan
// client/credential.py test_and_update tests first).
func (t *Tenant) updateCredential(rq *request) (any, error) {
	c, err := t.pathCredential(rq)
	if err != nil {
		return nil, err
	}
	var in credentialInput
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.Name == "" {
		in.Name = c.Name // inferred
	}
	if find(t.data.Vault, func(o *Credential) bool { return o != c && o.Name == in.Name }) != nil {
		return nil, nameInVault()
	}
	t.fillCredential(rq, c, &in)
	t.changed()
	return t.credentialRecord(c), nil
}

func (t *Tenant) getCredential(rq *request) (any, error) {
	c, err := t.pathCredential(rq)
	if err != nil {
		return nil, err
	}
	return t.credentialRecord(c), nil
}

// archiveCredential removes it for good, and answers with nothing (pyatlan tests/integration/test_workflow_client.py).
// That its name is free again is inferred.
func (t *Tenant) archiveCredential(rq *request) (any, error) {
	c, err := t.pathCredential(rq)
	if err != nil {
		return nil, err
	}
	t.data.Vault = slices.DeleteFunc(t.data.Vault, func(o *Credential) bool { return o == c })
	t.changed()
	return nil, nil
}

// credentialFields are what the list can be filtered by; those beyond pyatlan's tests are inferred.
var credentialFields = []string{"id", "name", "connector", "connectorType", "connectorConfigName", "authType", "host", "isActive"}

func (t *Tenant) listCredentials(rq *request) (any, error) {
	var records []listed
	for _, c := range t.data.Vault {
		records = append(records, listed{
			id: c.GUID,
			fields: map[string]any{
				"id": c.GUID, "name": c.Name, "connector": c.Connector, "connectorType": c.ConnectorType, "authType": c.AuthType,
				"connectorConfigName": c.ConnectorConfigName, "host": c.Host, "isActive": true,
			},
			show: func() any { return t.credentialRecord(c) },
		})
	}
	return t.list(rq, credentialFields, nil, records)
}

// credentialRecord shows what is not secret, the user name included (pyatlan model/credential.py CredentialResponse).
func (t *Tenant) credentialRecord(c *Credential) map[string]any {
	out := map[string]any{
		"id": c.GUID, "name": c.Name, "port": c.Port, "version": strconv.Itoa(c.Version), "isActive": true, "tenantId": "default",
		"createdAt": c.CreatedAt, "updatedAt": c.UpdatedAt, "createdBy": c.CreatedBy, "level": nil, "connection": nil,
	}
	for name, text := range map[string]string{
		"description": c.Description, "host": c.Host, "authType": c.AuthType, "connector": c.Connector,
		"connectorType": c.ConnectorType, "connectorConfigName": c.ConnectorConfigName, "username": c.Username,
	} {
		t.vary.putText(out, name, text)
	}
	for name, object := range map[string]map[string]any{"extra": c.Extra, "metadata": c.Metadata} {
		if len(object) > 0 {
			out[name] = object
		} else if t.vary.pick(2) == 0 {
			out[name] = nil // never an empty object (pyatlan tests/integration/test_workflow_client.py)
		}
	}
	return out
}
