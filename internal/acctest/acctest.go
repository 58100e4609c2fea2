// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package acctest is what acceptance tests share: tenants, the provider in process and as a binary, a small Terraform
// that speaks the plugin protocol, and the search for leaked secrets.
package acctest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// NamePrefix begins the name of everything that acceptance tests create; the sweeper deletes by it.
const NamePrefix = "tfacc-"

// Tenant is what a test runs against.
type Tenant struct {
	// Sandbox is the tenant itself; nil when the test runs against a live one.
	Sandbox *sandbox.Tenant
	// URL and APIKey are for the provider.
	URL, APIKey string

	busy *atomic.Int64 // requests that the sandbox has not answered yet
}

// SecretPattern matches every secret of a sandbox: they are all shaped like JSON web tokens.
var SecretPattern = regexp.MustCompile(`eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`)

// Live tells whether acceptance tests run against a live tenant.
func Live() bool { return os.Getenv("ATLAN_LIVE") != "" }

// NewTenant returns the live tenant when there is one, else a sandbox of the test's own.
func NewTenant(t testing.TB) *Tenant {
	t.Helper()
	if Live() {
		return &Tenant{URL: os.Getenv("ATLAN_BASE_URL"), APIKey: os.Getenv("ATLAN_API_KEY")}
	}
	return NewSandbox(t)
}

// NewSandbox starts a sandbox tenant with the demo seed, changed by the given functions. Tests that change a tenant
// behind Terraform's back, or make it fail, need one; they are skipped against a live tenant.
func NewSandbox(t testing.TB, change ...func(*sandbox.Options)) *Tenant {
	t.Helper()
	if Live() {
		t.Skip("changes the tenant behind Terraform's back, which only a sandbox allows")
	}
	options := sandbox.Options{Seed: sandbox.SeedDemo}
	for _, f := range change {
		f(&options)
	}
	tenant, err := sandbox.New(options)
	if err != nil {
		t.Fatalf("starting a sandbox tenant: %v", err)
	}
	busy := &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		busy.Add(1)
		defer busy.Add(-1)
		tenant.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		server.Close()
		server.Config.Handler = nil // the test, which lives as long as its package's tests run, keeps the server
	})
	return &Tenant{Sandbox: tenant, URL: server.URL, APIKey: tenant.Credentials().APIKey, busy: busy}
}

// Settle waits until the sandbox has acted on all requests, also on those whose client has stopped waiting.
func (t *Tenant) Settle() {
	for t.busy.Load() > 0 {
		time.Sleep(time.Millisecond)
	}
}

// GrantConnections makes the sandbox's API token an admin of all its connections, which policies on their assets take,
// and returns the tenant.
func (t *Tenant) GrantConnections(tb testing.TB) *Tenant {
	tb.Helper()
	account := ""
	for _, token := range t.Sandbox.State().APITokens {
		if token.GUID == t.Sandbox.Credentials().APITokenGUID {
			account = token.Username()
		}
	}
	for _, connection := range t.Sandbox.State().Connections {
		must(tb, t.Sandbox.EditEntity(connection.GUID, func(e *sandbox.Entity) {
			admins := []any{account}
			for _, admin := range e.List("adminUsers") {
				admins = append(admins, admin)
			}
			e.Attributes["adminUsers"] = admins
		}))
	}
	return t
}

// Provider returns a server of the provider, configured for the tenant as by environment variables, but apart from
// those of every other test. Its pauses before retries are short.
func (t *Tenant) Provider(change ...func(*atlan.Config)) func() (tfprotov6.ProviderServer, error) {
	environment := map[string]string{"ATLAN_BASE_URL": t.URL, "ATLAN_API_KEY": t.APIKey}
	return providerserver.NewProtocol6WithError(provider.New("test", provider.Options{
		Environment: func(name string) string { return environment[name] },
		Client: func(config *atlan.Config) {
			if t.Sandbox != nil {
				config.RetryWait = 5 * time.Millisecond
				config.RequestsPerMinute = 100_000
				config.Pause = t.pause
			}
			for _, f := range change {
				f(config)
			}
		},
	})())
}

// pause is how the provider waits for runs: the sandbox's clock goes on instead.
func (t *Tenant) pause(ctx context.Context, d time.Duration) error {
	t.Sandbox.Advance(d)
	return ctx.Err()
}

// Factories are the providers of an acceptance test: atlan, and echo, which shows ephemeral values to checks.
func (t *Tenant) Factories(change ...func(*atlan.Config)) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"atlan": t.Provider(change...),
		"echo":  echoprovider.NewProviderServer(),
	}
}

// Client returns a client of its own for the tenant, for checks.
func (t *Tenant) Client(tb testing.TB, change ...func(*atlan.Config)) *atlan.Client {
	tb.Helper()
	config := atlan.Config{BaseURL: t.URL, APIKey: t.APIKey, RequestsPerMinute: 100_000, RetryWait: 5 * time.Millisecond}
	for _, f := range change {
		f(&config)
	}
	client, err := atlan.New(config)
	if err != nil {
		tb.Fatalf("making a client: %v", err)
	}
	return client
}

// Shared makes every workspace use one server of the provider, as the resources of one configuration do.
func Shared(t *testing.T, factory func() (tfprotov6.ProviderServer, error)) func() (tfprotov6.ProviderServer, error) {
	t.Helper()
	server, err := factory()
	must(t, err)
	return func() (tfprotov6.ProviderServer, error) { return server, nil }
}
