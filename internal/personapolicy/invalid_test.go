// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestInvalid refuses bad input at plan time, on the argument.
func TestInvalid(t *testing.T) {
	t.Parallel()
	many := make([]string, 1001)
	for i := range many {
		many[i] = fmt.Sprintf("%s/DB/SCHEMA/TABLE%d", production, i)
	}
	cases := map[string]struct {
		attribute string
		value     any
		wants     []string
	}{
		"empty persona":     {"persona_id", "", []string{"must be a GUID"}},
		"persona by name":   {"persona_id", "default/SandboxDataAssets00001", []string{"must be a GUID", "not a name"}},
		"blank name":        {"name", "  ", []string{"must not be empty or blank"}},
		"no actions":        {"actions", []string{}, []string{"at least 1"}},
		"no action at all":  {"actions", []string{"fly"}, []string{`"fly" is not an action of`, "entity-update", "link-assets"}},
		"mistyped action":   {"actions", []string{"entity-updaet"}, []string{`Did you mean "entity-update"?`}},
		"part of an action": {"actions", []string{"business"}, []string{`Did you mean "entity-update-business-metadata"?`}},
		"no assets":         {"assets", []string{}, []string{"at least 1 elements and at most 1000"}},
		"blank asset":       {"assets", []string{" "}, []string{"must not be empty or blank"}},
		"too many assets":   {"assets", many, []string{"at most 1000", "1001"}},
		"other connection":  {"assets", []string{development + "/SALES"}, []string{development + "/SALES", production, "does not belong to the connection"}},
		"no glossaries":     {"glossary_qualified_names", []string{}, []string{"at least 1 elements and at most 1000"}},
		"glossary by name":  {"glossary_qualified_names", []string{"Business glossary"}, []string{"not its name"}},
		"two connections":   {"connection_id", sandbox.SeedDevelopmentGUID, []string{"Two connections", development, "Give one of the two"}},
		"connection name":   {"connection_qualified_name", "production", []string{"not its name", "atlan_connection"}},
		"no connection":     {"connection_qualified_name", nil, []string{"Set connection_id or connection_qualified_name"}},
	}
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		workspace := acctest.NewWorkspace(t, newTenant(t, surface).Provider())
		names := workspace.AttributeNames(kind.typeName)
		for name, test := range cases {
			if slices.Contains(names, test.attribute) {
				t.Log(name)
				diags := workspace.Plan(with(kind.policies("test"), test.attribute, test.value))["test"].Diagnostics
				attribute := test.attribute
				if name == "two connections" {
					attribute = ""
				}
				expectError(t, diags, attribute, test.wants...)
			}
		}
	})
}

// TestInvalidPresentName says which name to use instead of one that only present tenants know.
func TestInvalidPresentName(t *testing.T) {
	t.Parallel()
	workspace := acctest.NewWorkspace(t, newTenant(t, sandbox.SurfaceEntities).Provider())
	step := workspace.Plan(with(metadata.policies("test"), "actions", []string{"persona-asset-read"}))["test"]
	expectError(t, step.Diagnostics, "actions", `Use the documented name "entity-read" instead of "persona-asset-read"`)
}

// TestInvalidOtherKind suggests nothing for an action of another kind of policies: what is near by its letters means
// something else.
func TestInvalidOtherKind(t *testing.T) {
	t.Parallel()
	workspace := acctest.NewWorkspace(t, newTenant(t, sandbox.SurfaceEntities).Provider())
	step := workspace.Plan(with(kinds[2].policies("test"), "actions", []string{"entity-read"}))["test"]
	expectError(t, step.Diagnostics, "actions", `"entity-read" is not an action of glossary policies. It is one of metadata policies.`, "persona-glossary-read")
}

// TestInvalidByConnectionID looks the connection up, so that assets outside it are refused at plan time here too.
func TestInvalidByConnectionID(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		workspace := acctest.NewWorkspace(t, newTenant(t, surface).Provider())
		config := with(with(metadata.policies("test"), "connection_qualified_name", nil), "connection_id", sandbox.SeedDevelopmentGUID)
		expectError(t, workspace.Plan(config)["test"].Diagnostics, "assets", production, development, "does not belong to the connection")
		unknown := with(config, "connection_id", unknownGUID)
		expectError(t, workspace.Plan(unknown)["test"].Diagnostics, "connection_id", unknownGUID, "There is no connection")
	}
}

// TestLinkAssets warns where the action has no counterpart, and stores it where it has.
func TestLinkAssets(t *testing.T) {
	t.Parallel()
	for _, kind := range []kind{kinds[0], kinds[2]} {
		for _, surface := range surfaces {
			t.Run(kind.name+"/"+surface, func(t *testing.T) {
				t.Parallel()
				tenant := newTenant(t, surface)
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				config := with(kind.policies("test"), "actions", []string{"entity-update", "link-assets"})
				step := expectPlan(t, workspace, config, acctest.Create)
				if warned := strings.Contains(acctest.Texts(step.Diagnostics), "has no effect on this tenant"); warned != (surface == sandbox.SurfaceEntities) {
					t.Errorf("warned: %t", warned)
				}
				apply(t, workspace, config)
				step = expectPlan(t, workspace, config, acctest.NoOp)
				if len(step.Diagnostics) > 0 {
					t.Errorf("an unchanged policy warns: %s", acctest.Texts(step.Diagnostics))
				}
				policy := policyNamed(t, tenant, "test")
				if stored := slices.Contains(policy.DocumentedActions, "link-assets"); stored != (surface == sandbox.SurfacePersonas) {
					t.Errorf("link-assets is stored: %t", stored)
				}

				only := with(config, "actions", []string{"link-assets"})
				if surface == sandbox.SurfaceEntities {
					expectError(t, workspace.Plan(only)["test"].Diagnostics, "actions", "Name another action")
				}
				expectPlan(t, workspace, with(config, "actions", []string{"entity-update"}), acctest.Update, "actions")
				apply(t, workspace, with(config, "actions", []string{"entity-update"}))
				expectPlan(t, workspace, with(config, "actions", []string{"entity-update"}), acctest.NoOp)
			})
		}
	}
}

func policyNamed(t *testing.T, tenant *acctest.Tenant, name string) sandbox.Entity {
	t.Helper()
	for _, policy := range tenant.Sandbox.State().Policies {
		if policy.Text("name") == name {
			return policy
		}
	}
	t.Fatalf("the tenant has no policy %q", name)
	return sandbox.Entity{}
}
