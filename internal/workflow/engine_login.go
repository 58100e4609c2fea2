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

// Login is the credential with which a workflow reaches its source.
type Login struct {
	// Unknown: nothing of it is known yet.
	Unknown bool
	// AuthType, ConfigName, Host and Port are what the app's form presets where they are null; nil where the resource does
	// not offer them.
	AuthType, ConfigName, Host *types.String
	Port                       *types.Int64
	// Fields are its parts, the secret ones included.
	Fields []Field
	// Version changes when the secrets are to be sent again.
	Version types.String
	// Commit puts what was taken over into the model; nil where it is there already.
	Commit func()
}

func textOf(s *types.String) string {
	if s == nil {
		return ""
	}
	return s.ValueString()
}

// spec is the credential as the client makes one.
func (l *Login) spec(names map[string]string) atlan.CredentialSpec {
	spec := atlan.CredentialSpec{AuthType: textOf(l.AuthType), ConfigName: textOf(l.ConfigName), Host: textOf(l.Host), Names: names}
	if l.Port != nil {
		spec.Port = l.Port.ValueInt64()
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
	if l.Unknown || other.Unknown || !l.Version.Equal(other.Version) || textOf(l.AuthType) != textOf(other.AuthType) ||
		textOf(l.ConfigName) != textOf(other.ConfigName) || textOf(l.Host) != textOf(other.Host) ||
		l.Port != nil && other.Port != nil && !l.Port.Equal(*other.Port) {
		return false
	}
	open := func(f Field) bool { return !f.Secret }
	mine, theirs := filter(l.Fields, open), filter(other.Fields, open)
	return slices.EqualFunc(mine, theirs, func(a, b Field) bool { return a.Name == b.Name && a.value.Equal(b.value) })
}

func filter(fields []Field, keep func(Field) bool) []Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return !keep(f) })
}

// take takes over what the vault shows of the credential. What it hides of the extra parts stays as it is; so does what
// the form presets.
func (l *Login) take(form *atlan.CredentialForm, names map[string]string, stored atlan.StoredCredential) {
	for _, preset := range []struct {
		value *types.String
		shown string
	}{{l.AuthType, stored.AuthType}, {l.ConfigName, stored.ConfigName}, {l.Host, stored.Host}} {
		if preset.value != nil && !preset.value.IsNull() && preset.shown != "" {
			*preset.value = types.StringValue(preset.shown)
		}
	}
	if l.Port != nil && !l.Port.IsNull() && stored.Port != 0 {
		*l.Port = types.Int64Value(stored.Port)
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
	if l.Commit != nil {
		l.Commit()
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
	login := form.Login(nil)
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
