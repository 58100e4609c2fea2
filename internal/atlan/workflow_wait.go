// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
)

// RunFailedError says that a run ended without success.
type RunFailedError struct{ Run WorkflowRun }

// Error implements error.
func (e *RunFailedError) Error() string {
	text := fmt.Sprintf("run %s of workflow %s ended as %s", e.Run.Name, e.Run.Workflow, e.Run.Phase)
	if e.Run.Message != "" {
		text += ": " + e.Run.Message
	}
	return text
}

// RunUnfinishedError says that waiting for a run came to an end before the run did.
type RunUnfinishedError struct {
	// Run as it was last seen; without a name when no run has been seen.
	Run WorkflowRun
	// Err is why waiting ended: the error of the context, or why the run could not be read.
	Err error
}

// Error implements error.
func (e *RunUnfinishedError) Error() string {
	var text strings.Builder
	if e.Run.Name == "" {
		fmt.Fprintf(&text, "workflow %s was submitted, but no run of it has been seen yet", e.Run.Workflow)
	} else {
		fmt.Fprintf(&text, "run %s of workflow %s is still %s as far as is known", e.Run.Name, e.Run.Workflow,
			cmp.Or(string(e.Run.Phase), "going on"))
	}
	switch {
	case errors.Is(e.Err, context.DeadlineExceeded):
		text.WriteString(", and the time for waiting is over")
	case errors.Is(e.Err, context.Canceled):
		text.WriteString(", and waiting was cancelled")
	default:
		fmt.Fprintf(&text, ", and what becomes of it cannot be read: %v", e.Err)
	}
	return text.String()
}

// Unwrap returns why waiting ended.
func (e *RunUnfinishedError) Unwrap() error { return e.Err }

// GaveUp tells whether the time was over or the caller cancelled, so that nothing else keeps the run from being read.
func (e *RunUnfinishedError) GaveUp() bool {
	_, reading := errors.AsType[*ConnectionError](e.Err)
	return !reading && (errors.Is(e.Err, context.DeadlineExceeded) || errors.Is(e.Err, context.Canceled))
}

// endOf says why a look at a run that failed is the last one: most often because the time is over.
func endOf(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if connection, ok := errors.AsType[*ConnectionError](err); ok && (connection.Reason == ReasonLimit || connection.Reason == ReasonPaused) {
		return context.DeadlineExceeded // before the limit allows another look
	}
	return err
}

// Await waits for a run to end, and returns it. Without a name it waits for the newest run of the workflow, which must be
// one that has just begun. The index may show the run late, and nobody but ctx says when to give up.
//
// progress, unless nil, is told of the run after each look at it; the run has no name before it is first seen.
//
// The error is a *[RunFailedError] when the run did not succeed, and a *[RunUnfinishedError] when waiting ended before it.
func (s *Workflows) Await(ctx context.Context, run WorkflowRun, progress func(WorkflowRun)) (WorkflowRun, error) {
	for {
		seen, err := s.look(ctx, run)
		switch {
		case err == nil:
			run = seen
		case errors.Is(err, ErrNotFound): // not shown yet
		default:
			return run, &RunUnfinishedError{Run: run, Err: endOf(ctx, err)}
		}
		if progress != nil {
			progress(run)
		}
		switch {
		case run.Phase == RunSucceeded:
			return run, nil
		case run.Phase.Ended():
			return run, &RunFailedError{Run: run}
		}
		if err := s.client.pause(ctx, s.client.runPoll); err != nil {
			return run, &RunUnfinishedError{Run: run, Err: err}
		}
	}
}

func (s *Workflows) look(ctx context.Context, run WorkflowRun) (WorkflowRun, error) {
	if run.Name == "" {
		return s.Latest(ctx, run.Workflow)
	}
	seen, err := s.Run(ctx, run.Name)
	seen.Workflow = cmp.Or(seen.Workflow, run.Workflow)
	return seen, err
}
