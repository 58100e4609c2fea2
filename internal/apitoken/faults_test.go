// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// The steps of a token's life that requests can fail in: what stands before, and what is applied.
var faultSteps = map[string]struct{ before, after map[string]acctest.Block }{
	"create":   {nil, tokens("ci")},
	"read":     {tokens("ci"), tokens("ci")},
	"update":   {tokens("ci"), with(tokens("ci"), "description", "changed")},
	"personas": {tokens("ci"), with(tokens("ci"), "persona_qualified_names", []string{sandbox.SeedPersonaQualifiedName})},
	"replace":  {tokens("ci"), with(tokens("ci"), "validity_seconds", 7200)},
	"delete":   {tokens("ci"), nil},
	"several":  {tokens("a"), tokens("a", "b", "c")},
}

// faultKinds are those of the sandbox, with the statuses that make a difference.
func faultKinds() []sandbox.Fault {
	kinds := []sandbox.Fault{
		{Kind: sandbox.FaultDrop},
		{Kind: sandbox.FaultDropAfterCommit},
		{Kind: sandbox.FaultTruncate},
		{Kind: sandbox.FaultDelay, For: sandbox.Duration(20 * time.Millisecond)},
	}
	for _, status := range []int{
		http.StatusBadRequest, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
	} {
		kinds = append(kinds, sandbox.Fault{Kind: sandbox.FaultStatus, Status: status}, sandbox.Fault{Kind: sandbox.FaultStatusAfterCommit, Status: status})
	}
	return kinds
}

// TestFaults lets every request of every step fail in every way, once and for as long as the step lasts, and applies
// again, as a user would.
func TestFaults(t *testing.T) {
	t.Parallel()
	for name, step := range faultSteps {
		for _, kind := range faultKinds() {
			for _, times := range []int{1, 1000} {
				for nth := 1; nth <= 4; nth++ {
					kind := kind
					kind.Path, kind.Nth, kind.Times = "/api/*", nth, times
					t.Run(fmt.Sprintf("%s/%s_%d/request_%d_times_%d", name, kind.Kind, kind.Status, nth, times), func(t *testing.T) {
						t.Parallel()
						testFaults(t, step.before, step.after, kind)
					})
				}
			}
		}
	}
}

// TestFaultPairs lets the creation fail, and what is done about it too.
func TestFaultPairs(t *testing.T) {
	t.Parallel()
	for _, first := range faultKinds() {
		for _, second := range faultKinds() {
			for _, method := range []string{http.MethodGet, http.MethodDelete, http.MethodPost} {
				first, second := first, second
				first.Method, first.Path = http.MethodPost, "/api/service/apikeys"
				second.Method, second.Path, second.Times = method, "/api/service/*", 2
				if method != http.MethodDelete {
					second.Nth = 2 // the first GET is before the creation, the first POST is the creation
				}
				t.Run(fmt.Sprintf("%s_%d/%s_%s_%d", first.Kind, first.Status, method, second.Kind, second.Status), func(t *testing.T) {
					t.Parallel()
					testFaults(t, nil, tokens("ci"), first, second)
				})
			}
		}
	}
}

func testFaults(t *testing.T, before, after map[string]acctest.Block, faults ...sandbox.Fault) {
	t.Helper()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider(func(config *atlan.Config) { config.RetryWait = time.Millisecond }))
	if failed := workspace.Apply(before); len(failed) > 0 {
		t.Fatalf("preparing: %s", acctest.Texts(failed))
	}
	seeded := len(tenant.Sandbox.State().APITokens) - len(before)

	if err := tenant.Sandbox.SetFaults(faults); err != nil {
		t.Fatal(err)
	}
	failed := workspace.Apply(after)
	if err := tenant.Sandbox.SetFaults(nil); err != nil {
		t.Fatal(err)
	}
	for _, diagnostic := range failed {
		if !strings.Contains(diagnostic.Summary, "API token") || diagnostic.Detail == "" {
			t.Errorf("an error that does not name the object or the cause: %s", acctest.Texts(failed))
		}
	}
	if forgotten := forgottenTokens(tenant, workspace, seeded); len(forgotten) > 0 {
		t.Errorf("tokens that the state does not know of: %v\n%s", forgotten, acctest.Texts(failed))
	}

	if failed := workspace.Apply(after); len(failed) > 0 {
		t.Fatalf("applying again: %s", acctest.Texts(failed))
	}
	if got := len(tenant.Sandbox.State().APITokens) - seeded; got != len(after) {
		t.Errorf("the tenant has %d tokens, configured are %d", got, len(after))
	}
	for name := range after {
		secret, ok := workspace.Attribute(name, "token").(string)
		if !ok || !tenant.Sandbox.Authenticates(secret) {
			t.Errorf("the token of %s in the state does not authenticate", name)
		}
	}
	for name, step := range workspace.Plan(after) {
		if step.Action != acctest.NoOp {
			t.Errorf("the plan after recovery is not empty: %s of %s (%v)", step.Action, name, step.Changed)
		}
	}
}

// forgottenTokens are the GUIDs of tokens on the tenant that the state does not know of: neither by GUID nor as a
// creation of unknown outcome.
func forgottenTokens(tenant *acctest.Tenant, workspace *acctest.Workspace, seeded int) []string {
	var forgotten []string
	for _, token := range tenant.Sandbox.State().APITokens[seeded:] {
		if workspace.Instance(token.DisplayName) == nil {
			forgotten = append(forgotten, token.GUID)
			continue
		}
		if id := workspace.Attribute(token.DisplayName, "id"); id != nil && id != token.GUID {
			forgotten = append(forgotten, token.GUID)
		}
	}
	return forgotten
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
