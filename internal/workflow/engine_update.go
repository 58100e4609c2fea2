// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// Update implements resource.Resource. Each of its steps may be done again; what is done when a later one fails is either
// read back by the next refresh, or remembered.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, state, config := r.Kind.New(), r.Kind.New(), r.Kind.New()
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	mem, diags := readMemory(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	m := plan.Shared()
	timeout, diags := m.Timeouts.Update(ctx, operationTimeout(m))
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	defer func() { resp.Diagnostics.Append(mem.store(ctx, resp.Private)...) }()
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: m.ID})...)

	c := r.compare(ctx, plan, state, mem)
	done := r.change(ctx, c, plan, state, config, mem, &resp.Diagnostics)
	if !done {
		// The next refresh reads the rest. It does not see schedules.
		kept := state.Shared()
		if mem.Trigger != "" {
			kept.Schedule = m.Schedule
		}
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		return
	}
	var err error
	switch {
	case c.run:
		m.RunID, m.RunStatus = types.StringNull(), types.StringNull()
		err = r.start(ctx, m, mem)
	case c.await:
		m.RunStatus = state.Shared().RunStatus
		err = r.await(ctx, m)
	}
	if err != nil {
		r.addRunTrouble(&resp.Diagnostics, m, false, err)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// change makes the changes up to the run, and tells whether all were made.
func (r *Resource) change(
	ctx context.Context, c changes, plan, state, config Form, mem *memory, diags *diag.Diagnostics,
) bool {
	m, before := plan.Shared(), state.Shared()
	if c.inputs || c.login {
		if !r.publish(ctx, c, plan, before, config, mem, diags) {
			return false
		}
	}
	if m.Version.IsUnknown() {
		m.Version = before.Version
	}
	m.settle()
	if c.schedule || c.inputs && mem.Trigger != "" {
		if err := r.reschedule(ctx, m, mem); err != nil {
			tfx.AddAPIError(diags, "Scheduling "+r.describe(m), err, rightHint, tfx.Hint{Lost: "Atlan does not show schedules: the workflow may have one more " +
				"than " +
				"Terraform knows of. Look at its schedules in Atlan, and remove what is too much."})
			return false
		}
	}
	return true
}

// publish sends the credential and the inputs, as far as they have changed.
func (r *Resource) publish(ctx context.Context, c changes, plan Form, before *Common, config Form, mem *memory, diags *diag.Diagnostics) bool {
	m := plan.Shared()
	doing := "Updating " + r.describe(m)
	d := r.prepare(ctx, plan, config, diags)
	if d == nil {
		return false
	}
	if (c.login || !m.CredentialGUID.Equal(before.CredentialGUID)) && m.TestAuthentication.ValueBool() && !r.testAuthentication(ctx, plan, d, diags) {
		return false
	}
	mem.RunDue = mem.RunDue || c.run
	if c.login && !c.vault {
		gone, err := r.replaceCredential(ctx, mem, d)
		if err != nil {
			tfx.AddAPIError(diags, doing, err, rightHint)
			return false
		}
		c.vault, c.inputs = gone, c.inputs || gone
	}
	input := d.input(ctx, m)
	if c.inputs {
		if c.vault {
			input.Credential = d.credential
			mem.Vaulted = ""
			m.CredentialGUID = types.StringNull()
		}
		version, err := r.of(m).Update(ctx, m.ID.ValueString(), input)
		if err != nil {
			tfx.AddAPIError(diags, doing, err, rightHint)
			return false
		}
		m.Version = versionOf(version)
	}
	mem.Keys = d.document.Keys
	if c.login {
		mem.rememberSecret(r.login(plan, config))
	}
	r.look(ctx, plan, mem, input)
	return true
}

// replaceCredential replaces what the workflow's credential holds. It tells whether the credential is gone.
func (r *Resource) replaceCredential(ctx context.Context, mem *memory, d *draft) (gone bool, err error) {
	if d.credential == nil {
		return false, nil
	}
	stored, err := r.Client.Credentials.Get(ctx, mem.Vaulted)
	if errors.Is(err, atlan.ErrNotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	raw := *d.credential
	raw.Name = stored.Name
	err = r.Client.Credentials.Update(ctx, mem.Vaulted, raw)
	if errors.Is(err, atlan.ErrNotFound) {
		return true, nil
	}
	return false, err
}

// reschedule gives the workflow the schedule that is configured, and takes away the one that it had: schedules cannot be
// changed, and whether they follow a new version is not known (pyatlan client/app.py). The new one comes first. That of a
// package's workflow is part of it.
func (r *Resource) reschedule(ctx context.Context, m *Common, mem *memory) error {
	if r.packaged(m) {
		return nil
	}
	wanted := m.schedule(ctx)
	if mem.Trigger != "" {
		mem.Stale, mem.Trigger = append(mem.Stale, mem.Trigger), ""
	}
	if wanted != nil {
		added, err := r.Client.AppWorkflows.AddSchedule(ctx, m.ID.ValueString(), *wanted)
		if err != nil {
			return err
		}
		mem.Trigger = added.TriggerID
	}
	for len(mem.Stale) > 0 {
		if err := r.Client.AppWorkflows.DeleteSchedule(ctx, m.ID.ValueString(), mem.Stale[0]); err != nil {
			return err
		}
		mem.Stale = mem.Stale[1:]
	}
	return nil
}

// Delete implements resource.Resource.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := r.Kind.New()
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	m := state.Shared()
	timeout, diags := m.Timeouts.Delete(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	mem, diags := readMemory(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	slugs := []string{m.ID.ValueString()}
	var err error
	if m.ID.IsNull() {
		slugs, err = r.findLost(ctx, m, req.Private)
	}
	for _, slug := range slugs {
		if err == nil {
			err = r.archive(ctx, m, slug, mem)
		}
	}
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Archiving "+r.describe(m), err, rightHint)
		return
	}
	if !m.ID.IsNull() {
		r.tellWhatStays(m, mem, &resp.Diagnostics)
	}
}

// archive removes the schedule as well: whether that of an archived workflow stops is not known.
func (r *Resource) archive(ctx context.Context, m *Common, slug string, mem *memory) error {
	for _, trigger := range append(mem.Stale, mem.Trigger) {
		if trigger == "" {
			continue
		}
		if err := r.Client.AppWorkflows.DeleteSchedule(ctx, slug, trigger); err != nil {
			return err
		}
	}
	return r.of(m).Archive(ctx, slug)
}

func (r *Resource) tellWhatStays(m *Common, mem *memory, diags *diag.Diagnostics) {
	var stays []string
	if qualifiedName := m.ConnectionQualifiedName.ValueString(); qualifiedName != "" {
		stays = append(stays, fmt.Sprintf("the connection %s and the assets in it, if the workflow has run", qualifiedName))
	}
	if mem.Vaulted != "" {
		stays = append(stays, fmt.Sprintf("the credential %s in the vault", mem.Vaulted))
	}
	if len(stays) > 0 {
		diags.AddWarning("The workflow was archived; what it made stays", fmt.Sprintf("Of the %s, Atlan keeps %s. Remove it in Atlan if it is not wanted any "+
			"more.",
			r.describe(m), strings.Join(stays, ", and ")))
	}
}
