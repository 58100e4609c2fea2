// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// tenantWith makes a tenant of n tokens besides its own, and a client on the fake clock.
func tenantWith(t *testing.T, n int) (*sandbox.Tenant, *atlan.Client, []string) {
	t.Helper()
	tenant := newTenant(t, sandbox.Options{Latency: 50 * time.Millisecond})
	var guids []string
	for i := range n {
		token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: fmt.Sprint("token ", i), CreatedAt: int64(1_600_000_000_000 + i)})
		guids = append(guids, token.GUID)
	}
	return tenant, atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().APIKey}, atlan.Serve(tenant)), guids
}

// readAll reads tokens as Terraform does: so many at a time, each as soon as another is done.
func readAll(t *testing.T, client *atlan.Client, guids []string, workers int, spread time.Duration) {
	t.Helper()
	queue := make(chan string, len(guids))
	for _, guid := range guids {
		queue <- guid
	}
	close(queue)
	var all sync.WaitGroup
	for worker := range workers {
		random := rand.New(rand.NewPCG(uint64(worker), 1))
		all.Go(func() {
			for guid := range queue {
				time.Sleep(time.Duration(random.Int64N(int64(spread) + 1)))
				if token, err := client.Tokens.Get(t.Context(), guid); err != nil || token.GUID != guid {
					t.Errorf("%s: got %+v, %v", guid, token, err)
				}
			}
		})
	}
	all.Wait()
}

func TestReadingManyTokensTakesFewRequests(t *testing.T) {
	t.Parallel()
	// The whole list has eleven pages. The further the readers are spread, the later it is clear that it will be wanted.
	for spread, most := range map[time.Duration]int{0: 11, 4 * time.Millisecond: 11, 10 * time.Millisecond: 12, 30 * time.Millisecond: 30} {
		t.Run(spread.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tenant, client, guids := tenantWith(t, 1000)
				readAll(t, client, guids, 10, spread)
				if requests := len(tenant.Journal()); requests > most {
					t.Errorf("%d requests, want at most %d", requests, most)
				}
			})
		})
	}
}

// TestFewReadsOfALargeTenant: reading some tokens of a great many takes a request for each, not the whole list.
func TestFewReadsOfALargeTenant(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 4} {
		synctest.Test(t, func(t *testing.T) {
			tenant, client, guids := tenantWith(t, 1500)
			readAll(t, client, guids[1000:1004], workers, 0)
			whole := 0
			for _, request := range tenant.Journal() {
				if !strings.Contains(request.Query, "filter") {
					whole++
				}
			}
			if whole > 1 || len(tenant.Journal()) > 5 {
				t.Errorf("%d workers: %d requests, %d for the whole", workers, len(tenant.Journal()), whole)
			}
		})
	}
}

// TestReadsWaitForTheLimiterTogether: what would wait for the limiter anyway becomes one request.
func TestReadsWaitForTheLimiterTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := newTenant(t, sandbox.Options{})
		var guids []string
		for range 50 {
			token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci"})
			guids = append(guids, token.GUID)
		}
		client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().APIKey, RequestsPerMinute: 5}, atlan.Serve(tenant))
		if _, err := client.Principals.WhoAmI(t.Context()); err != nil {
			t.Fatal(err)
		}
		tenant.ClearJournal()
		readAll(t, client, guids, len(guids), 10*time.Second)
		if requests := len(tenant.Journal()); requests != 1 {
			t.Errorf("%d requests", requests)
		}
	})
}

func TestAbsenceIsConfirmed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant, client, guids := tenantWith(t, 30)
		readAll(t, client, guids, 10, 0)
		late, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "made by somebody else"})
		if err := tenant.DeleteAPIToken(guids[7]); err != nil {
			t.Fatal(err)
		}
		tenant.ClearJournal()
		if token, err := client.Tokens.Get(t.Context(), late.GUID); err != nil || token.GUID != late.GUID {
			t.Errorf("got %+v, %v", token, err)
		}
		if _, err := client.Tokens.Get(t.Context(), "unknown"); !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("got %v", err)
		}
		if requests := tenant.Journal(); len(requests) != 2 || !strings.Contains(requests[0].Query+requests[1].Query, "unknown") {
			t.Errorf("sent %v", requests)
		}
		tenant.ClearJournal()
		var all sync.WaitGroup
		for i := range 5 {
			all.Go(func() {
				if _, err := client.Tokens.Get(t.Context(), fmt.Sprint("unknown ", i)); !errors.Is(err, atlan.ErrNotFound) {
					t.Errorf("got %v", err)
				}
			})
		}
		all.Wait()
		if requests := len(tenant.Journal()); requests != 5 {
			t.Errorf("%d requests for 5 tokens that are not in the list just read", requests)
		}
		time.Sleep(16 * time.Second) // until what was read along is no longer served
		if _, err := client.Tokens.Get(t.Context(), guids[7]); !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// TestOwnWritesAreSeen: after a write, a read asks again, for that object alone.
func TestOwnWritesAreSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant, client, guids := tenantWith(t, 30)
		readAll(t, client, guids, 10, 0)
		if _, err := client.Tokens.Update(t.Context(), guids[3], atlan.TokenInput{Name: "new name"}); err != nil {
			t.Fatal(err)
		}
		if err := client.Tokens.Delete(t.Context(), guids[4]); err != nil {
			t.Fatal(err)
		}
		tenant.ClearJournal()
		if token, err := client.Tokens.Get(t.Context(), guids[3]); err != nil || token.Name != "new name" {
			t.Errorf("got %+v, %v", token, err)
		}
		if _, err := client.Tokens.Get(t.Context(), guids[4]); !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("got %v", err)
		}
		if requests := len(tenant.Journal()); requests != 2 {
			t.Errorf("%d requests", requests)
		}
		readAll(t, client, append(guids[:3:3], guids[5:]...), 10, 0)
		if requests := len(tenant.Journal()); requests != 2 {
			t.Errorf("%d requests after reading what was not written", requests)
		}
	})
}

// TestErrorsReachEveryReader: all that wait for one request share its failure, and the next reader asks again.
func TestErrorsReachEveryReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant, client, guids := tenantWith(t, 20)
		setFaults(t, tenant, fault{Method: http.MethodGet, Path: apikeys, Kind: sandbox.FaultStatus, Status: http.StatusForbidden})
		var all sync.WaitGroup
		for _, guid := range guids {
			all.Go(func() {
				if _, err := client.Tokens.Get(t.Context(), guid); !errors.Is(err, atlan.ErrForbidden) {
					t.Errorf("got %v", err)
				}
			})
		}
		all.Wait()
		if requests := len(tenant.Journal()); requests != 1 {
			t.Errorf("%d requests", requests)
		}
		readAll(t, client, guids, 10, 0)
	})
}

func TestCancelledReaderLeavesTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, client, guids := tenantWith(t, 20)
		leaving, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel) // the request takes 50
		var all sync.WaitGroup
		for i, guid := range guids {
			reader := []struct {
				ctx  context.Context
				wait time.Duration
				want error
			}{{leaving, 0, context.Canceled}, {t.Context(), time.Millisecond, nil}}[i%2] // who leaves has opened the batch
			all.Go(func() {
				time.Sleep(reader.wait)
				if _, err := client.Tokens.Get(reader.ctx, guid); !errors.Is(err, reader.want) {
					t.Errorf("got %v, want %v", err, reader.want)
				}
			})
		}
		all.Wait()
	})
}

// BenchmarkLoader reads 1,000 tokens by 10 workers from a tenant in memory. The clock is real: most of the time is the
// wait for company of the first batch.
func BenchmarkLoader(b *testing.B) {
	server := &listServer{tokens: 1000, largest: 100, filters: true}
	b.ReportAllocs()
	for b.Loop() {
		client := atlan.Wired(b, atlan.Config{RequestsPerMinute: 1_000_000}, atlan.Serve(server))
		queue := make(chan int, server.tokens)
		for i := range server.tokens {
			queue <- i
		}
		close(queue)
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				for i := range queue {
					if _, err := client.Tokens.Get(b.Context(), fmt.Sprint(i)); err != nil {
						b.Error(err)
					}
				}
			})
		}
		all.Wait()
	}
	b.ReportMetric(float64(server.requests.Load())/float64(b.N), "requests/op")
}

// TestRefusedReadFailsNobodyElse reads objects at once of which the caller may not see one: that one is read as the user,
// and the next time alone from the start.
func TestRefusedReadFailsNobodyElse(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	client := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken)
	for round := range 2 {
		tenant.ClearJournal()
		var all sync.WaitGroup
		for _, guid := range []string{sandbox.SeedProductionGUID, sandbox.SeedDevelopmentGUID} {
			all.Go(func() {
				if _, err := client.Connections.Read(t.Context(), guid); err != nil {
					t.Errorf("reading a connection beside a collection that is not to be seen: %v", err)
				}
			})
		}
		all.Go(func() {
			if collection, err := client.Collections.Read(t.Context(), sandbox.SeedCollectionGUID); err != nil || collection.Name == "" {
				t.Errorf("reading the collection as the user: %v", err)
			}
		})
		all.Wait()
		if bulks := tenant.JournalSummary()["GET "+bulk]; bulks > 1 {
			t.Errorf("round %d took %d requests for many", round, bulks)
		}
		for _, request := range tenant.Journal() {
			if round > 0 && request.Path == bulk && request.Status != http.StatusOK {
				t.Errorf("what had been refused was asked for along with others again")
			}
		}
	}
}

// TestAPageServesAtOnce: who asks for what is on the first page of the list does not wait for the last.
func TestAPageServesAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant, client, guids := tenantWith(t, 300)
		begun := time.Now()
		var took [3]time.Duration
		var all sync.WaitGroup
		for i, guid := range []string{guids[0], guids[150], guids[299]} {
			all.Go(func() {
				if token, err := client.Tokens.Get(t.Context(), guid); err != nil || token.GUID != guid {
					t.Errorf("got %+v, %v", token, err)
				}
				took[i] = time.Since(begun)
			})
		}
		all.Wait()
		// A page takes 50 ms, and the tenant has a token of its own: four pages.
		if took[0]+50*time.Millisecond > took[1] || took[1]+100*time.Millisecond > took[2] {
			t.Errorf("tokens of the first, second and fourth page took %s", took)
		}
		if requests := len(tenant.Journal()); requests != 4 {
			t.Errorf("%d requests", requests)
		}
	})
}
