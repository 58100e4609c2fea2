// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// Read implements resource.Resource.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state := r.Kind.New()
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	m := state.Shared()
	timeout, diags := m.Timeouts.Read(ctx, tfx.OperationTimeout)
	resp.Diagnostics.Append(diags...)
	// Older CLIs keep no identity, and every answer must have one: also that of a provider whose configuration is unknown,
	// which leaves the state as it is.
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: types.StringValue(m.ID.ValueString())})...)
	mem, diags := readMemory(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || r.Client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	found, err := r.find(ctx, m, req.Private)
	switch {
	case errors.Is(err, atlan.ErrNotFound) && r.packaged(m) && !mem.Shown:
		return // it has never run, or not for long: the tenant does not show it yet
	case errors.Is(err, atlan.ErrNotFound):
		resp.Diagnostics.Append(r.gone(m))
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		tfx.AddAPIError(&resp.Diagnostics, "Reading "+r.describe(m), err, rightHint)
		return
	}
	if m.ID.IsNull() {
		resp.Diagnostics.AddWarning(fmt.Sprintf("The interrupted creation made the %s", r.Kind.Noun), fmt.Sprintf("Whether an earlier apply created %s was "+
			"unknown. "+
			"It did (%s). Terraform has marked the resource as tainted and replaces it; to keep the workflow, run terraform untaint "+
			"first.", r.describe(m), found.Slug))
	}
	m.ID = types.StringValue(found.Slug)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: m.ID})...)
	if err := r.takeAll(ctx, state, mem, found, &resp.Diagnostics); err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Reading "+r.describe(m), err, rightHint)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	resp.Diagnostics.Append(mem.store(ctx, resp.Private)...)
}

// find reads the workflow of the state, or what a creation of unknown outcome made.
func (r *Resource) find(ctx context.Context, m *Common, private tfx.PrivateReader) (atlan.AppWorkflow, error) {
	slug := m.ID.ValueString()
	if m.ID.IsNull() {
		slugs, err := r.findLost(ctx, m, private)
		if err == nil && len(slugs) == 0 {
			err = atlan.ErrNotFound
		}
		if err != nil {
			return atlan.AppWorkflow{}, err
		}
		slug = slugs[0]
	}
	return r.of(m).Get(ctx, slug)
}

// findLost returns what the creation that the private state remembers made; nothing when it remembers none.
func (r *Resource) findLost(ctx context.Context, m *Common, private tfx.PrivateReader) ([]string, error) {
	lost, err := tfx.LostCreation(ctx, private)
	if err != nil || lost == nil {
		return nil, err
	}
	return r.of(m).FindLost(ctx, lost.LostCreation)
}

// gone is what to say of a workflow that no longer exists, which only the tenant's answer that it has no such workflow can
// tell.
func (r *Resource) gone(m *Common) diag.Diagnostic {
	if m.ID.IsNull() {
		return diag.NewWarningDiagnostic("The interrupted creation left nothing behind",
			fmt.Sprintf("Whether an earlier apply created %s was unknown. The tenant has no such workflow: it is planned for creation.", r.describe(m)))
	}
	return diag.NewWarningDiagnostic("The workflow no longer exists", fmt.Sprintf("The %s was archived outside Terraform. It is planned for creation, under a "+
		"new slug and, "+
		"if it has a connection, with a new one: what the old one published stays in Atlan.", r.describe(m)))
}

// takeAll takes over everything that the tenant shows.
func (r *Resource) takeAll(ctx context.Context, state Form, mem *memory, found atlan.AppWorkflow, diags *diag.Diagnostics) error {
	m := state.Shared()
	imported := m.Name.IsNull()
	if imported {
		r.setDefaults(m)
	}
	mem.Shown, m.Version = true, versionOf(found.Version)
	if imported || !r.packaged(m) {
		m.Name = types.StringValue(found.Name)
	}
	if r.packaged(m) && !sameSchedule(m.schedule(ctx), found.Schedule) {
		m.Schedule = scheduleObject(found.Schedule)
	}
	if found.AppID != "" {
		m.AppID = types.StringValue(found.AppID)
	}
	app, err := r.appOf(ctx, state, mem, imported)
	if err != nil {
		return err
	}
	if found.Inputs != nil {
		if err := r.takeInputs(ctx, state, mem, found.Inputs, imported); err != nil {
			return err
		}
	}
	r.refreshRun(ctx, m)
	return r.takeLogin(ctx, state, mem, app, diags)
}

// appOf finds what the app expects, as far as reading a workflow takes it: to find the keys of fields that are not known
// yet, and those of a credential's parts.
func (r *Resource) appOf(ctx context.Context, state Form, mem *memory, imported bool) (*atlan.ResolvedApp, error) {
	fields := state.Fields()
	needKeys := len(fields) > 0 && mem.Keys == nil
	if !needKeys && (mem.Vaulted == "" || len(r.Kind.Choice.Connector) == 0) {
		return nil, nil
	}
	app, err := r.resolve(ctx, state.Shared())
	if err != nil {
		if imported && needKeys {
			return nil, err
		}
		return nil, nil // the state stays as it is
	}
	if needKeys {
		inputs := atlan.AppInputs{Names: state.Names()}
		for _, field := range fields {
			inputs.Fields = append(inputs.Fields, field.Field)
		}
		mem.Keys = app.Document(inputs).Keys
	}
	return app, nil
}

// plumbing are inputs that the tenant or this provider adds, and that an import leaves to them.
func plumbing(key string, value any) bool {
	_, reserved := reservedInputs[key]
	return reserved || key == "connection_qualified_name" || key == "extraction_method" && value == "direct"
}

func (r *Resource) takeInputs(ctx context.Context, state Form, mem *memory, shown map[string]any, imported bool) error {
	m := state.Shared()
	if r.packaged(m) {
		given, _ := m.Given()
		asGiven(shown, given)
	}
	if !imported && !mem.Seen {
		mem.see(configuredInputs(state, mem), nil, shown)
	}
	fields := map[string]bool{}
	for _, field := range state.Fields() {
		key := mem.Keys[field.Name]
		fields[key] = true
		if value, there := shown[key]; key != "" && !slices.Contains(mem.Hidden, key) && (there || !field.value.IsNull()) {
			field.take(value)
		}
	}
	m.Take(shown, func(key string) bool { //nolint:contextcheck // the types of values need none
		return fields[key] || slices.Contains(mem.Added, key) || plumbing(key, shown[key])
	}, mem.Hidden)
	mem.findCredential(m, r.login(state, nil), shown)
	if guid, _ := shown["credential_guid"].(string); guid != "" {
		m.CredentialGUID = types.StringValue(guid)
	} else if _, there := shown["credential_guid"]; there {
		m.CredentialGUID = types.StringNull()
	}
	return r.takeConnection(ctx, m, shown["connection"])
}

// takeConnection takes over the connection where it is not what the state has. One that the tenant does not show stays.
func (r *Resource) takeConnection(ctx context.Context, m *Common, shown any) error {
	entity, _ := opened(shown).(map[string]any)
	attributes, _ := entity["attributes"].(map[string]any)
	qualifiedName, _ := attributes["qualifiedName"].(string)
	name, _ := attributes["name"].(string)
	if qualifiedName == "" || name == "" { // a reference to another one's
		return nil
	}
	before, diags := m.connection(ctx)
	if diags.HasError() {
		return nil
	}
	if before == nil {
		before = &connectionModel{Connector: types.StringNull()}
		before.AdminUsers, before.AdminGroups, before.AdminRoles = stringSet(nil), stringSet(nil), stringSet(nil)
	}
	roles, err := r.roleNames(ctx, selection(attributes["adminRoles"]))
	if err != nil {
		return err
	}
	before.Name = types.StringValue(name)
	takeSet(&before.AdminUsers, selection(attributes["adminUsers"]))
	takeSet(&before.AdminGroups, selection(attributes["adminGroups"]))
	takeSet(&before.AdminRoles, roles)
	m.ConnectionQualifiedName = types.StringValue(qualifiedName)
	object, diags := types.ObjectValueFrom(ctx, connectionTypes, before)
	if !diags.HasError() {
		m.Connection = object
	}
	return nil
}

func takeSet(set *types.Set, found []string) {
	slices.Sort(found)
	if !slices.Equal(setTexts(*set), found) {
		*set = stringSet(found)
	}
}

// roleNames are the names of roles; a GUID stands for itself where there is no such role any more.
func (r *Resource) roleNames(ctx context.Context, guids []string) ([]string, error) {
	if len(guids) == 0 {
		return nil, nil
	}
	known, err := r.Client.Principals.KnownRoles(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for name, role := range known {
		names[role.ID] = name
	}
	var all []string
	for _, guid := range guids {
		if name := names[guid]; name != "" {
			guid = name
		}
		all = append(all, guid)
	}
	return all, nil
}

// takeLogin takes over the credential that was made for the workflow.
func (r *Resource) takeLogin(ctx context.Context, state Form, mem *memory, app *atlan.ResolvedApp, diags *diag.Diagnostics) error {
	m := state.Shared()
	lost, err := r.readLogin(ctx, state, mem.Vaulted, app)
	if lost {
		diags.AddWarning("The credential of a workflow no longer exists", fmt.Sprintf("The credential %s of the %s was removed outside Terraform. It is planned "+
			"to be made "+
			"anew.", mem.Vaulted, r.describe(m)))
		mem.Vaulted = ""
		m.CredentialGUID = types.StringNull()
	}
	return err
}
