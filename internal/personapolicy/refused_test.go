// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// expectError wants an error on the attribute that says everything that is wanted.
func expectError(t *testing.T, diags []*tfprotov6.Diagnostic, attribute string, wants ...string) {
	t.Helper()
	failed := acctest.Errors(diags)
	found := acctest.Texts(failed)
	if len(failed) == 0 || attribute != "" && (failed[0].Attribute == nil || !strings.Contains(failed[0].Attribute.String(), `"`+attribute+`"`)) {
		t.Errorf("want an error on %s, got %s", attribute, found)
	}
	for _, want := range wants {
		if !strings.Contains(found, want) {
			t.Errorf("the error does not say %q: %s", want, found)
		}
	}
}

// TestRefused applies what only the tenant can refuse, and leaves nothing behind.
func TestRefused(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		deleted := tenant.Sandbox.AddPersona("Deleted").GUID
		if err := tenant.Sandbox.EditEntity(deleted, func(e *sandbox.Entity) { e.Status = "DELETED" }); err != nil {
			t.Fatal(err)
		}
		before := len(tenant.Sandbox.State().Policies)
		for name, test := range map[string]struct {
			config    map[string]acctest.Block
			attribute string
			wants     []string
		}{
			"unknown persona":    {with(kind.policies("test"), "persona_id", unknownGUID), "persona_id", []string{"There is no persona", unknownGUID}},
			"deleted persona":    {with(kind.policies("test"), "persona_id", deleted), "persona_id", []string{"was deleted"}},
			"name taken":         {with(kind.policies("test"), "name", "Read production"), "name", []string{"already has a policy named", sandbox.SeedPersonaGUID}},
			"name but for case":  {with(kind.policies("test"), "name", "READ PRODUCTION"), "name", []string{"already exists", "differ only in case"}},
			"unknown connection": {with(kind.policies("test"), "connection_qualified_name", production+"1"), "", nil},
		} {
			if name == "unknown connection" {
				if kind.name == "glossary" {
					continue
				}
				test.config = with(with(test.config, "connection_qualified_name", "default/snowflake/1"), "assets", []string{"default/snowflake/1/A"})
				test.attribute, test.wants = "connection_qualified_name", []string{"default/snowflake/1", "There is no connection"}
			}
			t.Log(name)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			expectError(t, workspace.Apply(test.config), test.attribute, test.wants...)
			if workspace.Instance("test") != nil {
				t.Error("what was refused is in the state")
			}
		}
		if got := len(tenant.Sandbox.State().Policies); got != before {
			t.Errorf("%d policies were left behind", got-before)
		}
	})
}

// TestDisabledPersona manages the policies of a disabled persona as any other's.
func TestDisabledPersona(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		disabled := tenant.Sandbox.AddPersona("Disabled").GUID
		if err := tenant.Sandbox.EditEntity(disabled, func(e *sandbox.Entity) { e.Attributes["isAccessControlEnabled"] = false }); err != nil {
			t.Fatal(err)
		}
		config := with(kind.policies("test"), "persona_id", disabled)
		workspace := acctest.NewWorkspace(t, tenant.Provider())
		apply(t, workspace, config)
		apply(t, workspace, with(config, "description", "changed"))
		expectPlan(t, workspace, with(config, "description", "changed"), acctest.NoOp)
		apply(t, workspace, nil)
		if left := policiesOf(tenant, disabled); len(left) > 0 {
			t.Errorf("%d policies are left", len(left))
		}
	})
}

// TestRefusedRename refuses a name that another policy of the persona has.
func TestRefusedRename(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		workspace := acctest.NewWorkspace(t, newTenant(t, surface).Provider())
		apply(t, workspace, kind.policies("test"))
		expectError(t, workspace.Apply(with(kind.policies("test"), "name", "Read production")), "name", "already has a policy named")
	})
}

// TestNotConnectionAdmin names the connection and who lacks the right on it.
func TestNotConnectionAdmin(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds[:2] {
		for _, surface := range surfaces {
			t.Run(kind.name+"/"+surface, func(t *testing.T) {
				t.Parallel()
				tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.PersonaAPI = surface })
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				account := tenant.Sandbox.State().APITokens[0].Username()
				expectError(t, workspace.Apply(kind.policies("test")), "connection_qualified_name", production, account, "Only an admin of connection")
				config := with(with(kind.policies("test"), "connection_qualified_name", nil), "connection_id", sandbox.SeedProductionGUID)
				expectError(t, workspace.Apply(config), "connection_id", production, account)
				if workspace.Instance("test") != nil {
					t.Error("what was refused is in the state")
				}
			})
		}
	}
}

// TestUnreadableConnection names the connection that the caller may not even read.
func TestUnreadableConnection(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, surface)
			hidden := tenant.Sandbox.AddConnection("hidden", "snowflake", "admin")
			qualifiedName := hidden.Text("qualifiedName")
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := with(with(metadata.policies("test"), "assets", []string{qualifiedName}), "connection_qualified_name", qualifiedName)
			expectError(t, workspace.Apply(config), "connection_qualified_name", qualifiedName, tenant.Sandbox.State().APITokens[0].Username())
			config = with(with(config, "connection_qualified_name", nil), "connection_id", hidden.GUID)
			expectError(t, workspace.Apply(config), "connection_id", hidden.GUID)
		})
	}
}

// TestTooManyAssets shows the tenant's limit, which several policies reach together, on the assets of the last.
func TestTooManyAssets(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, surface)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			resources := make([]any, 990)
			for i := range resources {
				resources[i] = fmt.Sprintf("entity:%s/DB/SCHEMA/TABLE%d", production, i)
			}
			name := func(e *sandbox.Entity) { e.Attributes["policyResources"] = resources }
			if err := tenant.Sandbox.EditEntity(sandbox.SeedProductionPolicyGUID, name); err != nil {
				t.Fatal(err)
			}
			assets := make([]string, 20)
			for i := range assets {
				assets[i] = fmt.Sprintf("%s/DB/OTHER/TABLE%d", production, i)
			}
			config := with(metadata.policies("test"), "assets", assets)
			expectError(t, workspace.Apply(config), "assets", "Exceeded limit", "may name 1000 assets together")
			if workspace.Instance("test") != nil {
				t.Error("what was refused is in the state")
			}
		})
	}
}

// TestSameNameTwice creates two policies of one name at once: one is made and the other is an error, whatever the
// tenant's own check misses while its index lags.
func TestSameNameTwice(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		provider := acctest.Shared(t, tenant.Provider())
		workspaces := []*acctest.Workspace{acctest.NewWorkspace(t, provider), acctest.NewWorkspace(t, provider)}
		var wait sync.WaitGroup
		results := make([][]*tfprotov6.Diagnostic, 2)
		for i, workspace := range workspaces {
			wait.Go(func() { results[i] = workspace.Apply(with(kind.policies("test"), "name", "twin")) })
		}
		wait.Wait()
		slices.SortFunc(results, func(a, b []*tfprotov6.Diagnostic) int { return len(a) - len(b) })
		if len(results[0]) != 0 {
			t.Fatalf("both failed: %s", acctest.Texts(results[0]))
		}
		expectError(t, results[1], "name", `already has a policy named "twin"`)
		if got := len(policiesOf(tenant, sandbox.SeedPersonaGUID)); got != 3 {
			t.Errorf("the persona has %d policies, want the two of the seed and one", got)
		}
	})
}
