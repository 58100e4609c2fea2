// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// Field is an attribute that becomes an input, or a part of the credential: how the tenant calls it, and the way back.
type Field struct {
	atlan.Field
	// Path of the attribute.
	Path  path.Path
	value attr.Value
	// take puts what the tenant shows into the model, unless it means what the model has.
	take func(shown any)
}

// Meaning is what an attribute is called elsewhere.
type Meaning struct {
	// Labels that the app's form has for it, as documented.
	Labels []string
	// Keys to try where no form tells, likeliest first; for a part of a credential they are such as "username" and
	// "extra.workspace".
	Keys []string
}

func newField(p path.Path, value attr.Value, meaning Meaning, sent func() any, take func(any)) Field {
	f := Field{Path: p, value: value, take: take, Field: atlan.Field{Name: p.String(), Labels: meaning.Labels, Keys: meaning.Keys}}
	switch {
	case value.IsUnknown():
		f.Value = atlan.Unknown
	case !value.IsNull():
		f.Value = sent()
	}
	return f
}

// Take puts what the tenant shows into the attribute, unless it means what the attribute has.
func (f Field) Take(shown any) { f.take(shown) }

// then runs something after the tenant's value was taken over.
func (f Field) then(run func()) Field {
	take := f.take
	f.take = func(shown any) {
		take(shown)
		run()
	}
	return f
}

// Text is a field for a text.
func Text(p path.Path, value *types.String, meaning Meaning) Field {
	return newField(p, *value, meaning, func() any { return value.ValueString() }, func(shown any) {
		text, ok := scalar(shown)
		if value.ValueString() == text && (ok || value.IsNull() && shown == nil) || !ok && shown != nil && atlan.SameInput(value.ValueString(), shown) {
			return
		}
		if encoded, err := json.Marshal(shown); !ok && shown != nil && err == nil {
			text = string(encoded) // a text that holds JSON may be shown as what it holds
		}
		*value = types.StringNull()
		if text != "" {
			*value = types.StringValue(text)
		}
	})
}

// secret is a field for a secret text, which is never read back. Its value is that of the configuration.
func secret(p path.Path, value types.String, meaning Meaning) Field {
	f := newField(p, value, meaning, func() any { return value.ValueString() }, func(any) {})
	f.Secret = true
	return f
}

// Flag is a field for a boolean, in whichever form the app has one.
func Flag(p path.Path, value *types.Bool, meaning Meaning) Field {
	return newField(p, *value, meaning, func() any { return value.ValueBool() }, func(shown any) {
		is, ok := truth(shown)
		switch {
		case ok:
			*value = types.BoolValue(is)
		case value.ValueBool():
			*value = types.BoolValue(false)
		}
	})
}

// Selected is a field for ids that are selected. None and null are the same to the tenant.
func Selected(p path.Path, value *types.Set, meaning Meaning) Field {
	return newField(p, *value, meaning, func() any { return atlan.Selection(setTexts(*value)) }, func(shown any) {
		found := selection(shown)
		slices.Sort(found)
		if before := setTexts(*value); !slices.Equal(before, found) {
			*value = stringSet(found)
		}
	})
}

// Reference is a field for the qualified name of an existing connection.
func Reference(p path.Path, value *types.String, meaning Meaning) Field {
	f := Text(p, value, meaning)
	if text, ok := f.Value.(string); ok {
		f.Value = atlan.ConnectionReference(text)
	}
	take := f.take
	f.take = func(shown any) {
		if entity, ok := opened(shown).(map[string]any); ok {
			attributes, _ := entity["attributes"].(map[string]any)
			shown = attributes["qualifiedName"]
		}
		take(shown)
	}
	return f
}

// opened is what a text holds that holds a JSON object or array; any other value is returned as it is.
func opened(v any) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	var held any
	if json.Unmarshal([]byte(text), &held) != nil {
		return v
	}
	switch held.(type) {
	case map[string]any, []any:
		return held
	default:
		return v
	}
}

// scalar is the text of a value that can be written as one.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case json.Number:
		return v.String(), true
	default:
		return "", false
	}
}

// truth reads a boolean in any of the forms that apps have for one.
func truth(v any) (is, ok bool) {
	switch v {
	case true, "true", "yes", "Yes", "True":
		return true, true
	case false, "false", "no", "No", "False":
		return false, true
	}
	return false, false
}

// selection reads what is selected: an object by ids, a list of ids, or either as a JSON text.
func selection(v any) []string {
	switch held := opened(v).(type) {
	case map[string]any:
		return slices.Collect(maps.Keys(held))
	case []any:
		var ids []string
		for _, one := range held {
			if id, ok := scalar(one); ok {
				ids = append(ids, id)
			}
		}
		return ids
	default:
		return nil
	}
}

// setTexts are the known elements of a set of strings, in order.
func setTexts(set types.Set) []string {
	var texts []string
	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			texts = append(texts, text.ValueString())
		}
	}
	slices.Sort(texts)
	return texts
}

func stringSet(texts []string) types.Set {
	if len(texts) == 0 {
		return types.SetNull(types.StringType)
	}
	elements := []attr.Value{}
	for _, text := range texts {
		elements = append(elements, types.StringValue(text))
	}
	return types.SetValueMust(types.StringType, elements)
}
