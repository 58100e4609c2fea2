// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// everywhere is what no test has to ask for.
const everywhere = "resources, data sources, functions, ephemeral resources, import by id"

// workTable says in Markdown what works on which CLI, in numbers of tests that have shown it.
func workTable(results []*result) string {
	capabilities := map[string]bool{}
	for _, r := range results {
		for name := range r.uses {
			capabilities[name] = true
		}
		for name := range r.lacks {
			capabilities[name] = true
		}
	}
	var text strings.Builder
	row := func(name string, cell func(*result) string) {
		text.WriteString("| " + name + " |")
		for _, r := range results {
			text.WriteString(" " + cell(r) + " |")
		}
		text.WriteString("\n")
	}
	row("", (*result).name)
	text.WriteString("|---|" + strings.Repeat("---|", len(results)) + "\n")
	row(everywhere, func(r *result) string {
		asked := 0
		for test := range r.passed {
			if slices.ContainsFunc(slices.Collect(maps.Values(r.uses)), func(tests map[string]bool) bool { return under(tests, test) }) {
				asked++
			}
		}
		return tests(len(r.passed) - asked)
	})
	for _, name := range slices.Sorted(maps.Keys(capabilities)) {
		row(name, func(r *result) string {
			count := 0
			for test := range r.passed {
				if under(r.uses[name], test) {
					count++
				}
			}
			return tests(count)
		})
	}
	return text.String()
}

// under tells whether the test, or one that it is a part of, is among these.
func under(among map[string]bool, test string) bool {
	for name := range among {
		if test == name || strings.HasPrefix(test, name+"/") {
			return true
		}
	}
	return false
}

func tests(count int) string {
	switch count {
	case 0:
		return "no"
	case 1:
		return "yes, 1 test"
	default:
		return fmt.Sprintf("yes, %d tests", count)
	}
}

// The table in the README stands between these lines, and says between them how to make it again.
const (
	tableBegin = "<!-- \"make test-matrix ARGS=-write\" writes this table -->\n"
	tableEnd   = "<!-- end of the table -->\n"
)

// replaceTable puts the table in the place of the one that the text has.
func replaceTable(text, table string) (string, error) {
	before, rest, begins := strings.Cut(text, tableBegin)
	_, after, ends := strings.Cut(rest, tableEnd)
	if !begins || !ends {
		return "", errors.New("README.md has no place for the table")
	}
	return before + tableBegin + "\n" + table + "\n" + tableEnd + after, nil
}
