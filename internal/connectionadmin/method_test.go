// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	get  = "GET /api/meta/entity/guid/" + sandbox.SeedProductionGUID
	find = "GET /api/meta/entity/uniqueAttribute/type/Connection"
	save = "POST /api/meta/entity/bulk"
	me   = "GET /api/service/users/current"
)

// bearer gives the provider that value as the bearer token of a user.
func bearer(value func(sandbox.Credentials) string) func(*acctest.Tenant) func(*atlan.Config) {
	return func(tenant *acctest.Tenant) func(*atlan.Config) {
		return func(config *atlan.Config) { config.UserBearerToken = value(tenant.Sandbox.Credentials()) }
	}
}

var (
	noUser    = bearer(func(sandbox.Credentials) string { return "" })
	adminUser = bearer(func(c sandbox.Credentials) string { return c.UserBearerToken })
	member    = bearer(func(c sandbox.Credentials) string { return c.MemberBearerToken })
	expired   = bearer(func(sandbox.Credentials) string { return "expired-bearer-token" })
	aKey      = bearer(func(c sandbox.Credentials) string { return c.APIKey })
)

// TestMethods grants in each way on a tenant where only that one can work, and says why where none can. The journal
// counts the requests of a grant.
func TestMethods(t *testing.T) {
	t.Parallel()
	callerIsAdmin := func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin", account} }
	callerByRole := func(e *sandbox.Entity) { e.Attributes["adminRoles"] = []string{sandbox.SeedAPITokenRoleID} }
	strangers := func(e *sandbox.Entity) { e.Attributes["adminGroups"] = []string{"data_engineers"} }
	for name, test := range map[string]struct {
		method  string
		edit    func(*sandbox.Entity)
		user    func(*acctest.Tenant) func(*atlan.Config)
		used    string
		journal map[string]int
		refusal []string
	}{
		"direct":                {"direct", callerIsAdmin, noUser, "direct", map[string]int{find: 1, me: 1, get: 3, save: 1}, nil},
		"auto, direct":          {"auto", callerIsAdmin, adminUser, "direct", map[string]int{find: 1, me: 1, get: 3, save: 1}, nil},
		"auto, direct by role":  {"auto", callerByRole, noUser, "direct", map[string]int{find: 1, me: 1, get: 3, save: 1}, nil},
		"user_bearer":           {"user_bearer", nil, adminUser, "user_bearer", map[string]int{find: 1, me: 2, get: 3, save: 1}, nil},
		"auto, user_bearer":     {"auto", nil, adminUser, "user_bearer", map[string]int{find: 1, me: 2, get: 3, save: 1}, nil},
		"auto, after a refusal": {"auto", strangers, adminUser, "user_bearer", map[string]int{find: 1, me: 2, get: 5, save: 2}, nil},
		"direct, no admin": {"direct", nil, adminUser, "", nil, []string{
			"direct: " + account + ", which the provider acts as", "Its admins are: admin", `set method = "user_bearer"`,
		}},
		"direct, refused":  {"direct", strangers, adminUser, "", nil, []string{"direct: " + account, "was refused", "ATLAS-403-00-001", "data_engineers"}},
		"no token":         {"user_bearer", callerIsAdmin, noUser, "", nil, []string{"user_bearer: the provider has no user_bearer_token"}},
		"no admin's token": {"user_bearer", nil, member, "", nil, []string{"user_bearer: jsmith, the user of the user_bearer_token, was refused", "HTTP 403"}},
		"expired":          {"user_bearer", nil, expired, "", nil, []string{"user_bearer: the user_bearer_token is wrong or has expired", "HTTP 401"}},
		"an API key":       {"user_bearer", nil, aKey, "", nil, []string{"user_bearer: the user bearer token is no person's", account}},
		"auto, neither": {"auto", nil, member, "", nil, []string{
			"- direct: " + account, "- user_bearer: jsmith", "- package: the package makes only API tokens admins, no user", "Have one of them do it",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			tenant.Sandbox.AddUser(sandbox.User{Username: "new"})
			if test.edit != nil {
				edit(t, tenant.Sandbox, test.edit)
			}
			before := admins(tenant, sandbox.SeedProductionGUID)
			workspace := acctest.NewWorkspace(t, tenant.Provider(test.user(tenant)))
			config := with(grant("user", "new"), "method", test.method)
			tenant.Sandbox.ClearJournal()
			text := acctest.Texts(workspace.Apply(config))
			for _, part := range test.refusal {
				if !strings.Contains(text, part) {
					t.Errorf("the error does not say %q: %s", part, text)
				}
			}
			if test.used == "" {
				if got := admins(tenant, sandbox.SeedProductionGUID); text == "" || workspace.Instance("ci") != nil || !slices.Equal(got, before) {
					t.Errorf("a grant that was refused changed the admins to %v, or the state", got)
				}
				return
			}
			requests := tenant.Sandbox.JournalSummary()
			maps.DeleteFunc(requests, func(request string, _ int) bool { return request == "GET /api/service/users" })
			if text != "" || workspace.Attribute("ci", "method_used") != test.used || !maps.Equal(requests, test.journal) {
				t.Errorf("used %v with %v: %s", workspace.Attribute("ci", "method_used"), requests, text)
			}
			if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Contains(got, "new") || len(got) != len(before)+1 {
				t.Errorf("admins are %v", got)
			}
			expectPlan(t, workspace, config, acctest.NoOp)
			apply(t, workspace, nil)
			if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, before) {
				t.Errorf("after destroying, admins are %v, want %v", got, before)
			}
		})
	}
}

// TestSelfAndLast grants the caller itself, which policies need, and keeps it, and the last admin, from being removed.
func TestSelfAndLast(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.RoleLag = 200 * time.Millisecond })
	workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
	config := with(grant("api_token_id", sandbox.SeedAPITokenGUID), "wait_until_effective", true)
	apply(t, workspace, config)
	if text := acctest.Texts(workspace.Apply(nil)); !strings.Contains(text, "allow_self_removal") || workspace.Instance("ci") == nil {
		t.Errorf("the caller removed itself: %s", text)
	}
	edit(t, tenant.Sandbox, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{account} })
	apply(t, workspace, with(config, "allow_self_removal", true))
	time.Sleep(250 * time.Millisecond)
	if text := acctest.Texts(workspace.Apply(nil)); !strings.Contains(text, "It is the only admin") || workspace.Instance("ci") == nil {
		t.Errorf("the last admin was removed: %s", text)
	}
	edit(t, tenant.Sandbox, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin", account} })
	apply(t, workspace, nil)
	if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, []string{"admin"}) {
		t.Errorf("admins are %v", got)
	}
}

// TestPolicyAfterGrant makes the caller an admin and manages a policy of the connection at once, while the authorizer
// does not know the admin yet.
func TestPolicyAfterGrant(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.RoleLag = 2 * time.Second })
	workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
	config := with(grant("api_token_id", sandbox.SeedAPITokenGUID), "allow_self_removal", true)
	config["policy"] = acctest.Block{Type: "atlan_persona_metadata_policy", Attributes: map[string]any{
		"persona_id": sandbox.SeedPersonaGUID, "name": "ci", "actions": []string{"entity-read"},
		"assets": []string{sandbox.SeedProductionQualifiedName}, "connection_qualified_name": sandbox.SeedProductionQualifiedName,
	}}
	apply(t, workspace, config)
	delete(config, "policy")
	apply(t, workspace, config)
	apply(t, workspace, nil)
}

// TestAdopted grants what is granted already, changes nothing by that, and removes it in the end.
func TestAdopted(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	edit(t, tenant.Sandbox, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin", "jsmith"} })
	workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
	apply(t, workspace, grant("user", "jsmith"))
	if saves := tenant.Sandbox.JournalSummary()[save]; saves != 0 || workspace.Attribute("ci", "method_used") != "none" {
		t.Errorf("saved %d times, method %v", saves, workspace.Attribute("ci", "method_used"))
	}
	apply(t, workspace, nil)
	if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, []string{"admin"}) {
		t.Errorf("admins are %v", got)
	}
}

// TestSiblings grants eight principals on one connection at once, while another writer adds and removes a ninth through the
// API.
func TestSiblings(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	const siblings = 8
	tenant.Sandbox.AddUser(sandbox.User{Username: "ninth"})
	provider := acctest.Shared(t, tenant.Provider(asUser(tenant)))
	workspaces := make([]*acctest.Workspace, siblings)
	for i := range workspaces {
		tenant.Sandbox.AddUser(sandbox.User{Username: fmt.Sprintf("user-%d", i)})
		workspaces[i] = acctest.NewWorkspace(t, provider)
	}
	inParallel := func(config func(i int) map[string]acctest.Block) {
		t.Helper()
		done := make(chan string, siblings)
		for i, workspace := range workspaces {
			go func() { done <- acctest.Texts(workspace.Apply(config(i))) }()
		}
		for range workspaces {
			if failed := <-done; failed != "" {
				t.Error(failed)
			}
		}
	}
	config := func(i int) map[string]acctest.Block { return grant("user", fmt.Sprintf("user-%d", i)) }

	other := tenant.Client(t, asUser(tenant))
	stop, stopped := make(chan struct{}), make(chan int)
	go func() {
		words := 0
		ninth := atlan.Principal{Kind: atlan.PrincipalUser, Name: "ninth"}
		for {
			_ = other.Connections.RemoveAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, ninth)
			if err := other.Connections.AddAdmin(t.Context(), atlan.UserCredential, sandbox.SeedProductionGUID, ninth); err != nil {
				t.Error(err)
			}
			words++
			select {
			case <-stop:
				stopped <- words
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	inParallel(config)
	close(stop)
	words := <-stopped
	want := []string{"admin", "ninth"}
	for i, workspace := range workspaces {
		want = append(want, fmt.Sprintf("user-%d", i))
		expectPlan(t, workspace, config(i), acctest.NoOp)
	}
	slices.Sort(want)
	if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, want) {
		t.Errorf("after %d words of the other writer admins are %v, want %v", words, got, want)
	}
	inParallel(func(int) map[string]acctest.Block { return nil })
	if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, []string{"admin", "ninth"}) {
		t.Errorf("admins are %v", got)
	}
}
