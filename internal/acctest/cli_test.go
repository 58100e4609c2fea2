// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

// binaryDir is where the provider's binary is built, once for all tests of this package.
var binaryDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "terraform-provider-atlan-")
	if err != nil {
		panic(err)
	}
	binaryDir = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var buildProvider = sync.OnceValue(func() error { return build("terraform-provider-atlan", ".") })

// buildStandIns builds the stand-in for other providers, which is the one that its executable is named after.
var buildStandIns = sync.OnceValue(func() error {
	if err := build("standin", "./internal/acctest/standin"); err != nil {
		return err
	}
	for _, provider := range []string{"time", "vault", "restapi", "restful"} {
		err := os.Link(filepath.Join(binaryDir, "standin"), filepath.Join(binaryDir, "terraform-provider-"+provider))
		if err != nil {
			return err
		}
	}
	return nil
})

func build(name, pkg string) error {
	build := exec.Command("go", "build", "-o", filepath.Join(binaryDir, name), pkg)
	build.Dir = repository
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// repository is the top of the source tree.
const repository = "../.."

// terraform is a real CLI in a directory of its own, with the provider's real binary and a tenant in the environment.
type terraform struct {
	t   *testing.T
	cli string
	dir string
	env []string
}

const requiredProviders = `terraform {
  required_providers {
    atlan = {
      source = "atlan-community/atlan"
    }
  }
}
`

// newTerraform copies the configurations of a directory, if one is given, and adds what a root module needs.
func newTerraform(t *testing.T, tenant *acctest.Tenant, source string) *terraform {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs a real Terraform CLI, as make test does, only with TF_ACC set")
	}
	if err := buildProvider(); err != nil {
		t.Fatal(err)
	}
	tf := &terraform{t: t, cli: acctest.CLI(), dir: t.TempDir()}
	if source != "" {
		if err := os.CopyFS(tf.dir, os.DirFS(source)); err != nil {
			t.Fatal(err)
		}
	}
	if !requiresProviders(t, tf.dir) {
		tf.write("required_providers.tf", requiredProviders)
	}
	tf.env = append(clean(os.Environ()), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
		"ATLAN_BASE_URL="+tenant.URL, "ATLAN_API_KEY="+tenant.APIKey)
	tf.override("atlan-community/atlan")
	return tf
}

// override makes the CLI take these providers, and no others, from where this package builds them.
func (tf *terraform) override(providers ...string) {
	tf.t.Helper()
	tf.overrideFrom(binaryDir, providers...)
}

// overrideFrom makes the CLI take these providers, and no others, from a directory.
func (tf *terraform) overrideFrom(directory string, providers ...string) {
	tf.t.Helper()
	overrides := ""
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		for _, provider := range providers {
			overrides += fmt.Sprintf("    %q = %q\n", host+"/"+provider, directory)
		}
	}
	rc := filepath.Join(tf.t.TempDir(), "cli.tfrc")
	if err := os.WriteFile(rc, []byte("provider_installation {\n  dev_overrides {\n"+overrides+"  }\n  direct {}\n}\n"), 0o600); err != nil {
		tf.t.Fatal(err)
	}
	tf.env = append(tf.env, "TF_CLI_CONFIG_FILE="+rc)
}

// mirror makes the CLI install the provider as from a registry, so that init works.
func (tf *terraform) mirror() {
	tf.t.Helper()
	const version = "0.0.1"
	dir := tf.t.TempDir()
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		installed := filepath.Join(dir, host, "atlan-community", "atlan", version, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(installed, 0o700); err != nil {
			tf.t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(binaryDir, "terraform-provider-atlan"), filepath.Join(installed, "terraform-provider-atlan_v"+version)); err != nil {
			tf.t.Fatal(err)
		}
	}
	rc := filepath.Join(tf.t.TempDir(), "mirror.tfrc")
	if err := os.WriteFile(rc, fmt.Appendf(nil, "provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", dir), 0o600); err != nil {
		tf.t.Fatal(err)
	}
	tf.env = append(tf.env, "TF_CLI_CONFIG_FILE="+rc)
}

// standIns adds the providers of others that examples and guides use.
func (tf *terraform) standIns() {
	tf.t.Helper()
	if err := buildStandIns(); err != nil {
		tf.t.Fatal(err)
	}
	tf.override("atlan-community/atlan", "hashicorp/time", "hashicorp/vault", "mastercard/restapi", "magodo/restful")
}

func requiresProviders(t *testing.T, dir string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("required_providers")) {
			return true
		}
	}
	return false
}

// clean drops what the caller's shell says about tenants and Terraform.
func clean(environment []string) []string {
	var kept []string
	for _, variable := range environment {
		if !strings.HasPrefix(variable, "ATLAN_") && !strings.HasPrefix(variable, "TF_") {
			kept = append(kept, variable)
		}
	}
	return kept
}

func (tf *terraform) write(name, text string) {
	tf.t.Helper()
	if err := os.WriteFile(filepath.Join(tf.dir, name), []byte(text), 0o600); err != nil {
		tf.t.Fatal(err)
	}
}

func (tf *terraform) command(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, tf.cli, args...)
	command.Dir = tf.dir
	command.Env = tf.env
	return command
}

// run returns what the CLI printed and its exit status.
func (tf *terraform) run(args ...string) (string, int) {
	tf.t.Helper()
	if args[0] != "state" {
		args = append(args, "-no-color")
	}
	out, err := tf.command(tf.t.Context(), args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tf.t.Fatalf("running %s: %v", tf.cli, err)
	}
	if exit != nil {
		return string(out), exit.ExitCode()
	}
	return string(out), 0
}

// must fails the test unless the CLI succeeds.
func (tf *terraform) must(args ...string) string {
	tf.t.Helper()
	out, code := tf.run(args...)
	if code != 0 {
		tf.t.Fatalf("%s %s: exit status %d\n%s", tf.cli, strings.Join(args, " "), code, out)
	}
	return out
}

// json decodes what the CLI prints on its standard output.
func (tf *terraform) json(into any, args ...string) {
	tf.t.Helper()
	var stderr bytes.Buffer
	command := tf.command(tf.t.Context(), args...)
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		tf.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	if err := json.Unmarshal(out, into); err != nil {
		tf.t.Fatal(err)
	}
}

// emptyPlan fails the test unless a plan shows no difference.
func (tf *terraform) emptyPlan() {
	tf.t.Helper()
	if out, code := tf.run("plan", "-detailed-exitcode"); code != 0 {
		tf.t.Errorf("the plan is not empty (exit status %d):\n%s", code, out)
	}
}

// state returns the resources of the state.
func (tf *terraform) state() []stateResource {
	tf.t.Helper()
	var shown struct {
		Values struct {
			RootModule struct {
				Resources []stateResource `json:"resources"`
			} `json:"root_module"`
		} `json:"values"`
	}
	tf.json(&shown, "show", "-json")
	return shown.Values.RootModule.Resources
}

type stateResource struct {
	Address string         `json:"address"`
	Mode    string         `json:"mode"`
	Type    string         `json:"type"`
	Tainted bool           `json:"tainted"`
	Values  map[string]any `json:"values"`
}
