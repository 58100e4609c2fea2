// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// AmbiguousNameError says that a name cannot choose between several objects.
type AmbiguousNameError struct {
	// Kind of the objects in the plural, such as "API tokens".
	Kind string
	// Name that they have in common.
	Name string
	// Candidates describe the objects, each beginning with its GUID.
	Candidates []string
}

// Error implements error.
func (e *AmbiguousNameError) Error() string {
	return fmt.Sprintf("%d %s are named %q. Choose one by its GUID:\n%s", len(e.Candidates), e.Kind, e.Name, BulletList(e.Candidates))
}

// BulletList renders lines for a diagnostic.
func BulletList(lines []string) string {
	return "\n  - " + strings.Join(lines, "\n  - ")
}

// AddLookupError turns the failure to find an object into a diagnostic: on the attribute that names the object if the
// name is at fault, else as an error of the API. hint is added to the former; it may say what the attribute accepts.
func AddLookupError(diags *diag.Diagnostics, attribute path.Path, doing string, err error, hint string) {
	var ambiguous *AmbiguousNameError
	if !errors.As(err, &ambiguous) && !errors.Is(err, atlan.ErrNotFound) {
		AddAPIError(diags, doing, err)
		return
	}
	var paragraphs []string
	answer, answered := errors.AsType[*atlan.Error](err)
	switch {
	case ambiguous != nil:
		paragraphs = []string{err.Error(), hint}
	case answered:
		paragraphs = []string{sentence(strings.TrimSuffix(err.Error(), answer.Error())), explainAnswer(answer, hint)}
	default:
		paragraphs = []string{sentence(strings.TrimSuffix(err.Error(), atlan.ErrNotFound.Error())), hint}
	}
	paragraphs = slices.DeleteFunc(paragraphs, func(paragraph string) bool { return paragraph == "" })
	diags.AddAttributeError(attribute, doing+" failed", strings.Join(paragraphs, "\n\n"))
}

// sentence makes one of what an error says before it gives its cause. What begins with a name stays as it is.
func sentence(text string) string {
	text = strings.TrimSuffix(text, ": ")
	if text == "" {
		return ""
	}
	first, _, _ := strings.Cut(text, " ")
	if !strings.ContainsFunc(first, func(r rune) bool { return !unicode.IsLetter(r) }) {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text + "."
}
