// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// inModule is a CLI in one of the directories of examples/modules, with the others beside it.
func inModule(t *testing.T, tenant *acctest.Tenant, name string) *terraform {
	t.Helper()
	tf := newTerraform(t, tenant, filepath.Join(repository, "examples", "modules"))
	tf.dir = filepath.Join(tf.dir, name)
	return tf
}

// TestModuleTests runs the tests of the module, which a user would copy: those with mock data where there is no tenant, and
// the others on a sandbox, which they leave as they found it.
func TestModuleTests(t *testing.T) {
	t.Parallel()
	t.Run("mocked", func(t *testing.T) {
		t.Parallel()
		acctest.Need(t, acctest.MockTests)
		tf := inModule(t, acctest.NewSandbox(t), "team-access")
		tf.env = append(tf.env, "ATLAN_BASE_URL=", "ATLAN_API_KEY=")
		file := "tests/mocked.tftest.hcl"
		if acctest.IsOpenTofu() {
			file = "tests/mocked.tofutest.hcl"
		}
		if out := tf.must("test", "-filter="+file); !strings.Contains(out, "Success! 3 passed, 0 failed.") {
			t.Error(out)
		}
	})
	t.Run("sandbox", func(t *testing.T) {
		t.Parallel()
		tenant := acctest.NewSandbox(t)
		tf := inModule(t, tenant, "team-access")
		tf.env = append(tf.env, "ATLAN_API_KEY="+tenant.Sandbox.Credentials().UserBearerToken) // as the guide says
		if out := tf.must("test", "-filter=tests/sandbox.tftest.hcl"); !strings.Contains(out, "Success! 2 passed, 0 failed.") {
			t.Error(out)
		}
		if left := len(tenant.Sandbox.State().APITokens); left != 1 {
			t.Errorf("the tenant has %d tokens", left)
		}
	})
}

// TestTwoTenants applies the module to two tenants: each gets what is meant for it, and nothing of the other.
func TestTwoTenants(t *testing.T) {
	t.Parallel()
	development, production := acctest.NewSandbox(t).GrantConnections(t), acctest.NewSandbox(t).GrantConnections(t)
	tf := inModule(t, development, "two-tenants")
	tenants := map[string]map[string]string{}
	for name, tenant := range map[string]*acctest.Tenant{"development": development, "production": production} {
		tenants[name] = map[string]string{
			"base_url": tenant.URL, "api_key": tenant.APIKey, "user_bearer_token": tenant.Sandbox.Credentials().UserBearerToken,
		}
	}
	text, err := json.Marshal(tenants)
	if err != nil {
		t.Fatal(err)
	}
	// What the environment says must not matter.
	tf.env = append(tf.env, "ATLAN_BASE_URL=", "ATLAN_API_KEY=", "TF_VAR_tenants="+string(text))
	tf.must("get")
	if out := tf.must("apply", "-auto-approve"); !strings.Contains(out, "Resources: 8 added") { // as the guide says
		t.Error(out)
	}
	tf.emptyPlan()
	for _, want := range []struct {
		tenant   *acctest.Tenant
		validity int64
		grants   string
	}{{development, 90, sandbox.SeedDevelopmentGUID}, {production, 30, ""}} {
		var validity []int64
		username := ""
		for _, token := range want.tenant.Sandbox.State().APITokens {
			if token.DisplayName == "Analytics CI" {
				validity = append(validity, token.ValiditySeconds/24/3600)
				username = token.Username()
			}
		}
		if len(validity) != 1 || validity[0] != want.validity {
			t.Errorf("the tenant has tokens of the team for %v days, want one for %d", validity, want.validity)
		}
		for _, connection := range want.tenant.Sandbox.State().Connections {
			administers := strings.Contains(strings.Join(connection.List("adminUsers"), " "), username)
			if administers != (connection.GUID == want.grants) {
				t.Errorf("the team's token administers %s: %t", connection.Text("name"), administers)
			}
		}
	}
	tf.must("destroy", "-auto-approve")
	for _, tenant := range []*acctest.Tenant{development, production} {
		if left := len(tenant.Sandbox.State().APITokens); left != 1 {
			t.Errorf("the tenant has %d tokens left", left)
		}
	}
}

// TestModuleCI runs the commands of the example of a workflow, in order, with an OAuth client as the workflow has it: on a
// pull request nothing changes, on the main branch everything is applied.
func TestModuleCI(t *testing.T) {
	t.Parallel()
	workflow, err := os.ReadFile(filepath.Join(repository, "examples", "modules", "ci", "github-workflow.yml"))
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^( +- (if: .*\n +)?run: )(terraform .+)$`).FindAllStringSubmatch(string(workflow), -1)
	if len(commands) != 5 {
		t.Fatalf("the workflow has %d commands", len(commands))
	}
	tenant := acctest.NewSandbox(t)
	credentials := tenant.Sandbox.Credentials()
	if err := tenant.Sandbox.EditEntity(sandbox.SeedProductionGUID, func(connection *sandbox.Entity) {
		connection.Attributes["adminUsers"] = []string{"admin", "service-account-" + credentials.OAuthClientID}
	}); err != nil {
		t.Fatal(err)
	}
	tf := inModule(t, tenant, "ci")
	tf.mirror()
	tf.env = append(tf.env, "ATLAN_API_KEY=", "ATLAN_OAUTH_CLIENT_ID="+credentials.OAuthClientID, "ATLAN_OAUTH_CLIENT_SECRET="+credentials.OAuthClientSecret)
	for _, onMain := range []bool{false, true} {
		for _, command := range commands {
			if onMain || command[2] == "" {
				tf.shell(command[3])
			}
		}
		if made := len(tenant.Sandbox.State().APITokens) == 2; made != onMain {
			t.Errorf("on the main branch %t: the team's token exists %t", onMain, made)
		}
	}
	tf.emptyPlan()
	tf.must("destroy", "-auto-approve")
}
