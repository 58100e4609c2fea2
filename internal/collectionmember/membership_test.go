// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	get  = "GET /api/meta/entity/guid/" + sandbox.SeedCollectionGUID
	find = "GET /api/meta/entity/uniqueAttribute/type/Collection"
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
	noUser      = bearer(func(sandbox.Credentials) string { return "" })
	editingUser = bearer(func(c sandbox.Credentials) string { return c.UserBearerToken })
	otherUser   = bearer(func(c sandbox.Credentials) string { return c.MemberBearerToken })
	expired     = bearer(func(sandbox.Credentials) string { return "expired-bearer-token" })
	aKey        = bearer(func(c sandbox.Credentials) string { return c.APIKey })
)

// TestMethods makes members in each way on a tenant where only that one can work, and says why where none can. The
// journal counts the requests of a membership.
func TestMethods(t *testing.T) {
	t.Parallel()
	callerEdits := map[string][]string{"adminUsers": {"admin", account}}
	callerViews := map[string][]string{"viewerUsers": {account}}
	callerAndGroup := map[string][]string{"viewerUsers": {account}, "adminGroups": {"data_engineers"}}
	groupOfUser := map[string][]string{"adminGroups": {"data_engineers"}, "viewerUsers": {"jsmith"}}
	for name, test := range map[string]struct {
		method  string
		before  map[string][]string
		user    func(*acctest.Tenant) func(*atlan.Config)
		used    string
		journal map[string]int
		refusal []string
	}{
		"direct":            {"direct", callerEdits, noUser, "direct", map[string]int{find: 1, me: 1, get: 3, save: 1}, nil},
		"auto, direct":      {"auto", callerEdits, editingUser, "direct", map[string]int{find: 1, me: 1, get: 3, save: 1}, nil},
		"user_bearer":       {"user_bearer", nil, editingUser, "user_bearer", map[string]int{find: 2, me: 2, get: 3, save: 1}, nil},
		"auto, user_bearer": {"auto", nil, editingUser, "user_bearer", map[string]int{find: 2, me: 2, get: 3, save: 1}, nil},
		"auto, after a refusal": {
			"auto", callerAndGroup, editingUser, "user_bearer", map[string]int{find: 1, me: 2, get: 5, save: 2}, nil,
		},
		"user_bearer, by group": {"user_bearer", groupOfUser, otherUser, "user_bearer", map[string]int{find: 2, me: 2, get: 3, save: 1}, nil},
		"direct, a viewer": {
			"direct", callerViews, editingUser, "", nil, []string{"direct: " + account + ", which the provider acts as", "Its editors are: admin"},
		},
		"direct, refused": {"direct", callerAndGroup, editingUser, "", nil, []string{"was refused", "ATLAS-403-00-001", "data_engineers"}},
		"no token":        {"user_bearer", callerEdits, noUser, "", nil, []string{"user_bearer: the provider has no user_bearer_token"}},
		"not seen":        {"auto", nil, noUser, "", nil, []string{"403", "bearer token of a member"}},
		"no editor's token": {
			"user_bearer", callerViews, otherUser, "", nil, []string{"403", "user_bearer: jsmith, the user of the user_bearer_token, was refused"},
		},
		"expired":    {"user_bearer", callerViews, expired, "", nil, []string{"user_bearer: the user_bearer_token is wrong or has expired", "HTTP 401"}},
		"an API key": {"user_bearer", callerViews, aKey, "", nil, []string{"user_bearer: the user bearer token is no person's", account}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			tenant.Sandbox.AddUser(sandbox.User{Username: "new"})
			edit(t, tenant, test.before)
			before := members(tenant.Sandbox)
			workspace := acctest.NewWorkspace(t, tenant.Provider(test.user(tenant)))
			config := with(member("user", "new", "viewer"), "method", test.method)
			tenant.Sandbox.ClearJournal()
			text := acctest.Texts(workspace.Apply(config))
			for _, part := range test.refusal {
				if !strings.Contains(text, part) {
					t.Errorf("the error does not say %q: %s", part, text)
				}
			}
			if test.used == "" {
				if got := members(tenant.Sandbox); text == "" || workspace.Instance("ci") != nil || !maps.Equal(got, before) {
					t.Errorf("what was refused changed the members to %v, or the state", got)
				}
				return
			}
			requests := tenant.Sandbox.JournalSummary()
			maps.DeleteFunc(requests, func(request string, _ int) bool { return request == "GET /api/service/users" })
			if text != "" || workspace.Attribute("ci", "method_used") != test.used || !maps.Equal(requests, test.journal) {
				t.Errorf("used %v with %v: %s", workspace.Attribute("ci", "method_used"), requests, text)
			}
			expectPlan(t, workspace, config, acctest.NoOp)
			apply(t, workspace, nil)
			if got := members(tenant.Sandbox); !maps.Equal(got, before) {
				t.Errorf("after destroying, members are %v, want %v", got, before)
			}
		})
	}
}

// TestRole changes the role back and forth, each time in one save, so that the principal is never without.
func TestRole(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := newWorkspace(t, tenant)
	apply(t, workspace, member("group", "data_engineers", "viewer"))
	for _, role := range []string{"editor", "viewer", "editor"} {
		config := member("group", "data_engineers", role)
		expectPlan(t, workspace, config, acctest.Update, "role")
		tenant.Sandbox.ClearJournal()
		apply(t, workspace, config)
		expectMembers(t, tenant, map[string]string{"group:data_engineers": role})
		if saves := tenant.Sandbox.JournalSummary()[save]; saves != 1 {
			t.Errorf("making it %s took %d saves", role, saves)
		}
		for _, collection := range tenant.Sandbox.State().Collections {
			if len(collection.List("adminGroups"))+len(collection.List("viewerGroups")) != 1 {
				t.Errorf("both roles are left: %v", collection.Attributes)
			}
		}
		expectPlan(t, workspace, config, acctest.NoOp)
	}
	setFault(t, tenant, sandbox.Fault{Method: http.MethodPost, Path: "/api/*", Kind: sandbox.FaultStatus, Status: http.StatusForbidden, Times: 1000})
	if text := acctest.Texts(workspace.Apply(member("group", "data_engineers", "viewer"))); !strings.Contains(text, "Setting group:data_engineers as viewer") {
		t.Errorf("a role that cannot be set: %s", text)
	}
	if role := workspace.Attribute("ci", "role"); role != "editor" {
		t.Errorf("the state says %v of a role that was not set", role)
	}
}

// TestAdopted makes a member of somebody who is one, changes nothing by that but the role, and removes it in the end.
func TestAdopted(t *testing.T) {
	t.Parallel()
	for role, used := range map[string]string{"viewer": "none", "editor": "user_bearer"} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			edit(t, tenant, map[string][]string{"viewerUsers": {"jsmith"}})
			workspace, config := newWorkspace(t, tenant), member("user", "jsmith", role)
			apply(t, workspace, config)
			if got := workspace.Attribute("ci", "method_used"); got != used {
				t.Errorf("the method was %v, want %s", got, used)
			}
			expectMembers(t, tenant, map[string]string{"user:jsmith": role})
			expectPlan(t, workspace, config, acctest.NoOp)
			apply(t, workspace, nil)
			expectMembers(t, tenant, nil)
		})
	}
}

// TestCreator adopts the creator, who cannot be removed: destroying says so and goes on.
func TestCreator(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := newWorkspace(t, tenant)
	apply(t, workspace, member("user", "admin", "editor"))
	if text := acctest.Texts(workspace.Apply(member("user", "admin", "viewer"))); !strings.Contains(text, "admin created the query collection") {
		t.Errorf("the creator was made a viewer: %s", text)
	}
	apply(t, workspace, nil)
	if workspace.Instance("ci") != nil {
		t.Error("the creator's membership stays in the state")
	}
	expectMembers(t, tenant, nil)
}

// TestSelf makes the caller an editor, which then makes others members before that is effective, and keeps it from taking
// the role from itself unless that is meant.
func TestSelf(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.RoleLag = 200 * time.Millisecond })
	workspace := newWorkspace(t, tenant)
	config := with(member("api_token_id", sandbox.SeedAPITokenGUID, "editor"), "wait_until_effective", true)
	apply(t, workspace, config)
	config["other"] = with(member("user", "jsmith", "viewer"), "method", "direct")["ci"]
	apply(t, workspace, config)
	if used := workspace.Attribute("other", "method_used"); used != "direct" {
		t.Errorf("the new editor made a member by %v", used)
	}
	delete(config, "other")
	apply(t, workspace, config)
	for name, less := range map[string]map[string]acctest.Block{
		"destroyed": nil, "made a viewer": member("api_token_id", sandbox.SeedAPITokenGUID, "viewer"),
	} {
		if text := acctest.Texts(workspace.Apply(less)); !strings.Contains(text, "allow_self_removal = true") || workspace.Attribute("ci", "role") != "editor" {
			t.Errorf("the caller was %s: %s", name, text)
		}
	}
	apply(t, workspace, with(member("api_token_id", sandbox.SeedAPITokenGUID, "viewer"), "allow_self_removal", true))
	expectMembers(t, tenant, map[string]string{"user:" + account: "viewer"})
	apply(t, workspace, nil)
	expectMembers(t, tenant, nil)
}

// TestUnverified makes the caller an editor, of which nobody sees what came: the state remembers it, and the next apply takes
// it back and makes it anew, though it is the caller itself.
func TestUnverified(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace, config := newWorkspace(t, tenant), member("api_token_id", sandbox.SeedAPITokenGUID, "editor")
	setFault(t, tenant, sandbox.Fault{Path: strings.TrimPrefix(get, "GET "), Nth: 2, Times: 1000, Kind: sandbox.FaultStatus, Status: http.StatusForbidden})
	if failed := workspace.Apply(config); len(failed) == 0 || workspace.Instance("ci") == nil || !workspace.Instance("ci").Tainted {
		t.Errorf("a member that may have been made is not remembered: %s", acctest.Texts(failed))
	}
	if err := tenant.Sandbox.SetFaults(nil); err != nil {
		t.Fatal(err)
	}
	apply(t, workspace, config)
	expectMembers(t, tenant, map[string]string{"user:" + account: "editor"})
	expectPlan(t, workspace, config, acctest.NoOp)
}
