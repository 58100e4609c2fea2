// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// faultSteps are the steps of a token's life that requests can fail in.
func faultSteps() map[string]acctest.FaultStep {
	steps := acctest.LifeSteps(tokens("ci"), map[string]any{
		"description": "changed", "persona_qualified_names": []string{sandbox.SeedPersonaQualifiedName},
		"validity_seconds": 7200, "rotation_triggers": map[string]string{"a": "b"}, "rotate_before_expiry": "24h",
	})
	renamed := tokens("ci")
	renamed["ci"].Attributes["name"] = "renamed"
	steps["change_name"] = acctest.FaultStep{Before: renamed, After: tokens("ci")}
	steps["several"] = acctest.FaultStep{Before: tokens("a"), After: tokens("a", "b", "c")}
	return steps
}

// namesake is a token of somebody else, made between the failure and the next apply.
const namesake = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0e00"

// faultMatrix knows tokens by their display names, which are those of their blocks.
var faultMatrix = acctest.FaultMatrix{
	Object: "API token",
	Existing: func(tenant *sandbox.Tenant) map[string]string {
		names := map[string]string{}
		for _, token := range tenant.State().APITokens {
			names[token.GUID] = strings.Replace(token.DisplayName, "renamed", "ci", 1)
		}
		delete(names, namesake)
		return names
	},
	// What recovery looks for by its name, somebody else has as well.
	Meanwhile: func(t testing.TB, tenant *sandbox.Tenant) {
		t.Helper()
		tenant.AddAPIToken(sandbox.APIToken{GUID: namesake, DisplayName: "ci"})
	},
	Check: func(t *testing.T, tenant *sandbox.Tenant, workspace *acctest.Workspace, block string) {
		t.Helper()
		secret, ok := workspace.Attribute(block, "token").(string)
		if !ok || !tenant.Authenticates(secret) {
			t.Errorf("the token of %s in the state does not authenticate", block)
		}
	},
}

// TestFaults lets every request of every step fail in every way, once and for as long as the step lasts, and applies
// again, as a user would.
func TestFaults(t *testing.T) {
	t.Parallel()
	faultMatrix.Run(t, faultSteps())
}

// TestFaultsOfCreation lets the creation fail, and what is done about it too.
func TestFaultsOfCreation(t *testing.T) {
	t.Parallel()
	for _, first := range acctest.FaultKinds() {
		for _, second := range acctest.FaultKinds() {
			for _, method := range []string{http.MethodGet, http.MethodDelete, http.MethodPost} {
				first, second := first, second
				first.Method, first.Path, first.Nth = http.MethodPost, "/api/service/apikeys", 1
				second.Method, second.Path, second.Times, second.Nth = method, "/api/service/*", 2, 1
				if method != http.MethodDelete {
					second.Nth = 2 // the first GET is before the creation, the first POST is the creation
				}
				faultMatrix.Case(t, "create", acctest.FaultStep{After: tokens("ci")}, first, second)
			}
		}
	}
}

// tokens is a configuration of tokens of these names.
func tokens(names ...string) map[string]acctest.Block {
	blocks := map[string]acctest.Block{}
	for _, name := range names {
		blocks[name] = acctest.Block{Type: "atlan_api_token", Attributes: map[string]any{"name": name}}
	}
	return blocks
}

// with is the configuration with one argument set on every token.
func with(blocks map[string]acctest.Block, attribute string, value any) map[string]acctest.Block {
	for _, block := range blocks {
		block.Attributes[attribute] = value
	}
	return blocks
}
