// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

const (
	unknown = "\x00unknown"
	tenant  = "https://acme.atlan.com"
)

// TestConfigure settles arguments and environment, and refuses what cannot work with one error that names the arguments
// and the environment variables.
func TestConfigure(t *testing.T) {
	t.Parallel()
	pem := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(pem, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		block       map[string]any
		environment map[string]string
		want        []string // parts of the error; none means success
		check       func(*testing.T, atlan.Config)
	}{
		"from the environment": {nil, env(tenant, "environment-key"), nil, func(t *testing.T, c atlan.Config) {
			t.Helper()
			expect(t, c.BaseURL, tenant)
			expect(t, c.APIKey, "environment-key")
		}},
		"arguments win": {
			map[string]any{"base_url": "https://other.atlan.com", "api_key": "argument-key"},
			env(tenant, "environment-key"), nil,
			func(t *testing.T, c atlan.Config) {
				t.Helper()
				expect(t, c.BaseURL, "https://other.atlan.com")
				expect(t, c.APIKey, "argument-key")
			},
		},
		"an OAuth client in the block wins over an API key in the environment": {
			map[string]any{"oauth_client_id": "oauth-client-1", "oauth_client_secret": "secret"},
			env(tenant, "environment-key"), nil,
			func(t *testing.T, c atlan.Config) {
				t.Helper()
				expect(t, c.APIKey, "")
				expect(t, c.OAuthClientID, "oauth-client-1")
			},
		},
		"in the environment the API key wins": {
			nil,
			map[string]string{"ATLAN_BASE_URL": tenant, "ATLAN_API_KEY": "key", "ATLAN_OAUTH_CLIENT_ID": "id", "ATLAN_OAUTH_CLIENT_SECRET": "secret"},
			nil,
			func(t *testing.T, c atlan.Config) {
				t.Helper()
				expect(t, c.APIKey, "key")
				expect(t, c.OAuthClientID, "")
			},
		},
		"half an OAuth client from each place": {
			map[string]any{"oauth_client_id": "id"},
			map[string]string{"ATLAN_BASE_URL": tenant, "ATLAN_OAUTH_CLIENT_SECRET": "secret"},
			nil,
			func(t *testing.T, c atlan.Config) {
				t.Helper()
				expect(t, c.OAuthClientSecret, "secret")
			},
		},
		"a user's bearer token from the environment": {
			nil,
			map[string]string{"ATLAN_BASE_URL": tenant, "ATLAN_API_KEY": "key", "ATLAN_USER_BEARER_TOKEN": "user"},
			nil,
			func(t *testing.T, c atlan.Config) {
				t.Helper()
				expect(t, c.UserBearerToken, "user")
			},
		},
		"the API key as a user's bearer token": {
			map[string]any{"user_bearer_token": "environment-key"},
			env(tenant, "environment-key"),
			[]string{"user_bearer_token", "ATLAN_USER_BEARER_TOKEN", "bearer token of a person"},
			nil,
		},
		"no credential": {
			nil,
			map[string]string{"ATLAN_BASE_URL": tenant},
			[]string{"api_key", "ATLAN_API_KEY", "oauth_client_id", "ATLAN_OAUTH_CLIENT_SECRET"},
			nil,
		},
		"both kinds": {
			map[string]any{"api_key": "k", "oauth_client_id": "i", "oauth_client_secret": "s"},
			env(tenant, ""),
			[]string{"Two kinds of credential", "api_key", "oauth_client_id"},
			nil,
		},
		"the surfaces": {
			map[string]any{"persona_api": "personas", "workflow_api": "package"},
			env(tenant, "key"), nil,
			func(t *testing.T, c atlan.Config) {
				t.Helper()
				expect(t, string(c.PersonaSurface), "personas")
				expect(t, string(c.WorkflowSurface), "package")
			},
		},
		"the surfaces that the tenant serves": {
			map[string]any{"persona_api": "auto", "workflow_api": "auto"},
			env(tenant, "key"), nil,
			func(t *testing.T, c atlan.Config) {
				t.Helper()
				expect(t, string(c.PersonaSurface)+string(c.WorkflowSurface), "")
			},
		},
		"id without secret":   {map[string]any{"oauth_client_id": "i"}, env(tenant, ""), []string{"oauth_client_secret", "ATLAN_OAUTH_CLIENT_SECRET"}, nil},
		"secret without id":   {map[string]any{"oauth_client_secret": "s"}, env(tenant, ""), []string{"oauth_client_id", "ATLAN_OAUTH_CLIENT_ID"}, nil},
		"no address":          {nil, env("", "key"), []string{"base_url", "ATLAN_BASE_URL", "https://acme.atlan.com"}, nil},
		"http":                {nil, env("http://acme.atlan.com", "key"), []string{"ATLAN_BASE_URL", "use https"}, nil},
		"a path":              {nil, env("https://acme.atlan.com/api", "key"), []string{"give the address of the tenant alone"}, nil},
		"user info":           {nil, env("https://me:pw@acme.atlan.com", "key"), []string{"must not hold a user name"}, nil},
		"INTERNAL":            {nil, env("INTERNAL", "key"), []string{"is not the address of a tenant"}, nil},
		"a CA that is no PEM": {map[string]any{"ca_certificate": pem}, env(tenant, "key"), []string{"ca_certificate", "PEM"}, nil},
		"a CA that is no file": {
			map[string]any{"ca_certificate": "/no/such/file"}, env(tenant, "key"), []string{"ca_certificate", "neither PEM text nor a file"}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got atlan.Config
			diags := configure(t, test.block, test.environment, func(config *atlan.Config) { got = *config })
			text := texts(diags)
			if len(test.want) == 0 {
				if len(diags) > 0 {
					t.Fatal(text)
				}
				test.check(t, got)
				return
			}
			if len(diags) != 1 {
				t.Errorf("want one error, got %d: %s", len(diags), text)
			}
			for _, part := range test.want {
				if !strings.Contains(text, part) {
					t.Errorf("the error does not say %q: %s", part, text)
				}
			}
		})
	}
}

// TestConfigureUnknown says nothing, sends nothing and defers where that is allowed.
func TestConfigureUnknown(t *testing.T) {
	t.Parallel()
	if diags := configure(t, map[string]any{"base_url": unknown, "api_key": unknown}, nil, nil); len(diags) > 0 {
		t.Error(texts(diags))
	}
}

// TestUserAgent tells the tenant which provider and which Terraform calls.
func TestUserAgent(t *testing.T) {
	t.Parallel()
	var got atlan.Config
	configure(t, nil, env(tenant, "key"), func(config *atlan.Config) { got = *config })
	expect(t, got.UserAgent, "terraform-provider-atlan/test (terraform 1.15.0)")
}

func configure(t *testing.T, block map[string]any, environment map[string]string, override func(*atlan.Config)) []*tfprotov6.Diagnostic {
	t.Helper()
	server := server(t, provider.Options{Environment: func(name string) string { return environment[name] }, Client: override})
	schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	objectType, ok := schema.Provider.ValueType().(tftypes.Object)
	if !ok {
		t.Fatal("the provider block is no object")
	}
	values := map[string]tftypes.Value{}
	for name, valueType := range objectType.AttributeTypes {
		values[name] = tftypes.NewValue(valueType, block[name])
		if block[name] == unknown {
			values[name] = tftypes.NewValue(valueType, tftypes.UnknownValue)
		}
	}
	config, err := tfprotov6.NewDynamicValue(objectType, tftypes.NewValue(objectType, values))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.15.0", Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Diagnostics
}

func env(baseURL, apiKey string) map[string]string {
	return map[string]string{"ATLAN_BASE_URL": baseURL, "ATLAN_API_KEY": apiKey}
}

func texts(diags []*tfprotov6.Diagnostic) string {
	text := ""
	for _, d := range diags {
		text += d.Summary + "\n" + d.Detail + "\n"
		if d.Attribute != nil {
			text += d.Attribute.String() + "\n"
		}
	}
	return text
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
