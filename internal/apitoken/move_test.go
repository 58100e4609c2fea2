// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

const (
	movedGUID = "92588c67-5ac1-4a45-8b5c-dd92f4b84e99"
	// created is the answer to a creation, and listed the record of a listing, as JSON text inside JSON.
	created = `{\"id\":\"` + movedGUID + `\",\"displayName\":\"ci\",\"attributes\":{\"clientId\":\"apikey-1\",\"access.token.lifespan\":\"7200\",` +
		`\"description\":\"CI\",\"accessToken\":\"moved-secret\"}}`
	listed = `{\"id\":\"` + movedGUID + `\",\"clientId\":\"apikey-1\",\"displayName\":\"ci\",\"attributes\":{\"access.token.lifespan\":\"7200\"}}`
	sent   = `{\"displayName\":\"ci\",\"description\":\"CI\",\"validitySeconds\":7200}`
)

// TestMoveState moves states of the generic providers, in the forms that their versions write, and refuses what is no
// token or does not say which.
func TestMoveState(t *testing.T) {
	t.Parallel()
	const restapi, restful = "registry.terraform.io/mastercard/restapi", "registry.opentofu.org/magodo/restful"
	for name, test := range map[string]struct {
		provider, resource, state string
		want                      map[string]string
		text                      string
	}{
		"restapi, with the answer to the creation": {
			restapi, "restapi_object", `{"id":"` + movedGUID + `","path":"/api/service/apikeys","data":"` + sent + `","create_response":"` + created +
				`","api_response":"` + listed + `"}`,
			map[string]string{
				"id": movedGUID, "name": "ci", "token": "moved-secret", "client_id": "apikey-1", "username": "service-account-apikey-1", "description": "CI",
			},
			"",
		},
		"restapi, which has read since and calls the token by its client id": {
			restapi, "restapi_object", `{"id":"apikey-1","path":"apikeys/","data":"` + sent + `","create_response":null,"api_response":"` + listed + `"}`,
			map[string]string{"id": movedGUID, "name": "ci", "token": ""},
			"The value of the moved API token is not known",
		},
		"restapi, with nothing but its id": {
			restapi, "restapi_object", `{"id":"` + movedGUID + `","path":"/apikeys","data":"` + sent + `"}`,
			map[string]string{"id": movedGUID, "name": "ci", "token": ""},
			"apply -replace",
		},
		"a fork of restapi": {
			"example.com/acme/restapi", "restapi_object", `{"id":"` + movedGUID + `","path":"/apikeys","data":"{}"}`, map[string]string{"id": movedGUID}, "",
		},
		"restful": {
			restful, "restful_resource", `{"id":"/apikeys","path":"/apikeys","body":{"value":{"displayName":"ci"},"type":["object",{"displayName":"string"}]},` +
				`"output":{"value":` + strings.ReplaceAll(created, `\`, "") + `,"type":"dynamic"},"sensitive_output":null}`,
			map[string]string{"id": movedGUID, "name": "ci", "token": "moved-secret"},
			"",
		},
		"restful, with a sensitive output": {
			restful, "restful_resource", `{"id":"/apikeys","path":"/apikeys","body":null,"output":null,"sensitive_output":{"value":` +
				strings.ReplaceAll(created, `\`, "") + `,"type":"dynamic"}}`,
			map[string]string{"id": movedGUID, "token": "moved-secret"},
			"",
		},
		"restful, an older version, by the path of the token": {
			restful, "restful_resource", `{"id":"/apikeys/` + movedGUID + `","path":"/apikeys","body":"` + sent + `","output":"{}"}`,
			map[string]string{"id": movedGUID, "name": "ci", "token": ""},
			"is not known",
		},
		"something else of the tenant": {
			restapi, "restapi_object", `{"id":"` + movedGUID + `","path":"/api/service/personas","data":"{}"}`, nil, `its path is "/api/service/personas"`,
		},
		"no GUID": {
			restapi, "restapi_object", `{"id":"ci","path":"/api/service/apikeys","data":"` + sent + `"}`, nil, "does not hold the GUID",
		},
		"another resource": {
			"registry.terraform.io/hashicorp/random", "random_id", `{"id":"x"}`, nil, "not from random_id of registry.terraform.io/hashicorp/random",
		},
		"another form": {restapi, "restapi_object", `{"id":5}`, nil, "does not have the form"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, diagnostics := move(t, test.provider, test.resource, test.state)
			text := acctest.Texts(diagnostics)
			if failed := len(acctest.Errors(diagnostics)) > 0; failed != (test.want == nil) || !strings.Contains(text, test.text) {
				t.Errorf("got %q, want a text with %q", text, test.text)
			}
			if failed := acctest.Errors(diagnostics); len(failed) > 0 && !strings.Contains(text, "Import the token instead") {
				t.Errorf("the error does not say what to do: %s", text)
			}
			for attribute, want := range test.want {
				if got[attribute] != want {
					t.Errorf("%s is %q, want %q", attribute, got[attribute], want)
				}
			}
			if strings.Contains(text, "moved-secret") {
				t.Errorf("a diagnostic tells the secret: %s", text)
			}
		})
	}
}

// move returns the attributes of the moved state that are text, "" for null.
func move(t *testing.T, provider, resource, state string) (map[string]string, []*tfprotov6.Diagnostic) {
	t.Helper()
	server, err := acctest.NewSandbox(t).Provider()()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	// Terraform moves before it configures the provider.
	moved, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: provider, SourceTypeName: resource, SourceState: &tfprotov6.RawState{JSON: []byte(state)}, TargetTypeName: "atlan_api_token",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(acctest.Errors(moved.Diagnostics)) > 0 {
		return nil, moved.Diagnostics
	}
	value, err := moved.TargetState.Unmarshal(schemas.ResourceSchemas["atlan_api_token"].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := value.As(&attributes); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for name, attribute := range attributes {
		if attribute.Type().Is(tftypes.String) {
			var text string
			if !attribute.IsNull() {
				if err := attribute.As(&text); err != nil {
					t.Fatal(err)
				}
			}
			texts[name] = text
		}
	}
	return texts, moved.Diagnostics
}
