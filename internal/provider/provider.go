// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform provider for Atlan: its configuration and the list of what it offers.
package provider

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// Provider is the Terraform provider for Atlan.
type Provider struct {
	version string
	options Options
}

// Options are what a program that embeds the provider may replace; tests run many providers beside each other with them.
type Options struct {
	// Environment looks up an environment variable; nil means the process's environment.
	Environment func(name string) string
	// Client has the last word on the client's configuration; nil leaves it as it is.
	Client func(*atlan.Config)
}

// New returns a constructor of the provider, as the plugin framework wants it. version is the release, or "dev".
func New(version string, options Options) func() provider.Provider {
	if options.Environment == nil {
		options.Environment = os.Getenv
	}
	if options.Client == nil {
		options.Client = func(*atlan.Config) {}
	}
	return func() provider.Provider { return &Provider{version: version, options: options} }
}

// Metadata implements provider.Provider.
func (p *Provider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "atlan"
	resp.Version = p.version
}

// Schema implements provider.Provider.
func (p *Provider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages the access configuration of an [Atlan](https://atlan.com) tenant.\n\n" +
			"The address and the credential can come from environment variables; an argument wins over the environment.",
		Attributes: map[string]schema.Attribute{
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Address of the tenant, such as `https://acme.atlan.com`; environment variable `ATLAN_BASE_URL`. " +
					"It must use https, except for a loopback address, and have no path.",
				Validators: []validator.String{baseURLValidator{}},
			},
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Value of an API token of the tenant; environment variable `ATLAN_API_KEY`. " +
					"Give either this or the OAuth client. From the environment, the API key wins over an OAuth client.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"oauth_client_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Client id of an OAuth client of the tenant (`oauth-client-…`); environment variable " +
					"`ATLAN_OAUTH_CLIENT_ID`. It is exchanged for short-lived bearer tokens, which are renewed by themselves.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"oauth_client_secret": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Secret of the OAuth client; environment variable `ATLAN_OAUTH_CLIENT_SECRET`.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"user_bearer_token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Bearer token of a person, not of an API token; environment variable `ATLAN_USER_BEARER_TOKEN`. It lends that person's rights " +
					"to granting rights on connections and query collections, and to reading those that the API token does not see; all else is done with the " +
					"API key or OAuth client. It expires soon, so pass it as an ephemeral variable or in the environment.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"requests_per_minute": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("Most requests that the provider sends in any minute; default %d. Atlan publishes a limit of "+
					"400 a minute for all programmatic callers of a tenant together, and blocks a caller for a minute above it.", atlan.DefaultRequestsPerMinute),
				Validators: []validator.Int64{int64validator.Between(1, 100_000)},
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("How often a request that may be repeated safely is tried again after 429, 5xx or a connection failure; "+
					"default %d. What creates an object is never repeated blindly.", atlan.DefaultMaxRetries),
				Validators: []validator.Int64{int64validator.Between(0, 20)},
			},
			"request_timeout": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How long one attempt of a request may take, as a duration such as `90s`; default `60s`. " +
					"Creating an API token may take three times as long.",
				Validators: []validator.String{tfx.PositiveDuration{}},
			},
			"persona_api": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How personas and their policies are managed: `entities` (the metastore, as present tenants and Atlan's SDKs do), " +
					"`personas` (the older documented REST family), or `auto`, the default, which asks the tenant once.",
				Validators: []validator.String{stringvalidator.OneOf("auto", string(atlan.SurfaceEntities), string(atlan.SurfacePersonas))},
			},
			"workflow_api": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "How new workflows are managed that Atlan has both as an app and as a package, which are those of " +
					"`atlan_mode_workflow`: `app`, as present tenants do; `package`, the older surface; or `auto`, the default, which takes the package only " +
					"where the tenant serves no workflows of apps. A workflow stays what it was made as. `app` also keeps the provider from all other workflows " +
					"of packages, such as the one that makes an API token an admin of a connection.",
				Validators: []validator.String{stringvalidator.OneOf("auto", string(atlan.WorkflowsOfApps), string(atlan.WorkflowsOfPackages))},
			},
			"ca_certificate": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Certificate authority to trust besides the system's: PEM text, or the path of a PEM file. " +
					"Proxies are taken from `HTTPS_PROXY` and `NO_PROXY`.",
			},
		},
	}
}

// Configure implements provider.Provider.
func (p *Provider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var model providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if model.unknown() {
		// Nothing can be read yet. Terraform plans the rest and configures the provider again at apply.
		if req.ClientCapabilities.DeferralAllowed {
			resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		}
		return
	}
	config, diags := model.clientConfig(p.environment)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.UserAgent = fmt.Sprintf("terraform-provider-atlan/%s (terraform %s)", p.version, req.TerraformVersion)
	config.Log = func(ctx context.Context, message string, fields map[string]any) { tflog.Debug(ctx, message, fields) }
	p.options.Client(&config)
	client, err := atlan.New(config)
	if err != nil {
		resp.Diagnostics.Append(configurationDiagnostic(err))
		return
	}
	resp.ResourceData = client
	resp.DataSourceData = client
	resp.EphemeralResourceData = client
	resp.ListResourceData = client
	resp.ActionData = client
}

func (p *Provider) environment(name string) string {
	return strings.TrimSpace(p.options.Environment(name))
}
