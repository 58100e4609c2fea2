// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"sync"
	"time"
)

// Tenant is an Atlan tenant. It is an http.Handler and is safe for concurrent use.
type Tenant struct {
	opts    Options
	routes  []route
	journal journal

	mu         sync.Mutex // guards everything below
	data       *data
	dirty      bool
	generation uint64                      // counts changes
	index      map[string]*lagged[*Entity] // what the search finds, by GUID; a purged entity is nil
	faults     *faultSchedule
	limiter    rateLimiter
	latency    time.Duration
	// connectionAdminPackage is the state of the API token connection admin package.
	connectionAdminPackage string
	vary                   variation
}

// Credentials are the secrets that a tenant starts with. All of them survive a reset, and, with a data file, a restart.
type Credentials struct {
	// APIKey belongs to the API token "sandbox", which is no connection admin.
	APIKey string `json:"apiKey"`
	// APITokenGUID is the GUID of that API token.
	APITokenGUID string `json:"apiTokenGuid"`
	// AdminUser is the name of a workspace administrator; UserBearerToken is that user's short-lived bearer token.
	AdminUser       string `json:"adminUser"`
	UserBearerToken string `json:"userBearerToken"`
	// MemberUser is the name of a user without administrative rights; only SeedDemo has one.
	MemberUser        string `json:"memberUser"`
	MemberBearerToken string `json:"memberBearerToken"`
	// OAuthClientID and OAuthClientSecret belong to an OAuth client with the role $admin.
	OAuthClientID     string `json:"oauthClientId"`
	OAuthClientSecret string `json:"oauthClientSecret"`
}

// New makes a tenant from its data file where that exists, else from the seed.
func New(opts Options) (*Tenant, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	t := &Tenant{
		opts:   opts,
		faults: &faultSchedule{},
		vary:   variation{off: opts.NoShuffle, seed: maphash.MakeSeed()},
	}
	t.routes = t.apiRoutes()
	t.connectionAdminPackage = opts.ConnectionAdminPackage
	t.limiter, t.latency = rateLimiter{limit: opts.RateLimit, admitted: map[string][]time.Time{}}, opts.Latency
	if opts.DataFile != "" {
		if t.data, err = readData(opts.DataFile); err != nil {
			return nil, err
		}
	}
	if t.data == nil {
		t.data = opts.seed(newCredentials(opts.Seed))
		if opts.DataFile != "" {
			if err := writeData(opts.DataFile, t.data); err != nil {
				return nil, fmt.Errorf("the tenant cannot be kept in %s: %w", opts.DataFile, err)
			}
		}
	}
	t.reindex()
	return t, nil
}

// Credentials returns the secrets that the tenant started with.
func (t *Tenant) Credentials() Credentials {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.data.Credentials
}

// Now is the time on the tenant's clock.
func (t *Tenant) Now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now()
}

// now is Now for those who hold the lock.
func (t *Tenant) now() time.Time { return t.opts.Now().Add(t.data.ClockOffset).UTC() }

// Advance moves the tenant's clock forward. Tokens expire, lags end and rate windows pass accordingly.
func (t *Tenant) Advance(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data.ClockOffset += d
	t.changed()
	t.saveIfChanged()
}

// SetFaults replaces the fault schedule and starts its counters anew.
func (t *Tenant) SetFaults(faults []Fault) error {
	schedule, err := newFaultSchedule(faults)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = schedule
	return nil
}

// Reset brings the tenant back to its seed: objects, clock, switches, faults and journal. The credentials stay the same.
func (t *Tenant) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = t.opts.seed(t.data.Credentials)
	t.reindex()
	t.connectionAdminPackage = t.opts.ConnectionAdminPackage
	t.faults = &faultSchedule{}
	t.limiter, t.latency = rateLimiter{limit: t.opts.RateLimit, admitted: map[string][]time.Time{}}, t.opts.Latency
	t.journal.clear()
	t.changed()
	t.saveIfChanged()
}

// Journal returns the API requests that were answered, oldest first.
func (t *Tenant) Journal() []Request { return t.journal.all() }

// JournalSummary counts the API requests by method and path, such as "GET /api/service/apikeys".
func (t *Tenant) JournalSummary() map[string]int { return t.journal.summary() }

// ClearJournal forgets the requests so far.
func (t *Tenant) ClearJournal() { t.journal.clear() }

// Authenticates says whether a secret is accepted as a bearer token at this moment.
func (t *Tenant) Authenticates(secret string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.actorOf(secret) != nil
}

// clone copies a value with everything that it points to.
func clone[T any](v T) T {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // only the tenant's own types come here
	}
	var out T
	if err := json.Unmarshal(text, &out); err != nil {
		panic(err)
	}
	return out
}
