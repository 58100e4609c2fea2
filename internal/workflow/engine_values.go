// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"encoding/json"
	"maps"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// toJSON turns a value of a configuration into one of JSON, with [atlan.Unknown] for what is not known.
func toJSON(v attr.Value) any {
	if v.IsUnknown() {
		return atlan.Unknown
	}
	if v.IsNull() {
		return nil
	}
	switch v := v.(type) {
	case types.Dynamic:
		return toJSON(v.UnderlyingValue())
	case types.String:
		return v.ValueString()
	case types.Bool:
		return v.ValueBool()
	case types.Number:
		return number(v.ValueBigFloat())
	case types.Int64:
		return v.ValueInt64()
	case types.Object:
		return members(v.Attributes())
	case types.Map:
		return members(v.Elements())
	case interface{ Elements() []attr.Value }: // lists, sets and tuples
		elements := []any{}
		for _, element := range v.Elements() {
			elements = append(elements, toJSON(element))
		}
		return elements
	default:
		return v.String()
	}
}

func members(values map[string]attr.Value) map[string]any {
	object := map[string]any{}
	for name, value := range values {
		object[name] = toJSON(value)
	}
	return object
}

// number is a whole number where JSON's numbers can be told apart, else a floating one.
func number(f *big.Float) any {
	const exact = 1 << 53
	if i, accuracy := f.Int64(); accuracy == big.Exact && -exact <= i && i <= exact {
		return i
	}
	float, _ := f.Float64()
	return float
}

// fromJSON turns a value of JSON into one that a configuration would have for it.
func fromJSON(v any) attr.Value {
	switch v := v.(type) {
	case nil:
		return types.DynamicNull()
	case string:
		return types.StringValue(v)
	case bool:
		return types.BoolValue(v)
	case float64:
		return types.NumberValue(big.NewFloat(v))
	case int64:
		return types.NumberValue(new(big.Float).SetInt64(v))
	case json.Number:
		f, _, err := big.ParseFloat(v.String(), 10, 512, big.ToNearestEven)
		if err != nil {
			return types.StringValue(v.String())
		}
		return types.NumberValue(f)
	case []any:
		elements, elementTypes := []attr.Value{}, []attr.Type{}
		for _, one := range v {
			element := fromJSON(one)
			elements, elementTypes = append(elements, element), append(elementTypes, typeOf(element))
		}
		return types.TupleValueMust(elementTypes, elements)
	case map[string]any:
		return objectOf(v)
	default:
		return types.DynamicNull()
	}
}

// typeOf is the type of a value; those of the framework need no context for it.
func typeOf(value attr.Value) attr.Type { return value.Type(context.Background()) }

func objectOf(v map[string]any) types.Object {
	values, valueTypes := map[string]attr.Value{}, map[string]attr.Type{}
	for name, one := range v {
		values[name] = fromJSON(one)
		valueTypes[name] = typeOf(values[name])
	}
	return types.ObjectValueMust(valueTypes, values)
}

// Given are the inputs that the configuration gives by their keys; known is false where not even their keys are known.
func (m *Common) Given() (inputs map[string]any, known bool) {
	if m.Inputs.IsUnknown() || m.Inputs.IsUnderlyingValueUnknown() {
		return nil, false
	}
	inputs, _ = toJSON(m.Inputs).(map[string]any)
	maps.DeleteFunc(inputs, func(_ string, v any) bool { return v == nil })
	return inputs, true
}

// Take puts the inputs that the tenant shows into the model, where they do not mean what the model has. owned tells
// the keys that belong to other attributes, or to nobody's configuration; hidden those that the tenant never shows.
func (m *Common) Take(shown map[string]any, owned func(key string) bool, hidden []string) {
	before, _ := m.Given()
	kept := map[string]attr.Value{}
	switch inputs := m.Inputs.UnderlyingValue().(type) {
	case types.Object:
		kept = inputs.Attributes()
	case types.Map:
		kept = inputs.Elements()
	}
	changed := false
	values := map[string]attr.Value{}
	maps.Copy(values, kept) // nulls stay
	for key, value := range before {
		now, there := shown[key]
		switch {
		case slices.Contains(hidden, key), there && atlan.SameInput(value, now):
		case there && now != nil:
			values[key], changed = fromJSON(now), true
		default:
			delete(values, key)
			changed = true
		}
	}
	for key, value := range shown {
		if _, configured := before[key]; !configured && value != nil && !owned(key) {
			values[key], changed = fromJSON(value), true
		}
	}
	if changed {
		m.Inputs = dynamicOf(values)
	}
}

// asGiven puts values that are shown as texts back into the form in which they were given: packages show all so.
func asGiven(shown, given map[string]any) {
	for key, value := range given {
		if text, ok := scalar(value); ok && shown[key] == text {
			shown[key] = value
		}
	}
}

// dynamicOf makes inputs of values; null of none.
func dynamicOf(values map[string]attr.Value) types.Dynamic {
	if len(values) == 0 {
		return types.DynamicNull()
	}
	valueTypes := map[string]attr.Type{}
	for key, value := range values {
		valueTypes[key] = typeOf(value)
	}
	return types.DynamicValue(types.ObjectValueMust(valueTypes, values))
}
