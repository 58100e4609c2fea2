// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// made is what somebody has made in Atlan's user interface, beside what the seed has.
const made = `
resource "atlan_persona_data_policy" "made" {
  persona_id                = "` + sandbox.SeedPersonaGUID + `"
  name                      = "Query: marts & more"
  connection_qualified_name = "` + sandbox.SeedProductionQualifiedName + `"
  assets                    = ["` + sandbox.SeedProductionQualifiedName + `/MARTS/*"]
}

resource "atlan_persona_glossary_policy" "made" {
  persona_id               = "` + sandbox.SeedPersonaGUID + `"
  name                     = "Keep the glossary"
  description              = "All of it"
  actions                  = ["entity-create", "persona-glossary-read"]
  glossary_qualified_names = ["` + sandbox.SeedGlossaryQualifiedName + `"]
}

resource "atlan_api_token" "made" {
  for_each         = { a = "2nd pipeline", b = "2nd-pipeline" }
  name             = each.value
  validity_seconds = 7200
}

resource "atlan_connection_admin" "made" {
  for_each                  = toset(["group/data_engineers", "role/$admin", "user/jsmith"])
  connection_qualified_name = "` + sandbox.SeedProductionQualifiedName + `"
  group                     = startswith(each.key, "group/") ? split("/", each.key)[1] : null
  role                      = startswith(each.key, "role/") ? split("/", each.key)[1] : null
  user                      = startswith(each.key, "user/") ? split("/", each.key)[1] : null
}
`

// TestAdopting takes over a tenant with objects of each kind, as the guide says for CLIs without a query command: the plan
// with the generated configuration imports everything and changes nothing.
func TestAdopting(t *testing.T) {
	t.Parallel()
	for _, surface := range []string{sandbox.SurfacePersonas, sandbox.SurfaceEntities} {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.PersonaAPI = surface }).GrantConnections(t)
			by := newTerraform(t, tenant, "")
			by.write("made.tf", made)
			by.must("apply", "-auto-approve")

			tf := newTerraform(t, tenant, filepath.Join(repository, "examples", "guides", "adopting-an-existing-tenant"))
			tf.must("apply", "-auto-approve")
			imports := tf.must("output", "-raw", "imports")
			tf.write("imports.tf", imports)
			if err := os.Remove(filepath.Join(tf.dir, "find.tf")); err != nil {
				t.Fatal(err)
			}
			// The seed has the API token, the persona with two policies, and three admins: one per connection, and the token.
			if found := strings.Count(imports, "import {"); found != 15 {
				t.Errorf("found %d objects:\n%s", found, imports)
			}
			adopts(t, tf, imports)
		})
	}
}

// adopts plans the imports with generated configuration, applies them, and sees that nothing changes.
func adopts(t *testing.T, tf *terraform, imports string) {
	t.Helper()
	want := fmt.Sprintf("%d to import, 0 to add, 0 to change, 0 to destroy", strings.Count(imports, "import {"))
	arguments := []string{"plan", "-generate-config-out=adopted.tf"}
	if strings.Contains(imports, "resource ") {
		arguments = arguments[:1]
	}
	if out := tf.must(arguments...); !strings.Contains(out, want) {
		t.Errorf("taking over changes something:\n%s", out)
	}
	tf.must("apply", "-auto-approve")
	tf.emptyPlan()
}

// TestAdoptingByQuery makes what the example of each resource says, lists all of its kind with terraform query, and takes
// it over with the configuration that this generates, which must change nothing. A list resource that is added takes part.
func TestAdoptingByQuery(t *testing.T) {
	t.Parallel()
	acctest.Need(t, acctest.Query)
	lists, err := filepath.Glob(filepath.Join(repository, "examples", "list-resources", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, directory := range lists {
		name := filepath.Base(directory)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t).GrantConnections(t)
			of := 0
			for _, object := range applyExample(t, tenant, filepath.Join(repository, "examples", "resources", name)) {
				if object.Mode == "managed" && object.Type == name {
					of++
				}
			}
			tf := newTerraformUser(t, tenant, "")
			tf.write("adopt.tfquery.hcl", fmt.Sprintf("list %q \"all\" {\n  provider = atlan\n  include_resource = true\n  limit = 1000\n}\n", name))
			out := tf.must("query", "-generate-config-out=adopted.tf")
			adopted, err := os.ReadFile(filepath.Join(tf.dir, "adopted.tf"))
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if found := strings.Count(string(adopted), "import {"); found < of || of == 0 {
				t.Errorf("found %d objects, want the %d that were made and what the seed has", found, of)
			}
			adopts(t, tf, string(adopted))
		})
	}
}
