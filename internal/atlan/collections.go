// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"time"
)

// Collections reads query collections.
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

var (
	collectionEditors = rightLists{
		typeName: typeCollection, lists: map[PrincipalKind]string{PrincipalUser: "adminUsers", PrincipalGroup: "adminGroups"},
	}
	collectionViewers = rightLists{
		typeName: typeCollection, lists: map[PrincipalKind]string{PrincipalUser: "viewerUsers", PrincipalGroup: "viewerGroups"},
	}
)

func collectionOf(found entity) Collection {
	return Collection{
		GUID: found.GUID, QualifiedName: found.text("qualifiedName"), Name: found.text("name"), Description: found.text("description"),
		Editors: collectionEditors.of(found), Viewers: collectionViewers.of(found), CreatedBy: found.CreatedBy, CreatedAt: found.created(),
	}
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

// FindByName finds the query collections of that name, which need not be unique; their members are to be read. The
// search index lags behind by seconds.
func (s *Collections) FindByName(ctx context.Context, name string) ([]Collection, error) {
	hits, err := s.client.visibleHits(ctx, typeCollection, name)
	var found []Collection
	for _, hit := range hits {
		found = append(found, collectionOf(hit))
	}
	return found, err
}
