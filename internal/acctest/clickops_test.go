// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
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
`

// TestClickOps takes over a persona with policies of each kind, as the guide on click-ops says for CLIs without a query
// command: the plan with the generated configuration imports everything and changes nothing.
func TestClickOps(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(repository, "templates/guides/from-click-ops-to-terraform.md"))
	if err != nil {
		t.Fatal(err)
	}
	find := ""
	for _, block := range strings.Split(string(guide), "```terraform\n")[1:] {
		if block, _, _ = strings.Cut(block, "```"); strings.HasPrefix(block, `data "atlan_persona" "adopted"`) {
			find = block
		}
	}
	if find == "" {
		t.Fatal("the guide does not find what there is")
	}
	for _, surface := range []string{sandbox.SurfacePersonas, sandbox.SurfaceEntities} {
		t.Run(surface, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, func(options *sandbox.Options) { options.PersonaAPI = surface }).GrantConnections(t)
			by := newTerraform(t, tenant, "")
			by.write("made.tf", made)
			by.must("apply", "-auto-approve")

			tf := newTerraform(t, tenant, "")
			tf.write("find.tf", find)
			tf.must("apply", "-auto-approve")
			tf.write("imports.tf", tf.must("output", "-raw", "imports"))
			if err := os.Remove(filepath.Join(tf.dir, "find.tf")); err != nil {
				t.Fatal(err)
			}
			if out := tf.must("plan", "-generate-config-out=adopted.tf"); !strings.Contains(out, "5 to import, 0 to add, 0 to change, 0 to destroy") {
				t.Errorf("taking over changes something:\n%s", out)
			}
			tf.must("apply", "-auto-approve")
			tf.emptyPlan()
		})
	}
}
