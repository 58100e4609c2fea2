// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
)

// result is what the tests on one CLI came to. Only tests without subtests count.
type result struct {
	cli    cli.CLI
	passed map[string]bool
	failed map[string]bool
	// skipped has the reason by test.
	skipped map[string]string
	// uses has, by capability, the tests that have used it.
	uses map[string]map[string]bool
	// lacks has, by capability, the tests that could not.
	lacks map[string]map[string]bool

	output map[string]string
}

func newResult(found cli.CLI) *result {
	return &result{
		cli: found, passed: map[string]bool{}, failed: map[string]bool{}, skipped: map[string]string{},
		uses: map[string]map[string]bool{}, lacks: map[string]map[string]bool{}, output: map[string]string{},
	}
}

// name is the CLI without the mark of a build from source.
func (r *result) name() string {
	return fmt.Sprintf("%s %s", r.cli.Product, strings.TrimSuffix(r.cli.Version, "-dev"))
}

// event is a line of "go test -json".
type event struct {
	Action  string `json:"Action"`
	Package string `json:"Package"`
	Test    string `json:"Test"`
	Output  string `json:"Output"`
}

// What acctest.Need writes.
var (
	usesLine  = regexp.MustCompile(`: uses (.+)\n$`)
	needsLine = regexp.MustCompile(`: needs (.+), which .+ lacks\n$`)
	otherSkip = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: (.+)$`)
)

func (r *result) read(events io.Reader) error {
	lines := bufio.NewScanner(events)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Println(lines.Text()) // something else that the tests have printed
			continue
		}
		r.take(e)
	}
	return lines.Err()
}

func (r *result) take(e event) {
	if e.Test == "" {
		return
	}
	test := path.Base(e.Package) + "." + e.Test
	add := func(to map[string]map[string]bool, capability string) {
		if to[capability] == nil {
			to[capability] = map[string]bool{}
		}
		to[capability][test] = true
	}
	switch e.Action {
	case "output":
		r.output[test] += e.Output
		if found := usesLine.FindStringSubmatch(e.Output); found != nil {
			add(r.uses, found[1])
		}
		if found := needsLine.FindStringSubmatch(e.Output); found != nil {
			add(r.lacks, found[1])
			r.skipped[test] = "for want of " + found[1]
		}
	case "pass", "fail", "skip":
		r.finish(test, e.Action)
	}
}

// finish counts a test, unless its subtests have been counted.
func (r *result) finish(test, action string) {
	for _, tests := range []map[string]bool{r.passed, r.failed} {
		for counted := range tests {
			if strings.HasPrefix(counted, test+"/") {
				return
			}
		}
	}
	switch action {
	case "pass":
		r.passed[test] = true
	case "fail":
		r.failed[test] = true
		fmt.Printf("--- FAIL: %s on %s\n%s\n", test, r.name(), r.output[test])
	case "skip":
		if _, known := r.skipped[test]; known {
			return
		}
		r.skipped[test] = "it says nothing"
		if found := otherSkip.FindStringSubmatch(r.output[test]); found != nil {
			r.skipped[test] = found[1]
		}
	}
}

// report says how many tests ran, and which did not, by reason.
func (r *result) report() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %d tests passed, %d failed, %d skipped\n", r.name(), len(r.passed), len(r.failed), len(r.skipped))
	reasons := map[string][]string{}
	for test, reason := range r.skipped {
		reasons[reason] = append(reasons[reason], test)
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(&text, "  skipped, %s: %d\n", reason, len(reasons[reason]))
		for _, test := range slices.Sorted(slices.Values(reasons[reason])) {
			fmt.Fprintf(&text, "    %s\n", test)
		}
	}
	return text.String()
}
