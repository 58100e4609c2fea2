// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// providerModel is the provider block.
type providerModel struct {
	BaseURL           types.String `tfsdk:"base_url"`
	APIKey            types.String `tfsdk:"api_key"`
	OAuthClientID     types.String `tfsdk:"oauth_client_id"`
	OAuthClientSecret types.String `tfsdk:"oauth_client_secret"`
	UserBearerToken   types.String `tfsdk:"user_bearer_token"`
	RequestsPerMinute types.Int64  `tfsdk:"requests_per_minute"`
	MaxRetries        types.Int64  `tfsdk:"max_retries"`
	RequestTimeout    types.String `tfsdk:"request_timeout"`
	PersonaAPI        types.String `tfsdk:"persona_api"`
	WorkflowAPI       types.String `tfsdk:"workflow_api"`
	CACertificate     types.String `tfsdk:"ca_certificate"`
}

// The environment variables that stand in for arguments; the first four are those of Atlan's SDKs.
const (
	envBaseURL           = "ATLAN_BASE_URL"
	envAPIKey            = "ATLAN_API_KEY" //nolint:gosec // a name, not a value
	envOAuthClientID     = "ATLAN_OAUTH_CLIENT_ID"
	envOAuthClientSecret = "ATLAN_OAUTH_CLIENT_SECRET" //nolint:gosec // a name, not a value
	envUserBearerToken   = "ATLAN_USER_BEARER_TOKEN"   //nolint:gosec // a name, not a value
)

func (m providerModel) unknown() bool {
	for _, value := range []attr.Value{
		m.BaseURL, m.APIKey, m.OAuthClientID, m.OAuthClientSecret, m.UserBearerToken, m.RequestsPerMinute, m.MaxRetries, m.RequestTimeout,
		m.PersonaAPI, m.WorkflowAPI, m.CACertificate,
	} {
		if value.IsUnknown() {
			return true
		}
	}
	return false
}

// clientConfig settles each value: the argument, else the environment, else the default of the client.
func (m providerModel) clientConfig(env func(string) string) (atlan.Config, diag.Diagnostics) {
	var diags diag.Diagnostics
	config := atlan.Config{
		BaseURL:           argumentOr(m.BaseURL, env(envBaseURL)),
		RequestsPerMinute: int(m.RequestsPerMinute.ValueInt64()),
	}
	if config.BaseURL == "" {
		diags.AddAttributeError(path.Root("base_url"), "The address of the Atlan tenant is missing",
			"Set base_url in the provider block, or the environment variable "+envBaseURL+", to an address such as https://acme.atlan.com.")
	}
	m.credential(&config, env, &diags)
	config.UserBearerToken = argumentOr(m.UserBearerToken, env(envUserBearerToken))
	if config.UserBearerToken != "" && config.UserBearerToken == config.APIKey {
		diags.AddAttributeError(path.Root("user_bearer_token"), "user_bearer_token has the value of the API key",
			"user_bearer_token, or the environment variable "+envUserBearerToken+", must be the bearer token of a person, "+
				"whose rights it lends to grants on connections and query collections. Leave it out if the API token itself is an admin of them.")
	}
	if !m.MaxRetries.IsNull() {
		retries := int(m.MaxRetries.ValueInt64())
		config.MaxRetries = &retries
	}
	if !m.RequestTimeout.IsNull() {
		timeout, timeoutDiags := tfx.Duration(path.Root("request_timeout"), m.RequestTimeout)
		diags.Append(timeoutDiags...)
		config.RequestTimeout = timeout
	}
	if surface := m.PersonaAPI.ValueString(); surface != "auto" {
		config.PersonaSurface = atlan.Surface(surface)
	}
	if surface := m.WorkflowAPI.ValueString(); surface != "auto" {
		config.WorkflowSurface = atlan.WorkflowSurface(surface)
	}
	config.CACertificates = m.caCertificates(&diags)
	return config, diags
}

func argumentOr(argument types.String, otherwise string) string {
	if argument.IsNull() {
		return otherwise
	}
	return argument.ValueString()
}

// credential chooses between the two kinds. What is set in the provider block wins over the environment, whatever its
// kind; within the environment the API key wins, as in Atlan's SDKs.
func (m providerModel) credential(config *atlan.Config, env func(string) string, diags *diag.Diagnostics) {
	oauthSet := !m.OAuthClientID.IsNull() || !m.OAuthClientSecret.IsNull()
	switch {
	case !m.APIKey.IsNull() && oauthSet:
		diags.AddAttributeError(path.Root("api_key"), "Two kinds of credential are set",
			"Set either api_key, or oauth_client_id and oauth_client_secret, in the provider block; not both.")
		return
	case !m.APIKey.IsNull():
		config.APIKey = m.APIKey.ValueString()
		return
	case !oauthSet && env(envAPIKey) != "":
		config.APIKey = env(envAPIKey)
		return
	}
	config.OAuthClientID = argumentOr(m.OAuthClientID, env(envOAuthClientID))
	config.OAuthClientSecret = argumentOr(m.OAuthClientSecret, env(envOAuthClientSecret))
	switch {
	case config.OAuthClientID == "" && config.OAuthClientSecret == "":
		diags.AddAttributeError(path.Root("api_key"), "No credential for the Atlan tenant",
			"Set api_key in the provider block or the environment variable "+envAPIKey+
				"; or oauth_client_id and oauth_client_secret, or "+envOAuthClientID+" and "+envOAuthClientSecret+".")
	case config.OAuthClientID == "":
		diags.AddAttributeError(path.Root("oauth_client_id"), "The OAuth client id is missing",
			"An OAuth client secret is set: set oauth_client_id or the environment variable "+envOAuthClientID+" too.")
	case config.OAuthClientSecret == "":
		diags.AddAttributeError(path.Root("oauth_client_secret"), "The OAuth client secret is missing",
			"An OAuth client id is set: set oauth_client_secret or the environment variable "+envOAuthClientSecret+" too.")
	}
}

func (m providerModel) caCertificates(diags *diag.Diagnostics) []byte {
	value := m.CACertificate.ValueString()
	if value == "" || strings.Contains(value, "-----BEGIN") {
		return []byte(value)
	}
	pem, err := os.ReadFile(value) //nolint:gosec // the user names the file
	if err != nil {
		diags.AddAttributeError(path.Root("ca_certificate"), "The CA certificate cannot be read",
			fmt.Sprintf("ca_certificate is neither PEM text nor a file that can be read: %v", err))
	}
	return pem
}

// configurationDiagnostic says what the client found wrong with its configuration. Values from the environment have
// passed no validator, so the address can be at fault here too.
func configurationDiagnostic(err error) diag.Diagnostic {
	if errors.Is(err, atlan.ErrInvalidCACertificate) {
		return diag.NewAttributeErrorDiagnostic(path.Root("ca_certificate"), "Invalid CA certificate", err.Error())
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("base_url"), "Invalid address of the tenant",
		fmt.Sprintf("base_url, or the environment variable %s: %v", envBaseURL, err))
}

// baseURLValidator refuses an address that the client would refuse, at plan time.
type baseURLValidator struct{}

func (baseURLValidator) Description(context.Context) string {
	return "the https address of a tenant without a path"
}

func (v baseURLValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (baseURLValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := atlan.ParseBaseURL(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid address of the tenant", err.Error())
	}
}
