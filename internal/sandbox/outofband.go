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

// AddPersona stores an active persona without policies and returns it.
func (t *Tenant) AddPersona(name string) Entity {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, by := t.now().UnixMilli(), t.data.Credentials.AdminUser
	e := &Entity{
		GUID: newGUID(), TypeName: typePersona, Status: statusActive,
		Attributes: map[string]any{
			"name": name, "displayName": name, "qualifiedName": "default/" + newShortID(),
			"description": "", "isAccessControlEnabled": true,
		},
		CreatedBy: by, UpdatedBy: by, CreateTime: now, UpdateTime: now,
	}
	t.data.Entities = append(t.data.Entities, e)
	t.changed()
	t.saveIfChanged()
	return clone(*e)
}
