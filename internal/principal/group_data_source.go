// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package principal

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var (
	_ datasource.DataSourceWithConfigure        = (*GroupDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*GroupDataSource)(nil)
)

// GroupDataSource is the data source atlan_group.
type GroupDataSource struct {
	tfx.DataSourceClient
}

// NewGroupDataSource makes the data source.
func NewGroupDataSource() datasource.DataSource { return &GroupDataSource{} }

// Metadata implements datasource.DataSource.
func (d *GroupDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_group"
}

// Schema implements datasource.DataSource.
func (d *GroupDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A group of users, found by exactly one of `name`, `alias` and `id`. Atlan shows a group by its alias, while personas and " +
			"connections refer to it by its name.",
		Attributes: groupAttributes("id", "name", "alias"),
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *GroupDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"), path.MatchRoot("alias")),
	}
}

// Read implements datasource.DataSource.
func (d *GroupDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config groupModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	group, selector, err := d.find(ctx, config)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, selector, "Finding the group", err, groupHint(config))
		return
	}
	var state groupModel
	state.fromAPI(group)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (d *GroupDataSource) find(ctx context.Context, config groupModel) (atlan.Group, path.Path, error) {
	switch {
	case !config.ID.IsNull():
		group, err := d.Client.Principals.GetGroup(ctx, config.ID.ValueString())
		return group, path.Root("id"), err
	case !config.Alias.IsNull():
		group, err := d.findByAlias(ctx, config.Alias.ValueString())
		return group, path.Root("alias"), err
	default:
		name := config.Name.ValueString()
		found, err := d.Client.Principals.ResolveGroups(ctx, []string{name})
		if _, ok := found[name]; err == nil && !ok {
			err = fmt.Errorf("no group is named %q: %w", name, atlan.ErrNotFound)
		}
		return found[name], path.Root("name"), err
	}
}

// findByAlias finds the only group with that alias.
func (d *GroupDataSource) findByAlias(ctx context.Context, alias string) (atlan.Group, error) {
	found, err := d.Client.Principals.FindGroupsByAlias(ctx, alias)
	switch {
	case err != nil:
		return atlan.Group{}, err
	case len(found) == 0:
		return atlan.Group{}, fmt.Errorf("no group has the alias %q: %w", alias, atlan.ErrNotFound)
	case len(found) > 1:
		return atlan.Group{}, &tfx.AmbiguousNameError{Kind: "groups", Name: alias, Candidates: describeGroups(found)}
	}
	return found[0], nil
}

// describeGroups describes groups for a choice between them.
func describeGroups(groups []atlan.Group) []string {
	var lines []string
	for _, group := range groups {
		lines = append(lines, fmt.Sprintf("%s, name %s", group.ID, group.Name))
	}
	return lines
}

// groupHint says what may have been meant.
func groupHint(config groupModel) string {
	switch {
	case !config.Name.IsNull():
		return "name is the internal name of a group. What Atlan shows is its alias: to find it by that, give alias."
	case !config.Alias.IsNull():
		return "alias is the name that Atlan shows, and is case-sensitive. To find a group by its internal name, give name."
	default:
		return ""
	}
}
