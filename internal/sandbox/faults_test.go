// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"errors"
	"io"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault     string
		status    int // 0: the connection is closed
		committed bool
	}{
		"status":              {`{"path":"/api/service/apikeys","method":"POST","kind":"status","status":503,"retry_after":7}`, 503, false},
		"status after commit": {`{"path":"/api/service/apikeys/","kind":"status_after_commit","status":500}`, 500, true},
		"drop":                {`{"path":"/api/service/*","kind":"drop"}`, 0, false},
		"drop after commit":   {`{"path":"/api/service/apikeys","kind":"drop_after_commit"}`, 0, true},
		"truncate":            {`{"path":"/api/service/apikeys","kind":"truncate"}`, 0, true},
		"delay":               {`{"path":"/api/service/apikeys","kind":"delay","for":"30ms"}`, 200, true},
		"another path":        {`{"path":"/api/service/apikey","kind":"drop"}`, 200, true},
		"another method":      {`{"path":"*","method":"GET","kind":"drop"}`, 200, true},
		"later":               {`{"path":"*","nth":2,"kind":"drop"}`, 200, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, api := start(t, sandbox.Options{})
			api.ok("PUT", "/_sandbox/faults/", "["+c.fault+"]")
			began := time.Now()
			a, err := api.try("POST", apikeys, `{"displayName":"x","description":"","personas":[]}`)
			if a.status != c.status && (err == nil || c.status != 0) {
				t.Errorf("got %d %s, %v", a.status, a.text, err)
			}
			if got := len(tenant.State().APITokens) == 2; got != c.committed {
				t.Errorf("committed is %t, want %t", got, c.committed)
			}
			if name == "status" && (a.header.Get("Retry-After") != "7" || a.object["code"] != float64(503)) {
				t.Errorf("got headers %v and body %s", a.header, a.text)
			}
			if name == "truncate" && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("got %v, want an unexpected end", err)
			}
			if name == "delay" && time.Since(began) < 30*time.Millisecond {
				t.Error("the answer came without delay")
			}
			if name == "drop" && tenant.Journal()[0].Status != 0 {
				t.Errorf("the journal says %v", tenant.Journal())
			}
		})
	}
}

// An app that has to start from cold is imitated by a fault with the text of the failed connection.
func TestColdStart(t *testing.T) {
	t.Parallel()
	const refused = "Post \"http://altr.altr-app.svc:8000/workflows/v1/auth\": dial tcp 10.0.0.1:8000: connect: connection refused"
	_, api, _ := demo(t, sandbox.Options{})
	api.ok("PUT", "/_sandbox/faults", []object{{
		"path": "/api/service/v1/app*", "kind": "status", "status": 503, "times": 2, "message": refused,
	}})
	for range 2 {
		api.do("GET", "/api/service/v1/apps/"+sandbox.MetabaseAppID, nil).refused(t, 503, 503, refused)
	}
	api.ok("GET", "/api/service/v1/apps/"+sandbox.MetabaseAppID, nil)
}

func TestAnEmptyAnswerIsTruncatedToo(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "x"})
	api.ok("PUT", "/_sandbox/faults", `[{"path":"/api/service/apikeys/*","kind":"truncate"}]`)
	a, err := api.try("DELETE", apikeys+"/"+token.GUID, nil)
	if a.status != 200 || !errors.Is(err, io.ErrUnexpectedEOF) || len(tenant.State().APITokens) != 1 {
		t.Errorf("got %d, %v, with %d tokens left", a.status, err, len(tenant.State().APITokens))
	}
}

func TestFaultsCountTheirOwnMatches(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	if err := tenant.SetFaults([]sandbox.Fault{
		{Path: "/api/service/whoami", Nth: 2, Times: 2, Kind: sandbox.FaultStatus, Status: 502},
		{Path: "/api/*", Nth: 3, Times: 2, Kind: sandbox.FaultStatus, Status: 504},
	}); err != nil {
		t.Fatal(err)
	}
	var got []int
	for range 5 {
		got = append(got, api.do("GET", "/api/service/whoami", nil).status)
	}
	if want := []int{200, 502, 502, 504, 200}; !sameJSON(got, want) {
		t.Errorf("answers are %v, want %v", got, want)
	}
	if a := api.do("GET", "/_sandbox/state", nil); a.status != 200 {
		t.Errorf("a fault hits the control surface: %d", a.status)
	}
}

func TestBadFaultsAreExplained(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{})
	const example = ". Send for example [{\"path\":\"/api/service/apikeys\",\"kind\":\"drop\"}], or [] for no faults.\n"
	for body, want := range map[string]string{
		`[{"path":"/a","kind":"fire"}]`: "fault 1: unknown kind \"fire\": use status, status_after_commit, drop, " +
			"drop_after_commit, truncate or delay\n",
		`[{"path":"/a","kind":"delay","for":"2 days"}]`: "The body is not understood: \"2 days\" is not a duration such as " +
			"\"2s\" or \"1h30m\"" + example,
		`[{"kind":"drop"}]`:                                   "fault 1: path is missing\n",
		`[{"kind":"drop","path":"apikeys"}]`:                  "fault 1: path \"apikeys\" hits nothing: begin it with /\n",
		`null`:                                                "The body is not understood: send a list, which is [] for no faults.\n",
		`[{"path":"/a","kind":"status"}]`:                     "fault 1: kind \"status\" needs a status from 300 to 599, not 0\n",
		`[{"path":"/a","kind":"delay"}]`:                      "fault 1: kind \"delay\" needs a positive duration in \"for\"\n",
		`[{"path":"/a","kind":"delay","for":3}]`:              "The body is not understood: a duration must be a string such as \"2s\", not 3" + example,
		`[{"path":"/a","kind":"drop","nth":-1}]`:              "fault 1: nth and times count from 1\n",
		`[{"path":"/a","kind":"drop","retry_after":-1}]`:      "fault 1: retry_after cannot be negative\n",
		`[{"path":"/a","kind":"drop","times":1,"x":1}]`:       "The body is not understood: json: unknown field \"x\"" + example,
		`{"path":"/a"}`:                                       "The body is not understood: JSON of type object does not belong at byte 1" + example,
		`[{"path":"/a","kind":"drop"},{"path":"","kind":""}]`: "fault 2: path is missing\n",
	} {
		if a := api.do("PUT", "/_sandbox/faults", body); a.status != 400 || a.text != want {
			t.Errorf("%s: %d %q, want %q", body, a.status, a.text, want)
		}
	}
}
