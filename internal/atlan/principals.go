// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
)

const currentUserPath = "/api/service/users/current"

// Principals answers who acts and who exists: the current user and its rights, users, groups and roles.
type Principals struct {
	client   *Client
	users    *resolver[User]
	groups   *resolver[Group]
	groupsV2 atomic.Bool // the tenant lists groups at v2/groups only
	roles    roleCache
	found    syncMap // users and groups that exist

	asking  keyedLock // guards current
	current map[Credential]User
}

func newPrincipals(c *Client) *Principals {
	p := &Principals{client: c, current: map[Credential]User{}}
	p.users = newResolver(c.limit, p.readUsers)
	p.groups = newResolver(c.limit, p.readGroups)
	return p
}

// User is a person, or the service account of an API token or OAuth client, which has no more than id and user name.
type User struct {
	ID        string `json:"id"`
	Username  string `json:"username"`
	Email     string `json:"email"`
	FirstName string `json:"firstName"`
	LastName  string `json:"lastName"`
	// Enabled is nil when the tenant does not say.
	Enabled *bool `json:"enabled"`
	// WorkspaceRole is the name of a role, such as $admin.
	WorkspaceRole string `json:"workspaceRole"`
}

// CurrentUser returns the actor of this client's credential. For an API token the user name is
// "service-account-apikey-…" (pyatlan client/user.py). It is asked for once.
func (p *Principals) CurrentUser(ctx context.Context) (User, error) {
	return p.currentAs(ctx, OwnCredential)
}

// Principal is the user as somebody who has rights.
func (u User) Principal() Principal { return Principal{Kind: PrincipalUser, Name: u.Username} }

// NoUserError says that what was given as the bearer token of a person belongs to a service account.
type NoUserError struct{ Username string }

// Error implements error.
func (e *NoUserError) Error() string {
	return fmt.Sprintf("the user bearer token is no person's: it belongs to the service account %s", e.Username)
}

// BearerUser returns the person whose bearer token the client has; it is asked for once. The error is a *[NoUserError]
// for the value of an API token or the bearer token of an OAuth client.
func (p *Principals) BearerUser(ctx context.Context) (User, error) {
	user, err := p.currentAs(ctx, UserCredential)
	if err == nil && isServiceAccount(user.Username) {
		return User{}, &NoUserError{Username: user.Username}
	}
	return user, err
}

func (p *Principals) currentAs(ctx context.Context, as Credential) (User, error) {
	unlock, err := p.asking.lock(ctx, "")
	if err != nil {
		return User{}, err
	}
	defer unlock()
	if user, ok := p.current[as]; ok {
		return user, nil
	}
	var user User
	err = p.client.do(ctx, call{method: http.MethodGet, path: currentUserPath, class: replayable, as: as}, &user)
	if err != nil {
		return User{}, err
	}
	if user.Username == "" { // what a caller has made is told by this name
		return User{}, &Error{
			Method: http.MethodGet, Path: currentUserPath, StatusCode: http.StatusOK,
			Message: "the answer lacks the user name", As: as, sentinel: ErrInvalidAnswer,
		}
	}
	p.current[as] = user
	return user, nil
}

// WhoAmI is what the tenant says of the current credential.
type WhoAmI struct {
	UserID        string `json:"userId"`
	Username      string `json:"username"`
	WorkspaceRole string `json:"workspaceRole"`
	Roles         []struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"roles"`
}

// WhoAmI returns the roles of this client's credential (pyatlan client/user.py).
func (p *Principals) WhoAmI(ctx context.Context) (WhoAmI, error) {
	var me WhoAmI
	err := p.client.do(ctx, call{method: http.MethodGet, path: "/api/service/whoami", class: replayable}, &me)
	return me, err
}
