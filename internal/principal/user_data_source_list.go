// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var (
	_ datasource.DataSourceWithConfigure        = (*UserListDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*UserListDataSource)(nil)
)

// UserListDataSource is the data source atlan_users.
type UserListDataSource struct {
	tfx.DataSourceClient
}

// NewUserListDataSource makes the data source.
func NewUserListDataSource() datasource.DataSource { return &UserListDataSource{} }

type userListModel struct {
	Usernames     types.Set   `tfsdk:"usernames"`
	Emails        types.Set   `tfsdk:"emails"`
	IgnoreMissing types.Bool  `tfsdk:"ignore_missing"`
	Users         []userModel `tfsdk:"users"`
}

// Metadata implements datasource.DataSource.
func (d *UserListDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_users"
}

// Schema implements datasource.DataSource.
func (d *UserListDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	chosen := func(description string) schema.SetAttribute {
		return schema.SetAttribute{
			Optional: true, ElementType: types.StringType, MarkdownDescription: description,
			Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
		}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The people with access to the tenant: all of them, or those with the given user names or email addresses. The service " +
			"accounts of API tokens are not among them.",
		Attributes: map[string]schema.Attribute{
			"usernames": chosen("User names of the users to read; default all users. An empty set reads none. Conflicts with `emails`."),
			"emails": chosen("Email addresses of the users to read, in upper or lower case; default all users. An empty set reads none. " +
				"Conflicts with `usernames`."),
			"ignore_missing": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to leave out the `usernames` or `emails` that no user of the tenant has; default `false`: " +
					"an error names them.",
			},
			"users": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The users, by user name.",
				NestedObject: schema.NestedAttributeObject{Attributes: userAttributes()},
			},
		},
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *UserListDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.Conflicting(path.MatchRoot("usernames"), path.MatchRoot("emails"))}
}

// Read implements datasource.DataSource.
func (d *UserListDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state userListModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	var usernames, emails []string
	resp.Diagnostics.Append(state.Usernames.ElementsAs(ctx, &usernames, false)...)
	resp.Diagnostics.Append(state.Emails.ElementsAs(ctx, &emails, false)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var found []atlan.User
	var missing error
	var err error
	selector := path.Root("usernames")
	switch {
	case !state.Usernames.IsNull():
		found, missing, err = d.byUsername(ctx, usernames)
	case !state.Emails.IsNull():
		selector = path.Root("emails")
		found, missing, err = d.byEmail(ctx, emails)
	default:
		found, err = d.all(ctx)
	}
	if err == nil && !state.IgnoreMissing.ValueBool() {
		err = missing
	}
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, selector, "Listing users", err, "Set ignore_missing = true to leave out what the tenant does not know.")
		return
	}
	state.Users = []userModel{}
	for _, user := range found {
		var one userModel
		one.fromAPI(user)
		state.Users = append(state.Users, one)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (d *UserListDataSource) all(ctx context.Context) ([]atlan.User, error) {
	var all []atlan.User
	for user, err := range d.Client.Principals.Users(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, user)
	}
	return all, nil
}

func (d *UserListDataSource) byUsername(ctx context.Context, names []string) (found []atlan.User, missing, err error) {
	byName, err := d.Client.Principals.FindUsers(ctx, names)
	if err != nil {
		return nil, nil, err
	}
	var unknown []string
	for _, name := range slices.Sorted(slices.Values(names)) {
		if user, ok := byName[name]; ok {
			found = append(found, user)
		} else {
			unknown = append(unknown, name)
		}
	}
	return found, missingError("no users are named", unknown), nil
}

func (d *UserListDataSource) byEmail(ctx context.Context, emails []string) (found []atlan.User, missing, err error) {
	found, err = d.Client.Principals.FindUsersByEmails(ctx, emails)
	if err != nil {
		return nil, nil, err
	}
	unknown := slices.DeleteFunc(slices.Sorted(slices.Values(emails)), func(email string) bool {
		return slices.ContainsFunc(found, func(u atlan.User) bool { return strings.EqualFold(u.Email, email) })
	})
	return found, missingError("no users have the email addresses", unknown), nil
}

// missingError names what was asked for and does not exist.
func missingError(what string, unknown []string) error {
	if len(unknown) == 0 {
		return nil
	}
	var quoted []string
	for _, name := range unknown {
		quoted = append(quoted, fmt.Sprintf("%q", name))
	}
	return fmt.Errorf("%s %s: %w", what, strings.Join(quoted, ", "), atlan.ErrNotFound)
}
