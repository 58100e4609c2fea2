// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import "strings"

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
		if n := corrections(strings.ToLower(wrong), name); n < fewest {
			best, fewest = name, n
		}
	}
	if len(containing) == 1 {
		return containing[0]
	}
	return best
}

// corrections counts the characters to insert, delete or replace to make one text of the other (Levenshtein).
func corrections(one, other string) int {
	row := make([]int, len(other)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(one) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(other) {
			replace := diagonal
			if one[i] != other[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(other)]
}
