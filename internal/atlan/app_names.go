// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/google/uuid"
)

// minted are the times in the names that this client has made.
type minted struct {
	mu   sync.Mutex
	last map[string]int64
}

// next is the present time in seconds, or a later one where that is taken.
func (m *minted) next(of string, now int64) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.last == nil {
		m.last = map[string]int64{}
	}
	m.last[of] = max(now, m.last[of]+1)
	return m.last[of]
}

// maxHiddenNames is how many names are passed over because the caller may not see what has them. Who sees nothing at all is
// told so.
const maxHiddenNames = 10

// NewConnectionQualifiedName makes the qualified name of a new connection, such as "default/altr/1763769600", in the way
// of Atlan's SDKs (pyatlan model/apps/_base.py): with the time in seconds. Callers of one second get different names, and
// none that the tenant has already, be it one that the caller may not see.
func (c *Client) NewConnectionQualifiedName(ctx context.Context, connector string) (string, error) {
	for hidden := 0; ; {
		name := fmt.Sprintf("default/%s/%d", connector, c.AppWorkflows.minted.next(connector, c.Now().Unix()))
		_, err := c.entities.byQualifiedName(ctx, typeConnection, name)
		switch {
		case errors.Is(err, ErrNotFound):
			return name, nil
		case errors.Is(err, ErrForbidden) && hidden < maxHiddenNames:
			hidden++
		case err != nil:
			return "", err
		}
	}
}

// NewCredentialName makes the name of a new credential, such as "default-altr-1763769600-7f3a9c1e". No two are the same,
// because names are unique in the vault.
func (c *Client) NewCredentialName(connector string) string {
	return fmt.Sprintf("default-%s-%d-%s", connector, c.Now().Unix(), strings.ReplaceAll(uuid.NewString(), "-", "")[:8])
}
