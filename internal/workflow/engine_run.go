// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// The pauses between two looks at a run.
const (
	firstPause   = 500 * time.Millisecond
	longestPause = 15 * time.Second
)

// runError says that a run has not succeeded, or not yet.
type runError struct{ run atlan.AppRun }

func (e *runError) Error() string {
	text := fmt.Sprintf("run %s ended as %s", e.run.ID, e.run.Status)
	if !e.run.Ended() {
		text = fmt.Sprintf("run %s has not ended: it is %s", e.run.ID, e.run.Status)
	}
	if e.run.Message != "" {
		text += ": " + e.run.Message
	}
	return text
}

// start runs the workflow and, if asked to, waits for the end. A run that is under way works on the inputs that the
// workflow had: who waits, waits for it as well, and runs the workflow then.
func (r *Resource) start(ctx context.Context, m *Common, mem *memory) error {
	mem.RunDue = true
	run, err := r.of(m).Submit(ctx, m.ID.ValueString())
	if active, ok := errors.AsType[*atlan.RunActiveError](err); ok && m.Wait.ValueBool() && active.RunID != "" {
		if _, err = r.awaitRun(ctx, m, active.RunID); err == nil {
			run, err = r.of(m).Submit(ctx, m.ID.ValueString())
		}
	}
	if err != nil {
		return err
	}
	return r.started(ctx, m, mem, run)
}

// begun finds the run that came with the creation of a workflow of a package. That it cannot be seen is no matter, unless
// it is to be waited for.
func (r *Resource) begun(ctx context.Context, m *Common, mem *memory) error {
	run, err := r.Client.Packaged(r.Kind.Package).FirstRun(ctx, m.ID.ValueString())
	if err != nil {
		mem.RunDue = m.Wait.ValueBool()
		if errors.Is(err, atlan.ErrNotFound) && !mem.RunDue {
			return nil
		}
		return err
	}
	return r.started(ctx, m, mem, run)
}

// started takes over a run and, if asked to, waits for its end.
func (r *Resource) started(ctx context.Context, m *Common, mem *memory, run atlan.AppRun) error {
	mem.RunDue = false
	m.RunID, m.RunStatus = types.StringValue(run.ID), types.StringNull()
	if !m.Wait.ValueBool() {
		return nil
	}
	m.RunStatus = types.StringValue(run.Status)
	return r.await(ctx, m)
}

// await waits for the end of the workflow's run.
func (r *Resource) await(ctx context.Context, m *Common) error {
	run, err := r.awaitRun(ctx, m, m.RunID.ValueString())
	if run.Status != "" {
		m.RunStatus = types.StringValue(run.Status)
	}
	if err == nil && !run.Succeeded() {
		return &runError{run}
	}
	return err
}

// awaitRun waits for the end of a run. When the time is over, it returns the run as it was last seen.
func (r *Resource) awaitRun(ctx context.Context, m *Common, id string) (atlan.AppRun, error) {
	var last atlan.AppRun
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		run, err := r.of(m).Run(ctx, id)
		if errors.Is(err, atlan.ErrNotFound) && r.packaged(m) { // the index does not show it yet
			run, err = atlan.AppRun{ID: id, Status: string(atlan.RunPending)}, nil
		}
		if err != nil && last.ID != "" && ctx.Err() != nil {
			return last, &runError{last}
		}
		if err != nil {
			return last, err
		}
		if run.Ended() {
			return run, nil
		}
		last = run
		if r.Client.Pause(ctx, pause) != nil {
			return last, &runError{last}
		}
	}
}

// addRunTrouble tells of a run that has not succeeded. Right after the creation it is a warning: Terraform replaces what
// an object whose creation failed, and the workflow is as it should be.
func (r *Resource) addRunTrouble(diags *diag.Diagnostics, m *Common, created bool, err error) {
	doing := "Running " + r.describe(m)
	then := "The workflow is as configured and stays."
	if m.Wait.ValueBool() || m.RunID.IsNull() {
		then += " The next apply " + nextStep(err) + "; to leave it at that, set run to \"never\"."
	}
	failed, isRun := errors.AsType[*runError](err)
	active, isActive := errors.AsType[*atlan.RunActiveError](err)
	switch {
	case isActive:
		diags.AddAttributeWarning(path.Root("run"), doing+" was not possible yet", fmt.Sprintf("It runs already (%s), on the inputs that it had before. "+
			"The next apply runs it again; with wait = true, Terraform waits for that run first.", active.RunID))
	case isRun && created:
		diags.AddAttributeWarning(path.Root("run"), doing+summaryOf(failed.run), failed.detail(then))
	case isRun:
		diags.AddAttributeError(path.Root("run"), doing+summaryOf(failed.run), failed.detail(then))
	case created:
		tfx.AddAPIWarning(diags, doing, err, then)
	default:
		tfx.AddAPIError(diags, doing, err, rightHint)
	}
}

func nextStep(err error) string {
	if failed, ok := errors.AsType[*runError](err); ok && !failed.run.Ended() {
		return "waits for the run again"
	}
	return "runs it again"
}

func summaryOf(run atlan.AppRun) string {
	if run.Ended() {
		return " failed"
	}
	return " takes longer than the timeout"
}

func (e *runError) detail(then string) string {
	text := fmt.Sprintf("Run %s ended as %s.", e.run.ID, e.run.Status)
	if !e.run.Ended() {
		text = fmt.Sprintf("Run %s is %s and goes on; Terraform has stopped waiting. Raise the create or update timeout of the resource to wait longer.",
			e.run.ID, e.run.Status)
	}
	if e.run.Message != "" {
		text += " It says: " + e.run.Message
	}
	return text + "\n\n" + then
}

// refreshRun looks at a run that had not ended when it was last seen. That it cannot be seen is no matter.
func (r *Resource) refreshRun(ctx context.Context, m *Common) {
	status := m.RunStatus.ValueString()
	if status == "" || (atlan.AppRun{Status: status}).Ended() {
		return
	}
	if run, err := r.of(m).Run(ctx, m.RunID.ValueString()); err == nil && run.Status != "" {
		m.RunStatus = types.StringValue(run.Status)
	}
}
