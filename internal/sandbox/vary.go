// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// variation gives every answer a form of its own where the API leaves the form open: the order of unordered lists, and
// whether an empty value is sent as empty, as null, or not at all.
type variation struct {
	off  bool
	seed maphash.Seed
	n    uint64 // counts choices, so that each one is different
}

// order sorts records by a hash of their keys. Two calls of the same generation agree, so that a client that pages
// through an unsorted list sees each record once; after a write the order is another one, as in a database heap.
func order[T any](v *variation, generation uint64, records []T, key func(T) string) {
	if v.off {
		return
	}
	rank := func(r T) uint64 { return maphash.Comparable(v.seed, ranked{generation, key(r)}) }
	slices.SortStableFunc(records, func(a, b T) int { return cmp.Compare(rank(a), rank(b)) })
}

type ranked struct {
	generation uint64
	key        string
}

// shuffled returns a set's members in any order.
func (v *variation) shuffled(members []string) []string {
	out := slices.Clone(members)
	v.n++
	order(v, v.n, out, func(s string) string { return s })
	return out
}

// pick chooses one of n forms; the first one where variation is off.
func (v *variation) pick(n uint64) uint64 {
	if v.off {
		return 0
	}
	v.n++
	return maphash.Comparable(v.seed, v.n) % n
}

// putEmpty stores an empty value under key in one of the forms that mean empty: as it is, as null, or not at all.
func (v *variation) putEmpty(object map[string]any, key string, empty any) {
	switch v.pick(3) {
	case 0:
		object[key] = empty
	case 1:
		object[key] = nil
	}
}

// putText stores a text, varying the form of an empty one.
func (v *variation) putText(object map[string]any, key, text string) {
	if text == "" {
		v.putEmpty(object, key, "")
		return
	}
	object[key] = text
}
