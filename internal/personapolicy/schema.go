// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// maxAssets is how many assets a persona's metadata policies may have together (metastore ESAliasStore).
const maxAssets = 1000

const describeLinkAssets = "link READMEs and resources; has no effect on a tenant that manages policies as entities, where it is left out with a warning"

var notBlank = regexp.MustCompile(`\S`)

// kind is a kind of policy as Terraform sees it.
type kind struct {
	atlan.PolicyKind
	// typeName of the resource.
	typeName string
	// assetsName is the attribute that holds what the policy is about.
	assetsName string
	// describe says what such a policy is.
	describe string
	// actions describes each action, by name.
	actions map[string]string
}

var kinds = map[atlan.PolicyKind]kind{
	atlan.PolicyMetadata: {
		PolicyKind: atlan.PolicyMetadata, typeName: "atlan_persona_metadata_policy", assetsName: "assets",
		describe: "A metadata policy of a persona: what the persona's users may do with the metadata of a connection's assets.",
		actions: map[string]string{
			"entity-read":                          "view activity, lineage, custom metadata, and SQL queries",
			"entity-update":                        "change description, certificate, owners, README and resources",
			"entity-create":                        "create assets through the API",
			"entity-delete":                        "delete assets through the API",
			"entity-update-business-metadata":      "change custom metadata values",
			"entity-add-classification":            "attach tags",
			"entity-remove-classification":         "remove tags",
			"add-terms":                            "attach terms",
			"remove-terms":                         "remove terms",
			"link-assets":                          describeLinkAssets,
			"persona-entity-update-classification": "change attached tags",
			"persona-dq-create":                    "create data quality rules",
			"persona-dq-read":                      "view data quality rules",
			"persona-dq-update":                    "change data quality rules",
			"persona-dq-delete":                    "delete data quality rules",
		},
	},
	atlan.PolicyData: {
		PolicyKind: atlan.PolicyData, typeName: "atlan_persona_data_policy", assetsName: "assets",
		describe: "A data policy of a persona: whether the persona's users may query and preview the data of a connection's assets.",
	},
	atlan.PolicyGlossary: {
		PolicyKind: atlan.PolicyGlossary, typeName: "atlan_persona_glossary_policy", assetsName: "glossary_qualified_names",
		describe: "A glossary policy of a persona: what the persona's users may do with glossaries, their terms and categories.",
		actions: map[string]string{
			"entity-create":                           "create terms and categories",
			"entity-update":                           "change glossaries, terms and categories",
			"entity-delete":                           "delete glossaries, terms and categories",
			"entity-update-business-metadata":         "change custom metadata values",
			"entity-add-classification":               "attach tags",
			"entity-remove-classification":            "remove tags",
			"link-assets":                             describeLinkAssets,
			"persona-glossary-read":                   "view glossaries, terms and categories",
			"persona-glossary-update-classifications": "change attached tags",
		},
	},
}

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"id": schema.StringAttribute{
			Computed: true, MarkdownDescription: "GUID of the policy.",
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"persona_id": schema.StringAttribute{
			Required: true, MarkdownDescription: "GUID of the persona that the policy belongs to. A change replaces the policy.",
			Validators:    []validator.String{tfx.GUID()},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"name": schema.StringAttribute{
			Required: true, MarkdownDescription: "Name of the policy, unique within its persona. A change updates the policy in place.",
			Validators: []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
		},
		"description": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(""),
			MarkdownDescription: "What the policy is for; default empty. A change updates the policy in place.",
		},
		"allow": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether the policy allows; default `true`. With `false` it is an explicit deny: the persona's users cannot perform its " +
				"actions on its assets, whatever their other policies allow, including those of other personas. A change updates the policy in place.",
		},
	}
	if r.kind.actions != nil {
		attributes["actions"] = schema.SetAttribute{
			Required: true, ElementType: types.StringType, MarkdownDescription: r.kind.describeActions(),
			Validators: []validator.Set{setvalidator.SizeAtLeast(1)},
		}
	}
	attributes[r.kind.assetsName] = schema.SetAttribute{
		Required: true, ElementType: types.StringType, MarkdownDescription: r.kind.describeAssets(),
		Validators: []validator.Set{
			setvalidator.SizeBetween(1, maxAssets),
			setvalidator.ValueStringsAre(r.kind.assetForm()),
		},
	}
	if r.kind.PolicyKind != atlan.PolicyGlossary {
		attributes["connection_id"] = connectionAttribute("GUID", "connection_qualified_name", tfx.GUID())
		attributes["connection_qualified_name"] = connectionAttribute(
			"Qualified name, such as `default/snowflake/1700000000`,", "connection_id", tfx.ConnectionQualifiedName(),
		)
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: r.kind.describe + "\n\n" + r.kind.describePrerequisite() +
			"Policies are managed as entities of the metastore, or through the older REST API on a tenant that serves only that; " +
			"see the provider's `persona_api`. A change takes about half a minute to become effective for users. Destroying deletes the policy; the persona " +
			"and its other policies stay.",
		Attributes: attributes,
		Blocks:     map[string]schema.Block{"timeouts": tfx.TimeoutsBlock(ctx)},
	}
}

func connectionAttribute(what, other string, form validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: fmt.Sprintf("%s of the connection whose assets the policy is about; default that of the connection in `%s`. Give one of the "+
			"two, or both of the same connection. A change replaces the policy.", what, other),
		Validators:    []validator.String{form},
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()},
	}
}

// assetForm refuses what names nothing. Qualified names of glossaries are ids that Atlan's SDKs make at random, without
// spaces; names of glossaries mostly have some.
func (k kind) assetForm() validator.String {
	if k.PolicyKind == atlan.PolicyGlossary {
		return stringvalidator.RegexMatches(regexp.MustCompile(`^\S+$`), "must be the qualified name of a glossary, such as LzgnFMh4DYW1lVTJkBYFSZ, not its name")
	}
	return stringvalidator.RegexMatches(notBlank, "must not be empty or blank")
}

func (k kind) describePrerequisite() string {
	if k.PolicyKind == atlan.PolicyGlossary {
		return ""
	}
	return "The caller must be an admin of the connection; being an admin of the workspace is not enough.\n\n"
}

func (k kind) describeActions() string {
	var b strings.Builder
	b.WriteString("What the policy allows or denies. A change updates the policy in place. The names are the documented ones; the provider translates " +
		"them for tenants that use others:\n")
	for _, name := range k.Actions() {
		fmt.Fprintf(&b, "\n  - `%s`: %s", name, k.actions[name])
	}
	b.WriteString(".")
	return b.String()
}

func (k kind) describeAssets() string {
	if k.PolicyKind == atlan.PolicyGlossary {
		return "Qualified names of the glossaries that the policy is about, such as `LzgnFMh4DYW1lVTJkBYFSZ`, not their names. A change updates " +
			"the policy in place."
	}
	return fmt.Sprintf("Qualified names of the assets that the policy is about, all within the connection: the connection's own for everything in it, "+
		"or that of a database, schema or other asset. `*` stands for any text. A persona's policies may name %d assets together. "+
		"A change updates the policy in place.", maxAssets)
}
