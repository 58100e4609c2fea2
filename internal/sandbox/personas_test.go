// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const personas = "/api/service/personas"

// documented are the actions of the request that apidocs shows for addmetadatapolicytopersona.
var documented = []string{
	"entity-read", "entity-update", "entity-create", "entity-delete", "entity-update-business-metadata",
	"entity-add-classification", "entity-remove-classification", "add-terms", "remove-terms", "link-assets",
}

func metadataPolicy(name string, change object) object {
	policy := object{
		"name": name, "description": "", "allow": true, "actions": []string{"entity-read"},
		"assets": []string{sandbox.SeedProductionQualifiedName}, "connectionId": sandbox.SeedProductionGUID,
	}
	maps.Copy(policy, change)
	return policy
}

// newPersonaDocument creates the persona "p" on this surface and returns its id.
func (c *caller) newPersonaDocument() string {
	c.t.Helper()
	made := c.ok("POST", personas, object{"name": "p", "displayName": "p", "users": []string{}, "groups": []string{}})
	id, _ := made["id"].(string)
	return id
}

func (c *caller) addPolicy(persona, kind string, policy object) object {
	c.t.Helper()
	return c.ok("POST", personas+"/"+persona+"/policies", object{"type": kind, "policy": policy})
}

func TestPersonaDocument(t *testing.T) {
	t.Parallel()
	clk := newClock()
	_, _, api := demo(t, sandbox.Options{NoShuffle: true, Now: clk.Now})
	made := api.ok("POST", personas, object{
		"name": "Sales", "displayName": "Sales", "description": "d", "users": []string{sandbox.SeedMemberUserID},
		"groups": []string{sandbox.SeedGroupID}, "metadataPolicies": []any{metadataPolicy("a", nil)}, "dataPolicies": []any{}, "glossaryPolicies": []any{},
	})
	id, _ := made["id"].(string)
	now := clk.Now().UnixMilli()
	want := object{
		"id": id, "name": "Sales", "displayName": "Sales", "description": "d", "type": "persona", "level": "workspace",
		"createdAt": now, "createdBy": "admin", "updatedAt": "2026-07-01T09:00:00Z", "updatedBy": "admin", "enabled": true,
		"users": []string{sandbox.SeedMemberUserID}, "groups": []string{sandbox.SeedGroupID}, "version": "morning-boat-1740",
		"readme": nil, "resources": nil,
		"attributes":   object{"preferences": object{"assetTabsDenyList": []any{}, "customMetadataDenyList": []any{}}},
		"dataPolicies": []any{}, "glossaryPolicies": []any{},
		"metadataPolicies": []any{metadataPolicy("a", object{
			"id": at(made, "metadataPolicies", 0, "id"), "createdAt": now, "createdBy": "admin", "updatedAt": now, "updatedBy": "admin",
		})},
	}
	if !sameJSON(made, want) {
		t.Errorf("made %v\nwant %v", made, want)
	}
	if got := api.ok("GET", personas+"/"+id, nil); !sameJSON(got, want) {
		t.Errorf("read %v", got)
	}
	list := api.ok("GET", personas+`?filter={"displayName":"Sales"}&sort=-updatedAt&count=true`, nil)
	if !sameJSON(list, object{"records": []any{want}, "totalRecord": 2, "filterRecord": 1}) {
		t.Errorf("listed %v", list)
	}
	if got := at(api.ok("GET", byGUID+id, nil), "entity", "attributes", "personaUsers", 0); got != "jsmith" {
		t.Errorf("the entity has the user %v", got)
	}
}

func TestPersonaOperations(t *testing.T) {
	t.Parallel()
	tenant, _, api := demo(t, sandbox.Options{NoShuffle: true})
	id := api.newPersonaDocument()
	path := personas + "/" + id
	if a := api.do("POST", path+"/action", `{"action":"disable"}`); a.status != 200 || a.text != "null" {
		t.Errorf("disable: %d %q", a.status, a.text)
	}
	if a := api.do("POST", path+"/subjects", object{"users": []string{sandbox.SeedAdminUserID}, "groups": []string{}}); a.status != 200 || a.text != "" {
		t.Errorf("subjects: %d %q", a.status, a.text)
	}
	updated := api.ok("POST", path, object{
		"name": "p2", "description": "d", "users": []string{}, "attributes": object{"preferences": object{"assetTabsDenyList": []string{"Lineage"}}},
	})
	if updated["enabled"] != false || updated["name"] != "p2" || updated["displayName"] != "p" || at(updated, "users", 0) != sandbox.SeedAdminUserID ||
		at(updated, "attributes", "preferences", "assetTabsDenyList", 0) != "Lineage" {
		t.Errorf("after the update: %v", updated)
	}
	if got := api.list(id, "denyAssetTabs"); !slices.Equal(got, []string{"Lineage"}) {
		t.Errorf("the entity denies %v", got)
	}
	if a := api.do("DELETE", path, nil); a.status != 200 || a.text != "" {
		t.Errorf("delete: %d %q", a.status, a.text)
	}
	gone := "404 Not Found: Could not find role with id " + id
	for _, c := range [][2]string{{"GET", ""}, {"POST", ""}, {"DELETE", ""}, {"POST", "/action"}, {"POST", "/subjects"}, {"POST", "/policies"}} {
		api.do(c[0], path+c[1], object{}).refused(t, 400, 3500, gone)
	}
	if got := len(tenant.State().Personas); got != 1 {
		t.Errorf("%d personas are left, want the seeded one", got)
	}
}

func TestPersonaRequestsAreRefused(t *testing.T) {
	t.Parallel()
	tenant, _, api := demo(t, sandbox.Options{})
	id := api.newPersonaDocument()
	schema := "Request body has an error: doesn't match the schema: "
	api.do("POST", personas, `{"name":"x","displayName":"x","groups":[]}`).refused(t, 400, 1000, schema+"Property 'users' is missing")
	api.do("POST", personas, `{"name":"Data Assets","displayName":"x","users":[],"groups":[]}`).
		refused(t, 400, 3500, "409 Conflict: Persona with name 'Data Assets' already exists.")
	api.do("POST", personas, `{"name":"x","displayName":"x","users":["u"],"groups":[]}`).refused(t, 400, 3500, "404 Not Found: Could not find user with id u")
	api.do("POST", personas, `{"name":"x","displayName":"x","users":[],"groups":["g"]}`).refused(t, 400, 3500, "404 Not Found: Could not find group with id g")
	api.do("POST", personas+"/"+id, `{}`).refused(t, 400, 1000, schema+"Property 'name' is missing")
	api.do("POST", personas+"/"+id, `{"name":"p","metadataPolicies":[],"glossaryPolicies":[null]}`).
		refused(t, 400, 1000, schema+"Property 'dataPolicies' is missing")
	api.do("POST", personas+"/"+id+"/subjects", `{"users":[]}`).refused(t, 400, 1000, schema+"Property 'groups' is missing")
	api.do("POST", personas+"/"+id+"/action", `{"action":"x"}`).
		refused(t, 400, 1000, schema+`Error at "/action": value is not one of the allowed values ["enable","disable"]`)
	api.do("GET", personas+`?filter={"version":"x"}`, nil).refused(t, 400, 1000, `filter has an unknown key "version"`)
	api.as(tenant.Credentials().MemberBearerToken).do("GET", personas, nil).refused(t, 403, 403, "jsmith is not permitted to perform this operation")
}

func TestPersonaPolicies(t *testing.T) {
	t.Parallel()
	_, _, api := demo(t, sandbox.Options{NoShuffle: true})
	id := api.newPersonaDocument()
	added := api.addPolicy(id, "metadataPolicy", metadataPolicy("all", object{"actions": documented, "allow": false}))
	if !sameJSON(added["actions"], documented) || added["allow"] != false || added["connectionId"] != sandbox.SeedProductionGUID || added["type"] != nil {
		t.Errorf("added %v", added)
	}
	guid, _ := added["id"].(string)
	current := []string{
		"persona-add-terms", "persona-api-create", "persona-api-delete", "persona-asset-read", "persona-asset-update",
		"persona-business-update-metadata", "persona-entity-add-classification", "persona-entity-remove-classification", "persona-remove-terms",
	}
	if got := api.list(guid, "policyActions"); !slices.Equal(got, current) {
		t.Errorf("the entity has the actions %v", got)
	}
	api.addPolicy(id, "metadataPolicy", metadataPolicy("only link-assets", object{"actions": []string{"link-assets"}}))
	data := api.addPolicy(id, "null", metadataPolicy("data", object{"actions": []string{"select"}}))
	dataID, _ := data["id"].(string)
	if got := api.list(dataID, "policyResources"); !slices.Equal(got, []string{"entity-type:*", "entity:" + sandbox.SeedProductionQualifiedName}) {
		t.Errorf("the data policy has the resources %v", got)
	}
	guessed := api.ok("POST", personas+"/"+id+"/policies", object{"type": nil, "policy": object{
		"name": "guessed", "actions": []string{"entity-update"}, "glossaryQualifiedNames": []string{sandbox.SeedGlossaryQualifiedName},
	}})
	if at(guessed, "glossaryQualifiedNames", 0) == nil || guessed["allow"] != true {
		t.Errorf("without a type the policy is %v", guessed)
	}
	glossary := api.addPolicy(id, "glossaryPolicy", object{
		"name": "g", "actions": []string{"entity-create"}, "allow": true, "glossaryQualifiedNames": []string{sandbox.SeedGlossaryQualifiedName},
	})
	if at(glossary, "glossaryQualifiedNames", 0) != sandbox.SeedGlossaryQualifiedName || glossary["connectionId"] != nil {
		t.Errorf("the glossary policy is %v", glossary)
	}
	// What was written to the entity shows by its documented names; link-assets is lost with the other actions.
	changed := policyOf(id, "all", object{"policyType": "deny", "policyActions": []string{"persona-asset-read", "persona-dq-read"}})
	changed["guid"] = guid
	api.ok("POST", bulk, entities(changed))
	persona := api.ok("GET", personas+"/"+id, nil)
	shown, _ := persona["metadataPolicies"].([]any)
	i := slices.IndexFunc(shown, func(p any) bool { return at(p, "id") == guid })
	if len(shown) != 2 || i < 0 || !sameJSON(at(shown[i], "actions"), []string{"entity-read", "persona-dq-read"}) {
		t.Errorf("the persona shows %v", shown)
	}
}

func TestPersonaPoliciesAreReplaced(t *testing.T) {
	t.Parallel()
	tenant, token, api := demo(t, sandbox.Options{NoShuffle: true})
	id := api.newPersonaDocument()
	kept := api.addPolicy(id, "metadataPolicy", metadataPolicy("kept", nil))
	api.addPolicy(id, "metadataPolicy", metadataPolicy("dropped", nil))
	kept["description"] = "changed"
	updated := api.ok("POST", personas+"/"+id, object{
		"name": "p", "metadataPolicies": []any{kept, metadataPolicy("dropped", object{"allow": false})}, "dataPolicies": []any{}, "glossaryPolicies": []any{},
	})
	policies, _ := updated["metadataPolicies"].([]any)
	names := map[any]any{}
	for _, p := range policies {
		names[at(p, "name")] = at(p, "id")
	}
	if len(policies) != 2 || names["kept"] != kept["id"] || names["dropped"] == nil {
		t.Errorf("policies are %v", policies)
	}
	// Whoever is no connection admin may leave policies as they are, and drop them, but not change them.
	document := token.ok("GET", personas+"/"+id, nil)
	unchanged := object{"name": "p", "metadataPolicies": document["metadataPolicies"], "dataPolicies": []any{}, "glossaryPolicies": []any{}}
	token.ok("POST", personas+"/"+id, unchanged)
	kept["allow"] = false
	unchanged["metadataPolicies"] = []any{kept}
	token.do("POST", personas+"/"+id, unchanged).refused(t, 403, 403,
		"service-account-apikey-"+sandbox.SeedAPITokenGUID+" is not admin for connection "+sandbox.SeedProductionGUID)
	unchanged["metadataPolicies"] = []any{metadataPolicy("x", object{"id": sandbox.SeedProductionPolicyGUID})}
	api.do("POST", personas+"/"+id, unchanged).refused(t, 400, 1000, "Policy with id "+sandbox.SeedProductionPolicyGUID+" does not exist in persona p")
	if got := len(tenant.State().Policies); got != 4 {
		t.Errorf("after refused updates there are %d policies, want 4", got)
	}
	token.ok("POST", personas+"/"+id, object{"name": "p", "metadataPolicies": []any{}, "dataPolicies": []any{}, "glossaryPolicies": []any{}})
	if got := len(tenant.State().Policies); got != 2 {
		t.Errorf("%d policies are left, want those of the seed", got)
	}
}

func TestPersonaPoliciesAreRefused(t *testing.T) {
	t.Parallel()
	_, token, api := demo(t, sandbox.Options{})
	id := api.newPersonaDocument()
	path := personas + "/" + id + "/policies"
	api.addPolicy(id, "metadataPolicy", metadataPolicy("taken", nil))
	schema := "Request body has an error: doesn't match the schema: "
	add := func(change object) answer {
		return api.do("POST", path, object{"type": "metadataPolicy", "policy": metadataPolicy("x", change)})
	}
	api.do("POST", path, `{"policy":{}}`).refused(t, 400, 1000, schema+"Property 'type' is missing")
	api.do("POST", path, `{"type":"metadataPolicy"}`).refused(t, 400, 1000, schema+"Property 'policy' is missing")
	api.do("POST", path, `{"type":"x","policy":{}}`).refused(t, 400, 1000,
		schema+`Error at "/type": value is not one of the allowed values ["metadataPolicy","dataPolicy","glossaryPolicy",null]`)
	add(object{"name": "taken"}).refused(t, 400, 1000, "Policy with name 'taken' already exists in Persona 'p'")
	add(object{"actions": []string{"x"}}).refused(t, 400, 1000, schema+`Error at "/policy/actions": value "x" is not one of the allowed values`)
	add(object{"actions": []string{}}).refused(t, 400, 1000, "Please provide attribute policyActions")
	add(object{"assets": []string{}}).refused(t, 400, 1000, "Please provide attribute policyResources")
	add(object{"connectionId": "x"}).refused(t, 400, 1000, "Connection with id x does not exist")
	add(object{"assets": []string{"default/x"}}).refused(t, 400, 1000, "default/x does not belong to connection default/snowflake/1700000000")
	token.do("POST", path, object{"type": "metadataPolicy", "policy": metadataPolicy("x", nil)}).refused(t, 403, 403,
		"service-account-apikey-"+sandbox.SeedAPITokenGUID+" is not admin for connection "+sandbox.SeedProductionGUID)
}

func TestPersonaSurfaces(t *testing.T) {
	t.Parallel()
	t.Run("entities", func(t *testing.T) {
		t.Parallel()
		_, api, _ := demo(t, sandbox.Options{PersonaAPI: sandbox.SurfaceEntities})
		api.do("GET", personas, nil).refused(t, 404, 404, personas+" is not a path of this API")
		api.newPersona("p")
	})
	t.Run("personas", func(t *testing.T) {
		t.Parallel()
		_, _, api := demo(t, sandbox.Options{PersonaAPI: sandbox.SurfacePersonas})
		id := api.newPersonaDocument()
		api.addPolicy(id, "metadataPolicy", metadataPolicy("a", nil))
		api.do("POST", bulk, entities(entity("Persona", "-1", object{"name": "x", "qualifiedName": "x"}))).
			fails(t, 400, "ATLAS-400-00-014", "Type ENTITY with name Persona does not exist")
		api.do("GET", byGUID+id, nil).fails(t, 404, "ATLAS-404-00-005", "Given instance guid "+id+" is invalid/not found")
		found := api.ok("POST", search, object{"dsl": object{"query": object{"term": object{"__typeName.keyword": "AuthPolicy"}}}})
		if found["approximateCount"] != float64(0) {
			t.Errorf("search finds %v", found)
		}
	})
}
