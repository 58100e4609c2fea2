// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*ListDataSource)(nil)

// defaultLimit is how many workflows or runs are read unless the configuration says otherwise.
const defaultLimit = 100

// ListDataSource is the data source atlan_workflows.
type ListDataSource struct {
	tfx.DataSourceClient
}

// NewListDataSource makes the data source.
func NewListDataSource() datasource.DataSource { return &ListDataSource{} }

type workflowsModel struct {
	PackagePrefix types.String    `tfsdk:"package_prefix"`
	Limit         types.Int64     `tfsdk:"limit"`
	Workflows     []workflowModel `tfsdk:"workflows"`
}

type workflowModel struct {
	Name       types.String      `tfsdk:"name"`
	Package    types.String      `tfsdk:"package"`
	Creator    types.String      `tfsdk:"creator"`
	CreatedAt  timetypes.RFC3339 `tfsdk:"created_at"`
	Parameters types.Map         `tfsdk:"parameters"`
	Cron       types.String      `tfsdk:"cron"`
	TimeZone   types.String      `tfsdk:"time_zone"`
}

// fromAPI takes over a workflow as the tenant shows it.
func (m *workflowModel) fromAPI(ctx context.Context, workflow atlan.WorkflowTemplate) diag.Diagnostics {
	parameters, diags := types.MapValueFrom(ctx, types.StringType, workflow.Parameters)
	*m = workflowModel{
		Name: types.StringValue(workflow.Name), Package: textOrNull(workflow.Package), Creator: textOrNull(workflow.Creator),
		CreatedAt: tfx.TimeOrNull(workflow.CreatedAt), Parameters: parameters,
	}
	if workflow.Schedule != nil {
		m.Cron, m.TimeZone = types.StringValue(workflow.Schedule.Cron), textOrNull(workflow.Schedule.Timezone)
	}
	return diags
}

// Metadata implements datasource.DataSource.
func (d *ListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_workflows"
}

// Schema implements datasource.DataSource.
func (d *ListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The workflows of one package, newest first, as Atlan's index knows them: a new workflow is found some seconds after its first " +
			"run has begun, and one that has never run is not found. Newer tenants, which run apps in place of packages, do not have them.",
		Attributes: map[string]schema.Attribute{
			"package_prefix": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "What the names of the package's workflows begin with, such as `csa-api-token-connection-admin` or `atlan-snowflake`; " +
					"a dash and ten digits follow it.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"limit": limitAttribute("workflows"),
			"workflows": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The workflows, newest first; an empty list where there is none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":    text("Name of the workflow, by which it is run again."),
					"package": text("Name of the package, such as `@atlan/snowflake`; null when the tenant does not say."),
					"creator": text("User name of who created the workflow."),
					"created_at": schema.StringAttribute{
						Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "Time of creation (RFC 3339).",
					},
					"parameters": schema.MapAttribute{
						Computed: true, ElementType: types.StringType,
						MarkdownDescription: "What the package was configured with. Credentials are not among it, but their GUIDs.",
					},
					"cron":      text("Schedule by which Atlan runs the workflow, with five fields; null for none."),
					"time_zone": text("Time zone of the schedule, such as `Europe/Paris`; null for none."),
				}},
			},
		},
	}
}

func limitAttribute(what string) schema.Int64Attribute {
	return schema.Int64Attribute{
		Optional: true, MarkdownDescription: "Most " + what + " to read, newest first; default 100.",
		Validators: []validator.Int64{int64validator.AtLeast(1)},
	}
}

// Read implements datasource.DataSource.
func (d *ListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state workflowsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	prefix := state.PackagePrefix.ValueString()
	found, err := firstOf(d.Client.Workflows.Templates(ctx, prefix), state.Limit)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Listing the workflows of package prefix "+prefix, err)
		return
	}
	state.Workflows = make([]workflowModel, len(found))
	for i := range found {
		resp.Diagnostics.Append(state.Workflows[i].fromAPI(ctx, found[i])...)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// firstOf collects as many as the limit allows, which is [defaultLimit] where it is null.
func firstOf[V any](all iter.Seq2[V, error], limit types.Int64) ([]V, error) {
	most := int64(defaultLimit)
	if !limit.IsNull() {
		most = limit.ValueInt64()
	}
	var first []V
	for one, err := range all {
		if err != nil {
			return nil, err
		}
		if first = append(first, one); int64(len(first)) == most {
			break
		}
	}
	return first, nil
}

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
