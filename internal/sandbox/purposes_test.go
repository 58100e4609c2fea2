// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"maps"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// purposePolicy is a policy as pyatlan sends it (model/assets/purpose.py); changes that are nil leave an attribute out.
func purposePolicy(purpose string, changes object) object {
	attributes := object{
		"name": "read", "qualifiedName": "read", "policyType": "allow", "policyCategory": "purpose", "policySubCategory": "metadata",
		"policyServiceName": "atlas_tag", "policyResourceCategory": "TAG", "policyActions": []string{"entity-read"},
		"policyGroups": []string{"public"}, "accessControl": object{"typeName": "Purpose", "guid": purpose},
	}
	maps.Copy(attributes, changes)
	return entity("AuthPolicy", "-2", attributes)
}

func TestPurposes(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{NoShuffle: true})
	purpose := func(guid string, changes object) object {
		attributes := object{"name": "PII", "qualifiedName": "PII", "purposeClassifications": []string{"b", "a"}}
		maps.Copy(attributes, changes)
		return entities(entity("Purpose", guid, attributes))
	}
	api.do("POST", bulk, purpose("-1", object{"purposeClassifications": nil})).
		fails(t, 400, "ATLAS-400-00-029", "Please provide purposeClassifications for Purpose")
	made := at(api.ok("POST", bulk, purpose("-1", nil)), "mutatedEntities", "CREATE", 0)
	guid, _ := at(made, "guid").(string)
	if qn, _ := at(made, "attributes", "qualifiedName").(string); len(qn) != len("default/")+22 || at(made, "attributes", "isAccessControlEnabled") != true {
		t.Errorf("made %v", made)
	}
	api.do("POST", bulk, purpose("-1", object{"name": "other", "purposeClassifications": []string{"a", "b"}})).
		fails(t, 500, "ATLAS-500-00-001", "Entity already exists, typeName:tags, Purpose:[a, b]")
	api.do("POST", bulk, purpose(guid, object{"description": "d"})).crashes(t)
	api.do("POST", bulk, purpose(guid, object{"policies": []object{{"guid": guid}}})).fails(t, 409, "ATLAS-409-00-015",
		"Operation not supported: Can not attach a policy while creating/updating Persona/Purpose/Stakeholder")

	policy := api.ok("POST", bulk, entities(purposePolicy(guid, nil)))
	if at(policy, "mutatedEntities", "UPDATE", 0, "guid") != guid {
		t.Errorf("the purpose is not among the updated: %v", policy)
	}
	id, _ := at(policy, "mutatedEntities", "CREATE", 0, "guid").(string)
	api.ok("POST", bulk, purpose(guid, object{"purposeClassifications": []string{"c"}, "isAccessControlEnabled": false}))
	read := at(api.ok("GET", byGUID+id, nil), "entity")
	if !sameJSON(at(read, "attributes", "policyResources"), []string{"tag:c"}) || at(read, "attributes", "isPolicyEnabled") != false ||
		at(read, "relationshipAttributes", "accessControl", "guid") != guid || at(read, "attributes", "policyGroups", 0) != "public" {
		t.Errorf("the policy is %v", read)
	}
	changed := purposePolicy(guid, object{"policyType": "deny"})
	changed["guid"] = id
	if got := api.ok("POST", bulk, entities(changed)); at(got, "mutatedEntities", "UPDATE", 0, "attributes", "policyType") != "deny" {
		t.Errorf("the update gives %v", got)
	}
	api.ok("DELETE", bulk+"?deleteType=PURGE&guid="+guid, nil)
	api.do("GET", byGUID+id, nil).fails(t, 404, "ATLAS-404-00-005", "Given instance guid "+id+" is invalid/not found")
}

func TestPoliciesOfPurposesAreChecked(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	made := api.ok("POST", bulk, entities(entity("Purpose", "-1", object{"name": "p", "qualifiedName": "p", "purposeClassifications": []string{"a"}})))
	guid, _ := at(made, "mutatedEntities", "CREATE", 0, "guid").(string)
	for message, changes := range map[string]object{
		"Please provide attribute policyServiceName":                                        {"policyServiceName": nil},
		"Please provide Purpose as accesscontrol":                                           {"accessControl": object{"guid": sandbox.SeedPersonaGUID}},
		"Please provide valid value for attribute policySubCategory:[metadata, data]":       {"policySubCategory": "glossary"},
		"Invalid resource category for Purpose":                                             {"policyResourceCategory": "CUSTOM"},
		"Please provide valid values for attribute policyActions: Invalid actions [select]": {"policyActions": []string{"select"}},
		"Please provide Persona as accesscontrol":                                           {"policyCategory": "persona"},
	} {
		api.do("POST", bulk, entities(purposePolicy(guid, changes))).fails(t, 400, "ATLAS-400-00-029", message)
	}
	api.do("POST", bulk, entities(purposePolicy(guid, object{"accessControl": nil}))).crashes(t)
	masking := object{"policySubCategory": "data", "policyActions": []string{"select"}, "policyType": "dataMask"}
	kept := api.ok("POST", bulk, entities(purposePolicy(guid, masking)))
	id, _ := at(kept, "mutatedEntities", "CREATE", 0, "guid").(string)
	for message, changes := range map[string]object{
		"policyCategory change not Allowed":         {"policyCategory": "persona"},
		"Policy sub category change not Allowed":    {"policySubCategory": "metadata", "policyActions": []string{"entity-read"}},
		"policyServiceName change not Allowed":      {"policyServiceName": "atlas"},
		"policyResourceCategory change not Allowed": {"policyResourceCategory": "CUSTOM"},
	} {
		update := purposePolicy(guid, masking)
		maps.Copy(update["attributes"].(object), changes)
		update["guid"] = id
		api.do("POST", bulk, entities(update)).fails(t, 409, "ATLAS-409-00-015", "Operation not supported: "+message)
	}
	served, _ := start(t, sandbox.Options{PersonaAPI: sandbox.SurfacePersonas})
	serve(t, served).do("POST", bulk, entities(entity("Purpose", "-1", object{"name": "p", "qualifiedName": "p"}))).
		fails(t, 400, "ATLAS-400-00-014", "Type ENTITY with name Purpose does not exist")
}
