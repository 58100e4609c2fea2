// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	resourceType = "atlan_connection_admin"
	address      = resourceType + ".test"
	account      = "service-account-apikey-" + sandbox.SeedAPITokenGUID
)

// asUser gives the provider the bearer token of an admin of both connections, and does not wait long for rights.
func asUser(tenant *acctest.Tenant) func(*atlan.Config) {
	return func(config *atlan.Config) {
		config.UserBearerToken = tenant.Sandbox.Credentials().UserBearerToken
		config.RightsDelay = 10 * time.Millisecond
	}
}

// admins are those of a connection as the tenant has them: users, groups and roles, sorted.
func admins(tenant *acctest.Tenant, connection string) []string {
	var all []string
	for _, entity := range tenant.Sandbox.State().Connections {
		if entity.GUID == connection {
			all = slices.Concat(entity.List("adminUsers"), entity.List("adminGroups"), entity.List("adminRoles"))
		}
	}
	slices.Sort(all)
	return all
}

// nobodyLeft checks that the connections have the admins that they had before.
func nobodyLeft(tenant *acctest.Tenant) resource.TestCheckFunc {
	return func(*terraform.State) error {
		for _, connection := range []string{sandbox.SeedProductionGUID, sandbox.SeedDevelopmentGUID} {
			if got := admins(tenant, connection); !slices.Equal(got, []string{"admin"}) {
				return fmt.Errorf("connection %s has the admins %v", connection, got)
			}
		}
		return nil
	}
}

func step(action plancheck.ResourceActionType, values map[string]knownvalue.Check) resource.TestStep {
	var checks []statecheck.StateCheck
	for name, value := range values {
		checks = append(checks, statecheck.ExpectKnownValue(address, tfjsonpath.New(name), value))
	}
	return resource.TestStep{
		ConfigDirectory: config.TestStepDirectory(),
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
		ConfigStateChecks: checks,
	}
}

// TestAccResource_lifecycle grants with the least and with everything, to each kind of principal.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	exactly := knownvalue.StringExact
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)),
		CheckDestroy:             nobodyLeft(tenant),
		Steps: []resource.TestStep{
			step(plancheck.ResourceActionCreate, map[string]knownvalue.Check{
				"id": exactly(sandbox.SeedProductionGUID + "/user:jsmith"), "connection_id": exactly(sandbox.SeedProductionGUID),
				"connection_qualified_name": exactly(sandbox.SeedProductionQualifiedName), "user": exactly("jsmith"), "group": knownvalue.Null(),
				"method": exactly("auto"), "method_used": exactly("user_bearer"), "username": exactly("jsmith"),
				"wait_until_effective": knownvalue.Bool(false), "allow_self_removal": knownvalue.Bool(false),
			}),
			step(plancheck.ResourceActionUpdate, map[string]knownvalue.Check{
				"method": exactly("user_bearer"), "wait_until_effective": knownvalue.Bool(true), "allow_self_removal": knownvalue.Bool(true),
			}),
			step(plancheck.ResourceActionReplace, map[string]knownvalue.Check{
				"id": exactly(sandbox.SeedProductionGUID + "/group:data_engineers"), "username": exactly("data_engineers"),
			}),
			step(plancheck.ResourceActionReplace, map[string]knownvalue.Check{
				"id": exactly(sandbox.SeedDevelopmentGUID + "/role:$admin"), "username": exactly(sandbox.SeedAdminRoleID),
				"connection_qualified_name": exactly(sandbox.SeedDevelopmentQualifiedName),
			}),
			step(plancheck.ResourceActionReplace, map[string]knownvalue.Check{
				"username": knownvalue.StringRegexp(regexp.MustCompile(`^service-account-apikey-`)), "api_token_id": knownvalue.NotNull(),
			}),
		},
	})
}

// TestAccResource_import imports a grant by both names of its connection.
func TestAccResource_import(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	steps := []resource.TestStep{{ConfigDirectory: config.TestStepDirectory()}}
	for _, id := range []string{sandbox.SeedProductionGUID + "/user:jsmith", sandbox.SeedProductionQualifiedName + "/user:jsmith"} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestStepDirectory(), ResourceName: address, ImportState: true, ImportStateId: id,
			// Who made it is known from the creation alone.
			ImportStateVerify: true, ImportStateVerifyIgnore: []string{"method_used", "timeouts"},
		})
	}
	for id, text := range map[string]string{
		"jsmith": `This is not the id of a connection admin`, sandbox.SeedProductionGUID + "/user:nobody": `No user is named "nobody"`,
	} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestStepDirectory(), ResourceName: address, ImportState: true, ImportStateId: id,
			ExpectError: regexp.MustCompile(`(?s)Importing connection admin .*` + text),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)), CheckDestroy: nobodyLeft(tenant), Steps: steps})
}

// TestAccResource_importIdentity imports a grant by its identity.
func TestAccResource_importIdentity(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.ImportByIdentity)
	tenant := acctest.NewSandbox(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)),
		CheckDestroy:             nobodyLeft(tenant),
		Steps: []resource.TestStep{
			{
				ConfigDirectory: config.TestStepDirectory(),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentity(address, map[string]knownvalue.Check{
						"connection_id": knownvalue.StringExact(sandbox.SeedProductionGUID), "principal": knownvalue.StringExact("user:jsmith"),
					}),
				},
			},
			{
				ConfigDirectory: config.TestStepDirectory(), ResourceName: address,
				ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity,
			},
		},
	})
}
