// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"maps"
	"slices"
	"strings"
)

const (
	// generatedTitle is the title of contracts that were generated of an app's declared inputs (application-sdk
	// handler/service.py get_input_contract).
	generatedTitle = "AppInputContract"
	// maxSchemaDepth bounds how far references and alternatives are followed.
	maxSchemaDepth = 8
)

// AppContract is the input contract of an app: a JSON Schema of the inputs of its workflows.
type AppContract struct {
	// Title of the schema.
	Title string
	// Generated contracts were made of the app's declared inputs. Others are the app's own model at run time: what they do
	// not know, the app may still understand (application-sdk handler/service.py).
	Generated bool
	// Open contracts accept inputs beside those that they name.
	Open bool
	// Properties by their keys.
	Properties []ContractProperty
	// Document is the contract as the tenant shows it.
	Document map[string]any

	check *schemaCheck
}

// ContractProperty is one input of a contract.
type ContractProperty struct {
	Key, Title, Description string
	// Types are the JSON types that it accepts, such as "string", without "null"; empty where it does not say.
	Types []string
	// Nullable says whether it accepts null.
	Nullable bool
	// Enum are the values that it accepts; nil where it does not say.
	Enum []any
	// Default applies when the input is left out; nil where there is none.
	Default any
	// Required inputs cannot be left out.
	Required bool
	// Deprecated says that the input is to be left out.
	Deprecated bool
	// Plumbing is what every app inherits and no user sets.
	Plumbing bool

	connection bool // it is a reference to a connection
}

// plumbing are the inputs that every app inherits from its framework and that forms do not show, whether the app heeds
// them or not (application-sdk contracts/base.py).
var plumbing = []string{
	"workflow_id", "correlation_id", "app_name", "output_prefix", "output_path", "output_dir", "checkpoint_dir", "load_to_atlan",
	"publish_dry_run", "temp_table_regex", "source_tag_prefix", "include_filter", "exclude_filter", "preflight_check",
}

// Property returns the property of a key, or nil. It may be called on nil.
func (c *AppContract) Property(key string) *ContractProperty {
	if c == nil {
		return nil
	}
	i := slices.IndexFunc(c.Properties, func(p ContractProperty) bool { return p.Key == key })
	if i < 0 {
		return nil
	}
	return &c.Properties[i]
}

// Accepts tells whether the property accepts a JSON type. One that does not say accepts every type.
func (p *ContractProperty) Accepts(jsonType string) bool {
	return len(p.Types) == 0 || slices.Contains(p.Types, jsonType)
}

// ParseAppContract reads a JSON Schema. It never fails: what it does not understand is left unchecked.
func ParseAppContract(document map[string]any) *AppContract {
	c := &AppContract{Document: document, check: newSchemaCheck(document)}
	c.Title, _ = document["title"].(string)
	c.Generated = c.Title == generatedTitle
	switch more := document["additionalProperties"].(type) {
	case bool:
		c.Open = more
	case map[string]any:
		c.Open = true
	}
	properties, _ := document["properties"].(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		schema, _ := properties[key].(map[string]any)
		c.Properties = append(c.Properties, c.property(key, schema))
	}
	return c
}

func (c *AppContract) property(key string, schema map[string]any) ContractProperty {
	p := ContractProperty{
		Key: key, Default: schema["default"],
		Required: slices.Contains(stringsIn(c.Document["required"]), key), Plumbing: slices.Contains(plumbing, key),
	}
	p.Title, _ = schema["title"].(string)
	p.Description, _ = schema["description"].(string)
	p.Deprecated, _ = schema["deprecated"].(bool)
	all, enumerated := false, true
	for _, leaf := range schemaLeaves(c.Document, schema, 0) {
		types, values := leafTypes(leaf), leafValues(leaf)
		p.Nullable = p.Nullable || slices.Contains(types, "null")
		types = slices.DeleteFunc(types, func(t string) bool { return t == "null" || slices.Contains(p.Types, t) })
		if p.connection = p.connection || isConnectionRef(leaf); len(types) == 0 && len(values) == 0 {
			all = all || len(leafTypes(leaf)) == 0
			continue
		}
		p.Types = append(p.Types, types...)
		enumerated = enumerated && len(values) > 0
		p.Enum = append(p.Enum, values...)
	}
	if all {
		p.Types = nil
	}
	if all || !enumerated {
		p.Enum = nil
	}
	return p
}

// schemaLeaves are the schemas of which a value has to fit one, with references and alternatives resolved.
func schemaLeaves(root, schema map[string]any, depth int) []map[string]any {
	if depth > maxSchemaDepth {
		return []map[string]any{{}}
	}
	if ref, ok := schema["$ref"].(string); ok {
		return schemaLeaves(root, localRef(root, ref), depth+1)
	}
	var leaves []map[string]any
	for _, keyword := range []string{"anyOf", "oneOf", "allOf"} {
		alternatives, _ := schema[keyword].([]any)
		if keyword == "allOf" && len(alternatives) != 1 {
			continue
		}
		for _, alternative := range alternatives {
			one, _ := alternative.(map[string]any)
			leaves = append(leaves, schemaLeaves(root, one, depth+1)...)
		}
	}
	if len(leaves) == 0 {
		return []map[string]any{schema}
	}
	return leaves
}

// localRef follows a reference such as "#/$defs/ConnectionRef"; any other leads to a schema that says nothing.
func localRef(root map[string]any, ref string) map[string]any {
	pointer, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil
	}
	at := root
	for part := range strings.SplitSeq(pointer, "/") {
		at, _ = at[strings.NewReplacer("~1", "/", "~0", "~").Replace(part)].(map[string]any)
	}
	return at
}

// leafTypes are the types that a schema names, or that the values do that it names.
func leafTypes(leaf map[string]any) []string {
	if one, ok := leaf["type"].(string); ok {
		return []string{one}
	}
	if types := stringsIn(leaf["type"]); len(types) > 0 {
		return types
	}
	var types []string
	for _, value := range leafValues(leaf) {
		if t := jsonType(value); !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types
}

func leafValues(leaf map[string]any) []any {
	if value, ok := leaf["const"]; ok {
		return []any{value}
	}
	values, _ := leaf["enum"].([]any)
	return values
}

// isConnectionRef tells the model of a reference to an entity by its qualified name (application-sdk ConnectionRef).
func isConnectionRef(leaf map[string]any) bool {
	properties, _ := leaf["properties"].(map[string]any)
	_, named := properties["typeName"]
	_, described := properties["attributes"]
	return leaf["title"] == "ConnectionRef" || named && described
}

// jsonType is the type of a value as JSON Schema names it.
func jsonType(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	default:
		return "number"
	}
}

// stringsIn are the texts of a JSON list.
func stringsIn(value any) []string {
	list, _ := value.([]any)
	var texts []string
	for _, element := range list {
		if text, ok := element.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}
