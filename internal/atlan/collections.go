// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"
)

// Collections reads query collections and manages their members.
type Collections struct {
	client *Client
}

// Collection is a query collection and who may use it.
type Collection struct {
	GUID, QualifiedName, Name, Description string
	// Editors may change the collection and its queries; Viewers may look at them. Roles play no part (metastore
	// QueryCollectionPreProcessor).
	Editors, Viewers Access
	// CreatedBy is the user name of the creator, who is always an editor.
	CreatedBy string
	// CreatedAt is the zero time when the tenant does not say.
	CreatedAt time.Time
}

// CollectionRole is what a member of a query collection may do.
type CollectionRole string

// The roles of a query collection.
const (
	CollectionEditor CollectionRole = "editor"
	CollectionViewer CollectionRole = "viewer"
)

// ErrCreator is returned instead of taking the editors' role from the creator of a query collection, who is put back
// (metastore QueryCollectionPreProcessor).
var ErrCreator = errors.New("the creator of a query collection always stays an editor")

var (
	collectionEditors = rightLists{PrincipalUser: "adminUsers", PrincipalGroup: "adminGroups"}
	collectionViewers = rightLists{PrincipalUser: "viewerUsers", PrincipalGroup: "viewerGroups"}
)

func collectionOf(found entity) Collection {
	return Collection{
		GUID: found.GUID, QualifiedName: found.text("qualifiedName"), Name: found.text("name"), Description: found.text("description"),
		Editors: collectionEditors.of(found), Viewers: collectionViewers.of(found), CreatedBy: found.CreatedBy, CreatedAt: found.created(),
	}
}

// RoleOf returns the role of a principal, "" for none. Somebody with both is an editor. The principal may also have a
// role through a group.
func (c Collection) RoleOf(principal Principal) CollectionRole {
	switch {
	case c.Editors.Has(principal):
		return CollectionEditor
	case c.Viewers.Has(principal):
		return CollectionViewer
	default:
		return ""
	}
}

// Members are all who have a role themselves, each once.
func (c Collection) Members() []Principal {
	members := c.Editors.Principals()
	for _, viewer := range c.Viewers.Principals() {
		if !c.Editors.Has(viewer) {
			members = append(members, viewer)
		}
	}
	return members
}

// Read reads a query collection as it is now. Concurrent calls are answered by few requests. The error matches
// [ErrNotFound] when there is none. A collection that the client's own credential may not see, as an API token sees none
// by default, is read as the user, if there is one.
func (s *Collections) Read(ctx context.Context, guid string) (Collection, error) {
	found, err := s.client.visible(func(e *entities) (entity, error) { return e.get(ctx, typeCollection, guid) })
	return collectionOf(found), err
}

// ReadByQualifiedName is [Collections.Read] by qualified name.
func (s *Collections) ReadByQualifiedName(ctx context.Context, qualifiedName string) (Collection, error) {
	found, err := s.client.visible(func(e *entities) (entity, error) { return e.byQualifiedName(ctx, typeCollection, qualifiedName) })
	return collectionOf(found), err
}

// FindByName finds the query collections of that name, which need not be unique. The search index lags behind by seconds,
// so who they are is to be taken from it, and who their members are is to be read.
func (s *Collections) FindByName(ctx context.Context, name string) ([]Collection, error) {
	hits, err := s.client.visibleHits(ctx, typeCollection, name)
	var found []Collection
	for _, hit := range hits {
		found = append(found, collectionOf(hit))
	}
	return found, err
}

// All lists the query collections that the caller may see, and then those that only the user may see, if there is one.
// The search index lags behind by seconds. It ends with the first error.
func (s *Collections) All(ctx context.Context) iter.Seq2[Collection, error] {
	return func(yield func(Collection, error) bool) {
		seen := map[string]bool{}
		for _, as := range s.client.credentials() {
			for hit, err := range s.client.entitiesAs(as).search(ctx, typeCollection) {
				if seen[hit.GUID] {
					continue
				}
				seen[hit.GUID] = true
				if !yield(collectionOf(hit), err) || err != nil {
					return
				}
			}
		}
	}
}

// SetRole gives the principal that role and no other, in one save: there is no moment without any. It changes nothing if
// the principal has the role. The error matches [ErrForbidden] unless the actor of the credential is an editor of the
// collection, and [ErrCreator] for the creator, who is an editor for good.
//
// A caller that makes its own actor an editor does so as somebody else; what it does next on this collection is retried
// until the right is effective.
func (s *Collections) SetRole(ctx context.Context, as Credential, guid string, principal Principal, role CollectionRole) error {
	return s.client.grant(ctx, as, guid, principal, roleChange(principal, role))
}

// RemoveMember takes every role from the principal, as [Collections.SetRole] gives one. The error matches [ErrNotFound]
// when there is no such collection.
func (s *Collections) RemoveMember(ctx context.Context, as Credential, guid string, principal Principal) error {
	_, err := s.client.changeAfterGrant(ctx, as, guid, roleChange(principal, ""))
	return err
}

// roleChange gives the principal that role of a query collection and takes the other; "" takes both.
func roleChange(principal Principal, role CollectionRole) rightsChange {
	lists := map[CollectionRole]rightLists{CollectionEditor: collectionEditors, CollectionViewer: collectionViewers}
	return rightsChange{
		typeName: typeCollection, revokes: role == "",
		made: func(found entity) bool {
			for one, list := range lists {
				if list.of(found).Has(principal) != (one == role) {
					return false
				}
			}
			return true
		},
		lists: func(found entity) (map[string]any, error) {
			if role != CollectionEditor && principal == (Principal{Kind: PrincipalUser, Name: found.CreatedBy}) {
				return nil, fmt.Errorf("%s created it: %w", found.CreatedBy, ErrCreator)
			}
			attributes := map[string]any{}
			for one, list := range lists {
				if list.of(found).Has(principal) == (one == role) {
					continue
				}
				attribute, names, err := list.with(found, principal, one == role)
				if err != nil {
					return nil, err
				}
				attributes[attribute] = names
			}
			return attributes, nil
		},
	}
}
