// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"maps"
)

// Inputs that apps with a credential and a connection have in common (pyatlan model/apps/_base.py).
const (
	inputConnection       = "connection"
	inputCredential       = "credential"
	inputCredentialGUID   = "credential_guid" //nolint:gosec // the key of an input
	inputExtractionMethod = "extraction_method"

	extractionDirect = "direct"
)

// Unknown stands for a value that will be there but is not known yet, anywhere in inputs or a credential. It is never
// checked, and never to be sent.
var Unknown any = unknown{}

type unknown struct{}

// Selection are the ids of what is selected, as the value of a [Field]. How an app wants them follows from its contract.
type Selection []string

// ConnectionReference is the qualified name of an existing connection, as the value of a [Field]. How an app wants it
// follows from its contract.
type ConnectionReference string

// Field is an input, or a part of a credential, that is known by its meaning: its key is found on the tenant.
type Field struct {
	// Name is how the caller calls it; it stands in the violations that are about it.
	Name string
	// Labels are what forms call it, as documented.
	Labels []string
	// Keys are keys to try where no form tells, likeliest first. For a part of a credential they are such as "username" and
	// "extra.workspace".
	Keys []string
	// Value is a string, bool, int64, [Selection], [ConnectionReference], [Unknown], or nil where it is not set.
	Value any
	// Secret values are masked wherever the tenant quotes them.
	Secret bool
}

// AppConnection is the connection that a workflow publishes what it finds under. Runs create it; its qualified name is
// made by the client, see [Client.NewConnectionQualifiedName].
type AppConnection struct {
	Name, QualifiedName, Connector string
	// AdminUsers and AdminGroups are names, AdminRoles GUIDs.
	AdminUsers, AdminGroups, AdminRoles []string
}

// AppInputs are the inputs of a workflow as they are meant.
type AppInputs struct {
	// Fields are known by their meaning.
	Fields []Field
	// Names are the keys of fields, by their names, where the caller knows better.
	Names map[string]string
	// Connection is an [AppConnection], [Unknown], or nil where the app publishes under none of its own.
	Connection any
	// CredentialGUID is that of a stored credential, [Unknown], or nil.
	CredentialGUID any
	// NewCredential says that a credential goes along, or that the workflow has one from an earlier version.
	NewCredential bool
	// Extra inputs by their keys. They win over everything else; null removes.
	Extra map[string]any
}

// AppDocument are inputs as an app wants them.
type AppDocument struct {
	// Inputs are to be sent, unless something in them is [Unknown].
	Inputs map[string]any
	// Keys are those that were found, by the names of fields.
	Keys map[string]string
	// Violations are what is wrong.
	Violations []Violation

	names   map[string]string // of fields, by their keys
	lacking bool              // a field that is set has not found its key
}

// Violation is one way in which inputs or a credential do not fit what the app expects. Its text holds no values.
type Violation struct {
	// Field is the name of the [Field] that it is about; empty where it is about something else.
	Field string
	// Path leads to what it is about, in the inputs or the credential; empty for the whole.
	Path []string
	// Message says what is wrong, and what would be right.
	Message string
	// Definite is false where the app may accept it all the same.
	Definite bool
}

// Document makes the inputs of a workflow and checks them against the contract and the form. It is pure: it may be
// called again with more known than before.
func (r *ResolvedApp) Document(in AppInputs) AppDocument {
	d := AppDocument{Inputs: r.commonInputs(in), Keys: map[string]string{}, names: map[string]string{}}
	for _, field := range in.Fields {
		key, problem := r.inputKey(field, in.Names[field.Name])
		switch {
		case key != "" && d.names[key] != "":
			d.Violations = append(d.Violations, Violation{
				Field: field.Name, Path: []string{key}, Definite: true,
				Message: "The input " + quoted(key) + " of the app " + quoted(r.ID) + " cannot be both " + d.names[key] + " and " + field.Name + ".",
			})
		case key != "":
			d.names[key] = field.Name
			d.Keys[field.Name] = key
			if field.Value != nil {
				d.Inputs[key] = r.encode(field.Value, r.Contract.Property(key), r.Form.Input(key))
			}
		case field.Value != nil || in.Names[field.Name] != "":
			d.Violations = append(d.Violations, *problem)
			d.lacking = true
		}
	}
	maps.Copy(d.Inputs, in.Extra)
	maps.DeleteFunc(d.Inputs, func(_ string, value any) bool { return value == nil })
	d.Violations = append(d.Violations, r.checkInputs(in, d)...)
	return d
}

// commonInputs are those that are known without looking for them. A contract that does not have them does not get them.
func (r *ResolvedApp) commonInputs(in AppInputs) map[string]any {
	inputs := map[string]any{}
	if r.knows(inputExtractionMethod) {
		inputs[inputExtractionMethod] = extractionDirect
	}
	if r.knows(inputCredentialGUID) {
		inputs[inputCredentialGUID] = "" // it must not be null, and leaving it out counts as that
	}
	if in.CredentialGUID != nil {
		inputs[inputCredentialGUID] = in.CredentialGUID
	}
	if in.Connection != nil {
		inputs[inputConnection] = r.encode(in.Connection, r.Contract.Property(inputConnection), nil)
	}
	return inputs
}

// knows tells whether the app has an input of that key, or may have.
func (r *ResolvedApp) knows(key string) bool {
	return r.Package == nil && (r.Contract == nil || !r.Contract.Generated || r.Contract.Property(key) != nil)
}

// inputKey finds the key of a field: the one given, else that of the form's field with the documented label, else that
// of the contract's property with that title, else the likeliest that the contract has. Where there is no contract to
// tell, the likeliest of all is taken.
func (r *ResolvedApp) inputKey(field Field, given string) (string, *Violation) {
	if given != "" {
		if key := r.contractKey(given); key != "" {
			return key, nil
		}
		return "", r.noInput(field.Name, given, []string{given}, "The app "+quoted(r.ID)+" has no input "+quoted(given)+", which is given for "+field.Name+".")
	}
	var labelled []string
	if r.Form != nil {
		labelled = labelledKeys(r.Form.Fields, field.Labels, r.contractKey)
	}
	if len(labelled) > 1 {
		return "", &Violation{
			Field: field.Name, Definite: true,
			Message: "The form of the app " + quoted(r.ID) + " has several fields that are labelled " + quotedAny(field.Labels) + ", the inputs " +
				quotedList(labelled) + ": say which one " + field.Name + " is.",
		}
	}
	if len(labelled) == 1 {
		return labelled[0], nil
	}
	if r.Contract != nil {
		for _, property := range r.Contract.Properties {
			if isLabel(property.Title, field.Labels) && !property.Deprecated {
				return property.Key, nil
			}
		}
	}
	if key := r.likeliestKey(field.Keys); key != "" {
		return key, nil
	}
	return "", r.noInput(field.Name, "", append(append([]string{}, field.Keys...), field.Labels...),
		"The app "+quoted(r.ID)+" has no input that its form calls "+quotedAny(field.Labels)+", which "+field.Name+" is.")
}

// likeliestKey is the first key that the contract has; where there is none to tell, the first of all. It is "" where that is
// no key of the app.
func (r *ResolvedApp) likeliestKey(keys []string) string {
	for _, key := range keys {
		if r.Contract.Property(key) != nil {
			return key
		}
	}
	switch {
	case len(keys) == 0 || r.Contract != nil && r.Contract.Generated:
		return ""
	case r.Package != nil:
		return parameterName(keys[0])
	default:
		return keys[0]
	}
}

// contractKey is the contract's key for a key of the form; "" when it has none.
func (r *ResolvedApp) contractKey(key string) string {
	if r.Package != nil {
		return key
	}
	for _, one := range []string{snake(key), key} {
		if r.Contract.Property(one) != nil {
			return one
		}
	}
	if r.Contract == nil || !r.Contract.Generated {
		return snake(key)
	}
	return ""
}

// noInput says that an input does not exist, and which do.
func (r *ResolvedApp) noInput(name, given string, like []string, message string) *Violation {
	message += r.inputsLike(like...)
	if r.Form == nil && r.Hidden != nil {
		message += " Its form, which would tell more, may not be seen: " + r.Hidden.Error() + "."
	}
	v := &Violation{Field: name, Message: message, Definite: r.strict()}
	if given != "" {
		v.Path = []string{given}
	}
	return v
}

// strict tells whether what the contract does not have is wrong for certain.
func (r *ResolvedApp) strict() bool {
	return r.Contract != nil && r.Contract.Generated && !r.Contract.Open
}
