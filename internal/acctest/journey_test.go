// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bufio"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const hundredTokens = `resource "atlan_api_token" "many" {
  count       = 100
  name        = "many-${count.index}"
  description = "one of many"
}
`

// TestRequests counts what 100 tokens cost: two requests each to create, since each must know its namesakes, and the
// pages of one listing to plan.
func TestRequests(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	tf := newTerraform(t, tenant, "")
	tf.write("main.tf", "provider \"atlan\" {\n  requests_per_minute = 100000\n}\n"+hundredTokens)
	tf.must("apply", "-auto-approve")
	requests := tenant.Sandbox.JournalSummary()
	if requests["POST /api/service/apikeys"] != 100 || requests["GET /api/service/apikeys"] != 100 || len(requests) != 2 {
		t.Errorf("applying 100 tokens took %v", requests)
	}

	tenant.Sandbox.ClearJournal()
	tf.emptyPlan()
	// Two pages hold the 101 tokens; a first read may go out alone before the others come.
	if requests := tenant.Sandbox.JournalSummary(); requests["GET /api/service/apikeys"] > 4 || len(requests) != 1 {
		t.Errorf("planning 100 tokens took %v", requests)
	}

	token := tenant.Sandbox.State().APITokens[50]
	if err := tenant.Sandbox.EditAPIToken(token.GUID, func(k *sandbox.APIToken) { k.Description = "changed by hand" }); err != nil {
		t.Fatal(err)
	}
	tf.must("plan", "-out=plan")
	var plan struct {
		Changes []struct {
			Change struct {
				Before map[string]any `json:"before"`
				After  map[string]any `json:"after"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	tf.json(&plan, "show", "-json", "plan")
	var changed []string
	for _, resource := range plan.Changes {
		for name := range maps.Keys(resource.Change.Before) {
			if fmt.Sprint(resource.Change.Before[name]) != fmt.Sprint(resource.Change.After[name]) {
				changed = append(changed, name)
			}
		}
	}
	if !slices.Equal(changed, []string{"description"}) {
		t.Errorf("after one description was changed by hand the plan changes %v", changed)
	}
}

// TestInterrupted interrupts an apply while the tenant is making a token: its secret must reach the state.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	tf := newTerraform(t, tenant, "")
	tf.write("main.tf", `resource "atlan_api_token" "ci" { name = "interrupted" }`)
	slow := sandbox.Duration(3 * time.Second)
	delay := sandbox.Fault{Method: http.MethodPost, Path: "/api/service/apikeys", Kind: sandbox.FaultDelay, For: slow}
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{delay}); err != nil {
		t.Fatal(err)
	}
	apply := tf.command(t.Context(), "apply", "-auto-approve", "-no-color")
	out, err := apply.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		// The namesakes are listed first: once that is done the creation is under way.
		if strings.Contains(lines.Text(), "Creating...") {
			for tenant.Sandbox.JournalSummary()["GET /api/service/apikeys"] == 0 {
				time.Sleep(10 * time.Millisecond)
			}
			time.Sleep(500 * time.Millisecond)
			if err := apply.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = apply.Wait() // an interrupted apply may fail

	resources := tf.state()
	if len(resources) != 1 {
		t.Fatalf("the state holds %d resources", len(resources))
	}
	secret, _ := resources[0].Values["token"].(string)
	if !tenant.Sandbox.Authenticates(secret) {
		t.Error("the token in the state does not authenticate")
	}
	tf.must("apply", "-auto-approve")
	if got := len(tenant.Sandbox.State().APITokens); got != 2 {
		t.Errorf("the tenant has %d tokens, want the one of the sandbox and the configured one", got)
	}
}

// TestOAuth runs a whole life with an OAuth client instead of an API key.
func TestOAuth(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	credentials := tenant.Sandbox.Credentials()
	tf := newTerraform(t, tenant, "")
	tf.env = append(tf.env, "ATLAN_API_KEY=", "ATLAN_OAUTH_CLIENT_ID="+credentials.OAuthClientID, "ATLAN_OAUTH_CLIENT_SECRET="+credentials.OAuthClientSecret)
	tf.write("main.tf", `resource "atlan_api_token" "ci" { name = "oauth" }`)
	tf.must("apply", "-auto-approve")
	tf.emptyPlan()
	tf.must("destroy", "-auto-approve")
}

// TestMember is refused, as a member user must be, and nothing is made.
func TestMember(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	tenant.APIKey = tenant.Sandbox.Credentials().MemberBearerToken
	tf := newTerraform(t, tenant, "")
	tf.write("main.tf", `resource "atlan_api_token" "ci" { name = "member" }`)
	out, code := tf.run("apply", "-auto-approve")
	for _, want := range []string{`Creating API token "member" failed`, "403 Forbidden", "lacks the right", "Request id:"} {
		if code == 0 || !strings.Contains(out, want) {
			t.Errorf("exit status %d, want a text with %q:\n%s", code, want, out)
		}
	}
	if got := len(tenant.Sandbox.State().APITokens); got != 1 {
		t.Errorf("the tenant has %d tokens", got)
	}
}
