// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

// TestExamplesImport makes what the example of each resource says, and takes it over as the examples of imports say, which
// must change nothing. Where these have GUIDs of nobody's objects, it puts those of what was made.
func TestExamplesImport(t *testing.T) {
	t.Parallel()
	directories, err := filepath.Glob(filepath.Join(repository, "examples", "resources", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, directory := range directories {
		t.Run(filepath.Base(directory), func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t).GrantConnections(t)
			made := applyExample(t, tenant, directory)
			t.Run("id", func(t *testing.T) {
				t.Parallel()
				importsAll(t, tenant, made, filepath.Join(directory, "import-by-string-id.tf"))
			})
			t.Run("identity", func(t *testing.T) {
				t.Parallel()
				acctest.Need(t, acctest.ImportByIdentity)
				importsAll(t, tenant, made, filepath.Join(directory, "import-by-identity.tf"))
			})
			t.Run("command", func(t *testing.T) {
				t.Parallel()
				text, err := os.ReadFile(filepath.Join(directory, "import.sh"))
				if err != nil {
					t.Fatal(err)
				}
				for line := range strings.Lines(string(text)) {
					if strings.HasPrefix(line, "terraform ") {
						tf := newTerraformUser(t, tenant, "")
						tf.copy(filepath.Join(directory, "resource.tf"))
						tf.shell(withMade(t, line, strings.Trim(strings.Fields(line)[2], "'"), made))
					}
				}
			})
		})
	}
}

// TestExamplesQuery makes what the example of each resource says, and finds it as the example of its list resource says.
func TestExamplesQuery(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Query)
	directories, err := filepath.Glob(filepath.Join(repository, "examples", "list-resources", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, directory := range directories {
		name := filepath.Base(directory)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t).GrantConnections(t)
			applyExample(t, tenant, filepath.Join(repository, "examples", "resources", name))
			tf := newTerraformUser(t, tenant, directory)
			if out := tf.must("query"); !strings.Contains(out, "list."+name+".") {
				t.Errorf("nothing was found:\n%s", out)
			}
		})
	}
}

// newTerraformUser is newTerraform with what users of the examples have: the bearer token of an admin of all connections,
// and secrets of sources.
func newTerraformUser(t *testing.T, tenant *acctest.Tenant, source string) *terraform {
	t.Helper()
	tf := newTerraform(t, tenant, source)
	tf.env = append(tf.env, "ATLAN_USER_BEARER_TOKEN="+tenant.Sandbox.Credentials().UserBearerToken)
	for _, secret := range []string{"metabase_password", "mode_api_secret", "altr_api_secret"} {
		tf.env = append(tf.env, "TF_VAR_"+secret+"=example")
	}
	return tf
}

// applyExample applies the example of a resource and returns what it made.
func applyExample(t *testing.T, tenant *acctest.Tenant, directory string) []stateResource {
	t.Helper()
	tf := newTerraformUser(t, tenant, "")
	tf.copy(filepath.Join(directory, "resource.tf"))
	tf.must("apply", "-auto-approve")
	return tf.state()
}

func importsAll(t *testing.T, tenant *acctest.Tenant, made []stateResource, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`to += (\S+)`).FindStringSubmatch(string(text))[1]
	tf := newTerraformUser(t, tenant, "")
	tf.write("import.tf", withMade(t, string(text), address, made))
	if out := tf.must("plan", "-generate-config-out=generated.tf"); !strings.Contains(out, "1 to import, 0 to add, 0 to change, 0 to destroy") {
		t.Errorf("importing changes something:\n%s", out)
	}
}

// guidPattern matches a GUID with what tells of what object it is.
var guidPattern = regexp.MustCompile(`(?:apikey-|api_token:|(?:connection|collection)_id += ")?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/|\b)`)

// slugPattern matches what Atlan calls a workflow.
var slugPattern = regexp.MustCompile(`\b[a-z][a-z0-9-]*-[0-9a-f]{8}\b`)

// withMade puts the GUIDs of the object that was made at an address where a text has some of its own.
func withMade(t *testing.T, text, address string, made []stateResource) string {
	t.Helper()
	for _, object := range made {
		if object.Address != address && !strings.HasPrefix(object.Address, address+"[") {
			continue
		}
		value := func(attribute string) string {
			text, _ := object.Values[attribute].(string)
			return text
		}
		if slugPattern.MatchString(value("id")) && !guidPattern.MatchString(value("id")) {
			return slugPattern.ReplaceAllString(text, value("id"))
		}
		return guidPattern.ReplaceAllStringFunc(text, func(match string) string {
			switch {
			case strings.HasPrefix(match, "apikey-"):
				return value("client_id")
			case strings.HasPrefix(match, "api_token:"):
				return "api_token:" + value("api_token_id")
			case strings.HasSuffix(match, "/"):
				return cmp.Or(value("persona_id"), value("connection_id"), value("collection_id")) + "/"
			case strings.HasPrefix(match, "connection_id"):
				return "connection_id = \"" + value("connection_id")
			case strings.HasPrefix(match, "collection_id"):
				return "collection_id = \"" + value("collection_id")
			default:
				return value("id")
			}
		})
	}
	t.Fatalf("the example of the resource makes no %s", address)
	return ""
}

// copy copies a file into the directory of the CLI.
func (tf *terraform) copy(file string) {
	tf.t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		tf.t.Fatal(err)
	}
	tf.write(filepath.Base(file), string(text))
}

// shell runs a line of a shell script whose command terraform is the CLI under test.
func (tf *terraform) shell(line string) {
	tf.t.Helper()
	command := exec.CommandContext(tf.t.Context(), "sh", "-c", `terraform() { command "$CLI" "$@"; }; `+line)
	command.Dir, command.Env = tf.dir, slices.Concat(tf.env, []string{"CLI=" + tf.cli})
	if out, err := command.CombinedOutput(); err != nil {
		tf.t.Errorf("%s: %v\n%s", strings.TrimSpace(line), err, out)
	}
}
