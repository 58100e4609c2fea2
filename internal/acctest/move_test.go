// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

// TestMoved takes over a token that another provider manages, by a moved block: nothing changes at the tenant, and the
// value of the token stays what it is.
func TestMoved(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.MoveBetweenProviders)
	for name, test := range map[string]struct {
		provider, resource string
		attributes         func(created string) map[string]any
	}{
		"restapi": {"mastercard/restapi", "restapi_object", func(created string) map[string]any {
			return map[string]any{
				"id": guidOf(t, created), "path": "/api/service/apikeys", "data": `{"displayName":"ci","validitySeconds":7200}`, "create_response": created,
			}
		}},
		"restful": {"magodo/restful", "restful_resource", func(created string) map[string]any {
			return map[string]any{
				"id": "/api/service/apikeys", "path": "/api/service/apikeys",
				"body":   map[string]any{"type": []any{"object", map[string]any{"displayName": "string"}}, "value": map[string]any{"displayName": "ci"}},
				"output": map[string]any{"type": "string", "value": json.RawMessage(created)},
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			created := createToken(t, tenant)
			tf := newTerraform(t, tenant, "")
			tf.standIns()
			host := "registry.terraform.io"
			if acctest.IsOpenTofu() {
				host = "registry.opentofu.org"
			}
			state, err := json.Marshal(map[string]any{
				"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "moved", "outputs": map[string]any{},
				"resources": []any{map[string]any{
					"mode": "managed", "type": test.resource, "name": "ci", "provider": fmt.Sprintf("provider[%q]", host+"/"+test.provider),
					"instances": []any{map[string]any{"schema_version": 0, "attributes": test.attributes(created)}},
				}},
			})
			if err != nil {
				t.Fatal(err)
			}
			tf.write("terraform.tfstate", string(state))
			tf.write("main.tf", `resource "atlan_api_token" "ci" {
  name = "ci"
}

moved {
  from = `+test.resource+`.ci
  to   = atlan_api_token.ci
}
`)
			out := tf.must("plan")
			if !strings.Contains(out, "0 to add, 0 to change, 0 to destroy") || !strings.Contains(out, "has moved to") {
				t.Errorf("moving changes something:\n%s", out)
			}
			if secretPattern.MatchString(out) {
				t.Error("the plan tells the secret")
			}
			tf.must("apply", "-auto-approve")
			tf.emptyPlan()
			moved := tf.state()
			if len(moved) != 1 || !tenant.Sandbox.Authenticates(moved[0].Values["token"].(string)) {
				t.Errorf("the state has lost the value of the token, or has more than it: %d resources", len(moved))
			}
			if got := len(tenant.Sandbox.State().APITokens); got != 2 {
				t.Errorf("the tenant has %d tokens, want the one of the sandbox and the moved one", got)
			}
		})
	}
}

// createToken creates a token as a provider for any REST API does, and returns the answer.
func createToken(t *testing.T, tenant *acctest.Tenant) string {
	t.Helper()
	body := `{"displayName":"ci","description":"","personas":[],"personaQualifiedNames":[],"validitySeconds":7200}`
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, tenant.URL+"/api/service/apikeys", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+tenant.APIKey)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("creating a token: %s %v", answer.Status, err)
	}
	return string(text)
}

func guidOf(t *testing.T, created string) string {
	t.Helper()
	var token struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(created), &token); err != nil {
		t.Fatal(err)
	}
	return token.ID
}
