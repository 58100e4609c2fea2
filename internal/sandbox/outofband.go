// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "fmt"

// The methods in this file change a tenant out of band: as somebody else would through Atlan's user interface.

// AddAPIToken stores a token and returns it with its secret. A GUID, client id, creator, time of creation and validity
// that are missing are filled in.
func (t *Tenant) AddAPIToken(token APIToken) (APIToken, string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k := clone(token)
	if k.CreatedBy == "" {
		k.CreatedBy = t.data.Credentials.AdminUser
	}
	secret := t.data.addAPIToken(&k, t.now())
	t.changed()
	t.saveIfChanged()
	return clone(k), secret
}

// EditAPIToken changes anything about a token.
func (t *Tenant) EditAPIToken(guid string, edit func(*APIToken)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	k := t.data.apiToken(guid)
	if k == nil {
		return fmt.Errorf("there is no API token %s", guid)
	}
	edit(k)
	t.changed()
	t.saveIfChanged()
	return nil
}

// DeleteAPIToken deletes a token; its secret is refused from then on.
func (t *Tenant) DeleteAPIToken(guid string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.data.apiToken(guid) == nil {
		return fmt.Errorf("there is no API token %s", guid)
	}
	t.data.removeAPIToken(guid)
	t.changed()
	t.saveIfChanged()
	return nil
}

// AddUser stores an enabled user and returns it with a bearer token. An id, role and time of creation that are missing
// are filled in.
func (t *Tenant) AddUser(user User) (User, string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := clone(user)
	u.Enabled = true
	if u.ID == "" {
		u.ID = newGUID()
	}
	if u.WorkspaceRole == "" {
		u.WorkspaceRole = roleMember
	}
	if u.CreatedAt == 0 {
		u.CreatedAt = t.now().UnixMilli()
	}
	t.data.Users = append(t.data.Users, &u)
	secret := newSecret()
	t.data.Secrets[secret] = &bearer{Kind: actorUser, ID: u.ID, Expires: t.now().Add(userTokenLifetime)}
	t.changed()
	t.saveIfChanged()
	return u, secret
}

// AddGroup stores a group and returns it. An id and time of creation that are missing are filled in.
func (t *Tenant) AddGroup(group Group) Group {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := clone(group)
	if g.ID == "" {
		g.ID = newGUID()
	}
	if g.CreatedAt == 0 {
		g.CreatedAt = t.now().UnixMilli()
	}
	t.data.Groups = append(t.data.Groups, &g)
	t.changed()
	t.saveIfChanged()
	return clone(g)
}

// AddEntity stores an entity as if it had been there for long, with neither rules nor rights applied, and returns it.
// A GUID, qualified name, status, creator and time of creation that are missing are filled in.
func (t *Tenant) AddEntity(entity Entity) Entity {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := clone(entity)
	if e.GUID == "" {
		e.GUID = newGUID()
	}
	if e.Status == "" {
		e.Status = statusActive
	}
	if e.Attributes == nil {
		e.Attributes = map[string]any{}
	}
	if e.qualifiedName() == "" {
		e.Attributes["qualifiedName"] = "default/" + newShortID()
	}
	if e.CreatedBy == "" {
		e.CreatedBy = t.data.Credentials.AdminUser
	}
	if e.CreateTime == 0 {
		e.CreateTime = t.now().UnixMilli()
	}
	e.UpdatedBy, e.UpdateTime = e.CreatedBy, e.CreateTime
	t.data.settle(&e)
	t.index[e.GUID] = settled(&e)
	t.changed()
	t.saveIfChanged()
	return clone(e)
}

// AddPersona stores an enabled persona without members and policies, and returns it.
func (t *Tenant) AddPersona(name string) Entity {
	return t.AddEntity(Entity{TypeName: typePersona, Attributes: map[string]any{
		"name": name, "displayName": name, "description": "", "isAccessControlEnabled": true, "roleId": newGUID(),
	}})
}

// AddConnection stores a connection of a connector such as "snowflake" with these admins, and returns it.
func (t *Tenant) AddConnection(name, connector string, adminUsers ...string) Entity {
	return t.AddEntity(Entity{TypeName: typeConnection, Attributes: map[string]any{
		"name": name, "connectorName": connector, "adminUsers": anyList(adminUsers),
		"qualifiedName": "default/" + connector + "/" + newEpoch(),
	}})
}

// EditEntity changes anything about an entity; index and authorizer learn of it with their lags.
func (t *Tenant) EditEntity(guid string, edit func(*Entity)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	stored := t.data.Entities[guid]
	if stored == nil {
		return fmt.Errorf("there is no entity %s", guid)
	}
	next := clone(*stored)
	edit(&next)
	next = clone(next) // the caller may have put Go's own lists into the attributes
	t.put(&next)
	t.changed()
	t.saveIfChanged()
	return nil
}

// PurgeEntity removes an entity, and nothing that belongs to it.
func (t *Tenant) PurgeEntity(guid string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.data.Entities[guid] == nil {
		return fmt.Errorf("there is no entity %s", guid)
	}
	t.purge(guid)
	t.changed()
	t.saveIfChanged()
	return nil
}
