// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// faultSteps are the steps of a policy's life that requests can fail in: what stands before, and what is applied.
func (k kind) faultSteps() map[string]struct{ before, after map[string]acctest.Block } {
	return map[string]struct{ before, after map[string]acctest.Block }{
		"create":  {nil, k.policies("a")},
		"read":    {k.policies("a"), k.policies("a")},
		"update":  {k.policies("a"), with(k.policies("a"), "description", "changed")},
		"replace": {k.policies("a"), with(k.policies("a"), "persona_id", otherPersona)},
		"delete":  {k.policies("a"), nil},
		"several": {k.policies("a"), k.policies("a", "b", "c")},
	}
}

// otherPersona is a second persona of every tenant in which requests fail.
const otherPersona = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0f00"

// TestFaults lets every request of every step fail in every way, once and for as long as the step lasts, and applies
// again, as a user would. The kinds of policies share one engine: what differs is what they send, so that the creation is
// enough for all but the first.
func TestFaults(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		for name, step := range kind.faultSteps() {
			if kind.name != "metadata" && name != "create" {
				continue
			}
			for _, fault := range acctest.FaultKinds() {
				for _, times := range []int{1, 1000} {
					if pointless(fault) || times > 1 && (kind.name != "metadata" || alreadyPermanent(fault)) {
						continue
					}
					for nth := 1; nth <= 6; nth++ {
						fault := fault
						fault.Path, fault.Nth, fault.Times = "/api/*", nth, times
						t.Run(fmt.Sprintf("%s/%s_%d/request_%d_times_%d", name, fault.Kind, fault.Status, nth, times), func(t *testing.T) {
							t.Parallel()
							testFaults(t, surface, step.before, step.after, fault)
						})
					}
				}
			}
		}
	})
}

// pointless faults commit what they then refuse, as no tenant does, or are to the client what 503 is.
func pointless(fault sandbox.Fault) bool {
	refused := fault.Status == http.StatusBadRequest || fault.Status == http.StatusForbidden
	return fault.Kind == sandbox.FaultStatusAfterCommit && refused || fault.Status == http.StatusInternalServerError
}

// alreadyPermanent tells faults that are to the client, when they last, what another kind is: only the pauses are longer.
func alreadyPermanent(fault sandbox.Fault) bool {
	return fault.Kind == sandbox.FaultDelay || fault.Status == http.StatusTooManyRequests || fault.Status == http.StatusBadRequest ||
		fault.Kind == sandbox.FaultStatusAfterCommit
}

func testFaults(t *testing.T, surface string, before, after map[string]acctest.Block, faults ...sandbox.Fault) {
	t.Helper()
	tenant := newTenant(t, surface)
	tenant.Sandbox.AddEntity(sandbox.Entity{GUID: otherPersona, TypeName: "Persona", Attributes: map[string]any{
		"name": "Other", "displayName": "Other", "isAccessControlEnabled": true,
	}})
	workspace := acctest.NewWorkspace(t, tenant.Provider(func(config *atlan.Config) { config.RetryWait = time.Millisecond }))
	if failed := workspace.Apply(before); len(failed) > 0 {
		t.Fatalf("preparing: %s", acctest.Texts(failed))
	}
	if err := tenant.Sandbox.SetFaults(faults); err != nil {
		t.Fatal(err)
	}
	failed := workspace.Apply(after)
	if err := tenant.Sandbox.SetFaults(nil); err != nil {
		t.Fatal(err)
	}
	for _, diagnostic := range failed {
		if !strings.Contains(diagnostic.Summary, "policy") || diagnostic.Detail == "" {
			t.Errorf("an error that does not name the object or the cause: %s", acctest.Texts(failed))
		}
	}
	if forgotten := forgottenPolicies(tenant, workspace); len(forgotten) > 0 {
		t.Errorf("policies that the state does not know of: %v\n%s", forgotten, acctest.Texts(failed))
	}

	// The next run is another process.
	workspace = acctest.NewWorkspace(t, tenant.Provider()).Adopt(workspace)
	if failed := workspace.Apply(after); len(failed) > 0 {
		t.Fatalf("applying again: %s", acctest.Texts(failed))
	}
	if forgotten := forgottenPolicies(tenant, workspace); len(forgotten) > 0 || len(managedPolicies(tenant)) != len(after) {
		t.Errorf("the tenant has %d policies, configured are %d; the state does not know of %v", len(managedPolicies(tenant)), len(after), forgotten)
	}
	for name, step := range workspace.Plan(after) {
		if step.Action != acctest.NoOp {
			t.Errorf("the plan after recovery is not empty: %s of %s (%v)", step.Action, name, step.Changed)
		}
	}
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

// forgottenPolicies are the GUIDs of policies on the tenant that the state does not know of: neither by GUID nor as a
// creation of unknown outcome.
func forgottenPolicies(tenant *acctest.Tenant, workspace *acctest.Workspace) []string {
	var forgotten []string
	for _, policy := range managedPolicies(tenant) {
		name := policy.Text("name")
		if workspace.Instance(name) == nil {
			forgotten = append(forgotten, policy.GUID)
			continue
		}
		if id := workspace.Attribute(name, "id"); id != nil && id != policy.GUID {
			forgotten = append(forgotten, policy.GUID)
		}
	}
	return forgotten
}
