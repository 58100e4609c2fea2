// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestNeighbours lets two runs of Terraform, which know nothing of each other, manage policies of one persona at the same
// time, beside a writer in the API that adds and deletes a policy of its own: creating, changing and deleting, each run
// gets what it is configured to have, and what the writer did last stays. Where whoever changes one policy replaces all of
// the persona's, a run may lose to another; the next one, with nobody beside it, puts that right.
func TestNeighbours(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, surface)
			const each = 3
			workspaces := slices.Concat(sharing(t, tenant, each), sharing(t, tenant, each))
			config := func(description string) func(int) map[string]acctest.Block {
				return func(i int) map[string]acctest.Block {
					return with(with(kinds[i%len(kinds)].policies("test"), "name", fmt.Sprintf("sibling %02d", i)), "description", description)
				}
			}
			other := newWriter(tenant.Client(t))
			other.replaced = surface == sandbox.SurfacePersonas
			go other.run(t)
			for _, description := range []string{"first", "changed", "changed again"} {
				apply := func(i int, w *acctest.Workspace) []*tfprotov6.Diagnostic { return w.Apply(config(description)(i)) }
				inParallel(t, workspaces, func(i int, w *acctest.Workspace) []*tfprotov6.Diagnostic {
					failed := apply(i, w)
					if other.replaced { // a change may be lost there, which is said
						return nil
					}
					return failed
				})
				other.pause()
				if other.replaced {
					inParallel(t, workspaces[:each], apply)
					inParallel(t, workspaces[each:], func(i int, w *acctest.Workspace) []*tfprotov6.Diagnostic { return apply(each+i, w) })
				}
				expectSiblings(t, tenant, 2*each, description, other.last(tenant)...)
				for i, workspace := range workspaces {
					expectPlan(t, workspace, config(description)(i), acctest.NoOp)
				}
				other.goOn()
			}
			if other.replaced {
				other.pause()
			}
			inParallel(t, workspaces, func(_ int, w *acctest.Workspace) []*tfprotov6.Diagnostic { return w.Apply(nil) })
			if !other.replaced {
				other.pause()
			}
			expectSiblings(t, tenant, 0, "", other.last(tenant)...)
			other.stop()
		})
	}
}

// writer is a client of the API that makes and deletes a policy in turn.
type writer struct {
	client     *atlan.Client
	turn, done chan struct{} // turn holds one element while the writer may write
	made       string        // GUID of its policy, while there is one
	replaced   bool          // others replace all policies when they change one
}

func newWriter(client *atlan.Client) *writer {
	w := &writer{client: client, turn: make(chan struct{}, 1), done: make(chan struct{})}
	w.turn <- struct{}{}
	return w
}

func (w *writer) run(t *testing.T) {
	t.Helper()
	for {
		select {
		case <-w.done:
			return
		case <-w.turn:
		}
		if err := w.write(t); err != nil {
			t.Errorf("the other writer: %v", err)
		}
		w.turn <- struct{}{}
	}
}

func (w *writer) write(t *testing.T) (err error) {
	t.Helper()
	if w.made != "" {
		err = w.client.Policies.Delete(t.Context(), atlan.PolicyGlossary, sandbox.SeedPersonaGUID, w.made)
		w.made = ""
		return err
	}
	w.made, err = w.client.Policies.Create(t.Context(), atlan.PolicyInput{
		PersonaGUID: sandbox.SeedPersonaGUID, Kind: atlan.PolicyGlossary, Name: "the other writer's", Allow: true,
		Actions: []string{"entity-update"}, Assets: []string{sandbox.SeedGlossaryQualifiedName},
	})
	return err
}

func (w *writer) pause() { <-w.turn }
func (w *writer) goOn()  { w.turn <- struct{}{} }
func (w *writer) stop()  { close(w.done) }

// last are the names of the policies that the writer has, as of its last word. Where that can be lost, the word is what is
// there.
func (w *writer) last(tenant *acctest.Tenant) []string {
	const name = "the other writer's"
	there := slices.ContainsFunc(policiesOf(tenant, sandbox.SeedPersonaGUID), func(p sandbox.Entity) bool { return p.Text("name") == name })
	if w.replaced && !there {
		w.made = ""
	}
	if w.made == "" {
		return nil
	}
	return []string{name}
}
