// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const description = "A workflow of any app that the tenant has: a crawler, a miner, or an importer. The configuration is checked against the app's own input contract " +
	"when a change is planned, as far as it is known then; for some apps there are resources that know their forms, such as `atlan_mode_workflow`.\n\n" +
	"Destroying it archives the workflow. The connection that its runs have made, the assets in it, and the credential stay in Atlan. Preflight checks are not " +
	"offered: no API runs them; `contract_validation` and `test_authentication` are what there is before a run.\n\n" +
	"Managing workflows takes an admin or a workflow admin, or an API token with the default role."

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"credential": schema.SingleNestedAttribute{
			Optional: true,
			MarkdownDescription: "Credential for the source, which Atlan keeps in its vault; default none, or that of `credential_guid`. What is left out is what the app's " +
				"form presets. A change updates the credential in place.",
			Attributes: map[string]schema.Attribute{
				"auth_type": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Way of authentication, such as `basic`; default what the app's form presets. A change updates the credential in place.",
					Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				},
				"host": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Host of the source; default what the app's form presets. A change updates the credential in place.",
					Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				},
				"port": schema.Int64Attribute{
					Optional:            true,
					MarkdownDescription: "Port of the source; default what the app's form presets. A change updates the credential in place.",
					Validators:          []validator.Int64{int64validator.Between(1, 65535)},
				},
				"username": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "User name, or what takes its place, such as the id of a key; default none. A change updates the credential in place.",
					Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
				},
				"password_wo": schema.StringAttribute{
					Optional: true, Sensitive: true, WriteOnly: true,
					MarkdownDescription: "Password, or what takes its place, such as the secret of a key; default none. It is write-only: neither the state nor a plan holds " +
						"it. It is sent when the credential is made, and with every change of `secret_version` or of another part.",
					Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				},
				"secret_version": schema.StringAttribute{
					Optional: true,
					MarkdownDescription: "Any text that stands for the present secrets; default none. Change it when the secrets change, to have them sent: a plan warns " +
						"when they have changed and it has not. A change updates the credential in place.",
				},
				"extra": schema.MapAttribute{
					Optional: true, ElementType: types.StringType,
					MarkdownDescription: "Further parts of the credential by the keys of the app's form, such as a warehouse or a role; default none. A change updates the " +
						"credential in place.",
				},
				"extra_wo": schema.MapAttribute{
					Optional: true, Sensitive: true, WriteOnly: true, ElementType: types.StringType,
					MarkdownDescription: "Further parts that are secret, such as a private key; default none. They are write-only, as `password_wo` is.",
				},
				"config": schema.StringAttribute{
					Optional: true,
					MarkdownDescription: "Name of the form that the credential is for, such as `atlan-connectors-metabase`; default the one that the app names. A change " +
						"updates the credential in place.",
					Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				},
			},
		},
	}
}
