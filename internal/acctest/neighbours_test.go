// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const eightEach = `locals {
  users = toset([for i in range(8) : "user-${i}"])
}

resource "atlan_connection_admin" "eight" {
  for_each                  = local.users
  connection_qualified_name = "` + sandbox.SeedProductionQualifiedName + `"
  user                      = each.key
}

resource "atlan_collection_member" "eight" {
  for_each                  = local.users
  collection_qualified_name = "` + sandbox.SeedCollectionQualifiedName + `"
  user                      = each.key
  role                      = "viewer"
}
`

// TestNeighbours lets the real CLI make eight admins of a connection and eight members of a query collection, while scripts
// add and remove a ninth of each through the API, on a tenant that is as slow as a real one.
func TestNeighbours(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.Latency = 20 * time.Millisecond })
	for i := range 8 {
		tenant.Sandbox.AddUser(sandbox.User{Username: fmt.Sprintf("user-%d", i)})
	}
	tf := newTerraform(t, tenant, "")
	tf.env = append(tf.env, "ATLAN_USER_BEARER_TOKEN="+tenant.Sandbox.Credentials().UserBearerToken, "ATLAN_REQUESTS_PER_MINUTE=100000")
	tf.write("main.tf", eightEach)
	neighbours := []*acctest.Neighbour{
		acctest.StartNeighbour(t, tenant, sandbox.SeedProductionGUID, "adminUsers", "ninth", 50*time.Millisecond),
		acctest.StartNeighbour(t, tenant, sandbox.SeedCollectionGUID, "viewerUsers", "tenth", 50*time.Millisecond),
	}
	tf.must("apply", "-auto-approve")
	for _, neighbour := range neighbours {
		neighbour.Stop()
		neighbour.CheckLastWord()
	}
	tf.emptyPlan()
	tf.must("destroy", "-auto-approve")
}
