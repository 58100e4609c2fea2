// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package function offers the provider's functions, which compute without a tenant.
package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var _ function.Function = (*ParseQualifiedName)(nil)

// ParseQualifiedName is the function parse_qualified_name.
type ParseQualifiedName struct{}

// NewParseQualifiedName makes the function.
func NewParseQualifiedName() function.Function { return &ParseQualifiedName{} }

type qualifiedNameModel struct {
	Connector               string   `tfsdk:"connector"`
	ConnectionQualifiedName string   `tfsdk:"connection_qualified_name"`
	Epoch                   string   `tfsdk:"epoch"`
	Parts                   []string `tfsdk:"parts"`
	Database                *string  `tfsdk:"database"`
	Schema                  *string  `tfsdk:"schema"`
	Name                    *string  `tfsdk:"name"`
}

func newQualifiedNameModel(name qualifiedName) qualifiedNameModel {
	part := func(i int) *string {
		if i < 0 || i >= len(name.parts) {
			return nil
		}
		return &name.parts[i]
	}
	return qualifiedNameModel{
		Connector: name.connector, ConnectionQualifiedName: name.connection, Epoch: name.epoch, Parts: name.parts,
		Database: part(0), Schema: part(1), Name: part(len(name.parts) - 1),
	}
}

// Metadata implements function.Function.
func (f *ParseQualifiedName) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_qualified_name"
}

// Definition implements function.Function.
func (f *ParseQualifiedName) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Splits the qualified name of a connection or of one of its assets.",
		MarkdownDescription: "Splits the qualified name of a connection or of one of its assets, such as " +
			"`default/snowflake/1700000000/DB/SCHEMA/TABLE`. Other qualified names, such as those of personas, query collections and " +
			"glossaries, are errors. Returns an object:\n\n" +
			"- `connection_qualified_name`: qualified name of the connection, `default/snowflake/1700000000`.\n" +
			"- `connector`: kind of the source, `snowflake`.\n" +
			"- `epoch`: third element of the name, a text of digits that tells connections to sources of one kind apart.\n" +
			"- `parts`: list of the elements behind those of the connection, `[\"DB\", \"SCHEMA\", \"TABLE\"]`; empty for a connection.\n" +
			"- `database`, `schema`: first and second of the `parts`, which is what they are for SQL sources; null if there are fewer.\n" +
			"- `name`: last of the `parts`, the name of the asset itself; null for a connection.\n\n" +
			"A name in the source that holds a slash makes more than one of the `parts`.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "qualified_name", MarkdownDescription: "Qualified name of a connection or of one of its assets."},
		},
		Return: function.ObjectReturn{AttributeTypes: map[string]attr.Type{
			"connector": types.StringType, "connection_qualified_name": types.StringType, "epoch": types.StringType,
			"parts":    types.ListType{ElemType: types.StringType},
			"database": types.StringType, "schema": types.StringType, "name": types.StringType,
		}},
	}
}

// Run implements function.Function.
func (f *ParseQualifiedName) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	name, err := parse(text)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, newQualifiedNameModel(name))
}
