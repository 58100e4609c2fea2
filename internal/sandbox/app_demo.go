// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// Sets of apps that a tenant can have. The ids and input keys of the ALTR app and the Mode app are not published, so a
// client has to find them on the tenant: the sets differ in everything but the labels of the set-up forms, which are.
const (
	// AppsDemo has ids and keys that nobody would guess.
	AppsDemo = "demo"
	// AppsFirstGuess has the ids and keys that come to mind first.
	AppsFirstGuess = "first_guess"
)

var appSets = []string{AppsDemo, AppsFirstGuess}

// Ids of the apps of both sets.
const (
	DemoALTRAppID  = "altr-classification"
	DemoModeAppID  = "mode-crawler"
	GuessALTRAppID = "altr"
	GuessModeAppID = "atlan-mode"
	MetabaseAppID  = "atlan-metabase"
)

// Labels of the set-up forms (docs.atlan.com "Import ALTR classification metadata", "Crawl Mode").
const (
	labelAtlanConnection = "Atlan Connection"
	labelALTRConnection  = "ALTR Connection"
	labelJob             = "Classification Job"
	labelInclude         = "Include Collections"
	labelExclude         = "Exclude Collections"
	labelArchived        = "Crawl Archived Reports"
	labelWorkspace       = "Workspace"
	labelPersonal        = "Exclude all personal collections"
)

// appSet builds the apps of a set.
func appSet(name string) []*App {
	if name == AppsFirstGuess {
		return []*App{metabase(), guessedALTR(), guessedMode()}
	}
	return []*App{metabase(), demoALTR(), demoMode()}
}

// SetApps installs the apps of a set, AppsDemo or AppsFirstGuess, in place of those that are installed. Workflows stay.
func (t *Tenant) SetApps(set string) error {
	if !slices.Contains(appSets, set) {
		return fmt.Errorf("unknown set of apps %q: use one of %s", set, strings.Join(appSets, ", "))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data.Apps = appSet(set)
	t.changed()
	t.saveIfChanged()
	return nil
}

var (
	stringInput = map[string]any{"type": "string"}
	boolInput   = map[string]any{"type": "boolean"}
	objectInput = map[string]any{"type": "object"}
	yesNoInput  = map[string]any{"type": "string", "enum": []any{"yes", "no"}, "default": "no"}
)

// collections are an object by collection in a contract: {"<id>": {}}.
func collections() map[string]any {
	return map[string]any{"type": "object", "additionalProperties": true, "default": map[string]any{}}
}

// metabase is the public example of a native BI crawler (atlan-metabase-app; pyatlan model/apps/atlan_metabase.py).
func metabase() *App {
	s := appSpec{
		id: MetabaseAppID, name: "Metabase", connector: "metabase", credentialConfig: "atlan-connectors-metabase",
		auth: authSpec{kind: "basic", label: "Basic", username: "Username", password: "Password", host: "https://example.metabaseapp.com"},
		inputs: []inputSpec{
			{key: "include_collections", label: "Include collections", widget: "apitree", schema: collections(), form: objectInput},
			{key: "exclude_collections", label: "Exclude collections", widget: "apitree", schema: collections(), form: objectInput},
		},
	}
	return s.build()
}

func altrAuth(kind, label string) authSpec {
	return authSpec{kind: kind, label: label, username: "ALTR API Key", password: "ALTR API Secret", host: "altrnet.live.altr.com"}
}

func guessedALTR() *App {
	s := appSpec{
		id: GuessALTRAppID, name: "ALTR", connector: "altr", credentialConfig: "atlan-connectors-altr", auth: altrAuth("basic", "Basic"),
		inputs: []inputSpec{
			{key: "atlan_connection", label: labelAtlanConnection, widget: "connectionSelector", schema: text(""), form: stringInput, required: true},
			{key: "altr_connection", label: labelALTRConnection, widget: "dropdown", schema: text(""), form: stringInput, required: true},
			{key: "classification_job", label: labelJob, widget: "dropdown", schema: text(""), form: stringInput, required: true},
		},
		program: ProgramALTR,
		keys:    map[string]string{keyMappedConnection: "atlan_connection", keySource: "altr_connection", keyJob: "classification_job"},
	}
	return s.build()
}

// demoALTR has its contract at a named entrypoint only, wants the mapped connection as a reference instead of a
// qualified name, and authenticates under another name.
func demoALTR() *App {
	connection := map[string]any{"$ref": "#/$defs/ConnectionRef"}
	s := appSpec{
		id: DemoALTRAppID, name: "ALTR Classification", connector: "altr", entrypoints: []string{"classification"}, contractAt: "classification",
		credentialConfig: "atlan-connectors-altr-classification", auth: altrAuth("api_key", "API key"),
		inputs: []inputSpec{
			{
				key: "mapped_connection", label: labelAtlanConnection, widget: "connectionSelector", schema: connection, form: stringInput, required: true,
				help: "The connection that holds the assets of the data source",
			},
			{key: "altr_source_id", label: labelALTRConnection, widget: "dropdown", schema: text(""), form: stringInput, required: true},
			{key: "scan_job_id", label: labelJob, widget: "dropdown", schema: optional(map[string]any{"type": "string"}), form: stringInput, required: true},
		},
		program: ProgramALTR,
		keys:    map[string]string{keyMappedConnection: "mapped_connection", keySource: "altr_source_id", keyJob: "scan_job_id"},
	}
	return s.build()
}

func modeAuth(extra ...inputSpec) authSpec {
	return authSpec{kind: "basic", label: "Basic", username: "API Key ID", password: "API Secret", host: "app.mode.com", extra: extra}
}

func guessedMode() *App {
	s := appSpec{
		id: GuessModeAppID, name: "Mode", connector: "mode", credentialConfig: "atlan-connectors-mode",
		auth: modeAuth(
			inputSpec{key: "workspace", label: labelWorkspace, widget: "input", form: stringInput, required: true},
			inputSpec{key: "exclude_personal_collections", label: labelPersonal, widget: "radio", form: yesNoInput},
		),
		inputs: []inputSpec{
			{key: "include_collections", label: labelInclude, widget: "apitree", schema: collections(), form: objectInput},
			{key: "exclude_collections", label: labelExclude, widget: "apitree", schema: collections(), form: objectInput},
			{key: "crawl_archived_reports", label: labelArchived, widget: "boolean", schema: flag(true), form: boolInput},
		},
		program: ProgramMode,
		keys: map[string]string{
			keyInclude: "include_collections", keyExclude: "exclude_collections", keyArchived: "crawl_archived_reports",
			keyPersonal: "exclude_personal_collections",
		},
	}
	return s.build()
}

// demoMode announces an entrypoint but has its contract at the default only, as some apps do (pyatlan HISTORY.md 9.8.0),
// wants filters as JSON texts, as Sigma and Tableau do, and a flag as a text, as Redash does (pyatlan model/apps).
func demoMode() *App {
	s := appSpec{
		id: DemoModeAppID, name: "Mode Assets", connector: "mode", entrypoints: []string{"crawler"}, credentialConfig: "atlan-connectors-mode-analytics",
		auth: modeAuth(
			inputSpec{key: "workspace_name", label: labelWorkspace, widget: "input", form: stringInput, required: true},
			inputSpec{key: "skip_personal_spaces", label: labelPersonal, widget: "boolean", form: boolInput},
		),
		inputs: []inputSpec{
			{key: "spaces_to_crawl", label: labelInclude, widget: "apitree", schema: text("{}"), form: objectInput},
			{key: "spaces_to_skip", label: labelExclude, widget: "apitree", schema: text("{}"), form: objectInput},
			{
				key: "archived_report_mode", label: labelArchived, widget: "radio",
				schema: map[string]any{"type": "string", "enum": []any{"true", "false"}, "default": "true"},
				form:   map[string]any{"type": "string", "enum": []any{"true", "false"}, "enumNames": []any{"Yes", "No"}, "default": "true"},
			},
		},
		program: ProgramMode,
		keys: map[string]string{
			keyInclude: "spaces_to_crawl", keyExclude: "spaces_to_skip", keyArchived: "archived_report_mode", keyPersonal: "skip_personal_spaces",
		},
	}
	return s.build()
}
