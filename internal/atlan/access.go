// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Credential chooses between the credentials that a client may have.
type Credential int

const (
	// OwnCredential is the API key or OAuth client.
	OwnCredential Credential = iota
	// UserCredential is the bearer token of a person; see [Config].
	UserCredential
)

// HasUserCredential tells whether the client has the bearer token of a person.
func (c *Client) HasUserCredential() bool { return c.userBearer != "" }

// credentials are those that the client has.
func (c *Client) credentials() []Credential {
	if c.HasUserCredential() {
		return []Credential{OwnCredential, UserCredential}
	}
	return []Credential{OwnCredential}
}

func (c *Client) entitiesAs(as Credential) *entities {
	if as == UserCredential {
		return c.userEntities
	}
	return c.entities
}

// PrincipalKind is what may have a right.
type PrincipalKind string

// The kinds of principals.
const (
	// PrincipalUser is a person, or the service account of an API token or OAuth client, by user name.
	PrincipalUser PrincipalKind = "user"
	// PrincipalGroup is a group by its internal name.
	PrincipalGroup PrincipalKind = "group"
	// PrincipalRole is a role of the workspace by its GUID (pyatlan model/assets/connection.py, admin_roles).
	PrincipalRole PrincipalKind = "role"
)

// Principal is somebody who has a right.
type Principal struct {
	Kind PrincipalKind
	// Name is as its kind says.
	Name string
}

// Access is who has a right.
type Access struct {
	// Users are user names, those of service accounts among them; Groups are internal names, Roles are GUIDs.
	Users, Groups, Roles []string
}

// Has tells whether the principal itself has the right; it may also have it through a group or role.
func (a Access) Has(principal Principal) bool {
	switch principal.Kind {
	case PrincipalUser:
		return slices.Contains(a.Users, principal.Name)
	case PrincipalGroup:
		return slices.Contains(a.Groups, principal.Name)
	case PrincipalRole:
		return slices.Contains(a.Roles, principal.Name)
	default:
		return false
	}
}

// Principals are all who have the right themselves.
func (a Access) Principals() []Principal {
	var all []Principal
	add := func(kind PrincipalKind, names []string) {
		for _, name := range names {
			all = append(all, Principal{Kind: kind, Name: name})
		}
	}
	add(PrincipalUser, a.Users)
	add(PrincipalGroup, a.Groups)
	add(PrincipalRole, a.Roles)
	return all
}

// ErrLastAdmin is returned instead of removing the only admin of a connection, which the tenant refuses too
// (ATLAS-400-00-114, metastore ConnectionPreProcessor).
var ErrLastAdmin = errors.New("a connection must keep at least one admin")

// LostUpdateError says that somebody else undid a change again and again.
type LostUpdateError struct {
	// What was changed, and how often.
	What  string
	Saves int
}

// Error implements error.
func (e *LostUpdateError) Error() string {
	return fmt.Sprintf("%s was saved %d times, but somebody else, who writes at the same time, undid the change each time", e.What, e.Saves)
}

// UnsureError says that a change of rights failed, but may have been made all the same.
type UnsureError struct{ Err error }

// Error implements error.
func (e *UnsureError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *UnsureError) Unwrap() error { return e.Err }

// rightLists are the attributes of an entity that say who has one right, by kind of principal.
type rightLists map[PrincipalKind]string

func (r rightLists) of(found entity) Access {
	return Access{Users: found.list(r[PrincipalUser]), Groups: found.list(r[PrincipalGroup]), Roles: found.list(r[PrincipalRole])}
}

// with returns the attribute that names principals of that kind, and what it holds with the principal or without it.
func (r rightLists) with(found entity, principal Principal, present bool) (attribute string, names []string, err error) {
	attribute, ok := r[principal.Kind]
	if !ok {
		return "", nil, fmt.Errorf("a %s cannot have this right on a %s", principal.Kind, strings.ToLower(found.TypeName))
	}
	names = slices.DeleteFunc(found.list(attribute), func(name string) bool { return name == principal.Name })
	if present {
		names = append(names, principal.Name)
	}
	if names == nil {
		names = []string{} // null fails on collections (metastore QueryCollectionPreProcessor)
	}
	return attribute, names, nil
}

// rightsChange is a change of who has which right on an entity.
type rightsChange struct {
	typeName string
	// made tells whether an entity is as it is wanted.
	made func(found entity) bool
	// lists makes what to save of an entity that is not: whole lists, by attribute. Others stay as they are.
	lists func(found entity) (map[string]any, error)
	// revokes: the caller may be the one who loses a right.
	revokes bool
}

// maxSaves bounds how often a change is made again that another writer undid.
const maxSaves = 10

// changeRights makes a change, and looks again after a moment: who had read the older list may save it after the change
// was verified. That takes another writer about as long as it takes us, so the moment is longer where the tenant is slow.
// Changes at the same time share that look. The error is an *[UnsureError] if something may have been saved.
func (c *Client) changeRights(ctx context.Context, as Credential, guid string, change rightsChange) (changed bool, err error) {
	for range maxSaves {
		round := &rightsRound{rightsChange: change, client: c, entities: c.entitiesAs(as), guid: guid}
		again, err := round.run(ctx)
		changed = changed || again
		if err != nil && changed {
			err = &UnsureError{err}
		}
		if err != nil || !again || sleep(ctx, max(c.wait, 3*round.took)) != nil {
			return changed, err
		}
		found, readErr := round.entities.now(ctx, change.typeName, guid)
		if readErr != nil || change.made(found) { // the change itself was verified
			return changed, err
		}
	}
	return changed, &LostUpdateError{What: strings.ToLower(change.typeName) + " " + guid, Saves: maxSaves}
}

// rightsRound is one round of [Client.changeRights]. Atlan replaces whole lists and has no conditional writes, so a
// change reads by GUID (the index lags), saves the lists that differ, and reads again: where another writer's older list
// has replaced the change, it is made again on what that writer left. Within this client, changes of one object queue.
//
// What remains is another writer's change between our reading and our saving, which no API tells of: ours replaces it.
// That window is one round trip, since the save does not wait for the rate limiter any more when its reading is sent.
type rightsRound struct {
	rightsChange
	client   *Client
	entities *entities
	guid     string

	saves, failures int
	found           entity // as last read
	// took is how long the last reading and the save that followed it took.
	took time.Duration
}

// run makes the change. changed is also true of a change that may have been made by a save that failed.
func (r *rightsRound) run(ctx context.Context) (changed bool, err error) {
	unlock, err := r.client.accessWrites.lock(ctx, r.guid)
	if err != nil {
		return false, err
	}
	defer unlock()
	for r.saves < maxSaves {
		made, saveErr, err := r.readAndSave(ctx)
		if made || err != nil {
			return r.saves+r.failures > 0, err
		}
		// Whether it was saved is read, after a refusal too, and what others changed meanwhile, before it is saved again.
		made, err = r.read(ctx)
		switch {
		case err != nil:
			return true, cmp.Or(saveErr, err)
		case made:
			return true, nil
		case saveErr == nil:
			continue
		case !mayPass(saveErr):
			return r.saves > 0, saveErr
		}
		if r.failures++; r.failures > r.client.maxRetries || sleep(ctx, pauseAfter(saveErr, r.client.wait<<min(r.failures, 6))) != nil {
			return true, saveErr
		}
	}
	return true, &LostUpdateError{What: fmt.Sprintf("%s %q", strings.ToLower(r.typeName), r.found.text("qualifiedName")), Saves: r.saves}
}

// readAndSave reads the entity and saves what differs, unless it is as it is wanted. err is of the steps before the save.
func (r *rightsRound) readAndSave(ctx context.Context) (made bool, saveErr, err error) {
	save, err := r.client.reserve(ctx)
	if err != nil {
		return false, nil, err
	}
	begun := time.Now()
	if made, err = r.read(ctx); made || err != nil {
		return made, nil, err
	}
	lists, err := r.lists(r.found)
	if err != nil {
		return false, nil, err
	}
	saveErr = r.entities.updateOnce(save, withNames(r.found, lists))
	if saveErr == nil {
		r.saves++
	}
	r.took = time.Since(begun)
	return false, saveErr, nil
}

// read tells whether the entity is as it is wanted.
func (r *rightsRound) read(ctx context.Context) (made bool, err error) {
	found, err := r.entities.fresh(ctx, r.typeName, r.guid)
	if errors.Is(err, ErrForbidden) && r.saves > 0 && r.revokes {
		return true, nil // who took away its own right may not look any more
	}
	r.found = found
	return err == nil && r.made(found), err
}

// reserve waits for the rate limiter on behalf of the request that is sent with the returned context, so that it does not
// wait when it is sent.
func (c *Client) reserve(ctx context.Context) (context.Context, error) {
	if err := c.limit.wait(ctx); err != nil {
		return nil, c.connectionError(call{method: http.MethodPost, path: entityBulkPath}, &notSentError{&limitWaitError{err}})
	}
	return withGrant(ctx), nil
}

// mayPass tells failures that may pass by themselves; a name that Keycloak does not know stays unknown.
func mayPass(err error) bool {
	var answer *Error
	if errors.As(err, &answer) && strings.Contains(answer.Message, "Keycloak") && strings.Contains(answer.Message, "not found") {
		return false
	}
	return mayTryAgain(err)
}

// withNames makes the input that saves some attributes of an entity. Both names must be sent: a save has to hold what the
// types make mandatory (metastore AtlasStructType).
func withNames(found entity, attributes map[string]any) entityInput {
	attributes["qualifiedName"], attributes["name"] = found.text("qualifiedName"), found.text("name")
	return entityInput{TypeName: found.TypeName, GUID: found.GUID, Attributes: attributes}
}

// visible reads an entity with the client's own credential or, where that may not see it, as the user, whose refusal is
// then the one to mend.
func (c *Client) visible(read func(*entities) (entity, error)) (entity, error) {
	found, err := read(c.entities)
	if !errors.Is(err, ErrForbidden) || !c.HasUserCredential() {
		return found, err
	}
	return read(c.userEntities)
}

// visibleHits searches by name with the client's own credential or, where that finds nothing, as the user: a search shows
// a caller only what it may read. The index does not look at case; the result does.
func (c *Client) visibleHits(ctx context.Context, typeName, name string, filters ...map[string]any) ([]entity, error) {
	filters = append(filters, term("name.keyword", name))
	for _, as := range c.credentials() {
		var hits []entity
		for hit, err := range c.entitiesAs(as).search(ctx, typeName, filters...) {
			if err != nil {
				return nil, err
			}
			if hit.text("name") == name {
				hits = append(hits, hit)
			}
		}
		if len(hits) > 0 {
			return hits, nil
		}
	}
	return nil, nil
}
