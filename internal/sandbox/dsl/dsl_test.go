// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package dsl_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox/dsl"
)

var now = time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)

func document(field string) []any {
	return map[string][]any{
		"name.keyword": {"My Connection"}, "displayName.keyword": {dsl.Folded("My Connection")},
		"name": {"my", "connection"}, "qualifiedName": {"default/snowflake/1"},
		"size": {float64(7)}, "millis": {float64(now.UnixMilli())}, "at": {now.Format(time.RFC3339)}, "flag": {true}, "admins": {"a", "b"},
	}[field]
}

func TestQueries(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]bool{
		``: true, `null`: true, `{}`: true, `{"match_all":{}}`: true, `{"match_none":{}}`: false,
		`{"term":{"name.keyword":"My Connection"}}`:                                                  true,
		`{"term":{"name.keyword":{"value":"my connection"}}}`:                                        false,
		`{"term":{"name.keyword":{"value":"my connection","case_insensitive":true}}}`:                true,
		`{"term":{"displayName.keyword":"MY connection"}}`:                                           true,
		`{"terms":{"displayName.keyword":["x","MY connection"]}}`:                                    true,
		`{"prefix":{"displayName.keyword":"MY"}}`:                                                    true,
		`{"regexp":{"displayName.keyword":"my.*"}}`:                                                  true,
		`{"regexp":{"displayName.keyword":"My.*"}}`:                                                  false,
		`{"match":{"displayName.keyword":"my CONNECTION"}}`:                                          true,
		`{"term":{"name":"My Connection"}}`:                                                          false,
		`{"term":{"name":"connection"}}`:                                                             true,
		`{"term":{"flag":"true"}}`:                                                                   true,
		`{"term":{"size":7}}`:                                                                        true,
		`{"term":{"unknown":"x"}}`:                                                                   false,
		`{"terms":{"admins":["x","b"]}}`:                                                             true,
		`{"terms":{"admins":["B"]}}`:                                                                 false,
		`{"prefix":{"qualifiedName":{"value":"default/snow"}}}`:                                      true,
		`{"prefix":{"qualifiedName":"snow"}}`:                                                        false,
		`{"wildcard":{"qualifiedName":{"value":"default/*/?"}}}`:                                     true,
		`{"wildcard":{"qualifiedName":{"wildcard":"DEFAULT/*","case_insensitive":true}}}`:            true,
		`{"regexp":{"qualifiedName":{"value":"default/.*[0-9]{1}"}}}`:                                true,
		`{"regexp":{"qualifiedName":"snowflake"}}`:                                                   false,
		`{"exists":{"field":"size"}}`:                                                                true,
		`{"exists":{"field":"nothing"}}`:                                                             false,
		`{"range":{"size":{"gt":6,"lte":7}}}`:                                                        true,
		`{"range":{"size":{"lt":7}}}`:                                                                false,
		`{"range":{"qualifiedName":{"gte":"default"}}}`:                                              true,
		`{"range":{"at":{"gte":"now-2h","lte":"now"}}}`:                                              true,
		`{"range":{"at":{"gt":"now"}}}`:                                                              false,
		`{"range":{"millis":{"lt":"now+1d"}}}`:                                                       true,
		`{"match":{"name":"other connection"}}`:                                                      true,
		`{"match":{"name":{"query":"other connection","operator":"and"}}}`:                           false,
		`{"match":{"name.keyword":"My Connection"}}`:                                                 true,
		`{"nested":{"path":"metadata","query":{"term":{"size":7}}}}`:                                 true,
		`{"bool":{"filter":{"term":{"size":7}},"must":[{"term":{"flag":true}}]}}`:                    true,
		`{"bool":{"must_not":[{"term":{"size":7}}]}}`:                                                false,
		`{"bool":{"should":[{"term":{"size":8}}]}}`:                                                  false,
		`{"bool":{"should":[{"term":{"size":8}}],"filter":[{"term":{"size":7}}]}}`:                   true,
		`{"bool":{"should":[{"term":{"size":8}}],"filter":[],"minimum_should_match":1}}`:             false,
		`{"bool":{"should":[{"term":{"size":8}},{"term":{"size":7}}],"must_not":{"match_none":{}}}}`: true,
	} {
		q, err := dsl.Parse(json.RawMessage(query), now)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		if got := q(document); got != want {
			t.Errorf("%s: %t, want %t", query, got, want)
		}
	}
}

func TestBadQueries(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		`{"fuzzy":{"name":"x"}}`:               "unknown query [fuzzy]",
		`{"term":{"a":1,"b":2}}`:               "[term] must have one member, not 2",
		`{"term":{}}`:                          "[term] requires a field",
		`{"term":{"a":{}}}`:                    "[term] requires a value for [a]",
		`{"terms":{"a":"b"}}`:                  "[terms] query requires a list for [a]",
		`{"range":{"a":{"above":1}}}`:          "[range] query does not support [above]",
		`{"range":{"at":{"gt":"now-2 days"}}}`: "failed to parse date field [now-2 days]",
		`{"exists":{}}`:                        "[exists] requires 'field'",
		`{"nested":{"query":{}}}`:              "[nested] requires 'path' and 'query'",
		`{"bool":{"filter":[{"fuzzy":{}}]}}`:   "unknown query [fuzzy]",
		`[]`:                                   "a query must be an object, not []",
		`{"regexp":{"a":"("}}`:                 "[regexp] cannot be compiled: error parsing regexp: missing closing ): `(?s)^(?:()$`",
	} {
		if _, err := dsl.Parse(json.RawMessage(query), now); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", query, err, want)
		}
	}
}

func TestSort(t *testing.T) {
	t.Parallel()
	type hit struct {
		name string
		size float64
	}
	doc := func(h hit) dsl.Document {
		return func(field string) []any {
			return map[string][]any{"name": {h.name}, "size": {h.size}}[field]
		}
	}
	for text, want := range map[string]string{
		`[{"size":{"order":"desc"}}]`: "cab", `[{"size":"asc"},"name"]`: "bac", `["name"]`: "abc", ``: "bca", `{"name":{"order":"desc"}}`: "cba",
	} {
		hits := []hit{{"b", 1}, {"c", 10}, {"a", 2}}
		if err := dsl.Sort(json.RawMessage(text), hits, doc); err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, h := range hits {
			names = append(names, h.name)
		}
		if got := strings.Join(names, ""); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if err := dsl.Sort(json.RawMessage(`[{"a":1,"b":2}]`), []hit{}, doc); err == nil {
		t.Error("a sort by two fields in one object is accepted")
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	if got := dsl.Words("My first-class CONNECTION, v2"); !slices.Equal(got, []string{"my", "first", "class", "connection", "v2"}) {
		t.Errorf("words are %q", got)
	}
}

func TestAggregate(t *testing.T) {
	t.Parallel()
	var documents []dsl.Document
	for _, d := range []map[string][]any{
		{"type.keyword": {dsl.Folded("Table")}, "admins": {"a", "b", "a"}},
		{"type.keyword": {dsl.Folded("table")}, "admins": {"b"}},
		{"type.keyword": {dsl.Folded("View")}},
	} {
		documents = append(documents, func(field string) []any { return d[field] })
	}
	for text, want := range map[string]string{
		``: `null`, `null`: `null`, `{}`: `{}`,
		`{"t":{"terms":{"field":"type.keyword"}}}`: `{"t":{"buckets":[{"doc_count":2,"key":"table"},{"doc_count":1,"key":"view"}],` +
			`"doc_count_error_upper_bound":0,"sum_other_doc_count":0}}`,
		`{"t":{"terms":{"field":"type.keyword","size":1},"aggregations":{"n":{"cardinality":{"field":"admins"}}}}}`: `{"t":{"buckets":` +
			`[{"doc_count":2,"key":"table","n":{"value":2}}],"doc_count_error_upper_bound":0,"sum_other_doc_count":1}}`,
		`{"a":{"terms":{"field":"none"}}}`: `{"a":{"buckets":[],"doc_count_error_upper_bound":0,"sum_other_doc_count":0}}`,
	} {
		results, err := dsl.Aggregate(json.RawMessage(text), documents)
		got, _ := json.Marshal(results)
		if err != nil || string(got) != want {
			t.Errorf("%s gives %s, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		`{"t":{"terms":{}}}`:                                       "an aggregation requires 'field'",
		`{"t":{"median":{"field":"a"}}}`:                           "only the aggregations [terms] and [cardinality] are known",
		`{"t":{"terms":{"field":"type.keyword"},"aggs":{"n":{}}}}`: "only the aggregations [terms] and [cardinality] are known",
		`[]`: "[aggregations] is malformed: json: cannot unmarshal array into Go value of type map[string]json.RawMessage",
	} {
		if _, err := dsl.Aggregate(json.RawMessage(text), documents); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
