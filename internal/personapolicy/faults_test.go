// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// faultSteps are the steps of a policy's life that requests can fail in.
func (k kind) faultSteps() map[string]acctest.FaultStep {
	changes := map[string]any{
		"description": "changed", "allow": false, "persona_id": otherPersona, k.assets: []string{production + "/SALES", production + "/HR"},
	}
	if k.has("actions") {
		changes["actions"] = []string{"entity-update", "entity-create"}
	}
	if !k.has("connection_qualified_name") {
		changes[k.assets] = []string{sandbox.SeedGlossaryQualifiedName, otherGlossary}
	}
	steps := acctest.LifeSteps(k.policies("ci"), changes)
	steps["change_name"] = acctest.FaultStep{Before: with(k.policies("ci"), "name", "renamed"), After: k.policies("ci")}
	steps["several"] = acctest.FaultStep{Before: k.policies("a"), After: k.policies("a", "b", "c")}
	if k.has("connection_qualified_name") {
		elsewhere := with(with(k.policies("ci"), "connection_qualified_name", development), k.assets, []string{development})
		steps["change_connection_qualified_name"] = acctest.FaultStep{Before: elsewhere, After: k.policies("ci")}
		byID := with(without(elsewhere, "connection_qualified_name"), "connection_id", sandbox.SeedDevelopmentGUID)
		steps["change_connection_id"] = acctest.FaultStep{
			Before: byID, After: with(without(k.policies("ci"), "connection_qualified_name"), "connection_id", sandbox.SeedProductionGUID),
		}
	}
	return steps
}

const (
	// neighbour is a policy of somebody else in the same persona, made between the failure and the next apply.
	neighbour = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0e00"
	// otherPersona is a second persona of every tenant in which requests fail, and otherGlossary a second glossary.
	otherPersona  = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0f00"
	otherGlossary = "OtherGlossary000000001"
)

// faultMatrix knows policies by their names, which are those of their blocks.
func faultMatrix(surface string) acctest.FaultMatrix {
	return acctest.FaultMatrix{
		Object:  "policy",
		Options: func(options *sandbox.Options) { options.PersonaAPI = surface },
		Prepare: func(t testing.TB, tenant *acctest.Tenant) {
			t.Helper()
			tenant.GrantConnections(t)
			tenant.Sandbox.AddEntity(sandbox.Entity{GUID: otherPersona, TypeName: "Persona", Attributes: map[string]any{
				"name": "Other", "displayName": "Other", "isAccessControlEnabled": true,
			}})
			tenant.Sandbox.AddEntity(sandbox.Entity{TypeName: "AtlasGlossary", Attributes: map[string]any{"name": "Other", "qualifiedName": otherGlossary}})
		},
		Existing: func(tenant *sandbox.Tenant) map[string]string {
			names := map[string]string{}
			for _, policy := range tenant.State().Policies {
				if policy.Status == "ACTIVE" {
					names[policy.GUID] = strings.Replace(policy.Text("name"), "renamed", "ci", 1)
				}
			}
			delete(names, neighbour)
			return names
		},
		// On the older API, policies are changed by writing all those of the persona.
		Meanwhile: func(t testing.TB, tenant *sandbox.Tenant) {
			t.Helper()
			for _, policy := range tenant.State().Policies {
				if policy.GUID == sandbox.SeedProductionPolicyGUID {
					policy.GUID, policy.Attributes["name"], policy.Attributes["qualifiedName"] = neighbour, "another", policy.Text("qualifiedName")+"-"
					tenant.AddEntity(policy)
				}
			}
		},
	}
}

// TestFaults lets every request of every step fail in every way, once and for as long as the step lasts, and applies
// again, as a user would. The kinds of policies share one engine: what differs is what they send.
func TestFaults(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		matrix := faultMatrix(surface)
		if kind.name != metadata.name {
			matrix.OneIn = 8
		}
		matrix.Run(t, kind.faultSteps())
	})
}

// without is the configuration without one argument.
func without(blocks map[string]acctest.Block, attribute string) map[string]acctest.Block {
	changed := with(blocks, attribute, nil)
	for _, block := range changed {
		delete(block.Attributes, attribute)
	}
	return changed
}

// managedPolicies are the tenant's living policies but for those of the seed, which must still be there.
func managedPolicies(tenant *acctest.Tenant) []sandbox.Entity {
	seeded := []string{sandbox.SeedProductionPolicyGUID, sandbox.SeedDevelopmentPolicyGUID}
	found := 0
	managed := slices.DeleteFunc(tenant.Sandbox.State().Policies, func(policy sandbox.Entity) bool {
		if slices.Contains(seeded, policy.GUID) && policy.Status == "ACTIVE" {
			found++
		}
		return policy.Status != "ACTIVE" || slices.Contains(seeded, policy.GUID)
	})
	if found != len(seeded) {
		return nil // somebody else's policy is gone, which no count of ours can match
	}
	return managed
}
