// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package altrworkflow

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

const description = "A workflow that imports the results of an ALTR classification job: its runs attach ALTR's governance tags to the assets of an existing " +
	"connection. The arguments are those of Atlan's form: one data source and one completed job to a workflow, so that each job takes a workflow of its " +
	"own. Atlan " +
	"publishes neither the id of its app for ALTR nor the keys of the app's inputs: the provider finds both on the tenant, the keys by the labels of the " +
	"form, and " +
	"checks the configuration against the app's contract when a change is planned. Where it finds something else than is meant, `app_id`, `entrypoint`, " +
	"`input_names` " +
	"and `inputs` say so.\n\n" +
	"It needs `new_connection`, which becomes the source of the tags, and either `credential` or `credential_guid`.\n\n" +
	"Destroying it archives the workflow. The connection that its runs have made, the tags on assets, and the credential stay in Atlan. Preflight checks " +
	"are not " +
	"offered: no API runs them; `contract_validation` and `test_authentication` are what there is before a run.\n\n" +
	"Managing workflows takes an admin or a workflow admin, or an API token with the default role. The API key takes a Super Administrator of ALTR."

// parts are what the form asks for in its step for the credential (docs.atlan.com "Import ALTR classification metadata").
// ALTR takes the key as user name and the secret as password (docs.altr.com "Manage API keys"); that Atlan's credential has
// them in these places is inferred.
var parts = []workflow.Part{
	{
		Attribute: "api_key", Required: true, Meaning: workflow.Meaning{Labels: []string{"ALTR API Key", "API Key"}, Keys: []string{"username"}},
		Description: "ALTR API key: its name, which ALTR shows under *Settings > Preferences > API*.",
	},
	{
		Attribute: "api_secret_wo", Required: true, Secret: true,
		Meaning:     workflow.Meaning{Labels: []string{"ALTR API Secret", "API Secret"}, Keys: []string{"password"}},
		Description: "ALTR API secret, which ALTR shows once, when the key is made.",
	},
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"atlan_connection": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Qualified name of the existing connection whose assets are to be tagged, such as `default/snowflake/1700000000`: the one that " +
				"holds the " +
				"assets of the data source that ALTR has classified. It has to be crawled before the workflow runs. A change updates the workflow in place.",
			Validators: []validator.String{
				stringvalidator.RegexMatches(connectionName, `must be the qualified name of a connection, such as "default/snowflake/1700000000"`),
			},
		},
		"altr_connection": text("Data source in ALTR that the job has classified: the id of a database, as a string, or the name of a repository."),
		"classification_job": text("Id of the classification job in ALTR, as a string. The job has to be completed; a later one of the same data source is " +
			"another " +
			"id."),
		"input_names": workflow.InputNames([]string{"atlan_connection", "altr_connection", "classification_job"}, parts),
	}
}

var connectionName = regexp.MustCompile(`^default/[^/\s]+/[^/\s]+$`)

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, MarkdownDescription: description + " A change updates the workflow in place.",
		Validators: []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
	}
}

var notBlank = regexp.MustCompile(`\S`)
