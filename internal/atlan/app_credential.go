// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

const (
	defaultAuthType = "basic"
	extraPrefix     = "extra."
	// credentialConfigPrefix before the name of the connector makes that of the form of its credentials (application-sdk
	// contract toolkit).
	credentialConfigPrefix = "atlan-connectors-"
)

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
	form := r.CredentialForm
	if spec.ConfigName != "" && form != nil && spec.ConfigName != form.Name {
		form = nil // it is the form of another
	}
	c := RawCredential{body: map[string]any{"connectorConfigName": cmp.Or(spec.ConfigName, r.CredentialConfig), "extra": map[string]any{}}}
	authType, violations := r.authType(form, spec.AuthType)
	c.body["authType"] = authType
	c.preset(form, spec)
	known := form.AuthType(authType)
	if known == nil {
		known = &AuthType{}
	}
	for _, field := range spec.Fields {
		key, problem := r.credentialKey(known, field, spec.Names[field.Name])
		if problem != nil && (field.Value != nil || spec.Names[field.Name] != "") {
			violations = append(violations, *problem)
		}
		if key == "" || field.Value == nil {
			continue
		}
		c.put(key, encodings(field.Value, nil, fieldOf(known.Fields, key))[0])
		if text, ok := field.Value.(string); ok && field.Secret {
			c.secrets = append(c.secrets, text)
		}
	}
	extra, _ := c.body["extra"].(map[string]any)
	maps.Copy(extra, spec.Extra)
	c.secrets = append(c.secrets, textsIn(spec.Extra)...)
	return c, append(violations, r.missingCredentialFields(known, spec, c)...)
}

// preset takes the address from the form, which fixes and hides it for many sources.
func (c *RawCredential) preset(form *CredentialForm, spec CredentialSpec) {
	host, port := spec.Host, spec.Port
	if form != nil {
		host = cmp.Or(host, form.Host)
		if port == 0 {
			port = form.Port
		}
	}
	if host != "" {
		c.body["host"] = host
	}
	if port != 0 {
		c.body["port"] = port
	}
}

func (r *ResolvedApp) authType(form *CredentialForm, given string) (string, []Violation) {
	if form == nil || len(form.AuthTypes) == 0 {
		return cmp.Or(given, defaultAuthType), nil
	}
	names := make([]string, len(form.AuthTypes))
	for i, one := range form.AuthTypes {
		names[i] = one.Name
	}
	if given != "" && !slices.Contains(names, given) {
		return given, []Violation{{
			Field: "auth_type", Path: []string{"authType"}, Definite: true,
			Message: "The app " + quoted(r.ID) + " does not authenticate by " + quoted(given) + ", but by " + quotedAny(nearestFirst(names, []string{given})) + ".",
		}}
	}
	return cmp.Or(given, form.DefaultAuthType, names[0]), nil
}

// credentialKey finds the key of a part of the credential as [ResolvedApp.inputKey] does that of an input.
func (r *ResolvedApp) credentialKey(known *AuthType, field Field, given string) (string, *Violation) {
	if given != "" {
		if len(known.Fields) == 0 || fieldOf(known.Fields, given) != nil {
			return given, nil
		}
		if fieldOf(known.Fields, extraPrefix+given) != nil {
			return extraPrefix + given, nil
		}
		return "", r.noCredentialField(known, field.Name, []string{given}, "no field "+quoted(given)+", which is given for "+field.Name+".")
	}
	labelled := labelledKeys(known.Fields, field.Labels, func(key string) string { return key })
	if len(labelled) == 1 {
		return labelled[0], nil
	}
	for _, key := range field.Keys {
		if fieldOf(known.Fields, key) != nil {
			return key, nil
		}
	}
	if len(known.Fields) == 0 && len(field.Keys) > 0 {
		return field.Keys[0], nil
	}
	if len(field.Labels) > 0 || len(field.Keys) == 0 {
		return "", r.noCredentialField(known, field.Name, append(append([]string{}, field.Keys...), field.Labels...),
			"no field that it calls "+quotedAny(field.Labels)+", which "+field.Name+" is.")
	}
	problem := r.noCredentialField(known, field.Name, field.Keys, "no field "+quotedAny(field.Keys)+", which "+field.Name+" is.")
	if strings.HasPrefix(field.Keys[0], extraPrefix) { // whoever goes on all the same means it
		return field.Keys[0], problem
	}
	return "", problem
}

func (r *ResolvedApp) noCredentialField(known *AuthType, name string, like []string, what string) *Violation {
	var keys []string
	for _, one := range known.Fields {
		if !one.Hidden {
			keys = append(keys, one.Key)
		}
	}
	has := " It shows none."
	if len(keys) > 0 {
		has = " It has, nearest first: " + strings.Join(nearestFirst(keys, like), ", ") + "."
	}
	return &Violation{Field: name, Definite: true, Message: "The form of the credential of the app " + quoted(r.ID) + " has " + what + has}
}

// missingCredentialFields are those that the form requires and that are not there.
func (r *ResolvedApp) missingCredentialFields(known *AuthType, spec CredentialSpec, c RawCredential) []Violation {
	var violations []Violation
	for _, field := range known.Fields {
		if !field.Required || field.Hidden || field.Default != nil {
			continue
		}
		if value := c.at(field.Key); value != nil && value != "" {
			continue
		}
		v := Violation{
			Path: strings.Split(field.Key, "."), Definite: true,
			Message: "The app " + quoted(r.ID) + " requires " + quoted(field.Key) + " (" + quoted(field.Label) + " in its form) in its credential, which is not set.",
		}
		for _, one := range spec.Fields {
			if key, _ := r.credentialKey(known, one, spec.Names[one.Name]); key == field.Key {
				v.Field = one.Name
			}
		}
		violations = append(violations, v)
	}
	return violations
}

// put sets a member of the body by its key, such as "extra.workspace".
func (c *RawCredential) put(key string, value any) {
	at := c.body
	for {
		name, rest, nested := strings.Cut(key, ".")
		if !nested {
			at[name] = value
			return
		}
		next, ok := at[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			at[name] = next
		}
		at, key = next, rest
	}
}

// at is a member of the body by its key; nil when there is none.
func (c RawCredential) at(key string) any {
	var value any = c.body
	for name := range strings.SplitSeq(key, ".") {
		members, _ := value.(map[string]any)
		value = members[name]
	}
	return value
}
