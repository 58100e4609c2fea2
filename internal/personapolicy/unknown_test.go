// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestConnectionByEither plans nothing when the same connection is named by its other identity.
func TestConnectionByEither(t *testing.T) {
	t.Parallel()
	workspace := acctest.NewWorkspace(t, newTenant(t, sandbox.SurfaceEntities).Provider())
	apply(t, workspace, metadata.policies("test"))
	config := with(with(metadata.policies("test"), "connection_qualified_name", nil), "connection_id", sandbox.SeedProductionGUID)
	expectPlan(t, workspace, config, acctest.NoOp)
}

// TestUnknownProvider plans while the provider's configuration is not known yet: the state stays, and nothing is asked.
func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			tenant := newTenant(t, sandbox.SurfaceBoth)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			apply(t, workspace, kind.policies("test"))
			late := workspace.WithUnknownProvider(tenant.Provider())
			tenant.Sandbox.ClearJournal()
			expectPlan(t, late, kind.policies("test"), acctest.NoOp)
			expectPlan(t, late, with(kind.policies("test"), "description", "changed"), acctest.Update, "description")
			if late.Plan(kind.policies("test", "new"))["new"].Action != acctest.Create {
				t.Error("a new policy is not planned")
			}
			if requests := tenant.Sandbox.Journal(); len(requests) > 0 {
				t.Errorf("%d requests were sent", len(requests))
			}
		})
	}
}

// TestNullUnknownEmpty gives every argument nothing, emptiness and a value that is not known yet, as far as it may.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	oneUnknown := []tftypes.Value{tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}
	values := map[string][]any{
		"description": {nil, "", acctest.Unknown}, "allow": {nil, acctest.Unknown},
		"persona_id": {acctest.Unknown}, "name": {acctest.Unknown}, "actions": {acctest.Unknown, oneUnknown}, "assets": {acctest.Unknown, oneUnknown},
		"glossary_qualified_names": {acctest.Unknown, oneUnknown}, "connection_qualified_name": {acctest.Unknown}, "connection_id": {acctest.Unknown},
	}
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		for _, name := range acctest.NewWorkspace(t, newTenant(t, surface).Provider()).AttributeNames(kind.typeName) {
			for _, value := range values[name] {
				t.Run(fmt.Sprintf("%s=%v", name, value), func(t *testing.T) {
					t.Parallel()
					workspace := acctest.NewWorkspace(t, newTenant(t, surface).Provider())
					config := with(kind.policies("test"), name, value)
					if name == "connection_id" {
						config = with(config, "connection_qualified_name", nil)
					}
					if name == "description" || name == "allow" {
						if value != acctest.Unknown {
							apply(t, workspace, config)
							expectPlan(t, workspace, config, acctest.NoOp)
							expectPlan(t, workspace, kind.policies("test"), acctest.NoOp)
							return
						}
					}
					expectPlan(t, workspace, config, acctest.Create)
					apply(t, workspace, kind.policies("test"))
					if failed := acctest.Errors(workspace.Plan(config)["test"].Diagnostics); len(failed) > 0 {
						t.Error(acctest.Texts(failed))
					}
				})
			}
		}
	})
}
