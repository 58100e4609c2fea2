// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// appRunner runs a workflow of an app.
type appRunner struct {
	workflows *atlan.AppWorkflows
	slug      string
}

func (r *appRunner) describe() string { return fmt.Sprintf("app workflow %q", r.slug) }

func (r *appRunner) argument() (name path.Path, missing string) {
	return path.Root("app_workflow_slug"), "The workflow must exist and must not be archived. The slug is not the name that Atlan shows: it ends with eight " +
		"hexadecimal digits, such as mode-prod-3f9ab2c1. A tenant without apps has workflows of packages only: name them with workflow_name."
}

func (r *appRunner) start(ctx context.Context, idempotent bool) (run string, started bool, err error) {
	var begun atlan.AppRun
	if idempotent {
		begun, started, err = r.workflows.SubmitUnlessActive(ctx, r.slug)
	} else {
		begun, err = r.workflows.Submit(ctx, r.slug)
		started = err == nil
	}
	if _, ambiguous := errors.AsType[*atlan.AmbiguousError](err); !ambiguous && errors.Is(err, atlan.ErrNotFound) {
		err = fmt.Errorf("there is no app workflow %q: %w", r.slug, err)
	}
	return begun.ID, started, err
}

func (r *appRunner) wait(ctx context.Context, run string, report func(standing string)) error {
	_, err := r.workflows.Await(ctx, atlan.AppRun{ID: run, Slug: r.slug}, func(seen atlan.AppRun) { report(seen.Status) })
	return err
}

func (r *appRunner) stop(ctx context.Context, run string) error {
	_, err := r.workflows.CancelRun(ctx, run)
	return err
}
