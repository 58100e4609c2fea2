// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
)

// This file and its neighbours serve app workflows, the successor of package workflows: apps with an input contract and
// a set-up form, and workflows of such apps (pyatlan client/app.py, client/common/app.py, model/app.py).

// App is an app that is installed in the tenant.
type App struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// NativeReady says whether app workflows can be made of it; others run as packages only.
	NativeReady bool `json:"nativeReady"`
	// Entrypoints are the operations that the app announces; it may have none but its default.
	Entrypoints []string `json:"entrypoints"`
	// Contracts are the input contracts, JSON Schemas, by entrypoint; that of the default is under "". An app may
	// announce an entrypoint without having a contract there (pyatlan HISTORY.md 9.8.0).
	Contracts map[string]map[string]any `json:"contracts"`
	// Form is the set-up form, CredentialForm the form of the credential that the former refers to as CredentialConfig.
	Form             map[string]any `json:"form"`
	CredentialConfig string         `json:"credentialConfig"`
	CredentialForm   map[string]any `json:"credentialForm"`
	// Program is what a run does beside publishing its connection: ProgramALTR, ProgramMode or nothing.
	Program string `json:"program"`
	// Keys are the inputs that the program reads, by what they mean to it.
	Keys map[string]string `json:"keys"`
}

// codeUnknownEntrypoint is Heracles' code for an entrypoint without an input contract (pyatlan model/apps/_base.py).
const codeUnknownEntrypoint = 1003

// appRoutes lists the family. Reading needs no role; who may set up workflows is documented ("Admin or Workflow Admin",
// docs.atlan.com "Import ALTR classification metadata").
func (t *Tenant) appRoutes() []route {
	const apps, app, configMaps = "/api/service/v1/apps", "/api/service/v1/app", "/api/service/configmaps"
	return []route{
		on("GET", apps+"/{app}", t.getApp),
		on("GET", apps+"/{app}/inputs", t.getAppInputs),
		on("GET", configMaps+"/{name}", t.getConfigMap),

		on("POST", app, forAdmins(t.createAppWorkflow)),
		on("GET", app, t.listAppWorkflows),
		on("GET", app+"/runs/{run}", t.getAppRun),
		on("POST", app+"/runs/{run}/cancel", forAdmins(t.cancelAppRun)),
		on("GET", app+"/{slug}", t.getAppWorkflow),
		on("PUT", app+"/{slug}", forAdmins(t.updateAppWorkflow)),
		on("DELETE", app+"/{slug}", forAdmins(t.archiveAppWorkflow)),
		on("POST", app+"/{slug}/submit", forAdmins(t.submitAppWorkflow)),
		on("POST", app+"/{slug}/schedule", forAdmins(t.addAppSchedule)),
		on("DELETE", app+"/{slug}/schedule/{trigger}", forAdmins(t.removeAppSchedule)),
	}
}

// app finds an app by its id, which is case-sensitive ("Kafka-apache").
func (d *data) app(id string) *App {
	return find(d.Apps, func(a *App) bool { return a.ID == id })
}

// installedApp is app for requests; the status is inferred, and so is the text.
func (t *Tenant) installedApp(id string) (*App, error) {
	if a := t.data.app(id); a != nil {
		return a, nil
	}
	return nil, statusError(http.StatusNotFound, "app %s not found", id)
}

func (t *Tenant) getApp(rq *request) (any, error) {
	a, err := t.installedApp(rq.params["app"])
	if err != nil {
		return nil, err
	}
	entrypoints := []any{}
	for _, name := range a.Entrypoints {
		entrypoints = append(entrypoints, map[string]any{"name": name})
	}
	return map[string]any{
		"app_id": a.ID, "name": a.Name, "native_ready": a.NativeReady, "execution_mode": a.executionMode(),
		"entrypoints": entrypoints,
	}, nil
}

// executionMode of an app that is not native is inferred.
func (a *App) executionMode() string {
	if a.NativeReady {
		return "native"
	}
	return "argo"
}

// getAppInputs answers with the bare JSON Schema.
func (t *Tenant) getAppInputs(rq *request) (any, error) {
	a, err := t.installedApp(rq.params["app"])
	if err != nil {
		return nil, err
	}
	return a.contract(rq.query.Get("entrypoint"))
}

// contract returns the input contract of an entrypoint. Where none is named it is that of the default, or the only one
// that there is.
func (a *App) contract(entrypoint string) (map[string]any, error) {
	if c, ok := a.Contracts[entrypoint]; ok {
		return c, nil
	}
	if entrypoint == "" && len(a.Contracts) == 1 {
		for _, c := range a.Contracts {
			return c, nil
		}
	}
	return nil, unknownEntrypoint()
}

// chosenContract is contract for a request to create or to update: an entrypoint that was sent must not be empty
// (pyatlan model/apps/_base.py).
func (a *App) chosenContract(entrypoint *string) (map[string]any, error) {
	switch {
	case entrypoint == nil:
		return a.contract("")
	case *entrypoint == "":
		return nil, unknownEntrypoint()
	}
	return a.contract(*entrypoint)
}

// unknownEntrypoint has the code and the text that pyatlan looks for; the status is inferred.
func unknownEntrypoint() error {
	return &apiError{
		status: http.StatusBadRequest, code: codeUnknownEntrypoint, title: "Please check your request parameters",
		message: "unknown entrypoint or app does not expose an input contract",
	}
}

// getConfigMap serves both kinds of forms: the set-up form under the app's id, and the credential form under its own
// name (pyatlan generator/generate_apps.py). The form is a JSON text inside of JSON.
func (t *Tenant) getConfigMap(rq *request) (any, error) {
	name, appID, entrypoint := rq.params["name"], rq.query.Get("app_id"), rq.query.Get("entrypoint")
	var form map[string]any
	for _, a := range t.data.Apps {
		switch {
		case a.ID == name && (entrypoint == "" || slices.Contains(a.Entrypoints, entrypoint)):
			form = a.Form
		case a.CredentialConfig == name && (appID == "" || appID == a.ID):
			form = a.CredentialForm
		}
	}
	if form == nil { // the text is inferred
		return nil, statusError(http.StatusNotFound, "configmaps %q not found", name)
	}
	text, err := json.Marshal(form)
	if err != nil {
		return nil, err
	}
	return map[string]any{"metadata": map[string]any{"name": name}, "data": map[string]any{"config": string(text)}}, nil
}
