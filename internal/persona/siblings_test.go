// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// creations is where each surface creates personas.
var creations = map[string]string{sandbox.SurfaceEntities: "/api/meta/entity/bulk", sandbox.SurfacePersonas: "/api/service/personas"}

// TestSiblings creates, changes and deletes personas beside each other, while answers are lost; some are of one name where
// the surface allows that.
func TestSiblings(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			testSiblings(t, surface)
		})
	}
}

func testSiblings(t *testing.T, surface string) {
	t.Helper()
	tenant := acctest.NewSandbox(t, serving(surface))
	seeded := len(tenant.Sandbox.State().Personas)
	const siblings = 8
	workspaces := make([]*acctest.Workspace, siblings)
	provider := acctest.Shared(t, tenant.Provider())
	for i := range workspaces {
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
	perName := map[string]int{sandbox.SurfaceEntities: 2, sandbox.SurfacePersonas: 1}[surface]
	config := func(i int) map[string]acctest.Block { return with(full(), "name", fmt.Sprintf("ci-%d", i/perName)) }
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{
		{Method: http.MethodPost, Path: creations[surface], Nth: 2, Times: 3, Kind: sandbox.FaultDropAfterCommit},
	}); err != nil {
		t.Fatal(err)
	}
	inParallel(config)
	ids := map[any]bool{}
	for i, workspace := range workspaces {
		ids[workspace.Attribute("ci", "id")] = true
		expectPlan(t, workspace, config(i), acctest.NoOp)
	}
	if got := len(tenant.Sandbox.State().Personas) - seeded; got != siblings || len(ids) != siblings {
		t.Errorf("%d personas exist, %d are in the states, want %d", got, len(ids), siblings)
	}
	inParallel(func(i int) map[string]acctest.Block { return with(config(i), "description", "changed") })
	inParallel(func(int) map[string]acctest.Block { return nil })
	if got := len(tenant.Sandbox.State().Personas) - seeded; got != 0 {
		t.Errorf("%d personas are left", got)
	}
}
