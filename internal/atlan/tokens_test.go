// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func TestTokenLifecycle(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	client := connect(t, tenant)
	input := atlan.TokenInput{Name: "ci", Description: "CI pipeline", PersonaQualifiedNames: []string{sandbox.SeedPersonaQualifiedName}, ValiditySeconds: 3600}
	created, err := client.Tokens.Create(t.Context(), input)
	if err != nil {
		t.Fatal(err)
	}
	want := created.Token
	if want.Name != "ci" || want.Description != "CI pipeline" || want.ValiditySeconds != 3600 || !tenant.Authenticates(want.Secret) ||
		!slices.Equal(want.PersonaQualifiedNames, input.PersonaQualifiedNames) || want.ClientID == "" || want.CreatedAt.IsZero() ||
		want.CreatedBy != "service-account-apikey-"+sandbox.SeedAPITokenGUID {
		t.Errorf("created %+v", want)
	}
	want.Secret = ""
	byGUID, err := client.Tokens.Get(t.Context(), want.GUID)
	same(t, byGUID, want, err)
	byClientID, err := client.Tokens.FindByClientID(t.Context(), want.ClientID)
	same(t, byClientID, want, err)
	byName, err := client.Tokens.FindByName(t.Context(), "ci")
	if len(byName) != 1 {
		t.Fatalf("found %v, %v", byName, err)
	}
	same(t, byName[0], want, err)

	want.Name, want.Description, want.PersonaQualifiedNames = "renamed", "", nil
	updated, err := client.Tokens.Update(t.Context(), want.GUID, atlan.TokenInput{Name: "renamed"})
	same(t, updated, want, err)
	byGUID, err = client.Tokens.Get(t.Context(), want.GUID)
	same(t, byGUID, want, err)

	for range 2 {
		if err := client.Tokens.Delete(t.Context(), want.GUID); err != nil {
			t.Fatal(err)
		}
		if _, err := client.Tokens.Get(t.Context(), want.GUID); !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("after deletion: %v", err)
		}
	}
	if _, err := client.Tokens.FindByClientID(t.Context(), want.ClientID); !errors.Is(err, atlan.ErrNotFound) {
		t.Errorf("after deletion: %v", err)
	}
	if left, err := client.Tokens.FindByName(t.Context(), "renamed"); err != nil || len(left) > 0 || len(named(tenant, "renamed")) > 0 {
		t.Errorf("after deletion: %v, %v", left, err)
	}
}

func same(t *testing.T, got, want atlan.Token, err error) {
	t.Helper()
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) || err != nil {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

// TestPaging finds tokens among more than fit two pages, on a tenant that shuffles what has no order.
func TestPaging(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{})
	start := time.Now().Add(-time.Hour)
	var last sandbox.APIToken
	for i := range 250 {
		name := []string{"ci", "ci", "other"}[i%3]
		last, _ = tenant.AddAPIToken(sandbox.APIToken{DisplayName: name, CreatedAt: start.Add(time.Duration(i/10) * time.Second).UnixMilli()})
	}
	client := connect(t, tenant)
	seen := map[string]bool{}
	var latest time.Time
	for token, err := range client.Tokens.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if seen[token.GUID] || token.CreatedAt.Before(latest) {
			t.Errorf("%s comes twice or out of order", token.GUID)
		}
		seen[token.GUID], latest = true, token.CreatedAt
	}
	if requests := len(tenant.Journal()); len(seen) != 251 || requests != 3 {
		t.Errorf("%d tokens in %d requests", len(seen), requests)
	}
	if found, err := client.Tokens.FindByName(t.Context(), "ci"); err != nil || len(found) != 167 {
		t.Errorf("found %d, %v", len(found), err)
	}
	if token, err := client.Tokens.Get(t.Context(), last.GUID); err != nil || token.GUID != last.GUID {
		t.Errorf("got %+v, %v", token, err)
	}
	tenant.ClearJournal()
	for _, err := range client.Tokens.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	if requests := len(tenant.Journal()); requests != 1 {
		t.Errorf("%d requests for the first token", requests)
	}
}

// listServer is a list of tokens as tenants may serve it.
type listServer struct {
	tokens   int
	largest  int  // page
	uncount  bool // the totals are missing
	filters  bool
	requests atomic.Int32
}

func (s *listServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
	var filter map[string]string
	if s.filters {
		_ = json.Unmarshal([]byte(r.URL.Query().Get("filter")), &filter)
	}
	var hits []map[string]any
	for i := range s.tokens {
		token := map[string]any{"id": fmt.Sprint(i), "clientId": fmt.Sprintf("apikey-%d", i), "displayName": fmt.Sprintf("name-%d", i%10)}
		fits := true
		for key, value := range filter {
			fits = fits && token[key] == value
		}
		if fits {
			hits = append(hits, token)
		}
	}
	page := map[string]any{"totalRecord": s.tokens, "filterRecord": len(hits)}
	if s.uncount {
		page = map[string]any{}
	}
	if from, to := min(offset, len(hits)), min(offset+min(limit, s.largest), len(hits)); from < to {
		page["records"] = hits[from:to]
	} else if offset%2 == 0 {
		page["records"] = []any{}
	}
	_ = json.NewEncoder(w).Encode(page)
}

func TestListsOfAllKinds(t *testing.T) {
	t.Parallel()
	for _, tokens := range []int{0, 1, 70, 100, 230} {
		for _, largest := range []int{1000, 7} {
			for _, uncount := range []bool{false, true} {
				for _, filters := range []bool{false, true} {
					t.Run(fmt.Sprintf("%d tokens, pages of %d, without totals %v, filters %v", tokens, largest, uncount, filters), func(t *testing.T) {
						t.Parallel()
						server := &listServer{tokens: tokens, largest: largest, uncount: uncount, filters: filters}
						client := atlan.Wired(t, atlan.Config{RequestsPerMinute: 1_000_000}, atlan.Serve(server))
						checkList(t, client, server)
					})
				}
			}
		}
	}
}

func checkList(t *testing.T, client *atlan.Client, server *listServer) {
	t.Helper()
	n := 0
	for token, err := range client.Tokens.All(t.Context()) {
		if err != nil || token.GUID != fmt.Sprint(n) {
			t.Fatalf("token %d: %+v, %v", n, token, err)
		}
		n++
	}
	size := min(100, server.largest)
	pages := max(1, (server.tokens+size-1)/size)
	if server.uncount && server.tokens > 0 {
		pages++ // only an empty page tells the end
	}
	if got := int(server.requests.Load()); n != server.tokens || got != pages {
		t.Errorf("%d tokens in %d requests, want %d in %d", n, got, server.tokens, pages)
	}
	if found, err := client.Tokens.FindByName(t.Context(), "name-3"); err != nil || len(found) != (server.tokens+6)/10 {
		t.Errorf("found %d of that name, %v", len(found), err)
	}
	for _, guid := range []int{0, 5, server.tokens - 1, server.tokens} {
		exists := guid >= 0 && guid < server.tokens
		token, err := client.Tokens.Get(t.Context(), strconv.Itoa(guid))
		if exists && (err != nil || token.GUID != strconv.Itoa(guid)) || !exists && !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("token %d: %+v, %v", guid, token, err)
		}
		token, err = client.Tokens.FindByClientID(t.Context(), fmt.Sprintf("apikey-%d", guid))
		if exists && (err != nil || token.GUID != strconv.Itoa(guid)) || !exists && !errors.Is(err, atlan.ErrNotFound) {
			t.Errorf("client id %d: %+v, %v", guid, token, err)
		}
	}
}

// TestNoAbsenceWithoutProof: whatever keeps the list from being read, it does not mean that the token is gone.
func TestNoAbsenceWithoutProof(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]struct {
		status int
		body   string
	}{
		"404":             {404, `{"code":1000,"message":"no such path"}`},
		"401":             {401, `{}`},
		"403":             {403, `{}`},
		"500":             {500, `{}`},
		"HTML":            {200, `<html>`},
		"null":            {200, `null`},
		"something else":  {200, `{"username":"ada"}`},
		"an error in 200": {200, `{"errorCode":"ATLAS-404-00-005","errorMessage":"not found"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := atlan.Wired(t, atlan.Config{RetryWait: time.Millisecond, MaxRetries: new(1)}, atlan.Serve(http.HandlerFunc(
				func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(answer.status)
					_, _ = fmt.Fprint(w, answer.body)
				})))
			_, get := client.Tokens.Get(t.Context(), "1")
			_, byClientID := client.Tokens.FindByClientID(t.Context(), "apikey-1")
			_, byName := client.Tokens.FindByName(t.Context(), "ci")
			var all error
			for _, err := range client.Tokens.All(t.Context()) {
				all = err
			}
			for _, err := range []error{get, byClientID, byName, all} {
				var e *atlan.Error
				if !errors.As(err, &e) || e.StatusCode != answer.status || errors.Is(err, atlan.ErrNotFound) {
					t.Errorf("got %v", err)
				}
			}
			if err := client.Tokens.Delete(t.Context(), "1"); err == nil && (answer.status != 200 || answer.body == "<html>") {
				t.Error("the deletion is believed")
			}
		})
	}
}

// TestDeleteIsSettledByReading loses or spoils the answer to a deletion that has happened.
func TestDeleteIsSettledByReading(t *testing.T) {
	t.Parallel()
	for _, kind := range []fault{
		{Kind: sandbox.FaultDrop},
		{Kind: sandbox.FaultDropAfterCommit},
		{Kind: sandbox.FaultTruncate},
		{Kind: sandbox.FaultStatusAfterCommit, Status: 400},
		{Kind: sandbox.FaultStatusAfterCommit, Status: 403},
		{Kind: sandbox.FaultStatusAfterCommit, Status: 404},
		{Kind: sandbox.FaultStatusAfterCommit, Status: 500},
		{Kind: sandbox.FaultStatusAfterCommit, Status: 503, Times: 100},
		{Kind: sandbox.FaultStatus, Status: 429},
	} {
		t.Run(fmt.Sprintf("%s_%d", kind.Kind, kind.Status), func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.Options{})
			client := connect(t, tenant)
			token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci"})
			kind.Method, kind.Path = http.MethodDelete, apikeys+"/*"
			setFaults(t, tenant, kind)
			if err := client.Tokens.Delete(t.Context(), token.GUID); err != nil {
				t.Error(err)
			}
			if left := named(tenant, "ci"); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

func TestDeleteThatFails(t *testing.T) {
	t.Parallel()
	for _, kind := range []fault{
		{Kind: sandbox.FaultStatus, Status: 403},
		{Kind: sandbox.FaultStatus, Status: 404},
		{Kind: sandbox.FaultStatus, Status: 503},
		{Kind: sandbox.FaultDrop},
	} {
		t.Run(fmt.Sprintf("%s_%d", kind.Kind, kind.Status), func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.Options{})
			client := connect(t, tenant)
			token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci"})
			kind.Method, kind.Path, kind.Times = http.MethodDelete, apikeys+"/*", 100
			setFaults(t, tenant, kind)
			if err := client.Tokens.Delete(t.Context(), token.GUID); err == nil || len(named(tenant, "ci")) != 1 {
				t.Errorf("got %v, left are %v", err, named(tenant, "ci"))
			}
		})
	}
}

func TestUpdateReadsBack(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	token, _ := tenant.AddAPIToken(sandbox.APIToken{DisplayName: "ci", Description: "old"})
	var stubborn atomic.Bool
	client := connect(t, tenant, on(http.MethodGet, func(int) {
		if stubborn.Load() { // this tenant answers 200 to a rename, and does not rename
			_ = tenant.EditAPIToken(token.GUID, func(k *sandbox.APIToken) { k.DisplayName = "ci" })
		}
	}))
	input := atlan.TokenInput{Name: "renamed", Description: "new", PersonaQualifiedNames: []string{sandbox.SeedPersonaQualifiedName}}
	for _, want := range []string{"renamed", "ci"} {
		got, err := client.Tokens.Update(t.Context(), token.GUID, input)
		if err != nil || got.Name != want || got.Description != "new" || !slices.Equal(got.PersonaQualifiedNames, input.PersonaQualifiedNames) {
			t.Errorf("got %+v, %v", got, err)
		}
		stubborn.Store(true)
	}
	if _, err := client.Tokens.Update(t.Context(), "unknown", input); err == nil {
		t.Error("an unknown token was updated")
	}
	setFaults(t, tenant, fault{Method: http.MethodPost, Path: apikeys + "/*", Kind: sandbox.FaultDropAfterCommit, Times: 2})
	if got, err := client.Tokens.Update(t.Context(), token.GUID, input); err != nil || got.Description != "new" {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestPathsAreEscapedOnce: an identity of any form reaches the tenant as it is.
func TestPathsAreEscapedOnce(t *testing.T) {
	t.Parallel()
	for guid, want := range map[string]string{
		"4b4ce8f6-2f0e": apikeys + "/4b4ce8f6-2f0e", "a/b": apikeys + "/a%2Fb", "a b": apikeys + "/a%20b", "100%": apikeys + "/100%25", "ä": apikeys + "/%C3%A4",
	} {
		var got atomic.Value
		client := atlan.Wired(t, atlan.Config{}, atlan.Serve(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got.Store(r.URL.EscapedPath()) })))
		if err := client.Tokens.Delete(t.Context(), guid); err != nil || got.Load() != want {
			t.Errorf("%q is sent as %v, want %s; %v", guid, got.Load(), want, err)
		}
	}
}
