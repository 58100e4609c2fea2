// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// crashPoints is how many points of an apply something happens at in the campaign; tests try crashSample of them.
const (
	crashPoints = 50
	crashSample = 3
)

// mixed configures objects of every kind that depend on each other and ones that do not.
const mixed = `
resource "atlan_api_token" "ci" {
  count = 4
  name  = "ci-${count.index}"
}

resource "atlan_persona" "team" {
  count = 2
  name  = "team-${count.index}"
  users = ["jsmith"]
}

resource "atlan_persona_metadata_policy" "team" {
  count                     = 2
  persona_id                = atlan_persona.team[count.index].id
  name                      = "metadata-${count.index}"
  connection_qualified_name = "` + sandbox.SeedProductionQualifiedName + `"
  actions                   = ["entity-read"]
  assets                    = ["` + sandbox.SeedProductionQualifiedName + `"]
}

resource "atlan_persona_glossary_policy" "team" {
  persona_id               = atlan_persona.team[0].id
  name                     = "glossary"
  actions                  = ["entity-update"]
  glossary_qualified_names = ["` + sandbox.SeedGlossaryQualifiedName + `"]
}

resource "atlan_connection_admin" "ci" {
  count                     = 2
  connection_qualified_name = "` + sandbox.SeedDevelopmentQualifiedName + `"
  api_token_id              = atlan_api_token.ci[count.index].id
}
`

// crash is what happens to an apply while the tenant has a request.
type crash struct {
	name string
	// do is called with the CLI's process and those of its providers.
	do func(cli int, providers []int)
}

var crashes = []crash{
	{"provider_killed", func(_ int, providers []int) { signal(syscall.SIGKILL, providers...) }},
	{"interrupted", func(cli int, providers []int) { signal(syscall.SIGINT, append(providers, cli)...) }},
	{"interrupted_twice", func(cli int, providers []int) {
		signal(syscall.SIGINT, append(providers, cli)...)
		time.Sleep(200 * time.Millisecond) // the CLI takes two at once for one
		signal(syscall.SIGINT, append(providers, cli)...)
		time.Sleep(200 * time.Millisecond) // until it has gone
		signal(syscall.SIGKILL, providers...)
	}},
}

// TestCrashes kills the provider, and interrupts the CLI once and twice as Ctrl-C does, before and after the tenant acts on
// a request of an apply. After the next apply the tenant has what is configured, and every token that nobody can know of
// any more has been reported by its GUID.
func TestCrashes(t *testing.T) {
	t.Parallel()
	requests := crashedApply(t, 0, nil, false)
	for point := range crashPoints {
		if os.Getenv(acctest.FaultsVariable) == "" && point%(crashPoints/crashSample) != crashPoints/crashSample/2 {
			continue
		}
		what, after := crashes[point%len(crashes)], point/len(crashes)%2 == 1
		nth := 1 + point*requests/crashPoints
		t.Run(fmt.Sprintf("%02d_%s_at_request_%d_after_%t", point, what.name, nth, after), func(t *testing.T) {
			t.Parallel()
			crashedApply(t, nth, what.do, after)
		})
	}
}

// crashedApply applies what is mixed, lets the crash happen at a request before or after the tenant acts on it, applies again,
// and returns how many requests the first apply made.
func crashedApply(t *testing.T, nth int, do func(cli int, providers []int), after bool) int {
	t.Helper()
	tenant := acctest.NewSandbox(t).GrantConnections(t)
	var seen, cli atomic.Int64
	happen := func() { do(int(cli.Load()), children(t, int(cli.Load()))) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hit := int(seen.Add(1)) == nth
		if hit && !after {
			happen()
		}
		tenant.Sandbox.ServeHTTP(w, r)
		if hit && after {
			happen() // the answer is still on its way
		}
	}))
	t.Cleanup(server.Close)
	through := *tenant
	through.URL = server.URL
	tf := newTerraform(t, &through, "")
	tf.write("main.tf", mixed)
	seeded := objectsOf(tenant)

	apply := tf.command(t.Context(), "apply", "-auto-approve", "-no-color")
	var out bytes.Buffer
	apply.Stdout, apply.Stderr = &out, &out
	apply.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	cli.Store(int64(apply.Process.Pid))
	err := apply.Wait()
	requests := int(seen.Load())
	if do == nil && err != nil {
		t.Fatal(out.String())
	}
	tenant.Settle()
	putAwayCutState(t, tf)
	again := applyAgain(t, tf)
	tf.emptyPlan()
	checkMixed(t, tenant, seeded, tf, again)
	if t.Failed() {
		t.Logf("the crashed apply:\n%s\nthe next apply:\n%s", out.String(), again)
	}
	return requests
}

// advice finds in an error which resource could not be made, and the id by which the error says to import what stands in its
// way.
var advice = regexp.MustCompile(`(?s)with (atlan_\S+),.*?with\s+the\s+id\s+(\S+)\.`)

// putAwayCutState does what is left to do about a state file that the CLI itself has cut short, as it may when a second
// Ctrl-C ends it while it writes: begin without one. Nothing of what was made is known then.
func putAwayCutState(t *testing.T, tf *terraform) {
	t.Helper()
	file := filepath.Join(tf.dir, "terraform.tfstate")
	state, err := os.ReadFile(file)
	if err != nil || len(state) == 0 || json.Valid(state) {
		return
	}
	t.Logf("the CLI has cut its state file short, at byte %d", len(state))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
}

// applyAgain applies what a crash has left unfinished. Where Atlan allows a name once, what is on the tenant only stands in
// the way: it is imported, as the error says. That may bring to light what stands in the way next, such as the policies of
// a persona.
func applyAgain(t *testing.T, tf *terraform) string {
	t.Helper()
	var reported strings.Builder
	for range 3 {
		out, code := tf.run("apply", "-auto-approve")
		reported.WriteString(out)
		if code == 0 {
			return reported.String()
		}
		for _, failed := range strings.Split(out, "Error: ")[1:] {
			found := advice.FindStringSubmatch(failed)
			if found == nil {
				t.Fatalf("an error that does not say what to do:\n%s", out)
			}
			tf.must("import", found[1], found[2])
		}
	}
	t.Fatalf("what stands in the way does not come to an end:\n%s", reported.String())
	return ""
}

// objectsOf are the names of the tokens, personas and living policies of a tenant, by GUID.
func objectsOf(tenant *acctest.Tenant) map[string]string {
	objects := map[string]string{}
	state := tenant.Sandbox.State()
	for _, token := range state.APITokens {
		objects[token.GUID] = "token " + token.DisplayName
	}
	for _, entities := range [][]sandbox.Entity{state.Personas, state.Policies} {
		for _, entity := range entities {
			if entity.Status == "ACTIVE" {
				objects[entity.GUID] = entity.TypeName + " " + entity.Text("name")
			}
		}
	}
	return objects
}

// checkMixed wants each object of the state once on the tenant and nothing else, but for what the apply has reported.
func checkMixed(t *testing.T, tenant *acctest.Tenant, seeded map[string]string, tf *terraform, reported string) {
	t.Helper()
	managed := map[string]bool{}
	for _, resource := range tf.state() {
		id, _ := resource.Values["id"].(string)
		managed[id] = true
		if secret, ok := resource.Values["token"].(string); ok && !tenant.Sandbox.Authenticates(secret) {
			t.Errorf("the token of %s does not authenticate", resource.Address)
		}
	}
	left := objectsOf(tenant)
	for id := range managed {
		if _, there := left[id]; !there && !strings.Contains(id, "/") {
			t.Errorf("%s is in the state only", id)
		}
	}
	for _, policy := range tenant.Sandbox.State().Policies {
		if left[policy.AccessControl] != "" && !managed[policy.AccessControl] {
			delete(left, policy.GUID) // goes with its persona, which is looked for
		}
	}
	for id, name := range left {
		if seeded[id] == "" && !managed[id] && !strings.Contains(reported, id) {
			t.Errorf("%s (%s) is on the tenant only, and nobody has been told", name, id)
		}
	}
	for id, name := range seeded {
		if objectsOf(tenant)[id] != name {
			t.Errorf("%s (%s), which is somebody else's, is gone", name, id)
		}
	}
}

func signal(s syscall.Signal, processes ...int) {
	for _, process := range processes {
		_ = syscall.Kill(process, s) // it may have ended
	}
}

// children are the processes of the provider that a CLI has started.
func children(t *testing.T, cli int) []int {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "ps", "-A", "-o", "pid=,ppid=,comm=").Output()
	if err != nil {
		t.Error(err)
	}
	var found []int
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		// The name of the process may be cut off.
		if len(fields) < 3 || fields[1] != strconv.Itoa(cli) || !strings.Contains(fields[2], "terraform-prov") {
			continue
		}
		if process, err := strconv.Atoi(fields[0]); err == nil {
			found = append(found, process)
		}
	}
	if len(found) == 0 {
		t.Errorf("CLI %d has no provider:\n%s", cli, out)
	}
	return found
}
