// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
)

// entriesPerPage is what one page of a list of /api/service holds. No limit of the API is published; paging goes by what
// arrives.
const entriesPerPage = 100

// entryPage is a page of a list of /api/service.
type entryPage[V any] struct {
	TotalRecord  *int64 `json:"totalRecord"`
	FilterRecord *int64 `json:"filterRecord"`
	Records      []V    `json:"records"`
}

// UnmarshalJSON refuses an object that has nothing of a list, so that no other answer passes for a list without hits,
// which may lack its records (pyatlan client/token.py).
func (p *entryPage[V]) UnmarshalJSON(data []byte) error {
	type plain entryPage[V]
	if err := json.Unmarshal(data, (*plain)(p)); err != nil || p.Records != nil || p.TotalRecord != nil || p.FilterRecord != nil {
		return err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	if _, ok := members["records"]; !ok && len(members) > 0 {
		return ErrInvalidAnswer
	}
	return nil
}

// oldestFirst is the order in which pages stay as they are while entries are added.
func oldestFirst() url.Values { return url.Values{"sort": {"createdAt"}} }

// storeTotal remembers how many entries the tenant has, if the page says so.
func (p *entryPage[V]) storeTotal(total *atomic.Int64) {
	if p.TotalRecord != nil {
		total.Store(*p.TotalRecord)
	}
}

// entries lists what the filter selects, one by one; see [pages].
func entries[V any](query url.Values, selected filter, get func(url.Values, *entryPage[V]) error) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var none V
		for page, err := range pages(query, selected, get) {
			if err != nil {
				yield(none, err)
				return
			}
			for _, entry := range page {
				if !yield(entry, nil) {
					return
				}
			}
		}
	}
}

// pages lists what the filter selects, a page at a time; nil selects everything. Pages end when one is empty or has no
// records, or when as many entries have come as the tenant counted.
func pages[V any](query url.Values, selected filter, get func(url.Values, *entryPage[V]) error) iter.Seq2[[]V, error] {
	return func(yield func([]V, error) bool) {
		query.Set("limit", strconv.Itoa(entriesPerPage))
		query.Set("count", "true")
		if selected != nil {
			encoded, err := json.Marshal(selected)
			if err != nil {
				yield(nil, fmt.Errorf("encoding the filter: %w", err))
				return
			}
			query.Set("filter", string(encoded))
		}
		for offset := 0; ; {
			query.Set("offset", strconv.Itoa(offset))
			var page entryPage[V]
			if err := get(query, &page); err != nil {
				yield(nil, listError(err))
				return
			}
			if !yield(page.Records, nil) {
				return
			}
			offset += len(page.Records)
			if len(page.Records) == 0 || page.FilterRecord != nil && int64(offset) >= *page.FilterRecord {
				return
			}
		}
	}
}

// collectPages hands over a whole list by key, a page at a time, or returns errTooLarge if that takes more than maxRequests.
// total is how many entries there are as of the last page that said so.
func collectPages[V any](
	list iter.Seq2[[]V, error], total *atomic.Int64, maxRequests int, key func(V) string, page func(map[string]V),
) error {
	most := int64(maxRequests) * entriesPerPage
	if total.Load() > most {
		return errTooLarge
	}
	for records, err := range list {
		if err != nil {
			return err
		}
		byKey := map[string]V{}
		for _, entry := range records {
			byKey[key(entry)] = entry
		}
		page(byKey)
		if total.Load() > most {
			return errTooLarge
		}
	}
	return nil
}

// listError keeps a 404 from passing for the absence of an entry: a list without hits is empty, so a 404 means something
// else, a wrong address for instance.
func listError(err error) error {
	answer, ok := errors.AsType[*Error](err)
	if ok && answer.StatusCode == http.StatusNotFound {
		answer.sentinel = nil
	}
	return err
}
