// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// model is the state of a workflow.
type model struct {
	workflow.Common
	Credential types.Object `tfsdk:"credential"`
}

// credential is the credential of a workflow.
type credential struct {
	AuthType      types.String `tfsdk:"auth_type"`
	Host          types.String `tfsdk:"host"`
	Port          types.Int64  `tfsdk:"port"`
	Username      types.String `tfsdk:"username"`
	Password      types.String `tfsdk:"password_wo"`
	SecretVersion types.String `tfsdk:"secret_version"`
	Extra         types.Map    `tfsdk:"extra"`
	ExtraSecrets  types.Map    `tfsdk:"extra_wo"`
	Config        types.String `tfsdk:"config"`
}

var credentialTypes = map[string]attr.Type{
	"auth_type": types.StringType, "host": types.StringType, "port": types.Int64Type, "username": types.StringType, "password_wo": types.StringType,
	"secret_version": types.StringType, "extra": types.MapType{ElemType: types.StringType}, "extra_wo": types.MapType{ElemType: types.StringType},
	"config": types.StringType,
}

// Shared implements workflow.Form.
func (m *model) Shared() *workflow.Common { return &m.Common }

// Fields implements workflow.Form: every input is given by its key.
func (m *model) Fields() []workflow.Field { return nil }

// Names implements workflow.Form: so is every part of the credential.
func (m *model) Names() map[string]string { return nil }

// Login implements workflow.Form.
func (m *model) Login(config workflow.Form) *workflow.Login {
	if m.Credential.IsUnknown() {
		return &workflow.Login{Unknown: true}
	}
	c := decode(m.Credential)
	if c == nil {
		return nil
	}
	login := &workflow.Login{
		AuthType: &c.AuthType, ConfigName: &c.Config, Host: &c.Host, Port: &c.Port, Version: c.SecretVersion,
		Fields: []workflow.Field{workflow.Text(credentialPath("username"), &c.Username, workflow.Meaning{Keys: []string{"username"}})},
	}
	extra := maps.Clone(c.Extra.Elements())
	for _, key := range c.extraKeys("extra") {
		value, _ := extra[key].(types.String)
		login.Fields = append(login.Fields, workflow.Text(credentialPath("extra").AtMapKey(key), &value, extraMeaning(key)).Then(func() { extra[key] = value }))
	}
	login.Commit = func() {
		if len(extra) > 0 {
			c.Extra = types.MapValueMust(types.StringType, extra)
		}
		if object, diags := types.ObjectValueFrom(context.Background(), credentialTypes, c); !diags.HasError() {
			m.Credential = object
		}
	}
	if given, ok := config.(*model); ok {
		login.Fields = append(login.Fields, given.secrets()...)
	}
	return login
}

// secrets are the secret parts of a configured credential.
func (m *model) secrets() []workflow.Field {
	c := decode(m.Credential)
	if c == nil {
		return nil
	}
	fields := []workflow.Field{workflow.Secret(credentialPath("password_wo"), c.Password, workflow.Meaning{Keys: []string{"password"}})}
	for _, key := range c.extraKeys("extra_wo") {
		value, _ := c.ExtraSecrets.Elements()[key].(types.String)
		fields = append(fields, workflow.Secret(credentialPath("extra_wo").AtMapKey(key), value, extraMeaning(key)))
	}
	return fields
}

func extraMeaning(key string) workflow.Meaning { return workflow.Meaning{Keys: []string{"extra." + key}} }

func credentialPath(attribute string) path.Path { return path.Root("credential").AtName(attribute) }

// decode decodes a credential; nil when there is none or it is not known.
func decode(object types.Object) *credential {
	if object.IsNull() || object.IsUnknown() {
		return nil
	}
	var c credential
	if diags := object.As(context.Background(), &c, basetypes.ObjectAsOptions{}); diags.HasError() {
		return nil
	}
	return &c
}

// extraKeys are the known keys of one of the maps.
func (c *credential) extraKeys(attribute string) []string {
	values := c.Extra
	if attribute == "extra_wo" {
		values = c.ExtraSecrets
	}
	return slices.Sorted(maps.Keys(values.Elements()))
}
