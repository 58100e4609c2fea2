// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// TestExamples applies every example of the documentation to a tenant of its own, sees that a second plan is empty, and
// destroys it. Files that import objects of somebody's tenant are left out.
func TestExamples(t *testing.T) {
	t.Parallel()
	examples := 0
	for _, directory := range exampleDirectories(t) {
		examples++
		t.Run(strings.TrimPrefix(directory, "examples/"), func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t).GrantConnections(t)
			runs := 0
			if strings.HasPrefix(directory, "examples/actions/") {
				acctest.Need(t, acctest.Actions)
				runs = addSnowflakeWorkflow(t, tenant)
			}
			tf := newTerraformUser(t, tenant, filepath.Join(repository, directory))
			for _, pattern := range []string{"import*.tf", "*.tfquery.hcl"} {
				left, err := filepath.Glob(filepath.Join(tf.dir, pattern))
				if err != nil {
					t.Fatal(err)
				}
				for _, file := range left {
					if err := os.Remove(file); err != nil {
						t.Fatal(err)
					}
				}
			}
			tf.must("apply", "-auto-approve")
			tf.emptyPlan()
			if runs > 0 && len(tenant.Sandbox.State().Runs) == runs {
				t.Error("applying invoked no action")
			}
			tf.must("destroy", "-auto-approve")
		})
	}
	if examples < 4 {
		t.Errorf("only %d examples were found", examples)
	}
}

// addSnowflakeWorkflow stores a workflow that has run, as the examples of actions expect one, and returns the number of runs.
func addSnowflakeWorkflow(t *testing.T, tenant *acctest.Tenant) int {
	t.Helper()
	err := tenant.Client(t).Workflows.Create(t.Context(), atlan.PackageWorkflow{
		Package: "@atlan/snowflake", Name: "atlan-snowflake-1700000000", Template: "atlan-snowflake",
	}, true)
	if err != nil {
		t.Fatal(err)
	}
	return len(tenant.Sandbox.State().Runs)
}

// TestExamplesFormat checks the format of all examples, the ones that TestExamples leaves out too.
func TestExamplesFormat(t *testing.T) {
	t.Parallel()
	tf := newTerraform(t, acctest.NewSandbox(t), filepath.Join(repository, "examples"))
	if out, code := tf.run("fmt", "-check", "-recursive"); code != 0 {
		t.Errorf("terraform fmt would change:\n%s", out)
	}
}

// exampleDirectories are the directories with Terraform configurations that are more than imports. Modules have a test of
// their own.
func exampleDirectories(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	walkExamples(t, func(name string) {
		if path.Ext(name) == ".tf" && !strings.HasPrefix(path.Base(name), "import") && !strings.HasPrefix(name, "examples/modules/") {
			found[path.Dir(name)] = true
		}
	})
	return slices.Sorted(maps.Keys(found))
}

// walkExamples visits every file below examples, by its path in the repository.
func walkExamples(t *testing.T, visit func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(repository), "examples", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			visit(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
