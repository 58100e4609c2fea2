// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// FaultKinds are those of the sandbox, with the statuses that make a difference.
func FaultKinds() []sandbox.Fault {
	kinds := []sandbox.Fault{
		{Kind: sandbox.FaultDrop},
		{Kind: sandbox.FaultDropAfterCommit},
		{Kind: sandbox.FaultTruncate},
		{Kind: sandbox.FaultDelay, For: sandbox.Duration(20 * time.Millisecond)},
	}
	for _, status := range []int{
		http.StatusBadRequest, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
	} {
		kinds = append(kinds,
			sandbox.Fault{Kind: sandbox.FaultStatus, Status: status}, sandbox.Fault{Kind: sandbox.FaultStatusAfterCommit, Status: status})
	}
	return kinds
}

// FaultStep is a step of an object's life that requests can fail in: what stands before, and what is applied.
type FaultStep struct{ Before, After map[string]Block }

// FaultMatrix lets requests of a step fail, and applies again as a user would.
type FaultMatrix struct {
	// Object is what every error must name, such as "API token".
	Object string
	// Options of the tenant.
	Options func(*sandbox.Options)
	// Existing are the objects on the tenant, each by its GUID with the name of the block that it belongs to.
	Existing func(*sandbox.Tenant) map[string]string
	// Later is what happens on the tenant between the failure and the next apply; nil for nothing.
	Later func(*sandbox.Tenant)
	// Check looks at a block's object on the tenant when all has been put right; nil for no further check.
	Check func(t *testing.T, tenant *sandbox.Tenant, workspace *Workspace, block string)
}

// Run lets each request of every step fail in every way, once and for as long as the step lasts.
func (m FaultMatrix) Run(t *testing.T, steps map[string]FaultStep) {
	t.Helper()
	for name, step := range steps {
		requests := m.requests(t, step)
		for _, kind := range FaultKinds() {
			for _, times := range []int{1, 1000} {
				for nth := 1; nth <= requests; nth++ {
					fault := kind
					fault.Path, fault.Nth, fault.Times = "/api/*", nth, times
					t.Run(fmt.Sprintf("%s/%s_%d/request_%d_times_%d", name, kind.Kind, kind.Status, nth, times), func(t *testing.T) {
						t.Parallel()
						m.Test(t, step, fault)
					})
				}
			}
		}
	}
}

// Test lets one step fail: no object may be forgotten, and applying again must give what is configured and nothing else.
func (m FaultMatrix) Test(t *testing.T, step FaultStep, faults ...sandbox.Fault) {
	t.Helper()
	tenant := NewSandbox(t, m.options)
	workspace := NewWorkspace(t, tenant.Provider(func(config *atlan.Config) { config.RetryWait = time.Millisecond }))
	seeded := m.Existing(tenant.Sandbox)
	objects := func() map[string]string {
		all := m.Existing(tenant.Sandbox)
		maps.DeleteFunc(all, func(guid, _ string) bool { return seeded[guid] != "" })
		return all
	}
	if failed := workspace.Apply(step.Before); len(failed) > 0 {
		t.Fatalf("preparing: %s", Texts(failed))
	}

	must(t, tenant.Sandbox.SetFaults(faults))
	failed := workspace.Apply(step.After)
	must(t, tenant.Sandbox.SetFaults(nil))
	m.checkErrors(t, failed)
	for guid, name := range objects() {
		if !workspace.knows(name, guid) {
			t.Errorf("the state does not know of %s (%s)\n%s", name, guid, Texts(failed))
		}
	}

	if m.Later != nil {
		m.Later(tenant.Sandbox)
	}
	if failed := workspace.Apply(step.After); len(failed) > 0 {
		t.Fatalf("applying again: %s", Texts(failed))
	}
	names := slices.Sorted(maps.Values(objects()))
	if want := slices.Sorted(maps.Keys(step.After)); !slices.Equal(names, want) {
		t.Errorf("the tenant has %v, configured are %v", names, want)
	}
	for name := range step.After {
		if m.Check != nil {
			m.Check(t, tenant.Sandbox, workspace, name)
		}
	}
	for name, planned := range workspace.Plan(step.After) {
		if planned.Action != NoOp {
			t.Errorf("the plan after recovery is not empty: %s of %s (%v)", planned.Action, name, planned.Changed)
		}
	}
}

// requests counts what the step takes when nothing fails.
func (m FaultMatrix) requests(t *testing.T, step FaultStep) int {
	t.Helper()
	tenant := NewSandbox(t, m.options)
	workspace := NewWorkspace(t, tenant.Provider())
	failed := workspace.Apply(step.Before)
	tenant.Sandbox.ClearJournal()
	if failed = append(failed, workspace.Apply(step.After)...); len(failed) > 0 {
		t.Fatalf("without any fault: %s", Texts(failed))
	}
	return len(tenant.Sandbox.Journal())
}

func (m FaultMatrix) options(options *sandbox.Options) {
	if m.Options != nil {
		m.Options(options)
	}
}

func (m FaultMatrix) checkErrors(t *testing.T, failed []*tfprotov6.Diagnostic) {
	t.Helper()
	for _, diagnostic := range failed {
		if !strings.Contains(strings.ToLower(diagnostic.Summary), strings.ToLower(m.Object)) || diagnostic.Detail == "" {
			t.Errorf("an error that does not name the object or the cause: %s", Texts(failed))
		}
	}
}

// knows tells whether the state knows of an object, by GUID or as a creation of unknown outcome.
func (w *Workspace) knows(name, guid string) bool {
	if w.Instance(name) == nil {
		return false
	}
	id := w.Attribute(name, "id")
	return id == nil || id == guid
}
