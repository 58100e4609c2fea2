// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var (
	_ datasource.DataSourceWithConfigure        = (*DataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*DataSource)(nil)
)

// DataSource is the data source atlan_connection.
type DataSource struct {
	tfx.DataSourceClient
}

// NewDataSource makes the data source.
func NewDataSource() datasource.DataSource { return &DataSource{} }

// Metadata implements datasource.DataSource.
func (d *DataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "atlan_connection"
}

// Schema implements datasource.DataSource.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := dataAttributes()
	notEmpty := []validator.String{stringvalidator.LengthAtLeast(1)}
	attributes["id"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: describeID + " Selects the connection.", Validators: []validator.String{tfx.GUID()},
	}
	attributes["qualified_name"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: describeQualifiedName + " Selects the connection.",
		Validators: []validator.String{tfx.ConnectionQualifiedName()},
	}
	attributes["name"] = schema.StringAttribute{
		Optional: true, Computed: true, Validators: notEmpty,
		MarkdownDescription: describeName + " Selects the connection; if several have the name, the error lists them. A connection is found by name some seconds " +
			"after its creation.",
	}
	attributes["connector"] = schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: describeConnector + " Narrows the selection by `name`.",
		Validators: []validator.String{stringvalidator.LengthAtLeast(1), stringvalidator.AlsoRequires(path.MatchRoot("name"))},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A connection, found by exactly one of `id`, `qualified_name` and `name`. An API token sees the connections that it created, that a " +
			"persona linked with it shows, or that it is an admin of; the others are looked for as the user of the provider's `user_bearer_token`, if there is one.",
		Attributes: attributes,
	}
}

// ConfigValidators implements datasource.DataSourceWithConfigValidators.
func (d *DataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("qualified_name"), path.MatchRoot("name")),
	}
}

// Read implements datasource.DataSource.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(d.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	connection, selector, err := d.find(ctx, config)
	if err != nil {
		tfx.AddLookupError(&resp.Diagnostics, selector, "Finding the connection", err,
			"Only connections that the caller may see are found: an API token needs a persona that shows the connection, or must be its admin.")
		return
	}
	var state model
	resp.Diagnostics.Append(state.fromAPI(ctx, connection)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (d *DataSource) find(ctx context.Context, config model) (atlan.ConnectionDetails, path.Path, error) {
	switch {
	case !config.ID.IsNull():
		connection, err := d.Client.Connections.Read(ctx, config.ID.ValueString())
		return connection, path.Root("id"), err
	case !config.QualifiedName.IsNull():
		connection, err := d.Client.Connections.ReadByQualifiedName(ctx, config.QualifiedName.ValueString())
		return connection, path.Root("qualified_name"), err
	default:
		connection, err := d.findByName(ctx, config.Name.ValueString(), config.Connector.ValueString())
		return connection, path.Root("name"), err
	}
}

// findByName finds the only connection of that name, and reads it: what the index tells of it may be old.
func (d *DataSource) findByName(ctx context.Context, name, connector string) (atlan.ConnectionDetails, error) {
	found, err := d.Client.Connections.FindByName(ctx, name, connector)
	switch {
	case err != nil:
		return atlan.ConnectionDetails{}, err
	case len(found) == 0 && connector != "":
		return atlan.ConnectionDetails{}, fmt.Errorf("no connection to %s is named %q: %w", connector, name, atlan.ErrNotFound)
	case len(found) == 0:
		return atlan.ConnectionDetails{}, fmt.Errorf("no connection is named %q: %w", name, atlan.ErrNotFound)
	case len(found) == 1:
		return d.Client.Connections.Read(ctx, found[0].GUID)
	}
	ambiguous := &tfx.AmbiguousNameError{Kind: "connections", Name: name}
	for _, connection := range found {
		ambiguous.Candidates = append(ambiguous.Candidates, fmt.Sprintf("%s, %s, created by %s", connection.GUID, connection.QualifiedName, connection.CreatedBy))
	}
	return atlan.ConnectionDetails{}, ambiguous
}
