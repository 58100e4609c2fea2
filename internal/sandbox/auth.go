// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// Workspace roles that carry rights here (pyatlan cache/role_cache.py, docs.atlan.com "API authentication").
const (
	roleAdmin    = "$admin"
	roleMember   = "$member"
	roleGuest    = "$guest"
	roleAPIToken = "$api-token-default-access"
)

// serviceAccountPrefix and an API token's or OAuth client's client id make up its user name (pyatlan model/constants.py).
const serviceAccountPrefix = "service-account-"

type actorKind string

const (
	actorUser   actorKind = "user"
	actorToken  actorKind = "api token"
	actorClient actorKind = "oauth client"
)

// bearer is what the tenant knows about a secret: whose it is, and until when it is good.
type bearer struct {
	Kind    actorKind `json:"kind"`
	ID      string    `json:"id"`
	Expires time.Time `json:"expires,omitzero"` // zero for API tokens, whose lifespan is an attribute of theirs
}

// actor is who makes a request.
type actor struct {
	kind     actorKind
	id       string
	username string
	role     string
}

// administers says whether the actor has administrative API rights. An API token has them by default (docs.atlan.com
// "API authentication"), but it is not an admin of any connection by that.
func (a *actor) administers() bool { return a.role == roleAdmin || a.role == roleAPIToken }

// actorOf returns the owner of a secret, or nil where the secret is unknown, expired or of somebody who is gone.
func (t *Tenant) actorOf(secret string) *actor {
	b := t.data.Secrets[secret]
	if b == nil || (!b.Expires.IsZero() && !t.now().Before(b.Expires)) {
		return nil
	}
	switch b.Kind {
	case actorUser:
		if u := t.data.user(b.ID); u != nil && u.Enabled {
			return &actor{kind: b.Kind, id: u.ID, username: u.Username, role: u.WorkspaceRole}
		}
	case actorToken:
		if k := t.data.apiToken(b.ID); k != nil && !k.expired(t.now()) {
			return &actor{kind: b.Kind, id: k.GUID, username: k.Username(), role: roleAPIToken}
		}
	case actorClient:
		if c := t.data.oauthClient(b.ID); c != nil {
			return &actor{kind: b.Kind, id: c.GUID, username: c.Username(), role: c.Role}
		}
	}
	return nil
}

// revoke forgets every secret of an owner.
func (d *data) revoke(kind actorKind, id string) {
	for secret, b := range d.Secrets {
		if b.Kind == kind && b.ID == id {
			delete(d.Secrets, secret)
		}
	}
}

// bearerSecret takes the secret out of an Authorization header.
func bearerSecret(header http.Header) string {
	scheme, secret, found := strings.Cut(header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(secret)
}
