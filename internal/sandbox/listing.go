// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox/rql"
)

// defaultPage is the page size where a list request names none (atlan-java ApiTokensEndpoint, pyatlan client/user.py).
const defaultPage = 20

// listed is a record of a Heracles list: what it can be filtered and sorted by, and how it is shown.
type listed struct {
	id     string
	fields rql.Fields
	show   func() any
}

// list answers a Heracles list endpoint: filter, sort, limit, offset and count (apidocs; pyatlan client/common). It
// sorts by what it can be filtered by, and by the further fields named.
func (t *Tenant) list(rq *request, filterable, alsoSortable []string, records []listed) (any, error) {
	filter, err := rql.Parse(rq.query.Get("filter"), filterable)
	if err != nil {
		return nil, invalidRequest("%s", err)
	}
	limit, err := rq.number("limit", defaultPage)
	if err != nil {
		return nil, err
	}
	offset, err := rq.number("offset", 0)
	if err != nil {
		return nil, err
	}
	hits := slices.DeleteFunc(slices.Clone(records), func(r listed) bool { return !filter(r.fields) })
	order(&t.vary, t.generation, hits, func(r listed) string { return r.id })
	if err := sortListed(hits, rq.query.Get("sort"), append(slices.Clone(filterable), alsoSortable...)); err != nil {
		return nil, err
	}

	page := map[string]any{"totalRecord": nil, "filterRecord": nil} // pyatlan client/common/user.py reads both in any case
	if counted, err := strconv.ParseBool(rq.query.Get("count")); err != nil || counted {
		page["totalRecord"] = len(records)
		page["filterRecord"] = len(hits)
	}
	shown := []any{}
	for _, r := range window(hits, offset, limit) {
		shown = append(shown, r.show())
	}
	// The end of a list is an empty list, or null, but never absent: pyatlan client/common/user.py and atlan-go
	// token_client.go would not survive that.
	page["records"] = shown
	if len(shown) == 0 && t.vary.pick(2) == 1 {
		page["records"] = nil
	}
	return page, nil
}

// window is one page of a list.
func window[T any](list []T, offset, limit int) []T {
	offset = min(max(offset, 0), len(list))
	return list[offset:min(offset+max(limit, 0), len(list))]
}

// number reads a query parameter that counts something.
func (rq *request) number(name string, missing int) (int, error) {
	text := rq.query.Get(name)
	if text == "" {
		return missing, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, invalidRequest("Query parameter %q has an error: value %s: must be an integer of at least 0", name, text)
	}
	return n, nil
}

// sortListed sorts by one field; a leading "-" turns the order around.
func sortListed(records []listed, by string, sortable []string) error {
	field, descending := strings.CutPrefix(by, "-")
	if by == "" {
		return nil
	}
	if !slices.Contains(sortable, field) {
		return invalidRequest("Query parameter \"sort\" has an error: unknown field %q", field)
	}
	slices.SortStableFunc(records, func(a, b listed) int {
		c := compareFields(a.fields[field], b.fields[field])
		if descending {
			return -c
		}
		return c
	})
	return nil
}

func compareFields(a, b any) int {
	if x, ok := a.(int64); ok {
		y, _ := b.(int64)
		return cmp.Compare(x, y)
	}
	x, _ := a.(string)
	y, _ := b.(string)
	return cmp.Compare(x, y)
}
