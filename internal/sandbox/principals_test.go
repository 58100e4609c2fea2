// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func TestPrincipalLists(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{NoShuffle: true})
	tenant.AddGroup(sandbox.Group{Name: "sales", Alias: "Sales", Description: "They sell", Users: []string{sandbox.SeedAdminUserID, sandbox.SeedMemberUserID}})
	for _, c := range []struct {
		path, filter, sort, key string
		want                    []string
	}{
		{"users", ``, "-username", "username", []string{"jsmith", "admin"}},
		{"users", `{"username":"jsmith"}`, "", "email", []string{"jsmith@example.com"}},
		{"users", `{"email":{"$ilike":"%EXAMPLE.com%"}}`, "username", "workspaceRole", []string{"$admin", "$member"}},
		{"users", `{"username":{"$in":[""]}}`, "", "username", nil},
		{"users", `{"username":"service-account-apikey-` + sandbox.SeedAPITokenGUID + `"}`, "", "username", nil},
		{"users", `{"enabled":true,"firstName":"Ada"}`, "", "groupCount", []string{"1"}},
		{"groups", `{"$and":[{"alias":{"$ilike":"%data%"}}]}`, "name", "name", []string{"data_engineers"}},
		{"v2/groups", ``, "name", "alias", []string{"Data engineers", "Sales"}},
		{"roles", `{"name":{"$ilike":"$%"}}`, "name", "name", []string{"$admin", "$api-token-default-access", "$guest", "$member"}},
		{"roles", `{"$or":[{"level":"workspace"},{"level":"admin-subrole"}]}`, "name", "memberCount", []string{"1", "0", "0", "1"}},
	} {
		query := url.Values{"filter": {c.filter}, "sort": {c.sort}, "columns": {c.key, "attributes"}, "maxLoginEvents": {"1"}}
		page := api.ok("GET", "/api/service/"+c.path+"?"+query.Encode(), nil)
		var got []string
		for _, r := range records(page) {
			got = append(got, text(at(r, c.key)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %v, want %v", c.path, c.filter, got, c.want)
		}
	}
	group := records(api.ok("GET", `/api/service/groups?filter={"name":"sales"}`, nil))[0]
	if at(group, "userCount") != float64(2) || at(group, "attributes", "alias", 0) != "Sales" || at(group, "attributes", "description", 0) != "They sell" {
		t.Errorf("the group is %v", group)
	}
	column := records(api.ok("GET", `/api/service/v2/groups?columns=path&filter={"name":"sales"}`, nil))[0]
	if !sameJSON(column, object{"id": at(group, "id"), "name": "sales", "path": "/sales"}) {
		t.Errorf("one column of the group is %v", column)
	}
	api.do("GET", `/api/service/users?filter={"shoe":"42"}`, nil).refused(t, 400, 1000, `filter has an unknown key "shoe"`)
}

// text shows a number as JSON does.
func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	if n, ok := v.(float64); ok && n == 1 {
		return "1"
	}
	return "?"
}

func TestPersonasOfPrincipals(t *testing.T) {
	t.Parallel()
	_, token, api := demo(t, sandbox.Options{})
	api.ok("POST", bulk, entities(entity("Persona", "-1", object{
		"name": "p", "qualifiedName": "p", "personaUsers": []string{"admin"}, "personaGroups": []string{"data_engineers"},
	})))
	user := records(api.ok("GET", `/api/service/users?filter={"username":"admin"}`, nil))[0]
	group := records(api.ok("GET", `/api/service/groups`, nil))[0]
	if at(user, "personas", 0, "name") != "p" || at(group, "personas", 0, "name") != "p" {
		t.Errorf("personas are %v and %v", at(user, "personas"), at(group, "personas"))
	}
	if got := at(token.ok("GET", "/api/service/whoami", nil), "personas", 0, "name"); got != "Data Assets" {
		t.Errorf("the token's persona is %v", got)
	}
}

// Official clients stop at a list that is absent (pyatlan client/common/user.py, model/role.py; atlan-go token_client.go).
func TestListsAreNeverAbsent(t *testing.T) {
	t.Parallel()
	_, api := start(t, sandbox.Options{})
	for _, list := range []string{"users", "groups", "v2/groups", "roles", "apikeys", "oauth-clients", "credentials", "personas"} {
		for range 20 {
			page := api.ok("GET", "/api/service/"+list+"?offset=900&count=false", nil)
			value, there := page["records"]
			_, counted := page["filterRecord"]
			if !there || !counted || len(records(page)) > 0 || (value == nil && (list == "roles" || list == "users")) {
				t.Fatalf("the end of the list of %s is %v", list, page)
			}
		}
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	const groups, missing = "/api/service/groups", "404 Not Found: Could not find group by id"
	tenant, api, _ := demo(t, sandbox.Options{NoShuffle: true})
	made := api.ok("POST", groups, object{
		"group": object{"name": "sales", "attributes": object{"alias": []string{"Sales"}}}, "users": []string{sandbox.SeedMemberUserID, "x"},
	})
	id, _ := made["group"].(string)
	if at(made, "users", sandbox.SeedMemberUserID, "status") != 200.0 || at(made, "users", "x", "status") != 404.0 {
		t.Errorf("made %v", made)
	}
	api.ok("POST", groups+"/"+id, object{"attributes": object{"description": []string{"They sell"}}})
	api.ok("POST", "/api/service/users/"+sandbox.SeedAdminUserID+"/groups", object{"groups": []string{id}})
	group := records(api.ok("GET", groups+`?filter={"alias":"Sales"}`, nil))[0]
	if at(group, "attributes", "description", 0) != "They sell" || at(group, "userCount") != 2.0 {
		t.Errorf("the group is %v", group)
	}
	api.ok("POST", groups+"/"+id+"/members/remove", object{"users": []string{sandbox.SeedMemberUserID}})
	members := records(api.ok("GET", groups+"/"+id+"/members?limit=0", nil))
	if len(members) != 1 || at(members, 0, "username") != "admin" || at(members, 0, "loginEvents") == nil {
		t.Errorf("members are %v", members)
	}
	if of := records(api.ok("GET", "/api/service/users/"+sandbox.SeedMemberUserID+"/groups", nil)); len(of) != 1 || at(of, 0, "name") != "data_engineers" {
		t.Errorf("the member's groups are %v", of)
	}
	member := "/api/service/users/" + sandbox.SeedMemberUserID
	roles := records(api.ok("GET", `/api/service/roles?filter={"name":"$guest"}`, nil))
	api.ok("POST", member+"/roles/update", object{"roleId": at(roles, 0, "id")})
	if got := records(api.ok("GET", `/api/service/users?filter={"username":"jsmith"}`, nil)); at(got, 0, "workspaceRole") != "$guest" {
		t.Errorf("the member is %v", got)
	}
	api.do("POST", member+"/roles/update", object{"roleId": "x"}).refused(t, 400, 3500, "404 Not Found: Could not find role with id x")
	api.do("POST", groups, object{"group": object{"name": "sales"}}).
		refused(t, 400, 3500, "409 Conflict: Top level group named 'sales' already exists.")
	api.ok("POST", groups+"/"+id+"/delete", object{})
	for _, path := range []string{"", "/delete", "/members/remove"} {
		api.do("POST", groups+"/"+id+path, object{}).refused(t, 400, 3500, missing)
	}
	api.do("GET", groups+"/"+id+"/members", nil).refused(t, 400, 3500, missing)
	api.do("POST", "/api/service/users/"+sandbox.SeedAdminUserID+"/groups", object{"groups": []string{id}}).refused(t, 400, 3500, missing)
	api.do("GET", "/api/service/users/x/groups", nil).refused(t, 400, 3500, "404 Not Found: User not found")
	api.do("POST", groups, object{}).refused(t, 400, 1000, "Request body has an error: doesn't match the schema: Property 'group' is missing")
	api.as(tenant.Credentials().MemberBearerToken).do("POST", groups, object{}).
		refused(t, 403, 403, "jsmith is not permitted to perform this operation")
}

func TestOAuthClients(t *testing.T) {
	t.Parallel()
	const path = "/api/service/oauth-clients"
	clk := newClock()
	tenant, api, _ := demo(t, sandbox.Options{SearchLag: 2 * time.Second, Now: clk.Now, NoShuffle: true})
	made := api.ok("POST", path, object{
		"displayName": "ci", "description": "d", "role": "$member", "personaQNs": []string{sandbox.SeedPersonaQualifiedName},
	})
	id, _ := made["clientId"].(string)
	if made["clientSecret"] == nil || made["tokenExpirySeconds"] != float64(600) || made["createdAt"] != "2026-07-01T09:00:00Z" {
		t.Errorf("made %v", made)
	}
	api.do("GET", path+"/"+id, nil).refused(t, 404, 404, "OAuth client "+id+" not found")
	clk.add(2 * time.Second)
	read := api.ok("GET", path+"/"+id, nil)
	if read["clientSecret"] != nil || read["role"] != "$member" || at(read, "personaQNs", 0) != sandbox.SeedPersonaQualifiedName {
		t.Errorf("read %v", read)
	}
	for _, method := range []string{"PUT", "POST"} {
		updated := api.ok(method, path+"/"+id, object{"displayName": method, "role": "$admin"})
		if updated["displayName"] != method || updated["role"] != "$member" || updated["description"] != "d" {
			t.Errorf("%s gives %v", method, updated)
		}
	}
	if list := api.ok("GET", path+`?sort=createdAt&filter={"clientId":"`+id+`"}`, nil); len(records(list)) != 1 || list["totalRecord"] != float64(2) {
		t.Errorf("listed %v", list)
	}
	token := api.ok("POST", path+"/token", object{"clientId": id, "clientSecret": made["clientSecret"]})
	secret, _ := token["accessToken"].(string)
	api.as(secret).do("POST", apikeys, `{}`).refused(t, 403, 403, "service-account-"+id+" is not permitted to perform this operation")
	api.ok("DELETE", path+"/"+id, nil)
	if tenant.Authenticates(secret) {
		t.Error("the access token of a deleted client authenticates")
	}
	api.do("DELETE", path+"/"+id, nil).refused(t, 404, 404, "OAuth client "+id+" not found")
	api.do("POST", path, `{"displayName":"x"}`).refused(t, 400, 1000, "Request body has an error: doesn't match the schema: Property 'role' is missing")
	api.do("POST", path, `{"displayName":"x","role":"Admin"}`).refused(t, 400, 1000, "Role Admin does not exist")
}
