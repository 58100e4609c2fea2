// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// faultSteps are the steps of a persona's life that requests can fail in.
func faultSteps() map[string]acctest.FaultStep {
	changes := map[string]any{
		"description": "changed", "enabled": false, "users": []string{"jsmith"}, "groups": []string{"data_engineers"},
		"deny_asset_tabs": []string{"Lineage"},
	}
	steps := acctest.LifeSteps(personas("ci"), changes)
	renamed := personas("ci")
	renamed["ci"].Attributes["name"] = "renamed"
	steps["change_name"] = acctest.FaultStep{Before: renamed, After: personas("ci")}
	steps["create_full"] = acctest.FaultStep{After: with(with(personas("ci"), "users", []string{"jsmith"}), "enabled", false)}
	steps["several"] = acctest.FaultStep{Before: personas("a"), After: personas("a", "b")}
	return steps
}

// indexLag is longer than the search index may be behind.
const indexLag = 3 * time.Minute

// namesake is a persona of somebody else, made between the failure and the next apply.
const namesake = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0e00"

// faultMatrix knows personas by their names, which are those of their blocks.
func faultMatrix(surface string) acctest.FaultMatrix {
	return acctest.FaultMatrix{
		Object:  "persona",
		Options: serving(surface),
		Existing: func(tenant *sandbox.Tenant) map[string]string {
			names := map[string]string{}
			for _, persona := range tenant.State().Personas {
				names[persona.GUID] = strings.Replace(persona.Text("name"), "renamed", "ci", 1)
			}
			delete(names, namesake)
			return names
		},
		// What recovery looks for by its name, somebody else has as well, where Atlan takes a name twice.
		Meanwhile: func(t testing.TB, tenant *sandbox.Tenant) {
			t.Helper()
			name := map[string]string{sandbox.SurfaceEntities: "ci", sandbox.SurfacePersonas: "another"}[surface]
			tenant.AddEntity(sandbox.Entity{GUID: namesake, TypeName: "Persona", Attributes: map[string]any{
				"name": name, "displayName": name, "isAccessControlEnabled": true,
			}})
		},
		// Until then Terraform waits for what the index may not show yet, which TestLost tests.
		Later: func(tenant *sandbox.Tenant) { tenant.Advance(indexLag) },
	}
}

// TestFaults lets every request of every step fail in every way, once and for as long as the step lasts, and applies
// again, as a user would.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			faultMatrix(surface).Run(t, faultSteps())
		})
	}
}

// TestLost loses the answer to a creation while the search index is behind: what was made must be found and replaced, and
// may not be forgotten before the index can show it.
func TestLost(t *testing.T) {
	t.Parallel()
	const lag = 30 * time.Second
	for name, test := range map[string]struct {
		kind    sandbox.FaultKind
		config  map[string]acctest.Block
		advance time.Duration
		text    string
	}{
		"made":             {sandbox.FaultDropAfterCommit, personas("ci"), lag + time.Second, "made the persona"},
		"made and removed": {sandbox.FaultDropAfterCommit, nil, lag + time.Second, ""},
		"not made":         {sandbox.FaultDrop, personas("ci"), indexLag, "left nothing behind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, serving(sandbox.SurfaceEntities), func(options *sandbox.Options) { options.SearchLag = lag })
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			seeded := len(tenant.Sandbox.State().Personas)
			if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{Method: http.MethodPost, Path: "/api/meta/entity/bulk", Kind: test.kind}}); err != nil {
				t.Fatal(err)
			}
			failed := acctest.Texts(workspace.Apply(personas("ci")))
			if !strings.Contains(failed, "run Terraform again") || workspace.Instance("ci") == nil || workspace.Attribute("ci", "id") != nil {
				t.Fatalf("want the state to remember the creation without an id: %s", failed)
			}

			searches := tenant.Sandbox.JournalSummary()["POST /api/meta/search/indexsearch"]
			done := make(chan []*tfprotov6.Diagnostic, 1)
			var planned acctest.Step
			go func() {
				planned = workspace.Plan(test.config)["ci"]
				done <- workspace.Apply(test.config)
			}()
			for tenant.Sandbox.JournalSummary()["POST /api/meta/search/indexsearch"] < searches+3 { // it has begun to look again
				time.Sleep(time.Millisecond)
			}
			if len(done) > 0 {
				t.Error("the creation was forgotten before the index could show what it made")
			}
			tenant.Sandbox.Advance(test.advance)
			if failed := <-done; len(failed) > 0 {
				t.Fatal(acctest.Texts(failed))
			}
			if got := len(tenant.Sandbox.State().Personas) - seeded; got != len(test.config) {
				t.Errorf("the tenant has %d personas, configured are %d", got, len(test.config))
			}
			if text := acctest.Texts(planned.Diagnostics); !strings.Contains(text, test.text) {
				t.Errorf("no diagnostic says %q: %s", test.text, text)
			}
			for _, step := range workspace.Plan(test.config) {
				if step.Action != acctest.NoOp {
					t.Errorf("the plan after recovery is not empty: %s of %v", step.Action, step.Changed)
				}
			}
		})
	}
}

// TestLostTimeout ends the wait for the index with the timeout of the operation, and forgets nothing.
func TestLostTimeout(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, serving(sandbox.SurfaceEntities), func(options *sandbox.Options) { options.SearchLag = time.Minute })
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	lost := sandbox.Fault{Method: http.MethodPost, Path: "/api/meta/entity/bulk", Kind: sandbox.FaultDropAfterCommit}
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{lost}); err != nil {
		t.Fatal(err)
	}
	null := tftypes.NewValue(tftypes.String, nil)
	config := with(personas("ci"), "timeouts", map[string]tftypes.Value{
		"create": null, "read": tftypes.NewValue(tftypes.String, "100ms"), "update": null, "delete": null,
	})
	workspace.Apply(config)
	step := workspace.Plan(config)["ci"]
	// A slow machine may spend the last of the time on a request instead.
	if text := acctest.Texts(acctest.Errors(step.Diagnostics)); !strings.Contains(text, `Reading persona "ci" failed`) || workspace.Instance("ci") == nil {
		t.Errorf("want the state kept and an error, got %s", text)
	}
}

// TestNamesake makes a persona whose name another one has, which a killed run may have left: Atlan takes the name twice, so
// the user is told.
func TestNamesake(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, serving(sandbox.SurfaceEntities))
	left := tenant.Sandbox.AddPersona("ci")
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	if failed := workspace.Apply(personas("ci")); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
	warned := acctest.Texts(workspace.Warnings())
	for _, part := range []string{`Another persona named "ci" exists`, left.GUID, "delete it in Atlan", "import"} {
		if !strings.Contains(warned, part) {
			t.Errorf("no diagnostic says %q: %s", part, warned)
		}
	}
	if got := workspace.Attribute("ci", "id"); got == nil || got == left.GUID {
		t.Errorf("the state has %v", got)
	}
}

// personas is a configuration of personas of these names.
func personas(names ...string) map[string]acctest.Block {
	blocks := map[string]acctest.Block{}
	for _, name := range names {
		blocks[name] = acctest.Block{Type: "atlan_persona", Attributes: map[string]any{"name": name}}
	}
	return blocks
}

// with is the configuration with one argument set on every persona.
func with(blocks map[string]acctest.Block, attribute string, value any) map[string]acctest.Block {
	for _, block := range blocks {
		block.Attributes[attribute] = value
	}
	return blocks
}
