// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// secretPattern matches every secret of a sandbox: they are all shaped like JSON web tokens.
var secretPattern = regexp.MustCompile(`eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`)

// sourceSecret is one that looks like those of the sandbox.
const sourceSecret = "eyJzb3VyY2Ui.canary-of-the-source.canary-of-the-source"

// TestSecrets takes everything that knows a secret through a whole life, with faults, and looks for secrets in the
// traces of provider and CLI, in what they print, in plans and in the state. Only one place may hold one: the attribute
// token of a managed API token.
func TestSecrets(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t).GrantConnections(t)
	if !secretPattern.MatchString(tenant.APIKey) {
		t.Fatal("the pattern does not match a secret of the sandbox")
	}
	tf := newTerraform(t, tenant, "testdata/secrets")
	log := filepath.Join(t.TempDir(), "trace.log")
	tf.env = append(tf.env, "TF_LOG=TRACE", "TF_LOG_PATH="+log, "TF_VAR_source_secret="+sourceSecret,
		"ATLAN_USER_BEARER_TOKEN="+tenant.Sandbox.Credentials().UserBearerToken)
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{
		{Method: http.MethodPost, Path: "/api/service/apikeys", Nth: 1, Kind: sandbox.FaultTruncate},
		{Method: http.MethodPost, Path: "/api/service/apikeys", Nth: 3, Kind: sandbox.FaultStatusAfterCommit, Status: 502},
		{Method: http.MethodGet, Path: "/api/service/apikeys", Nth: 4, Kind: sandbox.FaultTruncate},
		{Method: http.MethodDelete, Path: "/api/service/*", Kind: sandbox.FaultDropAfterCommit},
		{Method: http.MethodPost, Path: "/api/service/v1/app", Kind: sandbox.FaultStatusAfterCommit, Status: 502},
		{Method: http.MethodPost, Path: "/api/service/credentials/*", Nth: 2, Kind: sandbox.FaultTruncate},
	}); err != nil {
		t.Fatal(err)
	}

	var printed strings.Builder
	step := func(args ...string) {
		t.Helper()
		printed.WriteString(tf.must(args...))
	}
	step("apply", "-auto-approve")
	expectNoSecrets(t, "the state's private data", privateData(t, tf))
	onlyTokensAreSecret(t, "the state", readJSON(t, filepath.Join(tf.dir, "terraform.tfstate")))
	step("apply", "-auto-approve", "-var=description=changed")
	step("plan", "-var=description=changed", "-var=triggers={a=\"c\"}", "-out=plan")
	var plan any
	tf.json(&plan, "show", "-json", "plan")
	onlyTokensAreSecret(t, "the plan", plan)
	step("apply", "plan")
	out, code := tf.run("apply", "-auto-approve", "-var=personas=[\"default/none\"]")
	if code == 0 {
		t.Error("an unknown persona was accepted")
	}
	printed.WriteString(out)
	step("destroy", "-auto-approve")

	expectNoSecrets(t, "what the CLI printed", printed.String())
	trace, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range []string{"Atlan API request", "sdk.framework", "sdk.proto"} {
		if !strings.Contains(string(trace), record) {
			t.Fatalf("the trace holds no records of %q: not everything was searched", record)
		}
	}
	expectNoSecrets(t, "the trace", string(trace))
	for _, token := range tenant.Sandbox.State().APITokens {
		if token.DisplayName != "sandbox" {
			t.Errorf("API token %q is left", token.DisplayName)
		}
	}
}

func expectNoSecrets(t *testing.T, where, text string) {
	t.Helper()
	for _, place := range secretPattern.FindAllStringIndex(text, -1) {
		t.Errorf("%s holds a secret after %q", where, text[max(0, place[0]-80):place[0]])
	}
}

// onlyTokensAreSecret walks JSON and finds secrets that are not the value of a key "token".
func onlyTokensAreSecret(t *testing.T, where string, value any) {
	t.Helper()
	switch v := value.(type) {
	case map[string]any:
		for key, element := range v {
			if _, text := element.(string); text && key == "token" {
				continue
			}
			onlyTokensAreSecret(t, where+"."+key, element)
		}
	case []any:
		for _, element := range v {
			onlyTokensAreSecret(t, where, element)
		}
	case string:
		expectNoSecrets(t, where, v)
	}
}

// privateData returns the decoded private data of all resources in the state.
func privateData(t *testing.T, tf *terraform) string {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct {
				Private string `json:"private"`
			} `json:"instances"`
		} `json:"resources"`
	}
	raw, err := os.ReadFile(filepath.Join(tf.dir, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			decoded, err := base64.StdEncoding.DecodeString(instance.Private)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(decoded)
		}
	}
	return all.String()
}

func readJSON(t *testing.T, file string) any {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
