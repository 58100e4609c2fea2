// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "time"

// User is a person with access to the tenant.
type User struct {
	ID            string `json:"id"`
	Username      string `json:"username"`
	Email         string `json:"email"`
	FirstName     string `json:"firstName"`
	LastName      string `json:"lastName"`
	Enabled       bool   `json:"enabled"`
	WorkspaceRole string `json:"workspaceRole"`
	CreatedAt     int64  `json:"createdAt"` // epoch milliseconds
}

// Group is a group of users. Name is internal, Alias is what the user interface shows.
type Group struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Alias       string   `json:"alias"`
	Description string   `json:"description"`
	Users       []string `json:"users"` // user ids
	CreatedAt   int64    `json:"createdAt"`
	CreatedBy   string   `json:"createdBy"`
}

// Role is a workspace role.
type Role struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Level       string `json:"level"`
}

// userTokenLifetime is how long a user's bearer token is good. Such tokens come from a browser session and are short-lived;
// the number is inferred.
const userTokenLifetime = 12 * time.Hour

func (d *data) user(id string) *User {
	return find(d.Users, func(u *User) bool { return u.ID == id })
}

func (d *data) role(name string) *Role {
	return find(d.Roles, func(r *Role) bool { return r.Name == name })
}

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
		"permissions": workspacePermissions, "personas": []any{}, "purposes": []any{},
		"decentralizedRoles": []any{}, "defaultRoles": []any{},
	}, nil
}
