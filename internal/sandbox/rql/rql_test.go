// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package rql_test

import (
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox/rql"
)

var known = []string{"name", "alias", "enabled"}

func TestFilters(t *testing.T) {
	t.Parallel()
	record := rql.Fields{"name": "$admin", "alias": "Data engineers (EU)", "enabled": true}
	for text, want := range map[string]bool{
		``:                                                        true,
		`{}`:                                                      true,
		`{"name":"$admin"}`:                                       true,
		`{"name":"$ADMIN"}`:                                       false,
		`{"enabled":true}`:                                        true,
		`{"enabled":"true"}`:                                      false,
		`{"name":{"$eq":"$admin"}}`:                               true,
		`{"name":{"$eq":"x"}}`:                                    false,
		`{"enabled":{"$eq":true}}`:                                true,
		`{"name":{"$in":["x","$admin"]}}`:                         true,
		`{"name":{"$in":[""]}}`:                                   false,
		`{"name":{"$ilike":"$%"}}`:                                true,
		`{"alias":{"$ilike":"%ENGINEERS (e%"}}`:                   true,
		`{"alias":{"$ilike":"engineers"}}`:                        false,
		`{"alias":{"$ilike":"%(.*"}}`:                             false,
		`{"name":"$admin","enabled":false}`:                       false,
		`{"$and":[{"name":"$admin"},{"enabled":true}]}`:           true,
		`{"$and":[{"name":"$admin"},{"enabled":false}]}`:          false,
		`{"$or":[{"name":"x"},{"$and":[{"enabled":true}]}]}`:      true,
		`{"$or":[]}`:                                              false,
		`{"name":{"$in":["$admin"],"$ilike":"x%"}}`:               false,
		`{"enabled":{"$ilike":"%"}}`:                              false,
		`{"$or":[{"alias":"x"}],"name":{"$ilike":"%"}}`:           false,
		`{"$or":[{"alias":{"$ilike":"data%"}}],"enabled":true}`:   true,
		`{"$and":[{"alias":{"$ilike":"%Data engineers (EU)%"}}]}`: true,
	} {
		filter, err := rql.Parse(text, known)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := filter(record); got != want {
			t.Errorf("%s: %t, want %t", text, got, want)
		}
	}
}

func TestBadFilters(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[]`:                        `filter is not a JSON object: []`,
		`{"size":1}`:                `filter has an unknown key "size"`,
		`{"name":1}`:                `filter key "name" cannot be compared with 1`,
		`{"name":null}`:             `filter key "name" cannot be compared with null`,
		`{"name":{"$like":"x"}}`:    `filter key "name" has an unknown operator or operand: "$like"`,
		`{"name":{"$eq":["x"]}}`:    `filter key "name" has an unknown operator or operand: "$eq"`,
		`{"name":{"$in":"x"}}`:      `filter key "name" has an unknown operator or operand: "$in"`,
		`{"$or":{"name":"x"}}`:      `filter operator "$or" needs a list`,
		`{"$and":[{"size":"x"}]}`:   `filter has an unknown key "size"`,
		`{"$not":[{"name":"x"}]}`:   `filter has an unknown key "$not"`,
		`{"$or":[{"$or":[["x"]]}]}`: `filter is not a JSON object: ["x"]`,
	} {
		if _, err := rql.Parse(text, known); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
