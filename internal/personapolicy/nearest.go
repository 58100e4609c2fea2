// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"strings"

	"github.com/agext/levenshtein"
)

// mostTypos is how many typing errors still leave no doubt about what was meant.
const mostTypos = 3

// nearest returns the name that was probably meant by a wrong one: the only one that contains it, else the one that
// takes the fewest corrections; "" when none is near.
func nearest(wrong string, names []string) string {
	var containing []string
	best, fewest := "", mostTypos+1
	for _, name := range names {
		if wrong != "" && strings.Contains(name, strings.ToLower(wrong)) {
			containing = append(containing, name)
		}
		if n := levenshtein.Distance(strings.ToLower(wrong), name, nil); n < fewest {
			best, fewest = name, n
		}
	}
	if len(containing) == 1 {
		return containing[0]
	}
	return best
}
