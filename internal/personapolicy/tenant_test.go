// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// kind is a kind of policy, as the tests configure it.
type kind struct {
	name, typeName, subCategory string
	// assets is the name of the attribute with the assets.
	assets string
	// least is what must be configured besides persona and name.
	least map[string]any
}

var kinds = []kind{
	{"metadata", "atlan_persona_metadata_policy", "metadata", "assets", map[string]any{
		"actions": []string{"entity-read"}, "assets": []string{production}, "connection_qualified_name": production,
	}},
	{"data", "atlan_persona_data_policy", "data", "assets", map[string]any{
		"assets": []string{production}, "connection_qualified_name": production,
	}},
	{"glossary", "atlan_persona_glossary_policy", "glossary", "glossary_qualified_names", map[string]any{
		"actions": []string{"entity-update"}, "glossary_qualified_names": []string{sandbox.SeedGlossaryQualifiedName},
	}},
}

var metadata = kinds[0]

const (
	production  = sandbox.SeedProductionQualifiedName
	development = sandbox.SeedDevelopmentQualifiedName
	unknownGUID = "00000000-0000-4000-8000-000000000000"
)

var surfaces = []string{sandbox.SurfacePersonas, sandbox.SurfaceEntities}

// newTenant starts a tenant that serves one surface, or both, and whose API token may manage policies.
func newTenant(t *testing.T, surface string) *acctest.Tenant {
	t.Helper()
	return acctest.NewSandbox(t, func(options *sandbox.Options) { options.PersonaAPI = surface }).GrantConnections(t)
}

// onEach runs a test for every kind of policy on each surface.
func onEach(t *testing.T, test func(t *testing.T, kind kind, surface string)) {
	t.Helper()
	onTenants(t, surfaces, test)
}

// onEachTenant is onEach that also runs on a tenant which serves both surfaces, where the provider has to choose.
func onEachTenant(t *testing.T, test func(t *testing.T, kind kind, surface string)) {
	t.Helper()
	onTenants(t, append(slices.Clone(surfaces), sandbox.SurfaceBoth), test)
}

func onTenants(t *testing.T, served []string, test func(t *testing.T, kind kind, surface string)) {
	t.Helper()
	for _, kind := range kinds {
		for _, surface := range served {
			t.Run(kind.name+"/"+surface, func(t *testing.T) {
				t.Parallel()
				test(t, kind, surface)
			})
		}
	}
}

// policies is a configuration of policies of these names.
func (k kind) policies(names ...string) map[string]acctest.Block {
	blocks := map[string]acctest.Block{}
	for _, name := range names {
		attributes := maps.Clone(k.least)
		attributes["persona_id"], attributes["name"] = sandbox.SeedPersonaGUID, name
		blocks[name] = acctest.Block{Type: k.typeName, Attributes: attributes}
	}
	return blocks
}

func (k kind) has(attribute string) bool {
	_, ok := k.least[attribute]
	return ok
}

// with is the configuration with one argument set on every policy.
func with(blocks map[string]acctest.Block, attribute string, value any) map[string]acctest.Block {
	changed := map[string]acctest.Block{}
	for name, block := range blocks {
		attributes := maps.Clone(block.Attributes)
		attributes[attribute] = value
		changed[name] = acctest.Block{Type: block.Type, Attributes: attributes}
	}
	return changed
}

// apply applies the configuration and fails the test if that fails.
func apply(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block) {
	t.Helper()
	if failed := workspace.Apply(config); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
}

// expectPlan checks action and changed attributes of the policy "test".
func expectPlan(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block, action acctest.Action, changed ...string) acctest.Step {
	t.Helper()
	step := workspace.Plan(config)["test"]
	if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
	slices.Sort(changed)
	if step.Action != action || !slices.Equal(step.Changed, changed) {
		t.Errorf("planned %s of %v, want %s of %v", step.Action, step.Changed, action, changed)
	}
	return step
}

// policiesOf are the living policies of a persona.
func policiesOf(tenant *acctest.Tenant, personaGUID string) []sandbox.Entity {
	return slices.DeleteFunc(tenant.Sandbox.State().Policies, func(policy sandbox.Entity) bool {
		return policy.AccessControl != personaGUID || policy.Status != "ACTIVE"
	})
}

// idOf is the GUID of the policy "test" in the state.
func idOf(t *testing.T, workspace *acctest.Workspace) string {
	t.Helper()
	id, ok := workspace.Attribute("test", "id").(string)
	if !ok {
		t.Fatal("the state knows no id")
	}
	return id
}
