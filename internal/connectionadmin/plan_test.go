// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// grant is a configuration of one grant, "ci", on the production connection.
func grant(kind, name string) map[string]acctest.Block {
	return map[string]acctest.Block{"ci": {Type: resourceType, Attributes: map[string]any{
		"connection_qualified_name": sandbox.SeedProductionQualifiedName, kind: name,
	}}}
}

// with is the configuration with one argument set on every grant.
func with(blocks map[string]acctest.Block, attribute string, value any) map[string]acctest.Block {
	for _, block := range blocks {
		block.Attributes[attribute] = value
	}
	return blocks
}

// apply applies the configuration and fails the test if that fails.
func apply(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block) {
	t.Helper()
	if failed := workspace.Apply(config); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
}

// expectPlan checks action and changed attributes of the grant "ci".
func expectPlan(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block, action acctest.Action, changed ...string) {
	t.Helper()
	step := workspace.Plan(config)["ci"]
	if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
	if step.Action != action || !slices.Equal(step.Changed, changed) {
		t.Errorf("planned %s of %v, want %s of %v", step.Action, step.Changed, action, changed)
	}
}

func edit(t *testing.T, tenant *sandbox.Tenant, change func(*sandbox.Entity)) {
	t.Helper()
	if err := tenant.EditEntity(sandbox.SeedProductionGUID, change); err != nil {
		t.Fatal(err)
	}
}

// failing makes every request fail.
func failing(status int) func(*testing.T, *sandbox.Tenant) {
	return func(t *testing.T, tenant *sandbox.Tenant) {
		t.Helper()
		if err := tenant.SetFaults([]sandbox.Fault{{Path: "/api/*", Kind: sandbox.FaultStatus, Status: status, Times: 1000}}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOutOfBand removes the principal and the connection, and lets reading fail: only the first two make the grant vanish.
func TestOutOfBand(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change           func(*testing.T, *sandbox.Tenant)
		warning, failure string
	}{
		"removed": {func(t *testing.T, tenant *sandbox.Tenant) {
			t.Helper()
			edit(t, tenant, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin"} })
		}, "Somebody has removed user:jsmith", ""},
		"connection purged": {func(t *testing.T, tenant *sandbox.Tenant) {
			t.Helper()
			if err := tenant.PurgeEntity(sandbox.SeedProductionGUID); err != nil {
				t.Fatal(err)
			}
		}, "Connection default/snowflake/1700000000", ""},
		"connection deleted": {func(t *testing.T, tenant *sandbox.Tenant) {
			t.Helper()
			edit(t, tenant, func(e *sandbox.Entity) { e.Status = "DELETED" })
		}, "was deleted outside Terraform", ""},
		"401": {failing(http.StatusUnauthorized), "", "The credential was refused"},
		"403": {failing(http.StatusForbidden), "", "may not see"},
		"500": {failing(http.StatusInternalServerError), "", "Atlan support the request id"},
		"429": {failing(http.StatusTooManyRequests), "", "requests_per_minute"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
			apply(t, workspace, grant("user", "jsmith"))
			test.change(t, tenant.Sandbox)
			step := workspace.Plan(grant("user", "jsmith"))["ci"]
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
				apply(t, workspace, grant("user", "jsmith"))
				expectPlan(t, workspace, grant("user", "jsmith"), acctest.NoOp)
				return
			}
			if text := acctest.Texts(workspace.Apply(grant("user", "jsmith"))); !strings.Contains(text, "connection") {
				t.Errorf("granting on a connection that is gone: %s", text)
			}
		})
	}
}

// TestDrift walks the attributes: none but the grant itself can change in Atlan. What becomes of the other admins is no
// difference.
func TestDrift(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
	// The identities of a connection and a principal are fixed, and the others are known to the configuration alone.
	fixed := []string{
		"id", "connection_id", "connection_qualified_name", "api_token_id", "user", "group", "role", "username",
		"method", "method_used", "workflow_name", "wait_until_effective", "allow_self_removal", "timeouts",
	}
	for _, name := range workspace.AttributeNames(resourceType) {
		if !slices.Contains(fixed, name) {
			t.Errorf("no drift is tested for attribute %q", name)
		}
	}
	apply(t, workspace, grant("user", "jsmith"))
	for name, change := range map[string]func(*sandbox.Entity){
		"others come and go": func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"jsmith", "gone"} },
		"a group comes":      func(e *sandbox.Entity) { e.Attributes["adminGroups"] = []string{"data_engineers"} },
		"the name changes":   func(e *sandbox.Entity) { e.Attributes["name"] = "renamed" },
	} {
		edit(t, tenant.Sandbox, change)
		if step := workspace.Plan(grant("user", "jsmith"))["ci"]; step.Action != acctest.NoOp || len(step.Diagnostics) > 0 {
			t.Errorf("%s: planned %s of %v: %s", name, step.Action, step.Changed, acctest.Texts(step.Diagnostics))
		}
	}
	edit(t, tenant.Sandbox, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"admin"} })
	if step := workspace.Plan(grant("user", "jsmith"))["ci"]; step.Action != acctest.Create {
		t.Errorf("the principal was removed: planned %s", step.Action)
	}
}

// TestReplacement plans a replacement for each argument whose text says so, and an update for each other one.
func TestReplacement(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		action acctest.Action
	}{
		"method":                    {with(grant("user", "jsmith"), "method", "user_bearer"), acctest.Update},
		"wait_until_effective":      {with(grant("user", "jsmith"), "wait_until_effective", true), acctest.Update},
		"allow_self_removal":        {with(grant("user", "jsmith"), "allow_self_removal", true), acctest.Update},
		"user":                      {grant("user", "other"), acctest.Replace},
		"group":                     {grant("group", "data_engineers"), acctest.Replace},
		"role":                      {grant("role", "$admin"), acctest.Replace},
		"api_token_id":              {grant("api_token_id", sandbox.SeedAPITokenGUID), acctest.Replace},
		"connection_qualified_name": {with(grant("user", "jsmith"), "connection_qualified_name", sandbox.SeedDevelopmentQualifiedName), acctest.Replace},
		"connection_id": {
			with(with(grant("user", "jsmith"), "connection_qualified_name", nil), "connection_id", sandbox.SeedDevelopmentGUID), acctest.Replace,
		},
		"the same connection by its other name": {
			with(with(grant("user", "jsmith"), "connection_qualified_name", nil), "connection_id", sandbox.SeedProductionGUID), acctest.NoOp,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			tenant.Sandbox.AddUser(sandbox.User{Username: "other"})
			workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
			apply(t, workspace, grant("user", "jsmith"))
			if step := workspace.Plan(test.config)["ci"]; step.Action != test.action || test.action != acctest.NoOp && !slices.Contains(step.Changed, name) {
				t.Fatalf("planned %s of %v, want %s: %s", step.Action, step.Changed, test.action, acctest.Texts(step.Diagnostics))
			}
			apply(t, workspace, test.config)
			expectPlan(t, workspace, test.config, acctest.NoOp)
			if test.action == acctest.Replace && slices.Contains(admins(tenant, sandbox.SeedProductionGUID), "jsmith") {
				t.Error("the replaced grant is left")
			}
		})
	}
}

// TestNullUnknownEmpty gives every optional argument nothing and a value that is not known yet; empty ones are invalid.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
	for name, config := range map[string]map[string]acctest.Block{
		"connection_qualified_name": grant("user", "jsmith"), "user": grant("user", "jsmith"), "group": grant("group", "x"), "role": grant("role", "x"),
		"api_token_id": grant("api_token_id", "x"), "method": grant("user", "jsmith"), "wait_until_effective": grant("user", "jsmith"),
		"allow_self_removal": grant("user", "jsmith"), "connection_id": with(grant("user", "jsmith"), "connection_qualified_name", nil),
	} {
		step := workspace.Plan(with(config, name, acctest.Unknown))["ci"]
		if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 || step.Action != acctest.Create {
			t.Errorf("%s is unknown: planned %s: %s", name, step.Action, acctest.Texts(failed))
		}
	}
	for _, name := range []string{"method", "wait_until_effective", "allow_self_removal", "connection_id", "group"} {
		config := with(grant("user", "jsmith"), name, nil)
		apply(t, workspace, config)
		expectPlan(t, workspace, config, acctest.NoOp)
	}
	for _, name := range []string{"user", "group", "role", "api_token_id", "connection_qualified_name"} {
		config := with(grant("user", "jsmith"), name, "")
		if text := acctest.Texts(acctest.Errors(workspace.Plan(config)["ci"].Diagnostics)); !strings.Contains(text, "at least 1") {
			t.Errorf("%s is empty: %s", name, text)
		}
	}
}

// TestInvalid refuses bad input: what the schema can tell in the plan, and what the tenant knows in the apply, on the
// argument.
func TestInvalid(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
	for name, test := range map[string]struct {
		config map[string]acctest.Block
		want   string
	}{
		"no principal":       {grant("user", "x"), "Exactly one of these attributes must be configured: [api_token_id,user,group,role]"},
		"two principals":     {with(grant("user", "jsmith"), "group", "data_engineers"), "Exactly one of these attributes must be configured"},
		"two connections":    {with(grant("user", "jsmith"), "connection_id", sandbox.SeedDevelopmentGUID), "Two connections"},
		"no connection":      {with(grant("user", "jsmith"), "connection_qualified_name", nil), "At least one"},
		"unknown method":     {with(grant("user", "jsmith"), "method", "magic"), "must be one of"},
		"package for a user": {with(grant("user", "jsmith"), "method", "package"), "Give api_token_id instead of user"},
		"unknown user":       {grant("user", "nobody"), "the data source atlan_user"},
		"unknown group":      {grant("group", "Data engineers"), "No group has the internal name \"Data engineers\""},
		"unknown role":       {grant("role", "admin"), "No role is named \"admin\""},
		"unknown token":      {grant("api_token_id", "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1dffff"), "Adding api_token:4b4ce8f6"},
		"unknown connection": {with(grant("user", "jsmith"), "connection_qualified_name", "default/snowflake/1"), "There is no such connection"},
		"no GUID":            {with(with(grant("user", "jsmith"), "connection_qualified_name", nil), "connection_id", "production"), "must be a GUID"},
		"no GUID of a token": {grant("api_token_id", "ci"), "Attribute api_token_id must be a GUID"},
		"collection for a GUID": {
			with(with(grant("user", "jsmith"), "connection_qualified_name", nil), "connection_id", sandbox.SeedCollectionGUID), "There is no such connection",
		},
	} {
		if name == "no principal" {
			test.config = with(test.config, "user", nil)
		}
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
	if got := admins(tenant, sandbox.SeedProductionGUID); fmt.Sprint(got) != "[admin]" {
		t.Errorf("admins are %v", got)
	}
}

// TestUnknownProvider plans quietly while the provider's configuration is not known, and keeps the state.
func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
	apply(t, workspace, grant("user", "jsmith"))
	late := workspace.WithUnknownProvider(tenant.Provider(asUser(tenant)))
	tenant.Sandbox.ClearJournal()
	expectPlan(t, late, grant("user", "jsmith"), acctest.NoOp)
	expectPlan(t, late, with(grant("user", "jsmith"), "method", "direct"), acctest.Update, "method")
	if requests := tenant.Sandbox.Journal(); len(requests) > 0 {
		t.Errorf("%d requests were sent", len(requests))
	}
}
