// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// AppWorkflow is a workflow of an app. Its slug is its identity; every update publishes a new version.
type AppWorkflow struct {
	Slug       string         `json:"slug"`
	Name       string         `json:"name"`
	AppID      string         `json:"appId"`
	Entrypoint string         `json:"entrypoint"`
	Owner      string         `json:"owner"`
	Version    int64          `json:"version"` // epoch seconds, or one more than the former version
	Inputs     map[string]any `json:"inputs"`  // never with a raw credential
	Schedules  []AppSchedule  `json:"schedules"`
	CreatedAt  time.Time      `json:"createdAt"`
	UpdatedAt  time.Time      `json:"updatedAt"`
	ArchivedAt time.Time      `json:"archivedAt,omitzero"`
}

// appWorkflow returns a workflow that is not archived.
func (d *data) appWorkflow(slug string) *AppWorkflow {
	return find(d.AppWorkflows, func(w *AppWorkflow) bool { return w.Slug == slug && w.ArchivedAt.IsZero() })
}

// pathAppWorkflow returns the workflow of the path. The answer for one that is unknown or archived is inferred.
func (t *Tenant) pathAppWorkflow(rq *request) (*AppWorkflow, error) {
	if w := t.data.appWorkflow(rq.params["slug"]); w != nil {
		return w, nil
	}
	return nil, statusError(http.StatusNotFound, "workflow %s not found", rq.params["slug"])
}

// appWorkflowInput is the body of a request to create or to update (pyatlan model/app.py CreateApp, UpdateApp).
type appWorkflowInput struct {
	AppID      *string        `json:"app_id"`
	Name       *string        `json:"name"`
	Inputs     map[string]any `json:"inputs"`
	Entrypoint *string        `json:"entrypoint"`
	Schedule   *scheduleInput `json:"schedule"`
	Run        *bool          `json:"run"`
}

func (t *Tenant) createAppWorkflow(rq *request) (any, error) {
	var in appWorkflowInput
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	a, err := t.checkNewAppWorkflow(&in)
	if err != nil {
		return nil, err
	}
	w := &AppWorkflow{
		Slug: newSlug(*in.Name), Name: *in.Name, AppID: a.ID, Owner: rq.actor.username, Version: rq.now.Unix(),
		Schedules: []AppSchedule{}, CreatedAt: rq.now, UpdatedAt: rq.now,
	}
	if err := t.fillAppWorkflow(rq, w, &in); err != nil {
		return nil, err
	}
	out := map[string]any{"execution_mode": a.executionMode(), "slug": w.Slug, "version": w.Version}
	if in.Schedule != nil {
		out["schedule_trigger_id"] = w.schedule(in.Schedule).TriggerID
	}
	t.data.AppWorkflows = append(t.data.AppWorkflows, w)
	if in.Run == nil || *in.Run { // a request that does not say runs at once (pyatlan model/app.py)
		out["run_id"] = t.startAppRun(w, rq.actor.username, rq.now).ID
	}
	t.changed()
	return out, nil
}

// checkNewAppWorkflow checks everything that does not need the vault. The order of the checks is inferred.
func (t *Tenant) checkNewAppWorkflow(in *appWorkflowInput) (*App, error) {
	switch {
	case in.AppID == nil:
		return nil, missingProperty("app_id")
	case in.Name == nil || *in.Name == "":
		return nil, missingProperty("name")
	case in.Inputs == nil:
		return nil, missingProperty("inputs")
	}
	a, err := t.installedApp(*in.AppID)
	if err != nil {
		return nil, err
	}
	if !a.NativeReady { // inferred
		return nil, invalidRequest("app %s is not ready for native execution", a.ID)
	}
	contract, err := a.chosenContract(in.Entrypoint)
	if err != nil {
		return nil, err
	}
	if err := checkInputs(contract, in.Inputs); err != nil {
		return nil, err
	}
	if in.Schedule != nil {
		if err := in.Schedule.check(); err != nil {
			return nil, err
		}
	}
	return a, t.checkAppWorkflowName(*in.Name)
}

// checkAppWorkflowName refuses a name that is taken, with a body that has neither a code nor a status (pyatlan
// client/common/app.py). An archived workflow gives its name free; inferred.
func (t *Tenant) checkAppWorkflowName(name string) error {
	var slugs []string
	var version int64
	for _, w := range t.data.AppWorkflows {
		if w.Name == name && w.ArchivedAt.IsZero() {
			slugs, version = append(slugs, w.Slug), w.Version
		}
	}
	body := map[string]any{"message": "a workflow with that name already exists"}
	switch len(slugs) {
	case 0:
		return nil
	case 1:
		body["slug"], body["version"] = slugs[0], version
	default:
		body["slugs"] = slugs
	}
	return &apiError{status: http.StatusConflict, message: fmt.Sprint(body["message"]), bare: body}
}

// runtimeInputs are what the server knows better; they are taken out of what is sent (pyatlan model/apps/_base.py).
var runtimeInputs = []string{"user-id", "user_id", "workflow_id", "correlation_id"}

// fillAppWorkflow gives a workflow its inputs. The raw credential, if there is one, is put into the vault and only its
// GUID is kept; without one, and without a GUID, an update keeps the credential that the workflow had (pyatlan
// client/app.py update).
func (t *Tenant) fillAppWorkflow(rq *request, w *AppWorkflow, in *appWorkflowInput) error {
	inputs := in.Inputs
	if raw, ok := inputs["credential"]; ok {
		c, err := t.vaultRaw(rq, raw)
		if err != nil {
			return err
		}
		inputs["credential_guid"] = c.GUID
	} else if kept, ok := w.Inputs["credential_guid"]; ok && (inputs["credential_guid"] == "" || inputs["credential_guid"] == nil) {
		inputs["credential_guid"] = kept
	}
	delete(inputs, "credential")
	for _, key := range runtimeInputs {
		delete(inputs, key)
	}
	w.Inputs, w.Entrypoint = inputs, ""
	if in.Entrypoint != nil {
		w.Entrypoint = *in.Entrypoint
	}
	return nil
}

// updateAppWorkflow replaces all inputs and publishes a new version; name, owner and schedules stay.
func (t *Tenant) updateAppWorkflow(rq *request) (any, error) {
	w, err := t.pathAppWorkflow(rq)
	if err != nil {
		return nil, err
	}
	var in appWorkflowInput
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.Inputs == nil {
		return nil, missingProperty("inputs")
	}
	a, err := t.installedApp(w.AppID)
	if err != nil {
		return nil, err
	}
	contract, err := a.chosenContract(in.Entrypoint)
	if err != nil {
		return nil, err
	}
	if err := checkInputs(contract, in.Inputs); err != nil {
		return nil, err
	}
	if err := t.fillAppWorkflow(rq, w, &in); err != nil {
		return nil, err
	}
	w.Version, w.UpdatedAt = max(w.Version+1, rq.now.Unix()), rq.now
	t.changed()
	return map[string]any{"execution_mode": a.executionMode(), "slug": w.Slug, "version": w.Version}, nil
}

func (t *Tenant) archiveAppWorkflow(rq *request) (any, error) {
	w, err := t.pathAppWorkflow(rq)
	if err != nil {
		return nil, err
	}
	w.ArchivedAt = rq.now
	t.changed()
	return map[string]any{"slug": w.Slug, "archived": true}, nil
}

var notInSlugs = regexp.MustCompile(`[^a-z0-9]+`)

// newSlug is the name, fit for a path, with eight hexadecimal digits. How a name is made fit is inferred.
func newSlug(name string) string {
	base := strings.Trim(notInSlugs.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if base == "" {
		base = "workflow"
	}
	return base + "-" + newRequestID()[:8]
}
