// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const apikeys = "/api/service/apikeys"

// fault is one entry of a tenant's schedule.
type fault = sandbox.Fault

// newTenant makes a sandbox tenant.
func newTenant(t *testing.T, options sandbox.Options) *sandbox.Tenant {
	t.Helper()
	tenant, err := sandbox.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return tenant
}

// connect makes a client of the tenant over HTTP, through the given layers.
func connect(t *testing.T, tenant *sandbox.Tenant, layers ...func(http.Handler) http.Handler) *atlan.Client {
	t.Helper()
	var handler http.Handler = tenant
	for _, layer := range layers {
		handler = layer(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newClient(t, atlan.Config{
		BaseURL: server.URL, APIKey: tenant.Credentials().APIKey, RetryWait: time.Millisecond, RequestsPerMinute: 1_000_000,
	})
}

func setFaults(t *testing.T, tenant *sandbox.Tenant, faults ...fault) {
	t.Helper()
	if err := tenant.SetFaults(faults); err != nil {
		t.Fatal(err)
	}
}

// named returns the tokens of a name that the tenant holds, expired ones included.
func named(tenant *sandbox.Tenant, name string) []sandbox.APIToken {
	return slices.DeleteFunc(tenant.State().APITokens, func(token sandbox.APIToken) bool { return token.DisplayName != name })
}

// posts is a fault of the nth creation, or of several from there on.
func posts(nth, times int, kind sandbox.FaultKind) fault {
	return fault{Method: http.MethodPost, Path: apikeys, Nth: nth, Times: times, Kind: kind, Status: http.StatusServiceUnavailable}
}

// on is a layer that calls before ahead of each listing or creation of tokens.
func on(method string, before func(n int)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		var n atomic.Int32
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == method && r.URL.Path == apikeys {
				before(int(n.Add(1)))
			}
			next.ServeHTTP(w, r)
		})
	}
}

// instead is a layer that lets the first requests of that method be acted upon, and answers something else.
func instead(method string, times int32, status int, body string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		var n atomic.Int32
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != method || n.Add(1) > times {
				next.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(httptest.NewRecorder(), r)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
}
