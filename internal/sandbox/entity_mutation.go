// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"reflect"
	"slices"
)

// write is one entity of a bulk request on its way into the store.
type write struct {
	in     *entityInput
	stored *Entity // nil for a new entity
	next   *Entity
	parent string // GUID of the persona that a policy was sent with
}

// sent says whether an attribute was sent, be it as null.
func (w *write) sent(attribute string) bool {
	_, ok := w.in.Attributes[attribute]
	return ok
}

// changes says whether anything that was sent differs from what is stored. Lists are sets, and no list is an empty
// list (metastore AtlasEntityComparator).
func (w *write) changes() bool {
	if w.in.Status == statusActive && !w.stored.active() {
		return true
	}
	if w.parent != "" && w.parent != w.stored.AccessControl {
		return true
	}
	if w.in.documented != nil && !sameMembers(w.in.documented, w.stored.DocumentedActions) {
		return true
	}
	for name, value := range w.in.Attributes {
		if name != "accessControl" && !sameValue(value, w.stored.Attributes[name]) {
			return true
		}
	}
	return len(w.in.RelationshipAttributes) > 0 && w.in.relation("policies") != nil
}

func sameMembers(a, b []string) bool { return sameValue(anyList(a), anyList(b)) }

func sameValue(a, b any) bool {
	x, aIsList := a.([]any)
	y, bIsList := b.([]any)
	if (aIsList || a == nil) && (bIsList || b == nil) {
		contained := func(some, in []any) bool {
			return !slices.ContainsFunc(some, func(s any) bool {
				return !slices.ContainsFunc(in, func(i any) bool { return reflect.DeepEqual(s, i) })
			})
		}
		return contained(x, y) && contained(y, x)
	}
	return reflect.DeepEqual(a, b)
}

// mutation is a request that changes entities: what it has changed so far, invisible to others until it is committed.
type mutation struct {
	tenant      *Tenant
	actor       *actor
	writes      []*write          // of the save under way
	assignments map[string]string // real GUIDs by the placeholders that were sent
	creates     []*Entity
	updates     []*Entity
	deletes     []*Entity
	purged      bool // deletes are for good
}

func newMutation(t *Tenant, a *actor) *mutation {
	return &mutation{tenant: t, actor: a, assignments: map[string]string{}}
}

// blank is a new entity of the actor.
func (m *mutation) blank(typeName string) *Entity {
	now := m.tenant.now().UnixMilli()
	return &Entity{
		GUID: newGUID(), TypeName: typeName, Status: statusActive, Attributes: map[string]any{},
		CreatedBy: m.actor.username, UpdatedBy: m.actor.username, CreateTime: now, UpdateTime: now,
	}
}

// entity returns an entity as this mutation sees it.
func (m *mutation) entity(guid string) *Entity {
	for _, w := range m.writes {
		if w.next.GUID == guid {
			return w.next
		}
	}
	for _, e := range slices.Concat(m.creates, m.updates) {
		if e.GUID == guid {
			return e
		}
	}
	return m.tenant.data.Entities[guid]
}

// policies returns the active policies of a persona as this mutation sees them.
func (m *mutation) policies(persona string) []*Entity {
	var policies []*Entity
	for _, stored := range m.tenant.data.policiesOf(persona) {
		if stored.active() && !m.deletesEntity(stored.GUID) {
			policies = append(policies, m.entity(stored.GUID))
		}
	}
	for _, e := range m.creates {
		if e.AccessControl == persona {
			policies = append(policies, e)
		}
	}
	return policies
}

func (m *mutation) deletesEntity(guid string) bool {
	return slices.ContainsFunc(m.deletes, func(e *Entity) bool { return e.GUID == guid })
}

// updated records a change; an entity that is changed twice, or that is new, is recorded once.
func (m *mutation) updated(e *Entity) {
	if slices.Contains(m.creates, e) || slices.Contains(m.updates, e) {
		return
	}
	e.UpdatedBy, e.UpdateTime = m.actor.username, m.tenant.now().UnixMilli()
	m.updates = append(m.updates, e)
}

// commit makes the changes visible.
func (m *mutation) commit() {
	for _, e := range slices.Concat(m.creates, m.updates) {
		m.tenant.put(e)
	}
	for _, e := range m.deletes {
		if m.purged {
			m.tenant.purge(e.GUID)
		} else {
			m.tenant.put(e)
		}
	}
	if len(m.creates)+len(m.updates)+len(m.deletes) > 0 {
		m.tenant.changed()
	}
}

// response is the metastore's EntityMutationResponse. Entities that did not change are left out of it, and so is the
// whole list where none did (pyatlan model/core.py AssetMutationResponse).
func (m *mutation) response() map[string]any {
	mutated := map[string]any{}
	for kind, entities := range map[string][]*Entity{"CREATE": m.creates, "UPDATE": m.updates, "DELETE": m.deletes} {
		if len(entities) > 0 {
			mutated[kind] = m.headers(entities)
		}
	}
	out := map[string]any{"partialUpdatedEntities": []any{}}
	if len(mutated) > 0 {
		out["mutatedEntities"] = mutated
	}
	if len(m.assignments) > 0 {
		out["guidAssignments"] = m.assignments
	}
	return out
}

// headers show what entities have become, without their relations; of deleted ones they show the names alone (pyatlan
// tests/integration/persona_test.py, tests/unit/data/asset_mutated_response_update.json).
func (m *mutation) headers(entities []*Entity) []any {
	var out []any
	for _, e := range entities {
		attributes := map[string]any{}
		if !m.deletesEntity(e.GUID) {
			attributes = m.tenant.shownAttributes(e)
		}
		attributes["name"], attributes["qualifiedName"] = e.Text("name"), e.qualifiedName()
		out = append(out, map[string]any{
			"typeName": e.TypeName, "guid": e.GUID, "status": e.Status, "displayText": e.Text("name"), "isIncomplete": false,
			"attributes": attributes,
			"createdBy":  e.CreatedBy, "updatedBy": e.UpdatedBy, "createTime": e.CreateTime, "updateTime": e.UpdateTime,
		})
	}
	return out
}
