// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// expectError checks that there is an error on the attribute that says all of this.
func expectError(t *testing.T, diags []*tfprotov6.Diagnostic, attribute string, want ...string) {
	t.Helper()
	failed := acctest.Errors(diags)
	text := acctest.Texts(failed)
	if len(failed) == 0 || failed[0].Attribute == nil || !strings.Contains(failed[0].Attribute.String(), `"`+attribute+`"`) {
		t.Errorf("want an error on %s, got %s", attribute, text)
	}
	for _, one := range want {
		if !strings.Contains(text, one) {
			t.Errorf("want an error that says %q, got %s", one, text)
		}
	}
}

// TestInvalid refuses bad input at plan time, on the argument.
func TestInvalid(t *testing.T) {
	t.Parallel()
	workspace := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider())
	for name, test := range map[string]struct {
		attribute string
		value     any
		want      string
	}{
		"empty name":     {"name", "", "must not be empty or blank"},
		"blank name":     {"name", "  ", "must not be empty or blank"},
		"empty user":     {"users", []string{""}, "must not be empty or blank"},
		"null user":      {"users", []tftypes.Value{tftypes.NewValue(tftypes.String, nil)}, "null"},
		"blank group":    {"groups", []string{"data_engineers", " "}, "must not be empty or blank"},
		"blank tab":      {"deny_asset_tabs", []string{"\t"}, "must not be empty or blank"},
		"unknown user":   {"users", []string{"jsmith", "nobody"}, `"nobody"`},
		"unknown group":  {"groups", []string{"no_group"}, `"no_group"`},
		"alias of group": {"groups", []string{"Data engineers"}, `"Data engineers", which is the alias of group "data_engineers"`},
		"email address":  {"users", []string{"JSmith@example.com"}, `"JSmith@example.com", which is the email address of user "jsmith"`},
		"unknown token":  {"users", []string{"service-account-apikey-none"}, "service-account-apikey-none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectError(t, workspace.Plan(with(personas("ci"), test.attribute, test.value))["ci"].Diagnostics, test.attribute, test.want)
		})
	}
}

// TestMembers checks users and groups once more when they are applied, because they may not have been known before.
func TestMembers(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(surface))
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			// The lists cannot be read while planning, and can while applying.
			wrong := with(with(personas("ci"), "users", []string{"nobody"}), "groups", []string{"no_group"})
			hideDirectory := func(times int) {
				t.Helper()
				if err := tenant.Sandbox.SetFaults([]sandbox.Fault{
					{Method: http.MethodGet, Path: "/api/service/users", Times: times, Kind: sandbox.FaultStatus, Status: http.StatusForbidden},
				}); err != nil {
					t.Fatal(err)
				}
			}
			hideDirectory(1)
			failed := workspace.Apply(wrong)
			expectError(t, failed, "users", `"nobody"`, `"no_group"`)
			if len(tenant.Sandbox.State().Personas) != 1 || workspace.Instance("ci") != nil {
				t.Error("a persona was made of members that do not exist")
			}

			apply(t, workspace, personas("ci"))
			hideDirectory(1)
			expectError(t, workspace.Apply(wrong), "users", `"nobody"`)

			hideDirectory(1000)
			step := workspace.Plan(with(personas("ci"), "users", []string{"jsmith"}))["ci"]
			text := acctest.Texts(step.Diagnostics)
			if len(acctest.Errors(step.Diagnostics)) > 0 || !strings.Contains(text, "Checking the users and groups of persona") {
				t.Errorf("want a warning that members could not be checked, got %s", text)
			}
		})
	}
}

// TestMembersKept asks for nothing while planning what has not changed.
func TestMembersKept(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, serving(sandbox.SurfaceEntities))
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	apply(t, workspace, full())
	tenant.Sandbox.ClearJournal()
	expectPlan(t, workspace, full(), acctest.NoOp)
	if requests := tenant.Sandbox.JournalSummary(); len(requests) != 1 {
		t.Errorf("planning no change took %v", requests)
	}
}

// TestTakenName shows on the name that the personas API wants it to be unique; entities do not mind.
func TestTakenName(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(surface))
			tenant.Sandbox.AddPersona("taken")
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := with(personas("ci"), "name", "taken")
			failed := workspace.Apply(config)
			if surface == sandbox.SurfaceEntities {
				if len(failed) > 0 {
					t.Error(acctest.Texts(failed))
				}
				return
			}
			expectError(t, failed, "name", `Creating persona "taken" failed`, "already exists")
			if workspace.Instance("ci") != nil {
				t.Error("a persona that was refused is in the state")
			}
			apply(t, workspace, personas("ci"))
			expectError(t, workspace.Apply(config), "name", `Updating persona "taken"`, "already exists")
		})
	}
}

// TestUnknownProvider plans quietly while the provider's configuration is not known, members that nobody knows included, and
// keeps the state.
func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	apply(t, workspace, personas("ci"))
	late := workspace.WithUnknownProvider(tenant.Provider())
	tenant.Sandbox.ClearJournal()
	expectPlan(t, late, personas("ci"), acctest.NoOp)
	expectPlan(t, late, with(personas("ci"), "users", []string{"nobody"}), acctest.Update, "users")
	if late.Plan(personas("ci", "new"))["new"].Action != acctest.Create {
		t.Error("a new persona is not planned")
	}
	if requests := tenant.Sandbox.Journal(); len(requests) > 0 {
		t.Errorf("%d requests were sent", len(requests))
	}
}

// TestDeletedWithPolicies deletes the policies of a persona with it.
func TestDeletedWithPolicies(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(surface))
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			workspace.Import("assets", "atlan_persona", sandbox.SeedPersonaGUID)
			apply(t, workspace, nil)
			if state := tenant.Sandbox.State(); len(state.Personas) != 0 || len(state.Policies) != 0 {
				t.Errorf("%d personas and %d policies are left", len(state.Personas), len(state.Policies))
			}
		})
	}
}

// TestKeepsPolicies updates a persona and leaves alone what is not the resource's to manage.
func TestKeepsPolicies(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(surface))
			edit(t, tenant, sandbox.SeedPersonaGUID, set("denyCustomMetadataGuids", []any{"a"}))
			before := fmt.Sprint(tenant.Sandbox.State().Policies)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			workspace.Import("ci", "atlan_persona", sandbox.SeedPersonaGUID)
			apply(t, workspace, full())
			if after := fmt.Sprint(tenant.Sandbox.State().Policies); after != before {
				t.Errorf("the policies were\n%s\nand are\n%s", before, after)
			}
			if kept := tenant.Sandbox.State().Personas[0]; len(kept.List("denyCustomMetadataGuids")) != 1 {
				t.Errorf("an attribute that Terraform does not manage became %v", kept.Attributes["denyCustomMetadataGuids"])
			}
		})
	}
}
