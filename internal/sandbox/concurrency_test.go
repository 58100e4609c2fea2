// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// Many clients at once, with a data file: nothing is lost, and the race detector has nothing to say.
func TestManyClientsAtOnce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "tenant.json")
	tenant, token, admin := demo(t, sandbox.Options{DataFile: file})
	persona, _ := admin.newPersona("busy")
	const clients, rounds = 8, 5
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			for j := range rounds {
				name := fmt.Sprintf("%d-%d", i, j)
				for _, step := range []struct {
					c            *caller
					method, path string
					body         any
				}{
					{token, http.MethodPost, apikeys, object{"displayName": name, "description": "", "personas": []string{}}},
					{token, http.MethodGet, apikeys, nil},
					{admin, http.MethodPost, bulk, entities(policyOf(persona, name, nil))},
					{admin, http.MethodGet, byGUID + persona, nil},
					{admin, http.MethodGet, personas + "/" + persona, nil},
					{admin, http.MethodPost, search, object{"dsl": object{"size": 100}, "attributes": []string{"policyActions"}}},
					{admin, http.MethodGet, "/_sandbox/state", nil},
				} {
					if a, err := step.c.try(step.method, step.path, step.body); err != nil || a.status != http.StatusOK {
						t.Errorf("%s %s: %d %s, %v", step.method, step.path, a.status, a.text, err)
					}
				}
			}
		})
	}
	wg.Wait()
	after, err := sandbox.New(sandbox.Options{DataFile: file})
	if err != nil {
		t.Fatal(err)
	}
	for name, state := range map[string]sandbox.State{"served": tenant.State(), "kept": after.State()} {
		if len(state.APITokens) != 1+clients*rounds || len(state.Policies) != 2+clients*rounds {
			t.Errorf("%s are %d tokens and %d policies", name, len(state.APITokens), len(state.Policies))
		}
	}
}
