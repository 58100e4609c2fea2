// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// packageRunner runs a workflow of a package.
type packageRunner struct {
	workflows *atlan.Workflows
	name      string
}

func (r *packageRunner) describe() string { return fmt.Sprintf("workflow %q", r.name) }

func (r *packageRunner) argument() (name path.Path, missing string) {
	return path.Root("workflow_name"), "The workflow must exist and must not be archived."
}

func (r *packageRunner) start(ctx context.Context, idempotent bool) (run string, started bool, err error) {
	if idempotent {
		found, started, err := r.workflows.RerunUnlessUnfinished(ctx, r.name)
		return found.Name, started, err
	}
	begun, err := r.workflows.Rerun(ctx, r.name)
	return begun.Name, err == nil, err
}

func (r *packageRunner) wait(ctx context.Context, run string, report func(standing string)) error {
	_, err := r.workflows.Await(ctx, atlan.WorkflowRun{Name: run, Workflow: r.name}, func(seen atlan.WorkflowRun) {
		switch {
		case seen.Phase == "":
			report("not shown by Atlan yet")
		case seen.Progress != "":
			report(fmt.Sprintf("%s, %s steps done", seen.Phase, seen.Progress))
		default:
			report(string(seen.Phase))
		}
	})
	return err
}

func (r *packageRunner) stop(ctx context.Context, run string) error {
	return r.workflows.Stop(ctx, run)
}
