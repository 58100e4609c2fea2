// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// StringSet makes a set of strings; nil makes the empty set, since the API does not tell the two apart.
func StringSet(ctx context.Context, values []string) (types.Set, diag.Diagnostics) {
	if values == nil {
		values = []string{}
	}
	return types.SetValueFrom(ctx, types.StringType, values)
}

// Strings returns the elements of a set of strings. A null among them, which may show only when the value that it refers
// to is known, is an error on the attribute; why says where it may come from.
func Strings(ctx context.Context, attribute path.Path, set types.Set, why string) ([]string, diag.Diagnostics) {
	var diags diag.Diagnostics
	for _, element := range set.Elements() {
		if element.IsNull() {
			diags.AddAttributeError(attribute, "An element is null", why)
			return nil, diags
		}
	}
	var values []string
	diags = set.ElementsAs(ctx, &values, false)
	return values, diags
}

// TimeOrNull makes an RFC 3339 value; the zero time makes null.
func TimeOrNull(t time.Time) timetypes.RFC3339 {
	if t.IsZero() {
		return timetypes.NewRFC3339Null()
	}
	return timetypes.NewRFC3339TimeValue(t)
}
