// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package dsl

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// defaultBuckets is how many buckets a terms aggregation gives where it does not say.
const defaultBuckets = 10

// aggregation is one of the two kinds that pyatlan's fields make (model/fields/atlan_fields.py bucket_by, distinct).
type aggregation struct {
	Terms *struct {
		Field string `json:"field"`
		Size  *int   `json:"size"`
	} `json:"terms"`
	Cardinality *struct {
		Field string `json:"field"`
	} `json:"cardinality"`
	Aggregations json.RawMessage `json:"aggregations"`
	Aggs         json.RawMessage `json:"aggs"`
}

// Aggregate counts what the documents of all hits have in their fields. Without aggregations the result is nil.
func Aggregate(text json.RawMessage, documents []Document) (map[string]any, error) {
	if len(text) == 0 || string(text) == "null" {
		return nil, nil
	}
	var named map[string]json.RawMessage
	if err := json.Unmarshal(text, &named); err != nil {
		return nil, fmt.Errorf("[aggregations] is malformed: %w", err)
	}
	results := map[string]any{}
	for name, one := range named {
		result, err := aggregate(one, documents)
		if err != nil {
			return nil, err
		}
		results[name] = result
	}
	return results, nil
}

func aggregate(text json.RawMessage, documents []Document) (any, error) {
	var a aggregation
	if err := json.Unmarshal(text, &a); err != nil {
		return nil, fmt.Errorf("[aggregations] is malformed: %w", err)
	}
	switch {
	case a.Terms != nil && a.Terms.Field != "":
		return a.buckets(documents)
	case a.Cardinality != nil && a.Cardinality.Field != "":
		return map[string]any{"value": len(byValue(a.Cardinality.Field, documents))}, nil
	case a.Terms != nil || a.Cardinality != nil:
		return nil, errors.New("an aggregation requires 'field'")
	}
	return nil, errors.New("only the aggregations [terms] and [cardinality] are known")
}

// buckets are the most frequent values first; what is folded is counted, and shown, in lower case.
func (a *aggregation) buckets(documents []Document) (any, error) {
	groups := byValue(a.Terms.Field, documents)
	keys := slices.SortedFunc(maps.Keys(groups), func(x, y any) int {
		return cmp.Or(len(groups[y])-len(groups[x]), Compare(x, y))
	})
	size := defaultBuckets
	if a.Terms.Size != nil {
		size = *a.Terms.Size
	}
	inner := a.Aggregations
	if inner == nil {
		inner = a.Aggs
	}
	buckets, others := []any{}, 0
	for i, key := range keys {
		if i >= size {
			others += len(groups[key])
			continue
		}
		results, err := Aggregate(inner, groups[key])
		if err != nil {
			return nil, err
		}
		bucket := map[string]any{"key": key, "doc_count": len(groups[key])}
		maps.Copy(bucket, results)
		buckets = append(buckets, bucket)
	}
	return map[string]any{"doc_count_error_upper_bound": 0, "sum_other_doc_count": others, "buckets": buckets}, nil
}

// byValue groups documents by the values of a field.
func byValue(field string, documents []Document) map[any][]Document {
	groups := map[any][]Document{}
	for _, d := range documents {
		counted := map[any]bool{}
		for _, value := range d(field) {
			if folded, ok := value.(Folded); ok {
				value = strings.ToLower(string(folded))
			}
			if !counted[value] {
				counted[value] = true
				groups[value] = append(groups[value], d)
			}
		}
	}
	return groups
}
