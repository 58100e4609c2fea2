// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	bulk    = "/api/meta/entity/bulk"
	account = "service-account-apikey-" + sandbox.SeedAPITokenGUID
)

func userNamed(name string) atlan.Principal {
	return atlan.Principal{Kind: atlan.PrincipalUser, Name: name}
}

// connectAsUser makes a client of a demo tenant that has the given bearer token besides the API key.
func connectAsUser(t *testing.T, tenant *sandbox.Tenant, bearer string, layers ...func(http.Handler) http.Handler) *atlan.Client {
	t.Helper()
	var handler http.Handler = tenant
	for _, layer := range layers {
		handler = layer(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newClient(t, atlan.Config{
		BaseURL: server.URL, APIKey: tenant.Credentials().APIKey, UserBearerToken: bearer, RetryWait: time.Millisecond, RequestsPerMinute: 1_000_000,
	})
}

// admins are those of the production connection as the tenant has them.
func admins(t *testing.T, tenant *sandbox.Tenant) []string {
	t.Helper()
	for _, connection := range tenant.State().Connections {
		if connection.GUID == sandbox.SeedProductionGUID {
			all := slices.Concat(connection.List("adminUsers"), connection.List("adminGroups"), connection.List("adminRoles"))
			slices.Sort(all)
			return all
		}
	}
	t.Fatal("the tenant has no production connection")
	return nil
}

// TestAdmins adds and removes one principal of each kind, touches no other list, and saves nothing that is so already.
func TestAdmins(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	client := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken)
	principals := []atlan.Principal{
		userNamed("jsmith"), {Kind: atlan.PrincipalGroup, Name: "data_engineers"}, {Kind: atlan.PrincipalRole, Name: sandbox.SeedAdminRoleID},
	}
	for _, principal := range principals {
		tenant.ClearJournal()
		for range 2 {
			if err := client.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, principal); err != nil {
				t.Fatal(err)
			}
		}
		if saves := tenant.JournalSummary()["POST "+bulk]; saves != 1 {
			t.Errorf("adding a %s twice saved %d times", principal.Kind, saves)
		}
	}
	want := []string{sandbox.SeedAdminRoleID, "admin", "data_engineers", "jsmith"}
	if got := admins(t, tenant); !slices.Equal(got, want) {
		t.Errorf("admins are %v, want %v", got, want)
	}
	read, err := client.Connections.Read(t.Context(), sandbox.SeedProductionGUID)
	if err != nil || !read.Admins.Has(principals[0]) || !read.Admins.Has(principals[1]) || !read.Admins.Has(principals[2]) || read.Connector != "snowflake" {
		t.Errorf("read %+v, %v", read, err)
	}
	for _, principal := range principals {
		if err := client.Connections.RemoveAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, principal); err != nil {
			t.Error(err)
		}
	}
	err = client.Connections.RemoveAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed("admin"))
	if !errors.Is(err, atlan.ErrLastAdmin) {
		t.Errorf("removing the last admin: %v", err)
	}
	if got := admins(t, tenant); !slices.Equal(got, []string{"admin"}) {
		t.Errorf("admins are %v", got)
	}
}

// TestAdminsRefused tells whose right is missing, and what is no person's token.
func TestAdminsRefused(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	client := connectAsUser(t, tenant, tenant.Credentials().MemberBearerToken)
	for _, as := range []atlan.Credential{atlan.OwnCredential, atlan.UserCredential} {
		err := client.Connections.AddAdmin(t.Context(), as, sandbox.SeedProductionGUID, userNamed(account))
		var answer *atlan.Error
		if !errors.As(err, &answer) || answer.StatusCode != http.StatusForbidden || answer.As != as {
			t.Errorf("as %d: %v", as, err)
		}
	}
	if user, err := client.Principals.BearerUser(t.Context()); err != nil || user.Username != "jsmith" {
		t.Errorf("the user is %q, %v", user.Username, err)
	}
	var refused *atlan.NoUserError
	_, err := connectAsUser(t, tenant, tenant.Credentials().APIKey).Principals.BearerUser(t.Context())
	if !errors.As(err, &refused) || refused.Username != account {
		t.Errorf("an API key passes for a user's token: %v", err)
	}
	err = client.Connections.AddAdmin(t.Context(), atlan.OwnCredential, sandbox.SeedCollectionGUID, userNamed("jsmith"))
	if !errors.Is(err, atlan.ErrForbidden) {
		t.Errorf("a collection that may not be seen: %v", err)
	}
	unknown := client.Connections.AddAdmin(t.Context(), atlan.UserCredential, "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1dffff", userNamed("jsmith"))
	if !errors.Is(unknown, atlan.ErrNotFound) {
		t.Errorf("an unknown connection: %v", unknown)
	}
}

// TestAdminsFailingSaves saves again only after reading again, since others may have written meanwhile.
func TestAdminsFailingSaves(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.FaultKind{
		sandbox.FaultStatus, sandbox.FaultStatusAfterCommit, sandbox.FaultDrop, sandbox.FaultDropAfterCommit, sandbox.FaultTruncate,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
			user, _ := tenant.AddUser(sandbox.User{Username: "other"})
			client := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken)
			setFaults(t, tenant, fault{Method: http.MethodPost, Path: bulk, Times: 2, Kind: kind, Status: http.StatusServiceUnavailable})
			if err := client.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed(user.Username)); err != nil {
				t.Fatal(err)
			}
			if got := admins(t, tenant); !slices.Equal(got, []string{"admin", "other"}) {
				t.Errorf("admins are %v", got)
			}
		})
	}
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	client := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken)
	tenant.ClearJournal()
	err := client.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed("nobody"))
	if saves := tenant.JournalSummary()["POST "+bulk]; saves != 1 || err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("a name that Keycloak does not know was saved %d times: %v", saves, err)
	}
}

// TestAdminsLostUpdate makes a change again that another writer's older list replaced, and gives up when it always is.
func TestAdminsLostUpdate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		times int32
		lost  bool
	}{"three times": {3, false}, "always": {1000, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
			var saves atomic.Int32
			client := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					next.ServeHTTP(w, r)
					if r.Method != http.MethodPost || r.URL.Path != bulk || saves.Add(1) > test.times {
						return
					}
					_ = tenant.EditEntity(sandbox.SeedProductionGUID, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin"} })
				})
			})
			err := client.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed("jsmith"))
			var lost *atlan.LostUpdateError
			if errors.As(err, &lost) != test.lost || (err == nil) == test.lost {
				t.Errorf("after %d saves: %v", saves.Load(), err)
			}
			if test.lost && lost.Saves != 10 {
				t.Errorf("gave up after %d saves", lost.Saves)
			}
		})
	}
}

// TestAdminsInParallel adds eight principals through one client while another writer adds and removes a ninth.
func TestAdminsInParallel(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, Latency: time.Millisecond})
	client := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken)
	other := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken)
	want := []string{"admin"}
	for i := range 8 {
		user, _ := tenant.AddUser(sandbox.User{Username: fmt.Sprintf("user-%d", i)})
		want = append(want, user.Username)
	}
	var all sync.WaitGroup
	for _, name := range want[1:] {
		all.Go(func() {
			if err := client.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed(name)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Go(func() {
		for range 10 {
			if err := errors.Join(
				other.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed("jsmith")),
				other.Connections.RemoveAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed("jsmith")),
			); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	// Who writes last verifies: that is all that an API without conditional writes allows.
	for range 2 {
		if err := other.Connections.RemoveAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed("jsmith")); err != nil {
			t.Error(err)
		}
	}
	missing := slices.DeleteFunc(slices.Clone(want), func(name string) bool { return slices.Contains(admins(t, tenant), name) })
	if len(missing) > 0 {
		t.Errorf("admins %v are missing", missing)
	}
}

// TestAfterGrant retries a policy that is refused because the right has just been granted, and no other.
func TestAfterGrant(t *testing.T) {
	t.Parallel()
	for _, surface := range []string{sandbox.SurfaceEntities, sandbox.SurfacePersonas} {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			testAfterGrant(t, newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, RoleLag: 300 * time.Millisecond, PersonaAPI: surface}))
		})
	}
}

func testAfterGrant(t *testing.T, tenant *sandbox.Tenant) {
	t.Helper()
	client, persona := connectAsUser(t, tenant, tenant.Credentials().UserBearerToken), tenant.AddPersona("new").GUID
	policy := func(name string) atlan.PolicyInput {
		return atlan.PolicyInput{
			Kind: atlan.PolicyMetadata, PersonaGUID: persona, Name: name, Allow: true, Actions: []string{"entity-read"},
			Assets:     []string{sandbox.SeedProductionQualifiedName},
			Connection: atlan.Connection{GUID: sandbox.SeedProductionGUID, QualifiedName: sandbox.SeedProductionQualifiedName},
		}
	}
	tenant.ClearJournal()
	if _, err := client.Policies.Create(t.Context(), policy("before")); !errors.Is(err, atlan.ErrForbidden) {
		t.Errorf("no admin may create policies: %v", err)
	}
	refused := slices.DeleteFunc(tenant.Journal(), func(r sandbox.Request) bool { return r.Method != http.MethodPost || r.Status != http.StatusForbidden })
	if len(refused) != 1 {
		t.Errorf("a refusal without a grant was sent %d times", len(refused))
	}
	if err := client.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, userNamed(account)); err != nil {
		t.Fatal(err)
	}
	guid, err := client.Policies.Create(t.Context(), policy("after"))
	if err != nil {
		t.Fatalf("after the grant: %v", err)
	}
	changed := policy("after")
	changed.Description = "changed"
	if _, err := client.Policies.Update(t.Context(), guid, changed); err != nil {
		t.Error(err)
	}
	if err := client.Connections.AddAdmin(t.Context(), atlan.OwnCredential, sandbox.SeedProductionGUID, userNamed("jsmith")); err != nil {
		t.Errorf("the new admin adds another: %v", err)
	}
	if err := client.Connections.RemoveAdmin(t.Context(), atlan.OwnCredential, sandbox.SeedProductionGUID, userNamed(account)); err != nil {
		t.Errorf("the new admin removes itself: %v", err)
	}
}

// TestFindConnections finds connections and collections by what names them, as the user where the API key sees nothing.
func TestFindConnections(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	hidden := tenant.AddConnection("hidden", "postgres", "admin")
	alone, both := connect(t, tenant), connectAsUser(t, tenant, tenant.Credentials().UserBearerToken)
	if found, err := alone.Connections.FindByName(t.Context(), "production", "snowflake"); err != nil || len(found) != 1 {
		t.Errorf("found %v, %v", found, err)
	}
	if found, err := alone.Connections.FindByName(t.Context(), "Production", ""); err != nil || len(found) != 0 {
		t.Errorf("found %v by a name in another case, %v", found, err)
	}
	if found, err := alone.Connections.FindByName(t.Context(), "production", "bigquery"); err != nil || len(found) != 0 {
		t.Errorf("found %v of another connector, %v", found, err)
	}
	var names []string
	for connection, err := range alone.Connections.All(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, connection.Name)
	}
	if !slices.Equal(slices.Sorted(slices.Values(names)), []string{"development", "production"}) {
		t.Errorf("listed %v", names)
	}
	if _, err := alone.Connections.Read(t.Context(), hidden.GUID); !errors.Is(err, atlan.ErrForbidden) {
		t.Errorf("a connection that may not be seen: %v", err)
	}
	if read, err := both.Connections.ReadByQualifiedName(t.Context(), hidden.Text("qualifiedName")); err != nil || read.Name != "hidden" {
		t.Errorf("read %+v as the user, %v", read, err)
	}
	if found, err := alone.Collections.FindByName(t.Context(), "My query collection"); err != nil || len(found) != 0 {
		t.Errorf("an API token sees the collections %v, %v", found, err)
	}
	found, err := both.Collections.FindByName(t.Context(), "My query collection")
	if err != nil || len(found) != 1 {
		t.Fatalf("found %v, %v", found, err)
	}
	for _, read := range []func() (atlan.Collection, error){
		func() (atlan.Collection, error) { return both.Collections.Read(t.Context(), found[0].GUID) },
		func() (atlan.Collection, error) {
			return both.Collections.ReadByQualifiedName(t.Context(), found[0].QualifiedName)
		},
	} {
		if collection, err := read(); err != nil || collection.GUID != sandbox.SeedCollectionGUID || !slices.Equal(collection.Editors.Users, []string{"admin"}) {
			t.Errorf("read %+v, %v", collection, err)
		}
	}
	if _, err := alone.Collections.Read(t.Context(), sandbox.SeedCollectionGUID); !errors.Is(err, atlan.ErrForbidden) {
		t.Errorf("a collection that may not be seen: %v", err)
	}
}
