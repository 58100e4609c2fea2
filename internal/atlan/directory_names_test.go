// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestResolveTogether answers many callers with few requests, and each with its own names.
func TestResolveTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := &directory{records: map[string][]map[string]any{usersPath: people(120)}}
		client := tenant.client(t)
		var wait sync.WaitGroup
		for i := range 120 {
			wait.Go(func() {
				names := []string{fmt.Sprintf("user%04d", i), "user0000", fmt.Sprintf("unknown%d", i%10)}
				found, err := client.ResolveUsers(t.Context(), names)
				want := []string{names[0], "user0000"}
				slices.Sort(want)
				if got := slices.Sorted(maps.Keys(found)); err != nil || !slices.Equal(got, slices.Compact(want)) || found[names[0]].ID != "id-"+names[0] {
					t.Errorf("%v: got %v, %v", names, got, err)
				}
			})
		}
		wait.Wait()
		if got := len(tenant.requests()); got != 3 { // 130 names
			t.Errorf("took %d requests, want 3", got)
		}
	})
}

// TestResolveKeepsHits asks for a name that was found only once within a while, and for an unknown one each time: it may
// have been created.
func TestResolveKeepsHits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := &directory{records: map[string][]map[string]any{groupsPath: {{"id": "1", "name": "sales"}}}}
		client := tenant.client(t)
		resolve := func(wantFound, wantRequests int, names ...string) {
			t.Helper()
			before := len(tenant.requests())
			found, err := client.ResolveGroups(t.Context(), names)
			if got := len(tenant.requests()) - before; err != nil || len(found) != wantFound || got != wantRequests {
				t.Errorf("%v: found %d with %d requests, want %d with %d: %v", names, len(found), got, wantFound, wantRequests, err)
			}
		}
		resolve(0, 0)
		resolve(1, 1, "sales", "sales")
		resolve(1, 0, "sales")
		resolve(1, 1, "sales", "new")
		tenant.records[groupsPath] = append(tenant.records[groupsPath], map[string]any{"id": "2", "name": "new"})
		resolve(2, 1, "sales", "new")
		resolve(2, 0, "sales", "new")
		time.Sleep(resolvedLife)
		resolve(2, 1, "sales", "new")
	})
}

// TestResolveFails hands an error to everybody who waits for it, and keeps it for nobody.
func TestResolveFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		status := http.StatusForbidden
		tenant := &directory{records: map[string][]map[string]any{usersPath: people(3)}, refuse: func(*http.Request) int { return status }}
		client := tenant.client(t)
		var wait sync.WaitGroup
		for range 5 {
			wait.Go(func() {
				if _, err := client.ResolveUsers(t.Context(), []string{"user0001"}); !errors.Is(err, ErrForbidden) {
					t.Errorf("got %v", err)
				}
			})
		}
		wait.Wait()
		status = 0
		if found, err := client.ResolveUsers(t.Context(), []string{"user0001"}); err != nil || len(found) != 1 || len(tenant.requests()) != 2 {
			t.Errorf("after the failure: %v, %v, %d requests", found, err, len(tenant.requests()))
		}
	})
}

// TestResolveCancelled ends the wait of one caller, not that of the others.
func TestResolveCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := &directory{records: map[string][]map[string]any{usersPath: people(3)}}
		client := tenant.client(t)
		ctx, cancel := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		wait.Go(func() {
			if _, err := client.ResolveUsers(ctx, []string{"user0001"}); !errors.Is(err, context.Canceled) {
				t.Errorf("the cancelled caller got %v", err)
			}
		})
		synctest.Wait()
		wait.Go(func() {
			if found, err := client.ResolveUsers(t.Context(), []string{"user0001", "user0002"}); err != nil || len(found) != 2 {
				t.Errorf("the other caller got %v, %v", found, err)
			}
		})
		synctest.Wait()
		cancel()
		wait.Wait()
	})
}

// TestResolveServiceAccounts finds API tokens and OAuth clients, which are not in the list of users.
func TestResolveServiceAccounts(t *testing.T) {
	t.Parallel()
	const (
		token, unknown   = "service-account-apikey-1", "service-account-apikey-2"
		client, noClient = "service-account-oauth-client-1", "service-account-oauth-client-2"
	)
	tenant := &directory{records: map[string][]map[string]any{
		usersPath:        people(3),
		tokensPath:       {{"id": "token-guid", "clientId": "apikey-1", "displayName": "ci", "attributes": map[string]any{}}},
		oauthClientsPath: {{"id": "client-guid", "clientId": "oauth-client-1"}},
	}}
	names := []string{"user0001", token, unknown, client, noClient}
	found, err := tenant.client(t).ResolveUsers(t.Context(), names)
	if err != nil || len(found) != 3 || found[token] != (User{ID: "token-guid", Username: token}) || found[client].ID != "client-guid" {
		t.Errorf("got %v, %v", found, err)
	}
	asked := map[string]int{}
	for _, request := range tenant.requests() {
		asked[request.Path]++
	}
	if want := map[string]int{usersPath: 1, tokensPath: 2, oauthClientsPath: 2}; !maps.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}

	people, err := tenant.client(t).FindUsers(t.Context(), names)
	if err != nil || len(people) != 1 {
		t.Errorf("people: %v, %v", people, err)
	}
}

// TestResolveUnseenClients takes the service account of an OAuth client at its word where the caller may not look, but
// does not hide other failures.
func TestResolveUnseenClients(t *testing.T) {
	t.Parallel()
	const name = "service-account-oauth-client-1"
	for status, known := range map[int]bool{http.StatusForbidden: true, http.StatusNotFound: true, http.StatusUnauthorized: false} {
		tenant := &directory{refuse: func(*http.Request) int { return status }}
		found, err := tenant.client(t).ResolveUsers(t.Context(), []string{name})
		if known != (err == nil) || known != (found[name].Username == name) {
			t.Errorf("%d: %v, %v", status, found, err)
		}
	}
}
