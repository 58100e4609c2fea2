// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestSiblings makes eight members of one collection at once, while a neighbour adds and removes a ninth through the API.
// Half of them are made by another run of Terraform, which knows nothing of the first.
func TestSiblings(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	const siblings = 8
	workspaces, configs, want := make([]*acctest.Workspace, siblings), make([]map[string]acctest.Block, siblings), map[string]string{}
	runs := []func() (tfprotov6.ProviderServer, error){
		acctest.Shared(t, tenant.Provider(asUser(tenant))), acctest.Shared(t, tenant.Provider(asUser(tenant))),
	}
	for i := range workspaces {
		user, _ := tenant.Sandbox.AddUser(sandbox.User{Username: fmt.Sprintf("user-%d", i)})
		role := []string{"editor", "viewer"}[i/2%2]
		workspaces[i], configs[i] = acctest.NewWorkspace(t, runs[i%2]), member("user", user.Username, role)
		want["user:"+user.Username] = role
	}
	inParallel := func(config func(i int) map[string]acctest.Block) {
		t.Helper()
		var all sync.WaitGroup
		for i, workspace := range workspaces {
			all.Go(func() {
				if failed := workspace.Apply(config(i)); len(failed) > 0 {
					t.Error(acctest.Texts(failed))
				}
			})
		}
		all.Wait()
	}
	neighbour := acctest.StartNeighbour(t, tenant, sandbox.SeedCollectionGUID, "viewerUsers", "ninth", 50*time.Millisecond)
	inParallel(func(i int) map[string]acctest.Block { return configs[i] })
	neighbour.Stop()
	neighbour.CheckLastWord()
	got := members(tenant.Sandbox)
	for who, role := range want {
		if got[who] != role {
			t.Errorf("%s is %q, want %s", who, got[who], role)
		}
	}
	for i, workspace := range workspaces {
		expectPlan(t, workspace, configs[i], acctest.NoOp)
	}
	inParallel(func(int) map[string]acctest.Block { return nil })
	for who := range members(tenant.Sandbox) {
		if want[who] != "" {
			t.Errorf("%s is left", who)
		}
	}
}
