// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// checkErrors looks whether every error says which object of the step it is about and what went wrong, and no secret.
func (c *faultCase) checkErrors(failed []*tfprotov6.Diagnostic, workspace *Workspace, faults []sandbox.Fault) {
	c.t.Helper()
	named := func(word string) bool { return slices.Contains(c.names(), word) }
	for _, diagnostic := range failed {
		summary := diagnostic.Summary
		if !strings.Contains(strings.ToLower(summary), strings.ToLower(c.Object)) || !slices.ContainsFunc(words(summary), named) {
			c.t.Errorf("an error that does not name the object, one of %q:\n%s", c.names(), Texts(failed))
		}
		said := func(cause string) bool { return strings.Contains(diagnostic.Detail, cause) }
		if !slices.ContainsFunc(causes(faults), said) {
			c.t.Errorf("an error that does not name the cause, one of %q:\n%s", causes(faults), Texts(failed))
		}
	}
	if SecretPattern.MatchString(Texts(failed) + Texts(workspace.Warnings())) {
		c.t.Error("an error or a warning holds a secret")
	}
}

// names are what users know the objects of the step by: their names or, of grants, whom the right is given; or their ids.
func (c *faultCase) names() []string {
	names := slices.Collect(maps.Values(c.ids))
	for _, blocks := range []map[string]Block{c.step.Before, c.step.After} {
		for _, block := range blocks {
			for _, argument := range []string{"name", "user", "group", "api_token_id"} {
				name, _ := block.Attributes[argument].(string)
				names = append(names, name)
			}
			if role, _ := block.Attributes["role"].(string); strings.HasPrefix(role, "$") { // not that of a member
				names = append(names, role)
			}
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "" })
	slices.Sort(names)
	return slices.Compact(names)
}

// causes are what an error may say of faults.
func causes(faults []sandbox.Fault) []string {
	var said []string
	for _, fault := range faults {
		if fault.Status > 0 {
			said = append(said, "answered "+strconv.Itoa(fault.Status), "HTTP "+strconv.Itoa(fault.Status))
			continue
		}
		said = append(said, "No answer from", "answer was lost", "connection was", "no answer")
	}
	return said
}

// words are those of a text, where a name or an id is one.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_$", r)
	})
}
