// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"time"
)

// RunPhase is where a run stands (pyatlan model/enums.py, AtlanWorkflowPhase).
type RunPhase string

// The phases of a run.
const (
	RunPending   RunPhase = "Pending"
	RunRunning   RunPhase = "Running"
	RunSucceeded RunPhase = "Succeeded"
	RunFailed    RunPhase = "Failed"
	RunError     RunPhase = "Error"
)

// Ended tells whether the run goes on no more.
func (p RunPhase) Ended() bool { return p == RunSucceeded || p == RunFailed || p == RunError }

// WorkflowRun is one run of a workflow.
type WorkflowRun struct {
	// Name of the run: that of its workflow and five characters.
	Name     string
	Workflow string
	Phase    RunPhase
	// Message says why a run failed, if it says anything.
	Message string
	// Progress is how many steps are done, such as "0/1".
	Progress string
	// Creator is a user name.
	Creator string
	// StartedAt and FinishedAt are zero times while the run has not started or ended.
	StartedAt, FinishedAt time.Time
}

type runStatus struct {
	Phase      RunPhase  `json:"phase"`
	Message    string    `json:"message"`
	Progress   string    `json:"progress"`
	StartedAt  time.Time `json:"startedAt"`
	FinishedAt time.Time `json:"finishedAt"`
}

const phaseLabel = "workflows.argoproj.io/phase"

func runOf(hit workflowHit) WorkflowRun {
	source := hit.Source
	return WorkflowRun{
		Name: cmp.Or(source.Metadata.Name, hit.ID), Workflow: source.Spec.WorkflowTemplateRef.Name,
		Phase: RunPhase(cmp.Or(string(source.Status.Phase), source.Metadata.Labels[phaseLabel])), Message: shorten(source.Status.Message),
		Progress: source.Status.Progress, Creator: source.Metadata.Labels[creatorLabel],
		StartedAt: source.Status.StartedAt, FinishedAt: source.Status.FinishedAt,
	}
}

// Runs lists the runs of a workflow, newest first; of one phase, unless phase is empty. The index shows a run up to half a
// minute after it began. It ends with the first error.
func (s *Workflows) Runs(ctx context.Context, workflow string, phase RunPhase) iter.Seq2[WorkflowRun, error] {
	return func(yield func(WorkflowRun, error) bool) {
		for hit, err := range s.pages(ctx, runsPath, ofWorkflow(workflow, phase), newest("status.startedAt", "")) {
			if !yield(runOf(hit), err) || err != nil {
				return
			}
		}
	}
}

func ofWorkflow(workflow string, phase RunPhase) map[string]any {
	clauses := []map[string]any{nested("spec", term("spec.workflowTemplateRef.name.keyword", workflow))}
	if phase != "" {
		clauses = append(clauses, term("status.phase.keyword", string(phase)))
	}
	return filtered(clauses...)
}

// Run reads a run by its name; the error matches [ErrNotFound] when the index does not show it, or not yet.
func (s *Workflows) Run(ctx context.Context, name string) (WorkflowRun, error) {
	return s.oneRun(ctx, filtered(term("_id", name)), fmt.Sprintf("no run is named %q", name))
}

// Latest reads the newest run of a workflow; the error matches [ErrNotFound] when the index shows none, or none yet.
func (s *Workflows) Latest(ctx context.Context, workflow string) (WorkflowRun, error) {
	return s.oneRun(ctx, ofWorkflow(workflow, ""), fmt.Sprintf("no run of workflow %q is known", workflow))
}

func (s *Workflows) oneRun(ctx context.Context, query any, missing string) (WorkflowRun, error) {
	hits, err := s.search(ctx, runsPath, workflowSearch{Size: 1, Query: query, Sort: newest("status.startedAt", "")})
	if err != nil {
		return WorkflowRun{}, err
	}
	if len(hits) == 0 {
		return WorkflowRun{}, fmt.Errorf("%s: %w", missing, ErrNotFound)
	}
	return runOf(hits[0]), nil
}

// newestRuns reads the newest runs of a workflow.
func (s *Workflows) newestRuns(ctx context.Context, workflow string) ([]WorkflowRun, error) {
	hits, err := s.search(ctx, runsPath, workflowSearch{
		Size: runsLookedThrough, Query: ofWorkflow(workflow, ""), Sort: newest("status.startedAt", ""),
	})
	var runs []WorkflowRun
	for _, hit := range hits {
		runs = append(runs, runOf(hit))
	}
	return runs, err
}

// Stop ends a run, which fails some time later. One that has ended is left alone.
func (s *Workflows) Stop(ctx context.Context, run string) error {
	err := s.do(ctx, call{method: http.MethodPost, path: runsPath + "/" + url.PathEscape(run) + "/stop", class: replayable}, nil)
	return s.named(ctx, run, err)
}

// ScheduleOf reads the schedule that the tenant keeps for a workflow; nil when it has none.
func (s *Workflows) ScheduleOf(ctx context.Context, workflow string) (*WorkflowSchedule, error) {
	var answer struct {
		Spec struct {
			Schedule string `json:"schedule"`
			Timezone string `json:"timezone"`
		} `json:"spec"`
	}
	err := s.do(ctx, call{method: http.MethodGet, path: runsPath + "/cron/" + url.PathEscape(workflow) + "-cron", class: replayable}, &answer)
	if err = s.named(ctx, workflow, err); err != nil {
		if errors.Is(err, ErrNotFound) {
			return nil, nil
		}
		return nil, err
	}
	return &WorkflowSchedule{Cron: answer.Spec.Schedule, Timezone: answer.Spec.Timezone}, nil
}
