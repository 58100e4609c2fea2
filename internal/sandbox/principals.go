// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

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

// Fields that the lists can be filtered by (pyatlan client/common/{user,group,role}.py).
var (
	userFields  = []string{"id", "username", "email", "firstName", "lastName", "enabled"}
	groupFields = []string{"id", "name", "alias"}
	roleFields  = []string{"id", "name", "description", "level"}
)

// listUsers shows people only: service accounts are resolved through their API tokens (pyatlan cache/user_cache.py).
func (t *Tenant) listUsers(rq *request) (any, error) { return t.listOfUsers(rq, t.data.Users) }

// listOfUsers always has a list, and a limit of 0 is none (pyatlan tests/integration/admin_test.py).
func (t *Tenant) listOfUsers(rq *request, users []*User) (any, error) {
	if rq.query.Get("limit") == "0" {
		rq.query.Del("limit")
	}
	var records []listed
	for _, u := range users {
		records = append(records, listed{
			id: u.ID,
			fields: map[string]any{
				"id": u.ID, "username": u.Username, "email": u.Email, "firstName": u.FirstName, "lastName": u.LastName,
				"enabled": u.Enabled, "createdTimestamp": u.CreatedAt,
			},
			show: func() any { return inColumns(rq, t.userRecord(u)) },
		})
	}
	return neverNull(t.list(rq, userFields, []string{"createdTimestamp"}, records))
}

// inColumns keeps of a record what was asked for (pyatlan tests/integration/admin_test.py), and what names it.
func inColumns(rq *request, record map[string]any) map[string]any {
	columns := append([]string{"id", "name", "username"}, rq.query["columns"]...)
	if rq.query.Has("columns") {
		maps.DeleteFunc(record, func(column string, _ any) bool { return !slices.Contains(columns, column) })
	}
	return record
}

// neverNull is for the lists that have to be lists.
func neverNull(page any, err error) (any, error) {
	if shown, ok := page.(map[string]any); ok && shown["records"] == nil {
		shown["records"] = []any{}
	}
	return page, err
}

func (t *Tenant) userRecord(u *User) map[string]any {
	groups := 0
	for _, g := range t.data.Groups {
		if slices.Contains(g.Users, u.ID) {
			groups++
		}
	}
	return map[string]any{
		"id": u.ID, "username": u.Username, "email": u.Email, "emailVerified": true, "enabled": u.Enabled,
		"firstName": u.FirstName, "lastName": u.LastName, "attributes": map[string]any{}, "createdTimestamp": u.CreatedAt,
		"groupCount": groups, "personas": t.personaRefs(func(p *Entity) bool { return slices.Contains(p.List("personaUsers"), u.Username) }),
		"workspaceRole": u.WorkspaceRole, "roles": []string{u.WorkspaceRole, "default-roles-default"}, "isScimUser": false,
		"lastLoginTime": nil, "loginEvents": []any{}, "defaultRoles": []any{},
	}
}

// personaRefs shows the active personas that fit.
func (t *Tenant) personaRefs(fits func(*Entity) bool) []any {
	refs := []any{}
	for _, p := range t.data.entitiesOf(typePersona) {
		if p.active() && fits(p) {
			refs = append(refs, map[string]any{
				"id": p.GUID, "name": p.Text("name"), "displayName": p.Text("displayName"), "qualifiedName": p.qualifiedName(),
			})
		}
	}
	return refs
}

// listGroups serves both paths: pyatlan lists at v2/groups, apidocs and the other SDKs at groups.
func (t *Tenant) listGroups(rq *request) (any, error) { return t.listOfGroups(rq, t.data.Groups) }

func (t *Tenant) listOfGroups(rq *request, groups []*Group) (any, error) {
	var records []listed
	for _, g := range groups {
		records = append(records, listed{
			id:     g.ID,
			fields: map[string]any{"id": g.ID, "name": g.Name, "alias": g.Alias, "createdAt": g.CreatedAt},
			show:   func() any { return inColumns(rq, t.groupRecord(g)) },
		})
	}
	return t.list(rq, groupFields, []string{"createdAt"}, records)
}

// groupRecord has lists of texts as attributes (pyatlan model/group.py).
func (t *Tenant) groupRecord(g *Group) map[string]any {
	attributes := map[string]any{
		"alias": []string{g.Alias}, "createdAt": []string{strconv.FormatInt(g.CreatedAt, 10)},
		"createdBy": []string{g.CreatedBy}, "isDefault": []string{"false"},
	}
	if g.Description != "" {
		attributes["description"] = []string{g.Description}
	}
	return map[string]any{
		"id": g.ID, "name": g.Name, "alias": g.Alias, "path": "/" + g.Name, "attributes": attributes, "userCount": len(g.Users),
		"personas": t.personaRefs(func(p *Entity) bool { return slices.Contains(p.List("personaGroups"), g.Name) }),
		"purposes": []any{}, "decentralizedRoles": []any{},
	}
}

func (t *Tenant) listRoles(rq *request) (any, error) {
	var records []listed
	for _, r := range t.data.Roles {
		records = append(records, listed{
			id:     r.ID,
			fields: map[string]any{"id": r.ID, "name": r.Name, "description": r.Description, "level": r.Level},
			show:   func() any { return t.roleRecord(r) },
		})
	}
	return neverNull(t.list(rq, roleFields, nil, records)) // pyatlan model/role.py
}

// roleRecord counts its members in a text (pyatlan model/role.py).
func (t *Tenant) roleRecord(r *Role) map[string]any {
	members := 0
	for _, u := range t.data.Users {
		if u.WorkspaceRole == r.Name {
			members++
		}
	}
	return map[string]any{
		"id": r.ID, "name": r.Name, "description": r.Description, "clientRole": false, "level": r.Level,
		"memberCount": strconv.Itoa(members),
	}
}
