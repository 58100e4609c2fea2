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
	var c changes
	a, b := plan.Shared(), state.Shared()
	login := r.login(plan, nil)
	c.inputs = !r.sameInAtlan(plan, state)
	packaged := r.packaged(b)
	if login != nil {
		c.vault, c.owns = mem.Vaulted == "", mem.Vaulted != ""
		// Of a workflow that the tenant has never shown, nobody knows the credential: it goes along anew when anything changes.
		hidden := c.vault && packaged && mem.Owns && !mem.Shown
		c.login = c.vault && !hidden || !login.equal(r.login(state, nil))
		c.inputs = c.inputs || c.login && c.vault || b.CredentialGUID.ValueString() != mem.Vaulted
	} else {
		c.inputs = c.inputs || !a.CredentialGUID.IsUnknown() && !a.CredentialGUID.Equal(b.CredentialGUID)
	}
	wanted, had := a.schedule(ctx), b.schedule(ctx)
	c.schedule = a.Schedule.IsUnknown() || len(mem.Stale) > 0 || !sameSchedule(wanted, had)
	c.run, c.await = runsFor(a, b, mem, c.inputs || c.login)
	if packaged { // of which the schedule is a part
		c.inputs = c.inputs || c.schedule
	}
	if c.vault && !c.login {
		c.vault, c.login = c.inputs, c.inputs
	}
	return c
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
