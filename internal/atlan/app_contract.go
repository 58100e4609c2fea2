// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

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
}

// ContractProperty is one input of a contract.
type ContractProperty struct {
	Key, Title, Description string
	// Types are the JSON types that it accepts, such as "string", without "null"; "any" where it does not say.
	Types []string
	// Nullable says whether it accepts null.
	Nullable bool
	// Enum are the values that it accepts; nil where it does not say.
	Enum []any
	// Default applies when the input is left out; nil where there is none.
	Default any
	// Required inputs cannot be left out.
	Required bool
	// Deprecated inputs should be.
	Deprecated bool
	// Plumbing is what every app inherits and no user sets.
	Plumbing bool
}

// Property returns the property of a key, or nil.
func (c *AppContract) Property(key string) *ContractProperty { return nil }

// ParseAppContract reads a JSON Schema. It never fails: what it does not understand is left unchecked.
func ParseAppContract(document map[string]any) *AppContract {
	return &AppContract{Document: document}
}
