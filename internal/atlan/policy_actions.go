// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"slices"
	"strings"
)

// ActionHasCounterpart tells whether an action means something on a surface. Only link-assets does not, through
// [SurfaceEntities].
func ActionHasCounterpart(surface Surface, action string) bool {
	return surface == SurfacePersonas || action != actionLinkAssets
}

const actionLinkAssets = "link-assets"

// documentedActions pairs the documented names of actions (apidocs addmetadatapolicytopersona; atlan-java
// GlossaryPolicyAction of 2022) with the present ones (pyatlan model/enums.py). The pairing is by meaning: inferred.
var documentedActions = map[PolicyKind]map[string]string{
	PolicyMetadata: {
		"entity-read":                     "persona-asset-read",
		"entity-update":                   "persona-asset-update",
		"entity-create":                   "persona-api-create",
		"entity-delete":                   "persona-api-delete",
		"entity-update-business-metadata": "persona-business-update-metadata",
		"entity-add-classification":       "persona-entity-add-classification",
		"entity-remove-classification":    "persona-entity-remove-classification",
		"add-terms":                       "persona-add-terms",
		"remove-terms":                    "persona-remove-terms",
		actionLinkAssets:                  "",
	},
	PolicyGlossary: {
		"entity-create":                   "persona-glossary-create",
		"entity-update":                   "persona-glossary-update",
		"entity-delete":                   "persona-glossary-delete",
		"entity-update-business-metadata": "persona-glossary-update-custom-metadata",
		"entity-add-classification":       "persona-glossary-add-classifications",
		"entity-remove-classification":    "persona-glossary-delete-classifications",
		actionLinkAssets:                  "",
	},
	PolicyData: {"select": "select"},
}

// presentActions have no documented name (pyatlan model/enums.py).
var presentActions = map[PolicyKind][]string{
	PolicyMetadata: {
		"persona-entity-update-classification", "persona-dq-create", "persona-dq-read", "persona-dq-update", "persona-dq-delete",
	},
	PolicyGlossary: {"persona-glossary-read", "persona-glossary-update-classifications"},
}

// Actions returns the names of all actions of a kind, sorted.
func (k PolicyKind) Actions() []string {
	names := slices.Clone(presentActions[k])
	for documented := range documentedActions[k] {
		names = append(names, documented)
	}
	slices.Sort(names)
	return names
}

// DocumentedName returns the name to use for an action given by its present name; "" when that is the name to use.
func (k PolicyKind) DocumentedName(present string) string {
	for documented, name := range documentedActions[k] {
		if name == present && documented != present {
			return documented
		}
	}
	return ""
}

// present translates documented names; those without a counterpart are left out.
func (k PolicyKind) present(actions []string) []string {
	names := []string{}
	for _, action := range actions {
		name, documented := documentedActions[k][action]
		switch {
		case !documented:
			names = append(names, action)
		case name != "":
			names = append(names, name)
		}
	}
	return names
}

// documented translates present names as far as a documented one exists. The older surface shows the action
// persona-entity-update-classification under a name of its family's style, which no documentation has.
func (k PolicyKind) documented(actions []string) []string {
	var names []string
	for _, action := range actions {
		if action == "entity-update-classification" {
			action = strings.Replace(action, "entity-", "persona-entity-", 1)
		}
		if name := k.DocumentedName(action); name != "" {
			action = name
		}
		names = append(names, action)
	}
	return names
}
