// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	bulk   = "/api/meta/entity/bulk"
	byGUID = "/api/meta/entity/guid/"
	search = "/api/meta/search/indexsearch"
)

// entity is one entity of a bulk request.
func entity(typeName, guid string, attributes object) object {
	return object{"typeName": typeName, "guid": guid, "attributes": attributes}
}

func entities(list ...object) object { return object{"entities": list} }

// fails checks an error answer of the metastore.
func (a answer) fails(t *testing.T, status int, code, message string) {
	t.Helper()
	if a.status != status || a.object["errorCode"] != code || a.object["errorMessage"] != message {
		t.Errorf("got %d %s\nwant %d, %s %q", a.status, a.text, status, code, message)
	}
}

// crashes checks the answer of the metastore to what it does not expect.
func (a answer) crashes(t *testing.T) {
	t.Helper()
	if a.status != 500 || a.object["message"] != "There was an error processing your request." || at(a.object, "causes", 0, "errorType") == nil {
		t.Errorf("got %d %s, want an unexpected error", a.status, a.text)
	}
}

// newPersona creates a persona and returns its GUID and qualified name.
func (c *caller) newPersona(name string) (string, string) {
	c.t.Helper()
	made := c.ok("POST", bulk, entities(entity("Persona", "-1", object{"name": name, "qualifiedName": name})))
	guid, _ := at(made, "mutatedEntities", "CREATE", 0, "guid").(string)
	qn, _ := at(made, "mutatedEntities", "CREATE", 0, "attributes", "qualifiedName").(string)
	return guid, qn
}

func demo(t *testing.T, opts sandbox.Options) (*sandbox.Tenant, *caller, *caller) {
	t.Helper()
	opts.Seed = sandbox.SeedDemo
	tenant, token := start(t, opts)
	return tenant, token, token.as(tenant.Credentials().UserBearerToken)
}

func TestSaveAndReadEntity(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{NoShuffle: true})
	made := api.ok("POST", bulk+"/?replaceTags=false", entities(entity("Persona", "-7", object{
		"name": "Sales readers", "qualifiedName": "Sales readers", "displayName": "Sales readers", "description": "",
	})))
	guid, _ := at(made, "guidAssignments", "-7").(string)
	created := at(made, "mutatedEntities", "CREATE", 0)
	qn, _ := at(created, "attributes", "qualifiedName").(string)
	if at(created, "guid") != guid || !strings.HasPrefix(qn, "default/") || len(qn) != len("default/")+22 {
		t.Errorf("created %v", made)
	}
	read := at(api.ok("GET", byGUID+guid+"?minExtInfo=false", nil), "entity")
	if at(read, "attributes", "isAccessControlEnabled") != true || at(read, "attributes", "roleId") == nil ||
		at(read, "status") != "ACTIVE" || !sameJSON(at(read, "relationshipAttributes"), object{"policies": []any{}}) {
		t.Errorf("read %v", read)
	}
	if bare := api.ok("GET", byGUID+guid+"?ignoreRelationships=true", nil); at(bare, "entity", "relationshipAttributes") != nil {
		t.Errorf("relationships are not ignored: %v", bare)
	}
	byName := api.ok("GET", "/api/meta/entity/uniqueAttribute/type/Persona?attr:qualifiedName="+url.QueryEscape(qn), nil)
	if at(byName, "entity", "guid") != guid {
		t.Errorf("by name: %v", byName)
	}
	other, _ := api.newPersona("Other")
	both := api.ok("GET", bulk+"?guid="+other+"&guid="+guid, nil)
	if at(both, "entities", 0, "guid") != other || at(both, "entities", 1, "guid") != guid {
		t.Errorf("both: %v", both)
	}
	again := api.ok("POST", bulk, entities(entity("Persona", guid, object{"name": "Sales readers", "qualifiedName": qn})))
	if _, there := again["mutatedEntities"]; there {
		t.Errorf("an unchanged entity is reported: %v", again)
	}
	changed := api.ok("POST", bulk, entities(entity("Persona", "", object{
		"name": "Sales readers", "qualifiedName": qn, "isAccessControlEnabled": true, "description": "new", "displayName": nil,
	})))
	if at(changed, "mutatedEntities", "UPDATE", 0, "guid") != guid {
		t.Errorf("changed: %v", changed)
	}
	attributes := at(api.ok("GET", byGUID+guid, nil), "entity", "attributes")
	if at(attributes, "description") != "new" || at(attributes, "displayName") != nil {
		t.Errorf("attributes are %v", attributes)
	}
}

func TestSaveIsRefused(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{})
	unknown := "7f0b2c6e-0000-4000-8000-000000000000"
	tooMany := entities(slices.Repeat([]object{entity("Persona", "", nil)}, 10001)...)
	api.do("POST", bulk, entities()).fails(t, 400, "ATLAS-400-00-01A", "invalid parameters: no entities to create/update.")
	api.do("POST", bulk, `{"entities":[null]}`).fails(t, 400, "ATLAS-400-00-01A", "invalid parameters: found null entity")
	api.do("POST", bulk, `{`).fails(t, 400, "ATLAS-400-00-01A", "invalid parameters: unexpected end of JSON input")
	api.do("POST", bulk, tooMany).fails(t, 400, "ATLAS-400-00-212", "Request Error - Entities should be less than or equal to: 10000")
	api.do("POST", bulk+"?replaceTags=true&appendTags=true", entities(entity("Persona", "", nil))).
		fails(t, 400, "ATLAS-400-00-029", "Only one of [replaceClassifications, replaceTags, appendTags] can be true")
	api.do("POST", bulk, entities(entity("Personae", "", nil))).fails(t, 400, "ATLAS-400-00-014", "Type ENTITY with name Personae does not exist")
	api.do("POST", bulk, entities(entity("Persona", "-1", object{"name": "x"}))).fails(t, 404, "ATLAS-404-00-007",
		"Invalid instance creation/updation parameters passed : Persona.qualifiedName: mandatory attribute value missing in type Referenceable")
	api.do("POST", bulk, entities(entity("Persona", sandbox.SeedPersonaGUID, object{"qualifiedName": "x"}))).fails(t, 404, "ATLAS-404-00-007",
		"Invalid instance creation/updation parameters passed : Persona.name: mandatory attribute value missing in type Asset")
	api.do("POST", bulk, entities(entity("Persona", unknown, object{"name": "x", "qualifiedName": "x"}))).
		fails(t, 404, "ATLAS-404-00-00A", "Referenced entity "+unknown+" is not found")
	api.do("POST", bulk, entities(entity("Persona", sandbox.SeedGlossaryGUID, object{"name": "x", "qualifiedName": "x"}))).
		fails(t, 400, "ATLAS-400-00-010", "Given type Persona doesn't match AtlasGlossary")
	member := api.as(tenant.Credentials().MemberBearerToken)
	member.do("POST", bulk, entities(entity("Persona", "-1", object{"name": "x", "qualifiedName": "x"}))).
		fails(t, 403, "ATLAS-403-00-001", "jsmith is not authorized to perform create entity: type=Persona")
	member.do("POST", bulk, entities(entity("AtlasGlossary", sandbox.SeedGlossaryGUID, object{"name": "x", "qualifiedName": "x"}))).
		fails(t, 403, "ATLAS-403-00-001", "jsmith is not authorized to perform update entity: type=AtlasGlossary")
	member.do("GET", byGUID+sandbox.SeedPersonaGUID, nil).
		fails(t, 403, "ATLAS-403-00-001", "jsmith is not authorized to perform read entity: guid="+sandbox.SeedPersonaGUID)
	member.do("DELETE", bulk+"?guid="+sandbox.SeedPersonaGUID, nil).
		fails(t, 403, "ATLAS-403-00-001", "jsmith is not authorized to perform delete entity: guid="+sandbox.SeedPersonaGUID)
	if got := len(tenant.State().Personas); got != 1 {
		t.Errorf("%d personas exist, want 1", got)
	}
}

func TestReadIsRefused(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{})
	guid, _ := api.newPersona("x")
	api.do("GET", byGUID+"nobody", nil).fails(t, 404, "ATLAS-404-00-005", "Given instance guid nobody is invalid/not found")
	api.do("GET", bulk+"?guid="+guid+"&guid=nobody", nil).fails(t, 404, "ATLAS-404-00-005", "Given instance guid nobody is invalid/not found")
	api.do("GET", bulk, nil).fails(t, 404, "ATLAS-404-00-005", "Given instance guid [] is invalid/not found")
	const unique = "/api/meta/entity/uniqueAttribute/type/"
	api.do("GET", unique+"Nothing?attr:qualifiedName=x", nil).fails(t, 400, "ATLAS-400-00-014", "Type ENTITY with name Nothing does not exist")
	api.do("GET", unique+"Connection?attr:qualifiedName=default/x/1", nil).
		fails(t, 404, "ATLAS-404-00-009", "Instance Connection with unique attribute {qualifiedName=default/x/1} does not exist")
	api.do("DELETE", bulk, nil).fails(t, 400, "ATLAS-400-00-01A", "invalid parameters: Guid(s) not specified")
}

func TestDeleteEntities(t *testing.T) {
	t.Parallel()
	tenant, _, api := demo(t, sandbox.Options{})
	persona, _ := api.newPersona("p")
	policy := api.newPolicy(persona, "a", nil)
	gone := api.ok("DELETE", bulk+"?guid="+persona, nil)
	if deleted, _ := at(gone, "mutatedEntities", "DELETE").([]any); len(deleted) != 2 {
		t.Errorf("soft deletion answers %v, want the persona and its policy", gone)
	}
	for _, guid := range []string{persona, policy} {
		if got := at(api.ok("GET", byGUID+guid, nil), "entity", "status"); got != "DELETED" {
			t.Errorf("%s is %v after soft deletion", guid, got)
		}
	}
	if got := at(api.ok("GET", byGUID+persona, nil), "entity", "relationshipAttributes", "policies", 0, "relationshipStatus"); got != "DELETED" {
		t.Errorf("the relation to a deleted policy is %v", got)
	}
	again := api.ok("DELETE", bulk+"?guid="+persona+"&guid=nobody", nil)
	if _, there := again["mutatedEntities"]; there {
		t.Errorf("deleting again does something: %v", again)
	}
	api.do("POST", bulk, entities(entity("Persona", persona, object{"name": "q", "qualifiedName": "x", "isAccessControlEnabled": true}))).
		fails(t, 409, "ATLAS-409-00-015", "Operation not supported: Persona not Active")
	api.ok("DELETE", bulk+"?guid="+persona+"&deleteType=PURGE", nil)
	api.do("GET", byGUID+persona, nil).fails(t, 404, "ATLAS-404-00-005", "Given instance guid "+persona+" is invalid/not found")
	if got := at(api.ok("GET", byGUID+policy, nil), "entity", "status"); got != "DELETED" {
		t.Errorf("purging a deleted persona reaches its policies: %v", got)
	}

	persona, _ = api.newPersona("p")
	api.newPolicy(persona, "a", nil)
	api.ok("DELETE", bulk+"?deleteType=HARD&guid="+persona, nil)
	if got := len(tenant.State().Policies); got != 3 { // two of the seed, one soft-deleted
		t.Errorf("%d policies are left, want 3", got)
	}

	api.ok("DELETE", bulk+"?guid="+sandbox.SeedCollectionGUID, nil)
	api.do("DELETE", bulk+"?guid="+sandbox.SeedCollectionGUID, nil).fails(t, 500, "ATLAS-500-00-001", "Collection is already deleted/purged")
}

func TestEntityDataSurvivesARestart(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/tenant.json"
	tenant, api := start(t, sandbox.Options{DataFile: file, SearchLag: time.Hour, RoleLag: time.Hour})
	_, qn := api.newPersona("kept")
	connection := tenant.AddConnection("c", "snowflake", "admin")
	after, err := sandbox.New(sandbox.Options{DataFile: file, RoleLag: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	c := serve(t, after)
	found := c.ok("POST", search, object{"dsl": object{"query": object{"term": object{"qualifiedName": qn}}}})
	if at(found, "entities", 0, "attributes", "name") != "kept" {
		t.Errorf("the persona is not found after the restart: %v", found)
	}
	admin := c.as(after.Credentials().UserBearerToken)
	admin.ok("POST", bulk, entities(entity("Connection", connection.GUID, object{
		"name": "renamed", "qualifiedName": connection.Text("qualifiedName"),
	})))
}

// What a write answers shows the attributes as they have become (pyatlan tests/integration/persona_test.py).
func TestMutatedEntitiesShowAttributes(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{})
	made := at(api.ok("POST", bulk, entities(entity("Persona", "-1", object{"name": "p", "qualifiedName": "p", "displayName": "Shown"}))),
		"mutatedEntities", "CREATE", 0)
	if at(made, "attributes", "displayName") != "Shown" || at(made, "attributes", "isAccessControlEnabled") != true {
		t.Errorf("created %v", made)
	}
	changed := at(api.ok("POST", bulk, entities(entity("Persona", "-1", object{
		"name": "p", "qualifiedName": at(made, "attributes", "qualifiedName"), "isAccessControlEnabled": true,
		"description": "d", "denyAssetTabs": []string{"Lineage", "Usage"},
	}))), "mutatedEntities", "UPDATE", 0)
	tabs, _ := at(changed, "attributes", "denyAssetTabs").([]any)
	if at(changed, "attributes", "description") != "d" || len(tabs) != 2 || at(changed, "attributes", "displayName") != "Shown" {
		t.Errorf("updated %v", changed)
	}
	guid, _ := at(made, "guid").(string)
	deleted := at(api.ok("DELETE", bulk+"?deleteType=PURGE&guid="+guid, nil), "mutatedEntities", "DELETE", 0)
	if attributes, _ := at(deleted, "attributes").(object); len(attributes) != 2 || attributes["name"] != "p" {
		t.Errorf("deleted %v", deleted)
	}
}
