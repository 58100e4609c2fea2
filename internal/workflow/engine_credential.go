// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Part is an attribute of the credential that is a resource's own.
type Part struct {
	// Attribute is its name. That of a secret ends in "_wo".
	Attribute string
	Meaning
	// Description ends before what is said of every part.
	Description string
	// Secret parts are write-only. A Flag is a boolean. Every other part is a text.
	Secret, Flag, Required bool
}

// The attributes of credentials of all kinds.
const (
	partAuthType = "auth_type"
	partHost     = "host"
	partPort     = "port"
	partConfig   = "config"
	partVersion  = "secret_version"
	partExtra    = "extra"
	partSecrets  = "extra_wo"
	// secretSuffix ends the names of attributes that only the configuration holds.
	secretSuffix = "_wo"
)

const (
	updatesCredential = " A change updates the credential in place."
	writeOnly         = " It is write-only: neither the state nor a plan holds it. It is sent when the credential is made, and with every change of " +
		"`secret_version` or of " +
		"another part."
)

// credentialAttribute is the schema of the credential.
func (r *Resource) credentialAttribute() schema.SingleNestedAttribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			Optional: true, MarkdownDescription: description + updatesCredential, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		}
	}
	attributes := map[string]schema.Attribute{
		partAuthType: text("Way of authentication, such as `basic`; default what the app's form presets."),
		partHost:     text("Host of the source; default what the app's form presets."),
		partPort: schema.Int64Attribute{
			Optional: true, MarkdownDescription: "Port of the source; default what the app's form presets." + updatesCredential,
			Validators: []validator.Int64{int64validator.Between(1, 65535)},
		},
		partConfig: text("Name of the form that the credential is for, such as `atlan-connectors-metabase`; default the one that the app names."),
		partVersion: text("Any text that stands for the present secrets; default none. Change it when the secrets change, to have them sent: a plan warns when " +
			"they have " +
			"changed and it has not."),
		partExtra: schema.MapAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Further parts of the credential by the keys of the app's form, such as a warehouse or a role; default none." + updatesCredential,
		},
		partSecrets: schema.MapAttribute{
			Optional: true, Sensitive: true, WriteOnly: true, ElementType: types.StringType,
			MarkdownDescription: "Further parts that are secret, such as a private key, by the keys of the app's form; default none." + writeOnly,
		},
	}
	for _, part := range r.Kind.Credential {
		attributes[part.Attribute] = part.attribute()
	}
	return schema.SingleNestedAttribute{
		Optional: true, Attributes: attributes,
		MarkdownDescription: "Credential for the source, which Atlan keeps in its vault; default none, or that of `credential_guid`. What is left out is " +
			"what the " +
			"app's " +
			"form presets. A change updates the credential in place.",
	}
}

func (p Part) attribute() schema.Attribute {
	if p.Flag {
		return schema.BoolAttribute{Optional: !p.Required, Required: p.Required, MarkdownDescription: p.Description + updatesCredential}
	}
	attribute := schema.StringAttribute{
		Optional: !p.Required, Required: p.Required, MarkdownDescription: p.Description + updatesCredential,
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	if p.Secret {
		attribute.Sensitive, attribute.WriteOnly = true, true
		attribute.MarkdownDescription = p.Description + writeOnly
	}
	return attribute
}

// credentialTypes are the types of the credential's attributes.
func (r *Resource) credentialTypes() map[string]attr.Type {
	all := map[string]attr.Type{}
	for name, attribute := range r.credentialAttribute().Attributes {
		all[name] = attribute.GetType()
	}
	return all
}

// credential is the decoded credential of a model.
type credential struct {
	resource   *Resource
	model      *Common
	attributes map[string]attr.Value
}

func (r *Resource) credential(m *Common) *credential {
	if m.Credential.IsNull() || m.Credential.IsUnknown() {
		return nil
	}
	return &credential{r, m, m.Credential.Attributes()}
}

func (c *credential) text(name string) types.String {
	text, _ := c.attributes[name].(types.String)
	return text
}

func (c *credential) flag(name string) types.Bool {
	flag, _ := c.attributes[name].(types.Bool)
	return flag
}

func (c *credential) port() types.Int64 {
	port, _ := c.attributes[partPort].(types.Int64)
	return port
}

func (c *credential) elements(name string) map[string]attr.Value {
	values, _ := c.attributes[name].(types.Map)
	return values.Elements()
}

// set changes an attribute in the model.
func (c *credential) set(name string, value attr.Value) {
	c.attributes[name] = value
	c.model.Credential = types.ObjectValueMust(c.resource.credentialTypes(), c.attributes)
}

// login is the credential of a plan or state; nil when there is none. Secrets are taken from config, which is nil where
// there is none to take them from.
func (r *Resource) login(form, config Form) *Login {
	m := form.Shared()
	if m.Credential.IsUnknown() {
		return &Login{Unknown: true}
	}
	c := r.credential(m)
	if c == nil {
		return nil
	}
	login := &Login{credential: c}
	for _, part := range r.Kind.Credential {
		at := credentialPath(part.Attribute)
		switch {
		case part.Secret:
		case part.Flag:
			flag := c.flag(part.Attribute)
			login.Fields = append(login.Fields, Flag(at, &flag, part.Meaning).then(func() { c.set(part.Attribute, flag) }))
		default:
			text := c.text(part.Attribute)
			login.Fields = append(login.Fields, Text(at, &text, part.Meaning).then(func() { c.set(part.Attribute, text) }))
		}
	}
	extra := maps.Clone(c.elements(partExtra))
	for _, key := range slices.Sorted(maps.Keys(extra)) {
		text, _ := extra[key].(types.String)
		login.Fields = append(login.Fields, Text(credentialPath(partExtra).AtMapKey(key), &text, extraMeaning(key)).then(func() {
			extra[key] = text
			c.set(partExtra, types.MapValueMust(types.StringType, extra))
		}))
	}
	if config != nil {
		login.Fields = append(login.Fields, r.secretFields(config)...)
	}
	return login
}

// secretFields are the secret parts of a configured credential.
func (r *Resource) secretFields(config Form) []Field {
	c := r.credential(config.Shared())
	if c == nil {
		return nil
	}
	var fields []Field
	for _, part := range r.Kind.Credential {
		if part.Secret {
			fields = append(fields, secret(credentialPath(part.Attribute), c.text(part.Attribute), part.Meaning))
		}
	}
	values := c.elements(partSecrets)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		text, _ := values[key].(types.String)
		fields = append(fields, secret(credentialPath(partSecrets).AtMapKey(key), text, extraMeaning(key)))
	}
	return fields
}

func extraMeaning(key string) Meaning { return Meaning{Keys: []string{"extra." + key}} }

func credentialPath(attribute string) path.Path { return path.Root("credential").AtName(attribute) }
