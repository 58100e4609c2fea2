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
			return shouldRetry(ctx, resp, err, limit), nil
		},
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

func shouldRetry(ctx context.Context, resp *http.Response, err error, limit *bucket) bool {
	if ctx.Err() != nil {
		return false
	}
	class := replayable
	if call := callOf(ctx); call != nil {
		class = call.class
	}
	if err != nil {
		return retryError(class, err)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		limit.slowDown(retryAfter(resp.Header, time.Now()))
	}
	return retryStatus(class, resp) && outlives(ctx, retryAfter(resp.Header, time.Now()))
}

func retryError(class retryClass, err error) bool {
	var answer *Error // from the exchange of OAuth credentials, which has its own retries
	if errors.As(err, &answer) || reasonOf(err).permanent() {
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

// backoff waits as long as the answer's Retry-After says, else exponentially longer with jitter.
func backoff(first, longest time.Duration, attempt int, resp *http.Response) time.Duration {
	if resp != nil {
		if wait := retryAfter(resp.Header, time.Now()); wait > 0 {
			return min(wait, 2*longest)
		}
	}
	wait := min(first<<min(attempt, 10), longest)
	return wait/2 + rand.N(wait/2+1)
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
