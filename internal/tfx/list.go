// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
)

// ListResults are what a list resource answers: what is found and kept, as result shows it, and no more than limit, which
// is unbounded at 0. A nil keep keeps everything. Pages are read only as far as results are taken. An error ends the list,
// as that of doing, such as "Listing API tokens".
func ListResults[T any](
	doing string, limit int64, found iter.Seq2[T, error], keep func(T) bool, result func(T) list.ListResult,
) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		remaining := limit
		for one, err := range found {
			if err != nil {
				var diags diag.Diagnostics
				AddAPIError(&diags, doing, err)
				push(list.ListResult{Diagnostics: diags})
				return
			}
			if keep != nil && !keep(one) {
				continue
			}
			remaining--
			if !push(result(one)) || remaining == 0 {
				return
			}
		}
	}
}
