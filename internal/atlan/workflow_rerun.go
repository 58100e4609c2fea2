// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"time"
)

const kindRun = "workflow run"

// rerunRecovery is how long the run of a request whose answer was lost is looked for: runs appear in the index up to half
// a minute late (pyatlan client/workflow.py).
const rerunRecovery = 45 * time.Second

// rerun starts one more run of a workflow. A request that may have started one is not sent again.
type rerun struct {
	workflows *Workflows
	workflow  string
	started   time.Time
}

func (r *rerun) run(caller context.Context) (WorkflowRun, error) {
	ctx, cancel := detach(caller, createWindow)
	defer cancel()
	client := r.workflows.client
	r.started = client.Now()
	for attempt := 0; ; attempt++ {
		run, err := r.post(ctx)
		switch {
		case err == nil, !wasSent(err):
			return run, err
		case errors.Is(err, ErrRateLimited) && attempt < createAttempts && sleep(caller, pauseAfter(err, client.wait<<attempt)) == nil:
			continue // a request over the limit is not acted upon
		case !mayTryAgain(err), errors.Is(err, ErrRateLimited):
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
	return WorkflowRun{
		Name: answer.Metadata.Name, Workflow: r.workflow, Phase: RunPhase(firstOf(string(answer.Status.Phase), answer.Metadata.Labels[phaseLabel])),
		Creator: answer.Metadata.Labels[creatorLabel], StartedAt: answer.Status.StartedAt,
	}, err
}

// recover looks for the run that a lost answer was about: one of this caller, begun since.
func (r *rerun) recover(ctx context.Context, cause error) (WorkflowRun, error) {
	client := r.workflows.client
	me, err := client.Principals.CurrentUser(ctx)
	for waited := time.Duration(0); err == nil && waited <= rerunRecovery; waited += client.runPoll {
		var latest WorkflowRun
		latest, err = r.workflows.Latest(ctx, r.workflow)
		if err == nil && latest.Creator == me.Username && !latest.StartedAt.Before(r.started.Add(-runTolerance)) {
			return latest, nil
		}
		if errors.Is(err, ErrNotFound) {
			err = nil
		}
		if err == nil {
			err = client.pause(ctx, client.runPoll)
		}
	}
	if err == nil {
		err = errMayFollow
	}
	return WorkflowRun{}, &AmbiguousError{Kind: kindRun, Lost: LostCreation{Name: r.workflow, From: r.started}, Err: cause, Recovery: err}
}

// runTolerance is by how much the time of a run, in whole seconds, may lie before the tenant's time as this client knows it.
const runTolerance = 10 * time.Second
