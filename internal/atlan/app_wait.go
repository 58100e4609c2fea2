// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"errors"
)

// Await waits for a run to end, and returns it. Nobody but ctx says when to give up. progress, unless nil, is told of the
// run after each look at it.
//
// The error is a *[RunFailedError] when the run did not succeed, and a *[RunUnfinishedError] when waiting ended before it.
func (w *AppWorkflows) Await(ctx context.Context, run AppRun, progress func(AppRun)) (AppRun, error) {
	for {
		seen, err := w.Run(ctx, run.ID)
		if err != nil {
			return run, &RunUnfinishedError{Run: run.asWorkflowRun(), Err: endOf(ctx, err)}
		}
		seen.Slug = cmp.Or(seen.Slug, run.Slug)
		run = seen
		if progress != nil {
			progress(run)
		}
		switch {
		case run.Succeeded():
			return run, nil
		case run.Ended():
			return run, &RunFailedError{Run: run.asWorkflowRun()}
		}
		if err := w.client.pause(ctx, w.client.runPoll); err != nil {
			return run, &RunUnfinishedError{Run: run.asWorkflowRun(), Err: err}
		}
	}
}

// asWorkflowRun is the run as errors about runs of every kind show it.
func (r AppRun) asWorkflowRun() WorkflowRun {
	return WorkflowRun{Name: r.ID, Workflow: r.Slug, Phase: RunPhase(r.Status), Message: shorten(r.Message), StartedAt: r.StartedAt}
}

// SubmitUnlessActive is [AppWorkflows.Submit], except that a run that is under way already is no error: it is returned, and
// started is false. The tenant itself refuses a second run, so that none is missed.
func (w *AppWorkflows) SubmitUnlessActive(ctx context.Context, slug string) (run AppRun, started bool, err error) {
	run, err = w.Submit(ctx, slug)
	active, ok := errors.AsType[*RunActiveError](err)
	if !ok {
		return run, err == nil, err
	}
	if active.RunID != "" {
		return AppRun{ID: active.RunID, Slug: slug}, false, nil
	}
	// That the refusal names the run is inferred.
	runs, searchErr := w.Runs(ctx, slug)
	if searchErr != nil {
		return AppRun{}, false, errors.Join(err, searchErr)
	}
	for _, known := range runs {
		if !known.Ended() {
			return known, false, nil
		}
	}
	return AppRun{}, false, err
}
