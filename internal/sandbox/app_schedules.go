// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"time"
	_ "time/tzdata" // the sandbox knows time zones wherever it runs
)

// AppSchedule is one of the schedules of an app workflow. A workflow may have several. Schedules are kept, but no run is
// started by them.
type AppSchedule struct {
	TriggerID string `json:"triggerId"`
	Cron      string `json:"cron"`
	Timezone  string `json:"timezone"`
}

// scheduleInput is a schedule as it is sent; a time zone that is absent is not the same as one that is null.
type scheduleInput struct {
	Cron     string          `json:"cron"`
	Timezone json.RawMessage `json:"timezone"`

	zone string
}

// cronFields is five fields of digits, names and the documented special characters (docs.atlan.com FAQ "Workflows and
// data processing"). What the server makes of other texts is inferred.
var cronFields = regexp.MustCompile(`^([0-9A-Za-z,\-*/]+ +){4}[0-9A-Za-z,\-*/]+$`)

// check refuses what the server is known to refuse, a null time zone (pyatlan client/app.py add_schedule), and what it
// could not run: those texts are inferred.
func (in *scheduleInput) check() error {
	if !cronFields.MatchString(in.Cron) {
		return invalidRequest("invalid cron expression %q: five fields are expected", in.Cron)
	}
	in.zone = "UTC" // "server defaults to UTC when omitted", pyatlan model/app.py
	if in.Timezone == nil {
		return nil
	}
	var zone *string
	if err := json.Unmarshal(in.Timezone, &zone); err != nil || zone == nil {
		return invalidRequest("Request body has an error: doesn't match the schema: Property 'timezone' must be a string")
	}
	if _, err := time.LoadLocation(*zone); err != nil || *zone == "" {
		return invalidRequest("unknown timezone %q", *zone)
	}
	in.zone = *zone
	return nil
}

// schedule attaches a schedule that has been checked.
func (w *AppWorkflow) schedule(in *scheduleInput) AppSchedule {
	s := AppSchedule{TriggerID: newGUID(), Cron: in.Cron, Timezone: in.zone}
	w.Schedules = append(w.Schedules, s)
	return s
}

func (t *Tenant) addAppSchedule(rq *request) (any, error) {
	w, err := t.pathAppWorkflow(rq)
	if err != nil {
		return nil, err
	}
	var in scheduleInput
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	s := w.schedule(&in)
	t.changed()
	return map[string]any{"trigger_id": s.TriggerID, "cron": s.Cron, "timezone": s.Timezone}, nil
}

// removeAppSchedule removes one schedule; the answer for one that the workflow does not have is inferred.
func (t *Tenant) removeAppSchedule(rq *request) (any, error) {
	w, err := t.pathAppWorkflow(rq)
	if err != nil {
		return nil, err
	}
	trigger := rq.params["trigger"]
	i := slices.IndexFunc(w.Schedules, func(s AppSchedule) bool { return s.TriggerID == trigger })
	if i < 0 {
		return nil, statusError(http.StatusNotFound, "schedule %s not found", trigger)
	}
	w.Schedules = slices.Delete(w.Schedules, i, i+1)
	t.changed()
	return map[string]any{"trigger_id": trigger, "deleted": true}, nil
}
