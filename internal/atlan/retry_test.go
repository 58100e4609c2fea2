// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

const keycloakUnknown = `{"errorCode":"ATLAS-500-00-001","errorMessage":"Keycloak user not found with userName jsmith"}`

// TestRetryClasses counts how often a request of either class is sent when it always fails in the same way.
func TestRetryClasses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fails                 step
		replayable, createOne int
	}{
		"423":                          {answers(423, ""), 4, 1},
		"429":                          {answers(429, ""), 4, 1},
		"429 with Retry-After":         {answers(429, "", "Retry-After", "1"), 4, 1},
		"500":                          {answers(500, `{"message":"no"}`), 4, 1},
		"500, Keycloak is unavailable": {answers(500, `{"message":"Keycloak is unavailable"}`), 4, 1},
		"500, unknown to Keycloak":     {answers(500, keycloakUnknown), 1, 1},
		"502":                          {answers(502, "<html>"), 4, 1},
		"503":                          {answers(503, ""), 4, 1},
		"504":                          {answers(504, ""), 4, 1},
		"501":                          {answers(501, ""), 1, 1},
		"400":                          {answers(400, `{}`), 1, 1},
		"401":                          {answers(401, `{}`), 1, 1},
		"403":                          {answers(403, `{}`), 1, 1},
		"404":                          {answers(404, `{}`), 1, 1},
		"409":                          {answers(409, `{}`), 1, 1},
		"no answer":                    {breaks(io.EOF), 4, 1},
		"reset":                        {breaks(syscall.ECONNRESET), 4, 1},
		"too slow":                     {hangs(true), 4, 1},
		"refused":                      {noConnection(errRefused), 4, 4},
		"no connection in time":        {hangs(false), 4, 4},
		"unknown host":                 {noConnection(errUnknownHost), 1, 1},
		"untrusted certificate":        {noConnection(&tls.CertificateVerificationError{Err: errors.New("expired")}), 1, 1},
		"no TLS":                       {noConnection(tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}), 1, 1},
	} {
		for class, want := range map[retryClass]int{replayable: test.replayable, createOnce: test.createOne} {
			t.Run(fmt.Sprintf("%s/%d", name, class), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					script := &script{steps: []step{test.fails}}
					client := Wired(t, Config{MaxRetries: new(3)}, script.wire())
					err := client.do(t.Context(), call{method: http.MethodPost, path: "/p", class: class, body: "the body"}, nil)
					sent := script.requests()
					if err == nil || len(sent) != want {
						t.Fatalf("sent %d times, want %d; %v", len(sent), want, err)
					}
					ids := map[string]bool{}
					for _, request := range sent {
						ids[request.header.Get("X-Atlan-Request-Id")] = true
						if request.body != `"the body"` {
							t.Errorf("sent %q", request.body)
						}
					}
					if len(ids) != want {
						t.Errorf("%d attempts have %d request ids", want, len(ids))
					}
				})
			})
		}
	}
}

func TestRetryEndsWithSuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		script := &script{steps: []step{
			answers(503, ""), breaks(io.EOF), noConnection(errRefused), answers(429, ""), answers(500, "{}"), answers(200, `{"username":"ada"}`),
		}}
		user, err := Wired(t, Config{}, script.wire()).Principals.CurrentUser(t.Context())
		if err != nil || user.Username != "ada" || len(script.requests()) != 6 {
			t.Errorf("got %v, %v after %d requests", user, err, len(script.requests()))
		}
	})
}

// TestCreateAfterRefusal: a creation is sent once a connection is had, and then not again.
func TestCreateAfterRefusal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		script := &script{steps: []step{noConnection(errRefused), noConnection(errRefused), breaks(io.EOF), answers(200, "{}")}}
		err := Wired(t, Config{}, script.wire()).do(t.Context(), call{method: "POST", path: "/p", class: createOnce}, nil)
		var connection *ConnectionError
		if !errors.As(err, &connection) || !connection.Sent || connection.Reason != ReasonReset || len(script.requests()) != 3 {
			t.Errorf("got %v after %d requests", err, len(script.requests()))
		}
	})
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		header func() string
	}{
		"429, seconds": {429, func() string { return "7" }},
		"429, date":    {429, func() string { return time.Now().UTC().Add(7 * time.Second).Format(http.TimeFormat) }},
		"503, seconds": {503, func() string { return " 7 " }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				script := &script{steps: []step{answers(test.status, "", "Retry-After", test.header()), answers(200, `{"username":"ada"}`)}}
				if _, err := Wired(t, Config{}, script.wire()).Principals.CurrentUser(t.Context()); err != nil {
					t.Fatal(err)
				}
				sent := script.requests()
				if waited := sent[1].at.Sub(sent[0].at); waited != 7*time.Second {
					t.Errorf("waited %s on the fake clock", waited)
				}
			})
		})
	}
}

// TestNoPauseBeyondTheDeadline: a pause that the deadline would end is not begun, and what is reported is the failure,
// not the end of the time.
func TestNoPauseBeyondTheDeadline(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fails step
		want  func(error) bool
	}{
		"Retry-After": {answers(429, `{"message":"slow down"}`, "Retry-After", "600"), func(err error) bool {
			var e *Error
			return errors.Is(err, ErrRateLimited) && errors.As(err, &e) && e.RetryAfter == 10*time.Minute
		}},
		"backoff": {answers(503, `{"message":"maintenance"}`), func(err error) bool { return strings.Contains(err.Error(), "maintenance") }},
		"refused": {noConnection(errRefused), func(err error) bool {
			var e *ConnectionError
			return errors.As(err, &e) && e.Reason == ReasonRefused && !e.Sent
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				script := &script{steps: []step{test.fails}}
				client := Wired(t, Config{RetryWait: time.Minute}, script.wire())
				_, err := client.Principals.CurrentUser(ctx)
				if ctx.Err() != nil || err == nil || !test.want(err) || len(script.requests()) != 1 {
					t.Errorf("got %v after %d requests, context %v", err, len(script.requests()), ctx.Err())
				}
			})
		})
	}
}

// TestOverloadIsHeardByAll: a 429 in answer to one request holds back the others too.
func TestOverloadIsHeardByAll(t *testing.T) {
	t.Parallel()
	for _, class := range []retryClass{replayable, createOnce} {
		synctest.Test(t, func(t *testing.T) {
			script := &script{steps: []step{answers(429, "", "Retry-After", "10"), answers(200, `{"username":"ada"}`)}}
			client := Wired(t, Config{MaxRetries: new(0)}, script.wire())
			if err := client.do(t.Context(), call{method: "POST", path: "/p", class: class}, nil); !errors.Is(err, ErrRateLimited) {
				t.Errorf("got %v", err)
			}
			if _, err := client.Principals.CurrentUser(t.Context()); err != nil {
				t.Error(err)
			}
			if sent := script.requests(); sent[1].at.Sub(sent[0].at) != 10*time.Second {
				t.Errorf("the next request waited for %s", sent[1].at.Sub(sent[0].at))
			}
		})
	}
}

func TestCancellationEndsWaiting(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]Config{"for a retry": {}, "for the limiter": {RequestsPerMinute: 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				script := &script{steps: []step{answers(503, "", "Retry-After", "50")}}
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				_, err := Wired(t, config, script.wire()).Principals.CurrentUser(ctx)
				var e *ConnectionError
				if !errors.As(err, &e) || e.Reason != ReasonCancelled || !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
				if waited := time.Since(start); waited != time.Second || len(script.requests()) != 1 {
					t.Errorf("ended after %s and %d requests", waited, len(script.requests()))
				}
			})
		})
	}
}

func TestContextThatHasEnded(t *testing.T) {
	t.Parallel()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	for want, ctx := range map[Reason]context.Context{ReasonCancelled: cancelled, ReasonTimeout: expired} {
		script := &script{steps: []step{answers(200, "{}")}}
		err := Wired(t, Config{}, script.wire()).do(ctx, call{method: "GET", path: "/p"}, nil)
		var e *ConnectionError
		if !errors.As(err, &e) || e.Reason != want || e.Sent || len(script.requests()) != 0 {
			t.Errorf("got %v, want %s and nothing sent", err, want)
		}
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	limited := &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{}}
	for attempt := range 70 {
		for range 20 {
			longest, _ := pause(time.Second, time.Minute, attempt, nil)
			got := backoff(time.Second, time.Minute, attempt, nil)
			if got < longest/2 || got > longest || longest > time.Minute || attempt < 6 && longest != time.Second<<attempt {
				t.Errorf("attempt %d waits %s of %s", attempt, got, longest)
			}
			if waits, _ := pause(time.Second, time.Minute, attempt, limited); waits < longest {
				t.Errorf("attempt %d waits %s after a 429, %s after another failure", attempt, waits, longest)
			}
		}
	}
	longAgo := &http.Response{Header: http.Header{"Retry-After": {"100000"}}}
	if got := backoff(time.Second, time.Minute, 0, longAgo); got != 2*time.Minute {
		t.Errorf("a Retry-After of a day waits %s", got)
	}
}

// TestRetriesOutlastTheBlock: a tenant that blocks a caller for a minute and sends no Retry-After is waited for, whatever
// the jitter.
func TestRetriesOutlastTheBlock(t *testing.T) {
	t.Parallel()
	config := Config{}
	setDefaults(&config)
	var shortest time.Duration
	for attempt := range *config.MaxRetries {
		wait, _ := pause(config.RetryWait, maxRetryWait, attempt, &http.Response{StatusCode: http.StatusTooManyRequests})
		shortest += wait / 2
	}
	if shortest < time.Minute {
		t.Errorf("the retries end after %s", shortest)
	}
}

func FuzzRetryAfter(f *testing.F) {
	now := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	for _, seed := range []string{
		"", "0", "1", " 30 ", "-5", "+5", "1e3", "99999999999999999999", "2147483647", "soon", "1.5",
		"Wed, 01 Jul 2026 09:00:07 GMT", "Wednesday, 01-Jul-26 09:00:07 GMT", "Wed Jul  1 09:00:07 2026", "Mon, 01 Jan 1990 00:00:00 GMT",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		got := retryAfter(http.Header{"Retry-After": {value}}, now)
		if got < 0 {
			t.Errorf("%q: %s", value, got)
		}
		if seconds, err := strconv.ParseUint(value, 10, 31); err == nil && got != time.Duration(seconds)*time.Second {
			t.Errorf("%q: %s", value, got)
		}
		if date, err := http.ParseTime(value); err == nil && got != max(0, date.Sub(now)) {
			t.Errorf("%q: %s", value, got)
		}
		resp := &http.Response{Header: http.Header{"Retry-After": {value}}}
		if wait := backoff(time.Millisecond, time.Second, 0, resp); wait < 0 || wait > 2*time.Second {
			t.Errorf("%q waits %s", value, wait)
		}
	})
}
