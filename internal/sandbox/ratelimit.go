// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"errors"
	"math"
	"time"
)

const rateWindow = time.Minute

// rateLimiter admits at most limit requests per actor in any rolling minute of the tenant's clock.
type rateLimiter struct {
	limit    int
	admitted map[string][]time.Time
}

// admit returns 0, or the whole seconds after which the next request will be admitted.
func (l *rateLimiter) admit(actor string, now time.Time) int {
	if l.limit == 0 {
		return 0
	}
	recent := l.admitted[actor]
	for len(recent) > 0 && now.Sub(recent[0]) >= rateWindow {
		recent = recent[1:]
	}
	if len(recent) < l.limit {
		l.admitted[actor] = append(recent, now)
		return 0
	}
	l.admitted[actor] = recent
	wait := rateWindow - now.Sub(recent[0])
	return int(math.Ceil(wait.Seconds()))
}

// SetLatency changes the wait before every API request is acted upon, until a reset.
func (t *Tenant) SetLatency(latency time.Duration) error {
	if latency < 0 {
		return errors.New("the latency must not be negative")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.latency = latency
	return nil
}

// SetRateLimit changes how many requests per minute one actor may make, until a reset; 0 is no limit. What was asked before
// does not count.
func (t *Tenant) SetRateLimit(limit int) error {
	if limit < 0 {
		return errors.New("the rate limit must not be negative")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.limiter = rateLimiter{limit: limit, admitted: map[string][]time.Time{}}
	return nil
}
