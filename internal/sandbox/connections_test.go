// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// list reads an attribute of an entity as sorted texts.
func (c *caller) list(guid, attribute string) []string {
	c.t.Helper()
	values, _ := at(c.ok("GET", byGUID+guid, nil), "entity", "attributes", attribute).([]any)
	out := []string{}
	for _, v := range values {
		s, _ := v.(string)
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func TestConnectionAdmins(t *testing.T) {
	t.Parallel()
	tenant, token, api := demo(t, sandbox.Options{})
	const production = sandbox.SeedProductionGUID
	update := func(c *caller, change object) answer {
		attributes := object{"name": "production", "qualifiedName": sandbox.SeedProductionQualifiedName}
		maps.Copy(attributes, change)
		return c.do("POST", bulk, entities(entity("Connection", production, attributes)))
	}
	account := "service-account-apikey-" + sandbox.SeedAPITokenGUID
	empty := "Admin list should not be empty for type Connection"

	update(token, object{"adminUsers": []string{"admin", account}}).
		fails(t, 403, "ATLAS-403-00-001", account+" is not authorized to perform update entity: type=Connection")
	update(api, object{"adminUsers": []string{}}).fails(t, 400, "ATLAS-400-00-114", empty)
	update(api, object{"adminUsers": nil}).fails(t, 400, "ATLAS-400-00-114", empty)
	update(api, object{"adminUsers": []string{"admin", "nobody"}}).fails(t, 500, "ATLAS-500-00-001", "Keycloak user not found with userName nobody")
	update(api, object{"adminGroups": []string{"Data engineers"}}).fails(t, 500, "ATLAS-500-00-001", "Keycloak group not found with userName Data engineers")
	update(api, object{"adminRoles": []string{"$member"}}).fails(t, 404, "ATLAS-404-00-019", "Role with id $member not found")
	if a := update(api, object{"adminUsers": []string{"admin"}}); at(a.object, "mutatedEntities") != nil {
		t.Errorf("nothing changes, yet the answer is %s", a.text)
	}
	a := update(api, object{"adminUsers": []string{account, "admin"}, "adminGroups": []string{"data_engineers"}})
	if at(a.object, "mutatedEntities", "UPDATE", 0, "guid") != production {
		t.Errorf("the answer is %d %s", a.status, a.text)
	}
	if got := token.list(production, "adminUsers"); !slices.Equal(got, []string{"admin", account}) {
		t.Errorf("admins are %v", got)
	}
	// The creator is not put back, and a name that is gone may be removed.
	if err := tenant.EditEntity(production, func(e *sandbox.Entity) {
		e.Attributes["adminUsers"] = []string{"gone", account}
	}); err != nil {
		t.Fatal(err)
	}
	if a := update(token, object{"adminUsers": []string{account}}); a.status != 200 {
		t.Errorf("removing a name that is gone: %d %s", a.status, a.text)
	}
	if got := token.list(production, "adminUsers"); !slices.Equal(got, []string{account}) {
		t.Errorf("admins are %v", got)
	}
	update(token.as(tenant.Credentials().MemberBearerToken), object{"name": "x"}). // jsmith is an admin by group, but a member
											fails(t, 403, "ATLAS-403-00-001", "jsmith is not authorized to perform update entity: type=Connection")
	update(token, object{"adminUsers": []string{}, "adminGroups": []string{}, "adminRoles": []string{}}).fails(t, 400, "ATLAS-400-00-114", empty)
	// The role $admin makes administrators admins.
	if a := update(token, object{"adminUsers": []string{}, "adminGroups": []string{}, "adminRoles": []string{sandbox.SeedAdminRoleID}}); a.status != 200 {
		t.Errorf("only a role is left: %d %s", a.status, a.text)
	}
	if a := update(api, object{"name": "renamed"}); a.status != 200 {
		t.Errorf("an administrator is not an admin by role: %d %s", a.status, a.text)
	}
}

func TestConnectionAdminRightsLag(t *testing.T) {
	t.Parallel()
	clk := newClock()
	_, token, api := demo(t, sandbox.Options{RoleLag: 30 * time.Second, Now: clk.Now})
	account := "service-account-apikey-" + sandbox.SeedAPITokenGUID
	grant := func(users ...string) {
		t.Helper()
		api.ok("POST", bulk, entities(entity("Connection", sandbox.SeedProductionGUID, object{
			"name": "production", "qualifiedName": "x", "adminUsers": users,
		})))
	}
	persona, _ := api.newPersona("p")
	refused := "service-account-apikey-" + sandbox.SeedAPITokenGUID + " is not admin for connection " + sandbox.SeedProductionGUID
	grant("admin", account)
	clk.add(29 * time.Second)
	token.do("POST", bulk, entities(policyOf(persona, "a", nil))).fails(t, 403, "ATLAS-403-00-002", refused)
	clk.add(time.Second)
	token.newPolicy(persona, "a", nil)
	grant("admin")
	token.newPolicy(persona, "b", nil) // still effective
	clk.add(30 * time.Second)
	token.do("POST", bulk, entities(policyOf(persona, "c", nil))).fails(t, 403, "ATLAS-403-00-002", refused)
}

func TestNewConnection(t *testing.T) {
	t.Parallel()
	_, token, api := demo(t, sandbox.Options{})
	account := "service-account-apikey-" + sandbox.SeedAPITokenGUID
	made := token.ok("POST", bulk, entities(entity("Connection", "-1", object{
		"name": "mine", "qualifiedName": "default/postgres/1753084800", "connectorName": "postgres", "adminGroups": []string{"data_engineers"},
	})))
	guid, _ := at(made, "guidAssignments", "-1").(string)
	if got := token.list(guid, "adminUsers"); !slices.Equal(got, []string{account}) {
		t.Errorf("admins of the new connection are %v", got)
	}
	api.do("GET", byGUID+guid, nil).fails(t, 403, "ATLAS-403-00-001", "admin is not authorized to perform read entity: guid="+guid)
	table := entity("Table", "-1", object{"name": "t", "qualifiedName": "default/postgres/1753084800/db/s/t"})
	api.do("POST", bulk, entities(table)).fails(t, 403, "ATLAS-403-00-001", "admin is not authorized to perform create entity: type=Table")
	token.ok("POST", bulk, entities(table))
	if a := token.do("DELETE", bulk+"?deleteType=PURGE&guid="+guid, nil); a.status != 200 {
		t.Errorf("delete: %d %s", a.status, a.text)
	}
}

func TestCollections(t *testing.T) {
	t.Parallel()
	tenant, token, api := demo(t, sandbox.Options{})
	const collection = sandbox.SeedCollectionGUID
	member := api.as(tenant.Credentials().MemberBearerToken)
	update := func(c *caller, change object) answer {
		attributes := object{"name": "My query collection", "qualifiedName": sandbox.SeedCollectionQualifiedName}
		maps.Copy(attributes, change)
		return c.do("POST", bulk, entities(entity("Collection", "-1", attributes)))
	}
	member.do("GET", byGUID+collection, nil).fails(t, 403, "ATLAS-403-00-001", "jsmith is not authorized to perform read entity: guid="+collection)
	if a := update(api, object{"viewerUsers": []string{"jsmith"}}); a.status != 200 {
		t.Fatalf("adding a viewer: %d %s", a.status, a.text)
	}
	member.ok("GET", byGUID+collection, nil)
	update(member, object{"adminUsers": []string{"jsmith"}}).
		fails(t, 403, "ATLAS-403-00-001", "jsmith is not authorized to perform update entity: type=Collection")
	update(api, object{"adminUsers": []string{"jsmith"}})
	if got := api.list(collection, "adminUsers"); !slices.Equal(got, []string{"admin", "jsmith"}) {
		t.Errorf("the creator is not put back: %v", got)
	}
	update(api, object{"adminUsers": nil}).crashes(t)
	update(api, object{"viewerGroups": []string{"x"}}).fails(t, 500, "ATLAS-500-00-001", "Keycloak group not found with userName x")

	made := token.ok("POST", bulk, entities(entity("Collection", "-1", object{"name": "c", "qualifiedName": "c", "adminUsers": []string{"jsmith"}})))
	guid, _ := at(made, "guidAssignments", "-1").(string)
	account := "service-account-apikey-" + sandbox.SeedAPITokenGUID
	if got := token.list(guid, "adminUsers"); !slices.Equal(got, []string{"jsmith", account}) {
		t.Errorf("editors of a new collection are %v", got)
	}
	if qn, _ := at(made, "mutatedEntities", "CREATE", 0, "attributes", "qualifiedName").(string); len(qn) != len("default/collection/"+account+"/")+22 {
		t.Errorf("qualified name of a new collection is %q", qn)
	}
}

func TestGlossaries(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{})
	create := func(name string) answer {
		return api.do("POST", bulk, entities(entity("AtlasGlossary", "-1", object{"name": name, "qualifiedName": "-1"})))
	}
	create("Business glossary ").fails(t, 409, "ATLAS-409-00-007", "Glossary with name Business glossary already exists")
	create("a@b").fails(t, 400, "ATLAS-400-00-083", "name cannot contain following special chars ('@')")
	a := create(" trimmed ")
	attributes := at(a.object, "mutatedEntities", "CREATE", 0, "attributes")
	if qn, _ := at(attributes, "qualifiedName").(string); at(attributes, "name") != "trimmed" || len(qn) != 22 {
		t.Errorf("the new glossary is %s", a.text)
	}
}
