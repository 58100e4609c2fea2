// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// encode puts a value into the form that an input wants. property and field are nil where the contract or the form say
// nothing. Where no form that is known fits, the first is taken, and it is left to the check to say what is wrong.
func (r *ResolvedApp) encode(value any, property *ContractProperty, field *FormField) any {
	forms := encodings(value, property, field)
	if property == nil || !r.checkable() {
		return forms[0]
	}
	for _, form := range forms {
		if !slices.ContainsFunc(r.Contract.check.faults(map[string]any{property.Key: form}), func(f fault) bool { return len(f.path) > 0 }) {
			return form
		}
	}
	return forms[0]
}

func (r *ResolvedApp) checkable() bool { return r.Contract != nil && r.Contract.check.schema != nil }

// encodings are the forms in which inputs want a value, likeliest first.
func encodings(value any, property *ContractProperty, field *FormField) []any {
	switch value := value.(type) {
	case Selection:
		return selectionEncodings(value, property)
	case ConnectionReference:
		name := string(value)
		entity := map[string]any{"typeName": typeConnection, "attributes": map[string]any{"qualifiedName": name}}
		if property != nil && property.connection {
			return []any{entity, name, jsonText(entity)}
		}
		return []any{name, entity, []any{name}}
	case bool:
		return flagEncodings(value, property, field)
	case string:
		forms := []any{value}
		if number, err := strconv.ParseInt(value, 10, 64); err == nil {
			forms = append(forms, number)
		}
		return append(forms, []any{value}, map[string]any{value: map[string]any{}})
	case int64:
		return []any{value, strconv.FormatInt(value, 10)}
	case AppConnection:
		entity := value.entity()
		if wantsText(property) {
			return []any{jsonText(entity), entity}
		}
		return []any{entity, jsonText(entity)}
	default:
		return []any{value}
	}
}

// selectionEncodings are an object by id, as trees in forms have it, and a list, each also as a JSON text.
func selectionEncodings(value Selection, property *ContractProperty) []any {
	byID, list := map[string]any{}, []any{}
	for _, id := range value {
		byID[id], list = map[string]any{}, append(list, id)
	}
	switch {
	case property != nil && property.Default == "[]":
		return []any{jsonText(list), jsonText(byID), list, byID}
	case wantsText(property):
		return []any{jsonText(byID), jsonText(list), byID, list}
	}
	return []any{byID, list, jsonText(byID), jsonText(list)}
}

// wantsText tells that an input which may be more than a text is meant to be one.
func wantsText(property *ContractProperty) bool {
	if property == nil {
		return false
	}
	_, text := property.Default.(string)
	return text && property.Accepts("string")
}

// flagWords are the words that forms have for yes and no.
var flagWords = [][2]string{{"true", "false"}, {"yes", "no"}, {"on", "off"}, {"y", "n"}, {"1", "0"}, {"enabled", "disabled"}}

// flagEncodings are the forms of a flag: itself, or the word that the contract or the form has for it.
func flagEncodings(value bool, property *ContractProperty, field *FormField) []any {
	var forms []any
	if field != nil {
		if word, ok := flagWord(value, field.Enum, field.EnumNames); ok {
			forms = append(forms, word)
		}
	}
	if property != nil {
		if word, ok := flagWord(value, property.Enum, nil); ok {
			forms = append(forms, word)
		}
	}
	number := int64(0)
	if value {
		number = 1
	}
	text := strconv.FormatBool(value)
	if wantsFlag := property == nil || property.Accepts("boolean"); wantsFlag {
		forms = append(forms, value, text)
	}
	return append(forms, text, value, number)
}

// flagWord finds the value to choose by what it is or what it is called.
func flagWord(value bool, choices, names []any) (any, bool) {
	for _, shown := range [][]any{names, choices} {
		for i, one := range shown {
			word, ok := one.(string)
			if !ok || i >= len(choices) {
				continue
			}
			for _, pair := range flagWords {
				if want := pair[boolIndex(!value)]; strings.EqualFold(word, want) {
					return choices[i], true
				}
			}
		}
	}
	return nil, false
}

func boolIndex(b bool) int {
	if b {
		return 1
	}
	return 0
}

// entity is the connection as workflows want it (pyatlan model/apps/_base.py).
func (c AppConnection) entity() map[string]any {
	attributes := map[string]any{"name": c.Name, "qualifiedName": c.QualifiedName, "connectorName": c.Connector}
	for key, admins := range map[string][]string{"adminUsers": c.AdminUsers, "adminGroups": c.AdminGroups, "adminRoles": c.AdminRoles} {
		if len(admins) > 0 {
			attributes[key] = anyList(admins)
		}
	}
	return map[string]any{"typeName": typeConnection, "attributes": attributes}
}

func anyList(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

// jsonText is a value as a JSON text inside of JSON.
func jsonText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "" // it is made of texts
	}
	return string(text)
}

// HasUnknown tells whether something in a value is [Unknown].
func HasUnknown(value any) bool {
	switch value := value.(type) {
	case unknown:
		return true
	case map[string]any:
		for _, member := range value {
			if HasUnknown(member) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(value, HasUnknown)
	}
	return false
}

// SameInput tells whether two values of an input mean the same: tenants show a text that holds JSON as what it holds, and
// the other way round (pyatlan model/apps/_base.py load).
func SameInput(one, other any) bool {
	return jsonText(unpacked(one)) == jsonText(unpacked(other))
}

// unpacked is a value with every text that holds a JSON object or list replaced by what it holds, and without the members
// that are null.
func unpacked(value any) any {
	switch value := value.(type) {
	case string:
		if text := strings.TrimSpace(value); strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
			var held any
			if json.Unmarshal([]byte(text), &held) == nil {
				return unpacked(held)
			}
		}
		return value
	case map[string]any:
		members := map[string]any{}
		for key, member := range value {
			if member != nil {
				members[key] = unpacked(member)
			}
		}
		return members
	case []any:
		list := make([]any, len(value))
		for i, element := range value {
			list[i] = unpacked(element)
		}
		return list
	default:
		return value
	}
}
