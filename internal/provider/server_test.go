// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

// quiet returns a server as a release serves it when nobody reads its log, configured for the tenant.
func quiet(tenant *acctest.Tenant) func() (tfprotov6.ProviderServer, error) {
	return served(tenant, true)
}

func served(tenant *acctest.Tenant, quiet bool) func() (tfprotov6.ProviderServer, error) {
	environment := env(tenant.URL, tenant.APIKey)
	return func() (tfprotov6.ProviderServer, error) {
		return provider.NewServer("test", provider.Options{
			Environment: func(name string) string { return environment[name] },
			Client:      func(config *atlan.Config) { config.RequestsPerMinute = 1_000_000 },
		}, quiet)(), nil
	}
}

// TestQuietServer serves a resource's whole life.
func TestQuietServer(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewTenant(t)
	w := acctest.NewWorkspace(t, quiet(tenant))
	for _, name := range []string{"ci", "ci 2"} {
		config := map[string]acctest.Block{"token": {Type: "atlan_api_token", Attributes: map[string]any{"name": name}}}
		if failed := w.Apply(config); len(failed) > 0 {
			t.Fatal(acctest.Texts(failed))
		}
		if step := w.Plan(config)["token"]; step.Action != acctest.NoOp {
			t.Errorf("a second plan is %+v", step)
		}
	}
	if failed := w.Apply(nil); len(failed) > 0 {
		t.Error(acctest.Texts(failed))
	}
	server, _ := quiet(tenant)()
	if _, ok := server.(tfprotov6.ListResourceServer); !ok {
		t.Error("it does not serve lists")
	}
	if _, ok := server.(tfprotov6.ActionServer); !ok {
		t.Error("it does not serve actions")
	}
}

// TestQuietServerKeepsNothing: what belongs to a call is free when the call has ended.
func TestQuietServerKeepsNothing(t *testing.T) {
	t.Parallel()
	type key struct{}
	server, _ := quiet(acctest.NewTenant(t))()
	call := func() weak.Pointer[[4096]byte] {
		loggers := new([4096]byte)
		ctx := context.WithValue(t.Context(), key{}, loggers)
		if _, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{
			TypeName: "atlan_api_token", RawState: &tfprotov6.RawState{JSON: []byte(`{"id":"1"}`)},
		}); err != nil {
			t.Error(err)
		}
		return weak.Make(loggers)
	}
	loggers := call()
	for range 10 { // what the runtime holds on to for a moment is freed by a second or third collection
		runtime.GC()
		if loggers.Value() == nil {
			return
		}
	}
	t.Error("the server keeps the context of a call that has ended")
}

// TestQuietServerCancels: the end of a call's context ends the request that it waits for.
func TestQuietServerCancels(t *testing.T) {
	t.Parallel()
	arrived, over := make(chan struct{}), make(chan struct{})
	hanging := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-over
	}))
	defer hanging.Close()
	defer close(over)
	_, calls := record(t, acctest.NewTenant(t), "atlan_api_token", map[string]any{"name": "ci"})
	server := start(t, quiet(&acctest.Tenant{URL: hanging.URL, APIKey: "key"}))
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	answer, err := server.ReadResource(ctx, calls.read)
	if err != nil || len(answer.Diagnostics) != 1 || !strings.Contains(answer.Diagnostics[0].Detail, "cancel") {
		t.Errorf("got %+v, %v", answer, err)
	}
}

// recorder is a server that remembers its last calls.
type recorder struct {
	tfprotov6.ProviderServer
	validate *tfprotov6.ValidateResourceConfigRequest
	read     *tfprotov6.ReadResourceRequest
	plan     *tfprotov6.PlanResourceChangeRequest
	apply    *tfprotov6.ApplyResourceChangeRequest
}

func (r *recorder) ValidateResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	r.validate = req
	return r.ProviderServer.ValidateResourceConfig(ctx, req)
}

func (r *recorder) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	r.read = req
	return r.ProviderServer.ReadResource(ctx, req)
}

func (r *recorder) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	r.plan = req
	return r.ProviderServer.PlanResourceChange(ctx, req)
}

func (r *recorder) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	r.apply = req
	return r.ProviderServer.ApplyResourceChange(ctx, req)
}

// record makes an object and plans it again. It returns the server and the calls that this took.
func record(t testing.TB, tenant *acctest.Tenant, typeName string, attributes map[string]any) (tfprotov6.ProviderServer, *recorder) {
	t.Helper()
	server, err := quiet(tenant)()
	if err != nil {
		t.Fatal(err)
	}
	calls := &recorder{ProviderServer: server}
	w := acctest.NewWorkspace(t, func() (tfprotov6.ProviderServer, error) { return calls, nil })
	config := map[string]acctest.Block{"it": {Type: typeName, Attributes: attributes}}
	if failed := w.Apply(config); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
	if step := w.Plan(config)["it"]; step.Action != acctest.NoOp {
		t.Fatalf("a second plan is %+v", step)
	}
	return server, calls
}

// start configures a server.
func start(t testing.TB, factory func() (tfprotov6.ProviderServer, error)) tfprotov6.ProviderServer {
	t.Helper()
	var server tfprotov6.ProviderServer
	acctest.NewWorkspace(t, func() (made tfprotov6.ProviderServer, err error) {
		server, err = factory()
		return server, err
	})
	return server
}
