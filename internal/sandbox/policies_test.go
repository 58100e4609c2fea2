// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// policyOf is a valid metadata policy on the demo connection "production", changed as asked; nil takes an attribute out.
func policyOf(persona, name string, change object) object {
	attributes := object{
		"name": name, "qualifiedName": name, "displayName": "", "policyType": "allow", "policyCategory": "persona",
		"policySubCategory": "metadata", "policyServiceName": "atlas", "policyResourceCategory": "CUSTOM",
		"policyActions": []string{"persona-asset-read"}, "policyResources": []string{"entity:" + sandbox.SeedProductionQualifiedName},
		"connectionQualifiedName": sandbox.SeedProductionQualifiedName,
		"accessControl":           object{"typeName": "Persona", "guid": persona},
	}
	maps.Copy(attributes, change)
	maps.DeleteFunc(attributes, func(_ string, v any) bool { return v == nil })
	return entity("AuthPolicy", "-2", attributes)
}

func (c *caller) newPolicy(persona, name string, change object) string {
	c.t.Helper()
	made := c.ok("POST", bulk, entities(policyOf(persona, name, change)))
	guid, _ := at(made, "mutatedEntities", "CREATE", 0, "guid").(string)
	return guid
}

func TestPersonaRules(t *testing.T) {
	t.Parallel()
	_, _, api := demo(t, sandbox.Options{NoShuffle: true})
	guid, qn := api.newPersona("same name")
	if other, _ := api.newPersona("same name"); other == guid {
		t.Error("a persona of the same name is not a new one")
	}
	policy := api.newPolicy(guid, "a", nil)
	update := func(change object) answer {
		attributes := object{"name": "same name", "qualifiedName": "ignored", "isAccessControlEnabled": true}
		maps.Copy(attributes, change)
		maps.DeleteFunc(attributes, func(k string, v any) bool { return v == nil && k == "isAccessControlEnabled" })
		return api.do("POST", bulk, entities(entity("Persona", guid, attributes)))
	}
	update(object{"description": "x", "isAccessControlEnabled": nil}).crashes(t)
	update(object{"personaUsers": []string{"nobody"}}).fails(t, 500, "ATLAS-500-00-001", "Keycloak user not found with userName nobody")
	update(object{"personaGroups": []string{"nobody"}}).fails(t, 500, "ATLAS-500-00-001", "Keycloak group not found with userName nobody")
	update(object{"channelLink": "https://example.com"}).fails(t, 400, "ATLAS-400-00-029", "Please provide a valid URL for channelLink")
	update(object{"policies": []any{object{"guid": policy}}}).
		fails(t, 409, "ATLAS-409-00-015", "Operation not supported: Can not attach a policy while creating/updating Persona/Purpose/Stakeholder")
	api.do("POST", bulk, entities(entity("Persona", "-1", object{"name": "x", "qualifiedName": "x", "personaGroups": []string{"nobody"}}))).
		fails(t, 500, "ATLAS-500-00-001", "Keycloak group not found with name nobody")

	update(object{
		"isAccessControlEnabled": false, "personaUsers": []string{"jsmith"}, "personaGroups": []string{"data_engineers"},
		"channelLink": "https://acme.slack.com/archives/C1", "roleId": "other",
	})
	read := at(api.ok("GET", byGUID+guid, nil), "entity", "attributes")
	if at(read, "qualifiedName") != qn || at(read, "roleId") == "other" || at(read, "personaUsers", 0) != "jsmith" {
		t.Errorf("after the update: %v", read)
	}
	if got := at(api.ok("GET", byGUID+policy, nil), "entity", "attributes", "isPolicyEnabled"); got != false {
		t.Errorf("the policy's flag is %v", got)
	}
	update(object{"isAccessControlEnabled": false, "description": "still"})
	if got := at(api.ok("GET", byGUID+guid, nil), "entity", "attributes", "personaUsers", 0); got != "jsmith" {
		t.Errorf("users that were not sent are now %v", got)
	}
	update(object{"isAccessControlEnabled": false, "personaUsers": []string{}})
	if got := at(api.ok("GET", byGUID+guid, nil), "entity", "attributes", "personaUsers", 0); got != nil {
		t.Errorf("users that were cleared are %v", got)
	}
}

func TestNewPolicy(t *testing.T) {
	t.Parallel()
	_, _, api := demo(t, sandbox.Options{NoShuffle: true})
	persona, qn := api.newPersona("p")
	made := api.ok("POST", bulk, entities(policyOf(persona, "a", object{"policyUsers": []string{"jsmith"}})))
	if at(made, "mutatedEntities", "UPDATE", 0, "guid") != persona {
		t.Errorf("the persona is not among the updated entities: %v", made)
	}
	guid, _ := at(made, "mutatedEntities", "CREATE", 0, "guid").(string)
	read := at(api.ok("GET", byGUID+guid, nil), "entity")
	role := "persona_" + qn[len("default/"):]
	policyQN, _ := at(read, "attributes", "qualifiedName").(string)
	if len(policyQN) != len(qn)+23 || !sameJSON(at(read, "attributes", "policyRoles"), []string{role}) ||
		!sameJSON(at(read, "attributes", "policyUsers"), []any{}) || at(read, "attributes", "isPolicyEnabled") != true ||
		at(read, "attributes", "accessControl") != nil || at(read, "relationshipAttributes", "accessControl", "guid") != persona {
		t.Errorf("the policy is %v", read)
	}
	refs := at(api.ok("GET", byGUID+persona, nil), "entity", "relationshipAttributes", "policies", 0)
	if at(refs, "guid") != guid || at(refs, "attributes") != nil {
		t.Errorf("the persona refers to %v", refs)
	}
	api.newPolicy(persona, "data", object{
		"policySubCategory": "data", "policyServiceName": "heka", "policyResourceCategory": "ENTITY", "policyActions": []string{"select"},
		"policyResources": []string{"entity:" + sandbox.SeedProductionQualifiedName, "entity-type:*"},
	})
	api.newPolicy(persona, "domain", object{"policySubCategory": "domain", "policyResources": []string{"entity:*"}, "connectionQualifiedName": nil})
	// A persona and its policy may come in one request.
	both := entities(entity("Persona", "-1", object{"name": "q", "qualifiedName": "q"}), policyOf("-1", "b", nil))
	if made := api.ok("POST", bulk, both); at(made, "mutatedEntities", "CREATE", 1, "typeName") != "AuthPolicy" {
		t.Errorf("made %v", made)
	}
}

func TestNewPolicyIsRefused(t *testing.T) {
	t.Parallel()
	_, token, api := demo(t, sandbox.Options{})
	persona, _ := api.newPersona("p")
	tooMany := []string{}
	for i := range 1000 {
		tooMany = append(tooMany, fmt.Sprintf("entity:%s/DB%d/*", sandbox.SeedProductionQualifiedName, i))
	}
	for name, c := range map[string]struct {
		change  object
		status  int
		code    string
		message string
	}{
		"no category": {object{"policyCategory": nil}, 400, "029", "Please provide attribute policyCategory"},
		"other category": {
			object{"policyCategory": "bootstrap"},
			409, "015",
			"Operation not supported: Create/Update AuthPolicy with policyCategory other than persona, purpose and datamesh",
		},
		"no service":    {object{"policyServiceName": nil}, 400, "029", "Please provide attribute policyServiceName"},
		"no type":       {object{"policyType": nil}, 400, "029", "Please provide attribute policyType"},
		"no actions":    {object{"policyActions": []string{}}, 400, "029", "Please provide attribute policyActions"},
		"no resources":  {object{"policyResources": nil}, 400, "029", "Please provide attribute policyResources"},
		"no connection": {object{"connectionQualifiedName": nil}, 400, "029", "Please provide attribute connectionQualifiedName"},
		"sub-category": {
			object{"policySubCategory": "x"},
			400, "029",
			"Please provide valid value for attribute policySubCategory:[glossary, metadata, data, ai]",
		},
		"resource kind":     {object{"policyResources": []string{"tag:x"}}, 400, "029", "Please provide valid type of policy resources: [entity-type, entity]"},
		"resource category": {object{"policyResourceCategory": "ENTITY"}, 400, "029", "Invalid resource category for Persona"},
		"actions": {
			object{"policyActions": []string{"link-assets", "persona-asset-read", "x"}},
			400, "029",
			"Please provide valid values for attribute policyActions: Invalid actions [link-assets, x]",
		},
		"elsewhere": {
			object{"policyResources": []string{"entity:default/x/1"}},
			400, "029",
			"default/x/1 does not belong to connection default/snowflake/1700000000",
		},
		"everything": {object{"policyResources": []string{"entity:*"}}, 400, "029", "* does not belong to connection default/snowflake/1700000000"},
		"filter":     {object{"policyServiceName": "atlas_abac"}, 400, "029", "Invalid filter criteria: must contain entity root key"},
		"unknown connection": {
			object{"connectionQualifiedName": "default/x/1", "policyResources": []string{"entity:default/x/1"}},
			404, "009",
			"Instance Connection with unique attribute {qualifiedName=default/x/1} does not exist",
		},
		"unknown persona": {object{"accessControl": object{"guid": "nobody"}}, 404, "00A", "Referenced entity nobody is not found"},
		"wrong parent":    {object{"accessControl": object{"guid": sandbox.SeedGlossaryGUID}}, 400, "029", "Please provide Persona as accesscontrol"},
		"too many assets": {
			object{"policyResources": tooMany},
			400, "113",
			"Exceeded limit of maximum allowed assets across policies for a Persona: Limit: 1000, assets: 1001",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := fmt.Sprintf("ATLAS-%d-00-%s", c.status, c.code)
			api.do("POST", bulk, entities(policyOf(persona, name, c.change))).fails(t, c.status, code, c.message)
		})
	}
	for name, change := range map[string]object{
		"no persona": {"accessControl": nil}, "no actions for the pair": {"policyServiceName": "heka"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api.do("POST", bulk, entities(policyOf(persona, name, change))).crashes(t)
		})
	}
	t.Run("not a connection admin", func(t *testing.T) {
		t.Parallel()
		token.do("POST", bulk, entities(policyOf(persona, "x", nil))).fails(t, 403, "ATLAS-403-00-002",
			"service-account-apikey-"+sandbox.SeedAPITokenGUID+" is not admin for connection "+sandbox.SeedProductionGUID)
		other, _ := api.newPersona("other")
		token.newPolicy(other, "glossary", object{ // needs no connection admin
			"policySubCategory": "glossary", "policyActions": []string{"persona-glossary-read"},
			"policyResources": []string{"entity:" + sandbox.SeedGlossaryQualifiedName}, "connectionQualifiedName": nil,
		})
	})
}

func TestPolicyNamesAreCheckedThroughTheIndex(t *testing.T) {
	t.Parallel()
	clk := newClock()
	_, _, api := demo(t, sandbox.Options{SearchLag: 2 * time.Second, Now: clk.Now})
	persona, _ := api.newPersona("p")
	api.newPolicy(persona, "same", nil)
	api.newPolicy(persona, "same", nil) // the first one is not in the index yet
	clk.add(2 * time.Second)
	api.do("POST", bulk, entities(policyOf(persona, "Same", nil))).fails(t, 400, "ATLAS-400-00-029", "Policy with name 'Same' already exists in Persona 'p'")
	other := api.newPolicy(persona, "other", nil)
	renamed := policyOf(persona, "same", nil)
	renamed["guid"] = other
	api.ok("POST", bulk, entities(renamed)) // a new name is not checked
}

func TestPolicyUpdate(t *testing.T) {
	t.Parallel()
	tenant, _, api := demo(t, sandbox.Options{NoShuffle: true})
	persona, _ := api.newPersona("p")
	other, _ := api.newPersona("other")
	guid := api.newPolicy(persona, "a", nil)
	update := func(change object) answer {
		sent := policyOf(persona, "a", change)
		sent["guid"] = guid
		return api.do("POST", bulk, entities(sent))
	}
	for message, change := range map[string]object{
		"policyCategory change not Allowed":                   {"policyCategory": "purpose"},
		"policyServiceName change not Allowed":                {"policyServiceName": "heka"},
		"policyResourceCategory change not Allowed":           {"policyResourceCategory": "ENTITY"},
		"Policy sub category change not Allowed":              {"policySubCategory": "data"},
		"connectionQualifiedName change not Allowed":          {"connectionQualifiedName": sandbox.SeedDevelopmentQualifiedName},
		"Policy parent (accesscontrol) change is not Allowed": {"accessControl": object{"guid": other}},
	} {
		update(change).fails(t, 409, "ATLAS-409-00-015", "Operation not supported: "+message)
	}
	for message, change := range map[string]object{
		"Please provide attribute policyActions":                                       {"policyActions": []string{}},
		"Please provide attribute policyResources":                                     {"policyResources": []string{}},
		"Please provide attribute connectionQualifiedName":                             {"connectionQualifiedName": nil, "policyType": "deny"},
		"Please provide valid values for attribute policyActions: Invalid actions [x]": {"policyActions": []string{"x"}},
		"Please provide valid policy resources[entity-type, entity]":                   {"policyResources": []string{"x:y"}},
		"default/b does not belong to connection default/snowflake/1700000000":         {"policyResources": []string{"entity:default/b"}},
	} {
		update(change).fails(t, 400, "ATLAS-400-00-029", message)
	}
	update(object{"accessControl": nil, "policyType": "deny"}).crashes(t)
	update(object{"policyServiceName": nil, "policyType": "deny"}).crashes(t)
	if a := update(object{
		"policyType": "deny", "description": "no", "policyActions": []string{"persona-asset-update", "persona-asset-read"},
	}); at(a.object, "mutatedEntities", "UPDATE", 0, "guid") != guid {
		t.Errorf("update answers %s", a.text)
	}
	read := at(api.ok("GET", byGUID+guid, nil), "entity", "attributes")
	if at(read, "policyType") != "deny" || at(read, "description") != "no" || at(read, "policyActions", 1) == nil {
		t.Errorf("after the update: %v", read)
	}
	if err := tenant.EditEntity(sandbox.SeedProductionGUID, func(e *sandbox.Entity) { e.Attributes["adminUsers"] = []string{"jsmith"} }); err != nil {
		t.Fatal(err)
	}
	update(object{"policyType": "allow"}).fails(t, 403, "ATLAS-403-00-002", "admin is not admin for connection "+sandbox.SeedProductionGUID)
	api.ok("DELETE", bulk+"?deleteType=PURGE&guid="+guid, nil) // needs no connection admin
}
