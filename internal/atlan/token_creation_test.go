// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

var ci = atlan.TokenInput{Name: "ci", Description: "CI pipeline", ValiditySeconds: 3600}

func TestUndisturbedCreateTakesTwoRequests(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	client := connect(t, tenant)
	if _, err := client.Tokens.Create(t.Context(), ci); err != nil {
		t.Fatal(err)
	}
	var sent []string
	for _, request := range tenant.Journal() {
		sent = append(sent, request.Method+" "+request.Path)
	}
	if !slices.Equal(sent, []string{"GET " + apikeys, "POST " + apikeys}) {
		t.Errorf("sent %v", sent)
	}
}

// checkOne wants the tenant to hold exactly the token created.
func checkOne(t *testing.T, tenant *sandbox.Tenant, created atlan.TokenCreation, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	left := named(tenant, created.Token.Name)
	if len(left) != 1 || left[0].GUID != created.Token.GUID || !tenant.Authenticates(created.Token.Secret) || len(created.Orphans) > 0 {
		t.Errorf("created %+v; the tenant holds %+v", created, left)
	}
}

// TestLostAnswers loses the answer to a creation in every way, once and several times.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		fault     fault
		discarded int
	}{
		{fault{Kind: sandbox.FaultDrop}, 0},
		{fault{Kind: sandbox.FaultDropAfterCommit}, 1},
		{fault{Kind: sandbox.FaultTruncate}, 1},
		{fault{Kind: sandbox.FaultStatus, Status: 429}, 0},
		{fault{Kind: sandbox.FaultStatus, Status: 500}, 0},
		{fault{Kind: sandbox.FaultStatus, Status: 503}, 0},
		{fault{Kind: sandbox.FaultStatusAfterCommit, Status: 429}, 1},
		{fault{Kind: sandbox.FaultStatusAfterCommit, Status: 500}, 1},
		{fault{Kind: sandbox.FaultStatusAfterCommit, Status: 502}, 1},
		{fault{Kind: sandbox.FaultStatusAfterCommit, Status: 504}, 1},
	} {
		for _, times := range []int{1, 4} {
			t.Run(fmt.Sprintf("%s_%d/%d", test.fault.Kind, test.fault.Status, times), func(t *testing.T) {
				t.Parallel()
				tenant := newTenant(t, sandbox.Options{})
				client := connect(t, tenant)
				fault := test.fault
				fault.Method, fault.Path, fault.Times = http.MethodPost, apikeys, times
				setFaults(t, tenant, fault)
				created, err := client.Tokens.Create(t.Context(), ci)
				checkOne(t, tenant, created, err)
				if len(created.Discarded) != times*test.discarded || len(created.Namesakes) > 0 {
					t.Errorf("discarded %v, namesakes %v", created.Discarded, created.Namesakes)
				}
				if posts := tenant.JournalSummary()["POST "+apikeys]; posts != times+1 {
					t.Errorf("%d creations", posts)
				}
			})
		}
	}
}

func TestAnswersWithoutASecret(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no secret":    `{"id":"1","attributes":{"displayName":"ci"}}`,
		"no GUID":      `{"attributes":{"accessToken":"eyJ.lost"}}`,
		"nothing":      `{}`,
		"null":         `null`,
		"empty":        ``,
		"HTML":         `<html>please wait</html>`,
		"half":         `{"id":"1","attri`,
		"another type": `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.Options{})
			client := connect(t, tenant, instead(http.MethodPost, 2, http.StatusOK, body))
			created, err := client.Tokens.Create(t.Context(), ci)
			checkOne(t, tenant, created, err)
			if len(created.Discarded) != 2 {
				t.Errorf("discarded %v", created.Discarded)
			}
		})
	}
}

// TestRefusedCreation is not tried again, and leaves nothing behind even if the tenant has acted.
func TestRefusedCreation(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.FaultKind{sandbox.FaultStatus, sandbox.FaultStatusAfterCommit} {
		for _, status := range []int{302, 400, 401, 403, 404, 409, 422} {
			t.Run(fmt.Sprintf("%s_%d", kind, status), func(t *testing.T) {
				t.Parallel()
				tenant := newTenant(t, sandbox.Options{})
				client := connect(t, tenant)
				setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: kind, Status: status})
				created, err := client.Tokens.Create(t.Context(), ci)
				var answer *atlan.Error
				var ambiguous *atlan.AmbiguousError
				if !errors.As(err, &answer) || answer.StatusCode != status || errors.As(err, &ambiguous) || created.Token.Secret != "" {
					t.Errorf("got %+v, %v", created, err)
				}
				if left := named(tenant, "ci"); len(left) > 0 || tenant.JournalSummary()["POST "+apikeys] != 1 {
					t.Errorf("left %v after %v", left, tenant.JournalSummary())
				}
			})
		}
	}
}

func TestCreateGivesUp(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	client := connect(t, tenant)
	setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Times: 1000, Kind: sandbox.FaultStatusAfterCommit, Status: 500})
	created, err := client.Tokens.Create(t.Context(), ci)
	var ambiguous *atlan.AmbiguousError
	if err == nil || errors.As(err, &ambiguous) || !strings.Contains(err.Error(), "gave up after 5 attempts, none of which left a token behind") {
		t.Errorf("got %v", err)
	}
	if len(created.Discarded) != 5 || len(named(tenant, "ci")) > 0 {
		t.Errorf("discarded %v, left %v", created.Discarded, named(tenant, "ci"))
	}
}

func TestNamesakes(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	old := time.Now().Add(-time.Hour).UnixMilli()
	living, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci", CreatedAt: old, CreatedBy: "service-account-apikey-" + sandbox.SeedAPITokenGUID})
	recent, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci", CreatedBy: "service-account-apikey-" + sandbox.SeedAPITokenGUID})
	tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci", CreatedAt: old, ValiditySeconds: 60})
	tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci2"})
	setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: sandbox.FaultDropAfterCommit})
	created, err := connect(t, tenant).Tokens.Create(t.Context(), ci)
	if err != nil {
		t.Fatal(err)
	}
	var reported []string
	for _, token := range created.Namesakes {
		reported = append(reported, token.GUID)
	}
	slices.Sort(reported)
	want := []string{living.GUID, recent.GUID}
	slices.Sort(want)
	if !slices.Equal(reported, want) || len(created.Discarded) != 1 || len(named(tenant, "ci")) != 4 {
		t.Errorf("reported %v, want %v; discarded %v; left %v", reported, want, created.Discarded, named(tenant, "ci"))
	}
}

// TestOthersAreSpared: what somebody else makes of the same name, at the very moment, is not taken for what was lost.
func TestOthersAreSpared(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: sandbox.FaultDropAfterCommit})
	var others []string
	client := connect(t, tenant, on(http.MethodPost, func(n int) {
		if n == 1 {
			for _, other := range []sandbox.APIToken{
				{DisplayName: "ci", CreatedBy: "jsmith"},
				{DisplayName: "ci", CreatedBy: "service-account-apikey-other"},
				{DisplayName: "ci-2", CreatedBy: "service-account-apikey-" + sandbox.SeedAPITokenGUID},
			} {
				made, _ := tenant.AddAPIToken(other)
				others = append(others, made.GUID)
			}
		}
	}))
	created, err := client.Tokens.Create(t.Context(), ci)
	if err != nil || len(created.Discarded) != 1 {
		t.Fatalf("got %+v, %v", created, err)
	}
	for _, token := range tenant.State().APITokens {
		others = slices.DeleteFunc(others, func(guid string) bool { return guid == token.GUID })
	}
	if len(others) > 0 || len(named(tenant, "ci")) != 3 || !tenant.Authenticates(created.Token.Secret) {
		t.Errorf("gone are %v; left %v", others, named(tenant, "ci"))
	}
}

// stored is what a state remembers of a creation.
func stored(t *testing.T, lost atlan.LostCreation) atlan.LostCreation {
	t.Helper()
	var again atlan.LostCreation
	if err := json.Unmarshal([]byte(encode(t, lost)), &again); err != nil {
		t.Fatal(err)
	}
	return again
}

// TestAmbiguousCreation: what cannot be put right is reported well enough to be found later.
func TestAmbiguousCreation(t *testing.T) {
	t.Parallel()
	deleting := fault{Method: http.MethodDelete, Path: apikeys + "/*", Times: 1000, Kind: sandbox.FaultStatus, Status: 503}
	listing := fault{Method: http.MethodGet, Path: apikeys, Nth: 2, Times: 1000, Kind: sandbox.FaultStatus, Status: 503}
	identity := fault{Method: http.MethodGet, Path: "/api/service/users/current", Times: 1000, Kind: sandbox.FaultStatus, Status: 500}
	for name, test := range map[string]struct {
		lost     fault
		then     fault
		known    bool
		refused  bool
		attempts int
	}{
		"deletion is impossible":         {fault{Kind: sandbox.FaultDropAfterCommit}, deleting, true, false, 1},
		"listing is impossible":          {fault{Kind: sandbox.FaultDropAfterCommit}, listing, false, false, 1},
		"nobody knows who is asking":     {fault{Kind: sandbox.FaultTruncate}, identity, false, false, 1},
		"refused, listing is impossible": {fault{Kind: sandbox.FaultStatusAfterCommit, Status: 400}, listing, false, true, 1},
		"refused, deletion impossible":   {fault{Kind: sandbox.FaultStatusAfterCommit, Status: 400}, deleting, true, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.Options{})
			client := connect(t, tenant)
			test.lost.Method, test.lost.Path = http.MethodPost, apikeys
			setFaults(t, tenant, test.lost, test.then)
			_, err := client.Tokens.Create(t.Context(), ci)
			var ambiguous *atlan.AmbiguousError
			if !errors.As(err, &ambiguous) {
				t.Fatalf("got %v", err)
			}
			left := named(tenant, "ci")
			if len(left) != 1 || tenant.JournalSummary()["POST "+apikeys] != test.attempts {
				t.Fatalf("left %v after %v", left, tenant.JournalSummary())
			}
			if known := slices.Equal(ambiguous.GUIDs, []string{left[0].GUID}); known != test.known || !known && len(ambiguous.GUIDs) > 0 {
				t.Errorf("the GUIDs are %v", ambiguous.GUIDs)
			}
			if text := err.Error(); ambiguous.Refused() != test.refused || !strings.Contains(text, "ci") || test.known != strings.Contains(text, left[0].GUID) {
				t.Errorf("got %q, refused %v", text, ambiguous.Refused())
			}

			setFaults(t, tenant)
			tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci"})
			again := connect(t, tenant)
			found, err := again.Tokens.FindLost(t.Context(), stored(t, ambiguous.Lost))
			if err != nil || len(found) != 1 || found[0].GUID != left[0].GUID {
				t.Errorf("found %v, %v", found, err)
			}
			if err := again.Tokens.Delete(t.Context(), left[0].GUID); err != nil {
				t.Error(err)
			}
			if found, err := again.Tokens.FindLost(t.Context(), ambiguous.Lost); err != nil || len(found) > 0 {
				t.Errorf("found %v, %v", found, err)
			}
		})
	}
}

// TestFindLost: only what this caller made of that name at that time is meant, whatever else it made.
func TestFindLost(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	client := connect(t, tenant)
	const me = "service-account-apikey-" + sandbox.SeedAPITokenGUID
	from, until := time.UnixMilli(1_780_000_000_000), time.UnixMilli(1_780_000_060_000)
	want := map[string]bool{}
	add := func(meant bool, name, creator string, created time.Time) string {
		token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: name, CreatedBy: creator, CreatedAt: created.UnixMilli()})
		if meant {
			want[token.GUID] = true
		}
		return token.GUID
	}
	add(true, "ci", me, from)
	add(true, "ci", me, until)
	add(false, "ci", me, from.Add(-time.Millisecond))
	add(false, "ci", me, until.Add(time.Millisecond))
	add(false, "ci", "jsmith", from)
	add(false, "ci2", me, from)
	lost := atlan.LostCreation{Name: "ci", From: from, Until: until, Known: []string{add(false, "ci", me, from)}}
	found, err := client.Tokens.FindLost(t.Context(), lost)
	if err != nil || len(found) != len(want) {
		t.Errorf("found %v, %v", found, err)
	}
	for _, token := range found {
		if !want[token.GUID] {
			t.Errorf("found %+v", token)
		}
	}
}

// TestLateOrphanIsReported: the success of a later attempt does not hide what an earlier one left.
func TestLateOrphanIsReported(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: sandbox.FaultDrop},
		fault{Method: http.MethodDelete, Path: apikeys + "/*", Times: 1000, Kind: sandbox.FaultStatus, Status: 503})
	var late sandbox.APIToken
	client := connect(t, tenant, on(http.MethodPost, func(n int) {
		if n == 2 { // only now does the first request take effect
			late, _ = tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci", CreatedBy: "service-account-apikey-" + sandbox.SeedAPITokenGUID})
		}
	}))
	created, err := client.Tokens.Create(t.Context(), ci)
	if err != nil || !slices.Equal(created.Orphans, []string{late.GUID}) || !tenant.Authenticates(created.Token.Secret) {
		t.Errorf("created %+v, %v", created, err)
	}
	setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: sandbox.FaultDrop})
	if err := tenant.DeleteAPIToken(created.Token.GUID); err != nil {
		t.Fatal(err)
	}
	if err := tenant.DeleteAPIToken(late.GUID); err != nil {
		t.Fatal(err)
	}
	created, err = connect(t, tenant, on(http.MethodPost, func(n int) {
		if n == 2 {
			late, _ = tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci", CreatedBy: "service-account-apikey-" + sandbox.SeedAPITokenGUID})
		}
	})).Tokens.Create(t.Context(), ci)
	checkOne(t, tenant, created, err)
	if !slices.Equal(created.Discarded, []string{late.GUID}) {
		t.Errorf("discarded %v", created.Discarded)
	}
}

// TestParallelCreates makes tokens of one name at once while requests of all kinds fail.
func TestParallelCreates(t *testing.T) {
	t.Parallel()
	const n = 20
	for seed, faults := range [][]fault{
		{posts(3, 2, sandbox.FaultDropAfterCommit), posts(9, 1, sandbox.FaultTruncate), posts(15, 4, sandbox.FaultStatus)},
		{posts(2, 4, sandbox.FaultStatusAfterCommit), {Method: http.MethodGet, Path: apikeys, Nth: 5, Times: 3, Kind: sandbox.FaultDrop}},
		{
			{Path: "/api/service/*", Nth: 10, Times: 2, Kind: sandbox.FaultDropAfterCommit},
			{Path: "/api/service/*", Nth: 30, Times: 3, Kind: sandbox.FaultTruncate},
		},
		{
			posts(4, 1, sandbox.FaultDrop), posts(7, 2, sandbox.FaultDropAfterCommit),
			{Method: http.MethodDelete, Path: apikeys + "/*", Times: 3, Kind: sandbox.FaultDropAfterCommit},
		},
	} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.Options{})
			client := connect(t, tenant)
			setFaults(t, tenant, faults...)
			var mu sync.Mutex
			var created []atlan.TokenCreation
			var all sync.WaitGroup
			for range n {
				all.Go(func() {
					token, err := client.Tokens.Create(t.Context(), ci)
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					created = append(created, token)
				})
			}
			all.Wait()
			living := map[string]bool{}
			for _, token := range named(tenant, "ci") {
				living[token.GUID] = true
			}
			for _, creation := range created {
				if !living[creation.Token.GUID] || !tenant.Authenticates(creation.Token.Secret) || len(creation.Orphans) > 0 {
					t.Errorf("created %+v, which the tenant does not hold", creation)
				}
				delete(living, creation.Token.GUID)
			}
			if len(created) != n || len(living) > 0 {
				t.Errorf("%d creations, besides these the tenant holds %v", len(created), living)
			}
		})
	}
}

// cancelling is a context that a test ends.
func cancelling(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	return context.WithCancel(t.Context())
}

func TestCancellationDoesNotLoseTheSecret(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.FaultKind{"", sandbox.FaultDelay} {
		tenant := newTenant(t, sandbox.Options{})
		if kind != "" {
			setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: kind, For: sandbox.Duration(20 * time.Millisecond)})
		}
		ctx, cancel := cancelling(t)
		client := connect(t, tenant, on(http.MethodPost, func(int) { cancel() }))
		created, err := client.Tokens.Create(ctx, ci)
		checkOne(t, tenant, created, err)
		if ctx.Err() == nil {
			t.Error("the context was not cancelled")
		}
	}
}

func TestCancellationBeforeTheRequest(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	ctx, cancel := cancelling(t)
	client := connect(t, tenant, on(http.MethodGet, func(int) { cancel() }))
	if _, err := client.Tokens.Create(ctx, ci); !errors.Is(err, context.Canceled) || tenant.JournalSummary()["POST "+apikeys] != 0 {
		t.Errorf("got %v after %v", err, tenant.JournalSummary())
	}
}

// TestCancellationEndsFurtherAttempts: what is lost is still cleared away, but nothing is begun again.
func TestCancellationEndsFurtherAttempts(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: sandbox.FaultDropAfterCommit})
	ctx, cancel := cancelling(t)
	client := connect(t, tenant, on(http.MethodPost, func(int) { cancel() }))
	created, err := client.Tokens.Create(ctx, ci)
	var ambiguous *atlan.AmbiguousError
	if err == nil || errors.As(err, &ambiguous) || len(created.Discarded) != 1 {
		t.Errorf("got %+v, %v", created, err)
	}
	if left := named(tenant, "ci"); len(left) > 0 || tenant.JournalSummary()["POST "+apikeys] != 1 {
		t.Errorf("left %v after %v", left, tenant.JournalSummary())
	}
}

func TestWaitingForANamesakeEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := newTenant(t, sandbox.Options{Latency: time.Minute})
		client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().APIKey, RequestTimeout: time.Hour}, atlan.Serve(tenant))
		var first sync.WaitGroup
		first.Go(func() {
			if _, err := client.Tokens.Create(t.Context(), ci); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := client.Tokens.Create(ctx, ci); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		first.Wait()
		if left := named(tenant, "ci"); len(left) != 1 {
			t.Errorf("left %v", left)
		}
	})
}

// TestDeadlineIsHonoured: the deadline ends a creation that the tenant sits on. What it makes afterwards is found later.
func TestDeadlineIsHonoured(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		timeout, delay       time.Duration
		succeeds, mayBeThere bool
	}{
		"answered in time":        {time.Minute, 30 * time.Second, true, false},
		"made after the deadline": {time.Minute, 4 * time.Minute, false, true},
		"made after the attempt":  {20 * time.Minute, 4 * time.Minute, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tenant := newTenant(t, sandbox.Options{})
				client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().APIKey}, atlan.Serve(tenant))
				setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys, Kind: sandbox.FaultDelay, For: sandbox.Duration(test.delay)})
				ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
				defer cancel()
				start := time.Now()
				created, err := client.Tokens.Create(ctx, ci)
				// Clearing up has time of its own; here it takes a second.
				if took := time.Since(start); took > test.timeout+time.Second {
					t.Errorf("took %s", took)
				}
				var ambiguous *atlan.AmbiguousError
				if errors.As(err, &ambiguous) != test.mayBeThere || (err == nil) != test.succeeds {
					t.Fatalf("got %+v, %v", created, err)
				}
				time.Sleep(test.delay) // until the tenant has done everything
				if test.succeeds {
					if !tenant.Authenticates(created.Token.Secret) {
						t.Error("the secret does not authenticate")
					}
					return
				}
				found, err := client.Tokens.FindLost(t.Context(), stored(t, ambiguous.Lost))
				if left := named(tenant, "ci"); err != nil || len(found) != 1 || len(left) != 1 || found[0].GUID != left[0].GUID || ambiguous.Refused() {
					t.Errorf("found %v, %v; left %v", found, err, left)
				}
			})
		})
	}
}

// TestAnswerAfterTheDeadline: a token whose answer comes too late is found and deleted, in time of its own.
func TestAnswerAfterTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tenant := newTenant(t, sandbox.Options{})
		late := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			tenant.ServeHTTP(w, r)
			if r.Method == http.MethodPost {
				time.Sleep(4 * time.Minute)
			}
		})
		client := atlan.Wired(t, atlan.Config{APIKey: tenant.Credentials().APIKey}, atlan.Serve(late))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		created, err := client.Tokens.Create(ctx, ci)
		var ambiguous *atlan.AmbiguousError
		if err == nil || errors.As(err, &ambiguous) || len(created.Discarded) != 1 || len(named(tenant, "ci")) > 0 {
			t.Errorf("got %+v, %v; left %v", created, err, named(tenant, "ci"))
		}
		time.Sleep(4 * time.Minute)
	})
}
