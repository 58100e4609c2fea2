// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// Descriptions that several of the persona's objects share.
const (
	describeID            = "GUID of the persona, by which its policies refer to it."
	describeQualifiedName = "Qualified name of the persona, `default/` and an id that the tenant chooses, by which API tokens refer to it; null on a " +
		"tenant that serves only the older personas API, which does not tell."
	describeRoleID = "GUID of the role that the tenant keeps for the members of the persona; null on a tenant that serves only the older personas API."
)

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A persona of the tenant: a set of users and groups, whose policies say what they may and may not see and do. " +
			"A persona without policies grants nothing; the policies are resources of their own.\n\n" +
			"Atlan takes up to a minute to enforce changes of members and policies. Destroying a persona deletes all its policies for good, including those that " +
			"Terraform does not manage, and unlinks API tokens from it.\n\n" +
			"Managing personas takes a workspace admin, or an API token with the default role.",
		Attributes: map[string]schema.Attribute{
			"id": computedString(describeID),
			"name": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Name of the persona, as people see it when they choose a persona. The older personas API requires it to be unique; present " +
					"tenants do not, but a unique name is what lets people tell personas apart. A change updates the persona in place.",
				Validators: []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
			},
			"description": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(""),
				MarkdownDescription: "What the persona is for; default empty. A change updates the persona in place.",
			},
			"enabled": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(true),
				MarkdownDescription: "Whether the persona's policies have an effect; default `true`. While it is `false`, the persona neither grants nor denies " +
					"anything: what an explicit deny keeps from its members is open to those who may see it otherwise. " +
					"Members and policies are kept. A change updates the persona in place.",
			},
			"users": nameSet("User names of all users of the persona, such as `jsmith`, not email addresses; default none. " +
				"The set is complete: a user whom somebody adds or removes elsewhere shows as a difference. A user who leaves the tenant is " +
				"no longer a member. To link an API token, name the persona in the token's `persona_qualified_names`. A change updates the persona in place."),
			"groups": nameSet("Internal names of all groups of the persona, such as `data_engineers`, not the aliases that Atlan shows; default none. " +
				"The data source `atlan_group` finds the name for an alias. The set is complete, like `users`. A change updates the persona in place."),
			"deny_asset_tabs": nameSet("Tabs that the persona hides on the pages of assets, such as `Lineage`, `Activity` or `Usage`; default none. " +
				"Atlan does not check the values: a tab that it does not know is kept and hides nothing. It hides the tab only; what people may read is up to " +
				"the policies. The set is complete. A change updates the persona in place."),
			"qualified_name": computedString(describeQualifiedName),
			"role_id":        computedString(describeRoleID),
		},
		Blocks: map[string]schema.Block{
			"timeouts": tfx.TimeoutsBlock(ctx),
		},
	}
}

// nameSet is a set of names, empty by default.
func nameSet(description string) schema.SetAttribute {
	return schema.SetAttribute{
		Optional: true, Computed: true, ElementType: types.StringType,
		Default:             setdefault.StaticValue(types.SetValueMust(types.StringType, nil)),
		MarkdownDescription: description,
		Validators: []validator.Set{
			setvalidator.NoNullValues(),
			setvalidator.ValueStringsAre(stringvalidator.RegexMatches(notBlank, "must not be empty or blank")),
		},
	}
}

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed: true, MarkdownDescription: description,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}
