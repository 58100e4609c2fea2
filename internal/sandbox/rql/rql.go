// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package rql evaluates the filter language of Heracles' list endpoints, which apidocs calls RQL: a JSON object of
// field conditions and of "$and" and "$or" lists.
//
// The operators are those that Atlan's SDKs send: equality, "$in" and "$ilike" (pyatlan client/common/{token,user,group,
// role}.py). That other operators and unknown fields are refused is inferred.
package rql

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Fields are a record's values by name; a value is a string or a bool.
type Fields map[string]any

// Filter says whether a record fits.
type Filter func(Fields) bool

// Parse reads a filter over the known fields. An empty text fits every record.
func Parse(text string, known []string) (Filter, error) {
	if text == "" {
		return all(nil), nil
	}
	return parseObject(json.RawMessage(text), known)
}

func parseObject(text json.RawMessage, known []string) (Filter, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(text, &object); err != nil {
		return nil, fmt.Errorf("filter is not a JSON object: %s", text)
	}
	var filters []Filter
	for key, value := range object {
		f, err := parseMember(key, value, known)
		if err != nil {
			return nil, err
		}
		filters = append(filters, f)
	}
	return all(filters), nil
}

func parseMember(key string, value json.RawMessage, known []string) (Filter, error) {
	if key == "$and" || key == "$or" {
		return parseList(key, value, known)
	}
	if !slices.Contains(known, key) {
		return nil, fmt.Errorf("filter has an unknown key %q", key)
	}
	condition, err := parseCondition(key, value)
	if err != nil {
		return nil, err
	}
	return func(f Fields) bool { return condition(f[key]) }, nil
}

func parseList(key string, value json.RawMessage, known []string) (Filter, error) {
	var members []json.RawMessage
	if err := json.Unmarshal(value, &members); err != nil {
		return nil, fmt.Errorf("filter operator %q needs a list", key)
	}
	filters := make([]Filter, len(members))
	for i, m := range members {
		f, err := parseObject(m, known)
		if err != nil {
			return nil, err
		}
		filters[i] = f
	}
	if key == "$and" {
		return all(filters), nil
	}
	return func(f Fields) bool {
		return slices.ContainsFunc(filters, func(one Filter) bool { return one(f) })
	}, nil
}

// parseCondition reads what stands behind a field: a value, or an object of operators.
func parseCondition(key string, text json.RawMessage) (func(any) bool, error) {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, fmt.Errorf("filter key %q: %w", key, err)
	}
	switch v := value.(type) {
	case string, bool:
		return func(got any) bool { return got == v }, nil
	case map[string]any:
		return parseOperators(key, v)
	}
	return nil, fmt.Errorf("filter key %q cannot be compared with %s", key, text)
}

func parseOperators(key string, operators map[string]any) (func(any) bool, error) {
	var conditions []func(any) bool
	for name, operand := range operators {
		list, isList := operand.([]any)
		pattern, isText := operand.(string)
		_, isBool := operand.(bool)
		switch {
		case name == "$eq" && (isText || isBool): // atlan-go user_client.go
			conditions = append(conditions, func(got any) bool { return got == operand })
		case name == "$in" && isList:
			conditions = append(conditions, func(got any) bool { return slices.Contains(list, got) })
		case name == "$ilike" && isText:
			like := compileLike(pattern)
			conditions = append(conditions, func(got any) bool {
				s, ok := got.(string)
				return ok && like.MatchString(s)
			})
		default:
			return nil, fmt.Errorf("filter key %q has an unknown operator or operand: %q", key, name)
		}
	}
	return func(got any) bool {
		return !slices.ContainsFunc(conditions, func(c func(any) bool) bool { return !c(got) })
	}, nil
}

// compileLike reads a pattern in which % stands for any text.
func compileLike(pattern string) *regexp.Regexp {
	parts := strings.Split(pattern, "%")
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	return regexp.MustCompile("(?is)^" + strings.Join(parts, ".*") + "$")
}

func all(filters []Filter) Filter {
	return func(f Fields) bool {
		return !slices.ContainsFunc(filters, func(one Filter) bool { return !one(f) })
	}
}
