// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
)

// textsOfTheCLI are those headings of the guide that are not the provider's; [TestTroubleshootingCLI] brings them about.
var textsOfTheCLI = []string{
	"Unsupported block type", `An argument named "identity" is not expected here`, "hashicorp/atlan",
}

// TestTroubleshooting looks for every message that the guide explains in what the provider, or the tenant, can say. Three
// dots stand for what differs.
func TestTroubleshooting(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join(repository, "templates", "guides", "troubleshooting.md"))
	if err != nil {
		t.Fatal(err)
	}
	said := messages(t)
	explained := 0
	for _, heading := range regexp.MustCompile("(?m)^### (`.+)$").FindAllStringSubmatch(string(guide), -1) {
		for _, quoted := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(heading[1], -1) {
			explained++
			text := quoted[1]
			if !slices.Contains(textsOfTheCLI, text) && !slices.ContainsFunc(said, func(message string) bool { return couldSay(message, text) }) {
				t.Errorf("nothing says %q", text)
			}
		}
	}
	if explained < 25 {
		t.Errorf("only %d messages were found", explained)
	}
}

// TestTroubleshootingCLI shows what a CLI says of what it does not know, and of a provider whose source is not given.
func TestTroubleshootingCLI(t *testing.T) {
	t.Parallel()
	tf := newTerraform(t, acctest.NewSandbox(t), "")
	tf.write("main.tf", "unknown {}\n")
	if out, code := tf.run("validate"); code == 0 || !strings.Contains(out, textsOfTheCLI[0]) {
		t.Errorf("exit status %d:\n%s", code, out)
	}
	tf.write("main.tf", "import {\n  to = atlan_api_token.ci\n  identity = { id = \"x\" }\n}\nresource \"atlan_api_token\" \"ci\" {\n  name = \"ci\"\n}\n")
	out, code := tf.run("validate")
	if known := !strings.Contains(out, textsOfTheCLI[1]); known != (code == 0) {
		t.Errorf("exit status %d:\n%s", code, out)
	}
	tf = newTerraform(t, acctest.NewSandbox(t), "")
	tf.write("required_providers.tf", "")
	tf.write("main.tf", "resource \"atlan_api_token\" \"ci\" {\n  name = \"ci\"\n}\n")
	if out, code := tf.run("validate"); code == 0 || !strings.Contains(out, textsOfTheCLI[2]) {
		t.Errorf("exit status %d:\n%s", code, out)
	}
}

// verb matches a verb of fmt.
var verb = regexp.MustCompile(`%[#+]?[a-z]`)

// couldSay tells whether a message holds the text, or can become it.
func couldSay(message, text string) bool {
	dotted := verb.ReplaceAllString(strings.ReplaceAll(message, "%q", `"…"`), "…")
	if strings.Contains(dotted, strings.TrimSpace(strings.Trim(text, "…"))) {
		return true
	}
	if len(strings.ReplaceAll(dotted, "…", "")) < 12 {
		return false // almost any text would do
	}
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(dotted), "…", ".+") + "$").MatchString(text)
}

// messages are the texts of the sources of provider and sandbox; parts that are put together with + are one text.
func messages(t *testing.T) []string {
	t.Helper()
	var texts []string
	err := filepath.WalkDir(filepath.Join(repository, "internal"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			expression, ok := node.(ast.Expr)
			if !ok {
				return true
			}
			text, whole := folded(expression)
			if whole {
				texts = append(texts, text)
			}
			return !whole
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// folded is the text of an expression; what is not known is a verb.
func folded(expression ast.Expr) (text string, ok bool) {
	switch expression := expression.(type) {
	case *ast.BasicLit:
		if expression.Kind != token.STRING {
			return "", false
		}
		text, err := strconv.Unquote(expression.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		if expression.Op != token.ADD {
			return "", false
		}
		left, ok := folded(expression.X)
		right, also := folded(expression.Y)
		if !ok {
			left = "%s"
		}
		if !also {
			right = "%s"
		}
		return left + right, ok || also
	default:
		return "", false
	}
}
