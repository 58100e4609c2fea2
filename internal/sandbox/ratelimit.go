// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
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
