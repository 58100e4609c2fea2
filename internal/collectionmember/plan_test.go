// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestOutOfBand removes the principal and the collection, and lets reading fail: only the first two make the membership
// vanish.
func TestOutOfBand(t *testing.T) {
	t.Parallel()
	failing := func(status int) func(*testing.T, *acctest.Tenant) {
		return func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			setFault(t, tenant, sandbox.Fault{Path: "/api/*", Kind: sandbox.FaultStatus, Status: status, Times: 1000})
		}
	}
	for name, test := range map[string]struct {
		change           func(*testing.T, *acctest.Tenant)
		warning, failure string
	}{
		"removed": {func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			edit(t, tenant, map[string][]string{"viewerUsers": {}})
		}, "Somebody has removed user:jsmith", ""},
		"collection purged": {func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			if err := tenant.Sandbox.PurgeEntity(sandbox.SeedCollectionGUID); err != nil {
				t.Fatal(err)
			}
		}, "Query collection " + sandbox.SeedCollectionQualifiedName, ""},
		"collection deleted": {func(t *testing.T, tenant *acctest.Tenant) {
			t.Helper()
			if err := tenant.Sandbox.EditEntity(sandbox.SeedCollectionGUID, func(e *sandbox.Entity) { e.Status = "DELETED" }); err != nil {
				t.Fatal(err)
			}
		}, "was deleted outside Terraform", ""},
		"401": {failing(http.StatusUnauthorized), "", "The credential was refused"},
		"403": {failing(http.StatusForbidden), "", "bearer token of a member"},
		"500": {failing(http.StatusInternalServerError), "", "Atlan support the request id"},
		"429": {failing(http.StatusTooManyRequests), "", "requests_per_minute"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace, config := newWorkspace(t, tenant), member("user", "jsmith", "viewer")
			apply(t, workspace, config)
			test.change(t, tenant)
			step := workspace.Plan(config)["ci"]
			text := acctest.Texts(step.Diagnostics)
			if test.failure != "" {
				if workspace.Instance("ci") == nil || len(acctest.Errors(step.Diagnostics)) == 0 || !strings.Contains(text, test.failure) {
					t.Errorf("want the state kept and an error that says %q, got %s", test.failure, text)
				}
				return
			}
			if step.Action != acctest.Create || !strings.Contains(text, test.warning) {
				t.Errorf("want a creation and a warning that says %q, got %s and %s", test.warning, step.Action, text)
			}
			if name == "removed" {
				apply(t, workspace, config)
				expectPlan(t, workspace, config, acctest.NoOp)
				return
			}
			if text := acctest.Texts(workspace.Apply(config)); !strings.Contains(text, "There is no such query collection") {
				t.Errorf("a member of a collection that is gone: %s", text)
			}
		})
	}
}

// TestDrift walks the attributes: only the role, and the membership as a whole, can change in Atlan. What becomes of the
// other members is no difference.
func TestDrift(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace, config := newWorkspace(t, tenant), member("user", "jsmith", "viewer")
	// The identities of a collection and a principal are fixed, and the others are known to the configuration alone.
	fixed := []string{
		"id", "collection_id", "collection_qualified_name", "api_token_id", "user", "group", "username",
		"method", "method_used", "wait_until_effective", "allow_self_removal", "timeouts",
	}
	for _, name := range workspace.AttributeNames(resourceType) {
		if !slices.Contains(append(fixed, "role"), name) {
			t.Errorf("no drift is tested for attribute %q", name)
		}
	}
	apply(t, workspace, config)
	for name, lists := range map[string]map[string][]string{
		"others come":   {"viewerUsers": {"other", "jsmith"}, "adminUsers": {"admin", "one"}},
		"groups come":   {"viewerGroups": {"data_engineers"}, "adminGroups": {"data_engineers"}},
		"the others go": {"viewerUsers": {"jsmith"}, "adminUsers": {"admin"}, "viewerGroups": {}, "adminGroups": nil},
	} {
		edit(t, tenant, lists)
		if step := workspace.Plan(config)["ci"]; step.Action != acctest.NoOp || len(step.Diagnostics) > 0 {
			t.Errorf("%s: planned %s of %v: %s", name, step.Action, step.Changed, acctest.Texts(step.Diagnostics))
		}
	}
	for name, lists := range map[string]map[string][]string{
		"made an editor":      {"viewerUsers": {}, "adminUsers": {"admin", "jsmith"}},
		"made an editor also": {"viewerUsers": {"jsmith"}, "adminUsers": {"admin", "jsmith"}},
	} {
		edit(t, tenant, map[string][]string{"viewerGroups": {}, "adminGroups": {}})
		edit(t, tenant, lists)
		t.Log(name)
		expectPlan(t, workspace, config, acctest.Update, "role")
		apply(t, workspace, config)
		expectPlan(t, workspace, config, acctest.NoOp)
		expectMembers(t, tenant, map[string]string{"user:jsmith": "viewer"})
	}
	edit(t, tenant, map[string][]string{"viewerUsers": {}, "adminUsers": {"admin"}})
	if step := workspace.Plan(config)["ci"]; step.Action != acctest.Create {
		t.Errorf("the principal was removed: planned %s", step.Action)
	}
}

// TestReplacement plans a replacement for each argument whose text says so, and an update for each other one.
func TestReplacement(t *testing.T) {
	t.Parallel()
	tenants := func(t *testing.T) (*acctest.Tenant, sandbox.Entity) {
		t.Helper()
		tenant := acctest.NewSandbox(t)
		tenant.Sandbox.AddUser(sandbox.User{Username: "other"})
		return tenant, addCollection(tenant, "second")
	}
	jsmith := func() map[string]acctest.Block { return member("user", "jsmith", "viewer") }
	for name, test := range map[string]struct {
		config func(second sandbox.Entity) map[string]acctest.Block
		action acctest.Action
	}{
		"role":                 {func(sandbox.Entity) map[string]acctest.Block { return with(jsmith(), "role", "editor") }, acctest.Update},
		"method":               {func(sandbox.Entity) map[string]acctest.Block { return with(jsmith(), "method", "user_bearer") }, acctest.Update},
		"wait_until_effective": {func(sandbox.Entity) map[string]acctest.Block { return with(jsmith(), "wait_until_effective", true) }, acctest.Update},
		"allow_self_removal":   {func(sandbox.Entity) map[string]acctest.Block { return with(jsmith(), "allow_self_removal", true) }, acctest.Update},
		"user":                 {func(sandbox.Entity) map[string]acctest.Block { return member("user", "other", "viewer") }, acctest.Replace},
		"group":                {func(sandbox.Entity) map[string]acctest.Block { return member("group", "data_engineers", "viewer") }, acctest.Replace},
		"api_token_id": {func(sandbox.Entity) map[string]acctest.Block {
			return member("api_token_id", sandbox.SeedAPITokenGUID, "viewer")
		}, acctest.Replace},
		"collection_qualified_name": {func(second sandbox.Entity) map[string]acctest.Block {
			return with(jsmith(), "collection_qualified_name", second.Text("qualifiedName"))
		}, acctest.Replace},
		"collection_id": {func(second sandbox.Entity) map[string]acctest.Block { return byID(jsmith(), second.GUID) }, acctest.Replace},
		"the same collection by its other name": {func(sandbox.Entity) map[string]acctest.Block {
			return byID(jsmith(), sandbox.SeedCollectionGUID)
		}, acctest.NoOp},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, second := tenants(t)
			workspace, config := newWorkspace(t, tenant), test.config(second)
			apply(t, workspace, jsmith())
			if step := workspace.Plan(config)["ci"]; step.Action != test.action || test.action != acctest.NoOp && !slices.Contains(step.Changed, name) {
				t.Fatalf("planned %s of %v, want %s: %s", step.Action, step.Changed, test.action, acctest.Texts(step.Diagnostics))
			}
			apply(t, workspace, config)
			expectPlan(t, workspace, config, acctest.NoOp)
			if _, left := members(tenant.Sandbox)["user:jsmith"]; left == (test.action == acctest.Replace) {
				t.Error("the replaced membership is left, or the kept one is gone")
			}
		})
	}
}

// TestNullUnknownEmpty gives every optional argument nothing and a value that is not known yet; empty ones are invalid.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := newWorkspace(t, tenant)
	jsmith := func() map[string]acctest.Block { return member("user", "jsmith", "viewer") }
	for name, config := range map[string]map[string]acctest.Block{
		"collection_qualified_name": jsmith(), "user": jsmith(), "group": member("group", "x", "viewer"),
		"api_token_id": member("api_token_id", "x", "viewer"), "role": jsmith(), "method": jsmith(), "wait_until_effective": jsmith(),
		"allow_self_removal": jsmith(), "collection_id": with(jsmith(), "collection_qualified_name", nil),
	} {
		step := workspace.Plan(with(config, name, acctest.Unknown))["ci"]
		if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 || step.Action != acctest.Create {
			t.Errorf("%s is unknown: planned %s: %s", name, step.Action, acctest.Texts(failed))
		}
	}
	for _, name := range []string{"method", "wait_until_effective", "allow_self_removal", "collection_id", "group"} {
		config := with(jsmith(), name, nil)
		apply(t, workspace, config)
		expectPlan(t, workspace, config, acctest.NoOp)
	}
	for name, want := range map[string]string{
		"user": "at least 1", "group": "at least 1", "api_token_id": "at least 1", "collection_qualified_name": "at least 1", "role": "must be one of",
	} {
		if text := acctest.Texts(acctest.Errors(workspace.Plan(with(jsmith(), name, ""))["ci"].Diagnostics)); !strings.Contains(text, want) {
			t.Errorf("%s is empty: %s", name, text)
		}
	}
}

// TestInvalid refuses bad input: what the schema can tell in the plan, and what the tenant knows in the apply, on the
// argument.
func TestInvalid(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := newWorkspace(t, tenant)
	jsmith := func() map[string]acctest.Block { return member("user", "jsmith", "viewer") }
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		want   string
	}{
		"no principal":   {with(jsmith(), "user", nil), "Exactly one of these attributes must be configured: [api_token_id,user,group]"},
		"two principals": {with(jsmith(), "group", "data_engineers"), "Exactly one of these attributes must be configured"},
		"two collections": {
			with(with(jsmith(), "collection_id", sandbox.SeedCollectionGUID), "collection_qualified_name", "default/collection/admin/Another"), "Two collections",
		},
		"other role":         {with(jsmith(), "role", "admin"), `value must be one of: ["editor" "viewer"]`},
		"other method":       {with(jsmith(), "method", "package"), "must be one of"},
		"unknown user":       {member("user", "nobody", "viewer"), "No user is named \"nobody\""},
		"unknown group":      {member("group", "Data engineers", "viewer"), "No group has the internal name \"Data engineers\""},
		"unknown token":      {member("api_token_id", "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1dffff", "viewer"), "Adding api_token:4b4ce8f6"},
		"unknown collection": {with(jsmith(), "collection_qualified_name", "default/collection/admin/x"), "There is no such query collection"},
		"unknown by its id":  {byID(jsmith(), "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1dffff"), "There is no such query collection"},
		"connection":         {byID(jsmith(), sandbox.SeedProductionGUID), "There is no such query collection"},
		"unknown role of the creator": {
			member("user", "admin", "viewer"), "admin created the query collection, and Atlan keeps its creator an editor",
		},
	} {
		failed := workspace.Apply(test.config)
		if text := acctest.Texts(failed); !strings.Contains(text, test.want) {
			t.Errorf("%s: want an error that says %q, got %s", name, test.want, text)
		}
		if strings.HasPrefix(name, "unknown") && (len(failed) == 0 || failed[0].Attribute == nil) {
			t.Errorf("%s: the error is on no attribute", name)
		}
		if workspace.Instance("ci") != nil {
			t.Errorf("%s: something is in the state", name)
		}
	}
	expectMembers(t, tenant, nil)
}

// TestUnknownProvider plans quietly while the provider's configuration is not known, and keeps the state.
func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace, config := newWorkspace(t, tenant), member("user", "jsmith", "viewer")
	apply(t, workspace, config)
	late := workspace.WithUnknownProvider(tenant.Provider(asUser(tenant)))
	tenant.Sandbox.ClearJournal()
	expectPlan(t, late, config, acctest.NoOp)
	expectPlan(t, late, with(config, "role", "editor"), acctest.Update, "role")
	if requests := tenant.Sandbox.Journal(); len(requests) > 0 {
		t.Errorf("%d requests were sent", len(requests))
	}
}
