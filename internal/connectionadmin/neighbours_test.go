// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestNeighbours grants eight principals on one connection at once, in two runs of Terraform that know nothing of each
// other, while a script adds and removes a ninth through the API and never looks whether that lasted.
func TestNeighbours(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	runs := []func() (tfprotov6.ProviderServer, error){
		acctest.Shared(t, tenant.Provider(asUser(tenant))), acctest.Shared(t, tenant.Provider(asUser(tenant))),
	}
	workspaces, configs := make([]*acctest.Workspace, 8), make([]map[string]acctest.Block, 8)
	for i := range workspaces {
		user, _ := tenant.Sandbox.AddUser(sandbox.User{Username: fmt.Sprintf("user-%d", i)})
		workspaces[i], configs[i] = acctest.NewWorkspace(t, runs[i%2]), grant("user", user.Username)
	}
	neighbour := acctest.StartNeighbour(t, tenant, sandbox.SeedProductionGUID, "adminUsers", "ninth", 50*time.Millisecond)
	var all sync.WaitGroup
	for i, workspace := range workspaces {
		all.Go(func() {
			if failed := workspace.Apply(configs[i]); len(failed) > 0 {
				t.Error(acctest.Texts(failed))
			}
		})
	}
	all.Wait()
	neighbour.Stop()
	neighbour.CheckLastWord()
	got := admins(tenant, sandbox.SeedProductionGUID)
	for i, workspace := range workspaces {
		if name := fmt.Sprintf("user-%d", i); !slices.Contains(got, name) {
			t.Errorf("%s is not among the admins %v", name, got)
		}
		expectPlan(t, workspace, configs[i], acctest.NoOp)
	}
}
