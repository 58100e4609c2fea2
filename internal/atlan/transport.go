// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-cleanhttp"
)

// ErrInvalidCACertificate is returned by [New] for a CA certificate that is not PEM.
var ErrInvalidCACertificate = errors.New("the CA certificate holds no PEM-encoded certificate")

const (
	// The gateway closes idle connections after 75 s; Atlan's SDK for Python drops them after 30 s so as never to
	// write into a closing one (its release notes), and so do we.
	idleConnectionTimeout = 30 * time.Second
	// maxAnswerBytes bounds what a broken gateway can make the client hold.
	maxAnswerBytes = 64 << 20
	maxRedirects   = 5
)

// callKey is where the context of a request keeps its call.
type callKey struct{}

func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// wireTransport makes one attempt: it waits for the rate limiter, adds the headers that every request carries, reads
// the whole answer (so that a cut-off body is a failed attempt like any other) and logs one line.
type wireTransport struct {
	next      http.RoundTripper
	limit     *bucket
	mask      *redactor
	clock     *tenantClock
	userAgent string
	timeout   time.Duration
	log       func(ctx context.Context, message string, fields map[string]any)
}

func newWireTransport(config Config, limit *bucket, mask *redactor, clock *tenantClock) (*wireTransport, error) {
	base := cleanhttp.DefaultPooledTransport()
	base.IdleConnTimeout = idleConnectionTimeout
	base.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if len(config.CACertificates) > 0 {
		roots, err := x509.SystemCertPool()
		if err != nil {
			roots = x509.NewCertPool()
		}
		if !roots.AppendCertsFromPEM(config.CACertificates) {
			return nil, ErrInvalidCACertificate
		}
		base.TLSClientConfig.RootCAs = roots
	}
	return &wireTransport{
		next: base, limit: limit, mask: mask, clock: clock,
		userAgent: config.UserAgent, timeout: config.RequestTimeout, log: config.Log,
	}, nil
}

// RoundTrip implements [http.RoundTripper].
func (t *wireTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, &notSentError{err}
	}
	if err := t.limit.wait(req.Context()); err != nil {
		return nil, &notSentError{&limitWaitError{err}}
	}
	req = req.Clone(req.Context())
	id := uuid.NewString()
	req.Header.Set("X-Atlan-Request-Id", id)
	// Some search endpoints refuse requests without x-atlan-client-origin (metastore source); the agent id is the key
	// of the gateway's rate zones.
	req.Header.Set("x-atlan-agent", "sdk")
	req.Header.Set("x-atlan-agent-id", "terraform")
	req.Header.Set("x-atlan-client-origin", "product_sdk")
	if t.userAgent != "" {
		req.Header.Set("User-Agent", t.userAgent)
	}

	timeout := t.timeout
	if call := callOf(req.Context()); call != nil && call.timeout > 0 {
		timeout = call.timeout
	}
	ctx, cancel := context.WithTimeoutCause(req.Context(), timeout, &attemptTimeoutError{timeout})
	defer cancel()
	started := time.Now()
	resp, err := t.attempt(req.WithContext(ctx))

	fields := map[string]any{
		"method": req.Method, "path": req.URL.Path, "request_id": id, "duration_ms": time.Since(started).Milliseconds(),
	}
	if err != nil {
		fields["error"] = t.mask.redact(err.Error())
	} else {
		fields["status"] = resp.StatusCode
		t.clock.observe(resp.Header)
	}
	t.log(req.Context(), "Atlan API request", fields)
	return resp, err
}

func (t *wireTransport) attempt(req *http.Request) (*http.Response, error) {
	sent := &sentTracker{}
	resp, err := t.next.RoundTrip(sent.track(req))
	if err != nil {
		if err = orTimeout(req.Context(), err); !sent.connected() {
			return nil, &notSentError{err}
		}
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswerBytes))
	if closeErr := resp.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("reading the answer: %w", orTimeout(req.Context(), err))
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// orTimeout replaces what a failure looks like by its cause, where that is the time limit of the attempt.
func orTimeout(ctx context.Context, err error) error {
	if timeout, ok := errors.AsType[*attemptTimeoutError](context.Cause(ctx)); ok {
		return timeout
	}
	return err
}

// followRedirect lets a read follow a redirect within the tenant. Every other redirect is an answer to report: a
// credential must not travel to another host, and a write must not be repeated elsewhere.
func followRedirect(req *http.Request, via []*http.Request) error {
	first := via[0]
	if first.Method == http.MethodGet && req.URL.Host == first.URL.Host && req.URL.Scheme == first.URL.Scheme && len(via) <= maxRedirects {
		return nil
	}
	return http.ErrUseLastResponse
}
