// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package collectionmember

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	seconds := int(atlan.DefaultRightsDelay.Seconds())
	resp.Schema = schema.Schema{
		MarkdownDescription: "Makes one API token, user or group an editor or viewer of a query collection, and leaves its other members alone. Several of " +
			"these resources, and people in Atlan, may change the members of one collection at the same time. Roles of the workspace cannot be members.\n\n" +
			"Only an editor of the collection can change its members, and an API token does not see a collection that it is no member of: `method` says who " +
			"changes them. Destroying removes the principal in the same way, even if it was a member before. The creator of a collection always stays an " +
			"editor.\n\n" +
			fmt.Sprintf("A new editor's rights take up to %d seconds to become effective. What this provider does with a collection is tried again meanwhile "+
				"if it has just made its own API token an editor.", seconds),
		Attributes: map[string]schema.Attribute{
			"id": computedString("Id of the membership: the GUID of the collection, a slash, and the kind and name of the principal, such as " +
				"`…/user:jsmith`."),
			"collection_id":             collectionAttribute("GUID", "collection_qualified_name", tfx.GUID()),
			"collection_qualified_name": collectionAttribute("Qualified name (`default/collection/`, the creator's user name, and an id)", "collection_id"),
			"api_token_id":              principalAttribute("GUID of the API token to make a member", tfx.GranteeAPIToken, tfx.GUID()),
			"user":                      principalAttribute("User name of the person, or of an OAuth client's service account, to make a member", tfx.GranteeUser),
			"group":                     principalAttribute("Internal name of the group whose members to make members", tfx.GranteeGroup),
			"role": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "What the principal may do: an `editor` changes the collection, its queries and its members, a `viewer` looks at them; no " +
					"default. A principal has one of the two: who is listed as both is an editor. A change takes effect in place, in one request.",
				Validators: []validator.String{stringvalidator.OneOf(string(atlan.CollectionEditor), string(atlan.CollectionViewer))},
			},
			"method": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(tfx.MethodAuto),
				MarkdownDescription: "Who changes the collection's members: `direct`, the provider's own credential, which must be an editor of the collection; " +
					"`user_bearer`, the user of the provider's `user_bearer_token`, who must be one; or `auto`, the default: the first of the two that works. " +
					"A change takes effect when the membership is next changed.",
				Validators: []validator.String{stringvalidator.OneOf(tfx.MethodAuto, tfx.MethodDirect, tfx.MethodUserBearer)},
			},
			"wait_until_effective": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: fmt.Sprintf("Whether creating, or changing the role, waits the %d seconds after which the rights are certain to be "+
					"effective; default `false`. Useful when something other than this provider uses them right away. A change alone changes nothing in Atlan.", seconds),
			},
			"allow_self_removal": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: "Whether the editors' role may be taken from the user that the provider acts as, who could not undo that; default `false`, " +
					"which makes it an error. A change alone changes nothing in Atlan.",
			},
			"method_used": computedString("Who made the principal a member: `direct`, `user_bearer`, or `none` if it had the role before; null for an " +
				"imported membership."),
			"username": computedString("Name of the principal in the collection's lists: the user name of an API token (`service-account-apikey-…`) or " +
				"user, or the internal name of a group."),
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

func collectionAttribute(what, other string, form ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: fmt.Sprintf("%s of the collection; default that of the collection in `%s`. Give one of the two, or both of the same collection. "+
			"A change replaces the membership.", what, other),
		Validators:    append(form, stringvalidator.LengthAtLeast(1)),
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()},
	}
}

func principalAttribute(what string, kind tfx.GranteeKind, form ...validator.String) schema.StringAttribute {
	var others []string
	for _, other := range kinds {
		if other != kind {
			others = append(others, "`"+other.Attribute().String()+"`")
		}
	}
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: what + "; default none: give exactly one of this, " + strings.Join(others, " and ") + ". A change replaces the membership.",
		Validators:          append(form, stringvalidator.LengthAtLeast(1)),
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// ConfigValidators implements resource.ResourceWithConfigValidators.
func (r *Resource) ConfigValidators(context.Context) []resource.ConfigValidator {
	var principals []path.Expression
	for _, kind := range kinds {
		principals = append(principals, path.MatchRoot(kind.Attribute().String()))
	}
	return []resource.ConfigValidator{
		resourcevalidator.AtLeastOneOf(path.MatchRoot("collection_id"), path.MatchRoot("collection_qualified_name")),
		resourcevalidator.ExactlyOneOf(principals...),
	}
}
