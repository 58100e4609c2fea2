// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"strings"
	"time"
)

// Phases of a run (pyatlan model/enums.py AtlanWorkflowPhase).
const (
	phasePending   = "Pending"
	phaseRunning   = "Running"
	phaseSucceeded = "Succeeded"
	phaseFailed    = "Failed"
)

// Run is one run of a workflow. It goes from Pending over Running to its outcome by the tenant's clock.
type Run struct {
	Name      string    `json:"name"`
	Workflow  string    `json:"workflow"`
	Template  string    `json:"template"` // uid of the workflow
	UID       string    `json:"uid"`
	Creator   string    `json:"creator"`
	StartedAt time.Time `json:"startedAt"`
	EndsAt    time.Time `json:"endsAt"`
	Stopped   bool      `json:"stopped"`
	Outcome   string    `json:"outcome"` // empty until the run has ended
	Message   string    `json:"message"`
}

// startRun begins a run of a workflow; it ends when its time is over.
func (t *Tenant) startRun(w *Workflow, creator string, now time.Time) *Run {
	r := &Run{
		Name: w.Name + "-" + strings.ToLower(newShortID()[:5]), Workflow: w.Name, Template: w.UID, UID: newGUID(), Creator: creator,
		StartedAt: now, EndsAt: now.Add(t.opts.RunTime),
	}
	t.data.Runs = append(t.data.Runs, r)
	t.changed()
	return r
}

// settleRuns ends the runs whose time is over.
func (t *Tenant) settleRuns() {
	now := t.now()
	for _, r := range t.data.Runs {
		if r.Outcome != "" || r.EndsAt.After(now) {
			continue
		}
		r.Outcome = phaseSucceeded
		switch w := find(t.data.Workflows, func(w *Workflow) bool { return w.UID == r.Template }); {
		case r.Stopped:
			r.Outcome, r.Message = phaseFailed, "Stopped with strategy 'Stop'"
		case w != nil:
			if failure := t.runPackage(w, now); failure != "" {
				r.Outcome, r.Message = phaseFailed, failure
			}
		}
		t.changed()
	}
}

// phaseAt is where the run stands at a time: a quarter of it is spent waiting to be scheduled.
func (r *Run) phaseAt(at time.Time) string {
	switch {
	case !at.Before(r.EndsAt):
		return r.Outcome
	case at.Before(r.StartedAt.Add(r.EndsAt.Sub(r.StartedAt) / 4)):
		return phasePending
	}
	return phaseRunning
}

// rerunWorkflow runs a stored workflow with the caller's rights.
func (t *Tenant) rerunWorkflow(rq *request) (any, error) {
	w, err := t.namedWorkflow(rq)
	if err != nil {
		return nil, err
	}
	return t.startRun(w, rq.actor.username, rq.now).document(rq.now), nil
}

// runAsOwner runs a stored workflow with its owner's rights.
func (t *Tenant) runAsOwner(rq *request) (any, error) {
	w, err := t.namedWorkflow(rq)
	if err != nil {
		return nil, err
	}
	return t.startRun(w, w.Owner, rq.now).document(rq.now), nil
}

// namedWorkflow returns the workflow that a request to run names in its body.
func (t *Tenant) namedWorkflow(rq *request) (*Workflow, error) {
	var in struct {
		ResourceName string `json:"resourceName"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.ResourceName == "" {
		return nil, missingProperty("resourceName")
	}
	w := t.data.workflow(in.ResourceName)
	if w == nil {
		return nil, unknownWorkflow(in.ResourceName)
	}
	return w, nil
}

// stopRun answers with the run as it still is; it fails some time later (pyatlan tests/integration).
func (t *Tenant) stopRun(rq *request) (any, error) {
	name := rq.params["name"]
	r := find(t.data.Runs, func(r *Run) bool { return r.Name == name })
	if r == nil {
		return nil, statusError(http.StatusNotFound, "workflows.argoproj.io %q not found", name)
	}
	before := r.document(rq.now)
	if r.Outcome == "" && !r.Stopped {
		r.Stopped = true
		if soon := rq.now.Add(t.opts.RunTime / 4); soon.Before(r.EndsAt) {
			r.EndsAt = soon
		}
		t.changed()
	}
	return before, nil
}

// document is the run in Argo's notation, as it stands at a time.
func (r *Run) document(at time.Time) map[string]any {
	phase := r.phaseAt(at)
	status := map[string]any{
		"phase": phase, "startedAt": r.StartedAt.Format(time.RFC3339), "finishedAt": nil, "progress": "0/1", "message": "",
		// pyatlan tests/integration/test_workflow_client.py
		"storedWorkflowTemplateSpec": map[string]any{"workflowTemplateRef": map[string]any{"name": r.Workflow}},
	}
	if !at.Before(r.EndsAt) {
		status["finishedAt"], status["progress"], status["message"] = r.EndsAt.Format(time.RFC3339), "1/1", r.Message
	}
	return map[string]any{
		"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
		"metadata": map[string]any{
			"name": r.Name, "generateName": r.Workflow + "-", "namespace": "default", "uid": r.UID,
			"creationTimestamp": r.StartedAt.Format(time.RFC3339),
			"labels": map[string]any{
				"workflows.argoproj.io/phase": phase, "workflows.argoproj.io/creator": r.Creator,
				"workflows.argoproj.io/workflow-template": r.Workflow,
			},
		},
		"spec":    map[string]any{"workflowTemplateRef": map[string]any{"name": r.Workflow}},
		"status":  status,
		"payload": []any{},
	}
}
