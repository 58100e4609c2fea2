// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

const description = "A workflow that crawls a Mode workspace: its collections, reports, queries and charts become assets under a connection of their own. " +
	"The arguments are " +
	"those of Atlan's form. Atlan publishes neither the id of its app for Mode nor the keys of the app's inputs: the provider finds both on the tenant, the " +
	"keys by the " +
	"labels of the form, and checks the configuration against the app's contract when a change is planned. Where it finds something else than is meant, " +
	"`app_id`, " +
	"`entrypoint`, `input_names` and `inputs` say so.\n\n" +
	"On a tenant that serves no workflows of apps, it is a workflow of the package `@atlan/mode`, whose parameters are inferred; the provider's `workflow_api` " +
	"makes it one elsewhere too. Its id is then such as `atlan-mode-1763769600`, it has no version, `name` is kept in the state alone, and nothing is checked " +
	"before it runs.\n\n" +
	"Destroying it archives the workflow. The connection that its runs have made, the assets in it, and the credential stay in Atlan. Preflight checks " +
	"are not " +
	"offered: " +
	"no API runs them; `contract_validation` and `test_authentication` are what there is before a run.\n\n" +
	"Managing workflows takes an admin or a workflow admin, or an API token with the default role."

// parts are what the form asks for in its step for the credential (docs.atlan.com "Crawl Mode"). The keys are those of
// other connectors' credentials; that they are Mode's as well is inferred.
var parts = []workflow.Part{
	{
		Attribute: "workspace", Required: true, Meaning: workflow.Meaning{Labels: []string{"Workspace"}, Keys: []string{"extra.workspace"}},
		Description: "Name of the Mode workspace, as in its address: `app.mode.com/<workspace>`.",
	},
	{
		Attribute: "api_key_id", Required: true, Meaning: workflow.Meaning{Labels: []string{"API Key ID"}, Keys: []string{"username"}},
		Description: "Id of the API key: the *Key ID*, or of an older one the *Token*.",
	},
	{
		Attribute: "api_secret_wo", Required: true, Secret: true, Meaning: workflow.Meaning{Labels: []string{"API Secret"}, Keys: []string{"password"}},
		Description: "Secret of the API key: the *Secret*, or of an older one the *Password*.",
	},
	{
		Attribute: "exclude_personal_collections", Flag: true,
		Meaning: workflow.Meaning{
			Labels: []string{"Exclude all personal collections"},
			Keys:   []string{"extra.exclude_personal_collections", "extra.exclude_all_personal_collections"},
		},
		Description: "Whether to leave out the personal collections of all people; default what the form presets, which is to crawl them.",
	},
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"include_collections": collections("Ids of the collections to crawl, as strings; default all. What is in `exclude_collections` too is left out."),
		"exclude_collections": collections("Ids of the collections to leave out, as strings; default none. It wins over `include_collections`."),
		"crawl_archived_reports": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether to crawl archived reports with their queries and charts; default `true`. A change updates the workflow in place.",
		},
		"input_names": workflow.InputNames([]string{"include_collections", "exclude_collections", "crawl_archived_reports"}, parts),
	}
}

func collections(description string) schema.SetAttribute {
	return schema.SetAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: description + " Whether Atlan means the numbers or the tokens of Mode's API is not published: look at a workflow that was set " +
			"up in " +
			"Atlan, " +
			"or import it. A change updates the workflow in place.",
		Validators: []validator.Set{
			setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1)),
		},
	}
}
