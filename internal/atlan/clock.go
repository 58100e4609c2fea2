// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"net/http"
	"sync"
	"time"
)

// tenantClock estimates the tenant's time from the Date header of its answers.
type tenantClock struct {
	local func() time.Time

	mu     sync.Mutex
	offset time.Duration
}

func (t *tenantClock) now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.local().Add(t.offset)
}

// observe learns from one answer. Differences that a header with whole seconds and a slow answer explain are ignored.
func (t *tenantClock) observe(header http.Header) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return
	}
	offset := date.Sub(t.local())
	if offset.Abs() < 5*time.Second {
		offset = 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.offset = offset
}
