// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

const (
	// defaultValidity is what Atlan's SDKs send for "never expires": five years (pyatlan model/api_tokens.py).
	defaultValidity = 157680000
	// maxValidity is what older documentation calls "never expires" (developer.atlan.com, API tokens): thirteen years.
	// Since January 2025 the expiry it makes does not fit the 32 bits that Keycloak counts in (keycloak issue 19671).
	maxValidity = 409968000
)

// Descriptions that several of the token's objects share.
const (
	describeID        = "GUID of the token."
	describeClientID  = "Client id of the token, `apikey-` and a UUID."
	describeUsername  = "User name under which the token acts, `service-account-` and its client id, as it stands in lists of admins."
	describeCreatedAt = "When the token was created, in RFC 3339."
	describeCreatedBy = "User name of the token's creator."
	describeExpiresAt = "When the token stops working, in RFC 3339; null when the tenant does not say."
)

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An API token of the tenant. A token is an actor of its own: it does not have the rights of whoever made it. " +
			"By default it may use the API much as an admin does, but it sees only the connections that it created, that a persona linked with it " +
			"shows, or that it is made an admin of.\n\n" +
			"The value of the token is shown by Atlan once, when it is created, and kept in the state as a sensitive value: " +
			"protect the state. To keep the value out of the state, use the ephemeral resource of the same name.\n\n" +
			"Destroying deletes the token, and its value stops working. A token that was deleted, or has expired, outside Terraform is planned for " +
			"creation again. Terraform does not delete a token that has expired; whether Atlan goes on listing it is not documented.",
		Attributes: map[string]schema.Attribute{
			"id": computedString(describeID),
			"name": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Display name of the token. Atlan does not require it to be unique, but a unique name is what lets people " +
					"find the token. A change updates the token in place.",
				Validators: []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
			},
			"description": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(""),
				MarkdownDescription: "What the token is for; default empty. A change updates the token in place.",
			},
			"persona_qualified_names": schema.SetAttribute{
				Optional: true, Computed: true, ElementType: types.StringType,
				Default: setdefault.StaticValue(types.SetValueMust(types.StringType, nil)),
				MarkdownDescription: "Qualified names of all personas that the token is linked with, such as " +
					"`default/LzgnFMh4DYW1lVTJkBYFSZ`; default none. The set is complete: a persona that somebody links or unlinks " +
					"elsewhere shows as a difference. A change updates the token in place.",
				Validators: []validator.Set{setvalidator.ValueStringsAre(tfx.PersonaQualifiedName())},
			},
			"validity_seconds": schema.Int64Attribute{
				Optional: true, Computed: true, Default: int64default.StaticInt64(defaultValidity),
				MarkdownDescription: fmt.Sprintf("How many seconds after its creation the token expires; default %d (five years), which Atlan's SDKs "+
					"use for tokens that never expire. The largest value is %d, but values above the default are warned about: the expiry they result in overflows "+
					"in Keycloak. Atlan fixes the validity at creation, so a change replaces the token, except on an imported token, "+
					"which keeps the validity it has.", defaultValidity, maxValidity),
				Validators:    []validator.Int64{int64validator.Between(1, maxValidity), overflowWarning{}},
				PlanModifiers: []planmodifier.Int64{replaceToken{}},
			},
			"rotation_triggers": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Arbitrary values whose change replaces the token, for example the `id` of a `time_rotating`; default none. " +
					"Use `create_before_destroy` so that the old token works until its users have the new one. On an imported token the first values are only " +
					"recorded, and replace nothing.",
				Validators:    []validator.Map{mapvalidator.SizeAtLeast(1)},
				PlanModifiers: []planmodifier.Map{replaceToken{}},
			},
			"rotate_before_expiry": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How long before its expiry the token is to be replaced, as a duration such as `720h` (there is no unit for days); " +
					"default never. The plan that runs within that time replaces the token. It must be shorter than the validity. " +
					"A change of this argument alone changes nothing in Atlan.",
				Validators: []validator.String{tfx.PositiveDuration{}},
			},
			"client_id": computedString(describeClientID),
			"username":  computedString(describeUsername),
			"token": schema.StringAttribute{
				Computed: true, Sensitive: true,
				MarkdownDescription: "Value of the token, for the header `Authorization: Bearer …`. It is known only at creation, so it is null for an imported token.",
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"created_at": computedTime(describeCreatedAt),
			"created_by": computedString(describeCreatedBy),
			"expires_at": computedTime(describeExpiresAt),
		},
		Blocks: map[string]schema.Block{
			"timeouts": tfx.TimeoutsBlock(ctx),
		},
	}
}

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed: true, MarkdownDescription: description,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

func computedTime(description string) schema.StringAttribute {
	attribute := computedString(description)
	attribute.CustomType = timetypes.RFC3339Type{}
	return attribute
}

// overflowWarning warns of a validity whose expiry Keycloak cannot count.
type overflowWarning struct{}

func (overflowWarning) Description(context.Context) string {
	return fmt.Sprintf("values above %d are warned about", defaultValidity)
}

func (w overflowWarning) MarkdownDescription(ctx context.Context) string { return w.Description(ctx) }

func (overflowWarning) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if req.ConfigValue.ValueInt64() <= defaultValidity {
		return
	}
	resp.Diagnostics.AddAttributeWarning(req.Path, "The validity may overflow",
		fmt.Sprintf("A validity of %d seconds results in an expiry that does not fit the 32 bits in which Keycloak, Atlan's identity service, counts: "+
			"the token may be refused from the start. Atlan's SDKs send %d (five years) for tokens that never expire.",
			req.ConfigValue.ValueInt64(), defaultValidity))
}
