// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// contractModel is what the data source atlan_app_contract tells.
type contractModel struct {
	AppID      types.String          `tfsdk:"app_id"`
	Connector  types.String          `tfsdk:"connector"`
	Entrypoint types.String          `tfsdk:"entrypoint"`
	Generated  types.Bool            `tfsdk:"generated"`
	Schema     types.String          `tfsdk:"schema"`
	Inputs     map[string]inputModel `tfsdk:"inputs"`
	Credential *credentialModel      `tfsdk:"credential"`
}

type inputModel struct {
	Label      types.String   `tfsdk:"label"`
	Help       types.String   `tfsdk:"help"`
	Step       types.String   `tfsdk:"step"`
	Types      []types.String `tfsdk:"types"`
	Nullable   types.Bool     `tfsdk:"nullable"`
	Values     []types.String `tfsdk:"values"`
	Default    types.String   `tfsdk:"default"`
	Required   types.Bool     `tfsdk:"required"`
	FormNeeds  types.Bool     `tfsdk:"form_needs"`
	Deprecated types.Bool     `tfsdk:"deprecated"`
	IsInternal types.Bool     `tfsdk:"is_internal"`
}

type credentialModel struct {
	Config    types.String             `tfsdk:"config"`
	Host      types.String             `tfsdk:"host"`
	Port      types.Int64              `tfsdk:"port"`
	AuthTypes map[string]authTypeModel `tfsdk:"auth_types"`
}

type authTypeModel struct {
	Label   types.String                    `tfsdk:"label"`
	Default types.Bool                      `tfsdk:"default"`
	Fields  map[string]credentialFieldModel `tfsdk:"fields"`
}

type credentialFieldModel struct {
	Label    types.String `tfsdk:"label"`
	Required types.Bool   `tfsdk:"required"`
	Default  types.String `tfsdk:"default"`
}

// fromAPI shows what the app expects. Without a contract the form is all that tells of inputs.
func (m *contractModel) fromAPI(app *atlan.ResolvedApp) {
	m.AppID, m.Connector, m.Entrypoint = types.StringValue(app.ID), orNull(app.Connector), orNull(app.Entrypoint)
	m.Generated, m.Schema = types.BoolValue(false), types.StringNull()
	m.Inputs = map[string]inputModel{}
	if app.Form != nil {
		for _, field := range app.Form.Fields {
			m.Inputs[field.Input] = inputOf(atlan.ContractProperty{Key: field.Input, Default: field.Default}, app.Form)
		}
	}
	if app.Contract != nil {
		m.Generated, m.Schema = types.BoolValue(app.Contract.Generated), jsonText(app.Contract.Document)
		m.Inputs = map[string]inputModel{}
		for _, property := range app.Contract.Properties {
			m.Inputs[property.Key] = inputOf(property, app.Form)
		}
	}
	m.Credential = credentialOf(app.CredentialForm)
}

func inputOf(property atlan.ContractProperty, form *atlan.AppForm) inputModel {
	input := inputModel{
		Help: orNull(property.Description), Types: texts(property.Types), Nullable: types.BoolValue(property.Nullable), Values: []types.String{},
		Default: jsonText(property.Default), Required: types.BoolValue(property.Required), FormNeeds: types.BoolValue(false),
		Deprecated: types.BoolValue(property.Deprecated), IsInternal: types.BoolValue(property.Plumbing),
	}
	for _, value := range property.Enum {
		input.Values = append(input.Values, jsonText(value))
	}
	field := form.Input(property.Key)
	if field == nil || field.Hidden {
		return input
	}
	input.Label, input.Step, input.FormNeeds = orNull(field.Label), orNull(field.Step), types.BoolValue(field.Required)
	input.IsInternal = types.BoolValue(false)
	if field.Help != "" {
		input.Help = types.StringValue(field.Help)
	}
	return input
}

func credentialOf(form *atlan.CredentialForm) *credentialModel {
	if form == nil {
		return nil
	}
	c := &credentialModel{Config: types.StringValue(form.Name), Host: orNull(form.Host), AuthTypes: map[string]authTypeModel{}}
	if form.Port != 0 {
		c.Port = types.Int64Value(form.Port)
	}
	for _, auth := range form.AuthTypes {
		shown := authTypeModel{Label: orNull(auth.Label), Default: types.BoolValue(auth.Name == form.DefaultAuthType), Fields: map[string]credentialFieldModel{}}
		for _, field := range auth.Fields {
			part := credentialFieldModel{Label: orNull(field.Label), Required: types.BoolValue(field.Required), Default: jsonText(field.Default)}
			if field.Hidden {
				part.Label = types.StringNull()
			}
			shown.Fields[field.Key] = part
		}
		c.AuthTypes[auth.Name] = shown
	}
	return c
}

func texts(values []string) []types.String {
	list := []types.String{}
	for _, value := range values {
		list = append(list, types.StringValue(value))
	}
	return list
}

// jsonText is a value as JSON text; null for none.
func jsonText(value any) types.String {
	if value == nil {
		return types.StringNull()
	}
	text, err := json.Marshal(value)
	if err != nil {
		return types.StringNull() // it came as JSON
	}
	return types.StringValue(string(text))
}
