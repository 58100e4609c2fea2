// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestRefreshOfAThousand reads 500 tokens and 500 policies on 50 personas as Terraform does, in an order that it does not
// choose, under the default rate limit: what that takes is far below what may go out at once.
func TestRefreshOfAThousand(t *testing.T) {
	t.Parallel()
	const tokens, personas, each = 500, 50, 10
	for surface, most := range map[string]int{sandbox.SurfacePersonas: 10, sandbox.SurfaceEntities: 16} {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, PersonaAPI: surface, Latency: 50 * time.Millisecond, RateLimit: 300})
				client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().UserBearerToken}, atlan.Serve(tenant))
				var reads []func() error
				for i := range tokens {
					token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: fmt.Sprint("token ", i)})
					reads = append(reads, func() error {
						_, err := client.Tokens.Get(t.Context(), token.GUID)
						return err
					})
				}
				for i := range personas {
					persona := tenant.AddPersona(fmt.Sprint("persona ", i)).GUID
					for j := range each {
						policy := policyOn(tenant, persona, j)
						reads = append(reads, func() error {
							_, err := client.Policies.Get(t.Context(), atlan.PolicyMetadata, persona, policy)
							return err
						})
					}
				}
				took := tenAtATime(t, reads)
				requests := len(tenant.Journal())
				t.Logf("%d requests in %s", requests, took)
				if requests > most {
					t.Errorf("%d requests, want at most %d: %v", requests, most, tenant.JournalSummary())
				}
				if took > 15*time.Second { // on the fake clock; the rate limit would stretch a thousand requests to three minutes
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// tenAtATime makes the calls in any order, ten at a time with pauses of up to 10 ms, and tells how long that took.
func tenAtATime(t *testing.T, calls []func() error) time.Duration {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
	queue := make(chan func() error, len(calls))
	for _, call := range calls {
		queue <- call
	}
	close(queue)
	begun := time.Now()
	var all sync.WaitGroup
	for worker := range 10 {
		mine := rand.New(rand.NewPCG(uint64(worker), 3))
		all.Go(func() {
			for call := range queue {
				time.Sleep(time.Duration(mine.Int64N(int64(10 * time.Millisecond))))
				if err := call(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	return time.Since(begun)
}
