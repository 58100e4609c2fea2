// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// ResourceClient is embedded by managed and list resources: it takes the client from the provider. Client is nil while
// the provider is not configured: Terraform validates before it configures, and plans with a configuration that is
// still unknown.
type ResourceClient struct {
	Client *atlan.Client
}

// Configure implements resource.ResourceWithConfigure and list.ListResourceWithConfigure.
func (c *ResourceClient) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	c.Client = clientOf(req.ProviderData, &resp.Diagnostics)
}

// DataSourceClient is embedded by data sources, as [ResourceClient] is by resources.
type DataSourceClient struct {
	Client *atlan.Client
}

// Configure implements datasource.DataSourceWithConfigure.
func (c *DataSourceClient) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	c.Client = clientOf(req.ProviderData, &resp.Diagnostics)
}

// EphemeralClient is embedded by ephemeral resources, as [ResourceClient] is by resources.
type EphemeralClient struct {
	Client *atlan.Client
}

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (c *EphemeralClient) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	c.Client = clientOf(req.ProviderData, &resp.Diagnostics)
}

// ActionClient is embedded by actions, as [ResourceClient] is by resources.
type ActionClient struct {
	Client *atlan.Client
}

// Configure implements action.ActionWithConfigure.
func (c *ActionClient) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	c.Client = clientOf(req.ProviderData, &resp.Diagnostics)
}

func clientOf(providerData any, diags *diag.Diagnostics) *atlan.Client {
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
			"Its base_url or credential depends on values that are known only after an apply. Apply what they come from first (terraform apply -target=…), or "+
				"pass them as variables.")
	}
	return client != nil
}
