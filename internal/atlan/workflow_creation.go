// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const kindWorkflow = "workflow"

// workflowCreation stores one workflow. An attempt whose outcome is unknown is looked for by its name. The search index
// lags, and does not show what has never run; what it does not show is sent again under the same name, which the tenant
// takes once (pyatlan, tests of workflows): a refusal of the name then says that the earlier attempt made the workflow.
type workflowCreation struct {
	workflows *Workflows
	workflow  PackageWorkflow
	submit    bool
}

// run, like the creation of tokens, outlives the cancellation of its caller, so that what was made is known.
func (c *workflowCreation) run(caller context.Context) error {
	ctx, cancel := detach(caller)
	defer cancel()
	client := c.workflows.client
	var lost error
	for attempt := range createAttempts {
		if attempt > 0 && sleep(caller, pauseAfter(lost, client.wait<<attempt)) != nil {
			break
		}
		err := c.post(ctx)
		switch {
		case err == nil:
			return nil
		case isNameTaken(err) && attempt > 0:
			return nil
		case isNameTaken(err):
			return &WorkflowExistsError{Name: c.workflow.Name}
		case !wasSent(err):
			return err
		}
		if c.made(ctx, err) {
			return nil
		}
		if !mayTryAgain(err) {
			return c.workflows.refused(c.workflow, noSurface(err))
		}
		lost = err
	}
	if isRefusal(lost) {
		return fmt.Errorf("gave up, and no attempt made anything: %w", lost)
	}
	until := LostCreation{Name: c.workflow.Name, Until: client.Now().Add(createWindow)}
	return &AmbiguousError{Kind: kindWorkflow, Lost: until, Err: lost, Recovery: errMayFollow}
}

func (c *workflowCreation) post(ctx context.Context) error {
	query := url.Values{}
	if c.submit {
		query.Set("submit", "true")
	}
	return c.workflows.post(ctx, createOnce, "", query, c.workflow.document(), nil)
}

// made tells whether the tenant shows what a failed attempt was to make. After an outright refusal nothing is expected, so
// it is looked for once.
func (c *workflowCreation) made(ctx context.Context, cause error) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recoveryWindow)
	defer cancel()
	tries := recoveryAttempts
	if !mayTryAgain(cause) {
		tries = 1
	}
	for try := range tries {
		if sleep(ctx, c.workflows.client.wait<<try) != nil {
			return false
		}
		if _, err := c.workflows.Template(ctx, c.workflow.Name); err == nil {
			return true
		}
	}
	return false
}

// isNameTaken recognises the refusal of a name that a workflow has: 400 with nothing but a message (pyatlan, tests of
// workflows); the words are those of Kubernetes, in which Argo keeps its templates.
func isNameTaken(err error) bool {
	answer, ok := errors.AsType[*Error](err)
	return ok && (answer.StatusCode == http.StatusBadRequest || answer.StatusCode == http.StatusConflict) && strings.Contains(answer.Message, "already exists")
}

// isRefusal tells whether the tenant certainly did not act.
func isRefusal(err error) bool { return errors.Is(err, ErrRateLimited) }
