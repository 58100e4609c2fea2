// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*RunListDataSource)(nil)

// RunListDataSource is the data source atlan_workflow_runs.
type RunListDataSource struct {
	tfx.DataSourceClient
}

// NewRunListDataSource makes the data source.
func NewRunListDataSource() datasource.DataSource { return &RunListDataSource{} }

type runsModel struct {
	WorkflowName types.String `tfsdk:"workflow_name"`
	Phase        types.String `tfsdk:"phase"`
	Limit        types.Int64  `tfsdk:"limit"`
	Runs         []runModel   `tfsdk:"runs"`
}

type runModel struct {
	Name       types.String      `tfsdk:"name"`
	Phase      types.String      `tfsdk:"phase"`
	Message    types.String      `tfsdk:"message"`
	Creator    types.String      `tfsdk:"creator"`
	StartedAt  timetypes.RFC3339 `tfsdk:"started_at"`
	FinishedAt timetypes.RFC3339 `tfsdk:"finished_at"`
}

// fromAPI takes over a run as the tenant shows it.
func (m *runModel) fromAPI(run atlan.WorkflowRun) {
	*m = runModel{
		Name: types.StringValue(run.Name), Phase: textOrNull(string(run.Phase)), Message: textOrNull(run.Message), Creator: textOrNull(run.Creator),
		StartedAt: tfx.TimeOrNull(run.StartedAt), FinishedAt: tfx.TimeOrNull(run.FinishedAt),
	}
}

// Metadata implements datasource.DataSource.
func (d *RunListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_workflow_runs"
}

// Schema implements datasource.DataSource.
func (d *RunListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	timeOf := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The runs of a package's workflow, newest first, as Atlan's index knows them: a run is found up to half a minute after it has " +
			"begun. Newer tenants, which run apps in place of packages, do not have them.",
		Attributes: map[string]schema.Attribute{
			"workflow_name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the workflow, such as `csa-api-token-connection-admin-1684500411`; see the data source `atlan_workflows`.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"phase": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Phase of the runs to read: `Pending`, `Running`, `Succeeded`, `Failed` or `Error`; default all of them.",
				Validators: []validator.String{stringvalidator.OneOf(
					string(atlan.RunPending), string(atlan.RunRunning), string(atlan.RunSucceeded), string(atlan.RunFailed), string(atlan.RunError),
				)},
			},
			"limit": limitAttribute("runs"),
			"runs": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The runs, newest first; an empty list where there is none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":        text("Name of the run: that of the workflow and five characters."),
					"phase":       text("Where the run stands: `Pending`, `Running`, `Succeeded`, `Failed` or `Error`."),
					"message":     text("Why the run failed; null when the tenant does not say."),
					"creator":     text("User name of who started the run."),
					"started_at":  timeOf("Time at which the run began (RFC 3339)."),
					"finished_at": timeOf("Time at which the run ended (RFC 3339); null while it goes on."),
				}},
			},
		},
	}
}

// Read implements datasource.DataSource.
func (d *RunListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state runsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	name := state.WorkflowName.ValueString()
	found, err := firstOf(d.Client.Workflows.Runs(ctx, name, atlan.RunPhase(state.Phase.ValueString())), state.Limit)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Listing the runs of workflow "+name, err)
		return
	}
	state.Runs = make([]runModel, len(found))
	for i := range found {
		state.Runs[i].fromAPI(found[i])
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
