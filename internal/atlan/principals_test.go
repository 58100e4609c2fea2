// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const currentUser = "GET /api/service/users/current"

// actors are the ways to be somebody on a tenant.
func actors(tenant *sandbox.Tenant) map[string]atlan.Config {
	credentials := tenant.Credentials()
	return map[string]atlan.Config{
		"service-account-apikey-" + sandbox.SeedAPITokenGUID: {APIKey: credentials.APIKey},
		"service-account-" + credentials.OAuthClientID:       {OAuthClientID: credentials.OAuthClientID, OAuthClientSecret: credentials.OAuthClientSecret},
		credentials.AdminUser:                                {APIKey: credentials.UserBearerToken},
	}
}

func TestCurrentUserIsAskedForOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := newTenant(t, sandbox.Options{Latency: time.Second})
		for username, config := range actors(tenant) {
			tenant.ClearJournal()
			client := atlan.Wired(t, config, atlan.Serve(tenant))
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					if user, err := client.Principals.CurrentUser(t.Context()); err != nil || user.Username != username || user.ID == "" {
						t.Errorf("got %+v, %v, want %s", user, err, username)
					}
				})
			}
			all.Wait()
			if asked := tenant.JournalSummary()[currentUser]; asked != 1 {
				t.Errorf("%s: asked %d times", username, asked)
			}
		}
	})
}

func TestCurrentUserIsNotAFailure(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	client := connect(t, tenant)
	setFaults(t, tenant, fault{Path: "/api/service/users/current", Kind: sandbox.FaultStatus, Status: http.StatusForbidden})
	if _, err := client.Principals.CurrentUser(t.Context()); !errors.Is(err, atlan.ErrForbidden) {
		t.Errorf("got %v", err)
	}
	for range 2 {
		if user, err := client.Principals.CurrentUser(t.Context()); err != nil || user.Username == "" {
			t.Errorf("got %+v, %v", user, err)
		}
	}
	if asked := tenant.JournalSummary()[currentUser]; asked != 2 {
		t.Errorf("asked %d times", asked)
	}
}

// TestCurrentUserHasAName: a caller without a name would pass for the maker of every token without one.
func TestCurrentUserHasAName(t *testing.T) {
	t.Parallel()
	client := atlan.Wired(t, atlan.Config{}, atlan.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, `{}`) })))
	if user, err := client.Principals.CurrentUser(t.Context()); !errors.Is(err, atlan.ErrInvalidAnswer) {
		t.Errorf("got %+v, %v", user, err)
	}
}

func TestWhoAmI(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	for username, config := range actors(tenant) {
		me, err := atlan.Wired(t, config, atlan.Serve(tenant)).Principals.WhoAmI(t.Context())
		role := "$admin"
		if strings.Contains(username, "apikey") {
			role = "$api-token-default-access"
		}
		if err != nil || me.Username != username || me.UserID == "" || me.WorkspaceRole != role || len(me.Roles) != 1 || me.Roles[0].Name != role {
			t.Errorf("%s: got %+v, %v", username, me, err)
		}
	}
}

// TestNow: the tenant's clock counts, as far as it is known to differ.
func TestNow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for ahead, want := range map[time.Duration]time.Duration{
			0: 0, 4 * time.Second: 0, -4 * time.Second: 0, time.Hour: time.Hour, -24 * time.Hour: -24 * time.Hour,
		} {
			date := time.Now().Add(ahead)
			client := atlan.Wired(t, atlan.Config{}, atlan.Serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Date", date.UTC().Format(http.TimeFormat))
				_, _ = fmt.Fprint(w, `{"username":"ada"}`)
			})))
			if got := client.Now(); !got.Equal(time.Now()) {
				t.Errorf("before any answer it is %s", got)
			}
			if _, err := client.Principals.CurrentUser(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := client.Now(); !got.Equal(time.Now().Add(want)) {
				t.Errorf("%s ahead: it is %s", ahead, got)
			}
		}
	})
}
