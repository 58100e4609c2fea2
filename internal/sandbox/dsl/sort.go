// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package dsl

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// sortKey is one field to sort by.
type sortKey struct {
	field      string
	descending bool
}

// Sort puts hits into the order that a search asks for: a list of "field", {"field": "asc"} or
// {"field": {"order": "asc"}}. Without a sort the order stays as it is.
func Sort[T any](text json.RawMessage, hits []T, document func(T) Document) error {
	keys, err := parseSort(text)
	if err != nil {
		return err
	}
	slices.SortStableFunc(hits, func(a, b T) int {
		for _, k := range keys {
			c := compareAll(document(a)(k.field), document(b)(k.field))
			if k.descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	return nil
}

func compareAll(a, b []any) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) - len(b)
	}
	return Compare(a[0], b[0])
}

func parseSort(text json.RawMessage) ([]sortKey, error) {
	if len(text) == 0 || string(text) == "null" {
		return nil, nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		list = []json.RawMessage{text}
	}
	var keys []sortKey
	for _, one := range list {
		k, err := parseSortKey(one)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

func parseSortKey(text json.RawMessage) (sortKey, error) {
	var name string
	if json.Unmarshal(text, &name) == nil {
		return sortKey{field: name}, nil
	}
	field, body, err := single(text, "[sort]")
	if err != nil {
		return sortKey{}, err
	}
	var options struct {
		Order string `json:"order"`
	}
	if json.Unmarshal(body, &options.Order) != nil {
		if err := json.Unmarshal(body, &options); err != nil {
			return sortKey{}, fmt.Errorf("[sort] is malformed: %w", err)
		}
	}
	return sortKey{field: field, descending: strings.EqualFold(options.Order, "desc")}, nil
}
