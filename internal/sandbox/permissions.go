// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// verb is what somebody does to an entity, in the words of the metastore's error texts.
type verb string

const (
	verbCreate verb = "create"
	verbRead   verb = "read"
	verbUpdate verb = "update"
	verbDelete verb = "delete"
)

// admins are the principals with a connection's or collection's admin role.
type admins struct {
	Users  []string `json:"users"`
	Groups []string `json:"groups"`
	Roles  []string `json:"roles"`
}

func adminsIn(e *Entity) admins {
	return admins{e.List("adminUsers"), e.List("adminGroups"), e.List("adminRoles")}
}

func (d *data) adminsOf(guid string) *lagged[admins] {
	if d.Admins[guid] == nil {
		d.Admins[guid] = &lagged[admins]{}
	}
	return d.Admins[guid]
}

// includes says whether the actor is named, is in a named group, or has a named role. Roles are named by their ids, and
// $admin also literally (metastore AuthPolicyPreProcessor.validateConnectionAdmin).
func (d *data) includes(list admins, a *actor) bool {
	if slices.Contains(list.Users, a.username) {
		return true
	}
	for _, g := range d.Groups {
		if slices.Contains(g.Users, a.id) && slices.Contains(list.Groups, g.Name) {
			return true
		}
	}
	r := d.role(a.role)
	return r != nil && (slices.Contains(list.Roles, r.ID) || (r.Name == roleAdmin && slices.Contains(list.Roles, roleAdmin)))
}

// administersNow says whether the actor's admin right on a connection or collection is effective: the authorizer learns
// of a change by polling (metastore KeycloakUserStore, PolicyRefresher).
func (t *Tenant) administersNow(a *actor, guid string) bool {
	return t.data.includes(t.data.adminsOf(guid).seen(t.now(), t.opts.RoleLag), a)
}

// allow refuses with the metastore's text (AtlasErrorCode UNAUTHORIZED_ACCESS). What ends the text differs by
// operation: the type for create and update, the GUID for read and delete.
func (t *Tenant) allow(a *actor, v verb, e *Entity) error {
	if t.may(a, v, e) {
		return nil
	}
	detail := "guid=" + e.GUID
	if v == verbCreate || v == verbUpdate {
		detail = "type=" + e.TypeName
	}
	return atlasError(http.StatusForbidden, "ATLAS-403-00-001", "%s is not authorized to perform %s entity: %s", a.username, v, detail)
}

// may follows the metastore's bootstrap policies (addons/policies/bootstrap_entity_policies.json, and
// addons/static/templates for what a connection and a collection bring along).
func (t *Tenant) may(a *actor, v verb, e *Entity) bool {
	switch e.TypeName {
	case typePersona, typePurpose, typePolicy:
		return a.administers()
	case typeGlossary, typeAppRun: // that everybody reads runs is inferred
		return v == verbRead || a.administers()
	case typeCollection:
		return t.mayCollection(a, v, e)
	case typeConnection:
		switch v {
		case verbCreate:
			return a.administers()
		case verbRead:
			return t.mayReadAsset(a, e.qualifiedName())
		default:
			// Members may not update a connection, even one that they are admins of (CONNECTION_UPDATE_DENY_MEMBER).
			return t.administersNow(a, e.GUID) && (v != verbUpdate || a.role != roleMember)
		}
	}
	if v == verbRead {
		return t.mayReadAsset(a, e.qualifiedName())
	}
	c := t.data.connectionOf(e.qualifiedName())
	return c != nil && t.administersNow(a, c.GUID)
}

func (t *Tenant) mayCollection(a *actor, v verb, e *Entity) bool {
	switch {
	case v == verbCreate:
		return a.role != roleGuest
	case e.CreatedBy == a.username || t.administersNow(a, e.GUID):
		return true
	case v != verbRead:
		return false
	}
	viewers := admins{Users: e.List("viewerUsers"), Groups: e.List("viewerGroups")}
	return t.data.includes(viewers, a) || t.data.includes(adminsIn(e), a)
}

// connectionOf returns the connection whose qualified name an asset's starts with.
func (d *data) connectionOf(qualifiedName string) *Entity {
	parts := strings.SplitN(qualifiedName, "/", 4)
	if len(parts) < 3 {
		return nil
	}
	return d.byQualifiedName(typeConnection, strings.Join(parts[:3], "/"))
}

// mayReadAsset follows the documented rule: an API token sees the connections that it administers, as it does those
// that it has created, and what its personas let it see (docs.atlan.com "API tokens"). An explicit deny wins (apidocs
// addmetadatapolicytopersona). Reading does not lag here, as an entity is readable by GUID at once.
func (t *Tenant) mayReadAsset(a *actor, qualifiedName string) bool {
	allowed := false
	if c := t.data.connectionOf(qualifiedName); c != nil {
		allowed = t.data.includes(adminsIn(c), a)
	}
	for _, persona := range t.data.entitiesOf(typePersona) {
		if !persona.active() || persona.Attributes["isAccessControlEnabled"] != true || !t.belongs(a, persona) {
			continue
		}
		for _, policy := range t.data.policiesOf(persona.GUID) {
			if !policy.active() || !policy.letsRead(qualifiedName) {
				continue
			}
			if policy.Text("policyType") == "deny" {
				return false
			}
			allowed = true
		}
	}
	return allowed
}

// belongs says whether a persona applies to the actor: by name, by group, or by the link of an API token or OAuth client.
func (t *Tenant) belongs(a *actor, persona *Entity) bool {
	if t.data.includes(admins{Users: persona.List("personaUsers"), Groups: persona.List("personaGroups")}, a) {
		return true
	}
	qn := persona.qualifiedName()
	if k := t.data.apiToken(a.id); k != nil {
		return slices.Contains(k.PersonaQualifiedNames, qn)
	}
	c := t.data.oauthClient(a.id)
	return c != nil && slices.Contains(c.PersonaQualifiedNames, qn)
}

// letsRead says whether a policy speaks about reading an asset: the resources cover what lies under them, and the
// policy's connection is visible with them (metastore ESAliasStore).
func (e *Entity) letsRead(qualifiedName string) bool {
	if !slices.Contains(e.List("policyActions"), "persona-asset-read") {
		return false
	}
	if e.Text("connectionQualifiedName") == qualifiedName && e.Text("policyType") != "deny" {
		return true
	}
	for _, resource := range e.List("policyResources") {
		if pattern, ok := strings.CutPrefix(resource, "entity:"); ok && covers(pattern, qualifiedName) {
			return true
		}
	}
	return false
}

// covers says whether a resource pattern reaches a qualified name; * stands for any text.
func covers(pattern, qualifiedName string) bool {
	pattern = strings.TrimSuffix(pattern, "/*")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(qualifiedName, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1:] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return rest == "" || strings.HasPrefix(rest, "/") || strings.HasSuffix(pattern, "*")
}
