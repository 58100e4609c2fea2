// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// AppForm is the form in which the user interface sets up a workflow of an app. Its keys are those of the contract in
// kebab case, and its labels are what documentation calls them (application-sdk contract toolkit, "Generated output
// shapes").
type AppForm struct {
	// Fields in the order of the form's steps.
	Fields []FormField
	// CredentialConfig is the name of the form of the app's credential; empty where it has none.
	CredentialConfig string

	// conditions are what has to be filled in depending on what else is.
	conditions *schemaCheck
}

// FormField is one field of a form.
type FormField struct {
	// Key in the form, such as "altr-connection".
	Key string
	// Input is the key in the contract, such as "altr_connection".
	Input string
	// Step, Label and Help are what the user interface shows.
	Step, Label, Help string
	// Widget is how the user interface asks for it.
	Widget string
	// Type is its JSON type.
	Type string
	// Enum are the values to choose from, EnumNames what they are called.
	Enum, EnumNames []any
	// Default is what is sent when nothing is chosen; nil where there is none.
	Default any
	// Required fields have to be filled in where they are shown.
	Required bool
	// Hidden fields are sent without being shown.
	Hidden bool
}

// CredentialForm is the form in which the user interface asks for a credential.
type CredentialForm struct {
	// Name is what a credential has as its connectorConfigName.
	Name string
	// Connector is the connector that the form is for; empty where it does not say.
	Connector string
	// Host and Port are preset; empty and 0 where they are not.
	Host string
	Port int64
	// AuthTypes are the ways of authentication, DefaultAuthType the one that is preset.
	AuthTypes       []AuthType
	DefaultAuthType string
}

// AuthType is a way of authentication.
type AuthType struct {
	// Name, such as "basic", and Label, such as "Basic".
	Name, Label string
	// Fields have keys such as "username" and "extra.workspace". Their Input is the same.
	Fields []FormField
}

// Input returns the field for an input of the contract, or nil. It may be called on nil.
func (f *AppForm) Input(key string) *FormField {
	if f == nil {
		return nil
	}
	return fieldOf(f.Fields, key)
}

func fieldOf(fields []FormField, input string) *FormField {
	i := slices.IndexFunc(fields, func(field FormField) bool { return field.Input == input })
	if i < 0 {
		return nil
	}
	return &fields[i]
}

// AuthType returns a way of authentication, or nil. It may be called on nil.
func (f *CredentialForm) AuthType(name string) *AuthType {
	if f == nil {
		return nil
	}
	i := slices.IndexFunc(f.AuthTypes, func(t AuthType) bool { return t.Name == name })
	if i < 0 {
		return nil
	}
	return &f.AuthTypes[i]
}

// ParseAppForm reads a form. It never fails: what it does not understand is left out.
func ParseAppForm(document map[string]any) *AppForm {
	f := &AppForm{conditions: &schemaCheck{}}
	properties, _ := document["properties"].(map[string]any)
	steps := stepsOf(document)
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		property, _ := properties[key].(map[string]any)
		field := formField(key, property)
		field.Input, field.Step = snake(key), steps.titles[key]
		f.Fields = append(f.Fields, field)
		if field.Widget == "credential" {
			f.CredentialConfig = cmp.Or(f.CredentialConfig, textIn(property["ui"], "credentialType"))
		}
	}
	slices.SortStableFunc(f.Fields, func(a, b FormField) int { return steps.order(a.Key) - steps.order(b.Key) })
	conditions := map[string]any{}
	for _, keyword := range []string{"anyOf", "oneOf", "allOf"} {
		if list, ok := document[keyword].([]any); ok && len(list) > 0 {
			conditions[keyword] = list
		}
	}
	if len(conditions) > 0 {
		f.conditions = newSchemaCheck(conditions)
	}
	return f
}

// formSteps are where the fields of a form are shown.
type formSteps struct {
	titles    map[string]string
	positions map[string]int
}

func stepsOf(document map[string]any) formSteps {
	s := formSteps{titles: map[string]string{}, positions: map[string]int{}}
	steps, _ := document["steps"].([]any)
	for _, one := range steps {
		step, _ := one.(map[string]any)
		for _, key := range stringsIn(step["properties"]) {
			s.titles[key] = textIn(step, "title")
			s.positions[key] = len(s.positions) + 1
		}
	}
	return s
}

// order puts what no step shows behind the rest.
func (s formSteps) order(key string) int {
	if at, ok := s.positions[key]; ok {
		return at
	}
	return len(s.positions) + 1
}

func formField(key string, property map[string]any) FormField {
	field := FormField{
		Key: key, Input: key, Label: textIn(property["ui"], "label"), Help: textIn(property["ui"], "help"), Widget: textIn(property["ui"], "widget"),
		Type: textIn(property, "type"), Default: property["default"],
	}
	field.Required, _ = property["required"].(bool)
	field.Enum, _ = property["enum"].([]any)
	field.EnumNames, _ = property["enumNames"].([]any)
	if ui, ok := property["ui"].(map[string]any); ok {
		field.Hidden, _ = ui["hidden"].(bool)
	}
	return field
}

// ParseCredentialForm reads the form of a credential. It never fails: what it does not understand is left out.
func ParseCredentialForm(name string, document map[string]any) *CredentialForm {
	f := &CredentialForm{Name: name}
	properties, _ := document["properties"].(map[string]any)
	f.Connector = textIn(properties["connector"], "default")
	f.Host = textIn(properties["host"], "default")
	if port, ok := properties["port"].(map[string]any); ok {
		if number, ok := port["default"].(float64); ok {
			f.Port = int64(number)
		}
	}
	kind, _ := properties["auth-type"].(map[string]any)
	choice := formField("auth-type", kind)
	f.DefaultAuthType, _ = choice.Default.(string)
	for i, one := range choice.Enum {
		authType, _ := one.(string)
		if authType == "" {
			continue
		}
		t := AuthType{Name: authType}
		if i < len(choice.EnumNames) {
			t.Label, _ = choice.EnumNames[i].(string)
		}
		nested, _ := properties[authType].(map[string]any)
		fields, _ := nested["properties"].(map[string]any)
		t.Fields = credentialFields("", fields, 0)
		f.AuthTypes = append(f.AuthTypes, t)
	}
	return f
}

// credentialFields are the fields of a way of authentication; those of nested objects have keys with dots.
func credentialFields(prefix string, properties map[string]any, depth int) []FormField {
	var fields []FormField
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		property, _ := properties[key].(map[string]any)
		nested, ok := property["properties"].(map[string]any)
		if ok && depth < maxSchemaDepth {
			fields = append(fields, credentialFields(prefix+key+".", nested, depth+1)...)
			continue
		}
		fields = append(fields, formField(prefix+key, property))
	}
	return fields
}

// snake is the key in the contract of a key in the form.
func snake(key string) string { return strings.ReplaceAll(key, "-", "_") }

// textIn is a text of a JSON object; "" when there is none.
func textIn(object any, key string) string {
	members, _ := object.(map[string]any)
	text, _ := members[key].(string)
	return text
}
