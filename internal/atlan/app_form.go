// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

// AppForm is the form in which the user interface sets up a workflow of an app. Its keys are those of the contract in
// kebab case, and its labels are what documentation calls them.
type AppForm struct {
	// Fields by their keys.
	Fields []FormField
	// CredentialConfig is the name of the form of the app's credential; empty where it has none.
	CredentialConfig string
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
	// Fields have keys such as "username" and "extra.workspace".
	Fields []FormField
}

// Input returns the field for an input of the contract, or nil. It may be called on nil.
func (f *AppForm) Input(key string) *FormField { return nil }

// ParseAppForm reads a form. It never fails: what it does not understand is left out.
func ParseAppForm(document map[string]any) *AppForm { return &AppForm{} }

// ParseCredentialForm reads the form of a credential. It never fails: what it does not understand is left out.
func ParseCredentialForm(name string, document map[string]any) *CredentialForm {
	return &CredentialForm{Name: name}
}
