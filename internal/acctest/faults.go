// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// FaultStep is a step of an object's life that requests can fail in: what stands before, and what is applied.
type FaultStep struct {
	Before, After map[string]Block
	// Import takes what Before made into an empty state, by its id, in place of applying After.
	Import bool
}

// FaultMatrix lets requests of a step fail, and applies again as a user would. [FaultMatrix.Run] is the way into the
// fault campaign, which "make faults" runs as a whole and the tests of every package as a sample.
type FaultMatrix struct {
	// Object is what every error must name, such as "API token".
	Object string
	// Options of the tenant.
	Options func(*sandbox.Options)
	// Prepare changes a new tenant, such as by granting rights; nil for nothing.
	Prepare func(testing.TB, *Tenant)
	// Client changes the client of the provider; nil for nothing.
	Client func(*Tenant) func(*atlan.Config)
	// Existing are the objects on the tenant, each by its id with the name of the block that it belongs to.
	Existing func(*sandbox.Tenant) map[string]string
	// Mine takes what the objects have changed out of what they were made on, such as the principal of a grant out of the
	// connection; nil for nothing. What is left must stay as it was. The kind is that of the tenant's state.
	Mine func(kind string, object map[string]any)
	// Meanwhile is what somebody else does between the failure and the next apply, which must stay; nil for nothing.
	Meanwhile func(testing.TB, *sandbox.Tenant)
	// Later is what happens on the tenant by itself between the failure and the next apply; nil for nothing.
	Later func(*sandbox.Tenant)
	// OneIn thins the campaign out where another matrix goes through the same code: one in so many cases is run; 0 for all.
	OneIn int
	// Resumed tells that a creation which failed is resumed by the next apply, rather than remembered by the state.
	Resumed bool
	// LastWriterWins tells that what the tenant saves late, when the client has stopped waiting, replaces what was saved since:
	// the next apply makes that good.
	LastWriterWins bool
	// Check looks at a block's object on the tenant when all has been put right; nil for no further check.
	Check func(t *testing.T, tenant *sandbox.Tenant, workspace *Workspace, block string)
}

// hurried is the client's patience with one request where the tenant is slower than that.
const hurried = 100 * time.Millisecond

// faultCase is one run of a step.
type faultCase struct {
	FaultMatrix
	t      *testing.T
	step   FaultStep
	tenant *Tenant
	seeded map[string]string
	ids    map[string]string // of what an import takes over, by block
}

// Test lets one step fail. No object may be forgotten; an apply that reports success must have made what is configured; and
// applying again must give what is configured and nothing else, without undoing what others did.
func (m FaultMatrix) Test(t *testing.T, step FaultStep, faults ...sandbox.Fault) {
	t.Helper()
	c := m.begin(t, step)
	others := c.others()
	workspace := NewWorkspace(t, c.provider(faults...))
	if !step.Import {
		workspace.Adopt(c.before())
	} else {
		c.before()
	}

	must(t, c.tenant.Sandbox.SetFaults(faults))
	failed := c.run(workspace)
	must(t, c.tenant.Sandbox.SetFaults(nil))
	c.tenant.Settle()
	c.checkErrors(failed, workspace, faults)
	if len(failed) == 0 && (!m.LastWriterWins || !late(faults)) {
		c.checkSaved(workspace)
	}
	if !step.Import && !m.Resumed {
		c.checkKnown(workspace, failed)
	}
	if m.Meanwhile != nil {
		before := c.others()
		m.Meanwhile(t, c.tenant.Sandbox)
		for key, now := range c.others() {
			if now != before[key] {
				others[key] = now
			}
		}
	}
	if m.Later != nil {
		m.Later(c.tenant.Sandbox)
	}

	// The next run is another process, which remembers nothing but the state.
	workspace = NewWorkspace(t, c.provider()).Adopt(workspace)
	if again := c.run(workspace); len(again) > 0 {
		t.Fatalf("applying again: %s\nafter: %s", Texts(again), Texts(failed))
	}
	c.checkConverged(workspace, others)
}

func (m FaultMatrix) begin(t *testing.T, step FaultStep) *faultCase {
	t.Helper()
	c := &faultCase{FaultMatrix: m, t: t, step: step, ids: map[string]string{}}
	c.tenant = NewSandbox(t, func(options *sandbox.Options) {
		if m.Options != nil {
			m.Options(options)
		}
	})
	if m.Prepare != nil {
		m.Prepare(t, c.tenant)
	}
	c.seeded = m.Existing(c.tenant.Sandbox)
	return c
}

// provider is patient with short pauses, but where the tenant is slow for longer than the client waits.
func (c *faultCase) provider(faults ...sandbox.Fault) func() (tfprotov6.ProviderServer, error) {
	return c.tenant.Provider(func(config *atlan.Config) {
		config.RetryWait = time.Millisecond
		if late(faults) {
			config.RequestTimeout = hurried
		}
		if c.Client != nil {
			c.Client(c.tenant)(config)
		}
	})
}

// late tells whether the tenant acts when the client has stopped waiting.
func late(faults []sandbox.Fault) bool {
	return slices.ContainsFunc(faults, func(fault sandbox.Fault) bool { return time.Duration(fault.For) > hurried })
}

// before applies what stands before the step.
func (c *faultCase) before() *Workspace {
	c.t.Helper()
	workspace := NewWorkspace(c.t, c.provider())
	if failed := workspace.Apply(c.step.Before); len(failed) > 0 {
		c.t.Fatalf("preparing: %s", Texts(failed))
	}
	for name := range c.step.Before {
		c.ids[name], _ = workspace.Attribute(name, "id").(string)
	}
	return workspace
}

// run does what the step is about.
func (c *faultCase) run(workspace *Workspace) []*tfprotov6.Diagnostic {
	c.t.Helper()
	if !c.step.Import {
		return workspace.Apply(c.step.After)
	}
	var failed []*tfprotov6.Diagnostic
	for _, name := range slices.Sorted(maps.Keys(c.step.Before)) {
		if workspace.Instance(name) == nil {
			failed = append(failed, Errors(workspace.Import(name, c.step.Before[name].Type, c.ids[name]))...)
		}
	}
	return failed
}

// objects are those that the step manages, as the tenant has them.
func (c *faultCase) objects() map[string]string {
	all := c.Existing(c.tenant.Sandbox)
	maps.DeleteFunc(all, func(id, _ string) bool { return c.seeded[id] != "" })
	return all
}

func (c *faultCase) configured() map[string]Block {
	if c.step.Import {
		return c.step.Before
	}
	return c.step.After
}

// checkSaved looks whether the tenant has what a step that reported success has stored in the state.
func (c *faultCase) checkSaved(workspace *Workspace) {
	c.t.Helper()
	refreshed := NewWorkspace(c.t, c.provider()).Adopt(workspace)
	c.checkEmptyPlan(refreshed, "an apply that reported success")
	for name, instance := range workspace.instances {
		if found := refreshed.Instance(name); found != nil {
			for _, attribute := range changed(c.t, instance.Value, found.Value) {
				if !workspace.mayFollow(instance, attribute) {
					c.t.Errorf("the state of %s is not what the tenant has: %s differs", name, attribute)
				}
			}
		}
	}
}

// checkKnown looks whether the state knows of every object, by its id or as a creation of unknown outcome.
func (c *faultCase) checkKnown(workspace *Workspace, failed []*tfprotov6.Diagnostic) {
	c.t.Helper()
	for id, name := range c.objects() {
		if workspace.Instance(name) != nil {
			if known := workspace.Attribute(name, "id"); known == nil || known == id {
				continue
			}
		}
		c.t.Errorf("the state does not know of %s (%s)\n%s", name, id, Texts(failed))
	}
}

func (c *faultCase) checkConverged(workspace *Workspace, others map[string]string) {
	c.t.Helper()
	names := slices.Sorted(maps.Values(c.objects()))
	if want := slices.Sorted(maps.Keys(c.configured())); !slices.Equal(names, want) {
		c.t.Errorf("the tenant has %v, configured are %v", names, want)
	}
	for id, name := range c.seeded {
		if c.Existing(c.tenant.Sandbox)[id] == "" {
			c.t.Errorf("%s (%s), which is somebody else's, is gone", name, id)
		}
	}
	now := c.others()
	for key, was := range others {
		if now[key] != was {
			c.t.Errorf("what somebody else has set was changed:\n%s\n%s", was, now[key])
		}
	}
	if c.Check != nil && !c.step.Import {
		for name := range c.step.After {
			c.Check(c.t, c.tenant.Sandbox, workspace, name)
		}
	}
	c.checkEmptyPlan(workspace, "recovery")
}

func (c *faultCase) checkEmptyPlan(workspace *Workspace, after string) {
	c.t.Helper()
	for name, planned := range workspace.Plan(c.configured()) {
		if failed := Errors(planned.Diagnostics); planned.Action != NoOp || len(failed) > 0 {
			c.t.Errorf("the plan after %s is not empty: %s of %s (%v) %s", after, planned.Action, name, planned.Changed, Texts(failed))
		}
	}
}
