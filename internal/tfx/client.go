// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// Client takes the client from what the provider hands to its objects. It is nil, without an error, while the provider
// is not configured: Terraform validates before it configures, and plans with a configuration that is still unknown.
func Client(providerData any, diags *diag.Diagnostics) *atlan.Client {
	if providerData == nil {
		return nil
	}
	client, ok := providerData.(*atlan.Client)
	if !ok {
		diags.AddError("Provider defect", fmt.Sprintf("The provider handed %T to an object that expects *atlan.Client. Please report this.", providerData))
	}
	return client
}

// HasClient adds an error if the operation needs the tenant while the provider is not configured.
func HasClient(client *atlan.Client, diags *diag.Diagnostics) bool {
	if client == nil {
		diags.AddError("The Atlan provider is not configured yet",
			"Its base_url or credential depends on values that are not known before apply. Apply what they come from first "+
				"(terraform apply -target=…), or give them as variables.")
	}
	return client != nil
}
