// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// changes are what an update has to do. The plan and the update find them in the same way.
type changes struct {
	// inputs: the workflow gets a new version.
	inputs bool
	// login: the credential is to be sent; vault: as a new one, since the workflow has none of its own.
	login, vault bool
	// owns: the workflow has a credential of its own.
	owns bool
	// schedule: it changes, or the triggers that the tenant has are not what is configured.
	schedule bool
	// run: a run is to be started; await: one that was started is to be waited for.
	run, await bool
}

// compare finds what an update from state to plan has to do.
func (r *Resource) compare(ctx context.Context, plan, state Form, mem *memory) changes {
	a, b := plan.Shared(), state.Shared()
	c := changes{inputs: !r.sameInAtlan(plan, state)}
	if login := r.login(plan, nil); login != nil {
		c.compareLogin(login, r.login(state, nil), b, mem, r.packaged(b))
	} else {
		c.inputs = c.inputs || !a.CredentialGUID.IsUnknown() && !a.CredentialGUID.Equal(b.CredentialGUID)
	}
	c.schedule = a.Schedule.IsUnknown() || len(mem.Stale) > 0 || !sameSchedule(a.schedule(ctx), b.schedule(ctx))
	c.run, c.await = runsFor(a, b, mem, c.inputs || c.login)
	if r.packaged(b) { // of which the schedule is a part
		c.inputs = c.inputs || c.schedule
	}
	if c.vault && !c.login {
		c.vault, c.login = c.inputs, c.inputs
	}
	return c
}

// compareLogin finds what has to be done about the credential. Of a workflow that the tenant has never shown, nobody knows
// which one it has: it goes along anew when anything else changes.
func (c *changes) compareLogin(login, had *Login, before *Common, mem *memory, packaged bool) {
	c.vault, c.owns = mem.Vaulted == "", mem.Vaulted != ""
	hidden := c.vault && packaged && mem.Owns && !mem.Shown
	c.login = c.vault && !hidden || !login.equal(had)
	c.inputs = c.inputs || c.login && c.vault || before.CredentialGUID.ValueString() != mem.Vaulted
}

func sameSchedule(one, other *atlan.AppSchedule) bool {
	if one == nil || other == nil {
		return one == other
	}
	return *one == *other
}

// runsFor tells whether an update starts a run, or waits for one that was started before.
func runsFor(plan, state *Common, mem *memory, changed bool) (run, await bool) {
	when := plan.Run.ValueString()
	if when == runNever {
		return false, false
	}
	status := state.RunStatus.ValueString()
	ended := atlan.AppRun{Status: status}
	unfinished := plan.Wait.ValueBool() && status != "" && !ended.Ended()
	failed := plan.Wait.ValueBool() && ended.Ended() && !ended.Succeeded()
	run = changed && when == runOnChange || mem.RunDue || failed || plan.Run.IsUnknown()
	return run, unfinished && !run
}

// expect sets what the plan says of computed attributes.
func (c changes) expect(m *Common, mem *memory) {
	if !m.Version.IsNull() && (c.inputs || c.schedule) { // something has to differ for the triggers to be put right
		m.Version = types.Int64Unknown()
	}
	switch {
	case c.vault:
		m.CredentialGUID = types.StringUnknown()
	case c.owns:
		m.CredentialGUID = types.StringValue(mem.Vaulted)
	}
	m.expectRun(c.run, c.await)
}

// expectRun sets what the plan says of a run.
func (m *Common) expectRun(run, await bool) {
	if run {
		m.RunID, m.RunStatus = types.StringUnknown(), types.StringNull()
	}
	if (run || await) && (m.Wait.ValueBool() || m.Wait.IsUnknown()) {
		m.RunStatus = types.StringUnknown()
	}
}
