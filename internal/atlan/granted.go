// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"sync"
	"time"
)

// grantWindow is how long a right that was just granted may take to be effective: the authorizer asks every 30 s who has
// which role (metastore PolicyRefresher, KeycloakUserStore), and Atlan's SDKs wait for up to a minute.
const grantWindow = 90 * time.Second

// recentGrants remembers on which connections this client has made its own actor an admin.
type recentGrants struct {
	mu   sync.Mutex
	when map[string]time.Time // by GUID of the connection
}

func (g *recentGrants) remember(connection string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.when == nil {
		g.when = map[string]time.Time{}
	}
	g.when[connection] = time.Now()
}

func (g *recentGrants) recently(connection string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	at, ok := g.when[connection]
	return ok && time.Since(at) < grantWindow
}

// AwaitRights waits until a right that was granted before the call is effective. Nothing tells whether it is: the
// metastore leaves out what is unchanged before it checks rights (metastore AtlasEntityStoreV2), so that only a change
// could tell. It returns the error of ctx if that ends first.
func (c *Client) AwaitRights(ctx context.Context) error { return sleep(ctx, c.rightsDelay) }

// afterGrant makes a call about a connection and repeats it while it is refused, if this client has made its actor an
// admin of the connection a moment ago. A refused call has had no effect, so that even a creation may be repeated.
func (c *Client) afterGrant(ctx context.Context, connection string, call func() error) error {
	for attempt := 0; ; attempt++ {
		err := call()
		if !lacksConnectionRight(err) || !c.granted.recently(connection) {
			return err
		}
		if sleep(ctx, min(c.wait<<min(attempt, 10), 5*time.Second)) != nil {
			return err
		}
	}
}

// lacksConnectionRight tells the refusals that a missing role of the connection causes: policies are refused with -002,
// the connection itself with -001 (metastore AuthPolicyPreProcessor, AtlasErrorCode).
func lacksConnectionRight(err error) bool {
	var answer *Error
	return errors.As(err, &answer) && (answer.Code == "ATLAS-403-00-001" || answer.Code == "ATLAS-403-00-002")
}
