// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// vaultRaw stores the raw credential that came with an app workflow. It is not tested (pyatlan
// tests/integration/test_app_client.py).
func (t *Tenant) vaultRaw(rq *request, raw any) (*Credential, error) {
	text, err := json.Marshal(raw)
	if err != nil {
		return nil, err
	}
	var in credentialInput
	if err := json.Unmarshal(text, &in); err != nil {
		return nil, contractError([]violation{{"credential", err.Error()}})
	}
	return t.vault(rq, &in)
}

// vault stores a credential. Names are unique among all credentials.
func (t *Tenant) vault(rq *request, in *credentialInput) (*Credential, error) {
	if in.Name == "" {
		return nil, missingProperty("name")
	}
	if find(t.data.Vault, func(c *Credential) bool { return c.Name == in.Name }) != nil {
		return nil, nameInVault()
	}
	return t.keepCredential(rq, in), nil
}

func (t *Tenant) keepCredential(rq *request, in *credentialInput) *Credential {
	c := &Credential{GUID: in.guid, CreatedAt: rq.now.UnixMilli(), CreatedBy: rq.actor.username}
	if c.GUID == "" {
		c.GUID = newGUID()
	}
	t.fillCredential(rq, c, in)
	t.data.Vault = append(t.data.Vault, c)
	t.changed()
	return c
}

// fillCredential replaces everything that a credential holds.
func (t *Tenant) fillCredential(rq *request, c *Credential, in *credentialInput) {
	c.Name, c.Description, c.Host, c.Port = in.Name, in.Description, in.Host, in.Port
	c.AuthType, c.Connector, c.ConnectorType, c.ConnectorConfigName = in.AuthType, in.Connector, in.ConnectorType, in.ConnectorConfigName
	c.Username, c.Metadata, c.Extra = in.Username, in.Metadata, t.openExtra(in)
	c.UpdatedAt = rq.now.UnixMilli()
	c.Version++
	c.Refusal, c.SecretHash = t.refusal(in), ""
	if in.Password != "" {
		sum := sha256.Sum256([]byte(in.Password))
		c.SecretHash = hex.EncodeToString(sum[:6])
	}
}

// nameInVault refuses a name that is taken. The name of the constraint is what clients look for (application-sdk
// testing/e2e/client.py); the rest of the text is PostgreSQL's.
func nameInVault() error {
	return invalidRequest("ERROR: duplicate key value violates unique constraint %q (SQLSTATE 23505)", "credentials_name_key")
}
