// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// WorkflowSurface is the family of endpoints through which a tenant manages workflows.
type WorkflowSurface string

const (
	// WorkflowsOfApps is /api/service/v1/app, which present tenants serve.
	WorkflowsOfApps WorkflowSurface = "app"
	// WorkflowsOfPackages is /api/service/workflows, which newer tenants no longer serve (pyatlan 9.8).
	WorkflowsOfPackages WorkflowSurface = "package"
)

// WorkflowSurface is the surface that the configuration chooses; empty where it leaves that to the tenant.
func (c *Client) WorkflowSurface() WorkflowSurface { return c.workflowSurface }

// Package is a package whose workflows do what those of an app do, on tenants that do not serve workflows of apps.
type Package struct {
	// Name of the package, such as "@atlan/mode", and its Prefix, such as "atlan-mode": that of its workflows' names, and the
	// name of the template that does the work.
	Name, Prefix string
	// Title is what Atlan calls the package, such as "Mode Assets".
	Title string
	// Connector is what it connects to, such as "mode", and Category the kind of that, such as "bi".
	Connector, Category string
	// Host and Port of the source; empty and 0 where they are the user's.
	Host string
	Port int64
	// Parameters in their order, between the connection and what is the same for every package.
	Parameters []PackageParameter
}

// PackageParameter is a parameter of a package.
type PackageParameter struct {
	// Name, such as "include-collections". Preset is its value where the caller gives none.
	Name, Preset string
	// Fixed parameters are no input: they are the same in every workflow.
	Fixed bool
}

// Parameters that packages with a credential and a connection have in common (pyatlan model/packages/base).
const (
	parameterConnection     = "connection"
	parameterCredentialGUID = "credential-guid" //nolint:gosec // the name of a parameter

	// credentialPayload is what stands for the GUID of the credential that goes along.
	credentialPayload     = "credentialGuid" //nolint:gosec // a name
	credentialPlaceholder = "{{" + credentialPayload + "}}"
)

// Owns tells whether a workflow of that name is one of the package: Atlan's SDKs name it by the prefix and the ten digits
// of the time in seconds. Slugs of app workflows end in eight characters.
func (p *Package) Owns(name string) bool {
	if p == nil {
		return false
	}
	digits, ok := strings.CutPrefix(name, p.Prefix+"-")
	return ok && len(digits) == 10 && strings.Trim(digits, "0123456789") == ""
}

// Resolved is the package in the place of an app. It has no contract: which inputs it has is known beforehand, or not at
// all.
func (p *Package) Resolved() *ResolvedApp {
	config := credentialConfigPrefix + p.Connector
	return &ResolvedApp{
		App: App{ID: p.Name, Name: p.Title}, Connector: p.Connector, Package: p, CredentialConfig: config,
		CredentialForm: &CredentialForm{Name: config, Connector: p.Connector, Host: p.Host, Port: p.Port},
	}
}

// parameterName is how packages write a key: parts are joined by hyphens.
func parameterName(key string) string { return strings.ReplaceAll(key, "_", "-") }

// workflow is the document of a workflow of the package, as far as it is made of inputs.
func (p *Package) workflow(name string, input AppWorkflowInput) PackageWorkflow {
	epoch := strings.TrimPrefix(name, p.Prefix+"-")
	connection := "default-" + p.Connector + "-" + epoch // as the labels have it
	w := PackageWorkflow{
		Package: p.Name, Name: name, DisplayName: p.Prefix + "-" + connection, Template: p.Prefix,
		Labels: map[string]string{
			"orchestration.atlan.com/" + connection: "true", "orchestration.atlan.com/atlan-ui": "true",
			"orchestration.atlan.com/source": p.Connector, "orchestration.atlan.com/sourceCategory": p.Category,
			"orchestration.atlan.com/type": "connector",
		},
		Annotations: map[string]string{"orchestration.atlan.com/name": p.Title, "orchestration.atlan.com/allowSchedule": "true"},
		Parameters:  p.parameters(input),
	}
	if input.Schedule != nil {
		w.Schedule = &WorkflowSchedule{Cron: input.Schedule.Cron, Timezone: input.Schedule.TimeZone}
	}
	if input.Credential != nil {
		w.Credentials = []WorkflowCredential{{Parameter: credentialPayload, Body: input.Credential.Body()}}
	}
	return w
}

// parameters are the inputs as texts: first what every package has, then those of the package, then any others.
func (p *Package) parameters(input AppWorkflowInput) []WorkflowParameter {
	rest := maps.Clone(input.Inputs)
	guid, _ := rest[inputCredentialGUID].(string)
	if input.Credential != nil {
		guid = credentialPlaceholder
	}
	connection := rest[inputConnection]
	delete(rest, inputCredentialGUID)
	delete(rest, inputConnection)
	all := []WorkflowParameter{{parameterCredentialGUID, guid}}
	if connection != nil {
		all = append(all, WorkflowParameter{parameterConnection, connectionText(connection, guid)})
	}
	for _, parameter := range p.Parameters {
		value, given := rest[parameter.Name]
		delete(rest, parameter.Name)
		if !given {
			value = parameter.Preset
		}
		all = append(all, WorkflowParameter{parameter.Name, parameterText(value)})
	}
	for _, name := range slices.Sorted(maps.Keys(rest)) {
		all = append(all, WorkflowParameter{name, parameterText(rest[name])})
	}
	return all
}

// connectionText is a connection as packages want it: a JSON text, with the credential that runs use.
func connectionText(connection any, guid string) string {
	entity, ok := unpacked(connection).(map[string]any)
	attributes, hasAttributes := entity["attributes"].(map[string]any)
	if !ok || !hasAttributes {
		return parameterText(connection)
	}
	if guid != "" {
		attributes = maps.Clone(attributes)
		attributes["defaultCredentialGuid"] = guid
		entity["attributes"] = attributes
	}
	return jsonText(entity)
}

// appWorkflow is a workflow of the package in the terms of one of an app. Its name is that of its connection: Atlan gives
// workflows of packages no other that people choose.
func (p *Package) appWorkflow(template WorkflowTemplate) AppWorkflow {
	w := AppWorkflow{Slug: template.Name, AppID: p.Name, Owner: template.Creator, Inputs: map[string]any{}}
	for name, value := range template.Parameters {
		key := name
		if name == parameterCredentialGUID {
			key = inputCredentialGUID
		}
		if !p.fixes(name, value) {
			w.Inputs[key] = value
		}
	}
	members, _ := unpacked(w.Inputs[inputConnection]).(map[string]any)
	w.Name = cmp.Or(textIn(members["attributes"], "name"), template.Name)
	if template.Schedule != nil {
		w.Schedule = &AppSchedule{Cron: template.Schedule.Cron, TimeZone: cmp.Or(template.Schedule.Timezone, defaultScheduleZone)}
	}
	return w
}

// defaultScheduleZone is that of a schedule which names none.
const defaultScheduleZone = "UTC"

// parameterNames are those of the inputs.
func (p *Package) parameterNames() []string {
	var names []string
	for _, parameter := range p.Parameters {
		if !parameter.Fixed {
			names = append(names, parameter.Name)
		}
	}
	return names
}

func (p *Package) fixes(name, value string) bool {
	return slices.ContainsFunc(p.Parameters, func(one PackageParameter) bool { return one.Fixed && one.Name == name && one.Preset == value })
}
