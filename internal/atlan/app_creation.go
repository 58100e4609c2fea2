// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// AppWorkflowCreation is the outcome of a creation.
type AppWorkflowCreation struct {
	Slug    string
	Version int64
	// RunID and TriggerID are empty where nothing was run or scheduled, or the answer that had them was lost.
	RunID, TriggerID string
}

// UnmarshalJSON reads the answer to a creation.
func (c *AppWorkflowCreation) UnmarshalJSON(data []byte) error {
	var wire struct {
		Slug      string          `json:"slug"`
		Version   json.RawMessage `json:"version"`
		RunID     string          `json:"run_id"`
		TriggerID string          `json:"schedule_trigger_id"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*c = AppWorkflowCreation{Slug: wire.Slug, Version: versionIn(wire.Version), RunID: wire.RunID, TriggerID: wire.TriggerID}
	return nil
}

// DuplicateNameError says that a workflow cannot be made because its name is taken.
type DuplicateNameError struct {
	Name string
	// Slugs of the workflows that have the name; empty where the tenant does not tell.
	Slugs []string
	// Err is the tenant's answer; nil where the name was found to be taken before.
	Err error
}

// Error implements error.
func (e *DuplicateNameError) Error() string {
	if len(e.Slugs) == 0 {
		return fmt.Sprintf("the name %q is taken by another workflow", e.Name)
	}
	return fmt.Sprintf("the name %q is taken by the workflow %s", e.Name, quotedAny(e.Slugs))
}

// Unwrap returns the tenant's answer.
func (e *DuplicateNameError) Unwrap() error { return e.Err }

// Is makes it match [ErrConflict].
func (e *DuplicateNameError) Is(target error) bool { return target == ErrConflict }

// Create makes a workflow. A creation is never sent twice blindly: where its answer is lost, the workflow is looked for by
// its name. If that does not tell, the error is an *[AmbiguousError]; if the name is taken, a *[DuplicateNameError], also
// where the tenant would take the existing workflow for the new one.
func (w *AppWorkflows) Create(ctx context.Context, input AppWorkflowInput) (AppWorkflowCreation, error) {
	if input.Credential != nil {
		input.Credential.hide(w.client.mask)
	}
	if _, err := input.body(0); err != nil {
		return AppWorkflowCreation{}, err
	}
	unlock, err := w.names.lock(ctx, input.Name)
	if err != nil {
		return AppWorkflowCreation{}, err
	}
	defer unlock()
	known, err := w.FindByName(ctx, input.Name)
	switch {
	case err != nil:
		return AppWorkflowCreation{}, err
	case len(known) > 0:
		return AppWorkflowCreation{}, &DuplicateNameError{Name: input.Name, Slugs: slugs(known)}
	case ctx.Err() != nil: // the last chance to cancel
		return AppWorkflowCreation{}, ctx.Err()
	}
	c := &appCreation{workflows: w, input: input, started: w.client.Now()}
	return c.run(ctx)
}

// appCreation is one call of Create.
type appCreation struct {
	workflows *AppWorkflows
	input     AppWorkflowInput
	started   time.Time
}

// run, like the creation of tokens, outlives the cancellation of its caller, so that what was made is known.
func (c *appCreation) run(caller context.Context) (AppWorkflowCreation, error) {
	ctx, cancel := detach(caller)
	defer cancel()
	client := c.workflows.client
	var err error
	for attempt := range createAttempts {
		if attempt > 0 && sleep(caller, pauseAfter(err, client.wait<<attempt)) != nil {
			break
		}
		var made AppWorkflowCreation
		made, err = c.post(ctx, attempt)
		if err == nil || !wasSent(err) {
			return made, err
		}
		if isNameInVault(err) {
			continue // nothing was made, and the next attempt has another name for it
		}
		if duplicate := c.duplicate(err); duplicate != nil && attempt == 0 {
			return AppWorkflowCreation{}, duplicate
		}
		if found, settled := c.recover(ctx, err); settled != nil || found.Slug != "" {
			return found, settled
		}
		if !mayTryAgain(err) {
			if duplicate := c.duplicate(err); duplicate != nil {
				return AppWorkflowCreation{}, duplicate
			}
			return AppWorkflowCreation{}, err
		}
	}
	return AppWorkflowCreation{}, fmt.Errorf("gave up, and no attempt made anything: %w", err)
}

func (c *appCreation) post(ctx context.Context, attempt int) (AppWorkflowCreation, error) {
	body, err := c.input.body(attempt)
	if err != nil {
		return AppWorkflowCreation{}, err
	}
	// A request that does not say runs the workflow at once.
	maps.Copy(body, map[string]any{"app_id": c.input.AppID, "name": c.input.Name, "run": c.input.Run})
	if c.input.Schedule != nil {
		body["schedule"] = AppSchedule{Cron: c.input.Schedule.Cron, TimeZone: c.input.Schedule.TimeZone}
	}
	var made AppWorkflowCreation
	err = c.workflows.do(ctx, call{method: http.MethodPost, path: appWorkflowsPath, body: body, class: createOnce}, &made)
	if err == nil && made.Slug == "" {
		err = &Error{
			Method: http.MethodPost, Path: appWorkflowsPath, StatusCode: http.StatusOK,
			Message: "the answer lacks the workflow's slug", sentinel: ErrInvalidAnswer,
		}
	}
	return made, err
}

// recover looks for what a failed attempt has made. The list of workflows shows a new one at once (inferred from pyatlan,
// which takes it for the truth after a conflict), so that one which it does not show may be sent again, but for one that
// the tenant may only be about to make.
func (c *appCreation) recover(ctx context.Context, cause error) (AppWorkflowCreation, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recoveryWindow)
	defer cancel()
	client := c.workflows.client
	tries := recoveryAttempts
	if !mayTryAgain(cause) {
		tries = 1
	}
	var err error
	for try := range tries {
		if sleepErr := sleep(ctx, client.wait<<try); sleepErr != nil {
			err = firstError(err, sleepErr)
			break
		}
		var found []AppWorkflow
		if found, err = c.ours(ctx); err == nil && len(found) > 0 {
			return AppWorkflowCreation{Slug: found[0].Slug, Version: found[0].Version}, nil
		}
		if err == nil && !timedOut(cause) {
			return AppWorkflowCreation{}, nil
		}
	}
	if err == nil && !mayTryAgain(cause) {
		return AppWorkflowCreation{}, nil // the refusal is what to report
	}
	if err == nil {
		err = errMayFollow
	}
	return AppWorkflowCreation{}, &AmbiguousError{Kind: kindWorkflow, Lost: c.lost(), Err: cause, Recovery: err}
}

// ours are the workflows that attempts of this creation have made. None had the name when it began, names are unique, and
// the connection of a workflow has a qualified name of its own: one that shows another is somebody else's.
func (c *appCreation) ours(ctx context.Context) ([]AppWorkflow, error) {
	found, err := c.workflows.FindByName(ctx, c.input.Name)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	me, err := c.workflows.client.Principals.CurrentUser(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(one AppWorkflow) bool {
		wanted, shown := c.input.Inputs[inputConnection], one.Inputs[inputConnection]
		return one.AppID != c.input.AppID || one.Owner != me.Username ||
			wanted != nil && shown != nil && connectionName(wanted) != connectionName(shown)
	}), nil
}

// connectionName is the qualified name in a reference to a connection, in any of its forms.
func connectionName(value any) string {
	value = unpacked(value)
	if name, ok := value.(string); ok {
		return name
	}
	members, _ := value.(map[string]any)
	return textIn(members["attributes"], "qualifiedName")
}

func (c *appCreation) lost() LostCreation {
	now := c.workflows.client.Now()
	return LostCreation{Name: c.input.Name, Kind: c.input.AppID, From: c.started.Add(-clockTolerance), Until: now.Add(createWindow)}
}

// FindLost returns the slugs of the workflows that a creation of unknown outcome made: those of its name, app and time
// that belong to this caller.
func (w *AppWorkflows) FindLost(ctx context.Context, lost LostCreation) ([]string, error) {
	found, err := w.FindByName(ctx, lost.Name)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	me, err := w.client.Principals.CurrentUser(ctx)
	if err != nil {
		return nil, err
	}
	return slugs(slices.DeleteFunc(found, func(one AppWorkflow) bool {
		// A version begins as the time of the creation in seconds, and grows.
		return one.AppID != lost.Kind || one.Owner != me.Username || one.Version != 0 && time.Unix(one.Version, 0).Before(lost.From)
	})), nil
}

// duplicate recognises the refusal of a name that is taken.
func (c *appCreation) duplicate(err error) error {
	answer, ok := errors.AsType[*Error](err)
	if !ok || answer.StatusCode != http.StatusConflict {
		return nil
	}
	return &DuplicateNameError{Name: c.input.Name, Slugs: answer.slugs, Err: err}
}

// isNameInVault recognises the refusal of the name of a credential.
func isNameInVault(err error) bool {
	answer, ok := errors.AsType[*Error](err)
	return ok && strings.Contains(answer.Message, nameConstraint)
}
