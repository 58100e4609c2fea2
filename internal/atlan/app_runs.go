// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	typeAppRun = "AppWorkflowRun"
	// appRunsOf before the slug makes the qualified name of a workflow in the index (pyatlan client/app.py).
	appRunsOf = "default/apps/automation_engine/workflows/"
)

// AppRun is one run of a workflow.
type AppRun struct {
	ID, Slug string
	// Status is Pending, Running or Paused, or one of those that are final.
	Status string
	// Message says why a run has failed, where the tenant tells.
	Message   string
	StartedAt time.Time
}

// finalStatuses are those of runs that are over (pyatlan model/app.py TERMINAL_RUN_STATUSES), that of packages included.
var finalStatuses = []string{statusSucceeded, "Failed", "Stopped", "Terminated", "Skipped", string(RunError)}

const statusSucceeded = "Succeeded"

// Ended tells whether the run is over.
func (r AppRun) Ended() bool { return slices.Contains(finalStatuses, r.Status) }

// Succeeded tells whether the run is over and has done its work.
func (r AppRun) Succeeded() bool { return r.Status == statusSucceeded }

// UnmarshalJSON reads a run; that the tenant says why one has failed is inferred.
func (r *AppRun) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID        string          `json:"run_id"`
		Slug      string          `json:"slug"`
		Status    string          `json:"status"`
		Message   json.RawMessage `json:"message"`
		StartedAt json.RawMessage `json:"started_at"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*r = AppRun{ID: wire.ID, Slug: wire.Slug, Status: wire.Status, Message: text(wire.Message)}
	if at, err := time.Parse(time.RFC3339, text(wire.StartedAt)); err == nil {
		r.StartedAt = at.UTC()
	}
	return nil
}

// RunActiveError says that a workflow cannot be run because it runs already.
type RunActiveError struct {
	Slug string
	// RunID is the run that is under way; empty where the tenant does not tell.
	RunID string
	Err   error
}

// Error implements error.
func (e *RunActiveError) Error() string {
	if e.RunID == "" {
		return fmt.Sprintf("the workflow %s runs already", e.Slug)
	}
	return fmt.Sprintf("the workflow %s runs already, as %s", e.Slug, e.RunID)
}

// Unwrap returns the tenant's answer.
func (e *RunActiveError) Unwrap() error { return e.Err }

// codeRunActive is in the refusal of a run while another is under way. Its status looks as if trying again could help
// (application-sdk testing/e2e/client.py).
const codeRunActive = "AE-WF-409-03"

var runID = regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// Submit starts a run of a workflow. Where one is under way already the error is a *[RunActiveError]. Where the answer is
// lost, the run that it started is looked for; if that does not tell, the error is an *[AmbiguousError].
func (w *AppWorkflows) Submit(ctx context.Context, slug string) (AppRun, error) {
	known, err := w.indexed(ctx, slug)
	if err != nil {
		return AppRun{}, err
	}
	s := &submission{workflows: w, slug: slug, known: known, started: w.client.Now().Add(-startTolerance)}
	return s.run(ctx)
}

// submission starts one run of a workflow. A request that may have started one is not sent again.
type submission struct {
	workflows *AppWorkflows
	slug      string
	known     []indexedRun // that no attempt of this submission has started
	started   time.Time
}

// startTolerance is how well the tenant's clock is known.
const startTolerance = 5 * time.Second

// run, like the creation of tokens, outlives the cancellation of its caller, so that what was started is known.
func (s *submission) run(caller context.Context) (AppRun, error) {
	if err := caller.Err(); err != nil {
		return AppRun{}, err
	}
	ctx, cancel := detach(caller)
	defer cancel()
	for attempt := 0; ; attempt++ {
		run, err := s.workflows.submit(ctx, s.slug)
		_, active := errors.AsType[*RunActiveError](err)
		limited := errors.Is(err, ErrRateLimited)
		switch {
		case err == nil, active, !wasSent(err):
			return run, err
		case limited && attempt < createAttempts && sleep(caller, pauseAfter(err, s.workflows.client.wait<<attempt)) == nil:
			continue // a request over the limit is not acted upon
		case limited, !mayTryAgain(err):
			return AppRun{}, err
		}
		return s.recover(ctx, err)
	}
}

// recover looks for the run that a lost answer was about: one of this caller that has begun since.
func (s *submission) recover(ctx context.Context, cause error) (AppRun, error) {
	client := s.workflows.client
	me, err := client.Principals.CurrentUser(ctx)
	for waited := time.Duration(0); err == nil && waited <= rerunRecovery; waited += client.runPoll {
		var runs []indexedRun
		runs, err = s.workflows.indexed(ctx, s.slug)
		for _, run := range runs {
			if run.by == me.Username && !run.StartedAt.Before(s.started) && !s.knows(run) {
				return s.workflows.Run(ctx, run.ID)
			}
		}
		if err == nil {
			err = client.pause(ctx, client.runPoll)
		}
	}
	if err == nil {
		err = errMayFollow
	}
	lost := LostCreation{Name: s.slug, From: s.started, Until: client.Now().Add(createWindow)}
	return AppRun{}, &AmbiguousError{Kind: kindRun, Lost: lost, Err: cause, Recovery: err}
}

func (s *submission) knows(run indexedRun) bool {
	return slices.ContainsFunc(s.known, func(known indexedRun) bool { return known.ID == run.ID })
}

func (w *AppWorkflows) submit(ctx context.Context, slug string) (AppRun, error) {
	var run AppRun
	path := appWorkflowPath(slug) + "/submit"
	err := w.do(ctx, call{method: http.MethodPost, path: path, class: createOnce}, &run)
	if answer, ok := errors.AsType[*Error](err); ok && (answer.Code == codeRunActive || strings.Contains(answer.Message, codeRunActive)) {
		return AppRun{}, &RunActiveError{Slug: slug, RunID: runID.FindString(answer.Message), Err: err}
	}
	if err == nil && run.ID == "" {
		err = &Error{
			Method: http.MethodPost, Path: path, StatusCode: http.StatusOK, Message: "the answer lacks the run's id", sentinel: ErrInvalidAnswer,
		}
	}
	run.Slug = cmp.Or(run.Slug, slug)
	return run, err
}

// Run reads a run. The error matches [ErrNotFound] when there is none.
func (w *AppWorkflows) Run(ctx context.Context, runID string) (AppRun, error) {
	var run AppRun
	err := w.do(ctx, call{method: http.MethodGet, path: appRunPath(runID), class: replayable}, &run)
	run.ID = cmp.Or(run.ID, runID)
	return run, err
}

// CancelRun stops a run and returns it as it then is. A run that is over stays as it is.
func (w *AppWorkflows) CancelRun(ctx context.Context, runID string) (AppRun, error) {
	var run AppRun
	err := w.do(ctx, call{method: http.MethodPost, path: appRunPath(runID) + "/cancel", class: replayable}, &run)
	run.ID = cmp.Or(run.ID, runID)
	return run, err
}

// Runs lists the newest runs of a workflow, latest first, as the search index knows them, which lags behind: it does not
// show a run at once, nor its latest status.
func (w *AppWorkflows) Runs(ctx context.Context, slug string) ([]AppRun, error) {
	indexed, err := w.indexed(ctx, slug)
	if err != nil {
		return nil, err
	}
	runs := make([]AppRun, len(indexed))
	for i, run := range indexed {
		runs[i] = run.AppRun
	}
	return runs, nil
}

// indexedRun is a run as the index shows it.
type indexedRun struct {
	AppRun

	by string
}

// indexed searches for the runs of a workflow: the API has no list of them (pyatlan client/app.py _find_current_run).
func (w *AppWorkflows) indexed(ctx context.Context, slug string) ([]indexedRun, error) {
	var answer struct {
		Entities []entity `json:"entities"`
	}
	err := w.client.do(ctx, call{method: http.MethodPost, path: searchPath, class: replayable, body: map[string]any{
		"dsl": map[string]any{
			"from": 0, "size": runsLookedThrough,
			"query": map[string]any{"bool": map[string]any{"filter": []any{
				term("__state", "ACTIVE"), term("__typeName.keyword", typeAppRun),
				map[string]any{"prefix": map[string]any{"qualifiedName": appRunsOf + slug + "/"}},
			}}},
			"sort": []any{map[string]any{"appWorkflowRunStartedAt": map[string]any{"order": "desc"}}},
		},
		"attributes":         []string{"name", "appWorkflowRunStatus", "appWorkflowRunStartedAt", "appWorkflowRunStartedBy"},
		"relationAttributes": []string{},
	}}, &answer)
	if err != nil {
		return nil, err
	}
	runs := make([]indexedRun, len(answer.Entities))
	for i, found := range answer.Entities {
		runs[i] = indexedRun{
			AppRun: AppRun{ID: found.text("name"), Slug: slug, Status: found.text("appWorkflowRunStatus")}, by: found.text("appWorkflowRunStartedBy"),
		}
		var millis float64
		if json.Unmarshal(found.Attributes["appWorkflowRunStartedAt"], &millis) == nil {
			runs[i].StartedAt = time.UnixMilli(int64(millis)).UTC()
		}
	}
	return runs, nil
}

func appRunPath(runID string) string { return appWorkflowsPath + "/runs/" + url.PathEscape(runID) }
