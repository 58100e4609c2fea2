// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"fmt"
	"strings"
	"time"

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

// createTimeout holds a run of the package, which takes minutes, and those before it: runs on one connection queue.
const createTimeout = 30 * time.Minute

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Makes one API token, user, group or role an admin of a connection, and leaves its other admins alone. A token needs this before " +
			"it can manage the policies of the connection. Several of these resources, and people in Atlan, may change the admins of one connection at the " +
			"same time.\n\n" +
			"Only an admin of the connection can add one: a token cannot make itself an admin. `method` says who adds it. Destroying removes the principal in " +
			"the same way, even if it was an admin before, but never the last admin. The package cannot remove what it has added: the provider's own " +
			"credential or the user of the `user_bearer_token` does, otherwise destroying fails.\n\n" +
			fmt.Sprintf("A new admin's rights take up to %d seconds to become effective. What this provider does on the connection, such as managing policies, is ",
				int(atlan.DefaultRightsDelay.Seconds())) +
			"tried again meanwhile if it has just made its own API token an admin.",
		Attributes: map[string]schema.Attribute{
			"id": computedString("Id of the grant: the GUID of the connection, a slash, and the kind and name of the principal, such as " +
				"`…/user:jsmith`."),
			"connection_id": connectionAttribute("GUID", "connection_qualified_name", tfx.GUID()),
			"connection_qualified_name": connectionAttribute("Qualified name, such as `default/snowflake/1700000000`,", "connection_id",
				tfx.ConnectionQualifiedName()),
			"api_token_id": principalAttribute("GUID of the API token to make an admin", tfx.GranteeAPIToken, tfx.GUID()),
			"user": principalAttribute(
				"User name of the person to make an admin, or of the service account of an OAuth client", tfx.GranteeUser,
			),
			"group": principalAttribute("Internal name of the group whose members to make admins", tfx.GranteeGroup),
			"role":  principalAttribute("Name of the role whose members to make admins, such as `$admin`", tfx.GranteeRole),
			"method": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(tfx.MethodAuto),
				MarkdownDescription: "Who changes the connection's admins: `direct`, the provider's own credential, which must be an admin of the connection; " +
					"`user_bearer`, the user of the provider's `user_bearer_token`, who must be one; `package`, a workflow of the package `" + atlan.AdminPackage +
					"`, which Atlan enables on request, and which makes only API tokens admins; or `auto`, the default: the first of the three that works. " +
					"A change takes effect when the grant is destroyed or made anew.",
				Validators: []validator.String{stringvalidator.OneOf(tfx.MethodAuto, tfx.MethodDirect, tfx.MethodUserBearer, tfx.MethodPackage)},
			},
			"wait_until_effective": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: fmt.Sprintf("Whether creating waits the %d seconds after which the rights are certain to be effective; default `false`. ",
					int(atlan.DefaultRightsDelay.Seconds())) + "Useful when something other than this provider uses them right away. A change alone changes nothing " +
					"in Atlan.",
			},
			"allow_self_removal": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: "Whether destroying may remove the user that the provider acts as, who could not undo that; default `false`, which makes it " +
					"an error. A change alone changes nothing in Atlan.",
			},
			"method_used": computedString("Who made the principal an admin: `direct`, `user_bearer`, `package`, or `none` if it was one before; null for an " +
				"imported grant."),
			"workflow_name": computedString("Name of the workflow that made the API token an admin, if this provider has made that workflow; null otherwise. " +
				"Destroying the grant archives it."),
			"username": computedString("Name of the principal in the connection's list of admins: the user name of an API token " +
				"(`service-account-apikey-…`) or user, the internal name of a group, or the GUID of a role."),
		},
		Blocks: map[string]schema.Block{
			"timeouts": tfx.TimeoutsBlock(ctx, map[string]time.Duration{"create": createTimeout}),
		},
	}
}

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed: true, MarkdownDescription: description,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

func connectionAttribute(what, other string, form ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: fmt.Sprintf("%s of the connection; default that of the connection in `%s`. Give one of the two, or both of the same connection. "+
			"A change replaces the grant.", what, other),
		Validators:    append(form, stringvalidator.LengthAtLeast(1)),
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()},
	}
}

func principalAttribute(what string, kind tfx.GranteeKind, form ...validator.String) schema.StringAttribute {
	var others []string
	for _, other := range tfx.GranteeKinds {
		if other != kind {
			others = append(others, "`"+other.Attribute().String()+"`")
		}
	}
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: what + "; default none: give exactly one of this, " + strings.Join(others, ", ") + ". A change replaces the grant.",
		Validators:          append(form, stringvalidator.LengthAtLeast(1)),
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// ConfigValidators implements resource.ResourceWithConfigValidators.
func (r *Resource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{
		resourcevalidator.AtLeastOneOf(path.MatchRoot("connection_id"), path.MatchRoot("connection_qualified_name")),
		resourcevalidator.ExactlyOneOf(path.MatchRoot("api_token_id"), path.MatchRoot("user"), path.MatchRoot("group"), path.MatchRoot("role")),
	}
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || config.Method.ValueString() != tfx.MethodPackage || !config.APITokenID.IsNull() {
		return
	}
	resp.Diagnostics.AddAttributeError(path.Root("method"), "The package makes only API tokens admins",
		"Give api_token_id instead of "+config.grantee().Kind.Attribute().String()+", or another method.")
}
