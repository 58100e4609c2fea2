// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// retryClass says when a request may be sent again. It is chosen per call, never by the HTTP method: Atlan updates with
// POST, and creates with POST.
type retryClass int

const (
	// replayable requests have the same effect however often they arrive: reads, deletes, full replacements. They are
	// sent again after 423, 429, 5xx and connection failures.
	replayable retryClass = iota
	// createOnce requests make a new object each time they arrive. They are sent again only when no connection was had,
	// so that the tenant certainly did not act. Everything else goes to the caller.
	createOnce
)

const maxRetryWait = 60 * time.Second

func newRetryingClient(config Config, transport http.RoundTripper, limit *bucket) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: transport, CheckRedirect: followRedirect},
		RetryMax:     *config.MaxRetries,
		RetryWaitMin: config.RetryWait,
		RetryWaitMax: maxRetryWait,
		CheckRetry: func(ctx context.Context, resp *http.Response, err error) (bool, error) {
			return shouldRetry(ctx, resp, err, limit, config.RetryWait), nil
		},
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

func shouldRetry(ctx context.Context, resp *http.Response, err error, limit *bucket, firstWait time.Duration) bool {
	class, attempt := replayable, 0
	if call := callOf(ctx); call != nil {
		class, attempt = call.class, call.attempts
		call.attempts++
	}
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		limit.slowDown(retryAfter(resp.Header, time.Now()))
	}
	// Where the deadline would end the pause, what has just failed tells more than the end of the time.
	if wait, _ := pause(firstWait, maxRetryWait, attempt, resp); ctx.Err() != nil || !outlives(ctx, wait) {
		return false
	}
	if err != nil {
		return retryError(class, err)
	}
	return retryStatus(class, resp)
}

func retryError(class retryClass, err error) bool {
	// The exchange of OAuth credentials has its own retries.
	var answer *Error
	var connection *ConnectionError
	if errors.As(err, &answer) || errors.As(err, &connection) || reasonOf(err).permanent() {
		return false
	}
	var notSent *notSentError
	return class == replayable || errors.As(err, &notSent)
}

func retryStatus(class retryClass, resp *http.Response) bool {
	if class != replayable {
		return false
	}
	switch resp.StatusCode {
	case http.StatusLocked, http.StatusTooManyRequests,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusInternalServerError:
		return !isKeycloakNotFound(resp)
	default:
		return false
	}
}

// isKeycloakNotFound tells the 500 with which the metastore answers a user, group or role that Keycloak does not know
// (metastore KeycloakStore). It is a statement about the request: sending it again cannot help.
func isKeycloakNotFound(resp *http.Response) bool {
	body, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return err == nil && bytes.Contains(body, []byte("Keycloak")) && bytes.Contains(body, []byte("not found"))
}

func outlives(ctx context.Context, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return !ok || time.Until(deadline) > wait
}

// backoff is the pause before the next attempt, with jitter unless the tenant asked for it.
func backoff(first, longest time.Duration, attempt int, resp *http.Response) time.Duration {
	wait, asked := pause(first, longest, attempt, resp)
	if asked {
		return min(wait, 2*longest)
	}
	return wait/2 + rand.N(wait/2+1) //nolint:gosec // jitter is no secret
}

// pause is as long as the answer's Retry-After says, else exponentially longer with each attempt.
func pause(first, longest time.Duration, attempt int, resp *http.Response) (wait time.Duration, asked bool) {
	if resp != nil {
		if wait := retryAfter(resp.Header, time.Now()); wait > 0 {
			return wait, true
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			// Atlan blocks a caller that exceeds the limit for a minute (docs.atlan.com, "API limits and automation"),
			// which the default number of retries outlasts only with longer waits.
			attempt += 3
		}
	}
	return min(first<<min(attempt, 10), longest), false
}

// retryAfter reads a Retry-After header, in seconds or as a date; 0 when there is none that can be understood.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, date.Sub(now))
	}
	return 0
}

// notSentError is a failure before the tenant could have seen the request.
type notSentError struct{ err error }

func (e *notSentError) Error() string { return e.err.Error() }
func (e *notSentError) Unwrap() error { return e.err }

// attemptTimeoutError says that the tenant did not answer one attempt in time.
type attemptTimeoutError struct{ after time.Duration }

func (e *attemptTimeoutError) Error() string { return fmt.Sprintf("no answer within %s", e.after) }
func (e *attemptTimeoutError) Timeout() bool { return true }

// sentTracker learns whether a connection was had for a request: before that, the tenant cannot have acted.
type sentTracker struct{ got atomic.Bool }

func (s *sentTracker) connected() bool { return s.got.Load() }

func (s *sentTracker) track(req *http.Request) *http.Request {
	return req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { s.got.Store(true) },
	}))
}
