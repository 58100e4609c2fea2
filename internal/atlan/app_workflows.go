// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

const (
	appWorkflowsPath = "/api/service/v1/app" //nolint:gosec // "ppW" is no password
	workflowsPerPage = 50
)

// AppWorkflows manages workflows of apps (/api/service/v1/app), the successor of package workflows. Facts: pyatlan
// client/app.py, client/common/app.py and model/app.py.
type AppWorkflows struct {
	client *Client
	names  keyedLock // one creation at a time per name
	minted minted
}

// AppWorkflow is a workflow of an app, or of a package in the place of one; see [PackagedWorkflows]. Its slug is its
// identity.
type AppWorkflow struct {
	Slug, Name, AppID, Owner string
	// Version grows with every update.
	Version int64
	// Inputs are as the tenant shows them: texts that hold JSON may be the objects they hold, and the other way round; see
	// [SameInput]. nil where it does not show any.
	Inputs map[string]any
	// Schedule is nil for none, and for workflows of apps, of which it is not shown.
	Schedule *AppSchedule
}

// UnmarshalJSON reads a workflow; its app and its inputs are in the task that extracts (pyatlan model/apps/_base.py load).
func (w *AppWorkflow) UnmarshalJSON(data []byte) error {
	var wire struct {
		Slug    string          `json:"slug"`
		Name    string          `json:"name"`
		AppID   string          `json:"app_id"`
		Owner   string          `json:"owner"`
		Version json.RawMessage `json:"version"`
		DAG     struct {
			Extract struct {
				Inputs struct {
					AppID string         `json:"app_id"`
					Args  map[string]any `json:"args"`
				} `json:"inputs"`
			} `json:"extract"`
		} `json:"dag"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	extract := wire.DAG.Extract.Inputs
	*w = AppWorkflow{
		Slug: wire.Slug, Name: wire.Name, AppID: cmp.Or(extract.AppID, wire.AppID), Owner: wire.Owner,
		Version: versionIn(wire.Version), Inputs: extract.Args,
	}
	return nil
}

func versionIn(raw json.RawMessage) int64 {
	version, err := strconv.ParseInt(text(raw), 10, 64)
	if err != nil {
		return 0
	}
	return version
}

// AppWorkflowInput is what a workflow is made of.
type AppWorkflowInput struct {
	AppID, Name string
	// Entrypoint may be empty.
	Entrypoint string
	// Inputs as the app wants them; see [ResolvedApp.Document].
	Inputs map[string]any
	// Credential goes into the vault; nil for none.
	Credential *RawCredential
	// Schedule and Run as part of the creation. Where its answer is lost, so is the trigger of the schedule: rather add the
	// schedule afterwards.
	Schedule *AppSchedule
	Run      bool
}

// body is that of a creation or an update, with the credential under another name for each attempt after the first: the
// attempt before may have put it into the vault, where names are unique.
func (in AppWorkflowInput) body(attempt int) (map[string]any, error) {
	inputs := map[string]any{}
	maps.Copy(inputs, in.Inputs)
	if in.Credential != nil {
		credential := *in.Credential
		if attempt > 0 {
			credential.Name = fmt.Sprintf("%s-%d", credential.Name, attempt)
		}
		inputs[inputCredential] = credential.Body()
	}
	if HasUnknown(inputs) {
		return nil, errors.New("an input is not known yet")
	}
	body := map[string]any{"inputs": inputs}
	if in.Entrypoint != "" { // the empty string is refused
		body["entrypoint"] = in.Entrypoint
	}
	return body, nil
}

// Get reads a workflow. The error matches [ErrNotFound] when there is none, archived ones included.
func (w *AppWorkflows) Get(ctx context.Context, slug string) (AppWorkflow, error) {
	var found AppWorkflow
	err := w.do(ctx, call{method: http.MethodGet, path: appWorkflowPath(slug), class: replayable}, &found)
	return found, err
}

// All lists every workflow, a page at a time. It ends with the first error.
func (w *AppWorkflows) All(ctx context.Context) iter.Seq2[AppWorkflow, error] {
	return w.list(ctx, url.Values{})
}

// FindByName returns the workflows of that name.
func (w *AppWorkflows) FindByName(ctx context.Context, name string) ([]AppWorkflow, error) {
	return pick(w.list(ctx, url.Values{"name": {name}}), func(one AppWorkflow) bool { return one.Name == name })
}

// list follows the cursor until the tenant says that there is no more, or gives none.
func (w *AppWorkflows) list(ctx context.Context, query url.Values) iter.Seq2[AppWorkflow, error] {
	return func(yield func(AppWorkflow, error) bool) {
		query.Set("limit", strconv.Itoa(workflowsPerPage))
		for {
			var page struct {
				Workflows  []AppWorkflow   `json:"workflows"`
				HasMore    bool            `json:"has_more"`
				NextCursor json.RawMessage `json:"next_cursor"`
			}
			if err := w.do(ctx, call{method: http.MethodGet, path: appWorkflowsPath, query: query, class: replayable}, &page); err != nil {
				yield(AppWorkflow{}, listError(err))
				return
			}
			for _, one := range page.Workflows {
				if !yield(one, nil) {
					return
				}
			}
			cursor := text(page.NextCursor)
			if !page.HasMore || cursor == "" || cursor == query.Get("cursor") {
				return
			}
			query.Set("cursor", cursor)
		}
	}
}

// Update replaces all inputs of a workflow and returns its new version. Name, owner and, unless another comes along, the
// credential stay.
func (w *AppWorkflows) Update(ctx context.Context, slug string, input AppWorkflowInput) (int64, error) {
	if input.Credential != nil {
		input.Credential.hide(w.client.mask)
	}
	var answer struct {
		Version json.RawMessage `json:"version"`
	}
	var err error
	for attempt := range createAttempts { // sent anew by hand, because of the name of the credential
		if attempt > 0 {
			if sleep(ctx, pauseAfter(err, w.client.wait<<attempt)) != nil {
				break
			}
		}
		var body map[string]any
		if body, err = input.body(attempt); err != nil {
			return 0, err
		}
		err = w.do(ctx, call{method: http.MethodPut, path: appWorkflowPath(slug), body: body, class: createOnce}, &answer)
		if err == nil || !mayTryAgain(err) && !isNameInVault(err) || ctx.Err() != nil {
			break
		}
	}
	return versionIn(answer.Version), err
}

// Archive removes a workflow. What its runs have published, its connection and its credential stay. One that does not
// exist counts as archived.
func (w *AppWorkflows) Archive(ctx context.Context, slug string) error {
	err := w.do(ctx, call{method: http.MethodDelete, path: appWorkflowPath(slug), class: replayable}, nil)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// AppSchedule runs a workflow regularly.
type AppSchedule struct {
	// TriggerID is its identity, given by the tenant.
	TriggerID string `json:"trigger_id,omitempty"`
	// Cron has five fields. TimeZone is an IANA name.
	Cron     string `json:"cron"`
	TimeZone string `json:"timezone"`
}

// AddSchedule adds a schedule to those that the workflow has, and returns it with its trigger. Schedules cannot be read:
// where the answer is lost, the error is an *[AmbiguousError].
func (w *AppWorkflows) AddSchedule(ctx context.Context, slug string, schedule AppSchedule) (AppSchedule, error) {
	schedule.TriggerID = ""
	var err error
	for attempt := range createAttempts {
		if attempt > 0 && sleep(ctx, pauseAfter(err, w.client.wait<<attempt)) != nil {
			break
		}
		made := schedule
		err = w.do(ctx, call{method: http.MethodPost, path: appWorkflowPath(slug) + "/schedule", body: schedule, class: createOnce}, &made)
		switch {
		case err == nil && made.TriggerID != "":
			return made, nil
		case err == nil:
			err = &Error{
				Method: http.MethodPost, Path: appWorkflowPath(slug) + "/schedule", StatusCode: http.StatusOK,
				Message: "the answer lacks the schedule's trigger", sentinel: ErrInvalidAnswer,
			}
		}
		if !wasSent(err) || !mayTryAgain(err) {
			return AppSchedule{}, err
		}
		if !errors.Is(err, ErrRateLimited) { // then it was certainly not added
			return AppSchedule{}, &AmbiguousError{Kind: "schedule", Lost: LostCreation{Name: schedule.Cron, Parent: slug}, Err: err, Recovery: errUnreadable}
		}
	}
	return AppSchedule{}, err
}

// errUnreadable is why the outcome of adding a schedule cannot be found out.
var errUnreadable = errors.New("the API does not show schedules of app workflows; look at the workflow in Atlan")

// DeleteSchedule removes a schedule. One that does not exist counts as removed.
func (w *AppWorkflows) DeleteSchedule(ctx context.Context, slug, triggerID string) error {
	err := w.do(ctx, call{
		method: http.MethodDelete, path: appWorkflowPath(slug) + "/schedule/" + url.PathEscape(triggerID), class: replayable,
	}, nil)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

func (w *AppWorkflows) do(ctx context.Context, call call, out any) error {
	return warm(ctx, w.client.wait, func() error { return w.client.do(ctx, call, out) })
}

func appWorkflowPath(slug string) string { return appWorkflowsPath + "/" + url.PathEscape(slug) }

// slugs are those of workflows.
func slugs(workflows []AppWorkflow) []string {
	all := make([]string, 0, len(workflows))
	for _, one := range workflows {
		all = append(all, one.Slug)
	}
	slices.Sort(all)
	return all
}
