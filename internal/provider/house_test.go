// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestHouse keeps the map of the house and the import rules complete: a package that is in neither is one that nobody
// finds, and that may import what it likes.
func TestHouse(t *testing.T) {
	t.Parallel()
	guide, rules := readFile(t, "../../CONTRIBUTING.md"), readFile(t, "../../.golangci.yml")
	packages, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	shared := []string{"acctest", "atlan", "decisions", "provider", "sandbox", "tfx", "tools"} // not about one family of objects
	for _, p := range packages {
		name := p.Name()
		if !strings.Contains(guide, "\n  "+name+"/ ") {
			t.Errorf("internal/%s is not on the map in CONTRIBUTING.md", name)
		}
		if !slices.Contains(shared, name) && !strings.Contains(rules, `"**/internal/`+name+`/**"`) {
			t.Errorf("internal/%s is in no import rule of .golangci.yml", name)
		}
	}
}

// TestDecisions keeps the list of decisions complete, and their form.
func TestDecisions(t *testing.T) {
	t.Parallel()
	list := readFile(t, "../decisions/README.md")
	records, err := os.ReadDir("../decisions")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if r.Name() == "README.md" {
			continue
		}
		text := readFile(t, "../decisions/"+r.Name())
		title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "+r.Name()[:3]+": "), "\n")
		if want := "| [" + r.Name()[:3] + "](" + r.Name() + ") | " + title + " |"; !strings.Contains(list, want) {
			t.Errorf("the list of decisions lacks the line\n%s", want)
		}
		for _, heading := range []string{"**Decision.** ", "**Why.** ", "**What it costs.** ", "**Decide anew** "} {
			if !strings.Contains(text, "\n"+heading) {
				t.Errorf("%s has no part %s", r.Name(), heading)
			}
		}
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
