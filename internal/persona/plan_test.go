// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// surfaces are the ways in which tenants serve personas. What a tenant serves may make no difference to users.
var surfaces = []string{sandbox.SurfaceEntities, sandbox.SurfacePersonas}

// serving makes a tenant that serves one surface only.
func serving(surface string) func(*sandbox.Options) {
	return func(options *sandbox.Options) { options.PersonaAPI = surface }
}

// edit changes a persona behind Terraform's back.
func edit(t *testing.T, tenant *acctest.Tenant, guid any, change func(*sandbox.Entity)) {
	t.Helper()
	if err := tenant.Sandbox.EditEntity(guid.(string), change); err != nil {
		t.Fatal(err)
	}
}

// apply applies the configuration and fails the test if that fails.
func apply(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block) {
	t.Helper()
	if failed := workspace.Apply(config); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
}

// expectPlan checks action and changed attributes of the persona "ci".
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

// full is a configuration of the persona "ci" with every argument.
func full() map[string]acctest.Block {
	config := with(with(personas("ci"), "description", "reads"), "users", []string{"jsmith"})
	return with(with(config, "groups", []string{"data_engineers"}), "deny_asset_tabs", []string{"Lineage", "Usage"})
}

// set changes an attribute of a persona to a value as JSON holds it.
func set(attribute string, value any) func(*sandbox.Entity) {
	return func(p *sandbox.Entity) { p.Attributes[attribute] = value }
}

// drift is what somebody may change about a persona behind Terraform's back, by attribute, and the plan that follows. A
// computed attribute changes in the state alone.
var drift = map[string]struct {
	edit   func(*sandbox.Entity)
	action acctest.Action
}{
	"name":            {set("name", "renamed"), acctest.Update},
	"description":     {set("description", nil), acctest.Update},
	"enabled":         {set("isAccessControlEnabled", false), acctest.Update},
	"users":           {set("personaUsers", []any{"jsmith", "admin"}), acctest.Update},
	"groups":          {set("personaGroups", nil), acctest.Update},
	"deny_asset_tabs": {set("denyAssetTabs", []any{"Usage"}), acctest.Update},
}

// notReadable are the attributes whose drift cannot exist: identities, and what only the configuration knows.
var notReadable = []string{"id", "qualified_name", "role_id", "timeouts"}

// TestDrift changes each readable attribute behind Terraform's back and expects exactly that difference, and that an
// apply puts it right. An attribute without an entry fails.
func TestDrift(t *testing.T) {
	t.Parallel()
	names := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider()).AttributeNames("atlan_persona")
	for _, name := range names {
		change, ok := drift[name]
		if !ok && !slices.Contains(notReadable, name) {
			t.Errorf("no drift is tested for attribute %q", name)
		}
		if !ok {
			continue
		}
		for _, surface := range surfaces {
			t.Run(name+"/"+surface, func(t *testing.T) {
				t.Parallel()
				tenant := acctest.NewSandbox(t, serving(surface))
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				apply(t, workspace, full())
				before := workspace.Attribute("ci", name)
				edit(t, tenant, workspace.Attribute("ci", "id"), change.edit)
				expectPlan(t, workspace, full(), change.action, name)
				if after := workspace.Attribute("ci", name); fmt.Sprint(after) == fmt.Sprint(before) {
					t.Errorf("the state did not notice the change of %s", name)
				}
				apply(t, workspace, full())
				expectPlan(t, workspace, full(), acctest.NoOp)
			})
		}
	}
}

// TestOrderDoesNotMatter plans ten times what a shuffling tenant tells in ever other orders and encodings.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(surface))
			users, groups := []string{"jsmith"}, []string{"data_engineers"}
			for i := range 5 {
				user, _ := tenant.Sandbox.AddUser(sandbox.User{Username: fmt.Sprintf("user-%d", i)})
				users = append(users, user.Username)
				groups = append(groups, tenant.Sandbox.AddGroup(sandbox.Group{Name: fmt.Sprintf("group_%d", i)}).Name)
			}
			many := with(with(personas("ci"), "users", users), "groups", groups)
			none := personas("ci")
			for _, config := range []map[string]acctest.Block{many, none} {
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				apply(t, workspace, config)
				for range 10 {
					expectPlan(t, workspace, config, acctest.NoOp)
				}
				apply(t, workspace, nil)
			}
		})
	}
}

// TestOutOfBand deletes a persona, and lets reading it fail: only the first makes it vanish.
func TestOutOfBand(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change  func(t *testing.T, tenant *acctest.Tenant, guid string)
		warning string
		failure string
	}{
		"deleted": {func(t *testing.T, tenant *acctest.Tenant, guid string) {
			t.Helper()
			if err := tenant.Sandbox.PurgeEntity(guid); err != nil {
				t.Fatal(err)
			}
		}, "was deleted outside Terraform", ""},
		"soft-deleted": {func(t *testing.T, tenant *acctest.Tenant, guid string) {
			t.Helper()
			edit(t, tenant, guid, func(p *sandbox.Entity) { p.Status = "DELETED" })
		}, "was deleted outside Terraform", ""},
		"400": {failing(http.StatusBadRequest), "", "400 Bad Request"},
		"401": {failing(http.StatusUnauthorized), "", "The credential was refused"},
		"403": {failing(http.StatusForbidden), "", "lacks the right"},
		"404": {failing(http.StatusNotFound), "", "404 Not Found"},
		"500": {failing(http.StatusInternalServerError), "", "Atlan support the request id"},
		"503": {failing(http.StatusServiceUnavailable), "", "Atlan support the request id"},
		"429": {failing(http.StatusTooManyRequests), "", "requests_per_minute"},
	}
	for name, test := range cases {
		for _, surface := range surfaces {
			t.Run(name+"/"+surface, func(t *testing.T) {
				t.Parallel()
				tenant := acctest.NewSandbox(t, serving(surface))
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				apply(t, workspace, full())
				guid := workspace.Attribute("ci", "id").(string)
				test.change(t, tenant, guid)

				step := workspace.Plan(full())["ci"]
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
				apply(t, workspace, full())
				if workspace.Attribute("ci", "id") == guid {
					t.Error("the persona was not created anew")
				}
			})
		}
	}
}

func failing(status int) func(*testing.T, *acctest.Tenant, string) {
	return func(t *testing.T, tenant *acctest.Tenant, _ string) {
		t.Helper()
		if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{Path: "/api/*", Kind: sandbox.FaultStatus, Status: status, Times: 1000}}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReplacement updates every argument in place: nothing about a persona is fixed at its creation.
func TestReplacement(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{
		"name": "other", "description": "other", "enabled": false, "users": []string{"jsmith"}, "groups": []string{"data_engineers"},
		"deny_asset_tabs": []string{"Lineage"},
	} {
		for _, surface := range surfaces {
			t.Run(name+"/"+surface, func(t *testing.T) {
				t.Parallel()
				workspace := acctest.NewWorkspace(t, acctest.NewSandbox(t, serving(surface)).Provider())
				apply(t, workspace, personas("ci"))
				config := with(personas("ci"), name, value)
				expectPlan(t, workspace, config, acctest.Update, name)
				guid := workspace.Attribute("ci", "id")
				apply(t, workspace, config)
				if workspace.Attribute("ci", "id") != guid {
					t.Error("the persona was replaced")
				}
				expectPlan(t, workspace, config, acctest.NoOp)
				apply(t, workspace, personas("ci"))
				expectPlan(t, workspace, personas("ci"), acctest.NoOp)
			})
		}
	}
}

// TestNullUnknownEmpty gives every optional argument nothing, emptiness and a value that is not known yet.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]any{
		"description":     {nil, "", acctest.Unknown},
		"enabled":         {nil, true, acctest.Unknown},
		"users":           {nil, []string{}, acctest.Unknown},
		"groups":          {nil, []string{}, acctest.Unknown},
		"deny_asset_tabs": {nil, []string{}, acctest.Unknown},
	} {
		for _, value := range values {
			t.Run(fmt.Sprintf("%s=%v", name, value), func(t *testing.T) {
				t.Parallel()
				workspace := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider())
				config := with(personas("ci"), name, value)
				if value == acctest.Unknown {
					expectPlan(t, workspace, config, acctest.Create)
					apply(t, workspace, personas("ci"))
					expectPlan(t, workspace, config, acctest.Update, name)
					return
				}
				apply(t, workspace, config)
				expectPlan(t, workspace, config, acctest.NoOp)
				expectPlan(t, workspace, personas("ci"), acctest.NoOp)
			})
		}
	}
}
