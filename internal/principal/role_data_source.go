// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*RoleDataSource)(nil)

// RoleDataSource is the data source atlan_role.
type RoleDataSource struct {
	tfx.DataSourceClient
}

// NewRoleDataSource makes the data source.
func NewRoleDataSource() datasource.DataSource { return &RoleDataSource{} }

// Metadata implements datasource.DataSource.
func (d *RoleDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_role"
}

// Schema implements datasource.DataSource.
func (d *RoleDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := roleAttributes()
	attributes["name"] = schema.StringAttribute{
		Required: true, MarkdownDescription: describeRoleName + " Selects the role.",
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A role of the workspace, found by its `name`.",
		Attributes:          attributes,
	}
}

// Read implements datasource.DataSource.
func (d *RoleDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config roleModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	role, err := d.Client.Principals.FindRole(ctx, config.Name.ValueString())
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, path.Root("name"), "Finding the role", err,
			"The names of workspace roles begin with a dollar sign, such as $admin and $member; the data source atlan_roles lists them.")
		return
	}
	var state roleModel
	state.fromAPI(role)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
