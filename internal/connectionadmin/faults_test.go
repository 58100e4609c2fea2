// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// faultSteps are the steps of a grant's life that requests can fail in.
func faultSteps() map[string]acctest.FaultStep {
	steps := acctest.LifeSteps(grant("user", "jsmith"), map[string]any{
		"method": "user_bearer", "wait_until_effective": true, "allow_self_removal": true, "connection_qualified_name": sandbox.SeedDevelopmentQualifiedName,
	})
	for kind, name := range map[string]string{"group": "data_engineers", "role": "$guest", "api_token_id": sandbox.SeedAPITokenGUID} {
		steps["change_"+kind] = acctest.FaultStep{Before: grant("user", "jsmith"), After: grant(kind, name)}
	}
	byID := func(guid string) map[string]acctest.Block {
		return map[string]acctest.Block{"ci": {Type: resourceType, Attributes: map[string]any{"connection_id": guid, "user": "jsmith"}}}
	}
	steps["change_connection_id"] = acctest.FaultStep{Before: byID(sandbox.SeedDevelopmentGUID), After: byID(sandbox.SeedProductionGUID)}
	return steps
}

// lists are the attributes of a connection that say who its admins are, with the kind that they stand for in an id.
var lists = map[string]string{"adminUsers": "user:", "adminGroups": "group:", "adminRoles": "role:"}

// faultMatrix knows the only grant of a step, and the admin of the seed and the one whom somebody else adds, by their ids.
var faultMatrix = acctest.FaultMatrix{
	Object: "admin", LastWriterWins: true,
	Client: func(tenant *acctest.Tenant) func(*atlan.Config) {
		return func(config *atlan.Config) {
			asUser(tenant)(config)
			retries := 2
			config.MaxRetries = &retries
		}
	},
	Existing: func(tenant *sandbox.Tenant) map[string]string {
		grants := map[string]string{}
		for _, connection := range tenant.State().Connections {
			for list, kind := range lists {
				for _, name := range connection.List(list) {
					if name != addedMeanwhile {
						grants[connection.GUID+"/"+principal(kind, name)] = "ci"
					}
				}
			}
		}
		return grants
	},
	Mine: func(kind string, object map[string]any) {
		attributes, ok := object["attributes"].(map[string]any)
		if kind != "connections" || !ok {
			return
		}
		for list := range lists {
			names, _ := attributes[list].([]any)
			attributes[list] = slices.DeleteFunc(slices.Clone(names), func(name any) bool { return name != "admin" && name != addedMeanwhile })
		}
	},
	Meanwhile: func(t testing.TB, tenant *sandbox.Tenant) {
		t.Helper()
		tenant.AddUser(sandbox.User{Username: addedMeanwhile})
		if err := tenant.EditEntity(sandbox.SeedProductionGUID, func(e *sandbox.Entity) {
			e.Attributes["adminUsers"] = append(e.List("adminUsers"), addedMeanwhile)
		}); err != nil {
			t.Fatal(err)
		}
	},
}

const addedMeanwhile = "added-meanwhile"

// principal is how an id writes who has a right.
func principal(kind, name string) string {
	switch name {
	case account:
		return "api_token:" + sandbox.SeedAPITokenGUID
	case sandbox.SeedGuestRoleID:
		return "role:$guest"
	default:
		return kind + name
	}
}

// TestFaults lets every request of every step fail in every way, once and for as long as the step lasts, and applies
// again, as a user would.
func TestFaults(t *testing.T) {
	t.Parallel()
	faultMatrix.Run(t, faultSteps())
}

// TestFaultsOfPackage does the same for the package, whose run goes on by itself. What it makes cannot be taken back before
// it is there, and not by everybody: the state does not remember it, and the next apply waits for it and takes it over.
func TestFaultsOfPackage(t *testing.T) {
	t.Parallel()
	matrix := faultMatrix
	matrix.Resumed = true
	byPackage := with(with(grant("api_token_id", sandbox.SeedAPITokenGUID), "method", "package"), "allow_self_removal", true)
	matrix.Run(t, map[string]acctest.FaultStep{"create": {After: byPackage}, "read": {Before: byPackage, After: byPackage}, "delete": {Before: byPackage}})
}

// TestUnseenGrant loses sight of the connection after a grant was saved: the state must know of it, so that who then drops it
// from the configuration does not leave it behind, and take it back even from the provider's own user.
func TestUnseenGrant(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]map[string]acctest.Block{
		"somebody":     grant("user", "jsmith"),
		"the provider": grant("api_token_id", sandbox.SeedAPITokenGUID),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant), func(config *atlan.Config) {
				retries := 1
				config.RetryWait, config.MaxRetries = time.Millisecond, &retries
			}))
			if err := tenant.Sandbox.SetFaults([]sandbox.Fault{
				{Method: http.MethodPost, Path: "/api/meta/entity/bulk", Kind: sandbox.FaultDropAfterCommit},
				{Method: http.MethodGet, Path: "/api/meta/entity/guid/*", Kind: sandbox.FaultStatus, Status: 503, Nth: 2, Times: 1000},
			}); err != nil {
				t.Fatal(err)
			}
			if failed := workspace.Apply(config); len(failed) == 0 || workspace.Instance("ci") == nil {
				t.Errorf("want an error and the grant in the state, got %s", acctest.Texts(failed))
			}
			if err := tenant.Sandbox.SetFaults(nil); err != nil {
				t.Fatal(err)
			}
			if got := admins(tenant, sandbox.SeedProductionGUID); len(got) != 2 {
				t.Fatalf("admins are %v: the fault has not hit the reading after the save", got)
			}
			apply(t, workspace, nil)
			if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, []string{"admin"}) {
				t.Errorf("admins are %v", got)
			}
		})
	}
}
