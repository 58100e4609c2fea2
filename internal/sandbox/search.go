// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox/dsl"
)

// defaultHits is how many hits Elasticsearch returns where a search does not say.
const defaultHits = 10

// searchRequest is the part of an index search that is looked at (pyatlan model/search.py).
type searchRequest struct {
	DSL *struct {
		From         int             `json:"from"`
		Size         *int            `json:"size"`
		Query        json.RawMessage `json:"query"`
		PostFilter   json.RawMessage `json:"post_filter"`
		Sort         json.RawMessage `json:"sort"`
		Aggregations json.RawMessage `json:"aggregations"`
	} `json:"dsl"`
	Attributes         []string `json:"attributes"`
	RelationAttributes []string `json:"relationAttributes"`
}

// searchEntities searches the index, which lags behind the store. It finds only what the actor may read.
func (t *Tenant) searchEntities(rq *request) (any, error) {
	var in searchRequest
	if err := rq.decodeAtlas(&in); err != nil {
		return nil, err
	}
	if in.DSL == nil {
		return nil, badRequest("Invalid search query")
	}
	size := defaultHits
	if in.DSL.Size != nil {
		size = *in.DSL.Size
	}
	if size < 0 || in.DSL.From < 0 {
		return nil, searchFailed(errors.New("[size] and [from] cannot be negative"))
	}
	hits, aggregations, err := t.hits(rq, &in)
	if err != nil {
		return nil, searchFailed(err)
	}
	found := []any{}
	for _, e := range window(hits, in.DSL.From, size) {
		found = append(found, t.found(e, &in))
	}
	out := map[string]any{
		"queryType": "INDEX", "searchParameters": json.RawMessage(rq.body), "approximateCount": len(hits),
	}
	if len(found) > 0 { // no hits, no list (pyatlan client/common/asset.py)
		out["entities"] = found
	}
	if aggregations != nil {
		out["aggregations"] = aggregations
	}
	return out, nil
}

// searchFailed is how the metastore passes on what the search engine refuses.
func searchFailed(err error) error {
	return atlasError(http.StatusBadRequest, "ATLAS-400-00-503", "ES query failed with response: %s", err)
}

// hits returns what is found, and what is counted of it: as in Elasticsearch before the post filter.
func (t *Tenant) hits(rq *request, in *searchRequest) ([]*Entity, map[string]any, error) {
	query, err := dsl.Parse(in.DSL.Query, rq.now)
	if err != nil {
		return nil, nil, err
	}
	postFilter, err := dsl.Parse(in.DSL.PostFilter, rq.now)
	if err != nil {
		return nil, nil, err
	}
	var hits []*Entity
	var counted []dsl.Document
	for _, versions := range t.index {
		e := versions.seen(rq.now, t.opts.SearchLag)
		if e == nil || !t.servesType(e.TypeName) {
			continue
		}
		d := document(e)
		if !query(d) || !t.may(rq.actor, verbRead, e) {
			continue
		}
		counted = append(counted, d)
		if postFilter(d) {
			hits = append(hits, e)
		}
	}
	aggregations, err := dsl.Aggregate(in.DSL.Aggregations, counted)
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(hits, func(a, b *Entity) int { return strings.Compare(a.GUID, b.GUID) })
	order(&t.vary, t.generation, hits, func(e *Entity) string { return e.GUID })
	return hits, aggregations, dsl.Sort(in.DSL.Sort, hits, document)
}

// document shows an entity to the query language. The names of system fields are Atlan's; a name that ends in
// ".keyword" is the whole text of a field that is split into words otherwise, and is indexed in lower case (metastore
// GraphBackedSearchIndexer, models/0010-base_model.json).
func document(e *Entity) dsl.Document {
	return func(field string) []any {
		switch field {
		case "__guid":
			return []any{e.GUID}
		case "__state":
			return []any{e.Status}
		case "__typeName.keyword":
			return []any{dsl.Folded(e.TypeName)}
		case "__superTypeNames.keyword":
			return []any{dsl.Folded("Asset"), dsl.Folded("Referenceable")}
		case "__traitNames":
			return anyList(e.tags())
		case "__createdBy":
			return []any{e.CreatedBy}
		case "__modifiedBy":
			return []any{e.UpdatedBy}
		case "__timestamp":
			return []any{float64(e.CreateTime)}
		case "__modificationTimestamp":
			return []any{float64(e.UpdateTime)}
		}
		return attributeValues(e, field)
	}
}

// splitAttributes are those that are indexed as text; all others are keywords.
var splitAttributes = []string{"name", "displayName", "description", "userDescription"}

func attributeValues(e *Entity, field string) []any {
	name, whole := strings.CutSuffix(field, ".keyword")
	split := slices.Contains(splitAttributes, name)
	if whole && !split {
		return nil
	}
	switch v := e.Attributes[name].(type) {
	case nil:
		return nil
	case []any:
		return v
	case string:
		switch {
		case whole:
			return []any{dsl.Folded(v)}
		case split:
			return anyList(dsl.Words(v))
		}
		return []any{v}
	default:
		return []any{v}
	}
}

// found is a hit: a header, with both names and just those attributes that were asked for. (pyatlan client/user.py asks
// for one attribute, and relies on the names.)
func (t *Tenant) found(e *Entity, in *searchRequest) map[string]any {
	attributes := map[string]any{"name": e.Text("name"), "qualifiedName": e.qualifiedName()}
	for _, name := range in.Attributes {
		switch value := e.Attributes[name]; {
		case name == "policies" && e.controlsAccess():
			attributes[name] = t.foundPolicies(e, in.RelationAttributes)
		case name == "accessControl" && e.TypeName == typePolicy:
			if parent := t.data.Entities[e.AccessControl]; parent != nil {
				attributes[name] = foundRelation(parent, in.RelationAttributes)
			}
		case value != nil:
			t.putAttribute(attributes, name, value)
		}
	}
	hit := map[string]any{
		"typeName": e.TypeName, "guid": e.GUID, "status": e.Status, "displayText": e.Text("name"), "isIncomplete": false,
		"attributes": attributes, "createdBy": e.CreatedBy, "updatedBy": e.UpdatedBy,
		"createTime": e.CreateTime, "updateTime": e.UpdateTime,
	}
	if names := e.tags(); len(names) > 0 {
		hit["classificationNames"] = t.vary.shuffled(names)
	}
	return hit
}

func (t *Tenant) foundPolicies(persona *Entity, relationAttributes []string) []any {
	found := []any{}
	for _, p := range t.data.policiesOf(persona.GUID) {
		if p.active() {
			found = append(found, foundRelation(p, relationAttributes))
		}
	}
	return found
}

func foundRelation(e *Entity, attributes []string) map[string]any {
	shown := map[string]any{}
	for _, name := range attributes {
		if v := e.Attributes[name]; v != nil {
			shown[name] = v
		}
	}
	return map[string]any{
		"guid": e.GUID, "typeName": e.TypeName, "attributes": shown,
		"uniqueAttributes": map[string]any{"qualifiedName": e.qualifiedName()},
	}
}
