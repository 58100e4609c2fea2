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

// FaultKind is what goes wrong.
type FaultKind string

// Kinds of faults.
const (
	// FaultStatus answers with Status instead of acting.
	FaultStatus FaultKind = "status"
	// FaultStatusAfterCommit acts, then answers with Status.
	FaultStatusAfterCommit FaultKind = "status_after_commit"
	// FaultDrop closes the connection without acting.
	FaultDrop FaultKind = "drop"
	// FaultDropAfterCommit acts, then closes the connection without an answer.
	FaultDropAfterCommit FaultKind = "drop_after_commit"
	// FaultTruncate acts, then closes the connection in the middle of the answer's body.
	FaultTruncate FaultKind = "truncate"
	// FaultDelay waits for For, in real time, before acting.
	FaultDelay FaultKind = "delay"
)

// Fault is one entry of the fault schedule: which requests it hits, and what goes wrong with them. Each fault counts
// the requests that match it, from 1 since the schedule was set. Of several faults that would hit the same request the
// first in the schedule does.
type Fault struct {
	// Method is the HTTP method; empty matches every method.
	Method string `json:"method"`
	// Path is an exact path, or a prefix where it ends in "*".
	Path string `json:"path"`
	// Nth is the first matching request that is hit, counted from 1 (the default).
	Nth int `json:"nth"`
	// Times is how many matching requests in a row are hit; the default is 1.
	Times int       `json:"times"`
	Kind  FaultKind `json:"kind"`
	// Status is the HTTP status of FaultStatus and FaultStatusAfterCommit.
	Status int `json:"status"`
	// RetryAfter, in seconds, sends the header of that name with Status; 0 sends none.
	RetryAfter int `json:"retry_after"`
	// Message is the text in the body that goes with Status; empty says that the fault was injected. An app that has to
	// start from cold answers, for minutes, with status 503 or 500 and a text such as "dial tcp 10.0.0.1:8000: connect:
	// connection refused" (application-sdk testing/e2e/client.py).
	Message string `json:"message,omitempty"`
	// For is how long FaultDelay waits.
	For Duration `json:"for"`
}

// Duration is a time.Duration that reads and writes JSON in Go's notation, such as "1.5s".
type Duration time.Duration

// UnmarshalJSON reads Go's notation.
func (d *Duration) UnmarshalJSON(text []byte) error {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return fmt.Errorf("a duration must be a string such as \"2s\", not %s", text)
	}
	v, err := time.ParseDuration(s)
	if err != nil {
		return fmt.Errorf("%q is not a duration such as \"2s\" or \"1h30m\"", s)
	}
	*d = Duration(v)
	return nil
}

// MarshalJSON writes Go's notation.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).String()) }

// faultSchedule is the list of faults with the number of requests that each has matched.
type faultSchedule struct {
	faults  []Fault
	matched []int
}

// newFaultSchedule fills defaults and refuses what makes no sense.
func newFaultSchedule(faults []Fault) (*faultSchedule, error) {
	s := &faultSchedule{matched: make([]int, len(faults))}
	for i, f := range faults {
		if f.Nth == 0 {
			f.Nth = 1
		}
		if f.Times == 0 {
			f.Times = 1
		}
		if err := f.check(); err != nil {
			return nil, fmt.Errorf("fault %d: %w", i+1, err)
		}
		f.Path = trimSlash(f.Path)
		s.faults = append(s.faults, f)
	}
	return s, nil
}

func (f *Fault) check() error {
	switch {
	case f.Path == "":
		return errors.New("path is missing")
	case !strings.HasPrefix(f.Path, "/") && f.Path != "*":
		return fmt.Errorf("path %q hits nothing: begin it with /", f.Path)
	case f.Nth < 0 || f.Times < 0:
		return errors.New("nth and times count from 1")
	case f.RetryAfter < 0:
		return errors.New("retry_after cannot be negative")
	}
	switch f.Kind {
	case FaultStatus, FaultStatusAfterCommit:
		if f.Status < http.StatusMultipleChoices || f.Status > 599 {
			return fmt.Errorf("kind %q needs a status from 300 to 599, not %d", f.Kind, f.Status)
		}
	case FaultDelay:
		if f.For <= 0 {
			return fmt.Errorf("kind %q needs a positive duration in \"for\"", f.Kind)
		}
	case FaultDrop, FaultDropAfterCommit, FaultTruncate:
	default:
		return fmt.Errorf("unknown kind %q: use status, status_after_commit, drop, drop_after_commit, truncate or delay", f.Kind)
	}
	return nil
}

func (f *Fault) matches(method, path string) bool {
	if f.Method != "" && !strings.EqualFold(f.Method, method) {
		return false
	}
	if prefix, ok := strings.CutSuffix(f.Path, "*"); ok {
		return strings.HasPrefix(path, prefix)
	}
	return f.Path == path
}

// next counts the request with every fault that it matches, and returns the one that hits it, if any.
func (s *faultSchedule) next(method, path string) Fault {
	var hit Fault
	for i := range s.faults {
		f := &s.faults[i]
		if !f.matches(method, path) {
			continue
		}
		s.matched[i]++
		if hit.Kind == "" && s.matched[i] >= f.Nth && s.matched[i] < f.Nth+f.Times {
			hit = *f
		}
	}
	return hit
}
