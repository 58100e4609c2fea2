// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package dsl evaluates the part of Elasticsearch's query language that Atlan's SDKs send to the search endpoints
// (pyatlan model/search.py and client/common/workflow.py).
//
// As in Elasticsearch an unknown field matches nothing, and an unknown kind of query is an error.
package dsl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Document gives the values of a field; none where the document has no such field. Values are strings, float64 numbers,
// bools and Folded texts. A field that a search engine would split into words gives the words in lower case.
type Document func(field string) []any

// Folded is a text in which upper and lower case do not differ: one that is indexed with a lowercase normalizer.
type Folded string

// Query says whether a document matches.
type Query func(Document) bool

// Parse reads a query. No query, or an empty one, matches everything. Bounds such as "now-2h" are reckoned from now.
func Parse(text json.RawMessage, now time.Time) (Query, error) {
	return parser{now}.query(text)
}

// parser reads queries at a time.
type parser struct{ now time.Time }

func (p parser) query(text json.RawMessage) (Query, error) {
	if len(text) == 0 || string(text) == "null" {
		return everything, nil
	}
	kind, body, err := single(text, "a query")
	if err != nil || kind == "" {
		return everything, err
	}
	switch kind {
	case "match_all":
		return everything, nil
	case "match_none":
		return func(Document) bool { return false }, nil
	case "bool":
		return p.bool(body)
	case "nested":
		return p.nested(body)
	case "exists":
		return parseExists(body)
	case "terms":
		return parseTerms(body)
	case "range":
		return p.rangeOf(body)
	case "term", "prefix", "wildcard", "regexp", "match":
		return parseLeaf(kind, body)
	}
	return nil, fmt.Errorf("unknown query [%s]", kind)
}

func everything(Document) bool { return true }

// single takes apart an object of one member; an empty object gives an empty name.
func single(text json.RawMessage, what string) (string, json.RawMessage, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(text, &object); err != nil {
		return "", nil, fmt.Errorf("%s must be an object, not %s", what, text)
	}
	if len(object) > 1 {
		return "", nil, fmt.Errorf("%s must have one member, not %d", what, len(object))
	}
	for name, body := range object {
		return name, body, nil
	}
	return "", nil, nil
}

func (p parser) bool(text json.RawMessage) (Query, error) {
	var body struct {
		Must      json.RawMessage `json:"must"`
		Filter    json.RawMessage `json:"filter"`
		Should    json.RawMessage `json:"should"`
		MustNot   json.RawMessage `json:"must_not"`
		MinShould *int            `json:"minimum_should_match"`
	}
	if err := json.Unmarshal(text, &body); err != nil {
		return nil, fmt.Errorf("[bool] is malformed: %w", err)
	}
	clauses := map[string][]Query{}
	for name, raw := range map[string]json.RawMessage{
		"must": body.Must, "filter": body.Filter, "should": body.Should, "must_not": body.MustNot,
	} {
		queries, err := p.clauses(raw)
		if err != nil {
			return nil, err
		}
		clauses[name] = queries
	}
	required := slices.Concat(clauses["must"], clauses["filter"])
	atLeast := 0
	if len(clauses["should"]) > 0 && len(required) == 0 {
		atLeast = 1
	}
	if body.MinShould != nil {
		atLeast = *body.MinShould
	}
	return func(d Document) bool {
		return matching(required, d) == len(required) && matching(clauses["must_not"], d) == 0 &&
			matching(clauses["should"], d) >= atLeast
	}, nil
}

// clauses reads one query or a list of them.
func (p parser) clauses(text json.RawMessage) ([]Query, error) {
	if len(text) == 0 || string(text) == "null" {
		return nil, nil
	}
	list := []json.RawMessage{text}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		list = nil
		if err := json.Unmarshal(text, &list); err != nil {
			return nil, err
		}
	}
	var queries []Query
	for _, one := range list {
		q, err := p.query(one)
		if err != nil {
			return nil, err
		}
		queries = append(queries, q)
	}
	return queries, nil
}

func matching(queries []Query, d Document) int {
	n := 0
	for _, q := range queries {
		if q(d) {
			n++
		}
	}
	return n
}

// nested evaluates the inner query on the whole document: nested objects appear once in what is searched here.
func (p parser) nested(text json.RawMessage) (Query, error) {
	var body struct {
		Path  string          `json:"path"`
		Query json.RawMessage `json:"query"`
	}
	if err := json.Unmarshal(text, &body); err != nil || body.Path == "" {
		return nil, errors.New("[nested] requires 'path' and 'query'")
	}
	return p.query(body.Query)
}

func parseExists(text json.RawMessage) (Query, error) {
	var body struct {
		Field string `json:"field"`
	}
	if err := json.Unmarshal(text, &body); err != nil || body.Field == "" {
		return nil, errors.New("[exists] requires 'field'")
	}
	return func(d Document) bool { return len(d(body.Field)) > 0 }, nil
}

func parseTerms(text json.RawMessage) (Query, error) {
	var body map[string]any
	if err := json.Unmarshal(text, &body); err != nil {
		return nil, fmt.Errorf("[terms] is malformed: %w", err)
	}
	for field, value := range body {
		if field == "boost" {
			continue
		}
		wanted, ok := value.([]any)
		if !ok {
			return nil, fmt.Errorf("[terms] query requires a list for [%s]", field)
		}
		return func(d Document) bool {
			return slices.ContainsFunc(d(field), func(got any) bool {
				return slices.ContainsFunc(wanted, func(w any) bool { return sameTerm(got, w) })
			})
		}, nil
	}
	return nil, errors.New("[terms] query requires a field")
}

// sameTerm compares a value with a term; Elasticsearch takes "true" for true and "5" for 5.
func sameTerm(got, want any) bool {
	_, gotText := got.(string)
	_, wantText := want.(string)
	if gotText && wantText {
		return got == want
	}
	return strings.EqualFold(fmt.Sprint(got), fmt.Sprint(want))
}
