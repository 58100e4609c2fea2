// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

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
func (r *ResolvedApp) Document(in AppInputs) AppDocument { return AppDocument{} }

// CredentialSpec is a credential as it is meant.
type CredentialSpec struct {
	// AuthType, ConfigName and Host, and Port, are what the form presets where they are empty, or 0.
	AuthType, ConfigName, Host string
	Port                       int64
	// Fields are known by their meaning, with Keys such as "username", "password" and "extra.workspace".
	Fields []Field
	// Names are the keys of fields, by their names, where the caller knows better.
	Names map[string]string
	// Extra are more members of the credential's extra. They win.
	Extra map[string]any
}

// Credential makes a credential and checks it against the app's form of it. It is pure.
func (r *ResolvedApp) Credential(spec CredentialSpec) (RawCredential, []Violation) {
	return RawCredential{}, nil
}
