// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
)

// What the inputs of the Mode app mean to its program.
const (
	keyInclude  = "include"
	keyExclude  = "exclude"
	keyArchived = "archived"
	keyPersonal = "personal" // in the credential's extra
)

const (
	// typeReport is the type of the entities that runs of the Mode app publish.
	typeReport = "ModeReport"
	// modeTemplate is the package for Mode on the older surface (pyatlan model/enums.py WorkflowPackage).
	modeTemplate = "atlan-mode"

	personalCollection = "personal-jdoe"
	archivedModeReport = "Revenue 2019"
)

// modePackageKeys are the parameters of the package; inferred from the packages for Looker and Tableau (pyatlan
// model/packages).
var modePackageKeys = map[string]string{
	keyInclude: "include-collections", keyExclude: "exclude-collections", keyArchived: "crawl-archived-reports",
	keyPersonal: "exclude_personal_collections",
}

// runModePackage does what the app does, with the parameters of a package workflow: all of them are texts, the
// connection is a JSON text.
func (t *Tenant) runModePackage(owner string, parameters map[string]string) string {
	var connection any
	if err := json.Unmarshal([]byte(parameters[connectionInput]), &connection); err != nil {
		return "the parameter connection is not JSON: " + err.Error()
	}
	inputs := map[string]any{
		"extraction_method": parameters["extraction-method"], "credential_guid": parameters["credential-guid"], connectionInput: connection,
	}
	for _, name := range modePackageKeys {
		if value, ok := parameters[name]; ok {
			inputs[name] = value
		}
	}
	return t.runProgram(&App{Program: ProgramMode, Keys: modePackageKeys}, owner, inputs)
}

// modeReports are what the Mode workspace holds, by collection.
var modeReports = map[string][]string{
	"finance": {"Revenue", archivedModeReport}, "marketing": {"Campaigns"}, personalCollection: {"Scratchpad"},
}

// runMode publishes the reports that the workflow asks for, and archives those that it no longer does. Where a
// collection is both included and excluded it is excluded (docs.atlan.com "Crawl Mode").
func (t *Tenant) runMode(a *App, inputs map[string]any, credential *Credential, own string) {
	include, exclude := selected(inputs[a.Keys[keyInclude]]), selected(inputs[a.Keys[keyExclude]])
	noPersonal := credential != nil && isYes(credential.Extra[a.Keys[keyPersonal]])
	archived, asked := inputs[a.Keys[keyArchived]]
	for collection, reports := range modeReports {
		wanted := (len(include) == 0 || slices.Contains(include, collection)) && !slices.Contains(exclude, collection) &&
			(!noPersonal || collection != personalCollection)
		for _, name := range reports {
			t.publishReport(own+"/"+collection+"/"+name, name, wanted && (name != archivedModeReport || !asked || isYes(archived)))
		}
	}
}

func (t *Tenant) publishReport(qualifiedName, name string, wanted bool) {
	e := t.data.byQualifiedName(typeReport, qualifiedName)
	switch {
	case e == nil && !wanted, e != nil && e.active() == wanted:
		return
	case e == nil:
		e = t.published(typeReport, map[string]any{"name": name, "qualifiedName": qualifiedName, "connectorName": "mode"})
	default:
		e = e.revised()
		e.Status, e.UpdateTime = statusDeleted, t.now().UnixMilli()
		if wanted {
			e.Status = statusActive
		}
	}
	t.put(e)
	t.changed()
}

// selected reads a filter: an object by ids, a list of ids, or either as a JSON text.
func selected(v any) []string {
	if text, ok := v.(string); ok {
		if json.Unmarshal([]byte(text), &v) != nil {
			return nil
		}
	}
	if byID, ok := v.(map[string]any); ok {
		return slices.Collect(maps.Keys(byID))
	}
	return texts(v)
}

// isYes reads a flag in any of the forms that forms have for one.
func isYes(v any) bool { return v == true || v == "true" || v == "yes" }
