// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"time"
)

// Statuses of an app run beside those of package runs (pyatlan model/app.py TERMINAL_RUN_STATUSES).
const (
	statusStopped    = "Stopped"
	statusTerminated = "Terminated"
	statusSkipped    = "Skipped"
)

// AppRun is one run of an app workflow. It goes from Pending over Running to its outcome by the tenant's clock.
type AppRun struct {
	ID        string         `json:"id"`
	Slug      string         `json:"slug"`
	Version   int64          `json:"version"` // of the workflow
	Inputs    map[string]any `json:"inputs"`  // of that version
	StartedBy string         `json:"startedBy"`
	StartedAt time.Time      `json:"startedAt"`
	EndsAt    time.Time      `json:"endsAt"`
	Outcome   string         `json:"outcome"` // empty until the run has ended
	Message   string         `json:"message"`
	// Asset is the GUID of the entity that shows the run to searches.
	Asset string `json:"asset"`
}

func (t *Tenant) startAppRun(w *AppWorkflow, by string, now time.Time) *AppRun {
	r := &AppRun{
		ID: newGUID(), Slug: w.Slug, Version: w.Version, Inputs: clone(w.Inputs), StartedBy: by,
		StartedAt: now, EndsAt: now.Add(t.opts.RunTime), Asset: newGUID(),
	}
	t.data.AppRuns = append(t.data.AppRuns, r)
	t.showRun(w, r, phasePending)
	t.changed()
	return r
}

// settleAppRuns ends the runs whose time is over, and shows the others where they stand.
func (t *Tenant) settleAppRuns() {
	now := t.now()
	for _, r := range t.data.AppRuns {
		if r.Outcome != "" {
			continue
		}
		w := find(t.data.AppWorkflows, func(w *AppWorkflow) bool { return w.Slug == r.Slug })
		if !r.EndsAt.After(now) {
			failure := "the workflow of this run is gone"
			if w != nil {
				failure = t.runApp(w, r)
			}
			r.end(phaseSucceeded, "")
			if failure != "" {
				r.end(phaseFailed, failure)
			}
			t.changed()
		}
		if w != nil {
			t.showRun(w, r, r.statusAt(now))
		}
	}
}

func (r *AppRun) end(outcome, message string) { r.Outcome, r.Message = outcome, message }

// statusAt is where the run stands: a quarter of its time is spent waiting to be scheduled.
func (r *AppRun) statusAt(at time.Time) string {
	switch {
	case r.Outcome != "":
		return r.Outcome
	case at.Before(r.StartedAt.Add(r.EndsAt.Sub(r.StartedAt)/4)) || at.Equal(r.StartedAt):
		return phasePending
	}
	return phaseRunning
}

// activeAppRun returns the run of a workflow that has not ended, or nil.
func (d *data) activeAppRun(slug string) *AppRun {
	return find(d.AppRuns, func(r *AppRun) bool { return r.Slug == slug && r.Outcome == "" })
}

// submitAppWorkflow runs the current version. A workflow that runs already is refused with a status that looks as if
// trying again could help, which it does not (pyatlan client/app.py on HTTP 500; application-sdk testing/e2e/client.py
// on the code in the text). That both are the same answer is inferred.
func (t *Tenant) submitAppWorkflow(rq *request) (any, error) {
	w, err := t.pathAppWorkflow(rq)
	if err != nil {
		return nil, err
	}
	if r := t.data.activeAppRun(w.Slug); r != nil {
		return nil, statusError(http.StatusInternalServerError, "AE-WF-409-03: workflow %s already has an active run %s", w.Slug, r.ID)
	}
	r := t.startAppRun(w, rq.actor.username, rq.now)
	return map[string]any{"slug": w.Slug, "run_id": r.ID, "status": r.statusAt(rq.now)}, nil
}

// pathAppRun returns the run of the path; the answer for an unknown one is inferred.
func (t *Tenant) pathAppRun(rq *request) (*AppRun, error) {
	id := rq.params["run"]
	if r := find(t.data.AppRuns, func(r *AppRun) bool { return r.ID == id }); r != nil {
		return r, nil
	}
	return nil, statusError(http.StatusNotFound, "run %s not found", id)
}

// getAppRun shows the message of a run that has failed beside what pyatlan reads (model/app.py AppRunResponse); that
// there is one is inferred.
func (t *Tenant) getAppRun(rq *request) (any, error) {
	r, err := t.pathAppRun(rq)
	if err != nil {
		return nil, err
	}
	out := map[string]any{
		"run_id": r.ID, "status": r.statusAt(rq.now), "slug": r.Slug, "started_at": r.StartedAt.Format(time.RFC3339),
	}
	if r.Message != "" {
		out["message"] = r.Message
	}
	return out, nil
}

// cancelAppRun stops a run at once. That one that has ended cannot be cancelled, and is no error, is inferred.
func (t *Tenant) cancelAppRun(rq *request) (any, error) {
	r, err := t.pathAppRun(rq)
	if err != nil {
		return nil, err
	}
	cancelled := r.Outcome == ""
	if cancelled {
		t.endAppRun(r, statusStopped, "")
	}
	return map[string]any{"run_id": r.ID, "cancelled": cancelled, "status": r.Outcome, "slug": r.Slug}, nil
}

// endAppRun ends a run before its time.
func (t *Tenant) endAppRun(r *AppRun, outcome, message string) {
	r.end(outcome, message)
	r.EndsAt = t.now()
	if w := find(t.data.AppWorkflows, func(w *AppWorkflow) bool { return w.Slug == r.Slug }); w != nil {
		t.showRun(w, r, outcome)
	}
	t.changed()
}

// typeAppRun are the entities that show app runs; there is no other list of runs (pyatlan client/app.py
// _find_current_run, model/assets/app_workflow_run.py).
const (
	typeAppRun      = "AppWorkflowRun"
	appRunsOf       = "default/apps/automation_engine/workflows/"
	appRunAttribute = "appWorkflowRunStatus"
)

// showRun keeps the entity of a run up to date; the index follows with its lag.
func (t *Tenant) showRun(w *AppWorkflow, r *AppRun, status string) {
	stored := t.data.Entities[r.Asset]
	if stored != nil && stored.Text(appRunAttribute) == status {
		return
	}
	next := &Entity{
		GUID: r.Asset, TypeName: typeAppRun, Status: statusActive, CreatedBy: r.StartedBy, CreateTime: r.StartedAt.UnixMilli(),
		UpdatedBy: r.StartedBy, UpdateTime: t.now().UnixMilli(), Attributes: map[string]any{
			"name": r.ID, "qualifiedName": appRunsOf + w.Slug + "/" + r.ID, appRunAttribute: status,
			"appWorkflowRunStartedAt": float64(r.StartedAt.UnixMilli()), "appWorkflowRunStartedBy": r.StartedBy,
			"appWorkflowRunAppName": w.AppID, "appWorkflowRunAppWorkflowName": w.Name, "appWorkflowRunAppWorkflowSlug": w.Slug,
			"appWorkflowRunAppWorkflowQualifiedName": appRunsOf + w.Slug,
		},
	}
	if r.Outcome != "" {
		next.Attributes["appWorkflowRunCompletedAt"] = float64(r.EndsAt.UnixMilli())
	}
	t.put(next)
	t.changed()
}
