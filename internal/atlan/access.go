// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
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

// rightLists are the attributes of an entity that say who has a right, by kind of principal.
type rightLists struct {
	typeName string
	lists    map[PrincipalKind]string
	// neverEmpty: one principal must stay.
	neverEmpty bool
}

func (r rightLists) of(found entity) Access {
	return Access{Users: found.list(r.lists[PrincipalUser]), Groups: found.list(r.lists[PrincipalGroup]), Roles: found.list(r.lists[PrincipalRole])}
}

// maxSaves bounds how often a change is made again that another writer undid.
const maxSaves = 10

// set gives a right to a principal or takes it away, and looks again after a moment: who had read the older list may
// save it after the change was verified. Changes at the same time share that look.
func (r rightLists) set(ctx context.Context, c *Client, as Credential, guid string, principal Principal, present bool) (changed bool, err error) {
	for range maxSaves {
		again, err := r.change(ctx, c, as, guid, principal, present)
		changed = changed || again
		if err != nil || !again || sleep(ctx, c.wait) != nil {
			return changed, err
		}
		found, readErr := c.entitiesAs(as).get(ctx, r.typeName, guid)
		if readErr != nil || r.of(found).Has(principal) == present { // the change itself was verified
			return changed, err
		}
	}
	return changed, &LostUpdateError{What: strings.ToLower(r.typeName) + " " + guid, Saves: maxSaves}
}

// change is one round of [rightLists.set]. Atlan replaces whole lists and has no conditional writes, so a
// change reads by GUID (the index lags), saves the one list, and reads again: where another writer's older list has
// replaced the change, it is made again on what that writer left. Within this client, changes of one object queue. What
// remains is another writer's change between our reading and our saving, which no API tells of.
func (r rightLists) change(ctx context.Context, c *Client, as Credential, guid string, principal Principal, present bool) (changed bool, err error) {
	unlock, err := c.accessWrites.lock(ctx, guid)
	if err != nil {
		return false, err
	}
	defer unlock()
	saves, failures := 0, 0
	for {
		found, err := c.entitiesAs(as).fresh(ctx, r.typeName, guid)
		if errors.Is(err, ErrForbidden) && saves > 0 && !present {
			return true, nil // who took away its own right may not look any more
		}
		if err != nil {
			return saves > 0, err
		}
		if r.of(found).Has(principal) == present {
			return saves+failures > 0, nil
		}
		if saves == maxSaves {
			return true, &LostUpdateError{What: fmt.Sprintf("%s %q", strings.ToLower(r.typeName), found.text("qualifiedName")), Saves: saves}
		}
		input, err := r.changed(found, principal, present)
		if err != nil {
			return saves > 0, err
		}
		err = c.entitiesAs(as).updateOnce(ctx, input)
		if err == nil {
			saves++
			continue
		}
		// Whether the change was saved is read, and what others changed meanwhile too, before it is saved again.
		if failures++; failures > c.maxRetries || !mayPass(err) {
			return saves > 0, err
		}
		if sleep(ctx, pauseAfter(err, c.wait<<min(failures, 6))) != nil {
			return saves > 0, err
		}
	}
}

// mayPass tells failures that may pass by themselves; a name that Keycloak does not know stays unknown.
func mayPass(err error) bool {
	var answer *Error
	if errors.As(err, &answer) && strings.Contains(answer.Message, "Keycloak") && strings.Contains(answer.Message, "not found") {
		return false
	}
	return mayTryAgain(err)
}

// changed makes the input that changes one list and leaves the others as they are. Both names must be sent: a save has to
// hold what the types make mandatory (metastore AtlasStructType).
func (r rightLists) changed(found entity, principal Principal, present bool) (entityInput, error) {
	list, ok := r.lists[principal.Kind]
	if !ok {
		return entityInput{}, fmt.Errorf("a %s cannot have this right on a %s", principal.Kind, strings.ToLower(r.typeName))
	}
	names := found.list(list)
	if present {
		names = append(names, principal.Name)
	} else {
		names = slices.DeleteFunc(names, func(name string) bool { return name == principal.Name })
		access := r.of(found)
		if r.neverEmpty && len(access.Users)+len(access.Groups)+len(access.Roles) == 1 {
			return entityInput{}, ErrLastAdmin
		}
		if names == nil {
			names = []string{} // null fails on collections (metastore QueryCollectionPreProcessor)
		}
	}
	return entityInput{TypeName: r.typeName, GUID: found.GUID, Attributes: map[string]any{
		"qualifiedName": found.text("qualifiedName"), "name": found.text("name"), list: names,
	}}, nil
}

// visible reads an entity with the client's own credential or, where that may not see it, as the user.
func (c *Client) visible(read func(*entities) (entity, error)) (entity, error) {
	found, err := read(c.entities)
	if !errors.Is(err, ErrForbidden) || !c.HasUserCredential() {
		return found, err
	}
	if seen, userErr := read(c.userEntities); userErr == nil || errors.Is(userErr, ErrNotFound) {
		return seen, userErr
	}
	return found, err
}

// visibleHits searches by name with the client's own credential or, where that finds nothing, as the user: a search shows
// a caller only what it may read. The index does not look at case; the result does.
func (c *Client) visibleHits(ctx context.Context, typeName, name string, filters ...map[string]any) ([]entity, error) {
	filters = append(filters, term("name.keyword", name))
	for _, as := range []Credential{OwnCredential, UserCredential} {
		if as == UserCredential && !c.HasUserCredential() {
			break
		}
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
