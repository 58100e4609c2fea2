// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/agext/levenshtein"
)

// labelledKeys are the keys, by toKey, of the fields that bear one of the labels. Fields that are not shown have none.
func labelledKeys(fields []FormField, labels []string, toKey func(string) string) []string {
	var keys []string
	for _, field := range fields {
		if field.Hidden || !isLabel(field.Label, labels) {
			continue
		}
		if key := toKey(field.Key); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// isLabel tells whether a text is one of the labels but for case, spaces and punctuation.
func isLabel(text string, labels []string) bool {
	plain := plainText(text)
	return plain != "" && slices.ContainsFunc(labels, func(label string) bool { return plainText(label) == plain })
}

func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// maxNames is how many names an error lists.
const maxNames = 20

// nearestFirst orders names by how near they are to any of the others: by the words that they share with it, then by the
// corrections that make one of the other.
func nearestFirst(names, like []string) []string {
	type rank struct{ shared, corrections int }
	ranks := map[string]rank{}
	for _, name := range names {
		best := rank{corrections: len(name) + maxNames}
		for _, one := range like {
			one = strings.ToLower(one)
			best.shared = max(best.shared, sharedWords(name, one))
			best.corrections = min(best.corrections, levenshtein.Distance(plainText(name), plainText(one), nil))
		}
		ranks[name] = best
	}
	sorted := slices.Clone(names)
	slices.SortStableFunc(sorted, func(a, b string) int {
		if few := 2; min(ranks[a].corrections, ranks[b].corrections) <= few { // a typing error
			return ranks[a].corrections - ranks[b].corrections
		}
		if d := ranks[b].shared - ranks[a].shared; d != 0 {
			return d
		}
		return ranks[a].corrections - ranks[b].corrections
	})
	return sorted
}

func sharedWords(one, other string) int {
	separator := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	words := strings.FieldsFunc(other, separator)
	n := 0
	for _, word := range strings.FieldsFunc(one, separator) {
		if slices.Contains(words, word) {
			n++
		}
	}
	return n
}

func quoted(text string) string { return strconv.Quote(text) }

// quotedList are names in an enumeration, quotedAny names of the same thing.
func quotedList(texts []string) string { return strings.Join(quotedEach(texts), ", ") }

func quotedAny(texts []string) string { return orList(quotedEach(texts)) }

func quotedEach(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = quoted(text)
	}
	return all
}
