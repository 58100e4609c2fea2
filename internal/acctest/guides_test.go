// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestGuides runs every configuration that README, guides and the provider page show, each against a tenant of its own:
// applied, with an empty second plan, and destroyed; imported; queried; or used as the CLI's configuration. What a block
// refers to and does not define comes from the other blocks of its page. A block that is a part of a file in examples
// runs there.
func TestGuides(t *testing.T) {
	t.Parallel()
	examples := exampleTexts(t)
	ran, quoted := 0, 0
	for _, page := range pages(t) {
		all := fences(t, page)
		for _, shown := range all {
			switch {
			case !shown.isConfiguration() && !shown.isCLIConfiguration():
			case isPartOf(shown.text, examples):
				quoted++
			default:
				ran++
				t.Run(fmt.Sprintf("%s:%d", shown.page, shown.line), func(t *testing.T) {
					t.Parallel()
					runShown(t, shown, all)
				})
			}
		}
		for _, name := range regexp.MustCompile(`{{ *(?:tf|code)file (?:"[a-z]*" )?"([^"]+)" *}}`).FindAllStringSubmatch(page.text, -1) {
			if _, exists := examples[name[1]]; !exists {
				t.Errorf("%s includes %s, which is no example", page.name, name[1])
			}
			quoted++
		}
	}
	t.Logf("%d blocks run, and %d are files in examples or parts of one", ran, quoted)
	if ran < 20 {
		t.Errorf("only %d blocks were found", ran)
	}
}

// shownValues are the values of variables that pages leave to the reader.
func shownValues(tenant *acctest.Tenant) map[string]string {
	return map[string]string{
		"persona_id":          sandbox.SeedPersonaGUID,
		"user_bearer_token":   tenant.Sandbox.Credentials().UserBearerToken,
		"development_api_key": tenant.APIKey,
		"altr_api_secret":     "secret-of-altr",
		"mode_api_secret":     "secret-of-mode",
	}
}

func runShown(t *testing.T, shown fence, page []fence) {
	t.Helper()
	tenant := acctest.NewSandbox(t).GrantConnections(t)
	tf := newTerraform(t, tenant, "")
	tf.standIns()
	tf.env = append(tf.env, "ATLAN_USER_BEARER_TOKEN="+tenant.Sandbox.Credentials().UserBearerToken)
	if shown.isCLIConfiguration() {
		rc := filepath.Join(t.TempDir(), "shown.tfrc")
		shell := regexp.MustCompile(`= "/[^"]*"`).ReplaceAllString(shown.text, fmt.Sprintf("= %q", binaryDir))
		if err := os.WriteFile(rc, []byte(shell), 0o600); err != nil {
			t.Fatal(err)
		}
		tf.env = append(tf.env, "TF_CLI_CONFIG_FILE="+rc)
		tf.write("main.tf", `data "atlan_current_user" "me" {}`)
		tf.must("plan")
		return
	}

	blocks := parse(t, shown)
	file := "main.tf"
	if blocks.has("list") {
		acctest.Need(t, acctest.Query)
		file = "main.tfquery.hcl"
	}
	tf.write(file, shown.text)
	if out, code := tf.run("fmt", "-check", "-diff"); code != 0 {
		t.Errorf("terraform fmt would change:\n%s", out)
	}
	if strings.Contains(shown.text, "required_providers") {
		if err := os.Remove(filepath.Join(tf.dir, "required_providers.tf")); err != nil {
			t.Fatal(err)
		}
	}
	support, variables := blocks.support(t, page)
	tf.write("support.tf", support)
	values := shownValues(tenant)
	for _, name := range variables {
		tf.env = append(tf.env, "TF_VAR_"+name+"="+values[name])
	}

	switch {
	case blocks.has("list"):
		if out := tf.must("query"); !strings.Contains(out, "list.") {
			t.Errorf("nothing was found:\n%s", out)
		}
	case blocks.has("import"):
		if strings.Contains(shown.text, "identity =") {
			acctest.Need(t, acctest.ImportByIdentity)
		}
		if out := tf.must("plan", "-generate-config-out=generated.tf"); !strings.Contains(out, " to import, 0 to add, 0 to change, 0 to destroy") {
			t.Errorf("importing changes something:\n%s", out)
		}
	default:
		tf.must("apply", "-auto-approve")
		tf.emptyPlan()
		if own := "atlan_connection_admin.me"; strings.Contains(tf.must("state", "list"), own) {
			tf.must("state", "rm", own) // the provider refuses to take away its own right; the guide says to leave it like this
		}
		tf.must("destroy", "-auto-approve")
	}
}

// page is something that users read.
type page struct{ name, text string }

func pages(t *testing.T) []page {
	t.Helper()
	names := []string{filepath.Join(repository, "README.md"), filepath.Join(repository, "templates", "index.md.tmpl")}
	guides, err := filepath.Glob(filepath.Join(repository, "templates", "guides", "*"))
	if err != nil {
		t.Fatal(err)
	}
	modules, err := filepath.Glob(filepath.Join(repository, "examples", "modules", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []page
	for _, name := range slices.Concat(names, guides, modules) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page{name: filepath.Base(name), text: string(text)})
	}
	return all
}

// fence is a block of code on a page.
type fence struct {
	page     string
	line     int
	language string
	text     string
}

// isCLIConfiguration tells a block that belongs in ~/.terraformrc, whose language is an older one.
func (f fence) isCLIConfiguration() bool { return strings.HasPrefix(f.text, "provider_installation") }

// isConfiguration tells a block of Terraform's language.
func (f fence) isConfiguration() bool {
	return slices.Contains([]string{"terraform", "hcl"}, f.language) && !f.isCLIConfiguration()
}

// fences returns the blocks of code of a page, without the indentation of those in lists.
func fences(t *testing.T, of page) []fence {
	t.Helper()
	var all []fence
	open, indent := false, ""
	for number, line := range strings.Split(of.text, "\n") {
		text := strings.TrimLeft(line, " ")
		switch {
		case strings.HasPrefix(text, "```") && !open:
			open, indent = true, line[:len(line)-len(text)]
			all = append(all, fence{page: of.name, line: number + 1, language: strings.TrimPrefix(text, "```")})
		case strings.HasPrefix(text, "```"):
			open = false
		case open:
			all[len(all)-1].text += strings.TrimPrefix(line, indent) + "\n"
		}
	}
	if open {
		t.Errorf("%s: a block of code does not end", of.name)
	}
	return all
}

// exampleTexts are the files below examples, by their path in the repository.
func exampleTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	walkExamples(t, func(name string) {
		text, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	})
	return texts
}

// isPartOf tells whether the lines of a block follow one another in a file, however they are indented there.
func isPartOf(block string, files map[string]string) bool {
	for _, text := range files {
		if strings.Contains(bare(text), bare(block)) {
			return true
		}
	}
	return false
}

// bare takes the indentation off, and lets the text begin and end with the end of a line.
func bare(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return "\n" + strings.Join(lines, "\n") + "\n"
}
