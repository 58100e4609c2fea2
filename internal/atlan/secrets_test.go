// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// records keeps what a client logs.
type records struct {
	mu   sync.Mutex
	text strings.Builder
	n    int
}

func (r *records) log(_ context.Context, message string, fields map[string]any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	fmt.Fprintf(&r.text, "%s %+v\n", message, fields)
}

func (r *records) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

const (
	canaryKey    = "eyJhbGciOiJSUzI1NiJ9.canary-of-the-key"
	canarySecret = "canary-of-the-client-secret"
	canaryBearer = "eyJhbGciOiJSUzI1NiJ9.canary-of-the-bearer"
	canaryToken  = "eyJhbGciOiJSUzI1NiJ9.canary-of-a-new-token"
)

// TestNoSecretLeaves: a gateway that quotes the request, with its credential, in every part of its answer cannot make
// the client show it.
func TestNoSecretLeaves(t *testing.T) {
	t.Parallel()
	for name, quote := range map[string]func(dump string) string{
		"message": func(dump string) string { return object("code", 1000, "message", dump) },
		"code":    func(dump string) string { return object("code", dump, "message", "no") },
		"request": func(dump string) string { return object("requestId", dump) },
		"error":   func(dump string) string { return object("error", dump, "error_description", dump) },
		"causes":  func(dump string) string { return object("causes", []map[string]string{{"errorMessage": dump}}) },
		"text":    func(dump string) string { return dump },
		"HTML":    func(dump string) string { return "<html>" + dump },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && r.URL.Path == "/api/service/oauth-clients/token" {
					_, _ = fmt.Fprint(w, object("accessToken", canaryBearer, "expiresIn", 600))
					return
				}
				dump, _ := httputil.DumpRequest(r, true)
				w.Header().Set("X-Atlan-Request-Id", r.Header.Get("Authorization"))
				w.WriteHeader(http.StatusBadRequest)
				_, _ = fmt.Fprint(w, quote(string(dump)))
			}))
			t.Cleanup(server.Close)
			for _, config := range []atlan.Config{{APIKey: canaryKey}, {OAuthClientID: "oauth-client-1", OAuthClientSecret: canarySecret}} {
				log := &records{}
				config.BaseURL, config.RetryWait, config.Log = server.URL, time.Millisecond, log.log
				client := newClient(t, config)
				_, err := client.Tokens.FindByName(t.Context(), "ci")
				if err == nil {
					t.Fatal("no error")
				}
				for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), log.String()} {
					if strings.Contains(text, "canary") || strings.Contains(text, "Bearer ey") {
						t.Errorf("a secret leaves: %s", text)
					}
				}
				if log.n == 0 {
					t.Error("nothing is logged")
				}
			}
		})
	}
}

// TestLostSecretIsNotQuoted: an answer to a creation that cannot be used still holds a secret, which the client does
// not know of yet.
func TestLostSecretIsNotQuoted(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]struct {
		status int
		body   string
	}{
		"truncated":       {200, `{"id":"1","attributes":{"accessToken":"` + canaryToken},
		"no GUID":         {200, `{"attributes":{"accessToken":"` + canaryToken + `"}}`},
		"another type":    {200, `{"id":1,"attributes":{"accessToken":"` + canaryToken + `"}}`},
		"bad personas":    {200, `{"id":"1","attributes":{"accessToken":"` + canaryToken + `","personaQualifiedName":7}}`},
		"quoted":          {502, object("message", `the upstream sent {"accessToken":"`+canaryToken+`"}`)},
		"quoted, cut":     {400, object("message", `bad JSON after {"accessToken":"`+strings.TrimSuffix(canaryToken, "-token"))},
		"as request id":   {500, object("message", "no", "requestId", canaryToken)},
		"as Atlan's code": {409, object("code", canaryToken, "message", "no")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := &records{}
			client := atlan.Wired(t, atlan.Config{RetryWait: time.Millisecond, Log: log.log}, atlan.Serve(http.HandlerFunc(
				func(w http.ResponseWriter, r *http.Request) {
					if r.Method == http.MethodPost {
						w.WriteHeader(answer.status)
						_, _ = fmt.Fprint(w, answer.body)
						return
					}
					_, _ = fmt.Fprint(w, `{"totalRecord":0}`)
				})))
			_, err := client.Tokens.Create(t.Context(), atlan.TokenInput{Name: "ci", ValiditySeconds: 60})
			if err == nil || strings.Contains(err.Error()+log.String(), "canary") {
				t.Errorf("got %v, logged %s", err, log)
			}
		})
	}
}

func TestLogRecords(t *testing.T) {
	t.Parallel()
	var logged []map[string]any
	client := atlan.Wired(t, atlan.Config{Log: func(_ context.Context, _ string, fields map[string]any) { logged = append(logged, fields) }},
		atlan.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, `{"username":"ada"}`) })))
	if _, err := client.Principals.CurrentUser(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(logged) != 1 || logged[0]["method"] != "GET" || logged[0]["path"] != "/api/service/users/current" || logged[0]["status"] != 200 ||
		logged[0]["request_id"] == "" || len(logged[0]) != 5 {
		t.Errorf("got %v", logged)
	}
}

// object makes JSON of names and values.
func object(members ...any) string {
	o := map[string]any{}
	for i := 0; i+1 < len(members); i += 2 {
		o[fmt.Sprint(members[i])] = members[i+1]
	}
	text, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func newClient(t *testing.T, config atlan.Config) *atlan.Client {
	t.Helper()
	client, err := atlan.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}
