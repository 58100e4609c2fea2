// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func TestSearchLag(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api := start(t, sandbox.Options{SearchLag: 2 * time.Second, Now: clk.Now})
	guid, qn := api.newPersona("late")
	names := func() string {
		found := api.ok("POST", search, object{"dsl": object{"query": object{"term": object{"__typeName.keyword": "Persona"}}}, "attributes": []string{"name"}})
		list, _ := found["entities"].([]any)
		var out []string
		for _, e := range list {
			out = append(out, fmt.Sprint(at(e, "status"), " ", at(e, "attributes", "name")))
		}
		return strings.Join(out, ", ")
	}
	expect := func(want string) {
		t.Helper()
		if got := names(); got != want {
			t.Errorf("found %q, want %q", got, want)
		}
	}
	expect("")
	clk.add(2 * time.Second)
	expect("ACTIVE late")
	api.ok("POST", bulk, entities(entity("Persona", guid, object{"name": "renamed", "qualifiedName": qn, "isAccessControlEnabled": true})))
	expect("ACTIVE late")
	clk.add(time.Second)
	api.ok("DELETE", bulk+"?guid="+guid, nil)
	clk.add(time.Second)
	expect("ACTIVE renamed")
	clk.add(time.Second)
	expect("DELETED renamed")
	if err := tenant.PurgeEntity(guid); err != nil {
		t.Fatal(err)
	}
	expect("DELETED renamed")
	tenant.Advance(2 * time.Second)
	expect("")
}

func TestSearchIsPermissionFiltered(t *testing.T) {
	t.Parallel()
	tenant, token, admin := demo(t, sandbox.Options{})
	_, stranger := tenant.AddUser(sandbox.User{Username: "stranger"})
	connections := func(c *caller) int {
		found := c.ok("POST", search, object{"dsl": object{"size": 5, "query": object{"term": object{"__typeName.keyword": "Connection"}}}})
		list, _ := found["entities"].([]any)
		if found["approximateCount"] != float64(len(list)) {
			t.Errorf("the count is %v for %d hits", found["approximateCount"], len(list))
		}
		if _, there := found["entities"]; there && len(list) == 0 {
			t.Error("there is an empty list of entities")
		}
		return len(list)
	}
	for who, c := range map[string]*caller{"admin": admin, "token with a persona": token} {
		if got := connections(c); got != 2 {
			t.Errorf("%s finds %d connections, want 2", who, got)
		}
	}
	if got := connections(token.as(stranger)); got != 0 {
		t.Errorf("a stranger finds %d connections", got)
	}
	token.as(stranger).do("GET", byGUID+sandbox.SeedProductionGUID, nil).
		fails(t, 403, "ATLAS-403-00-001", "stranger is not authorized to perform read entity: guid="+sandbox.SeedProductionGUID)
	persona, qn := admin.newPersona("deny")
	admin.newPolicy(persona, "deny", object{"policyType": "deny"})
	admin.ok("POST", apikeys+"/"+sandbox.SeedAPITokenGUID, object{
		"displayName": "sandbox", "personas": []string{}, "personaQualifiedNames": []string{sandbox.SeedPersonaQualifiedName, qn},
	})
	if got := connections(token); got != 1 {
		t.Errorf("with an explicit deny the token finds %d connections, want 1", got)
	}
}

func TestSearchAnswers(t *testing.T) {
	t.Parallel()
	_, api, _ := demo(t, sandbox.Options{NoShuffle: true})
	api.do("POST", search, object{}).fails(t, 400, "ATLAS-400-00-029", "Invalid search query")
	api.do("POST", search, object{"dsl": object{"query": object{"fuzzy": object{}}}}).
		fails(t, 400, "ATLAS-400-00-503", "ES query failed with response: unknown query [fuzzy]")
	api.do("POST", search, object{"dsl": object{"size": -1}}).
		fails(t, 400, "ATLAS-400-00-503", "ES query failed with response: [size] and [from] cannot be negative")
	counted := api.ok("POST", search, object{"dsl": object{
		"size": 0, "query": object{"terms": object{"__typeName.keyword": []string{"Persona", "AuthPolicy"}}},
		"aggregations": object{"types": object{"terms": object{"field": "__typeName.keyword"}}},
	}})
	if got := at(counted, "aggregations", "types", "buckets"); counted["entities"] != nil ||
		!sameJSON(got, []object{{"key": "authpolicy", "doc_count": 2}, {"key": "persona", "doc_count": 1}}) {
		t.Errorf("counted %v", counted)
	}
	body := object{
		"dsl": object{"from": 1, "size": 1, "sort": []any{object{"name.keyword": "desc"}}, "query": object{"bool": object{"filter": []any{
			object{"term": object{"__state": object{"value": "ACTIVE"}}},
			object{"term": object{"__typeName.keyword": "authpolicy"}},
			object{"prefix": object{"qualifiedName": sandbox.SeedPersonaQualifiedName}},
			object{"match": object{"name": "read"}},
		}}}},
		"attributes": []string{"policyActions", "accessControl", "description"}, "relationAttributes": []string{"name"},
	}
	found := api.ok("POST", search, body)
	want := object{
		"name": "Read development", "qualifiedName": sandbox.SeedPersonaQualifiedName + "/SandboxReadDevelopmnt1",
		"policyActions": []string{"persona-asset-read"}, "description": "",
		"accessControl": object{
			"guid": sandbox.SeedPersonaGUID, "typeName": "Persona", "attributes": object{"name": "Data Assets"},
			"uniqueAttributes": object{"qualifiedName": sandbox.SeedPersonaQualifiedName},
		},
	}
	if !sameJSON(at(found, "entities", 0, "attributes"), want) || found["approximateCount"] != float64(2) || !sameJSON(found["searchParameters"], body) {
		t.Errorf("found %v", found)
	}
}

// Policies reach what lies under their resources, and what a * stands for.
func TestPoliciesLetRead(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	connection := tenant.AddConnection("c", "snowflake", "admin")
	qn := connection.Text("qualifiedName")
	table := tenant.AddEntity(sandbox.Entity{TypeName: "Table", Attributes: object{"name": "T", "qualifiedName": qn + "/DB1/S/T"}})
	persona := tenant.AddPersona("p")
	if err := tenant.EditAPIToken(sandbox.SeedAPITokenGUID, func(k *sandbox.APIToken) {
		k.PersonaQualifiedNames = []string{persona.Text("qualifiedName")}
	}); err != nil {
		t.Fatal(err)
	}
	policy := tenant.AddEntity(sandbox.Entity{TypeName: "AuthPolicy", AccessControl: persona.GUID, Attributes: object{
		"name": "read", "policyType": "allow", "policyActions": []any{"persona-asset-read"}, "connectionQualifiedName": qn,
	}})
	for resource, want := range map[string]int{
		"": 200, "/*": 200, "/DB1": 200, "/DB1/*": 200, "/DB*": 200, "/DB*/S": 200, "/DB*/T": 200, "/DB": 403, "/DB2": 403, "/DB*/X": 403, "/*/X": 403,
	} {
		if err := tenant.EditEntity(policy.GUID, func(e *sandbox.Entity) { e.Attributes["policyResources"] = []string{"entity:" + qn + resource} }); err != nil {
			t.Fatal(err)
		}
		if a := api.do("GET", byGUID+table.GUID, nil); a.status != want {
			t.Errorf("with %q the table is answered with %d, want %d", resource, a.status, want)
		}
		if a := api.do("GET", byGUID+connection.GUID, nil); a.status != 200 {
			t.Errorf("with %q the connection is answered with %d", resource, a.status)
		}
	}
	found := api.ok("POST", search, object{
		"dsl":        object{"query": object{"term": object{"__guid": persona.GUID}}},
		"attributes": []string{"policies"}, "relationAttributes": []string{"name"},
	})
	if at(found, "entities", 0, "attributes", "policies", 0, "attributes", "name") != "read" {
		t.Errorf("found %v", found)
	}
}
