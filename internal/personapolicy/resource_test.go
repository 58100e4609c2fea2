// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

var guidPattern = regexp.MustCompile(`^[0-9a-f-]{36}$`)

func (k kind) address() string { return k.typeName + ".test" }

// noPoliciesLeft checks that no policy whose name begins with the prefix of the tests is left on the tenant.
func noPoliciesLeft(tenant *acctest.Tenant) resource.TestCheckFunc {
	return func(*terraform.State) error {
		for _, policy := range tenant.Sandbox.State().Policies {
			if strings.HasPrefix(policy.Text("name"), acctest.NamePrefix) && policy.Status == "ACTIVE" {
				return fmt.Errorf("policy %q (%s) is left", policy.Text("name"), policy.GUID)
			}
		}
		return nil
	}
}

func inPersona(guid string) config.Variables {
	return config.Variables{"persona_id": config.StringVariable(guid)}
}

func step(directory string, number int) config.TestStepConfigFunc {
	return config.StaticDirectory(path.Join("testdata", directory, fmt.Sprint(number)))
}

func (k kind) attribute(name string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(k.address(), tfjsonpath.New(name), value)
}

func (k kind) planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(k.address(), action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

// TestAccResource_lifecycle creates a policy with the least, changes each argument in place, replaces and deletes it.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	onEachTenant(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		directory := "TestAccResource_lifecycle/" + kind.name
		one, other := inPersona(sandbox.SeedPersonaGUID), inPersona(tenant.Sandbox.AddPersona("tfacc-other").GUID)
		same, replaced := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesDiffer())
		id := tfjsonpath.New("id")
		steps := []resource.TestStep{
			{
				ConfigDirectory: step(directory, 1), ConfigVariables: one, ConfigPlanChecks: kind.planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					kind.attribute("id", knownvalue.StringRegexp(guidPattern)), kind.attribute("persona_id", knownvalue.StringExact(sandbox.SeedPersonaGUID)),
					kind.attribute("description", knownvalue.StringExact("")), kind.attribute("allow", knownvalue.Bool(true)),
					kind.attribute(kind.assets, knownvalue.SetSizeExact(1)), same.AddStateValue(kind.address(), id),
				},
			},
			{
				ConfigDirectory: step(directory, 2), ConfigVariables: one, ConfigPlanChecks: kind.planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					kind.attribute("description", knownvalue.StringExact("Kept by Terraform")), kind.attribute("allow", knownvalue.Bool(false)),
					kind.attribute(kind.assets, knownvalue.SetSizeExact(2)), same.AddStateValue(kind.address(), id),
				},
			},
			{
				ConfigDirectory: step(directory, 3), ConfigVariables: one, ConfigPlanChecks: kind.planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					kind.attribute("name", knownvalue.StringExact("tfacc-lifecycle-renamed")), same.AddStateValue(kind.address(), id),
					replaced.AddStateValue(kind.address(), id),
				},
			},
			{
				ConfigDirectory: step(directory, 3), ConfigVariables: other, ConfigPlanChecks: kind.planned(plancheck.ResourceActionReplace),
				ConfigStateChecks: []statecheck.StateCheck{replaced.AddStateValue(kind.address(), id)},
			},
		}
		if kind.name != "glossary" {
			steps = append(steps, resource.TestStep{
				ConfigDirectory: step(directory, 4), ConfigVariables: other, ConfigPlanChecks: kind.planned(plancheck.ResourceActionReplace),
				ConfigStateChecks: []statecheck.StateCheck{kind.attribute("connection_qualified_name", knownvalue.StringExact(development))},
			})
		}
		resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: noPoliciesLeft(tenant), Steps: steps})
	})
}

// TestAccResource_import imports a policy by everything that names it; a name that several policies have is answered
// with the candidates.
func TestAccResource_import(t *testing.T) {
	t.Parallel()
	onEachTenant(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		directory := config.StaticDirectory("testdata/TestAccResource_import/" + kind.name)
		variables := inPersona(sandbox.SeedPersonaGUID)
		by := func(render func(id string) string) resource.ImportStateIdFunc {
			return func(state *terraform.State) (string, error) {
				return render(state.RootModule().Resources[kind.address()].Primary.ID), nil
			}
		}
		steps := []resource.TestStep{{ConfigDirectory: directory, ConfigVariables: variables}}
		for _, render := range []func(string) string{
			func(id string) string { return id },
			func(id string) string { return sandbox.SeedPersonaGUID + "/" + id },
			func(string) string { return sandbox.SeedPersonaGUID + "/tfacc-import" },
		} {
			steps = append(steps, resource.TestStep{
				ConfigDirectory: directory, ConfigVariables: variables, ResourceName: kind.address(), ImportState: true, ImportStateIdFunc: by(render),
				ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts"},
			})
		}
		for id, want := range map[string]string{
			"tfacc-import": `The import id is the policy's GUID`,
			sandbox.SeedPersonaGUID + "/no-such-name": `The\s+persona\s+has\s+no\s+` + kind.name + `\s+policy\s+"no-such-name"`,
			unknownGUID + "/tfacc-import":             `(?s)Importing.*` + unknownGUID,
			unknownGUID:                               `(?s)Importing.*` + unknownGUID,
		} {
			steps = append(steps, resource.TestStep{
				ConfigDirectory: directory, ConfigVariables: variables, ResourceName: kind.address(), ImportState: true, ImportStateId: id,
				ExpectError: regexp.MustCompile(want),
			})
		}
		resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: noPoliciesLeft(tenant), Steps: steps})
	})
}

// TestAmbiguousImport lists the candidates of a name that several policies have, which only somebody else can bring
// about.
func TestAmbiguousImport(t *testing.T) {
	t.Parallel()
	onEachTenant(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		addPolicies(tenant, kind, sandbox.SeedPersonaGUID, 1)
		addPolicies(tenant, kind, sandbox.SeedPersonaGUID, 1)
		found := acctest.Texts(acctest.NewWorkspace(t, tenant.Provider()).Import("twin", kind.typeName, sandbox.SeedPersonaGUID+"/"+kind.name+"-000"))
		for _, policy := range policiesOf(tenant, sandbox.SeedPersonaGUID) {
			if policy.Text("name") == kind.name+"-000" && !strings.Contains(found, policy.GUID) {
				t.Errorf("the error does not say %s: %s", policy.GUID, found)
			}
		}
	})
}

// TestAccResource_importIdentity imports a policy by its identity.
func TestAccResource_importIdentity(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.ImportByIdentity)
	onEachTenant(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		directory := config.StaticDirectory("testdata/TestAccResource_import/" + kind.name)
		variables := inPersona(sandbox.SeedPersonaGUID)
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: tenant.Factories(),
			CheckDestroy:             noPoliciesLeft(tenant),
			Steps: []resource.TestStep{
				{
					ConfigDirectory: directory, ConfigVariables: variables,
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(kind.address(), tfjsonpath.New("id"))},
				},
				{
					ConfigDirectory: directory, ConfigVariables: variables, ResourceName: kind.address(),
					ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity,
				},
			},
		})
	})
}

// TestAccQuery finds a policy with terraform query.
func TestAccQuery(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Query)
	onEachTenant(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		seeded := map[string]int{"metadata": 2}[kind.name]
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: tenant.Factories(),
			CheckDestroy:             noPoliciesLeft(tenant),
			Steps: []resource.TestStep{
				{ConfigDirectory: config.StaticDirectory("testdata/TestAccResource_import/" + kind.name)},
				{
					Query: true, // takes its configuration from a string only
					Config: fmt.Sprintf(`
						list %q "test" {
							provider = atlan
							config { persona_id = %q }
						}`, kind.typeName, sandbox.SeedPersonaGUID),
					QueryResultChecks: []querycheck.QueryResultCheck{
						querycheck.ExpectLength(kind.address(), seeded+1),
						querycheck.ExpectIdentity(kind.address(), map[string]knownvalue.Check{"id": knownvalue.StringRegexp(guidPattern)}),
					},
				},
			},
		})
	})
}

// TestAccDataSources reads the policies of a persona, of each kind.
func TestAccDataSources(t *testing.T) {
	t.Parallel()
	for _, surface := range surfaces {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, surface)
			guid := tenant.Sandbox.AddPersona("tfacc-data").GUID
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: tenant.Factories(),
				CheckDestroy:             noPoliciesLeft(tenant),
				Steps: []resource.TestStep{{
					ConfigDirectory: config.StaticDirectory("testdata/TestAccDataSources"), ConfigVariables: inPersona(guid),
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownOutputValue("kinds", knownvalue.MapExact(map[string]knownvalue.Check{
							"tfacc-data": knownvalue.StringExact("metadata"), "tfacc-data-select": knownvalue.StringExact("data"),
							"tfacc-data-glossary": knownvalue.StringExact("glossary"),
						})),
						statecheck.ExpectKnownOutputValue("connections", knownvalue.MapExact(map[string]knownvalue.Check{
							"metadata": knownvalue.StringExact(production), "data": knownvalue.StringExact(production), "glossary": knownvalue.Null(),
						})),
					},
				}},
			})
		})
	}
}
