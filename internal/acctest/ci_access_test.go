// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestAccCIAccess applies the guide in which a token, its admin right, a persona and its policy are all new, on tenants
// whose authorizer and index lag behind: one apply, an empty plan, and a destroy that leaves nothing.
func TestAccCIAccess(t *testing.T) {
	t.Parallel()
	const lag = 2 * time.Second
	for _, surface := range []string{sandbox.SurfaceEntities, sandbox.SurfaceBoth} {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, func(options *sandbox.Options) {
				options.RoleLag, options.SearchLag, options.PersonaAPI = lag, lag, surface
			})
			before := tenant.Sandbox.State()
			const admin, policy = "atlan_connection_admin.", "atlan_persona_metadata_policy.ci"
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: tenant.Factories(func(config *atlan.Config) {
					config.UserBearerToken = tenant.Sandbox.Credentials().UserBearerToken
				}),
				Steps: []resource.TestStep{{
					ConfigDirectory: config.StaticDirectory(filepath.Join(repository, "examples/guides/ci-access")),
					ConfigPlanChecks: resource.ConfigPlanChecks{
						PostApplyPreRefresh:  []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
						PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
					},
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue(admin+"terraform", tfjsonpath.New("method_used"), knownvalue.StringExact("user_bearer")),
						statecheck.ExpectKnownValue(admin+"ci", tfjsonpath.New("method_used"), knownvalue.StringExact("direct")),
						statecheck.ExpectKnownValue(policy, tfjsonpath.New("connection_qualified_name"), knownvalue.StringExact(sandbox.SeedProductionQualifiedName)),
					},
				}},
			})
			after := tenant.Sandbox.State()
			if len(after.APITokens) != len(before.APITokens) || len(after.Personas) != len(before.Personas) || len(after.Policies) != len(before.Policies) {
				t.Errorf("left are %d tokens, %d personas and %d policies", len(after.APITokens), len(after.Personas), len(after.Policies))
			}
			for i, connection := range after.Connections {
				if got, want := connection.List("adminUsers"), before.Connections[i].List("adminUsers"); !slices.Equal(got, want) {
					t.Errorf("connection %s has the admins %v, want %v", connection.Text("name"), got, want)
				}
			}
		})
	}
}
