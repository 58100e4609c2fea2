// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// mostInAMinute counts the most requests that any minute holds. The arithmetic of the limiter rounds to nanoseconds.
func mostInAMinute(sent []time.Time) int {
	slices.SortFunc(sent, time.Time.Compare)
	most, first := 0, 0
	for last := range sent {
		for sent[last].Sub(sent[first]) >= time.Minute-time.Microsecond {
			first++
		}
		most = max(most, last-first+1)
	}
	return most
}

// TestBucketArithmetic takes every grant as early as the limiter gives it, with idle times between.
func TestBucketArithmetic(t *testing.T) {
	t.Parallel()
	for _, perMinute := range []int{-1, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 59, 60, 61, 100, 299, 300, 301, 1000, 1800} {
		allowed := max(1, perMinute)
		for _, idle := range []time.Duration{0, time.Second, 30 * time.Second, 2 * time.Minute} {
			b := newBucket(perMinute, time.Millisecond)
			if most := float64(b.limiter.Burst()) + 60*float64(b.limiter.Limit()); perMinute > 1 && most > float64(perMinute)+1e-9 {
				t.Errorf("%d a minute: a burst and a minute's refill are %g", perMinute, most)
			}
			now := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
			var sent []time.Time
			for i := range 3 * allowed {
				if i > 0 && i%max(1, allowed/2) == 0 {
					now = now.Add(idle)
				}
				now = now.Add(b.limiter.ReserveN(now, 1).DelayFrom(now))
				sent = append(sent, now)
			}
			if most := mostInAMinute(sent); most > allowed {
				t.Errorf("%d a minute, idle for %s: %d in one minute", perMinute, idle, most)
			}
		}
	}
}

// TestBucketUnderLoad sends through the bucket from many goroutines, with answers of 429 in between.
func TestBucketUnderLoad(t *testing.T) {
	t.Parallel()
	for _, overloads := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			const perMinute, workers, each = 120, 25, 30
			b := newBucket(perMinute, time.Second)
			var mu sync.Mutex
			var sent []time.Time
			var wait sync.WaitGroup
			for worker := range workers {
				random := rand.New(rand.NewPCG(uint64(worker), 1))
				wait.Go(func() {
					for range each {
						time.Sleep(rand.N(50 * time.Millisecond))
						if err := b.wait(t.Context()); err != nil {
							t.Error(err)
						}
						mu.Lock()
						sent = append(sent, time.Now())
						mu.Unlock()
						if overloads && random.IntN(20) == 0 {
							b.slowDown(time.Duration(random.IntN(40)) * time.Second)
						}
					}
				})
			}
			wait.Wait()
			if most := mostInAMinute(sent); most > perMinute || len(sent) != workers*each {
				t.Errorf("overloads %v: %d of %d requests in one minute", overloads, most, len(sent))
			}
		})
	}
}

func TestOverloadPausesEverybodyOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(600, time.Second)
		full, start := b.limiter.Limit(), time.Now()
		waits := func(want time.Duration) {
			t.Helper()
			var all sync.WaitGroup
			for range 10 {
				all.Go(func() {
					if err := b.wait(t.Context()); err != nil || time.Since(start) != want {
						t.Errorf("let through after %s, want %s; %v", time.Since(start), want, err)
					}
				})
			}
			all.Wait()
		}
		waits(0)
		for range 5 {
			b.slowDown(10 * time.Second)
		}
		if got := b.limiter.Limit(); got != full*3/4 {
			t.Errorf("after one overload the rate is %g of %g", got, full)
		}
		waits(10 * time.Second)

		time.Sleep(time.Second)
		b.slowDown(0)
		b.slowDown(5 * time.Second) // the longest pause that is asked for counts
		b.slowDown(2 * time.Second)
		if got := b.limiter.Limit(); got != full*9/16 {
			t.Errorf("after two overloads the rate is %g of %g", got, full)
		}
		waits(16 * time.Second)
	})
}

func TestOverloadsHaveBounds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(300, time.Second)
		full := b.limiter.Limit()
		for range 40 {
			b.slowDown(time.Hour)
			if pause := b.pause(); pause != maxRetryWait {
				t.Errorf("paused for %s", pause)
			}
			time.Sleep(2 * time.Minute)
		}
		if got := b.limiter.Limit(); got != full/10 {
			t.Errorf("the rate is %g of %g", got, full)
		}
		b.slowDown(0)
		if pause := b.pause(); pause != time.Second {
			t.Errorf("paused for %s", pause)
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(60, time.Second)
		b.slowDown(30 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		start := time.Now()
		err := b.wait(ctx)
		if err == nil || !strings.Contains(err.Error(), "pause of another 30s") || time.Since(start) != 0 {
			t.Errorf("got %v after %s", err, time.Since(start))
		}
		ctx, cancel = context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		if err := b.wait(ctx); err == nil || time.Since(start) != 3*time.Second {
			t.Errorf("got %v after %s", err, time.Since(start))
		}
	})
}

// TestReasonLimit: where the limit leaves no time, the error says so at once, and nothing was sent.
func TestReasonLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		script := &script{steps: []step{answers(200, `{"username":"ada"}`)}}
		client := Wired(t, Config{RequestsPerMinute: 1}, script.wire())
		if _, err := client.Principals.WhoAmI(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		start := time.Now()
		_, err := client.Principals.WhoAmI(ctx)
		connection, ok := err.(*ConnectionError) //nolint:errorlint // it is not wrapped
		if !ok || connection.Reason != ReasonLimit || connection.Sent || time.Since(start) != 0 || len(script.requests()) != 1 {
			t.Errorf("got %v after %s and %d requests", err, time.Since(start), len(script.requests()))
		}
	})
}

// TestReasonPaused: where the tenant has asked for a longer pause than there is time, the error says so at once.
func TestReasonPaused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		script := &script{steps: []step{answers(200, `{"username":"ada"}`)}}
		client := Wired(t, Config{RequestsPerMinute: 1000}, script.wire())
		client.limit.slowDown(40 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err := client.Principals.WhoAmI(ctx)
		connection, ok := err.(*ConnectionError) //nolint:errorlint // it is not wrapped
		if !ok || connection.Reason != ReasonPaused || connection.Sent || len(script.requests()) != 0 || !strings.Contains(err.Error(), "another 40s") {
			t.Errorf("got %v after %d requests", err, len(script.requests()))
		}
	})
}

func TestGrantIsUsedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(60, time.Second)
		b.limiter = rate.NewLimiter(rate.Every(time.Second), 1)
		if err := b.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, start := withGrant(t.Context()), time.Now()
		for _, want := range []time.Duration{0, time.Second, 2 * time.Second} {
			if err := b.wait(ctx); err != nil || time.Since(start) != want {
				t.Errorf("let through after %s, want %s; %v", time.Since(start), want, err)
			}
		}
	})
}
