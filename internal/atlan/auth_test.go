// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// oauthTenant exchanges credentials and accepts what it has issued last.
type oauthTenant struct {
	answer string // of an exchange, with %s for the bearer token
	slow   time.Duration

	mu        sync.Mutex
	exchanges int
	valid     string
	asked     []string // the Authorization and the body of every other request
}

func (o *oauthTenant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if r.URL.Path == oauthTokenPath {
		time.Sleep(o.slow)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if r.URL.Path != oauthTokenPath {
		o.asked = append(o.asked, r.Header.Get("Authorization")+" "+string(body))
		if r.Header.Get("Authorization") != "Bearer "+o.valid {
			http.Error(w, `{"message":"expired"}`, http.StatusUnauthorized)
			return
		}
		_, _ = fmt.Fprint(w, `{"username":"service-account-oauth"}`)
		return
	}
	o.exchanges++
	if r.Header.Get("Authorization") != "" || r.Header.Get("Content-Type") != "application/json" ||
		string(body) != `{"clientId":"oauth-client-1","clientSecret":"s3cr3t-of-the-client"}` {
		http.Error(w, `{"error":"invalid_client","error_description":"Invalid client credentials"}`, http.StatusUnauthorized)
		return
	}
	o.valid = fmt.Sprintf("bearer-token-%d", o.exchanges)
	_, _ = fmt.Fprintf(w, o.answer, o.valid)
}

func (o *oauthTenant) revoke() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.valid = "none"
}

func oauthConfig() Config {
	return Config{OAuthClientID: "oauth-client-1", OAuthClientSecret: "s3cr3t-of-the-client"}
}

const inCamelCase = `{"accessToken":"%s","tokenType":"Bearer","expiresIn":600}`

func TestAPIKeyIsSent(t *testing.T) {
	t.Parallel()
	script := &script{steps: []step{answers(401, `{}`)}}
	err := Wired(t, Config{}, script.wire()).do(t.Context(), call{method: "GET", path: "/p"}, nil)
	if sent := script.requests(); len(sent) != 1 || sent[0].header.Get("Authorization") != "Bearer "+testKey || !errors.Is(err, ErrUnauthorized) {
		t.Errorf("sent %v, got %v: a key cannot be renewed", sent, err)
	}
}

// TestExchange sees how long a bearer token is used: until 30 s, or a tenth of its life, before its expiry.
func TestExchange(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer string
		life   time.Duration
	}{
		"camel case":        {inCamelCase, 570 * time.Second},
		"snake case":        {`{"access_token":"%s","token_type":"Bearer","expires_in":900}`, 870 * time.Second},
		"without an expiry": {`{"accessToken":"%s"}`, 570 * time.Second},
		"a null expiry":     {`{"accessToken":"%s","expiresIn":null}`, 570 * time.Second},
		"no expiry":         {`{"accessToken":"%s","expiresIn":0}`, 570 * time.Second},
		"expiry as text":    {`{"accessToken":"%s","expiresIn":"300"}`, 270 * time.Second},
		"a short life":      {`{"accessToken":"%s","expiresIn":10}`, 9 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tenant := &oauthTenant{answer: test.answer}
				var skew time.Duration
				config := oauthConfig()
				config.Now = func() time.Time { return time.Now().Add(skew) }
				client := Wired(t, config, Serve(tenant))
				for _, step := range []struct {
					at        time.Duration
					exchanges int
				}{{0, 1}, {test.life - time.Millisecond, 1}, {test.life, 2}, {2*test.life - time.Millisecond, 2}, {2 * test.life, 3}} {
					skew = step.at
					if _, err := client.Principals.WhoAmI(t.Context()); err != nil || tenant.exchanges != step.exchanges {
						t.Fatalf("after %s: %d exchanges, want %d; %v", step.at, tenant.exchanges, step.exchanges, err)
					}
				}
			})
		})
	}
}

func TestExchangeWithoutAToken(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{}`, `{"accessToken":""}`, `{"accessToken":7}`, `null`, `<html>`, ``, `{"accessToken":"x","expiresIn":"soon"}`} {
		client := Wired(t, oauthConfig(), (&script{steps: []step{answers(200, answer)}}).wire())
		_, err := client.Principals.WhoAmI(t.Context())
		var e *Error
		if !errors.Is(err, ErrInvalidAnswer) || !errors.As(err, &e) || e.Path != oauthTokenPath {
			t.Errorf("%s: got %v", answer, err)
		}
	}
}

func TestConcurrentCallersExchangeOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := &oauthTenant{answer: inCamelCase, slow: time.Second}
		client := Wired(t, oauthConfig(), Serve(tenant))
		for round := range 3 {
			var all sync.WaitGroup
			for range 50 {
				all.Go(func() {
					if _, err := client.Principals.WhoAmI(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if tenant.exchanges != round+1 {
				t.Fatalf("%d exchanges in %d rounds", tenant.exchanges, round+1)
			}
			tenant.revoke()
		}
	})
}

// TestExchangeHappensOnce lets callers find the exchange just ended, at whatever moment.
func TestExchangeHappensOnce(t *testing.T) {
	t.Parallel()
	for range 200 {
		tenant := &oauthTenant{answer: inCamelCase}
		config := oauthConfig()
		config.Now = time.Now
		source, _ := Wired(t, config, Serve(tenant)).credential(config).(*oauthClient)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := source.bearer(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if tenant.exchanges != 1 {
			t.Fatalf("%d exchanges", tenant.exchanges)
		}
	}
}

func TestCancelledCallerLeavesTheExchange(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := &oauthTenant{answer: inCamelCase, slow: 30 * time.Second}
		client := Wired(t, oauthConfig(), Serve(tenant))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var all sync.WaitGroup
		all.Go(func() {
			start := time.Now()
			_, err := client.Principals.WhoAmI(ctx)
			var e *ConnectionError
			if !errors.As(err, &e) || e.Reason != ReasonTimeout || e.Sent || time.Since(start) != time.Second {
				t.Errorf("after %s: %v", time.Since(start), err)
			}
		})
		synctest.Wait()
		all.Go(func() {
			if _, err := client.Principals.WhoAmI(t.Context()); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		if tenant.exchanges != 1 {
			t.Errorf("%d exchanges", tenant.exchanges)
		}
	})
}

func TestRefusedBearerIsRenewedOnce(t *testing.T) {
	t.Parallel()
	for _, class := range []retryClass{replayable, createOnce} {
		tenant := &oauthTenant{answer: inCamelCase}
		client := Wired(t, oauthConfig(), Serve(tenant))
		send := func() error {
			return client.do(t.Context(), call{method: "POST", path: "/p", class: class, body: "the body"}, nil)
		}
		if err := send(); err != nil {
			t.Fatal(err)
		}
		tenant.revoke()
		if err := send(); err != nil {
			t.Fatal(err)
		}
		want := `Bearer bearer-token-1 "the body",Bearer bearer-token-1 "the body",Bearer bearer-token-2 "the body"`
		if got := strings.Join(tenant.asked, ","); got != want || tenant.exchanges != 2 {
			t.Errorf("asked %s with %d exchanges", got, tenant.exchanges)
		}
	}
}

func TestSecondRefusalIsReturned(t *testing.T) {
	t.Parallel()
	for _, class := range []retryClass{replayable, createOnce} {
		tenant := &oauthTenant{answer: inCamelCase}
		refuse := Wire(func(req *http.Request) (*http.Response, error) {
			if req.URL.Path != oauthTokenPath {
				tenant.revoke()
			}
			return Serve(tenant)(req)
		})
		err := Wired(t, oauthConfig(), refuse).do(t.Context(), call{method: "POST", path: "/p", class: class}, nil)
		var e *Error
		if !errors.Is(err, ErrUnauthorized) || !errors.As(err, &e) || e.Path != "/p" || e.Message != "expired" {
			t.Errorf("got %v", err)
		}
		if len(tenant.asked) != 2 || tenant.exchanges != 2 {
			t.Errorf("asked %d times with %d exchanges", len(tenant.asked), tenant.exchanges)
		}
	}
}

// TestFailedExchange: the error is the exchange's, nothing else was sent, and the retries do not multiply.
func TestFailedExchange(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fails step
		sent  int
		want  func(error) bool
	}{
		"wrong secret": {answers(401, `{"error":"invalid_client"}`), 1, func(err error) bool { return errors.Is(err, ErrUnauthorized) }},
		"unavailable":  {answers(503, ``), 3, func(err error) bool { return strings.Contains(err.Error(), "HTTP 503") }},
		"refused": {noConnection(errRefused), 3, func(err error) bool {
			var e *ConnectionError
			return errors.As(err, &e) && e.Reason == ReasonRefused && e.Path == oauthTokenPath
		}},
		"no answer": {breaks(io.EOF), 3, func(err error) bool {
			var e *ConnectionError
			return errors.As(err, &e) && e.Reason == ReasonReset && e.Path == oauthTokenPath
		}},
	} {
		for _, class := range []retryClass{replayable, createOnce} {
			t.Run(fmt.Sprintf("%s/%d", name, class), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					script := &script{steps: []step{test.fails}}
					config := oauthConfig()
					config.MaxRetries = new(2)
					err := Wired(t, config, script.wire()).do(t.Context(), call{method: "POST", path: "/p", class: class}, nil)
					if err == nil || !test.want(err) || !strings.Contains(err.Error(), oauthTokenPath) || wasSent(err) {
						t.Errorf("got %v", err)
					}
					if sent := script.requests(); len(sent) != test.sent || sent[0].path != oauthTokenPath {
						t.Errorf("sent %v, want %d exchanges", sent, test.sent)
					}
				})
			})
		}
	}
}

// TestKeyIsForItsHostOnly: whatever request comes by, one for another host gets no credential.
func TestKeyIsForItsHostOnly(t *testing.T) {
	t.Parallel()
	script := &script{steps: []step{answers(200, "{}")}}
	client := Wired(t, Config{BaseURL: "https://acme.atlan.com"}, script.wire())
	for host, want := range map[string]string{"acme.atlan.com": "Bearer " + testKey, "acme.atlan.com.example.com": "", "acme.atlan.com:8443": ""} {
		ctx := context.WithValue(t.Context(), callKey{}, &call{})
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+host+"/p", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.http.HTTPClient.Transport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		sent := script.requests()
		if got := sent[len(sent)-1].header.Get("Authorization"); got != want {
			t.Errorf("%s: sent %q", host, got)
		}
		if req.Header.Get("Authorization") != "" {
			t.Error("the caller's request was changed")
		}
	}
}
