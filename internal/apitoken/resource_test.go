// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"fmt"
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

const address = "atlan_api_token.test"

var guidPattern = regexp.MustCompile(`^[0-9a-f-]{36}$`)

// noTokensLeft checks that no token whose name begins so is left on the tenant.
func noTokensLeft(t *testing.T, tenant *acctest.Tenant, prefix string) resource.TestCheckFunc {
	t.Helper()
	client := tenant.Client(t)
	return func(*terraform.State) error {
		for token, err := range client.Tokens.All(t.Context()) {
			if err != nil {
				return err
			}
			if strings.HasPrefix(token.Name, prefix) {
				return fmt.Errorf("API token %q (%s) is left", token.Name, token.GUID)
			}
		}
		return nil
	}
}

func attribute(name string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), value)
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{
		PreApply:             []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)},
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}
}

// TestAccResource_lifecycle creates a token, changes each argument in place, replaces and deletes it.
func TestAccResource_lifecycle(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewTenant(t)
	sameToken := statecheck.CompareValue(compare.ValuesSame())
	newToken := statecheck.CompareValue(compare.ValuesDiffer())
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noTokensLeft(t, tenant, "tfacc-lifecycle"),
		Steps: []resource.TestStep{
			{
				ConfigDirectory:  config.TestStepDirectory(),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("id", knownvalue.StringRegexp(guidPattern)),
					attribute("client_id", knownvalue.StringRegexp(regexp.MustCompile(`^apikey-`))),
					attribute("username", knownvalue.StringRegexp(regexp.MustCompile(`^service-account-apikey-`))),
					attribute("name", knownvalue.StringExact("tfacc-lifecycle")),
					attribute("description", knownvalue.StringExact("")),
					attribute("persona_qualified_names", knownvalue.SetExact(nil)),
					attribute("validity_seconds", knownvalue.Int64Exact(157680000)),
					attribute("created_by", knownvalue.NotNull()),
					attribute("expires_at", knownvalue.NotNull()),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("token")),
					attribute("token", knownvalue.NotNull()),
					sameToken.AddStateValue(address, tfjsonpath.New("token")),
				},
			},
			{
				ConfigDirectory:  config.TestStepDirectory(),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("description", knownvalue.StringExact("CI pipeline")),
					sameToken.AddStateValue(address, tfjsonpath.New("token")),
				},
			},
			{
				ConfigDirectory:  config.TestStepDirectory(),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("name", knownvalue.StringExact("tfacc-lifecycle-renamed")),
					sameToken.AddStateValue(address, tfjsonpath.New("token")),
					newToken.AddStateValue(address, tfjsonpath.New("token")),
				},
			},
			{
				ConfigDirectory:  config.TestStepDirectory(),
				ConfigPlanChecks: planned(plancheck.ResourceActionReplace),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("validity_seconds", knownvalue.Int64Exact(7200)),
					newToken.AddStateValue(address, tfjsonpath.New("token")),
				},
			},
			{
				ConfigDirectory:  config.TestStepDirectory(),
				ConfigPlanChecks: planned(plancheck.ResourceActionReplace),
				ConfigStateChecks: []statecheck.StateCheck{
					newToken.AddStateValue(address, tfjsonpath.New("token")),
				},
			},
		},
	})
}

// TestAccResource_personas links and unlinks a persona; an unknown one is refused on the argument.
func TestAccResource_personas(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noTokensLeft(t, tenant, "tfacc-personas"),
		Steps: []resource.TestStep{
			{
				ConfigDirectory:  config.TestStepDirectory(),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("persona_qualified_names", knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(sandbox.SeedPersonaQualifiedName)})),
				},
			},
			{
				ConfigDirectory:  config.TestStepDirectory(),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					attribute("persona_qualified_names", knownvalue.SetExact(nil)),
				},
			},
			{
				ConfigDirectory: config.TestStepDirectory(),
				ExpectError:     regexp.MustCompile(`(?s)persona_qualified_names = .*default/NoSuchPersona000000001`),
			},
		},
	})
}

// TestAccResource_import imports a token by everything that names it.
func TestAccResource_import(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewTenant(t)
	by := func(attribute string) resource.ImportStateIdFunc {
		return func(state *terraform.State) (string, error) {
			return state.RootModule().Resources[address].Primary.Attributes[attribute], nil
		}
	}
	steps := []resource.TestStep{{ConfigDirectory: config.TestStepDirectory()}}
	for _, attribute := range []string{"id", "client_id", "username", "name"} {
		steps = append(steps, resource.TestStep{
			ConfigDirectory: config.TestStepDirectory(), ResourceName: address, ImportState: true, ImportStateIdFunc: by(attribute),
			// Nobody can read the value of a token again.
			ImportStateVerify: true, ImportStateVerifyIgnore: []string{"token", "timeouts"},
		})
	}
	steps = append(steps, resource.TestStep{
		ConfigDirectory: config.TestStepDirectory(), ResourceName: address, ImportState: true, ImportStateId: "tfacc-no-such-token",
		ExpectError: regexp.MustCompile(`(?s)Importing API token "tfacc-no-such-token" failed.*No API token is named`),
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(), CheckDestroy: noTokensLeft(t, tenant, "tfacc-import"), Steps: steps,
	})
}

// TestAccResource_importIdentity imports a token by its identity.
func TestAccResource_importIdentity(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.ImportByIdentity)
	tenant := acctest.NewTenant(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noTokensLeft(t, tenant, "tfacc-identity"),
		Steps: []resource.TestStep{
			{
				ConfigDirectory: config.TestStepDirectory(),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id")),
				},
			},
			{
				ConfigDirectory: config.TestStepDirectory(), ResourceName: address,
				ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity,
			},
		},
	})
}

// TestAccQuery finds a token with terraform query.
func TestAccQuery(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Query)
	tenant := acctest.NewTenant(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noTokensLeft(t, tenant, "tfacc-query"),
		Steps: []resource.TestStep{
			{ConfigDirectory: config.TestStepDirectory()},
			{
				Query: true, // takes its configuration from a string only
				Config: `
					list "atlan_api_token" "test" {
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

// TestAccDataSources finds a token by everything that names it.
func TestAccDataSources(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewTenant(t)
	var checks []statecheck.StateCheck
	for _, source := range []string{"by_id", "by_name", "by_client_id"} {
		same := statecheck.CompareValue(compare.ValuesSame())
		checks = append(checks,
			same.AddStateValue(address, tfjsonpath.New("id")), same.AddStateValue("data.atlan_api_token."+source, tfjsonpath.New("id")),
			statecheck.ExpectKnownValue("data.atlan_api_token."+source, tfjsonpath.New("description"), knownvalue.StringExact("found again")))
	}
	checks = append(checks, statecheck.ExpectKnownOutputValue("names", knownvalue.ListPartial(map[int]knownvalue.Check{1: knownvalue.StringExact("tfacc-data")})))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: tenant.Factories(),
		CheckDestroy:             noTokensLeft(t, tenant, "tfacc-data"),
		Steps:                    []resource.TestStep{{ConfigDirectory: config.TestStepDirectory(), ConfigStateChecks: checks}},
	})
}

// TestAccEphemeral uses a token during a run and finds it deleted afterwards.
func TestAccEphemeral(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewTenant(t)
	resource.Test(t, resource.TestCase{
		CheckDestroy: noTokensLeft(t, tenant, "tfacc-ephemeral"),
		Steps: []resource.TestStep{{
			ProtoV6ProviderFactories: tenant.Factories(),
			ConfigDirectory:          config.TestStepDirectory(),
			ConfigStateChecks: []statecheck.StateCheck{
				echoed("name", knownvalue.StringRegexp(regexp.MustCompile(`^tfacc-ephemeral-[0-9a-f]{8}$`))),
				echoed("username", knownvalue.StringRegexp(regexp.MustCompile(`^service-account-apikey-`))),
				echoed("length", knownvalue.NotNull()),
			},
			Check: noTokensLeft(t, tenant, "tfacc-ephemeral"),
		}},
	})
}

func echoed(key string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("echo.test", tfjsonpath.New("data").AtMapKey(key), value)
}
