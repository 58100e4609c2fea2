// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// parallelism is how many resources Terraform works on at a time.
const parallelism = 10

// inParallel works through workspaces, each with a configuration of its own, as Terraform works through resources.
func inParallel(t *testing.T, workspaces []*acctest.Workspace, work func(i int, workspace *acctest.Workspace) []*tfprotov6.Diagnostic) {
	t.Helper()
	var wait sync.WaitGroup
	slots := make(chan struct{}, parallelism)
	for i, workspace := range workspaces {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if failed := acctest.Errors(work(i, workspace)); len(failed) > 0 {
				t.Error(acctest.Texts(failed))
			}
		})
	}
	wait.Wait()
}

func sharing(t *testing.T, tenant *acctest.Tenant, count int) []*acctest.Workspace {
	t.Helper()
	provider := acctest.Shared(t, tenant.Provider())
	workspaces := make([]*acctest.Workspace, count)
	for i := range workspaces {
		workspaces[i] = acctest.NewWorkspace(t, provider)
	}
	return workspaces
}

// outsider changes another policy of the persona through the interface of present tenants while Terraform writes.
func outsider(t *testing.T, tenant *acctest.Tenant, guid string, done <-chan struct{}) *sync.WaitGroup {
	t.Helper()
	client := tenant.Client(t)
	var wait sync.WaitGroup
	wait.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			_, err := client.Policies.Update(t.Context(), guid, atlan.PolicyInput{
				PersonaGUID: sandbox.SeedPersonaGUID, Kind: atlan.PolicyMetadata, Name: "Read production", Description: fmt.Sprintf("version %d", i), Allow: true,
				Actions: []string{"entity-read"}, Assets: []string{production},
				Connection: atlan.Connection{GUID: sandbox.SeedProductionGUID, QualifiedName: production},
			})
			if err != nil {
				t.Errorf("the outsider: %v", err)
				return
			}
			for _, policy := range tenant.Sandbox.State().Policies {
				if policy.GUID == guid && policy.Text("description") != fmt.Sprintf("version %d", i) {
					t.Errorf("what the outsider wrote, version %d, was overwritten with %q", i, policy.Text("description"))
				}
			}
		}
	})
	return &wait
}

// TestSiblings creates, changes and deletes many policies of one persona beside each other. Where policies are objects
// of their own, somebody else changes another one meanwhile, and what is written is kept.
func TestSiblings(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, surface)
			const siblings = 50
			done := make(chan struct{})
			other := &sync.WaitGroup{}
			if surface == sandbox.SurfaceEntities {
				other = outsider(t, tenant, sandbox.SeedProductionPolicyGUID, done)
			}
			config := func(i int) map[string]acctest.Block {
				return with(kinds[i%len(kinds)].policies("test"), "name", fmt.Sprintf("sibling %02d", i))
			}
			workspaces := sharing(t, tenant, siblings)
			inParallel(t, workspaces, func(i int, w *acctest.Workspace) []*tfprotov6.Diagnostic { return w.Apply(config(i)) })
			expectSiblings(t, tenant, siblings, "")
			for i, workspace := range sharing(t, tenant, siblings) {
				expectPlan(t, workspace.Adopt(workspaces[i]), config(i), acctest.NoOp)
			}
			changed := func(i int) map[string]acctest.Block { return with(config(i), "description", "changed") }
			inParallel(t, workspaces, func(i int, w *acctest.Workspace) []*tfprotov6.Diagnostic { return w.Apply(changed(i)) })
			expectSiblings(t, tenant, siblings, "changed")
			inParallel(t, workspaces, func(_ int, w *acctest.Workspace) []*tfprotov6.Diagnostic { return w.Apply(nil) })
			expectSiblings(t, tenant, 0, "")
			close(done)
			other.Wait()
		})
	}
}

// expectSiblings wants each sibling once, so described, the two policies of the seed, and those of others.
func expectSiblings(t *testing.T, tenant *acctest.Tenant, count int, description string, others ...string) {
	t.Helper()
	seen := map[string]int{}
	for _, policy := range policiesOf(tenant, sandbox.SeedPersonaGUID) {
		name := policy.Text("name")
		seen[name]++
		if strings.HasPrefix(name, "sibling") && policy.Text("description") != description {
			t.Errorf("%s is described as %q", name, policy.Text("description"))
		}
	}
	if len(seen) != count+2+len(others) {
		t.Errorf("the persona has the policies %v, want %d, the two of the seed and %v", slices.Sorted(maps.Keys(seen)), count, others)
	}
	for name, times := range seen {
		if times != 1 {
			t.Errorf("there are %d policies named %s", times, name)
		}
	}
}

// TestRefreshRequests counts what it takes to refresh 200 policies of 20 personas through the protocol, with the
// parallelism of Terraform: a page of one list where a persona is one document, and reads of many entities at once where
// each policy is one. How many the latter are depends on how far the machine spreads the readers: TestRefreshOfPolicies
// of the client holds them to ten.
func TestRefreshRequests(t *testing.T) {
	t.Parallel()
	const personas, each, most = 20, 10, 20
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, surface)
			for i := range personas {
				addPolicies(tenant, metadata, tenant.Sandbox.AddPersona(fmt.Sprintf("persona %d", i)).GUID, each)
			}
			managed := managedPolicies(tenant)
			imported, refreshing := sharing(t, tenant, len(managed)), sharing(t, tenant, len(managed))
			inParallel(t, imported, func(i int, w *acctest.Workspace) []*tfprotov6.Diagnostic {
				return w.Import("test", metadata.typeName, managed[i].AccessControl+"/"+managed[i].GUID)
			})
			tenant.Sandbox.ClearJournal()
			inParallel(t, refreshing, func(i int, w *acctest.Workspace) []*tfprotov6.Diagnostic {
				step := w.Adopt(imported[i]).Plan(nil)["test"]
				if step.Action != acctest.Delete {
					t.Errorf("a policy was not found: %s", step.Action)
				}
				return step.Diagnostics
			})
			requests := len(tenant.Sandbox.Journal())
			t.Logf("%d requests: %v", requests, tenant.Sandbox.JournalSummary())
			if len(managed) != personas*each || requests > most {
				t.Errorf("refreshing %d policies took %d requests, want no more than %d: %v", len(managed), requests, most, tenant.Sandbox.JournalSummary())
			}
		})
	}
}
