// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// serveTLS starts a server that keeps failed handshakes out of the test's output.
func serveTLS(t *testing.T, config *tls.Config) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(answerCurrentUser))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = config
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func answerCurrentUser(w http.ResponseWriter, _ *http.Request) {
	_, _ = fmt.Fprint(w, `{"username":"ada"}`)
}

// asLocalhost is the server's address by a name that its certificate does not have.
func asLocalhost(server *httptest.Server) string {
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
}

func certificateOf(server *httptest.Server) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}

func TestConnectionErrors(t *testing.T) {
	t.Parallel()
	modern := serveTLS(t, nil)
	old := serveTLS(t, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
	plain := httptest.NewServer(http.HandlerFunc(answerCurrentUser))
	t.Cleanup(plain.Close)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "https://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(silent.Close)
	cutting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = fmt.Fprint(w, `{"username":`)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(cutting.Close)
	hangingUp := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(hangingUp.Close)

	for name, test := range map[string]struct {
		config atlan.Config
		reason atlan.Reason
		sent   bool
	}{
		"refused":                  {atlan.Config{BaseURL: closed}, atlan.ReasonRefused, false},
		"untrusted certificate":    {atlan.Config{BaseURL: modern.URL}, atlan.ReasonCertificate, false},
		"another's certificate":    {atlan.Config{BaseURL: asLocalhost(modern), CACertificates: certificateOf(modern)}, atlan.ReasonCertificate, false},
		"plain HTTP":               {atlan.Config{BaseURL: strings.Replace(plain.URL, "http:", "https:", 1)}, atlan.ReasonTLS, false},
		"TLS 1.1":                  {atlan.Config{BaseURL: old.URL, CACertificates: certificateOf(old)}, atlan.ReasonTLS, false},
		"no answer in time":        {atlan.Config{BaseURL: silent.URL, RequestTimeout: 300 * time.Millisecond}, atlan.ReasonTimeout, true},
		"half an answer":           {atlan.Config{BaseURL: cutting.URL}, atlan.ReasonReset, true},
		"the connection is closed": {atlan.Config{BaseURL: hangingUp.URL}, atlan.ReasonReset, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.config.APIKey, test.config.MaxRetries, test.config.RetryWait = canaryKey, new(1), time.Millisecond
			_, err := newClient(t, test.config).Principals.CurrentUser(t.Context())
			var e *atlan.ConnectionError
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			host := strings.SplitN(test.config.BaseURL, "//", 2)[1]
			if e.Reason != test.reason || e.Sent != test.sent || e.Host != host || e.Method != http.MethodGet || e.Path != "/api/service/users/current" {
				t.Errorf("got %#v", e)
			}
			if text := err.Error(); !strings.Contains(text, host) || !strings.Contains(text, string(test.reason)) || strings.Contains(text, "canary") {
				t.Errorf("got %q", text)
			}
		})
	}
}

func TestCACertificates(t *testing.T) {
	t.Parallel()
	for name, version := range map[string]uint16{"TLS 1.2": tls.VersionTLS12, "TLS 1.3": tls.VersionTLS13} {
		server := serveTLS(t, &tls.Config{MinVersion: version, MaxVersion: version})
		client := newClient(t, atlan.Config{BaseURL: server.URL + "/", APIKey: canaryKey, CACertificates: certificateOf(server)})
		if user, err := client.Principals.CurrentUser(t.Context()); err != nil || user.Username != "ada" {
			t.Errorf("%s: got %v, %v", name, user, err)
		}
		if client.BaseURL() != server.URL {
			t.Errorf("the address is %s", client.BaseURL())
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var got []http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, r.Header.Clone())
		_, _ = fmt.Fprint(w, `{"records":[{"id":"1"}],"filterRecord":1}`)
	}))
	t.Cleanup(server.Close)
	client := newClient(t, atlan.Config{BaseURL: server.URL, APIKey: canaryKey, UserAgent: "terraform-provider-atlan/1.0.0 (terraform 1.15.0)"})
	if _, err := client.Tokens.Update(t.Context(), "1", atlan.TokenInput{Name: "ci"}); err != nil {
		t.Fatal(err)
	}
	for i, header := range got {
		for name, want := range map[string]string{
			"Authorization": "Bearer " + canaryKey, "User-Agent": "terraform-provider-atlan/1.0.0 (terraform 1.15.0)", "Accept": "application/json",
			"X-Atlan-Agent": "sdk", "X-Atlan-Agent-Id": "terraform", "X-Atlan-Client-Origin": "product_sdk",
			"Content-Type": []string{"application/json", ""}[i],
		} {
			if header.Get(name) != want {
				t.Errorf("request %d: %s is %q", i, name, header.Get(name))
			}
		}
		if _, err := uuid.Parse(header.Get("X-Atlan-Request-Id")); err != nil {
			t.Errorf("request %d: the request id is %q", i, header.Get("X-Atlan-Request-Id"))
		}
	}
	if len(got) != 2 || got[0].Get("X-Atlan-Request-Id") == got[1].Get("X-Atlan-Request-Id") {
		t.Errorf("%d requests", len(got))
	}
}

// TestRedirects: only a read is repeated elsewhere, and only on the same host, so that the credential goes nowhere else.
func TestRedirects(t *testing.T) {
	t.Parallel()
	var astray atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		astray.Add(1)
		answerCurrentUser(w, r)
	}))
	t.Cleanup(other.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		for name, test := range map[string]struct {
			method, to string
			requests   int32
			works      bool
		}{
			"read, same host":   {http.MethodGet, "/moved", 2, true},
			"read, other host":  {http.MethodGet, other.URL + "/moved", 1, false},
			"read, other port":  {http.MethodGet, "//127.0.0.1:1/moved", 1, false},
			"read, to https":    {http.MethodGet, "https:", 1, false},
			"read, in circles":  {http.MethodGet, "/users", 6, false},
			"write, same host":  {http.MethodPost, "/moved", 1, false},
			"write, other host": {http.MethodPost, other.URL + "/moved", 1, false},
			"delete, same host": {http.MethodDelete, "/moved", 1, false},
		} {
			t.Run(fmt.Sprintf("%d/%s", status, name), func(t *testing.T) {
				t.Parallel()
				var requests atomic.Int32
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					requests.Add(1)
					if r.Header.Get("Authorization") != "Bearer "+canaryKey {
						t.Errorf("%s has no credential", r.URL)
					}
					if r.URL.Path == "/moved" {
						answerCurrentUser(w, r)
						return
					}
					to := test.to
					if to == "https:" {
						to = "https://" + r.Host + "/moved"
					}
					w.Header().Set("Location", to)
					w.WriteHeader(status)
				}))
				t.Cleanup(server.Close)
				client := newClient(t, atlan.Config{BaseURL: server.URL, APIKey: canaryKey, RetryWait: time.Millisecond})
				var err error
				switch test.method {
				case http.MethodGet:
					_, err = client.Principals.CurrentUser(t.Context())
				case http.MethodPost:
					_, err = client.Tokens.Update(t.Context(), "1", atlan.TokenInput{Name: "ci"})
				default:
					err = client.Tokens.Delete(t.Context(), "1")
				}
				if requests := requests.Load(); test.method != http.MethodDelete && requests != test.requests {
					t.Errorf("%d requests, want %d", requests, test.requests)
				}
				var e *atlan.Error
				if test.works != (err == nil) || !test.works && (!errors.As(err, &e) || e.StatusCode != status || !strings.Contains(e.Message, "redirects")) {
					t.Errorf("got %v", err)
				}
			})
		}
	}
	t.Cleanup(func() {
		if n := astray.Load(); n > 0 {
			t.Errorf("%d requests went to the other host", n)
		}
	})
}
