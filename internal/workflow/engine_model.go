// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// Common is what workflow resources of all kinds have; their models embed it.
type Common struct {
	ID                      types.String   `tfsdk:"id"`
	Name                    types.String   `tfsdk:"name"`
	AppID                   types.String   `tfsdk:"app_id"`
	Entrypoint              types.String   `tfsdk:"entrypoint"`
	Inputs                  types.Dynamic  `tfsdk:"inputs"`
	Credential              types.Object   `tfsdk:"credential"`
	CredentialGUID          types.String   `tfsdk:"credential_guid"`
	Connection              types.Object   `tfsdk:"new_connection"`
	ConnectionQualifiedName types.String   `tfsdk:"connection_qualified_name"`
	Schedule                types.Object   `tfsdk:"schedule"`
	Run                     types.String   `tfsdk:"run"`
	Wait                    types.Bool     `tfsdk:"wait"`
	TestAuthentication      types.Bool     `tfsdk:"test_authentication"`
	ContractValidation      types.String   `tfsdk:"contract_validation"`
	Version                 types.Int64    `tfsdk:"version"`
	RunID                   types.String   `tfsdk:"run_id"`
	RunStatus               types.String   `tfsdk:"run_status"`
	Timeouts                timeouts.Value `tfsdk:"timeouts"`
}

// When runs are started.
const (
	runNever    = "never"
	runOnCreate = "on_create"
	runOnChange = "on_change"
)

// How violations of the contract are taken.
const (
	validationStrict = "strict"
	validationWarn   = "warn"
	validationOff    = "off"
)

// defaultTimeZone is the one of schedules that name none.
const defaultTimeZone = "UTC"

// connectionModel is the connection that a workflow publishes under.
type connectionModel struct {
	Name        types.String `tfsdk:"name"`
	Connector   types.String `tfsdk:"connector"`
	AdminUsers  types.Set    `tfsdk:"admin_users"`
	AdminGroups types.Set    `tfsdk:"admin_groups"`
	AdminRoles  types.Set    `tfsdk:"admin_roles"`
}

var connectionTypes = map[string]attr.Type{
	"name": types.StringType, "connector": types.StringType, "admin_users": types.SetType{ElemType: types.StringType},
	"admin_groups": types.SetType{ElemType: types.StringType}, "admin_roles": types.SetType{ElemType: types.StringType},
}

// scheduleModel is when a workflow runs by itself.
type scheduleModel struct {
	Cron     types.String `tfsdk:"cron"`
	TimeZone types.String `tfsdk:"timezone"`
}

var scheduleTypes = map[string]attr.Type{"cron": types.StringType, "timezone": types.StringType}

// connection decodes the connection; nil when there is none or it is not known.
func (m *Common) connection(ctx context.Context) (*connectionModel, diag.Diagnostics) {
	if m.Connection.IsNull() || m.Connection.IsUnknown() {
		return nil, nil
	}
	var c connectionModel
	diags := m.Connection.As(ctx, &c, basetypes.ObjectAsOptions{})
	return &c, diags
}

// schedule is the schedule as the tenant wants it; nil when there is none or it is not known.
func (m *Common) schedule(ctx context.Context) *atlan.AppSchedule {
	var s scheduleModel
	if m.Schedule.IsNull() || m.Schedule.IsUnknown() || m.Schedule.As(ctx, &s, basetypes.ObjectAsOptions{}).HasError() {
		return nil
	}
	schedule := &atlan.AppSchedule{Cron: s.Cron.ValueString(), TimeZone: defaultTimeZone}
	if zone := s.TimeZone.ValueString(); zone != "" {
		schedule.TimeZone = zone
	}
	return schedule
}

// scheduleObject is a schedule as the state has it.
func scheduleObject(schedule *atlan.AppSchedule) types.Object {
	if schedule == nil {
		return types.ObjectNull(scheduleTypes)
	}
	return types.ObjectValueMust(scheduleTypes, map[string]attr.Value{
		"cron": types.StringValue(schedule.Cron), "timezone": types.StringValue(schedule.TimeZone),
	})
}

// sameInAtlan tells whether two models are the same workflow to Atlan, apart from the credential and the schedule.
func (r *Resource) sameInAtlan(one, other Form) bool {
	a, b := one.Shared(), other.Shared()
	if !a.Inputs.Equal(b.Inputs) || !a.Connection.Equal(b.Connection) || !a.Entrypoint.Equal(b.Entrypoint) {
		return false
	}
	if !maps.Equal(one.Names(), other.Names()) {
		return false
	}
	before := other.Fields()
	for i, field := range one.Fields() {
		if !field.value.Equal(before[i].value) {
			return false
		}
	}
	return true
}

// setDefaults fills what only the configuration knows, for states that no configuration made.
func (r *Resource) setDefaults(m *Common) {
	m.Run = types.StringValue(runNever)
	m.Wait, m.TestAuthentication = types.BoolValue(false), types.BoolValue(false)
	m.ContractValidation = types.StringValue(validationStrict)
	m.Schedule = types.ObjectNull(scheduleTypes)
	m.Connection = types.ObjectNull(connectionTypes)
	m.Credential = types.ObjectNull(r.credentialTypes())
	m.Inputs = types.DynamicNull()
	m.Timeouts = tfx.NoTimeouts()
}
