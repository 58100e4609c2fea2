// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import "github.com/atlan-community/terraform-provider-atlan/internal/workflow"

const description = "A workflow of any app that the tenant has: a crawler, a miner, or an importer. The configuration is checked against the app's own " +
	"input contract " +
	"when a change is planned, as far as it is known then; for some apps there are resources that know their forms, such as `atlan_mode_workflow`.\n\n" +
	"Destroying it archives the workflow. The connection that its runs have made, the assets in it, and the credential stay in Atlan. Preflight checks " +
	"are not " +
	"offered: no API runs them; `contract_validation` and `test_authentication` are what there is before a run.\n\n" +
	"Managing workflows takes an admin or a workflow admin, or an API token with the default role."

// parts are those that credentials of all apps may have.
var parts = []workflow.Part{
	{
		Attribute: "username", Meaning: workflow.Meaning{Keys: []string{"username"}},
		Description: "User name, or what takes its place, such as the id of a key; default none.",
	},
	{
		Attribute: "password_wo", Secret: true, Meaning: workflow.Meaning{Keys: []string{"password"}},
		Description: "Password, or what takes its place, such as the secret of a key; default none.",
	},
}
