// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// bucket is the token bucket that all requests of a client pass. In no minute does it let more than its configured
// number through: a fifth may go at once, the rest is spread.
type bucket struct {
	limiter  *rate.Limiter
	floor    rate.Limit
	minPause time.Duration

	mu          sync.Mutex
	pausedUntil time.Time
}

func newBucket(requestsPerMinute int, minPause time.Duration) *bucket {
	burst := max(1, requestsPerMinute/5)
	perSecond := rate.Limit(float64(max(1, requestsPerMinute-burst)) / 60)
	return &bucket{limiter: rate.NewLimiter(perSecond, burst), floor: perSecond / 10, minPause: minPause}
}

// pauseError says that the tenant wants no requests for longer than there is time.
type pauseError struct{ left time.Duration }

// Error implements error.
func (e *pauseError) Error() string {
	return fmt.Sprintf("the tenant has asked for a pause of another %s", e.left.Round(time.Second))
}

type grantedKey struct{}

// withGrant marks a context whose next request already holds a grant of the bucket.
func withGrant(ctx context.Context) context.Context {
	return context.WithValue(ctx, grantedKey{}, &sync.Once{})
}

// wait blocks until a request may be sent.
func (b *bucket) wait(ctx context.Context) error {
	if once, ok := ctx.Value(grantedKey{}).(*sync.Once); ok {
		first := false
		once.Do(func() { first = true })
		if first {
			return nil
		}
	}
	for {
		if err := b.limiter.Wait(ctx); err != nil {
			return err
		}
		pause := b.pause()
		if pause <= 0 {
			return nil
		}
		if !outlives(ctx, pause) {
			return &pauseError{pause}
		}
		// A grant is good for now only: those of a pause, sent together at its end, would exceed the limit.
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

func (b *bucket) pause() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return time.Until(b.pausedUntil)
}

// slowDown answers a 429: all requests pause as long as the tenant asked, and later ones come at three quarters of the
// rate, since somebody else shares the limit.
func (b *bucket) slowDown(pause time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if now.After(b.pausedUntil) {
		// Several requests may hear of the same overload: it slows the bucket once.
		b.limiter.SetLimit(max(b.floor, b.limiter.Limit()*3/4))
	}
	if until := now.Add(min(max(pause, b.minPause), maxRetryWait)); until.After(b.pausedUntil) {
		b.pausedUntil = until
	}
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
