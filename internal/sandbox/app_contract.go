// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// An app's inputs are checked as the app server does it: against the JSON Schema of the contract. The check here knows
// the part of JSON Schema that contracts are written in (application-sdk handler/service.py: Pydantic's
// model_json_schema), and passes over every other keyword.

// violation is one way in which inputs do not fit their contract.
type violation struct {
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// contractError is how Heracles refuses inputs (pyatlan model/apps/_base.py). That info lists what is wrong is inferred.
func contractError(violations []violation) error {
	e := invalidRequest("inputs do not match the app input contract")
	e.info = violations
	return e
}

// checkInputs refuses inputs that do not fit a contract.
func checkInputs(contract, inputs map[string]any) error {
	c := contractCheck{root: contract}
	c.value("", contract, inputs)
	// Whoever leaves out the GUID of the credential sends null as far as the server is concerned; only agents, which
	// keep the credential to themselves, need none (pyatlan model/apps/_base.py).
	if _, sent := inputs["credential_guid"]; !sent && inputs["extraction_method"] != "agent" {
		if spec, ok := member(contract["properties"], "credential_guid").(map[string]any); ok {
			c.value("credential_guid", spec, nil)
		}
	}
	if raw, sent := inputs["credential"]; sent {
		if _, ok := raw.(map[string]any); !ok {
			c.add("credential", "must be object, got "+kindOf(raw))
		}
	}
	if len(c.violations) > 0 {
		return contractError(c.violations)
	}
	return nil
}

type contractCheck struct {
	root       map[string]any
	violations []violation
}

func (c *contractCheck) add(path, reason string) {
	c.violations = append(c.violations, violation{strings.TrimPrefix(path, "."), reason})
}

// value checks a value against a schema. Names that the schema does not know are let through, as Pydantic does.
func (c *contractCheck) value(path string, schema map[string]any, v any) {
	if ref, ok := schema["$ref"].(string); ok {
		def, _ := member(c.root["$defs"], strings.TrimPrefix(ref, "#/$defs/")).(map[string]any)
		c.value(path, def, v)
	}
	c.alternatives(path, schema, v)
	if kinds := typesOf(schema); len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k string) bool { return isKind(v, k) }) {
		c.add(path, fmt.Sprintf("must be %s, got %s", strings.Join(kinds, " or "), kindOf(v)))
		return
	}
	if allowed, ok := schema["enum"].([]any); ok && !slices.Contains(allowed, v) {
		c.add(path, fmt.Sprintf("must be one of %v", allowed))
	}
	if want, ok := schema["const"]; ok && want != v {
		c.add(path, fmt.Sprintf("must be %v", want))
	}
	switch v := v.(type) {
	case map[string]any:
		c.members(path, schema, v)
	case []any:
		if items, ok := schema["items"].(map[string]any); ok {
			for i, item := range v {
				c.value(fmt.Sprintf("%s[%d]", path, i), items, item)
			}
		}
	}
}

// alternatives takes the first schema of anyOf that fits.
func (c *contractCheck) alternatives(path string, schema map[string]any, v any) {
	schemas, _ := schema["anyOf"].([]any)
	var first []violation
	for _, s := range schemas {
		alternative, _ := s.(map[string]any)
		attempt := contractCheck{root: c.root}
		attempt.value(path, alternative, v)
		if len(attempt.violations) == 0 {
			return
		}
		if first == nil {
			first = attempt.violations
		}
	}
	c.violations = append(c.violations, first...)
}

func (c *contractCheck) members(path string, schema, object map[string]any) {
	for _, name := range texts(schema["required"]) {
		if _, ok := object[name]; !ok {
			c.add(path+"."+name, "is required")
		}
	}
	properties, _ := schema["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		spec, _ := properties[name].(map[string]any)
		if v, ok := object[name]; ok {
			c.value(path+"."+name, spec, v)
		}
	}
}

// typesOf returns the types that a schema allows; none is any.
func typesOf(schema map[string]any) []string {
	if one, ok := schema["type"].(string); ok {
		return []string{one}
	}
	return texts(schema["type"])
}

// kindOf names the JSON type of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

func isKind(v any, kind string) bool {
	if n, ok := v.(float64); ok && kind == "integer" {
		return n == float64(int64(n))
	}
	return kindOf(v) == kind
}
