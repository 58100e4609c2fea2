// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// deleteEntities deletes by GUIDs. GUIDs that nobody knows are passed over (metastore AtlasEntityStoreV2.deleteByIds).
func (t *Tenant) deleteEntities(rq *request) (any, error) {
	guids := rq.query["guid"]
	if len(guids) == 0 {
		return nil, invalidParameters("Guid(s) not specified")
	}
	m := newMutation(t, rq.actor)
	switch rq.query.Get("deleteType") {
	case "HARD", "PURGE":
		m.purged = true
	}
	var doomed []*Entity
	for _, guid := range guids {
		e := t.served(guid)
		if e == nil {
			continue
		}
		if err := t.allow(rq.actor, verbDelete, e); err != nil {
			return nil, err
		}
		if e.TypeName == typeCollection && !e.active() { // metastore QueryCollectionPreProcessor.processDelete
			return nil, internalError("Collection is already deleted/purged")
		}
		doomed = append(doomed, e)
	}
	for _, e := range doomed {
		m.remove(e)
	}
	m.commit()
	return m.response(), nil
}

// remove deletes an entity, and with an active persona or purpose its active policies, in the same way (metastore
// PersonaPreProcessor.processDelete). Soft deletion of what is deleted already does nothing.
func (m *mutation) remove(e *Entity) {
	if m.deletesEntity(e.GUID) || (!m.purged && !e.active()) {
		return
	}
	if e.controlsAccess() && e.active() {
		for _, policy := range m.policies(e.GUID) {
			m.remove(policy)
		}
	}
	gone := e.revised()
	gone.Status, gone.UpdatedBy, gone.UpdateTime = statusDeleted, m.actor.username, m.tenant.now().UnixMilli()
	m.deletes = append(m.deletes, gone)
}
