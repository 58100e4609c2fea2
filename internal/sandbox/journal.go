// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"slices"
	"sync"
	"time"
)

// journalSize bounds the memory that the journal takes; the oldest requests are forgotten first.
const journalSize = 200_000

// Request is one API request as the journal keeps it. It never holds a header or a body, and so no secret.
type Request struct {
	Method string    `json:"method"`
	Path   string    `json:"path"`
	Query  string    `json:"query"`
	Status int       `json:"status"` // 0 where the connection was closed without an answer
	Actor  string    `json:"actor"`  // user name; empty where the request was not authenticated
	At     time.Time `json:"at"`     // by the tenant's clock
}

// journal is the list of requests in the order in which they were answered.
type journal struct {
	mu       sync.Mutex
	requests []Request
}

func (j *journal) add(r Request) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.requests) == journalSize {
		j.requests = slices.Clone(j.requests[journalSize/10:])
	}
	j.requests = append(j.requests, r)
}

func (j *journal) all() []Request {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]Request{}, j.requests...)
}

func (j *journal) clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.requests = nil
}

// summary counts requests by method and path.
func (j *journal) summary() map[string]int {
	counts := map[string]int{}
	for _, r := range j.all() {
		counts[r.Method+" "+r.Path]++
	}
	return counts
}
