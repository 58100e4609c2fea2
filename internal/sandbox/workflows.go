// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// This file and its neighbours serve package workflows: documents in Argo's notation that are stored as templates and
// run. pyatlan 9.8 calls the surface legacy; newer tenants do not have it.

// Workflow is a stored workflow template.
type Workflow struct {
	Name       string         `json:"name"`
	UID        string         `json:"uid"`
	Owner      string         `json:"owner"`
	Metadata   map[string]any `json:"metadata"`
	Spec       map[string]any `json:"spec"`
	CreatedAt  time.Time      `json:"createdAt"`
	ArchivedAt time.Time      `json:"archivedAt,omitzero"`
	Revision   int            `json:"revision"`
}

// Annotations that make a schedule (pyatlan client/workflow.py).
const (
	scheduleAnnotation = "orchestration.atlan.com/schedule"
	timezoneAnnotation = "orchestration.atlan.com/timezone"
)

// workflowInput is a workflow document as it is sent (pyatlan model/workflow.py).
type workflowInput struct {
	Metadata map[string]any `json:"metadata"`
	Spec     map[string]any `json:"spec"`
	Payload  []struct {
		Parameter string          `json:"parameter"`
		Type      string          `json:"type"`
		Body      credentialInput `json:"body"`
	} `json:"payload"`
}

// workflowRoutes lists the family twice: callers that are neither API tokens nor administrators use package-workflows
// (pyatlan client/workflow.py).
func (t *Tenant) workflowRoutes() []route {
	const service = "/api/service"
	routes := []route{
		on("POST", service+"/workflows/indexsearch", t.searchWorkflows),
		on("POST", service+"/workflows/triggerAsOwner", forAdmins(t.runAsOwner)),
		on("POST", service+"/workflows/{name}/changeownership", forAdmins(t.changeOwner)),
		on("POST", service+"/runs/indexsearch", t.searchRuns),
		on("GET", service+"/runs/cron", t.listSchedules),
		on("GET", service+"/runs/cron/{name}", t.getSchedule),
		on("POST", service+"/runs/{name}/stop", t.stopRun),
	}
	for _, family := range []string{"workflows", "package-workflows"} {
		allow := forAdmins
		if family == "package-workflows" {
			allow = func(h handler) handler { return h }
		}
		routes = append(routes,
			on("POST", service+"/"+family, allow(t.createWorkflow)),
			on("POST", service+"/"+family+"/submit", allow(t.rerunWorkflow)),
			on("POST", service+"/"+family+"/{name}", allow(t.updateWorkflow)),
			on("POST", service+"/"+family+"/{name}/archive", allow(t.archiveWorkflow)),
		)
	}
	return routes
}

func (d *data) workflow(name string) *Workflow {
	return find(d.Workflows, func(w *Workflow) bool { return w.Name == name && w.ArchivedAt.IsZero() })
}

// pathWorkflow returns the workflow of the path. The answer for an unknown one is inferred.
func (t *Tenant) pathWorkflow(rq *request) (*Workflow, error) {
	if w := t.data.workflow(rq.params["name"]); w != nil {
		return w, nil
	}
	return nil, unknownWorkflow(rq.params["name"])
}

func unknownWorkflow(name string) error {
	return statusError(http.StatusNotFound, "workflowtemplates.argoproj.io %q not found", name)
}

func (t *Tenant) createWorkflow(rq *request) (any, error) {
	in, err := t.readWorkflow(rq)
	if err != nil {
		return nil, err
	}
	name, _ := in.Metadata["name"].(string)
	if name == "" {
		return nil, missingProperty("metadata.name")
	}
	if t.data.workflow(name) != nil { // the status is that of pyatlan's tests, the text is inferred
		return nil, invalidRequest("workflowtemplates.argoproj.io %q already exists", name)
	}
	w := &Workflow{
		Name: name, UID: newGUID(), Owner: rq.actor.username, Metadata: in.Metadata, Spec: in.Spec, CreatedAt: rq.now, Revision: 1,
	}
	t.data.Workflows = append(t.data.Workflows, w)
	t.keepCredentials(rq, in)
	if rq.query.Get("submit") == "true" {
		t.startRun(w, rq.actor.username, rq.now)
	}
	t.changed()
	return w.answer(in), nil
}

// readWorkflow names the credentials that come with a document, and puts their GUIDs where the document wants them.
func (t *Tenant) readWorkflow(rq *request) (*workflowInput, error) {
	in := &workflowInput{}
	if err := rq.decode(in); err != nil {
		return nil, err
	}
	document := string(rq.body)
	for i := range in.Payload {
		p := &in.Payload[i]
		if p.Type != "credential" {
			continue
		}
		p.Body.guid = newGUID()
		document = strings.ReplaceAll(document, "{{"+p.Parameter+"}}", p.Body.guid)
	}
	var filled struct {
		Metadata map[string]any `json:"metadata"`
		Spec     map[string]any `json:"spec"`
	}
	if err := json.Unmarshal([]byte(document), &filled); err != nil {
		return nil, invalidRequest("Request body has an error: failed to decode request body: %s", err)
	}
	in.Metadata, in.Spec = filled.Metadata, filled.Spec
	if t.connectionAdminPackage == PackageNotEnabled && connectionAdminTask(in.Spec) != nil { // the text is inferred
		return nil, invalidRequest("templates.main.tasks.run template reference %s.main not found", connectionAdminTemplate)
	}
	return in, nil
}

// keepCredentials stores what came with a document that has been accepted.
func (t *Tenant) keepCredentials(rq *request, in *workflowInput) {
	for i := range in.Payload {
		if in.Payload[i].Type == "credential" {
			t.keepCredential(rq, &in.Payload[i].Body)
		}
	}
}

// updateWorkflow replaces the document; the name stays.
func (t *Tenant) updateWorkflow(rq *request) (any, error) {
	w, err := t.pathWorkflow(rq)
	if err != nil {
		return nil, err
	}
	in, err := t.readWorkflow(rq)
	if err != nil {
		return nil, err
	}
	w.Metadata, w.Spec = in.Metadata, in.Spec
	w.Revision++
	t.keepCredentials(rq, in)
	t.changed()
	return w.answer(in), nil
}

func (t *Tenant) archiveWorkflow(rq *request) (any, error) {
	w, err := t.pathWorkflow(rq)
	if err != nil {
		return nil, err
	}
	w.ArchivedAt = rq.now
	t.changed()
	return nil, nil
}

func (t *Tenant) changeOwner(rq *request) (any, error) {
	w, err := t.pathWorkflow(rq)
	if err != nil {
		return nil, err
	}
	in := struct {
		Username string `json:"username"` // present pyatlan sends it so, former ones in the query
	}{rq.query.Get("username")}
	if in.Username == "" {
		if err := rq.decode(&in); err != nil {
			return nil, err
		}
	}
	owner := in.Username
	if !t.data.knowsUser(owner) {
		return nil, keycloakError("404 Not Found: Could not find user %s", owner)
	}
	w.Owner = owner
	t.changed()
	return w.answer(&workflowInput{}), nil
}

// metadata is what the tenant shows of a workflow's metadata.
func (w *Workflow) metadata() map[string]any {
	shown := clone(w.Metadata)
	if shown == nil {
		shown = map[string]any{}
	}
	labels, ok := shown["labels"].(map[string]any)
	if !ok {
		labels = map[string]any{}
		shown["labels"] = labels
	}
	labels["workflows.argoproj.io/creator"] = w.Owner
	shown["name"], shown["namespace"], shown["uid"] = w.Name, "default", w.UID
	shown["creationTimestamp"] = w.CreatedAt.Format(time.RFC3339)
	shown["generation"] = w.Revision
	shown["resourceVersion"] = w.CreatedAt.Format("20060102150405")
	return shown
}

// answer is the stored document. It does not name the run, and shows the payload without what was in it.
func (w *Workflow) answer(in *workflowInput) map[string]any {
	payload := []any{}
	for _, p := range in.Payload {
		payload = append(payload, map[string]any{"parameter": p.Parameter, "type": p.Type, "body": map[string]any{"id": p.Body.guid}})
	}
	return map[string]any{"metadata": w.metadata(), "spec": w.Spec, "payload": payload}
}

// annotation of a workflow's metadata.
func (w *Workflow) annotation(name string) string {
	annotations, _ := w.Metadata["annotations"].(map[string]any)
	s, _ := annotations[name].(string)
	return s
}

// listSchedules shows the workflows with a schedule. Schedules are kept, but no run is started by them.
func (t *Tenant) listSchedules(*request) (any, error) {
	schedules := []any{}
	for _, w := range t.data.Workflows {
		if w.ArchivedAt.IsZero() && w.annotation(scheduleAnnotation) != "" {
			schedules = append(schedules, w.schedule())
		}
	}
	return map[string]any{"items": schedules}, nil // pyatlan client/common/workflow.py
}

func (t *Tenant) getSchedule(rq *request) (any, error) {
	name, ok := strings.CutSuffix(rq.params["name"], "-cron")
	w := t.data.workflow(name)
	if !ok || w == nil || w.annotation(scheduleAnnotation) == "" {
		return nil, statusError(http.StatusNotFound, "cronworkflows.argoproj.io %q not found", rq.params["name"])
	}
	return w.schedule(), nil
}

func (w *Workflow) schedule() map[string]any {
	metadata := w.metadata()
	metadata["name"] = w.Name + "-cron"
	return map[string]any{
		"metadata": metadata,
		"spec": map[string]any{
			"schedule": w.annotation(scheduleAnnotation), "timezone": w.annotation(timezoneAnnotation),
			"workflowSpec":      map[string]any{"workflowTemplateRef": map[string]any{"name": w.Name}},
			"concurrencyPolicy": "Forbid",
		},
		"status":           map[string]any{"active": nil, "conditions": nil, "lastScheduledTime": nil},
		"workflowMetadata": map[string]any{"annotations": metadata["annotations"]},
	}
}
