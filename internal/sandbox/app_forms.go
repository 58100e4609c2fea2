// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"strings"
)

// An app is described once, field by field; its input contract and its forms are made from that. The contract has the
// look of Pydantic's model_json_schema: no required fields, "anyOf" with null for what is optional, models under $defs,
// and the plumbing that every app inherits (application-sdk handler/service.py, contracts/base.py). The form has kebab
// keys where the contract has snake keys (application-sdk contract toolkit, "Generated output shapes").

// appSpec describes an app.
type appSpec struct {
	id, name, connector string
	entrypoints         []string
	contractAt          string // the entrypoint that the contract is registered for; "" is the default
	credentialConfig    string
	auth                authSpec
	inputs              []inputSpec
	program             string
	keys                map[string]string
}

// inputSpec is a field of an app's last set-up step.
type inputSpec struct {
	key      string // as in the contract
	label    string
	help     string
	widget   string
	schema   map[string]any // in the contract
	form     map[string]any // in the form: its type and what limits it
	required bool           // by the form, for direct extraction
}

// authSpec describes the credential form of an app.
type authSpec struct {
	kind, label        string
	username, password string // labels
	host               string // fixed and hidden
	extra              []inputSpec
}

// build makes the app of a description.
func (s *appSpec) build() *App {
	return &App{
		ID: s.id, Name: s.name, NativeReady: true, Entrypoints: s.entrypoints,
		Contracts: map[string]map[string]any{s.contractAt: s.contract()},
		Form:      s.form(), CredentialConfig: s.credentialConfig, CredentialForm: s.credentialForm(),
		Program: s.program, Keys: s.keys,
	}
}

// contract is the app's input contract.
func (s *appSpec) contract() map[string]any {
	properties := map[string]any{
		// The plumbing, which the user interface never shows.
		"workflow_id": text(""), "correlation_id": text(""), "app_name": text(""), "output_prefix": text(""),
		"output_path": text(""), "output_dir": text(""), "checkpoint_dir": text(""), "temp_table_regex": text(""),
		"source_tag_prefix": text(""), "load_to_atlan": flag(true), "publish_dry_run": flag(false),
		"include_filter": text("{}"), "exclude_filter": text("{}"),
		// What every set-up form has.
		"extraction_method": text("direct"), "credential_guid": text(""), "preflight_check": text(""),
		"connection": optional(map[string]any{"$ref": "#/$defs/ConnectionRef"}),
		"agent_json": optional(map[string]any{"type": "object", "additionalProperties": true}),
		strings.ReplaceAll(s.connector, "-", "_") + "_credential": optional(map[string]any{"$ref": "#/$defs/CredentialRef"}),
	}
	for _, in := range s.inputs {
		properties[in.key] = in.schema
	}
	for key, p := range properties {
		titled, _ := p.(map[string]any)
		titled["title"] = title(key)
	}
	return map[string]any{
		"title": "AppInputContract", "type": "object", "properties": properties,
		"$defs": map[string]any{
			"ConnectionAttributes": map[string]any{
				"title": "ConnectionAttributes", "type": "object", "additionalProperties": true, "properties": map[string]any{
					"qualifiedName": text(""), "name": text(""), "connectorName": text(""),
				},
			},
			"ConnectionRef": map[string]any{
				"title": "ConnectionRef", "type": "object", "additionalProperties": true, "properties": map[string]any{
					"typeName": text("Connection"), "attributes": map[string]any{"$ref": "#/$defs/ConnectionAttributes"},
				},
			},
			"CredentialRef": map[string]any{
				"title": "CredentialRef", "type": "object", "additionalProperties": true,
				"properties": map[string]any{"name": text(""), "credential_guid": text("")},
			},
		},
	}
}

func text(fallback string) map[string]any {
	return map[string]any{"type": "string", "default": fallback}
}

func flag(fallback bool) map[string]any {
	return map[string]any{"type": "boolean", "default": fallback}
}

func optional(schema map[string]any) map[string]any {
	return map[string]any{"anyOf": []any{schema, map[string]any{"type": "null"}}, "default": nil}
}

// title is Pydantic's title of a field.
func title(key string) string {
	words := strings.Split(key, "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// kebab is the form's key of an input.
func kebab(key string) string { return strings.ReplaceAll(key, "_", "-") }

// form is the set-up form, in the three steps of the user interface.
func (s *appSpec) form() map[string]any {
	properties := map[string]any{
		"extraction-method": map[string]any{
			"type": "string", "required": true, "default": "direct", "enum": []any{"direct", "agent"}, "enumNames": []any{"Direct", "Agent"},
			"ui": ui("radio", "Extraction method", ""),
		},
		"credential-guid": map[string]any{
			"type": "string", "required": true,
			"ui": map[string]any{"widget": "credential", "label": "", "credentialType": s.credentialConfig},
		},
		"agent-json":      map[string]any{"type": "object", "ui": map[string]any{"widget": "agent", "label": "", "hidden": true}},
		"connection":      map[string]any{"type": "string", "required": true, "ui": ui("connection", "Connection", "")},
		"preflight-check": map[string]any{"type": "string", "ui": map[string]any{"widget": "sageV2", "label": "Preflight checks"}},
		// A knob that the user interface sends along without showing it.
		"publish-dry-run": map[string]any{"type": "boolean", "default": false, "ui": map[string]any{"widget": "boolean", "hidden": true}},
	}
	direct, metadata := []any{"credential-guid"}, []any{}
	for _, in := range s.inputs {
		key := kebab(in.key)
		p := in.formProperty()
		properties[key] = p
		metadata = append(metadata, key)
		if in.required {
			direct = append(direct, key)
		}
	}
	return map[string]any{
		"properties": properties,
		"anyOf": []any{
			map[string]any{"properties": only("extraction-method", "direct"), "required": direct},
			map[string]any{"properties": only("extraction-method", "agent"), "required": []any{"agent-json"}},
		},
		"steps": []any{
			step("credential", "Credential", "extraction-method", "credential-guid", "agent-json"),
			step("connection", "Connection", "connection"),
			map[string]any{"id": "metadata", "title": "Metadata", "properties": append(metadata, "preflight-check")},
		},
	}
}

func ui(widget, label, help string) map[string]any {
	out := map[string]any{"widget": widget, "label": label, "hidden": false, "grid": 8}
	if help != "" {
		out["help"] = help
	}
	return out
}

func (in *inputSpec) formProperty() map[string]any {
	p := clone(in.form)
	p["ui"] = ui(in.widget, in.label, in.help)
	if in.required {
		p["required"] = true
	}
	return p
}

func only(key, value string) map[string]any {
	return map[string]any{key: map[string]any{"const": value}}
}

func step(id, name string, properties ...string) map[string]any {
	return map[string]any{"id": id, "title": name, "properties": anyList(properties)}
}

// credentialForm is the form of the credential: one way of authentication, with what goes with it under its name.
func (s *appSpec) credentialForm() map[string]any {
	hidden := func(kind string, value any) map[string]any {
		p := map[string]any{"type": kind, "ui": map[string]any{"hidden": true}}
		if value != nil {
			p["default"] = value
		}
		return p
	}
	fields := map[string]any{
		"username": map[string]any{"type": "string", "required": true, "ui": ui("input", s.auth.username, "")},
		"password": map[string]any{"type": "string", "required": true, "ui": ui("password", s.auth.password, "")},
	}
	if len(s.auth.extra) > 0 {
		extra := map[string]any{}
		for _, in := range s.auth.extra {
			extra[in.key] = in.formProperty()
		}
		fields["extra"] = map[string]any{"type": "object", "properties": extra, "ui": map[string]any{"widget": "nested", "header": ""}}
	}
	return map[string]any{
		"properties": map[string]any{
			"name": hidden("string", nil), "connector": hidden("string", s.connector), "connectorType": hidden("string", nil),
			"host": hidden("string", s.auth.host), "port": hidden("number", 443),
			"auth-type": map[string]any{
				"type": "string", "required": true, "enum": []any{s.auth.kind}, "enumNames": []any{s.auth.label},
				"default": s.auth.kind, "ui": ui("radio", "Authentication", ""),
			},
			s.auth.kind: map[string]any{
				"type": "object", "properties": fields, "ui": map[string]any{"widget": "nested", "hidden": true, "nestedValue": false},
			},
		},
		"anyOf": []any{map[string]any{"properties": only("auth-type", s.auth.kind), "required": []any{s.auth.kind}}},
	}
}
