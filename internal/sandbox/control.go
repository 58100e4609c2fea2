// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// controlPrefix is where the sandbox's own surface lives. It needs no authentication, and no fault, limit or journal
// applies to it.
const controlPrefix = "/_sandbox/"

// ownPages refuses what a browser sends to the control surface on behalf of a page from elsewhere. Requests that do not
// come from a browser pass.
var ownPages = http.NewCrossOriginProtection()

func (t *Tenant) serveControl(w http.ResponseWriter, r *http.Request) {
	if err := ownPages.Check(r); err != nil {
		http.Error(w, "The sandbox is not changed by pages from elsewhere: "+err.Error()+".", http.StatusForbidden)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	switch r.Method + " " + trimSlash(strings.TrimPrefix(r.URL.Path, controlPrefix)) {
	case "GET journal":
		t.sendControl(w, t.Journal())
	case "GET journal/summary":
		t.sendControl(w, t.JournalSummary())
	case "DELETE journal":
		t.ClearJournal()
		t.sendControl(w, struct{}{})
	case "GET state":
		t.sendControl(w, t.State())
	case "GET overview":
		t.serveOverview(w, r)
	case "POST reset":
		t.Reset()
		t.sendControl(w, struct{}{})
	case "POST clock":
		t.controlClock(w, r)
	case "POST switches":
		t.controlSwitches(w, r)
	case "PUT faults":
		t.controlFaults(w, r)
	default:
		http.Error(w, "The sandbox has GET and DELETE journal, GET journal/summary, GET state, GET overview, POST reset, "+
			"POST clock, POST switches and PUT faults under "+controlPrefix+".", http.StatusNotFound)
	}
}

func (t *Tenant) controlClock(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Advance Duration `json:"advance"`
	}
	const example = `{"advance":"2h"}`
	if !readControl(w, r, &in, example) {
		return
	}
	if in.Advance <= 0 {
		http.Error(w, "The clock only goes forward: send for example "+example+".", http.StatusBadRequest)
		return
	}
	t.Advance(time.Duration(in.Advance))
	t.sendControl(w, map[string]any{"now": t.Now()})
}

func (t *Tenant) controlSwitches(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ConnectionAdminPackage *string `json:"connection_admin_package,omitempty"`
		Apps                   *string `json:"apps,omitempty"`
		RequireInput           *struct {
			AppID string `json:"app_id"`
			Name  string `json:"name"`
			Type  string `json:"type"`
		} `json:"require_input,omitempty"`
		Latency   *Duration `json:"latency,omitempty"`
		RateLimit *int      `json:"rate_limit,omitempty"`
	}
	if !readControl(w, r, &in, `{"latency":"50ms","rate_limit":300}`) {
		return
	}
	var err error
	if in.ConnectionAdminPackage != nil {
		err = t.SetConnectionAdminPackage(*in.ConnectionAdminPackage)
	}
	if in.Apps != nil && err == nil {
		err = t.SetApps(*in.Apps)
	}
	if in.RequireInput != nil && err == nil {
		err = t.RequireInput(in.RequireInput.AppID, in.RequireInput.Name, in.RequireInput.Type)
	}
	if in.Latency != nil && err == nil {
		err = t.SetLatency(time.Duration(*in.Latency))
	}
	if in.RateLimit != nil && err == nil {
		err = t.SetRateLimit(*in.RateLimit)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	t.sendControl(w, in)
}

func (t *Tenant) controlFaults(w http.ResponseWriter, r *http.Request) {
	var faults []Fault
	if !readControl(w, r, &faults, `[{"path":"/api/service/apikeys","kind":"drop"}], or [] for no faults`) {
		return
	}
	if faults == nil {
		http.Error(w, "The body is not understood: send a list, which is [] for no faults.", http.StatusBadRequest)
		return
	}
	if err := t.SetFaults(faults); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	t.sendControl(w, faults)
}

// readControl reads a JSON body; a member that the sandbox does not know is most likely a typing error, and refused.
func readControl(w http.ResponseWriter, r *http.Request, into any, example string) bool {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil && d.More() {
		err = errors.New("it goes on after its end")
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		err = fmt.Errorf("JSON of type %s does not belong at byte %d", wrong.Value, wrong.Offset)
	}
	if err != nil {
		http.Error(w, fmt.Sprintf("The body is not understood: %v. Send for example %s.", err, example), http.StatusBadRequest)
		return false
	}
	return true
}

func (t *Tenant) sendControl(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(body); err != nil {
		t.opts.Logger.Warn("an answer of the control surface was not sent", "error", err)
	}
}
