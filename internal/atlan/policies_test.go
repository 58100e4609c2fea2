// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// policyOn adds a policy to a persona as if it had been there for long.
func policyOn(tenant *sandbox.Tenant, personaGUID string, i int) string {
	return tenant.AddEntity(sandbox.Entity{TypeName: "AuthPolicy", AccessControl: personaGUID, Attributes: map[string]any{
		"name": fmt.Sprintf("policy %d", i), "policyType": "allow", "policyCategory": "persona", "policySubCategory": "metadata",
		"policyServiceName": "atlas", "policyResourceCategory": "CUSTOM", "connectionQualifiedName": sandbox.SeedProductionQualifiedName,
		"policyActions": []any{"persona-asset-read"}, "policyResources": []any{"entity:" + sandbox.SeedProductionQualifiedName},
	}}).GUID
}

// TestRefreshOfPolicies reads 200 policies of 20 personas ten at a time, persona by persona and in any order: where a
// persona is one document, that takes the pages of one list, and else few reads of many policies at once.
func TestRefreshOfPolicies(t *testing.T) {
	t.Parallel()
	const personas, each, most = 20, 10, 8
	for _, surface := range []string{sandbox.SurfacePersonas, sandbox.SurfaceEntities} {
		for _, shuffled := range []bool{false, true} {
			for _, spread := range []time.Duration{0, 2 * time.Millisecond, 10 * time.Millisecond} {
				t.Run(fmt.Sprintf("%s/shuffled=%t/%s", surface, shuffled, spread), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, PersonaAPI: surface, Latency: 50 * time.Millisecond})
						client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().UserBearerToken}, atlan.Serve(tenant))
						var keys [][2]string
						for i := range personas {
							persona := tenant.AddPersona(fmt.Sprintf("persona %d", i)).GUID
							for j := range each {
								keys = append(keys, [2]string{persona, policyOn(tenant, persona, j)})
							}
						}
						if shuffled {
							rand.New(rand.NewPCG(1, 1)).Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
						}
						readPolicies(t, client, keys, spread)
						requests := len(tenant.Journal())
						t.Logf("%d requests", requests)
						if requests > most {
							t.Errorf("%d requests, want at most %d: %v", requests, most, tenant.JournalSummary())
						}
					})
				})
			}
		}
	}
}

// TestRefreshWhereTheIndexTellsNoPolicies: they are found through their personas then, which takes little more.
func TestRefreshWhereTheIndexTellsNoPolicies(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, Latency: 50 * time.Millisecond})
		var searched atomic.Bool
		silent := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			asked := bytes.ReplaceAll(body, []byte(`"attributes":["policies"]`), []byte(`"attributes":[]`))
			if len(asked) < len(body) {
				searched.Store(true)
			}
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(asked)), int64(len(asked))
			tenant.ServeHTTP(w, r)
		})
		client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().UserBearerToken}, atlan.Serve(silent))
		var keys [][2]string
		for i := range 20 {
			persona := tenant.AddPersona(fmt.Sprint("persona ", i)).GUID
			for j := range 10 {
				keys = append(keys, [2]string{persona, policyOn(tenant, persona, j)})
			}
		}
		readPolicies(t, client, keys, 0)
		if requests := len(tenant.Journal()); requests > 10 || !searched.Load() {
			t.Errorf("%d requests, looked for all personas: %t: %v", requests, searched.Load(), tenant.JournalSummary())
		}
	})
}

// readPolicies reads policies as Terraform does: ten at a time, each as soon as another is done.
func readPolicies(t *testing.T, client *atlan.Client, keys [][2]string, spread time.Duration) {
	t.Helper()
	queue := make(chan [2]string, len(keys))
	for _, key := range keys {
		queue <- key
	}
	close(queue)
	var wait sync.WaitGroup
	for worker := range 10 {
		random := rand.New(rand.NewPCG(uint64(worker), 1))
		wait.Go(func() {
			for key := range queue {
				time.Sleep(time.Duration(random.Int64N(int64(spread) + 1)))
				if policy, err := client.Policies.Get(t.Context(), atlan.PolicyMetadata, key[0], key[1]); err != nil || policy.GUID != key[1] {
					t.Errorf("got %+v, %v", policy, err)
				}
			}
		})
	}
	wait.Wait()
}

// TestAbsenceOfAPolicyIsConfirmed: a persona's document that was read a moment ago does not make a policy absent that somebody
// has added since.
func TestAbsenceOfAPolicyIsConfirmed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, PersonaAPI: sandbox.SurfacePersonas})
		client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().UserBearerToken}, atlan.Serve(tenant))
		var keys [][2]string
		for i := range 3 {
			persona := tenant.AddPersona(fmt.Sprintf("persona %d", i)).GUID
			keys = append(keys, [2]string{persona, policyOn(tenant, persona, i)})
		}
		readPolicies(t, client, keys, 0)
		keys = [][2]string{{keys[0][0], policyOn(tenant, keys[0][0], 3)}}
		tenant.ClearJournal()
		readPolicies(t, client, keys, 0)
		if requests := len(tenant.Journal()); requests != 1 {
			t.Errorf("%d requests to confirm that the policy is absent", requests)
		}
		if _, err := client.Policies.Get(t.Context(), atlan.PolicyMetadata, keys[0][0], "unknown"); !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// TestUnreadablePersona reads a policy although its persona, which was only to come along, is not for the caller to read.
func TestUnreadablePersona(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, PersonaAPI: sandbox.SurfaceEntities})
	setFaults(t, tenant, fault{Method: http.MethodGet, Path: "/api/meta/entity/bulk", Kind: sandbox.FaultStatus, Status: http.StatusForbidden})
	client := connect(t, tenant)
	policy, err := client.Policies.Get(t.Context(), atlan.PolicyMetadata, sandbox.SeedPersonaGUID, sandbox.SeedProductionPolicyGUID)
	if err != nil || policy.GUID != sandbox.SeedProductionPolicyGUID || tenant.JournalSummary()["GET /api/meta/entity/bulk"] != 2 {
		t.Errorf("got %+v, %v with %v", policy, err, tenant.JournalSummary())
	}
}

// TestGatewayHidesThePersona: that somebody between does not know the path says nothing of the persona.
func TestGatewayHidesThePersona(t *testing.T) {
	t.Parallel()
	for _, surface := range []string{sandbox.SurfacePersonas, sandbox.SurfaceEntities} {
		tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, PersonaAPI: surface})
		var away atomic.Bool
		client := connect(t, tenant, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if away.Load() {
					http.NotFound(w, r)
					return
				}
				next.ServeHTTP(w, r)
			})
		})
		if _, err := client.Policies.Of(t.Context(), sandbox.SeedPersonaGUID); err != nil {
			t.Fatal(err)
		}
		away.Store(true)
		if _, err := client.Policies.Of(t.Context(), sandbox.SeedPersonaGUID); err == nil || errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("%s: got %v", surface, err)
		}
	}
}
