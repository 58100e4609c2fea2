// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// currentUser shows who the bearer is; an API token appears as its service account (pyatlan client/user.py).
func (t *Tenant) currentUser(rq *request) (any, error) {
	a := rq.actor
	me := map[string]any{"id": a.id, "username": a.username, "enabled": true, "attributes": map[string]any{}}
	if u := t.data.user(a.id); u != nil {
		me["email"] = u.Email
		me["emailVerified"] = true
		me["firstName"] = u.FirstName
		me["lastName"] = u.LastName
		me["createdTimestamp"] = u.CreatedAt
	}
	return me, nil
}

// whoAmI shows the bearer with roles and links (pyatlan model/user.py).
func (t *Tenant) whoAmI(rq *request) (any, error) {
	a := rq.actor
	roles := []any{}
	if r := t.data.role(a.role); r != nil {
		roles = append(roles, map[string]any{"id": r.ID, "roleId": r.ID, "roleName": r.Name, "name": r.Name})
	}
	groups := []any{}
	for _, g := range t.data.Groups {
		for _, id := range g.Users {
			if id == a.id {
				groups = append(groups, map[string]any{"id": g.ID, "name": g.Name, "alias": g.Alias})
			}
		}
	}
	return map[string]any{
		"userId": a.id, "username": a.username, "workspaceRole": a.role, "roles": roles, "groups": groups,
		"permissions": workspacePermissions, "personas": t.personaRefs(func(p *Entity) bool { return t.belongs(a, p) }), "purposes": []any{},
		"decentralizedRoles": []any{}, "defaultRoles": []any{},
	}, nil
}
