// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ datasource.DataSourceWithConfigure = (*CurrentUserDataSource)(nil)

// CurrentUserDataSource is the data source atlan_current_user.
type CurrentUserDataSource struct {
	tfx.DataSourceClient
}

// NewCurrentUserDataSource makes the data source.
func NewCurrentUserDataSource() datasource.DataSource { return &CurrentUserDataSource{} }

type currentUserModel struct {
	ID            types.String `tfsdk:"id"`
	Username      types.String `tfsdk:"username"`
	Email         types.String `tfsdk:"email"`
	ClientID      types.String `tfsdk:"client_id"`
	WorkspaceRole types.String `tfsdk:"workspace_role"`
	Roles         types.Set    `tfsdk:"roles"`
}

func (m *currentUserModel) fromAPI(ctx context.Context, user atlan.User, me atlan.WhoAmI) diag.Diagnostics {
	var names []string
	for _, role := range me.Roles {
		if role.Name != "" {
			names = append(names, role.Name)
		}
	}
	slices.Sort(names)
	roles, diags := tfx.StringSet(ctx, slices.Compact(names))
	*m = currentUserModel{
		ID:            types.StringValue(user.ID),
		Username:      types.StringValue(user.Username),
		Email:         textOrNull(user.Email),
		ClientID:      clientIDOf(user.Username),
		WorkspaceRole: textOrNull(me.WorkspaceRole),
		Roles:         roles,
	}
	return diags
}

// Metadata implements datasource.DataSource.
func (d *CurrentUserDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_current_user"
}

// Schema implements datasource.DataSource.
func (d *CurrentUserDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whom the provider acts as: the user, or the service account of the API token or OAuth client, that its credential belongs to.",
		Attributes: map[string]schema.Attribute{
			"id": computed("GUID of the user or service account."),
			"username": computed("User name, as it stands in lists of admins; for an API token `service-account-` and its client id, " +
				"such as `service-account-apikey-…`."),
			"email":     computed("Email address; null for a service account."),
			"client_id": computed("Client id of the API token, `apikey-` and a UUID, or of the OAuth client; null for a person."),
			"workspace_role": computed("Name of the role in the workspace, such as `$admin`, or `$api-token-default-access` for an API token; " +
				"null when the tenant does not say."),
			"roles": schema.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "Names of all roles."},
		},
	}
}

// Read implements datasource.DataSource.
func (d *CurrentUserDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if !tfx.HasClient(d.Client, &resp.Diagnostics) {
		return
	}
	user, err := d.Client.Principals.CurrentUser(ctx)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Reading the current user", err)
		return
	}
	me, err := d.Client.Principals.WhoAmI(ctx)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, "Reading the roles of the current user", err)
		return
	}
	var state currentUserModel
	resp.Diagnostics.Append(state.fromAPI(ctx, user, me)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}
