// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"iter"
	"net/http"
)

const (
	searchPath    = "/api/meta/search/indexsearch"
	searchPerPage = 100
)

// search finds living entities in the index, in the order of their GUIDs. The index lags behind the store by seconds and
// shows a caller only what it may read: it finds candidates, and never proves that something does not exist.
func (e *entities) search(ctx context.Context, typeName string, filters ...map[string]any) iter.Seq2[entity, error] {
	return e.searchFor(ctx, searchedAttributes(typeName), typeName, filters...)
}

// searchFor is [entities.search] for certain attributes.
func (e *entities) searchFor(ctx context.Context, attributes []string, typeName string, filters ...map[string]any) iter.Seq2[entity, error] {
	clauses := append([]map[string]any{term("__state", "ACTIVE"), term("__typeName.keyword", typeName)}, filters...)
	return func(yield func(entity, error) bool) {
		for from := 0; ; from += searchPerPage {
			var answer struct {
				Entities []entity `json:"entities"`
			}
			err := e.client.do(ctx, call{method: http.MethodPost, path: searchPath, class: replayable, as: e.as, body: map[string]any{
				"dsl": map[string]any{
					"from": from, "size": searchPerPage, "track_total_hits": true,
					"query": map[string]any{"bool": map[string]any{"filter": clauses}},
					"sort":  []any{map[string]any{"__guid": map[string]any{"order": "asc"}}},
				},
				"attributes": attributes, "relationAttributes": []string{},
			}}, &answer)
			if err != nil {
				yield(entity{}, err)
				return
			}
			for _, found := range answer.Entities {
				if !yield(found, nil) {
					return
				}
			}
			if len(answer.Entities) < searchPerPage {
				return
			}
		}
	}
}

// searchedAttributes are what a search result tells about an entity.
func searchedAttributes(typeName string) []string {
	switch typeName {
	case typeConnection:
		return []string{"name", "qualifiedName", "connectorName", "category", "adminUsers", "adminGroups", "adminRoles"}
	case typeCollection:
		return []string{"name", "qualifiedName", "description", "adminUsers", "adminGroups", "viewerUsers", "viewerGroups"}
	default:
		return []string{"name", "qualifiedName"}
	}
}

func term(field, value string) map[string]any {
	return map[string]any{"term": map[string]any{field: map[string]any{"value": value}}}
}
