// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"iter"
)

// Credentials manages the tenant's vault (/api/service/credentials). Secrets are never read back. Facts: pyatlan
// client/credential.py and model/credential.py.
type Credentials struct{ client *Client }

// RawCredential is a credential with its secrets. It shows them to nobody but the tenant.
type RawCredential struct {
	// Name is unique among all credentials; see [Client.NewCredentialName].
	Name string

	body    map[string]any
	secrets []string
}

// Body is the credential as the tenant wants it.
func (c RawCredential) Body() map[string]any { return nil }

// String implements fmt.Stringer; it does not show the secrets.
func (c RawCredential) String() string { return "credential " + c.Name }

// GoString implements fmt.GoStringer likewise.
func (c RawCredential) GoString() string { return c.String() }

// StoredCredential is a credential as the vault shows it.
type StoredCredential struct {
	GUID, Name, Description, Host string
	Port                          int64
	AuthType, ConfigName          string
	Username                      string
	// Extra is without what may be secret.
	Extra map[string]any
}

// CredentialRefusedError says that the source does not accept a credential.
type CredentialRefusedError struct {
	// Message is what the source says.
	Message string
	// RequestID finds the request in Atlan's logs.
	RequestID string
}

// Test asks the source whether it accepts the credential; if not the error is a *[CredentialRefusedError].
func (c *Credentials) Test(ctx context.Context, credential RawCredential) error { return nil }

// TestStored is [Credentials.Test] for a credential of the vault.
func (c *Credentials) TestStored(ctx context.Context, guid string) error { return nil }

// Create stores a credential, after a test where one is asked for, and returns its GUID.
func (c *Credentials) Create(ctx context.Context, credential RawCredential, test bool) (string, error) {
	return "", nil
}

// Update replaces everything that a stored credential holds, its secrets included.
func (c *Credentials) Update(ctx context.Context, guid string, credential RawCredential) error {
	return nil
}

// Get reads a credential. The error matches [ErrNotFound] when there is none.
func (c *Credentials) Get(ctx context.Context, guid string) (StoredCredential, error) {
	return StoredCredential{}, nil
}

// List pages through the credentials that the filter selects, for instance {"name": "default-altr-1763769600-7f3a"};
// nil selects all.
func (c *Credentials) List(ctx context.Context, selected map[string]any) iter.Seq2[StoredCredential, error] {
	return nil
}

// Archive removes a credential for good. One that does not exist counts as removed.
func (c *Credentials) Archive(ctx context.Context, guid string) error { return nil }

// Error implements error.
func (e *CredentialRefusedError) Error() string { return "" }
