// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	resourceType = "atlan_collection_member"
	address      = resourceType + ".test"
	account      = "service-account-apikey-" + sandbox.SeedAPITokenGUID
)

// creator is who has made the seed's collection, and nobody can remove.
var creator = map[string]string{"user:admin": "editor"}

// members are those of the seed's collection as the tenant has them, each with its role. Who is in both lists is an editor.
func members(tenant *sandbox.Tenant) map[string]string {
	all := map[string]string{}
	for _, entity := range tenant.State().Collections {
		if entity.GUID != sandbox.SeedCollectionGUID {
			continue
		}
		for _, role := range []struct{ name, prefix string }{{"viewer", "viewer"}, {"editor", "admin"}} {
			for _, user := range entity.List(role.prefix + "Users") {
				all["user:"+user] = role.name
			}
			for _, group := range entity.List(role.prefix + "Groups") {
				all["group:"+group] = role.name
			}
		}
	}
	return all
}

// expectMembers checks whom the seed's collection has beside its creator.
func expectMembers(t *testing.T, tenant *acctest.Tenant, others map[string]string) {
	t.Helper()
	want := maps.Clone(creator)
	maps.Copy(want, others)
	if got := members(tenant.Sandbox); !maps.Equal(got, want) {
		t.Errorf("members are %v, want %v", got, want)
	}
}

// nobodyLeft checks that the collection has no member but its creator.
func nobodyLeft(tenant *acctest.Tenant) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if got := members(tenant.Sandbox); !maps.Equal(got, creator) {
			return fmt.Errorf("the collection has the members %v", got)
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

// TestAccResource_lifecycle makes members with the least and with everything, of each kind and role.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	exactly := knownvalue.StringExact
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)),
		CheckDestroy:             nobodyLeft(tenant),
		Steps: []resource.TestStep{
			step(plancheck.ResourceActionCreate, map[string]knownvalue.Check{
				"id": exactly(sandbox.SeedCollectionGUID + "/user:jsmith"), "collection_id": exactly(sandbox.SeedCollectionGUID),
				"collection_qualified_name": exactly(sandbox.SeedCollectionQualifiedName), "user": exactly("jsmith"), "group": knownvalue.Null(),
				"role": exactly("viewer"), "method": exactly("auto"), "method_used": exactly("user_bearer"), "username": exactly("jsmith"),
				"wait_until_effective": knownvalue.Bool(false), "allow_self_removal": knownvalue.Bool(false),
			}),
			step(plancheck.ResourceActionUpdate, map[string]knownvalue.Check{
				"role": exactly("editor"), "method": exactly("user_bearer"), "wait_until_effective": knownvalue.Bool(true),
				"allow_self_removal": knownvalue.Bool(true),
			}),
			step(plancheck.ResourceActionReplace, map[string]knownvalue.Check{
				"id": exactly(sandbox.SeedCollectionGUID + "/group:data_engineers"), "username": exactly("data_engineers"), "role": exactly("editor"),
			}),
			step(plancheck.ResourceActionReplace, map[string]knownvalue.Check{
				"username": knownvalue.StringRegexp(regexp.MustCompile(`^service-account-apikey-`)), "api_token_id": knownvalue.NotNull(),
				"collection_qualified_name": exactly(sandbox.SeedCollectionQualifiedName),
			}),
		},
	})
}

// TestAccResource_import imports a membership by each name of its collection, and names the candidates of one that is not
// unique.
func TestAccResource_import(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	for range 2 {
		addCollection(tenant, "twin")
	}
	steps := []resource.TestStep{{ConfigDirectory: config.TestNameDirectory()}}
	for _, collection := range []string{sandbox.SeedCollectionGUID, sandbox.SeedCollectionQualifiedName, "My query collection"} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestNameDirectory(), ResourceName: address, ImportState: true, ImportStateId: collection + "/user:jsmith",
			// Who made it is known from the creation alone.
			ImportStateVerify: true, ImportStateVerifyIgnore: []string{"method_used", "timeouts"},
		})
	}
	for id, text := range map[string]string{
		"jsmith": `This is not the id of a query collection member`,
		sandbox.SeedCollectionGUID + "/role:$admin": `This is not the id of a query collection member`,
		"My query collection/user:nobody":           `No user is named "nobody"`,
		"My query collection/group:data_engineers":  `group:data_engineers is not a member of query collection`,
		"mine/user:jsmith":                          `No query collection is named "mine"`,
		"twin/user:jsmith":                          `2 query collections are named "twin"`,
	} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestNameDirectory(), ResourceName: address, ImportState: true, ImportStateId: id,
			ExpectError: regexp.MustCompile(`(?s)Importing query collection member .*` + strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`)),
		})
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(asUser(tenant)), CheckDestroy: nobodyLeft(tenant), Steps: steps})
}

// TestAccResource_importIdentity imports a membership by its identity.
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
						"collection_id": knownvalue.StringExact(sandbox.SeedCollectionGUID), "principal": knownvalue.StringExact("user:jsmith"),
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

// addCollection adds a collection that admin has created.
func addCollection(tenant *acctest.Tenant, name string) sandbox.Entity {
	return tenant.Sandbox.AddEntity(sandbox.Entity{TypeName: "Collection", Attributes: map[string]any{"name": name, "adminUsers": []string{"admin"}}})
}
