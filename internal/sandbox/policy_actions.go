// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// Services that a policy can speak to.
const (
	serviceAtlas = "atlas"
	serviceABAC  = "atlas_abac"
	serviceHeka  = "heka"
)

// policySubCategories are those of a persona's policies, in the order in which the metastore prints them.
var policySubCategories = []string{"glossary", "metadata", "data", "ai"}

// resourceCategories are demanded by sub-category (metastore AuthPolicyValidator).
var resourceCategories = map[string]string{"metadata": "CUSTOM", "data": "ENTITY", "glossary": "CUSTOM"}

var abacActions = []string{
	"persona-asset-read", "persona-asset-update", "persona-api-create", "persona-api-delete",
	"persona-business-update-metadata", "persona-entity-add-classification", "persona-entity-update-classification",
	"persona-entity-remove-classification", "persona-add-terms", "persona-remove-terms",
}

var metadataActions = append([]string{
	"persona-dq-update", "persona-dq-read", "persona-dq-create", "persona-dq-delete",
}, abacActions...)

var glossaryActions = []string{
	"persona-glossary-read", "persona-glossary-update", "persona-glossary-create", "persona-glossary-delete",
	"persona-glossary-update-custom-metadata", "persona-glossary-add-classifications",
	"persona-glossary-update-classifications", "persona-glossary-delete-classifications",
}

// policyActions are the valid actions by service and sub-category (metastore AuthPolicyValidator).
var policyActions = map[string][]string{
	serviceAtlas + "metadata": metadataActions,
	serviceAtlas + "data":     {"select"},
	serviceAtlas + "glossary": glossaryActions,
	serviceAtlas + "ai":       aiActions(),
	serviceHeka + "data":      {"select"},
	serviceABAC + "metadata":  abacActions,
}

func aiActions() []string {
	var actions []string
	for _, kind := range []string{"application", "model", "modelversion"} {
		for _, action := range []string{
			"read", "create", "update", "delete", "business-update-metadata", "add-terms", "remove-terms",
			"add-classification", "remove-classification",
		} {
			actions = append(actions, "persona-ai-"+kind+"-"+action)
		}
	}
	return actions
}

// Actions that apidocs documents for metadata policies (addmetadatapolicytopersona), with their successors. link-assets
// has none. The pairing is by meaning, and so inferred.
var metadataSuccessors = map[string]string{
	"entity-read":                     "persona-asset-read",
	"entity-update":                   "persona-asset-update",
	"entity-create":                   "persona-api-create",
	"entity-delete":                   "persona-api-delete",
	"entity-update-business-metadata": "persona-business-update-metadata",
	"entity-add-classification":       "persona-entity-add-classification",
	"entity-update-classification":    "persona-entity-update-classification",
	"entity-remove-classification":    "persona-entity-remove-classification",
	"add-terms":                       "persona-add-terms",
	"remove-terms":                    "persona-remove-terms",
	"link-assets":                     "",
}

// Actions of glossary policies in 2022 (atlan-java GlossaryPolicyAction), with their successors.
var glossarySuccessors = map[string]string{
	"entity-create":                   "persona-glossary-create",
	"entity-update":                   "persona-glossary-update",
	"entity-delete":                   "persona-glossary-delete",
	"link-assets":                     "",
	"entity-update-business-metadata": "persona-glossary-update-custom-metadata",
	"entity-add-classification":       "persona-glossary-add-classifications",
	"entity-remove-classification":    "persona-glossary-delete-classifications",
}

// successors by sub-category. Data policies have had one action all along.
var successors = map[string]map[string]string{
	"metadata": metadataSuccessors, "glossary": glossarySuccessors, "data": {"select": "select"},
}

// documentedName is the older name of an action, or the action itself where it has none.
func documentedName(subCategory, action string) string {
	for old, current := range successors[subCategory] {
		if current == action {
			return old
		}
	}
	return action
}
