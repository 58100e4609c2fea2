// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"maps"
	"slices"
	"strings"
)

// Types of entities that have rules of their own.
const (
	typePersona    = "Persona"
	typePurpose    = "Purpose"
	typePolicy     = "AuthPolicy"
	typeConnection = "Connection"
	typeCollection = "Collection"
	typeGlossary   = "AtlasGlossary"
)

// assetTypes are further types that the metastore knows; nothing but a connection's rights governs them here.
var assetTypes = []string{"Database", "Schema", "Table", "View", "MaterialisedView", "Column", typeReport}

// States of an entity.
const (
	statusActive  = "ACTIVE"
	statusDeleted = "DELETED"
)

// Entity is an object of the metastore: a persona, a policy, a connection and so on. Attributes hold what JSON holds.
type Entity struct {
	GUID       string         `json:"guid"`
	TypeName   string         `json:"typeName"`
	Status     string         `json:"status"`
	Attributes map[string]any `json:"attributes"`
	// AccessControl is, for a policy, the GUID of the persona that it belongs to.
	AccessControl string `json:"accessControl,omitempty"`
	// DocumentedActions are, for a policy that was written through /api/service/personas, the actions as they were sent.
	DocumentedActions []string `json:"documentedActions,omitempty"`
	// Classifications are the tags on the entity.
	Classifications []Classification `json:"classifications,omitempty"`
	CreatedBy       string           `json:"createdBy"`
	UpdatedBy       string           `json:"updatedBy"`
	CreateTime      int64            `json:"createTime"` // epoch milliseconds
	UpdateTime      int64            `json:"updateTime"` // epoch milliseconds
}

// Text is an attribute that holds a text; empty where it holds none.
func (e *Entity) Text(attribute string) string {
	s, _ := e.Attributes[attribute].(string)
	return s
}

// List is an attribute that holds a list of texts.
func (e *Entity) List(attribute string) []string { return texts(e.Attributes[attribute]) }

// controlsAccess says whether the entity has policies.
func (e *Entity) controlsAccess() bool { return e.TypeName == typePersona || e.TypeName == typePurpose }

func (e *Entity) active() bool { return e.Status == statusActive }

func (e *Entity) qualifiedName() string { return e.Text("qualifiedName") }

// texts reads a list of texts out of decoded JSON.
func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, 0, len(list))
	for _, member := range list {
		if s, ok := member.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// anyList is a list of texts as decoded JSON holds it.
func anyList(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// entitiesOf returns the entities of a type, oldest first.
func (d *data) entitiesOf(typeName string) []*Entity {
	return d.entitiesWhere(func(e *Entity) bool { return e.TypeName == typeName })
}

func (d *data) entitiesWhere(fits func(*Entity) bool) []*Entity {
	var found []*Entity
	for _, e := range d.Entities {
		if fits(e) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b *Entity) int {
		if a.CreateTime != b.CreateTime {
			return int(a.CreateTime - b.CreateTime)
		}
		return strings.Compare(a.GUID, b.GUID)
	})
	return found
}

// byQualifiedName prefers an active entity to a deleted one.
func (d *data) byQualifiedName(typeName, qualifiedName string) *Entity {
	var found *Entity
	for _, e := range d.Entities {
		if e.TypeName == typeName && e.qualifiedName() == qualifiedName && (found == nil || e.active()) {
			found = e
		}
	}
	return found
}

// persona returns the active persona with a qualified name, or nil.
func (d *data) persona(qualifiedName string) *Entity {
	if p := d.byQualifiedName(typePersona, qualifiedName); p != nil && p.active() {
		return p
	}
	return nil
}

// policiesOf returns the policies of a persona, soft-deleted ones included.
func (d *data) policiesOf(persona string) []*Entity {
	return d.entitiesWhere(func(e *Entity) bool { return e.TypeName == typePolicy && e.AccessControl == persona })
}

// revised is a copy that can be changed without changing the original.
func (e *Entity) revised() *Entity {
	next := *e
	next.Attributes = maps.Clone(e.Attributes)
	return &next
}

// put stores an entity for all readers at once; the index and the roles follow with their lags. What is stored is
// never changed, only replaced.
func (t *Tenant) put(e *Entity) {
	now := t.now()
	t.data.Entities[e.GUID] = e
	t.indexed(e.GUID).set(now, t.opts.SearchLag, e)
	if e.hasAdmins() {
		t.data.adminsOf(e.GUID).set(now, t.opts.RoleLag, adminsIn(e))
	}
}

// settle stores an entity whose rights have been effective for long.
func (d *data) settle(e *Entity) {
	d.Entities[e.GUID] = e
	if e.hasAdmins() {
		d.Admins[e.GUID] = settled(adminsIn(e))
	}
}

func (e *Entity) hasAdmins() bool {
	return e.TypeName == typeConnection || e.TypeName == typeCollection
}

// purge removes an entity; the index follows with its lag.
func (t *Tenant) purge(guid string) {
	delete(t.data.Entities, guid)
	delete(t.data.Admins, guid)
	t.indexed(guid).set(t.now(), t.opts.SearchLag, nil)
}

func (t *Tenant) indexed(guid string) *lagged[*Entity] {
	if t.index[guid] == nil {
		t.index[guid] = &lagged[*Entity]{}
	}
	return t.index[guid]
}

// reindex makes the index show exactly what is stored.
func (t *Tenant) reindex() {
	t.index = map[string]*lagged[*Entity]{}
	for guid, e := range t.data.Entities {
		t.index[guid] = settled(e)
	}
}
