// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// caller sends requests to a tenant with one bearer secret.
type caller struct {
	t      *testing.T
	base   string
	secret string
}

// answer is what came back; object is the body where that is a JSON object.
type answer struct {
	status int
	header http.Header
	text   string
	object map[string]any
}

// clock is a clock that moves only when it is told to.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// start serves a tenant and returns it with a caller that bears the start API key.
func start(t *testing.T, opts sandbox.Options) (*sandbox.Tenant, *caller) {
	t.Helper()
	tenant, err := sandbox.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return tenant, serve(t, tenant)
}

func serve(t *testing.T, tenant *sandbox.Tenant) *caller {
	t.Helper()
	server := httptest.NewServer(tenant)
	t.Cleanup(server.Close)
	return &caller{t: t, base: server.URL, secret: tenant.Credentials().APIKey}
}

// as is the same caller with another secret.
func (c *caller) as(secret string) *caller { return &caller{t: c.t, base: c.base, secret: secret} }

// try sends a request; body is sent as it is where it is a string, else as JSON.
func (c *caller) try(method, path string, body any, headers ...string) (answer, error) {
	c.t.Helper()
	text, isText := body.(string)
	if !isText && body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		text = string(raw)
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, bytes.NewReader([]byte(text)))
	if err != nil {
		c.t.Fatal(err)
	}
	if c.secret != "" {
		req.Header.Set("Authorization", "Bearer "+c.secret)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	raw, err := io.ReadAll(res.Body)
	if closeErr := res.Body.Close(); closeErr != nil {
		c.t.Fatal(closeErr)
	}
	a := answer{status: res.StatusCode, header: res.Header, text: string(raw)}
	_ = json.Unmarshal(raw, &a.object) // not every answer is an object
	return a, err
}

// do sends a request that must be answered.
func (c *caller) do(method, path string, body any, headers ...string) answer {
	c.t.Helper()
	a, err := c.try(method, path, body, headers...)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// ok sends a request that must succeed and returns the object that came back.
func (c *caller) ok(method, path string, body any) map[string]any {
	c.t.Helper()
	a := c.do(method, path, body)
	if a.status != http.StatusOK {
		c.t.Fatalf("%s %s: %d %s", method, path, a.status, a.text)
	}
	return a.object
}

// refused checks an error answer of Heracles.
func (a answer) refused(t *testing.T, status, code int, message string) {
	t.Helper()
	if a.status != status || a.object["code"] != float64(code) || a.object["message"] != message {
		t.Errorf("got %d %s\nwant %d, code %d, message %q", a.status, a.text, status, code, message)
	}
	if id, _ := a.object["requestId"].(string); len(id) != 32 {
		t.Errorf("requestId is %q, want 32 hexadecimal digits", id)
	}
}

// at walks into nested objects and lists.
func at(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

// records returns the records of a list answer; a missing list has none.
func records(object map[string]any) []any {
	list, _ := object["records"].([]any)
	return list
}
