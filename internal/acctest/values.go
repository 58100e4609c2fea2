// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Unknown is a value in a configuration that is not known yet.
var Unknown = unknown{}

type unknown struct{}

// Errors returns the errors among diagnostics, leaving out warnings.
func Errors(diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	return slices.DeleteFunc(slices.Clone(diags), func(d *tfprotov6.Diagnostic) bool {
		return d.Severity != tfprotov6.DiagnosticSeverityError
	})
}

func warnings(diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	return slices.DeleteFunc(slices.Clone(diags), func(d *tfprotov6.Diagnostic) bool {
		return d.Severity != tfprotov6.DiagnosticSeverityWarning
	})
}

// Texts renders diagnostics for a test's output and for searches in it.
func Texts(diags []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&text, "%s: %s", d.Severity, d.Summary)
		if d.Attribute != nil {
			fmt.Fprintf(&text, " (%s)", d.Attribute)
		}
		fmt.Fprintf(&text, "\n%s\n", d.Detail)
	}
	return text.String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func dynamic(t testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	must(t, err)
	return &encoded
}

// object builds a value of a schema from Go values.
func object(t testing.TB, schema *tfprotov6.Schema, given map[string]any) tftypes.Value {
	t.Helper()
	objectType, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("schema of type %s", schema.ValueType())
	}
	values := map[string]tftypes.Value{}
	for name, attributeType := range objectType.AttributeTypes {
		values[name] = value(t, attributeType, given[name])
	}
	for name := range given {
		if _, ok := values[name]; !ok {
			t.Fatalf("the schema has no attribute %q", name)
		}
	}
	return tftypes.NewValue(objectType, values)
}

func value(t testing.TB, valueType tftypes.Type, given any) tftypes.Value {
	t.Helper()
	switch v := given.(type) {
	case unknown:
		return tftypes.NewValue(valueType, tftypes.UnknownValue)
	case []string:
		elements := []tftypes.Value{}
		for _, element := range v {
			elements = append(elements, tftypes.NewValue(tftypes.String, element))
		}
		return tftypes.NewValue(valueType, elements)
	case map[string]string:
		elements := map[string]tftypes.Value{}
		for key, element := range v {
			elements[key] = tftypes.NewValue(tftypes.String, element)
		}
		return tftypes.NewValue(valueType, elements)
	case map[string]any:
		return composed(t, valueType, v)
	case []any:
		return listed(t, v)
	case string, bool, int, int64:
		if valueType.Is(tftypes.DynamicPseudoType) {
			return tftypes.NewValue(typeOf(v), v)
		}
		return tftypes.NewValue(valueType, given)
	default:
		return tftypes.NewValue(valueType, given)
	}
}

// composed builds an object, a map, or what stands for an object where any type is allowed.
func composed(t testing.TB, valueType tftypes.Type, given map[string]any) tftypes.Value {
	t.Helper()
	values := map[string]tftypes.Value{}
	switch of := valueType.(type) {
	case tftypes.Object:
		for name, attributeType := range of.AttributeTypes {
			values[name] = value(t, attributeType, given[name])
		}
		for name := range given {
			if _, ok := values[name]; !ok {
				t.Fatalf("there is no attribute %q", name)
			}
		}
		return tftypes.NewValue(of, values)
	case tftypes.Map:
		for name, element := range given {
			values[name] = value(t, of.ElementType, element)
		}
		return tftypes.NewValue(of, values)
	}
	types := map[string]tftypes.Type{}
	for name, element := range given {
		values[name] = value(t, tftypes.DynamicPseudoType, element)
		types[name] = values[name].Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
}

// listed builds what a list is where any type is allowed.
func listed(t testing.TB, given []any) tftypes.Value {
	t.Helper()
	var values []tftypes.Value
	var types []tftypes.Type
	for _, element := range given {
		one := value(t, tftypes.DynamicPseudoType, element)
		values, types = append(values, one), append(types, one.Type())
	}
	return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, values)
}

func typeOf(given any) tftypes.Type {
	switch given.(type) {
	case string:
		return tftypes.String
	case bool:
		return tftypes.Bool
	default:
		return tftypes.Number
	}
}

func attributes(t testing.TB, value tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	var values map[string]tftypes.Value
	must(t, value.As(&values))
	return values
}

// plain turns a value into Go's types.
func plain(t testing.TB, value tftypes.Value) any {
	t.Helper()
	if value.IsNull() {
		return nil
	}
	switch {
	case value.Type().Is(tftypes.String):
		var s string
		must(t, value.As(&s))
		return s
	case value.Type().Is(tftypes.Bool):
		var b bool
		must(t, value.As(&b))
		return b
	case value.Type().Is(tftypes.Number):
		var n *big.Float
		must(t, value.As(&n))
		i, _ := n.Int64()
		return i
	case value.Type().Is(tftypes.Map{}), value.Type().Is(tftypes.Object{}):
		elements := map[string]any{}
		for key, element := range attributes(t, value) {
			elements[key] = plain(t, element)
		}
		return elements
	default:
		var elements []tftypes.Value
		must(t, value.As(&elements))
		list := []any{}
		for _, element := range elements {
			list = append(list, plain(t, element))
		}
		return list
	}
}

// proposed is Terraform's first idea of the new state: the configuration, and for computed attributes that it leaves
// out the prior value.
func proposed(t testing.TB, schema *tfprotov6.Schema, prior, config tftypes.Value) tftypes.Value {
	t.Helper()
	values := withoutWriteOnly(t, schema.Block.Attributes, config)
	if prior.IsNull() {
		return tftypes.NewValue(config.Type(), values)
	}
	before := attributes(t, prior)
	for _, attribute := range schema.Block.Attributes {
		if attribute.Computed && values[attribute.Name].IsNull() {
			values[attribute.Name] = before[attribute.Name]
		}
	}
	return tftypes.NewValue(config.Type(), values)
}

// withoutWriteOnly are the attributes of an object, with null for those that only the configuration holds.
func withoutWriteOnly(t testing.TB, schema []*tfprotov6.SchemaAttribute, of tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	values := maps.Clone(attributes(t, of)) // As hands out the value's own map
	for _, attribute := range schema {
		value := values[attribute.Name]
		nested := attribute.NestedType
		switch {
		case attribute.WriteOnly:
			values[attribute.Name] = tftypes.NewValue(value.Type(), nil)
		case nested != nil && nested.Nesting == tfprotov6.SchemaObjectNestingModeSingle && value.IsKnown() && !value.IsNull():
			values[attribute.Name] = tftypes.NewValue(value.Type(), withoutWriteOnly(t, nested.Attributes, value))
		}
	}
	return values
}

// changed names the attributes that differ.
func changed(t testing.TB, before, after tftypes.Value) []string {
	t.Helper()
	was, becomes := attributes(t, before), attributes(t, after)
	return slices.Sorted(func(yield func(string) bool) {
		for name := range maps.Keys(was) {
			if !was[name].Equal(becomes[name]) && !yield(name) {
				return
			}
		}
	})
}
