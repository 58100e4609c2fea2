// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// adminDocument is what Atlan's SDKs send to make an API token an admin of a connection; NAME is the workflow's name.
const adminDocument = `{"metadata":{"name":"NAME","namespace":"default",
  "labels":{"orchestration.atlan.com/certified":"true","orchestration.atlan.com/source":"atlan",
   "orchestration.atlan.com/sourceCategory":"utility","orchestration.atlan.com/type":"custom",
   "orchestration.atlan.com/preview":"true","orchestration.atlan.com/verified":"true",
   "package.argoproj.io/installer":"argopm",
   "package.argoproj.io/name":"a-t-rcsas-l-a-s-hapi-token-connection-admin",
   "package.argoproj.io/registry":"httpsc-o-l-o-ns-l-a-s-hs-l-a-s-hpackages.atlan.com",
   "orchestration.atlan.com/atlan-ui":"true"},
  "annotations":{"orchestration.atlan.com/allowSchedule":"true","orchestration.atlan.com/categories":"kotlin,utility",
   "orchestration.atlan.com/dependentPackage":"",
   "orchestration.atlan.com/docsUrl":"https://solutions.atlan.com/api-token-connection-admin/",
   "orchestration.atlan.com/emoji":"🚀",
   "orchestration.atlan.com/icon":"http://assets.atlan.com/assets/ph-key-light.svg",
   "orchestration.atlan.com/logo":"http://assets.atlan.com/assets/ph-key-light.svg",
   "orchestration.atlan.com/name":"API Token Connection Admin",
   "orchestration.atlan.com/atlanName":"NAME",
   "package.argoproj.io/author":"Atlan CSA",
   "package.argoproj.io/description":"Assigns an API token as a connection admin for an existing connection.",
   "package.argoproj.io/homepage":"https://packages.atlan.com/-/web/detail/@csa/api-token-connection-admin",
   "package.argoproj.io/keywords":"[\"kotlin\",\"utility\"]",
   "package.argoproj.io/name":"@csa/api-token-connection-admin","package.argoproj.io/parent":".",
   "package.argoproj.io/registry":"https://packages.atlan.com",
   "package.argoproj.io/repository":"git+https://github.com/atlanhq/marketplace-packages.git",
   "package.argoproj.io/support":"support@atlan.com"}},
 "spec":{"entrypoint":"main","templates":[{"name":"main","dag":{"tasks":[{"name":"run",
    "arguments":{"parameters":[
      {"name":"connection_qualified_name","value":"` + sandbox.SeedProductionQualifiedName + `"},
      {"name":"api_token_guid","value":"` + sandbox.SeedAPITokenGUID + `"}]},
    "templateRef":{"name":"csa-api-token-connection-admin","template":"main","clusterScope":true}}]}}],
  "workflowMetadata":{"annotations":{"package.argoproj.io/name":"@csa/api-token-connection-admin"}}},
 "payload":[]}`

var production = atlan.Connection{GUID: sandbox.SeedProductionGUID, QualifiedName: sandbox.SeedProductionQualifiedName}

// ownToken is the API token under which the client acts.
func ownToken(t *testing.T, client *atlan.Client) atlan.Token {
	t.Helper()
	token, err := client.Tokens.Get(t.Context(), sandbox.SeedAPITokenGUID)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func adminUsers(t *testing.T, tenant *sandbox.Tenant) []string {
	t.Helper()
	for _, connection := range tenant.State().Connections {
		if connection.GUID == production.GUID {
			return slices.Sorted(slices.Values(connection.List("adminUsers")))
		}
	}
	t.Fatal("the connection is gone")
	return nil
}

// TestAdminPackageDocument compares what is sent, member by member, with what Atlan's SDKs send.
func TestAdminPackageDocument(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	var sent []string
	client := connect(t, tenant, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == workflows {
				body, _ := io.ReadAll(r.Body)
				sent = append(sent, r.URL.RawQuery, string(body))
				r.Body = io.NopCloser(strings.NewReader(string(body)))
			}
			next.ServeHTTP(w, r)
		})
	})
	grant, err := client.Connections.AddAdminByPackage(t.Context(), production, ownToken(t, client))
	if err != nil || len(sent) != 2 || sent[0] != "submit=true" || !grant.Own {
		t.Fatalf("the grant is %+v, sent were %q: %v", grant, sent, err)
	}
	if !regexp.MustCompile(`^csa-api-token-connection-admin-[0-9]{10}$`).MatchString(grant.Workflow) {
		t.Errorf("the workflow is named %q", grant.Workflow)
	}
	var got, want any
	for text, into := range map[string]*any{sent[1]: &got, strings.ReplaceAll(adminDocument, "NAME", grant.Workflow): &want} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	diffJSON(t, "", got, want)
}

// diffJSON reports each member that differs.
func diffJSON(t *testing.T, where string, got, want any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		got, _ := got.(map[string]any)
		for name := range maps.Keys(got) {
			if _, ok := want[name]; !ok {
				t.Errorf("%s.%s is sent and should not be", where, name)
			}
		}
		for name, value := range want {
			diffJSON(t, where+"."+name, got[name], value)
		}
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			t.Errorf("%s is %v, want %v", where, got, want)
			return
		}
		for i := range want {
			diffJSON(t, where+"[]", got[i], want[i])
		}
	default:
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v, want %v", where, got, want)
		}
	}
}

// TestAdminPackageRuns waits for runs that appear late, and tells the ways in which they can end apart.
func TestAdminPackageRuns(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change  func(*sandbox.Options)
		prepare func(*sandbox.Tenant, *atlan.Token)
		cancel  int // looks at the run after which waiting is cancelled
		is      func(error) bool
		text    string
		runs    int
	}{
		"granted": {is: func(err error) bool { return err == nil }, runs: 1},
		"no surface": {
			change: func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfaceApp },
			is:     func(err error) bool { return errors.Is(err, atlan.ErrNoPackageWorkflows) }, text: "does not serve package workflows",
		},
		"not enabled": {
			change: func(o *sandbox.Options) { o.ConnectionAdminPackage = sandbox.PackageNotEnabled },
			is:     isA[*atlan.PackageNotEnabledError], text: "@csa/api-token-connection-admin is not enabled",
		},
		"no effect": {
			change: func(o *sandbox.Options) { o.ConnectionAdminPackage = sandbox.PackageNoEffect },
			is:     isA[*atlan.NoEffectError], text: "succeeded, but had no effect", runs: 1,
		},
		"failed": {
			prepare: func(_ *sandbox.Tenant, token *atlan.Token) { token.GUID = "0b0f64408-unknown" },
			is:      isA[*atlan.RunFailedError], text: "ended as Failed: Error (exit code 5)", runs: 1,
		},
		"never ends": {
			change: func(o *sandbox.Options) { o.RunTime = 1000 * time.Hour }, cancel: 20,
			is: isA[*atlan.RunUnfinishedError], text: "is still Pending", runs: 1,
		},
		"never seen": {
			change: func(o *sandbox.Options) { o.SearchLag = 1000 * time.Hour }, cancel: 5,
			is: isA[*atlan.RunUnfinishedError], text: "no run of it has been seen", runs: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var tenant *sandbox.Tenant
			tenant, client := workflowTenant(t, test.change, func(config *atlan.Config, _ sandbox.Credentials) {
				config.Pause = func(ctx context.Context, d time.Duration) error {
					if test.cancel--; test.cancel == 0 {
						cancel()
					}
					tenant.Advance(d)
					return ctx.Err()
				}
			})
			token := ownToken(t, client)
			if test.prepare != nil {
				test.prepare(tenant, &token)
			}
			grant, err := client.Connections.AddAdminByPackage(ctx, production, token)
			if !test.is(err) || err != nil && !strings.Contains(err.Error(), test.text) {
				t.Errorf("%+v: %v", grant, err)
			}
			state := tenant.State()
			if len(state.Runs) != test.runs || len(state.Workflows) != test.runs {
				t.Errorf("%d workflows and %d runs", len(state.Workflows), len(state.Runs))
			}
			if isAdmin := slices.Contains(adminUsers(t, tenant), token.Username()); isAdmin != (err == nil) {
				t.Errorf("the token is an admin: %v, but the error is %v", isAdmin, err)
			}
		})
	}
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// TestAdminPackageIsRunAgain runs an earlier workflow for the same token and connection, or waits for its run.
func TestAdminPackageIsRunAgain(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, nil, nil)
	token := ownToken(t, client)
	first, err := client.Connections.AddAdminByPackage(t.Context(), production, token)
	if err != nil {
		t.Fatal(err)
	}
	drop := func() {
		t.Helper()
		if err := tenant.EditEntity(production.GUID, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin"} }); err != nil {
			t.Fatal(err)
		}
	}
	drop()
	again, err := client.Connections.AddAdminByPackage(t.Context(), production, token)
	if err != nil || again.Workflow != first.Workflow || !again.Own || again.Run.Name == first.Run.Name {
		t.Errorf("again: %+v, first %+v: %v", again, first, err)
	}
	drop()
	tenant.Advance(time.Minute)
	running, err := client.Workflows.Rerun(t.Context(), first.Workflow)
	if err != nil {
		t.Fatal(err)
	}
	waited, err := client.Connections.AddAdminByPackage(t.Context(), production, token)
	if err != nil || waited.Run.Name != running.Name || len(tenant.State().Runs) != 3 || len(tenant.State().Workflows) != 1 {
		t.Errorf("waited for %+v, running was %s, %d runs: %v", waited, running.Name, len(tenant.State().Runs), err)
	}
	tenant.ClearJournal()
	if none, err := client.Connections.AddAdminByPackage(t.Context(), production, token); err != nil || none.Run.Name != "" || len(tenant.Journal()) != 1 {
		t.Errorf("for an admin: %+v with %v: %v", none, tenant.JournalSummary(), err)
	}
}

// TestAdminPackageSiblings makes eight tokens admins of one connection at the same time. The package overwrites what the
// index does not show yet, so that none but runs one after the other keep all of them.
func TestAdminPackageSiblings(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, nil, nil)
	want := []string{"admin"}
	var all sync.WaitGroup
	for range 8 {
		added, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "sibling"})
		want = append(want, added.Username())
		all.Go(func() {
			token, err := client.Tokens.Get(t.Context(), added.GUID)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := client.Connections.AddAdminByPackage(t.Context(), production, token); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	slices.Sort(want)
	if got := adminUsers(t, tenant); !slices.Equal(got, want) {
		t.Errorf("admins are %v, want %v", got, want)
	}
	if runs := tenant.State().Runs; len(runs) != 8 {
		t.Errorf("%d runs for 8 tokens", len(runs))
	}
}

// TestAdminPackageLosesToAnother runs again where somebody else replaced the list during the run.
func TestAdminPackageLosesToAnother(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, RunTime: time.Minute})
	server := httptest.NewServer(tenant)
	t.Cleanup(server.Close)
	saved := false
	client := newClient(t, atlan.Config{
		BaseURL: server.URL, APIKey: tenant.Credentials().APIKey, RetryWait: time.Millisecond, RequestsPerMinute: 1_000_000,
		Pause: func(ctx context.Context, d time.Duration) error {
			tenant.Advance(d)
			if runs := tenant.State().Runs; !saved && len(runs) == 1 && runs[0].Outcome != "" { // who had read before the end
				saved = true
				return tenant.EditEntity(production.GUID, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin", "jsmith"} })
			}
			return ctx.Err()
		},
	})
	token := ownToken(t, client)
	if _, err := client.Connections.AddAdminByPackage(t.Context(), production, token); err != nil {
		t.Error(err)
	}
	if got := adminUsers(t, tenant); !slices.Equal(got, []string{"admin", "jsmith", token.Username()}) || len(tenant.State().Runs) != 2 {
		t.Errorf("after %d runs admins are %v", len(tenant.State().Runs), got)
	}
}
