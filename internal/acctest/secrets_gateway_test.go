// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

// TestSecretsBehindAGateway takes everything that knows a secret through a life behind a gateway that, again and again, fails
// with a report of what it was sent and what the tenant has answered, and looks for secrets in the traces and in what is
// printed.
func TestSecretsBehindAGateway(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t).GrantConnections(t)
	var seen atomic.Int64
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, err := httputil.DumpRequest(r, true)
		if err != nil {
			t.Error(err)
		}
		answer := httptest.NewRecorder()
		tenant.Sandbox.ServeHTTP(answer, r)
		if n := seen.Add(1); n%3 == 0 || r.Method == http.MethodPost && r.URL.Path == "/api/service/apikeys" && n%2 == 0 {
			report, err := json.Marshal(map[string]string{
				"message": "gateway: " + string(request) + answer.Body.String(), "requestId": r.Header.Get("Authorization"),
			})
			if err != nil {
				t.Error(err)
			}
			w.WriteHeader([]int{http.StatusBadGateway, http.StatusBadRequest, http.StatusInternalServerError}[n/3%3])
			_, _ = w.Write(report)
			return
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	}))
	t.Cleanup(gateway.Close)
	through := *tenant
	through.URL = gateway.URL
	tf := newTerraform(t, &through, "testdata/secrets")
	log := filepath.Join(t.TempDir(), "trace.log")
	tf.env = append(tf.env, "TF_LOG=TRACE", "TF_LOG_PATH="+log, "TF_VAR_source_secret="+sourceSecret,
		"ATLAN_USER_BEARER_TOKEN="+tenant.Sandbox.Credentials().UserBearerToken)

	printed, failures := "", 0
	for _, step := range []string{"apply", "apply", "apply", "destroy", "destroy"} {
		out, code := tf.run(step, "-auto-approve")
		if printed += out; code != 0 {
			failures++
		}
	}
	if failures == 0 {
		t.Error("the gateway has not failed")
	}
	expectNoSecrets(t, "what the CLI printed", printed)
	trace, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	expectNoSecrets(t, "the trace", string(trace))
	if !strings.Contains(printed, "gateway: ") {
		t.Errorf("nothing that the gateway said was printed, so nothing was proved:\n%s", printed)
	}
}

// TestSecretsStayAtHome points the provider at addresses that are not the tenant's: one that redirects to another host, and
// one without TLS. The credential goes to neither.
func TestSecretsStayAtHome(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	var strayed atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	t.Cleanup(other.Close)
	redirecting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	t.Cleanup(redirecting.Close)
	for address, says := range map[string]string{
		redirecting.URL:          "redirects to",
		"http://acme.atlan.com":  "use https",
		"http://192.0.2.1":       "use https",
		"https://u:p@acme.local": "user name or password",
	} {
		elsewhere := acctest.Tenant{Sandbox: tenant.Sandbox, URL: address, APIKey: tenant.APIKey}
		tf := newTerraform(t, &elsewhere, "")
		tf.write("main.tf", `data "atlan_current_user" "me" {}`)
		out, code := tf.run("plan")
		if text := strings.Join(strings.Fields(strings.ReplaceAll(out, "│", "")), " "); code == 0 || !strings.Contains(text, says) {
			t.Errorf("%s: want an error that says %q, got %s", address, says, out)
		}
		expectNoSecrets(t, fmt.Sprintf("what the CLI printed for %s", address), out)
	}
	if strayed.Load() > 0 {
		t.Errorf("%d requests went to another host", strayed.Load())
	}
}

// TestSecretsOfQuery lists tokens with everything about them, and has their configuration generated.
func TestSecretsOfQuery(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Query)
	tenant := acctest.NewSandbox(t)
	tf := newTerraform(t, tenant, "")
	tf.write("main.tf", `resource "atlan_api_token" "managed" { name = "managed" }`)
	tf.must("apply", "-auto-approve")
	tf.write("all.tfquery.hcl", `list "atlan_api_token" "all" {
  provider         = atlan
  include_resource = true
}
`)
	out := tf.must("query", "-json", "-generate-config-out=generated.tf")
	generated, err := os.ReadFile(filepath.Join(tf.dir, "generated.tf"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out, "managed") || !strings.Contains(string(generated), "managed") {
		t.Errorf("the token is not listed:\n%s\n%s", out, generated)
	}
	expectNoSecrets(t, "the list", out)
	expectNoSecrets(t, "the generated configuration", string(generated))
}
