// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "slices"

// groupRoutes lists what changes groups, their members, and the roles of users (pyatlan client/constants.py). That only administrators do so
// is inferred.
func (t *Tenant) groupRoutes() []route {
	const groups, user = "/api/service/groups", "/api/service/users/{user}"
	return []route{
		on("POST", groups, forAdmins(t.createGroup)),
		on("POST", groups+"/{group}", forAdmins(t.updateGroup)),
		on("POST", groups+"/{group}/delete", forAdmins(t.deleteGroup)),
		on("GET", groups+"/{group}/members", t.listMembers),
		on("POST", groups+"/{group}/members/remove", forAdmins(t.removeMembers)),
		on("GET", user+"/groups", t.listGroupsOfUser),
		on("POST", user+"/groups", forAdmins(t.addUserToGroups)),
		on("POST", user+"/roles/update", forAdmins(t.changeRole)),
	}
}

func (d *data) group(id string) *Group {
	return find(d.Groups, func(g *Group) bool { return g.ID == id })
}

// pathGroup returns the group of the path; the answer for an unknown one is inferred from the one for personas.
func (t *Tenant) pathGroup(rq *request) (*Group, error) {
	if g := t.data.group(rq.params["group"]); g != nil {
		return g, nil
	}
	return nil, keycloakError("404 Not Found: Could not find group by id")
}

// pathUser is pathGroup for users.
func (t *Tenant) pathUser(rq *request) (*User, error) {
	if u := t.data.user(rq.params["user"]); u != nil {
		return u, nil
	}
	return nil, keycloakError("404 Not Found: User not found")
}

// groupInput is a group as it is sent (pyatlan model/group.py).
type groupInput struct {
	Name       string `json:"name"`
	Attributes struct {
		Alias       []string `json:"alias"`
		Description []string `json:"description"`
	} `json:"attributes"`
}

// fill gives a group what was sent; an attribute that was not sent stays as it is (pyatlan
// tests/integration/admin_test.py).
func (in *groupInput) fill(g *Group) {
	if len(in.Attributes.Alias) > 0 {
		g.Alias = in.Attributes.Alias[0]
	}
	if len(in.Attributes.Description) > 0 {
		g.Description = in.Attributes.Description[0]
	}
}

// createGroup refuses a name that is taken in Keycloak's words (pyatlan tests/unit for groups).
func (t *Tenant) createGroup(rq *request) (any, error) {
	var in struct {
		Group *groupInput `json:"group"`
		Users []string    `json:"users"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.Group == nil {
		return nil, missingProperty("group")
	}
	if in.Group.Name == "" {
		return nil, missingProperty("name")
	}
	if find(t.data.Groups, func(g *Group) bool { return g.Name == in.Group.Name }) != nil {
		return nil, keycloakError("409 Conflict: Top level group named '%s' already exists.", in.Group.Name)
	}
	g := &Group{ID: newGUID(), Name: in.Group.Name, CreatedAt: rq.now.UnixMilli(), CreatedBy: rq.actor.username}
	in.Group.fill(g)
	users := map[string]any{}
	for _, id := range in.Users {
		users[id] = map[string]any{"status": 404, "statusMessage": "User not found"} // inferred
		if t.data.user(id) != nil {
			users[id] = map[string]any{"status": 200, "statusMessage": "success"}
			g.join(id)
		}
	}
	t.data.Groups = append(t.data.Groups, g)
	t.changed()
	return map[string]any{"group": g.ID, "users": users}, nil
}

func (g *Group) join(user string) {
	if !slices.Contains(g.Users, user) {
		g.Users = append(slices.Clone(g.Users), user)
	}
}

// updateGroup changes alias and description; the name stays.
func (t *Tenant) updateGroup(rq *request) (any, error) {
	g, err := t.pathGroup(rq)
	if err != nil {
		return nil, err
	}
	var in groupInput
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	in.fill(g)
	t.changed()
	return nil, nil
}

// deleteGroup leaves the group's name where it is used: what is removed there later may be unknown.
func (t *Tenant) deleteGroup(rq *request) (any, error) {
	g, err := t.pathGroup(rq)
	if err != nil {
		return nil, err
	}
	t.data.Groups = slices.DeleteFunc(t.data.Groups, func(other *Group) bool { return other == g })
	t.changed()
	return nil, nil
}

func (t *Tenant) listMembers(rq *request) (any, error) {
	g, err := t.pathGroup(rq)
	if err != nil {
		return nil, err
	}
	return t.listOfUsers(rq, slices.DeleteFunc(slices.Clone(t.data.Users), func(u *User) bool { return !slices.Contains(g.Users, u.ID) }))
}

func (t *Tenant) removeMembers(rq *request) (any, error) {
	g, err := t.pathGroup(rq)
	if err != nil {
		return nil, err
	}
	var in struct {
		Users []string `json:"users"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	g.Users = slices.DeleteFunc(slices.Clone(g.Users), func(id string) bool { return slices.Contains(in.Users, id) })
	t.changed()
	return nil, nil
}

func (t *Tenant) listGroupsOfUser(rq *request) (any, error) {
	u, err := t.pathUser(rq)
	if err != nil {
		return nil, err
	}
	return t.listOfGroups(rq, slices.DeleteFunc(slices.Clone(t.data.Groups), func(g *Group) bool { return !slices.Contains(g.Users, u.ID) }))
}

// addUserToGroups adds to all groups or, where one is unknown, to none (inferred).
func (t *Tenant) addUserToGroups(rq *request) (any, error) {
	u, err := t.pathUser(rq)
	if err != nil {
		return nil, err
	}
	var in struct {
		Groups []string `json:"groups"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	var joined []*Group
	for _, id := range in.Groups {
		g := t.data.group(id)
		if g == nil {
			return nil, keycloakError("404 Not Found: Could not find group by id")
		}
		joined = append(joined, g)
	}
	for _, g := range joined {
		g.join(u.ID)
	}
	t.changed()
	return nil, nil
}

// changeRole gives a user another workspace role.
func (t *Tenant) changeRole(rq *request) (any, error) {
	u, err := t.pathUser(rq)
	if err != nil {
		return nil, err
	}
	var in struct {
		RoleID string `json:"roleId"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	role := find(t.data.Roles, func(r *Role) bool { return r.ID == in.RoleID })
	if role == nil {
		return nil, keycloakError("404 Not Found: Could not find role with id %s", in.RoleID)
	}
	u.WorkspaceRole = role.Name
	t.changed()
	return nil, nil
}
