// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"
)

// grantWindow is how long a right that was just granted may take to be effective: the authorizer asks every 30 s who has
// which role (metastore PolicyRefresher, KeycloakUserStore), and Atlan's SDKs wait for up to a minute.
const grantWindow = 90 * time.Second

// recentGrants remembers where this client has given its own actor rights: on connections and query collections.
type recentGrants struct {
	mu   sync.Mutex
	when map[string]time.Time // by GUID of the connection or collection
}

func (g *recentGrants) remember(guid string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.when == nil {
		g.when = map[string]time.Time{}
	}
	g.when[guid] = time.Now()
}

func (g *recentGrants) recently(guid string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	at, ok := g.when[guid]
	return ok && time.Since(at) < grantWindow
}

// AwaitRights waits until a right that was granted before the call is effective. Nothing tells whether it is: the
// metastore leaves out what is unchanged before it checks rights (metastore AtlasEntityStoreV2), so that only a change
// could tell. It returns the error of ctx if that ends first.
func (c *Client) AwaitRights(ctx context.Context) error { return sleep(ctx, c.rightsDelay) }

// afterGrant makes a call about a connection or query collection and repeats it while it is refused, if this client has
// given its actor a right on it a moment ago. A refused call has had no effect, so that even a creation may be repeated.
func (c *Client) afterGrant(ctx context.Context, guid string, call func() error) error {
	for attempt := 0; ; attempt++ {
		err := call()
		if !lacksRight(err, guid) || !c.granted.recently(guid) {
			return err
		}
		if sleep(ctx, min(c.wait<<min(attempt, 10), 5*time.Second)) != nil {
			return err
		}
	}
}

// grant makes a change that gives a right to a principal. A caller that gives it to its own actor does so as somebody
// else; what it does next on this object is retried until the right is effective.
func (c *Client) grant(ctx context.Context, as Credential, guid string, principal Principal, change rightsChange) error {
	changed, err := c.changeAfterGrant(ctx, as, guid, change)
	if changed && as == UserCredential && c.isOwn(ctx, principal) {
		c.granted.remember(guid)
	}
	return err
}

// changeAfterGrant changes rights as an actor who may have the right to do so only since a moment ago.
func (c *Client) changeAfterGrant(ctx context.Context, as Credential, guid string, change rightsChange) (changed bool, err error) {
	try := func() error {
		changed, err = c.changeRights(ctx, as, guid, change)
		return err
	}
	if as == OwnCredential {
		err = c.afterGrant(ctx, guid, try)
		return changed, err
	}
	err = try()
	return changed, err
}

// isOwn tells whether a principal is the actor of the client's own credential.
func (c *Client) isOwn(ctx context.Context, principal Principal) bool {
	me, err := c.Principals.CurrentUser(ctx)
	return err == nil && principal == me.Principal()
}

// lacksRight tells the refusals that a missing role of this connection or collection causes: policies are refused with
// -002, which names the connection, and the object itself with -001 (metastore AuthPolicyPreProcessor, AtlasErrorCode).
// The older family of personas has codes of its own, but passes the text on (inferred).
func lacksRight(err error, guid string) bool {
	var answer *Error
	if !errors.As(err, &answer) || answer.StatusCode != http.StatusForbidden {
		return false
	}
	if strings.Contains(answer.Message, "is not admin for connection") {
		return strings.Contains(answer.Message, guid)
	}
	return answer.Code == "ATLAS-403-00-001" || answer.Code == "ATLAS-403-00-002"
}
