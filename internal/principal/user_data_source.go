// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var (
	_ datasource.DataSourceWithConfigure        = (*UserDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*UserDataSource)(nil)
)

// UserDataSource is the data source atlan_user.
type UserDataSource struct {
	tfx.DataSourceClient
}

// NewUserDataSource makes the data source.
func NewUserDataSource() datasource.DataSource { return &UserDataSource{} }

// Metadata implements datasource.DataSource.
func (d *UserDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_user"
}

// Schema implements datasource.DataSource.
func (d *UserDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A person with access to the tenant, found by exactly one of `username`, `email` and `id`. The service account of an API token " +
			"is not one: `atlan_api_token` finds it. To find many users, `atlan_users` takes fewer requests.",
		Attributes: userAttributes("id", "username", "email"),
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *UserDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("username"), path.MatchRoot("email")),
	}
}

// Read implements datasource.DataSource.
func (d *UserDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config userModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	user, selector, err := d.find(ctx, config)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, selector, "Finding the user", err, userHint(config))
		return
	}
	var state userModel
	state.fromAPI(user)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (d *UserDataSource) find(ctx context.Context, config userModel) (atlan.User, path.Path, error) {
	switch {
	case !config.ID.IsNull():
		user, err := d.Client.Principals.GetUser(ctx, config.ID.ValueString())
		return user, path.Root("id"), err
	case !config.Email.IsNull():
		user, err := d.findByEmail(ctx, config.Email.ValueString())
		return user, path.Root("email"), err
	default:
		name := config.Username.ValueString()
		found, err := d.Client.Principals.FindUsers(ctx, []string{name})
		if _, ok := found[name]; err == nil && !ok {
			err = fmt.Errorf("no user is named %q: %w", name, atlan.ErrNotFound)
		}
		return found[name], path.Root("username"), err
	}
}

// findByEmail finds the only user with that address. Whether a tenant lets two users share one is not documented.
func (d *UserDataSource) findByEmail(ctx context.Context, email string) (atlan.User, error) {
	found, err := d.Client.Principals.FindUsersByEmail(ctx, email)
	switch {
	case err != nil:
		return atlan.User{}, err
	case len(found) == 0:
		return atlan.User{}, fmt.Errorf("no user has the email address %q: %w", email, atlan.ErrNotFound)
	case len(found) > 1:
		return atlan.User{}, &tfx.AmbiguousNameError{Kind: "users", Name: email, Candidates: describeUsers(found)}
	}
	return found[0], nil
}

// describeUsers describes users for a choice between them.
func describeUsers(users []atlan.User) []string {
	var lines []string
	for _, user := range users {
		lines = append(lines, fmt.Sprintf("%s, user name %s", user.ID, user.Username))
	}
	return lines
}

// userHint says what may have been meant.
func userHint(config userModel) string {
	switch name := config.Username.ValueString(); {
	case strings.HasPrefix(name, atlan.ServiceAccountPrefix):
		return fmt.Sprintf("This is the user name of a service account, not of a person: the data source atlan_api_token finds its API token by "+
			"client_id = %q.", strings.TrimPrefix(name, atlan.ServiceAccountPrefix))
	case strings.Contains(name, "@"):
		return "If this is an email address, give it as email."
	case name != "":
		return "User names are case-sensitive. To find a user by address, give email."
	default:
		return ""
	}
}
