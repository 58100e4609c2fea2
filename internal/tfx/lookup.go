// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"errors"
	"fmt"
	"strings"

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
	detail := err.Error()
	if hint != "" {
		detail += "\n\n" + hint
	}
	diags.AddAttributeError(attribute, doing+" failed", detail)
}
