// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// InputNames is the argument that gives the keys of fields where the provider does not find them: attributes are those of
// the resource that become inputs, and parts those of its credential.
func InputNames(attributes []string, parts []Part) schema.MapAttribute {
	names := slices.Clone(attributes)
	for _, part := range parts {
		names = append(names, part.Attribute)
	}
	return schema.MapAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: "Keys that the app on this tenant has for what these arguments stand for: `" + strings.Join(names, "`, `") + "`; by default the " +
			"provider " +
			"finds them by the labels of the app's form. The keys of credentials are such as `username` or `extra.workspace`. A change updates the workflow in " +
			"place.",
		Validators: []validator.Map{mapvalidator.KeysAre(stringvalidator.OneOf(names...)), mapvalidator.NoNullValues()},
	}
}

// Names are the keys in such an argument, by the names of fields.
func Names(given types.Map, parts []Part) map[string]string {
	names := map[string]string{}
	for attribute, value := range given.Elements() {
		key, ok := value.(types.String)
		if !ok || key.ValueString() == "" {
			continue
		}
		if slices.ContainsFunc(parts, func(p Part) bool { return p.Attribute == attribute }) {
			attribute = credentialPath(attribute).String()
		}
		names[attribute] = key.ValueString()
	}
	return names
}
