// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// stock is a collection of objects that only counts the requests for them.
type stock struct {
	limit    *bucket
	pages    int // that the whole collection has
	latency  time.Duration
	requests atomic.Int64
	total    atomic.Int64 // pages, as of the last answer that said so
}

func (s *stock) request(ctx context.Context) error {
	if err := s.limit.wait(ctx); err != nil {
		return err
	}
	s.requests.Add(1)
	return sleep(ctx, s.latency)
}

func (s *stock) one(ctx context.Context, key string) (string, error) { return key, s.request(ctx) }

// collect is [collectPages] with a page for each key.
func (s *stock) collect(ctx context.Context, maxRequests int, arrived func(map[string]string)) error {
	if s.total.Load() > int64(maxRequests) {
		return errTooLarge
	}
	for page := range s.pages {
		if err := s.request(ctx); err != nil {
			return err
		}
		if s.total.Store(int64(s.pages)); s.pages > maxRequests {
			return errTooLarge
		}
		all := map[string]string{}
		for entry := range 10 {
			key := fmt.Sprint(page, " ", entry)
			all[key] = key
		}
		arrived(all)
	}
	return nil
}

func (s *stock) some(ctx context.Context, keys []string) (map[string]string, error) {
	all := map[string]string{}
	for _, key := range keys {
		all[key] = key
	}
	return all, s.request(ctx)
}

// TestLoaderRequests reads some objects of a collection, in the order that a seed gives. Nobody who does not know beforehand
// what will be read can always do with the fewest requests: one for each object, or those for the whole collection. The
// loader takes at most three times as many, and two; where objects can be read by their keys, never more than one for each.
func TestLoaderRequests(t *testing.T) {
	t.Parallel()
	const schedules, factor, more = 200, 3, 2
	worst := 0.0
	for seed := range uint64(schedules) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 7))
			s := &stock{
				limit: newBucket([]int{600, 60_000}[random.IntN(2)], time.Second),
				pages: 1 + random.IntN(40), latency: time.Duration(random.IntN(200)) * time.Millisecond,
			}
			l := newLoader(s.limit, s.one, s.collect)
			byKey := random.IntN(3) == 0
			if byKey {
				l.collect, l.some, l.someLimit = nil, s.some, 1000
			}
			begun := time.Now()
			reads := s.readSome(t, l, random)
			lives := 1 + int(time.Since(begun)/keptLife) // what was read is read again after that
			time.Sleep(loadTimeout)                      // pages that nobody waits for any more come all the same
			fewest := min(reads, s.pages)
			most := lives * (factor*fewest + more)
			if byKey {
				most = reads
			}
			got := int(s.requests.Load())
			if got > most {
				t.Errorf("schedule %d: %d requests for %d of the objects on %d pages, want at most %d", seed, got, reads, s.pages, most)
			}
			if !byKey {
				worst = max(worst, float64(got)/float64(lives*fewest))
			}
		})
	}
	t.Logf("%d schedules: at most %.1f times as many requests as the fewest", schedules, worst)
}

// readSome lets up to twenty workers read objects of their own, each with pauses, and tells how many objects there were.
func (s *stock) readSome(t *testing.T, l *loader[string], random *rand.Rand) int {
	t.Helper()
	keys := random.Perm(10 * s.pages)[:1+random.IntN(10*s.pages)]
	queue := make(chan string, len(keys))
	for _, key := range keys {
		queue <- fmt.Sprint(key/10, " ", key%10)
	}
	close(queue)
	spread := []time.Duration{1, 2 * batchWindow, 500 * time.Millisecond}[random.IntN(3)]
	var all sync.WaitGroup
	for worker := range 1 + random.IntN(20) {
		mine := rand.New(rand.NewPCG(uint64(worker), random.Uint64()))
		all.Go(func() {
			for key := range queue {
				time.Sleep(time.Duration(mine.Int64N(int64(spread))))
				if got, err := l.load(t.Context(), key); err != nil || got != key {
					t.Errorf("%s: got %q, %v", key, got, err)
				}
			}
		})
	}
	all.Wait()
	return len(keys)
}
