// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"time"
)

const kindRun = "workflow run"

const (
	// runsLookedThrough is among how many of a workflow's newest runs one that has not ended is looked for (pyatlan
	// client/workflow.py).
	runsLookedThrough = 50
	// runLag is how long Atlan's SDKs let the index catch up before they look for a run that has not ended.
	runLag = 10 * time.Second
	// rerunRecovery is how long the run of a request whose answer was lost is looked for: runs appear in the index up to
	// half a minute late (pyatlan, tests of workflows).
	rerunRecovery = 45 * time.Second
)

// Rerun runs a stored workflow once more, with the caller's rights. The error matches [ErrNotFound] when there is no such
// workflow. Where the answer is lost, the run that it started is looked for; if that does not tell, the error is an
// *[AmbiguousError].
func (s *Workflows) Rerun(ctx context.Context, workflow string) (WorkflowRun, error) {
	known, err := s.newestRuns(ctx, workflow)
	if err != nil {
		return WorkflowRun{}, err
	}
	r := &rerun{workflows: s, workflow: workflow, known: known}
	return r.run(ctx)
}

// RerunUnlessUnfinished is [Workflows.Rerun], except that it starts nothing while a run of the workflow is pending or
// running: it then returns that run, and started is false.
func (s *Workflows) RerunUnlessUnfinished(ctx context.Context, workflow string) (run WorkflowRun, started bool, err error) {
	if err := s.client.pause(ctx, runLag); err != nil {
		return WorkflowRun{}, false, err
	}
	known, err := s.newestRuns(ctx, workflow)
	if err != nil {
		return WorkflowRun{}, false, err
	}
	for _, run := range known {
		if run.Phase == RunPending || run.Phase == RunRunning {
			return run, false, nil
		}
	}
	r := &rerun{workflows: s, workflow: workflow, known: known}
	run, err = r.run(ctx)
	return run, err == nil, err
}

// rerun starts one more run of a workflow. A request that may have started one is not sent again.
type rerun struct {
	workflows *Workflows
	workflow  string
	known     []WorkflowRun // that no attempt of this rerun has started
}

func (r *rerun) run(caller context.Context) (WorkflowRun, error) {
	ctx, cancel := detach(caller)
	defer cancel()
	client := r.workflows.client
	for attempt := 0; ; attempt++ {
		run, err := r.post(ctx)
		limited := errors.Is(err, ErrRateLimited)
		switch {
		case err == nil, !wasSent(err):
			return run, err
		case limited && attempt < createAttempts && sleep(caller, pauseAfter(err, client.wait<<attempt)) == nil:
			continue // a request over the limit is not acted upon
		case limited, !mayTryAgain(err):
			return WorkflowRun{}, r.workflows.named(ctx, r.workflow, err)
		}
		return r.recover(ctx, err)
	}
}

func (r *rerun) post(ctx context.Context) (WorkflowRun, error) {
	var answer struct {
		Metadata struct {
			Name   string            `json:"name"`
			Labels map[string]string `json:"labels"`
		} `json:"metadata"`
		Status runStatus `json:"status"`
	}
	err := r.workflows.post(ctx, createOnce, "/submit", nil, map[string]string{
		"namespace": workflowsNamespace, "resourceKind": "WorkflowTemplate", "resourceName": r.workflow,
	}, &answer)
	if err == nil && answer.Metadata.Name == "" { // looked for, as after a lost answer
		err = &Error{
			Method: http.MethodPost, Path: workflowsPath + "/submit", StatusCode: http.StatusOK, Message: "the answer lacks the name of the run",
			sentinel: ErrInvalidAnswer,
		}
	}
	return WorkflowRun{
		Name: answer.Metadata.Name, Workflow: r.workflow, Phase: RunPhase(cmp.Or(string(answer.Status.Phase), answer.Metadata.Labels[phaseLabel])),
		Creator: answer.Metadata.Labels[creatorLabel], StartedAt: answer.Status.StartedAt,
	}, err
}

// recover looks for the run that a lost answer was about: one of this caller that was not there before.
func (r *rerun) recover(ctx context.Context, cause error) (WorkflowRun, error) {
	client := r.workflows.client
	me, err := client.Principals.CurrentUser(ctx)
	for waited := time.Duration(0); err == nil && waited <= rerunRecovery; waited += client.runPoll {
		var runs []WorkflowRun
		runs, err = r.workflows.newestRuns(ctx, r.workflow)
		for _, run := range runs {
			if run.Creator == me.Username && !r.knows(run) {
				return run, nil
			}
		}
		if err == nil {
			err = client.pause(ctx, client.runPoll)
		}
	}
	if err == nil {
		err = errMayFollow
	}
	return WorkflowRun{}, &AmbiguousError{Kind: kindRun, Lost: LostCreation{Name: r.workflow}, Err: cause, Recovery: err}
}

func (r *rerun) knows(run WorkflowRun) bool {
	return slices.ContainsFunc(r.known, func(known WorkflowRun) bool { return known.Name == run.Name })
}
