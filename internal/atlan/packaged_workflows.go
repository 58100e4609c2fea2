// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"strings"
	"time"
)

// PackagedWorkflows manages the workflows of one package in the terms of [AppWorkflows].
type PackagedWorkflows struct {
	client *Client
	of     *Package
}

// Packaged manages the workflows of a package.
func (c *Client) Packaged(of *Package) *PackagedWorkflows {
	return &PackagedWorkflows{client: c, of: of}
}

// Served returns nil where the tenant serves package workflows to this caller, and else an error that matches
// [ErrNoPackageWorkflows], or the failure to find out. That it does is found out once.
func (w *PackagedWorkflows) Served(ctx context.Context) error {
	_, err := remembered(ctx, w.client.Apps, "package workflows", func(ctx context.Context) (bool, error) {
		_, err := w.client.Workflows.search(ctx, workflowsPath, workflowSearch{Size: 1})
		return err == nil, err
	})
	return err
}

// Get reads a workflow. The error matches [ErrNotFound] where the tenant does not show one of that name: also for about
// half a minute after its first run has begun, and as long as it has never run.
func (w *PackagedWorkflows) Get(ctx context.Context, name string) (AppWorkflow, error) {
	template, err := w.client.Workflows.Template(ctx, name)
	if err != nil {
		return AppWorkflow{}, err
	}
	return w.of.appWorkflow(template), nil
}

// All lists the workflows that have ever run. It ends with the first error.
func (w *PackagedWorkflows) All(ctx context.Context) iter.Seq2[AppWorkflow, error] {
	return func(yield func(AppWorkflow, error) bool) {
		for template, err := range w.client.Workflows.Templates(ctx, w.of.Prefix) {
			if !yield(w.of.appWorkflow(template), err) || err != nil {
				return
			}
		}
	}
}

// FindByName returns the workflows whose connection has that name.
func (w *PackagedWorkflows) FindByName(ctx context.Context, name string) ([]AppWorkflow, error) {
	return pick(w.All(ctx), func(one AppWorkflow) bool { return one.Name == name })
}

// Create stores a workflow and, if asked to, runs it once. It is named after the time in the qualified name of its
// connection, so that an attempt which is repeated makes nothing twice. The error is an *[AmbiguousError] where the outcome
// is not known, and a *[WorkflowExistsError] where the name is taken.
func (w *PackagedWorkflows) Create(ctx context.Context, input AppWorkflowInput) (AppWorkflowCreation, error) {
	qualifiedName := connectionName(input.Inputs[inputConnection])
	name := w.of.Prefix + "-" + qualifiedName[strings.LastIndex(qualifiedName, "/")+1:]
	if err := w.check(name, input); err != nil {
		return AppWorkflowCreation{}, err
	}
	err := w.client.Workflows.Create(ctx, w.of.workflow(name, input), input.Run)
	if err != nil {
		w.discard(ctx, name, err)
		return AppWorkflowCreation{}, err
	}
	return AppWorkflowCreation{Slug: name}, nil
}

// discard archives what a refused creation may have made all the same, such as behind a gateway that answers for the
// tenant: nobody would ever see a workflow that has never run.
func (w *PackagedWorkflows) discard(ctx context.Context, name string, cause error) {
	_, unknown := errors.AsType[*AmbiguousError](cause) // which the caller is to remember
	if unknown || errors.Is(cause, ErrConflict) || !wasSent(cause) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recoveryWindow)
	defer cancel()
	if err := w.Archive(ctx, name); err != nil {
		w.client.log(ctx, "Could not archive what a refused creation may have made", map[string]any{"workflow": name, "error": err.Error()})
	}
}

// check refuses what must never be sent, and keeps the secrets out of whatever a gateway may echo.
func (w *PackagedWorkflows) check(name string, input AppWorkflowInput) error {
	switch {
	case !w.of.Owns(name):
		return errors.New("the workflow has no connection to be named after")
	case HasUnknown(input.Inputs):
		return errors.New("an input is not known yet")
	case input.Credential != nil:
		input.Credential.hide(w.client.mask)
	}
	return nil
}

// Update replaces the inputs and the schedule of a workflow. Labels and annotations that others have given it stay. The
// version, which packages do not have, is 0.
func (w *PackagedWorkflows) Update(ctx context.Context, name string, input AppWorkflowInput) (int64, error) {
	if err := w.check(name, input); err != nil {
		return 0, err
	}
	workflow := w.of.workflow(name, input)
	present, err := w.client.Workflows.Template(ctx, name)
	switch {
	case err == nil:
		workflow.Labels = merged(present.Labels, workflow.Labels)
		workflow.Annotations = merged(present.Annotations, workflow.Annotations)
		delete(workflow.Annotations, scheduleKey)
	case !errors.Is(err, ErrNotFound):
		return 0, err
	}
	return 0, w.client.Workflows.Update(ctx, workflow)
}

func merged(present, ours map[string]string) map[string]string {
	all := copyOf(present)
	maps.Copy(all, ours)
	return all
}

// Archive removes a workflow. What its runs have published, its connection and its credential stay. One that does not
// exist counts as archived.
func (w *PackagedWorkflows) Archive(ctx context.Context, name string) error {
	return w.client.Workflows.Archive(ctx, name)
}

// FindLost returns the name of the workflow that a creation of unknown outcome may have made: the tenant does not show one
// that has never run, and takes the removal of one that does not exist.
func (w *PackagedWorkflows) FindLost(_ context.Context, lost LostCreation) ([]string, error) {
	return []string{lost.Name}, nil
}

// Shown reads a workflow once the tenant shows it as it was sent, which takes the index some time. It gives up after a
// while: the error then matches [ErrNotFound] where the workflow was not shown at all, and [ErrConflict] where it was
// shown otherwise.
func (w *PackagedWorkflows) Shown(ctx context.Context, name string, sent AppWorkflowInput) (AppWorkflow, error) {
	for waited := time.Duration(0); ; waited += w.client.runPoll {
		template, err := w.client.Workflows.Template(ctx, name)
		if err == nil && !w.of.shows(template, sent) {
			err = fmt.Errorf("the index shows an older version of %s: %w", name, ErrConflict)
		}
		switch {
		case err == nil:
			return w.of.appWorkflow(template), nil
		case !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrConflict), waited >= rerunRecovery:
			return AppWorkflow{}, err
		}
		if pauseErr := w.client.pause(ctx, w.client.runPoll); pauseErr != nil {
			return AppWorkflow{}, err
		}
	}
}

// shows tells whether a workflow is what was sent, but for the credential, whose GUID only the tenant knows.
func (p *Package) shows(template WorkflowTemplate, sent AppWorkflowInput) bool {
	for _, parameter := range p.workflow(template.Name, sent).Parameters {
		wanted, _ := parameter.Value.(string)
		if !strings.Contains(wanted, credentialPlaceholder) && !SameInput(template.Parameters[parameter.Name], wanted) {
			return false
		}
	}
	if template.Schedule == nil || sent.Schedule == nil {
		return template.Schedule == nil && sent.Schedule == nil
	}
	return template.Schedule.Cron == sent.Schedule.Cron && template.Schedule.Timezone == sent.Schedule.TimeZone
}

// Submit starts a run of a workflow; see [Workflows.Rerun].
func (w *PackagedWorkflows) Submit(ctx context.Context, name string) (AppRun, error) {
	run, err := w.client.Workflows.Rerun(ctx, name)
	return appRun(run), err
}

// Run reads a run. The error matches [ErrNotFound] when the index does not show it, or not yet.
func (w *PackagedWorkflows) Run(ctx context.Context, name string) (AppRun, error) {
	run, err := w.client.Workflows.Run(ctx, name)
	return appRun(run), err
}

// FirstRun looks for the run that came with the creation of a workflow, for as long as the index may need to show it. The
// error matches [ErrNotFound] where it does not.
func (w *PackagedWorkflows) FirstRun(ctx context.Context, name string) (AppRun, error) {
	for waited := time.Duration(0); ; waited += w.client.runPoll {
		run, err := w.client.Workflows.Latest(ctx, name)
		if err == nil || !errors.Is(err, ErrNotFound) || waited >= rerunRecovery {
			return appRun(run), err
		}
		if pauseErr := w.client.pause(ctx, w.client.runPoll); pauseErr != nil {
			return AppRun{}, err
		}
	}
}

func appRun(run WorkflowRun) AppRun {
	return AppRun{ID: run.Name, Slug: run.Workflow, Status: string(run.Phase), Message: run.Message, StartedAt: run.StartedAt}
}
