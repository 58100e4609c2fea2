// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"slices"
)

// membership is a change of one list of principals that Keycloak is asked to follow (metastore KeycloakStore).
type membership struct {
	before, after []string
	isNew         bool // the role is made, not changed: the texts differ
}

// added are the principals that Keycloak has to know. One that is removed may be unknown: that is only logged.
func (c membership) added() []string {
	return slices.DeleteFunc(slices.Clone(c.after), func(p string) bool { return slices.Contains(c.before, p) })
}

func (d *data) checkUsers(c membership) error {
	for _, name := range c.added() {
		if !d.knowsUser(name) {
			return internalError("Keycloak user not found with userName %s", name)
		}
	}
	return nil
}

func (d *data) checkGroups(c membership) error {
	for _, name := range c.added() {
		if find(d.Groups, func(g *Group) bool { return g.Name == name }) != nil {
			continue
		}
		if c.isNew {
			return internalError("Keycloak group not found with name %s", name)
		}
		return internalError("Keycloak group not found with userName %s", name) // the metastore's own wording
	}
	return nil
}

func (d *data) checkRoles(c membership) error {
	for _, id := range c.added() {
		if id != roleAdmin && find(d.Roles, func(r *Role) bool { return r.ID == id }) == nil {
			return atlasError(http.StatusNotFound, "ATLAS-404-00-019", "Role with id %s not found", id)
		}
	}
	return nil
}

// knowsUser says whether a name is that of a user or of a service account.
func (d *data) knowsUser(name string) bool {
	return find(d.Users, func(u *User) bool { return u.Username == name }) != nil ||
		find(d.APITokens, func(k *APIToken) bool { return k.Username() == name }) != nil ||
		find(d.OAuthClients, func(c *OAuthClient) bool { return c.Username() == name }) != nil
}

// checkMembers asks Keycloak about the lists of an entity that were sent: all of them for a new one.
func (m *mutation) checkMembers(w *write, users, groups string) error {
	for _, list := range []struct {
		name  string
		check func(membership) error
	}{{users, m.tenant.data.checkUsers}, {groups, m.tenant.data.checkGroups}} {
		c := membership{after: w.next.List(list.name), isNew: w.stored == nil}
		if w.stored != nil {
			c.before = w.stored.List(list.name)
		}
		if err := list.check(c); err != nil {
			return err
		}
	}
	return nil
}
