// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"iter"
	"time"
)

// AppWorkflows manages workflows of apps (/api/service/v1/app), the successor of package workflows. Facts: pyatlan
// client/app.py, client/common/app.py and model/app.py.
type AppWorkflows struct {
	client *Client
	names  keyedLock // one creation at a time per name
}

// AppWorkflow is a workflow of an app. Its slug is its identity. Schedules are never shown.
type AppWorkflow struct {
	Slug, Name, AppID, Owner string
	// Version grows with every update.
	Version int64
	// Inputs are as the tenant shows them: texts that hold JSON may be the objects they hold, and the other way round; see
	// [SameInput]. nil where it does not show any.
	Inputs map[string]any
}

// AppWorkflowInput is what a workflow is made of.
type AppWorkflowInput struct {
	AppID, Name string
	// Entrypoint may be empty.
	Entrypoint string
	// Inputs as the app wants them; see [ResolvedApp.Document].
	Inputs map[string]any
	// Credential goes into the vault; nil for none.
	Credential *RawCredential
	// Schedule and Run as part of the creation. Where its answer is lost, so is the trigger of the schedule: rather add the
	// schedule afterwards.
	Schedule *AppSchedule
	Run      bool
}

// AppWorkflowCreation is the outcome of a creation.
type AppWorkflowCreation struct {
	Slug    string
	Version int64
	// RunID and TriggerID are empty where nothing was run or scheduled, or the answer that had them was lost.
	RunID, TriggerID string
}

// AppSchedule runs a workflow regularly.
type AppSchedule struct {
	// TriggerID is its identity, given by the tenant.
	TriggerID string
	// Cron has five fields. TimeZone is an IANA name.
	Cron, TimeZone string
}

// AppRun is one run of a workflow.
type AppRun struct {
	ID, Slug string
	// Status is Pending, Running or Paused, or one of those that are final.
	Status string
	// Message says why a run has failed, where the tenant tells.
	Message   string
	StartedAt time.Time
}

// Ended tells whether the run is over.
func (r AppRun) Ended() bool { return false }

// Succeeded tells whether the run is over and has done its work.
func (r AppRun) Succeeded() bool { return false }

// DuplicateNameError says that a workflow cannot be made because its name is taken.
type DuplicateNameError struct {
	Name string
	// Slugs of the workflows that have the name; empty where the tenant does not tell.
	Slugs []string
	// Err is the tenant's answer; nil where the name was found to be taken before.
	Err error
}

// Create makes a workflow. A creation is never sent twice blindly: where its answer is lost, the workflow is looked for by
// its name. If that does not tell, the error is an *[AmbiguousError]; if the name is taken, a *[DuplicateNameError].
func (w *AppWorkflows) Create(ctx context.Context, input AppWorkflowInput) (AppWorkflowCreation, error) {
	return AppWorkflowCreation{}, nil
}

// FindLost returns the slugs of workflows that a creation of unknown outcome made.
func (w *AppWorkflows) FindLost(ctx context.Context, lost LostCreation) ([]string, error) {
	return nil, nil
}

// Get reads a workflow. The error matches [ErrNotFound] when there is none, archived ones included.
func (w *AppWorkflows) Get(ctx context.Context, slug string) (AppWorkflow, error) {
	return AppWorkflow{}, nil
}

// All lists every workflow, a page at a time. It ends with the first error.
func (w *AppWorkflows) All(ctx context.Context) iter.Seq2[AppWorkflow, error] { return nil }

// FindByName returns the workflows of that name.
func (w *AppWorkflows) FindByName(ctx context.Context, name string) ([]AppWorkflow, error) {
	return nil, nil
}

// Update replaces all inputs of a workflow and returns its new version. Name, owner and, unless another comes along, the
// credential stay.
func (w *AppWorkflows) Update(ctx context.Context, slug string, input AppWorkflowInput) (int64, error) {
	return 0, nil
}

// Archive removes a workflow. What its runs have published, its connection and its credential stay. One that does not
// exist counts as archived.
func (w *AppWorkflows) Archive(ctx context.Context, slug string) error { return nil }

// AddSchedule adds a schedule to those that the workflow has, and returns it with its trigger. Schedules cannot be read:
// where the answer is lost, the error is an *[AmbiguousError].
func (w *AppWorkflows) AddSchedule(ctx context.Context, slug string, schedule AppSchedule) (AppSchedule, error) {
	return AppSchedule{}, nil
}

// DeleteSchedule removes a schedule. One that does not exist counts as removed.
func (w *AppWorkflows) DeleteSchedule(ctx context.Context, slug, triggerID string) error { return nil }

// Submit starts a run of a workflow. Where one is under way already the error is a *[RunActiveError]. Where the answer is
// lost, the run that it started is looked for; if that does not tell, the error is an *[AmbiguousError].
func (w *AppWorkflows) Submit(ctx context.Context, slug string) (AppRun, error) { return AppRun{}, nil }

// RunActiveError says that a workflow cannot be run because it runs already.
type RunActiveError struct {
	Slug string
	// RunID is the run that is under way; empty where the tenant does not tell.
	RunID string
	Err   error
}

// Run reads a run. The error matches [ErrNotFound] when there is none.
func (w *AppWorkflows) Run(ctx context.Context, runID string) (AppRun, error) { return AppRun{}, nil }

// Runs lists the runs of a workflow, latest first, as the search index knows them, which lags behind: it does not show a
// run at once, nor its latest status.
func (w *AppWorkflows) Runs(ctx context.Context, slug string) ([]AppRun, error) { return nil, nil }

// CancelRun stops a run and returns it as it then is. A run that is over stays as it is.
func (w *AppWorkflows) CancelRun(ctx context.Context, runID string) (AppRun, error) {
	return AppRun{}, nil
}

// SameInput tells whether two values of an input mean the same: tenants show a text that holds JSON as what it holds, and
// the other way round.
func SameInput(one, other any) bool { return false }

// Error implements error.
func (e *DuplicateNameError) Error() string { return "" }

// Error implements error.
func (e *RunActiveError) Error() string { return "" }
