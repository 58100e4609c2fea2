// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ list.ListResourceWithConfigure = (*ListResource)(nil)

// ListResource is the list resource for policies of one kind.
type ListResource struct {
	tfx.ResourceClient
	kind kind
}

// NewMetadataListResource makes the list resource atlan_persona_metadata_policy.
func NewMetadataListResource() list.ListResource {
	return &ListResource{kind: kinds[atlan.PolicyMetadata]}
}

// NewDataListResource makes the list resource atlan_persona_data_policy.
func NewDataListResource() list.ListResource { return &ListResource{kind: kinds[atlan.PolicyData]} }

// NewGlossaryListResource makes the list resource atlan_persona_glossary_policy.
func NewGlossaryListResource() list.ListResource {
	return &ListResource{kind: kinds[atlan.PolicyGlossary]}
}

type listModel struct {
	PersonaID types.String `tfsdk:"persona_id"`
}

// Metadata implements list.ListResource.
func (l *ListResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.kind.typeName
}

// ListResourceConfigSchema implements list.ListResource.
func (l *ListResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists " + string(l.kind.PolicyKind) + " policies of personas, for `terraform query` (Terraform 1.14 or later).",
		Attributes: map[string]schema.Attribute{
			"persona_id": schema.StringAttribute{Optional: true, MarkdownDescription: "GUID of the persona whose policies to list; default all personas."},
		},
	}
}

// List implements list.ListResource. Personas are read as far as results are taken.
func (l *ListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	diags := req.Config.Get(ctx, &config)
	if !tfx.HasClient(l.Client, &diags) || diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = tfx.ListResults("Listing policies", req.Limit, l.policies(ctx, config), nil,
		func(found foundPolicy) list.ListResult { return l.result(ctx, req, found) })
}

type foundPolicy struct {
	atlan.Policy
	persona string
}

// policies reads the policies of the kind, persona by persona.
func (l *ListResource) policies(ctx context.Context, config listModel) iter.Seq2[foundPolicy, error] {
	return func(yield func(foundPolicy, error) bool) {
		for persona, err := range l.personas(ctx, config) {
			var policies []atlan.Policy
			if err == nil {
				policies, err = l.Client.Policies.Of(ctx, persona.GUID)
			}
			if err != nil {
				yield(foundPolicy{}, err)
				return
			}
			for _, policy := range policies {
				if policy.Kind == l.kind.PolicyKind && !yield(foundPolicy{policy, persona.Name}, nil) {
					return
				}
			}
		}
	}
}

func (l *ListResource) personas(ctx context.Context, config listModel) iter.Seq2[atlan.Persona, error] {
	if config.PersonaID.IsNull() {
		return l.Client.Personas.All(ctx)
	}
	return func(yield func(atlan.Persona, error) bool) {
		yield(l.Client.Personas.Get(ctx, config.PersonaID.ValueString()))
	}
}

func (l *ListResource) result(ctx context.Context, req list.ListRequest, found foundPolicy) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = found.persona + "/" + found.Name
	result.Diagnostics.Append(result.Identity.Set(ctx, identityModel{ID: types.StringValue(found.GUID)})...)
	if !req.IncludeResource {
		return result
	}
	listed := model{common: common{Timeouts: tfx.NoTimeouts()}, Actions: types.SetNull(types.StringType)}
	if err := listed.connect(ctx, l.Client, found.Policy); err != nil {
		tfx.AddAPIError(&result.Diagnostics, "Finding the connection of policy "+result.DisplayName, err)
		return result
	}
	result.Diagnostics.Append(listed.fromAPI(ctx, found.Policy, atlan.SurfacePersonas)...)
	result.Diagnostics.Append(l.kind.write(ctx, result.Resource, listed)...)
	return result
}
