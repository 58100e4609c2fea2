// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
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

const address = "atlan_persona.test"

var guidPattern = regexp.MustCompile(`^[0-9a-f-]{36}$`)

// onEachSurface runs an acceptance test on a sandbox for each surface, or on the live tenant, which has its own. There,
// what a test creates is found by name only after a while.
func onEachSurface(t *testing.T, test func(t *testing.T, tenant *acctest.Tenant, surface string)) {
	t.Helper()
	if acctest.Live() {
		test(t, acctest.NewTenant(t), sandbox.SurfaceEntities)
		return
	}
	// On a tenant that serves both surfaces the provider has to choose.
	for _, surface := range append(slices.Clone(surfaces), sandbox.SurfaceBoth) {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			test(t, acctest.NewSandbox(t, serving(surface)), surface)
		})
	}
}

// step is the configuration of a step; it is the same for every surface.
func step(t *testing.T, number int) config.TestStepConfigFunc {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	return config.StaticDirectory(filepath.Join("testdata", test, fmt.Sprint(number)))
}

// noPersonasLeft checks that no persona whose name begins so is left on the tenant.
func noPersonasLeft(t *testing.T, tenant *acctest.Tenant, prefix string) resource.TestCheckFunc {
	t.Helper()
	client := tenant.Client(t)
	return func(*terraform.State) error {
		for persona, err := range client.Personas.All(t.Context()) {
			if err != nil {
				return err
			}
			if strings.HasPrefix(persona.Name, prefix) {
				return fmt.Errorf("persona %q (%s) is left", persona.Name, persona.GUID)
			}
		}
		return nil
	}
}

func attribute(name string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), value)
}

func strs(values ...string) knownvalue.Check {
	var checks []knownvalue.Check
	for _, value := range values {
		checks = append(checks, knownvalue.StringExact(value))
	}
	return knownvalue.SetExact(checks)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

// computedBy is what a surface tells of a persona besides its GUID.
func computedBy(surface string) []statecheck.StateCheck {
	if surface == sandbox.SurfacePersonas {
		return []statecheck.StateCheck{attribute("qualified_name", knownvalue.Null()), attribute("role_id", knownvalue.Null())}
	}
	return []statecheck.StateCheck{
		attribute("qualified_name", knownvalue.StringRegexp(regexp.MustCompile(`^default/.{22}$`))),
		attribute("role_id", knownvalue.StringRegexp(guidPattern)),
	}
}

// TestAccResource_lifecycle creates a persona, changes each argument in place, and deletes it.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	onEachSurface(t, func(t *testing.T, tenant *acctest.Tenant, surface string) {
		t.Helper()
		same := statecheck.CompareValue(compare.ValuesSame())
		update := func(number int, checks ...statecheck.StateCheck) resource.TestStep {
			return resource.TestStep{
				ConfigDirectory: step(t, number), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: append(checks, same.AddStateValue(address, tfjsonpath.New("id"))),
			}
		}
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: tenant.Factories(),
			CheckDestroy:             noPersonasLeft(t, tenant, "tfacc-lifecycle"),
			Steps: []resource.TestStep{
				{
					ConfigDirectory:  step(t, 1),
					ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
					ConfigStateChecks: append(computedBy(surface),
						attribute("id", knownvalue.StringRegexp(guidPattern)),
						attribute("name", knownvalue.StringExact("tfacc-lifecycle")),
						attribute("description", knownvalue.StringExact("")),
						attribute("enabled", knownvalue.Bool(true)),
						attribute("users", strs()), attribute("groups", strs()), attribute("deny_asset_tabs", strs()),
						same.AddStateValue(address, tfjsonpath.New("id"))),
				},
				update(2, attribute("description", knownvalue.StringExact("Reads the marts"))),
				update(3, attribute("name", knownvalue.StringExact("tfacc-lifecycle-renamed"))),
				update(4, attribute("enabled", knownvalue.Bool(false))),
				update(5, attribute("deny_asset_tabs", strs("Activity", "Lineage"))),
				update(6, append(computedBy(surface), attribute("deny_asset_tabs", strs()), attribute("enabled", knownvalue.Bool(true)))...),
			},
		})
	})
}

// TestAccResource_members adds and removes members, creates a persona with everything, and refuses members that do not
// exist on the argument that names them. Its members are those of the sandbox.
func TestAccResource_members(t *testing.T) {
	t.Parallel()
	if acctest.Live() {
		t.Skip("names users and groups of the sandbox")
	}
	onEachSurface(t, func(t *testing.T, tenant *acctest.Tenant, surface string) {
		t.Helper()
		update := planned(plancheck.ResourceActionUpdate)
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: tenant.Factories(),
			CheckDestroy:             noPersonasLeft(t, tenant, "tfacc-members"),
			Steps: []resource.TestStep{
				{
					ConfigDirectory: step(t, 1), ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
					ConfigStateChecks: append(computedBy(surface),
						attribute("description", knownvalue.StringExact("Everything")), attribute("enabled", knownvalue.Bool(false)),
						attribute("users", strs("admin", "jsmith")), attribute("groups", strs("data_engineers")), attribute("deny_asset_tabs", strs("Usage"))),
				},
				{ConfigDirectory: step(t, 2), ConfigPlanChecks: update, ConfigStateChecks: []statecheck.StateCheck{attribute("users", strs("jsmith"))}},
				{ConfigDirectory: step(t, 3), ConfigPlanChecks: update, ConfigStateChecks: []statecheck.StateCheck{attribute("groups", strs())}},
				{ConfigDirectory: step(t, 4), ExpectError: regexp.MustCompile(`(?s)users *= \[.*These are unknown:.*"nobody"`)},
				{
					ConfigDirectory: step(t, 5),
					ExpectError:     regexp.MustCompile(`(?s)groups *= \[.*"Data engineers", which is the alias of\s+group\s+"data_engineers"`),
				},
			},
		})
	})
}

// TestAccResource_import imports a persona by its GUID and its name, writes its configuration, and lists the candidates of a
// name that several have.
func TestAccResource_import(t *testing.T) {
	t.Parallel()
	onEachSurface(t, func(t *testing.T, tenant *acctest.Tenant, _ string) {
		t.Helper()
		steps := []resource.TestStep{{ConfigDirectory: step(t, 1)}}
		for _, attribute := range []string{"id", "name"} {
			if attribute == "name" && acctest.Live() {
				continue
			}
			steps = append(steps, resource.TestStep{
				ConfigDirectory: step(t, 1), ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"timeouts"},
				ImportStateIdFunc: func(state *terraform.State) (string, error) {
					return state.RootModule().Resources[address].Primary.Attributes[attribute], nil
				},
			})
		}
		steps = append(steps, resource.TestStep{
			ConfigDirectory: step(t, 1), ResourceName: address, ImportState: true, ImportStateId: "tfacc-no-such-persona",
			ExpectError: regexp.MustCompile(`(?s)Importing persona "tfacc-no-such-persona" failed.*No persona is named.*some\s+seconds`),
		})
		steps = append(steps, resource.TestStep{
			ConfigDirectory: step(t, 1), ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID, GenerateConfig: true,
		})
		if tenant.Sandbox != nil {
			one, two := tenant.Sandbox.AddPersona("twin"), tenant.Sandbox.AddPersona("twin")
			for _, guid := range []string{one.GUID, two.GUID} {
				steps = append(steps, resource.TestStep{
					ConfigDirectory: step(t, 1), ResourceName: address, ImportState: true, ImportStateId: "twin",
					ExpectError: regexp.MustCompile(`(?s)2 personas are named "twin".*` + guid),
				})
			}
		}
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: noPersonasLeft(t, tenant, "tfacc-import"), Steps: steps,
		})
	})
}

// TestAccResource_importIdentity imports a persona by its identity.
func TestAccResource_importIdentity(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.ImportByIdentity)
	onEachSurface(t, func(t *testing.T, tenant *acctest.Tenant, _ string) {
		t.Helper()
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: tenant.Factories(),
			CheckDestroy:             noPersonasLeft(t, tenant, "tfacc-identity"),
			Steps: []resource.TestStep{
				{
					ConfigDirectory:   step(t, 1),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id"))},
				},
				{ConfigDirectory: step(t, 1), ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			},
		})
	})
}

// TestAccQuery finds a persona with terraform query.
func TestAccQuery(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Query)
	tenant := acctest.NewSandbox(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noPersonasLeft(t, tenant, "tfacc-query"),
		Steps: []resource.TestStep{
			{ConfigDirectory: step(t, 1)},
			{
				Query: true, // takes its configuration from a string only
				Config: `
					list "atlan_persona" "test" {
						provider = atlan
						config { name_prefix = "tfacc-query" }
					}`,
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength(address, 1),
					querycheck.ExpectIdentity(address, map[string]knownvalue.Check{"id": knownvalue.StringRegexp(guidPattern)}),
				},
			},
		},
	})
}

// TestAccDataSources finds a persona by everything that names it.
func TestAccDataSources(t *testing.T) {
	t.Parallel()
	if acctest.Live() {
		t.Skip("finds by name what it has just created")
	}
	onEachSurface(t, func(t *testing.T, tenant *acctest.Tenant, _ string) {
		t.Helper()
		var checks []statecheck.StateCheck
		for _, source := range []string{"by_id", "by_name"} {
			for _, name := range []string{"id", "qualified_name", "role_id", "users", "deny_asset_tabs"} {
				same := statecheck.CompareValue(compare.ValuesSame())
				checks = append(checks, same.AddStateValue(address, tfjsonpath.New(name)),
					same.AddStateValue("data.atlan_persona."+source, tfjsonpath.New(name)))
			}
			checks = append(checks,
				statecheck.ExpectKnownValue("data.atlan_persona."+source, tfjsonpath.New("description"), knownvalue.StringExact("found again")))
		}
		checks = append(checks, statecheck.ExpectKnownOutputValue("found", knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("tfacc-data")})))
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: tenant.Factories(),
			CheckDestroy:             noPersonasLeft(t, tenant, "tfacc-data"),
			Steps: []resource.TestStep{
				{ConfigDirectory: step(t, 1), ConfigStateChecks: checks},
				{ConfigDirectory: step(t, 2), ExpectError: regexp.MustCompile(`(?s)name *= "tfacc-none".*No persona is named\s+"tfacc-none"`)},
			},
		})
	})
}
