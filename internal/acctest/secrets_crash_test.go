// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

// buildCrashing builds a provider that panics when it is told to, in a directory of its own.
var buildCrashing = sync.OnceValue(func() error { return build("crashing/terraform-provider-atlan", "./internal/acctest/crashing") })

// TestSecretsOfCrashes lets the provider panic when the tenant has answered a request that carries a secret: the one-time
// value of a token, or what a workflow logs in to its source with. The log, and with some CLIs what is printed too, has what the
// Go runtime says of every goroutine, the arguments of functions among it. None of that may hold a secret. That it would be
// seen is shown by a panic that says one.
func TestSecretsOfCrashes(t *testing.T) {
	t.Parallel()
	for name, crash := range map[string]struct{ at, with, target, says string }{
		"token":            {at: "/api/service/apikeys", target: "atlan_api_token.managed", says: "apitoken.(*Resource).Create"},
		"credential":       {at: "/api/service/v1/app", target: "atlan_app_workflow.managed", says: "workflow.(*Resource).Create"},
		"panic of secrets": {at: "/api/service/apikeys", with: sourceSecret, target: "atlan_api_token.managed", says: sourceSecret},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			tf := newTerraform(t, tenant, "testdata/secrets")
			if err := buildCrashing(); err != nil {
				t.Fatal(err)
			}
			tf.overrideFrom(filepath.Join(binaryDir, "crashing"), "atlan-community/atlan")
			log := filepath.Join(t.TempDir(), "trace.log")
			tf.env = append(tf.env, "TF_LOG=TRACE", "TF_LOG_PATH="+log, "TF_VAR_source_secret="+sourceSecret, "CRASH_AT_POST="+crash.at, "CRASH_WITH="+crash.with)
			out, code := tf.run("apply", "-auto-approve", "-target="+crash.target)
			trace, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			if text := string(trace); code == 0 || !strings.Contains(text, "panic: ") || !strings.Contains(text, crash.says) {
				t.Errorf("the trace does not tell of a panic that says %q (exit status %d):\n%s", crash.says, code, text[max(0, len(text)-4000):])
			}
			if crash.with == "" {
				expectNoSecrets(t, "what the CLI printed", out)
				expectNoSecrets(t, "the trace", string(trace))
			}
		})
	}
}
