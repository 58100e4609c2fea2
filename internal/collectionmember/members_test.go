// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember_test

import (
	"slices"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// member is a configuration of one member, "ci", of the seed's collection.
func member(kind, name, role string) map[string]acctest.Block {
	return map[string]acctest.Block{"ci": {Type: resourceType, Attributes: map[string]any{
		"collection_qualified_name": sandbox.SeedCollectionQualifiedName, kind: name, "role": role,
	}}}
}

// with is the configuration with one argument set on every member.
func with(blocks map[string]acctest.Block, attribute string, value any) map[string]acctest.Block {
	for _, block := range blocks {
		block.Attributes[attribute] = value
	}
	return blocks
}

// byID is the configuration that names the collection by its GUID.
func byID(blocks map[string]acctest.Block, guid string) map[string]acctest.Block {
	return with(with(blocks, "collection_qualified_name", nil), "collection_id", guid)
}

// newWorkspace has a provider that acts as the collection's creator where it has to.
func newWorkspace(t *testing.T, tenant *acctest.Tenant) *acctest.Workspace {
	t.Helper()
	return acctest.NewWorkspace(t, tenant.Provider(asUser(tenant)))
}

// apply applies the configuration and fails the test if that fails.
func apply(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block) {
	t.Helper()
	if failed := workspace.Apply(config); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
}

// expectPlan checks action and changed attributes of the member "ci".
func expectPlan(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block, action acctest.Action, changed ...string) {
	t.Helper()
	step := workspace.Plan(config)["ci"]
	if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
	if step.Action != action || !slices.Equal(step.Changed, changed) {
		t.Errorf("planned %s of %v, want %s of %v", step.Action, step.Changed, action, changed)
	}
}

func edit(t *testing.T, tenant *acctest.Tenant, lists map[string][]string) {
	t.Helper()
	if err := tenant.Sandbox.EditEntity(sandbox.SeedCollectionGUID, func(e *sandbox.Entity) {
		for name, list := range lists {
			e.Attributes[name] = list
		}
	}); err != nil {
		t.Fatal(err)
	}
}

// setFault makes all requests fail in one way.
func setFault(t *testing.T, tenant *acctest.Tenant, fault sandbox.Fault) {
	t.Helper()
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{fault}); err != nil {
		t.Fatal(err)
	}
}
