// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Listed is one result of a list resource.
type Listed struct {
	DisplayName string
	Identity    *tfprotov6.ResourceIdentityData
	// Resource holds the attributes, as [Workspace.Attribute] gives them; nil when they were not asked for.
	Resource map[string]any
}

// List runs a list resource, as terraform query does, and returns its results and diagnostics.
func (w *Workspace) List(typeName string, config map[string]any, limit int64, includeResource bool) ([]Listed, []*tfprotov6.Diagnostic) {
	w.t.Helper()
	server, ok := w.server.(tfprotov6.ListResourceServer)
	if !ok {
		w.t.Fatal("the provider does not list")
	}
	stream, err := server.ListResource(w.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: dynamic(w.t, object(w.t, w.lists[typeName], config)), Limit: limit, IncludeResource: includeResource,
	})
	must(w.t, err)
	var listed []Listed
	var diags []*tfprotov6.Diagnostic
	for result := range stream.Results {
		diags = append(diags, result.Diagnostics...)
		if len(Errors(result.Diagnostics)) > 0 {
			continue
		}
		one := Listed{DisplayName: result.DisplayName, Identity: result.Identity}
		if result.Resource != nil {
			one.Resource = map[string]any{}
			for name, attribute := range attributes(w.t, w.decode(typeName, result.Resource)) {
				one.Resource[name] = plain(w.t, attribute)
			}
		}
		listed = append(listed, one)
	}
	return listed, diags
}
