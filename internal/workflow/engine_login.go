// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// Login is the credential with which a workflow reaches its source, in the parts that are sent.
type Login struct {
	// Unknown: nothing of it is known yet.
	Unknown bool
	// Fields are its parts, the secret ones included where there is a configuration to take them from.
	Fields     []Field
	credential *credential
}

// spec is the credential as the client makes one.
func (l *Login) spec(names map[string]string) atlan.CredentialSpec {
	c := l.credential
	spec := atlan.CredentialSpec{
		AuthType: c.text(partAuthType).ValueString(), ConfigName: c.text(partConfig).ValueString(), Host: c.text(partHost).ValueString(),
		Port: c.port().ValueInt64(), Names: names,
	}
	for _, field := range l.Fields {
		spec.Fields = append(spec.Fields, field.Field)
	}
	return spec
}

// secrets are the secret parts; known is false while one of them is not.
func (l *Login) secrets() (secrets map[string]string, known bool) {
	secrets = map[string]string{}
	for _, field := range l.Fields {
		switch value := field.Value.(type) {
		case string:
			if field.Secret {
				secrets[field.Name] = value
			}
		case nil:
		default:
			if field.Secret {
				return nil, false
			}
		}
	}
	return secrets, !l.Unknown
}

// equal tells whether two credentials are the same as far as that can be seen. Secrets cannot: their version says.
func (l *Login) equal(other *Login) bool {
	if l == nil || other == nil {
		return l == other
	}
	if l.Unknown || other.Unknown {
		return false
	}
	for name, value := range l.credential.attributes {
		if !strings.HasSuffix(name, secretSuffix) && !value.Equal(other.credential.attributes[name]) {
			return false
		}
	}
	return true
}

// take takes over what the vault shows of the credential. What it hides of the extra parts stays as it is; so does what
// the form presets.
func (l *Login) take(form *atlan.CredentialForm, names map[string]string, stored atlan.StoredCredential) {
	c := l.credential
	for name, shown := range map[string]string{partAuthType: stored.AuthType, partConfig: stored.ConfigName, partHost: stored.Host} {
		if before := c.text(name); !before.IsNull() && shown != "" && shown != before.ValueString() {
			c.set(name, types.StringValue(shown))
		}
	}
	if before := c.port(); !before.IsNull() && stored.Port != 0 && stored.Port != before.ValueInt64() {
		c.set(partPort, types.Int64Value(stored.Port))
	}
	for _, field := range l.Fields {
		key := names[field.Name]
		if key == "" {
			key = credentialKey(form, stored.AuthType, field)
		}
		extra, isExtra := strings.CutPrefix(key, "extra.")
		switch {
		case field.Secret:
		case key == "username":
			field.take(stored.Username)
		case isExtra:
			if shown, there := stored.Extra[extra]; there {
				field.take(shown)
			}
		}
	}
}

// credentialKey is the key of a part of a credential: what the form calls so, else the likeliest one.
func credentialKey(form *atlan.CredentialForm, authType string, field Field) string {
	if form != nil {
		for _, auth := range form.AuthTypes {
			if auth.Name != authType && len(form.AuthTypes) > 1 {
				continue
			}
			for _, f := range auth.Fields {
				if slices.ContainsFunc(field.Labels, func(label string) bool { return strings.EqualFold(label, f.Label) }) {
					return f.Key
				}
			}
		}
	}
	if len(field.Keys) > 0 {
		return field.Keys[0]
	}
	return ""
}

// readLogin reads the credential that was made for the workflow. Where the caller may not see it, or the vault fails, the
// state stays as it is: it is of no use to anybody else. lost says that the workflow's credential is gone.
func (r *Resource) readLogin(ctx context.Context, form Form, guid string, app *atlan.ResolvedApp) (lost bool, err error) {
	login := r.login(form, nil)
	if login == nil || guid == "" {
		return false, nil
	}
	stored, err := r.Client.Credentials.Get(ctx, guid)
	switch {
	case errors.Is(err, atlan.ErrNotFound):
		return true, nil
	case errors.Is(err, atlan.ErrForbidden):
		return false, nil
	case err != nil:
		return false, err
	}
	var credentialForm *atlan.CredentialForm
	if app != nil {
		credentialForm = app.CredentialForm
	}
	login.take(credentialForm, form.Names(), stored)
	return false, nil
}
