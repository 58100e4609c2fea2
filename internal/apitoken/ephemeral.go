// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

const (
	// defaultEphemeralValidity outlives most applies and little else.
	defaultEphemeralValidity = 3600
	// revokeTimeout bounds the deletion of the token when Terraform is done with it, which may be after a Ctrl-C.
	revokeTimeout = 2 * time.Minute
	// guidKey is where the token's GUID waits for Close.
	guidKey = "guid"
)

var (
	_ ephemeral.EphemeralResourceWithConfigure = (*EphemeralResource)(nil)
	_ ephemeral.EphemeralResourceWithClose     = (*EphemeralResource)(nil)
)

// EphemeralResource is the ephemeral resource atlan_api_token.
type EphemeralResource struct {
	tfx.EphemeralClient
}

// NewEphemeralResource makes the ephemeral resource.
func NewEphemeralResource() ephemeral.EphemeralResource { return &EphemeralResource{} }

type ephemeralModel struct {
	NamePrefix            types.String      `tfsdk:"name_prefix"`
	Description           types.String      `tfsdk:"description"`
	PersonaQualifiedNames types.Set         `tfsdk:"persona_qualified_names"`
	ValiditySeconds       types.Int64       `tfsdk:"validity_seconds"`
	ID                    types.String      `tfsdk:"id"`
	Name                  types.String      `tfsdk:"name"`
	ClientID              types.String      `tfsdk:"client_id"`
	Username              types.String      `tfsdk:"username"`
	Token                 types.String      `tfsdk:"token"`
	ExpiresAt             timetypes.RFC3339 `tfsdk:"expires_at"`
}

// Metadata implements ephemeral.EphemeralResource.
func (e *EphemeralResource) Metadata(_ context.Context, _ ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = ResourceType
}

// Schema implements ephemeral.EphemeralResource.
func (e *EphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A short-lived API token that is stored in neither state nor plan. It is created each time Terraform opens it, " +
			"**in every plan and every apply**, and deleted when Terraform is done with it; no other token is touched. " +
			"If Terraform is killed before that, the token expires by itself after `validity_seconds`.\n\n" +
			"Needs Terraform 1.10 or later, or OpenTofu 1.11 or later.",
		Attributes: map[string]schema.Attribute{
			"name_prefix": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Beginning of the token's display name. A hyphen and a random part are added, so that concurrent runs do not collide.",
				Validators:          []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
			},
			"description": schema.StringAttribute{Optional: true, MarkdownDescription: "What the token is for; default empty."},
			"persona_qualified_names": schema.SetAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Qualified names of the personas to link the token with; default none.",
				Validators:          []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			"validity_seconds": schema.Int64Attribute{
				Optional: true, Computed: true,
				MarkdownDescription: fmt.Sprintf("How many seconds after its creation the token expires if it could not be deleted before; default %d, at most %d. "+
					"It must outlive the run that uses it.", defaultEphemeralValidity, defaultValidity),
				Validators: []validator.Int64{int64validator.Between(1, defaultValidity)},
			},
			"id":        schema.StringAttribute{Computed: true, MarkdownDescription: describeID},
			"name":      schema.StringAttribute{Computed: true, MarkdownDescription: "Display name of the token: `name_prefix`, a hyphen and a random part."},
			"client_id": schema.StringAttribute{Computed: true, MarkdownDescription: describeClientID},
			"username":  schema.StringAttribute{Computed: true, MarkdownDescription: describeUsername},
			"token": schema.StringAttribute{
				Computed: true, Sensitive: true, MarkdownDescription: "Value of the token, for the header `Authorization: Bearer …`.",
			},
			"expires_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: describeExpiresAt},
		},
	}
}

// Open implements ephemeral.EphemeralResource.
func (e *EphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var data ephemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if !tfx.HasClient(e.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	if data.ValiditySeconds.IsNull() {
		data.ValiditySeconds = types.Int64Value(defaultEphemeralValidity)
	}
	input := atlan.TokenInput{
		Name:            data.NamePrefix.ValueString() + "-" + uuid.NewString()[:8],
		Description:     data.Description.ValueString(),
		ValiditySeconds: data.ValiditySeconds.ValueInt64(),
	}
	personas, diags := personasOf(ctx, data.PersonaQualifiedNames)
	resp.Diagnostics.Append(diags...)
	input.PersonaQualifiedNames = personas
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, tfx.OperationTimeout)
	defer cancel()
	created, err := e.Client.Tokens.Create(ctx, input)
	if err != nil {
		tfx.AddAPIError(&resp.Diagnostics, fmt.Sprintf("Creating ephemeral API token %q", input.Name), err, personaHint(input), rightHint, tfx.Hint{
			Lost: fmt.Sprintf("If it was created, it expires by itself after %d seconds; to end it at once, delete it in Atlan.", input.ValiditySeconds),
		})
		return
	}
	warnOfOrphans(&resp.Diagnostics, created)
	guid, err := json.Marshal(created.Token.GUID)
	if err == nil {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, guidKey, guid)...)
	}
	data.ID = types.StringValue(created.Token.GUID)
	data.Name = types.StringValue(created.Token.Name)
	data.ClientID = types.StringValue(created.Token.ClientID)
	data.Username = types.StringValue(created.Token.Username())
	data.Token = types.StringValue(created.Token.Secret)
	data.ExpiresAt = tfx.TimeOrNull(created.Token.ExpiresAt())
	resp.Diagnostics.Append(resp.Result.Set(ctx, data)...)
}

// Close implements ephemeral.EphemeralResourceWithClose: it deletes the token, also when Terraform was interrupted.
func (e *EphemeralResource) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	encoded, diags := req.Private.GetKey(ctx, guidKey)
	resp.Diagnostics.Append(diags...)
	var guid string
	if resp.Diagnostics.HasError() || encoded == nil || json.Unmarshal(encoded, &guid) != nil || !tfx.HasClient(e.Client, &resp.Diagnostics) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), revokeTimeout)
	defer cancel()
	if err := e.Client.Tokens.Delete(ctx, guid); err != nil {
		tfx.AddAPIWarning(&resp.Diagnostics, "Deleting ephemeral API token "+guid, err,
			"The token expires by itself after its validity_seconds. To end it at once, delete it in Atlan.")
	}
}
