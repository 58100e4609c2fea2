// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// maxBulk is how many entities one request may hold (metastore EntityREST).
const maxBulk = 10_000

// entityInput is an entity as it is sent. An attribute that is not there stays as it is, one that is null is cleared.
type entityInput struct {
	TypeName               string         `json:"typeName"`
	GUID                   string         `json:"guid"`
	Status                 string         `json:"status"`
	Attributes             map[string]any `json:"attributes"`
	RelationshipAttributes map[string]any `json:"relationshipAttributes"`

	documented []string // a policy's actions, where it comes from /api/service/personas
}

// relation reads a reference wherever it was sent: SDKs put it among the attributes (pyatlan persona.py).
func (in *entityInput) relation(name string) any {
	if v := in.RelationshipAttributes[name]; v != nil {
		return v
	}
	return in.Attributes[name]
}

func (t *Tenant) saveEntities(rq *request) (any, error) {
	if err := checkSaveMode(rq); err != nil {
		return nil, err
	}
	var body struct {
		Entities []*entityInput `json:"entities"`
	}
	if err := rq.decodeAtlas(&body); err != nil {
		return nil, err
	}
	if len(body.Entities) == 0 {
		return nil, invalidParameters("no entities to create/update.")
	}
	if len(body.Entities) > maxBulk {
		return nil, atlasError(http.StatusBadRequest, "ATLAS-400-00-212",
			"Request Error - Entities should be less than or equal to: %d", maxBulk)
	}
	for _, in := range body.Entities {
		if in == nil {
			return nil, invalidParameters("found null entity")
		}
		if !t.servesType(in.TypeName) {
			return nil, unknownType(in.TypeName)
		}
	}
	m := newMutation(t, rq.actor)
	if err := m.save(body.Entities); err != nil {
		return nil, err
	}
	m.commit()
	return m.response(), nil
}

// checkSaveMode refuses modes that exclude each other (metastore EntityREST.createOrUpdate).
func checkSaveMode(rq *request) error {
	chosen := 0
	for _, mode := range []string{"replaceClassifications", "replaceTags", "appendTags"} {
		if on, err := strconv.ParseBool(rq.query.Get(mode)); err == nil && on {
			chosen++
		}
	}
	if chosen > 1 {
		return badRequest("Only one of [replaceClassifications, replaceTags, appendTags] can be true")
	}
	return nil
}

// save prepares entities to be created and updated, all or none. The steps and their order are those of the metastore
// (AtlasEntityStoreV2.createOrUpdate): resolve, check the right to create, leave out what is unchanged, check the right
// to update, apply the rules of the types.
func (m *mutation) save(inputs []*entityInput) error {
	m.writes = nil
	for _, in := range inputs {
		if err := m.resolve(in); err != nil {
			return err
		}
	}
	for _, w := range m.writes {
		if err := m.reference(w); err != nil {
			return err
		}
	}
	for _, w := range m.writes {
		if w.stored != nil {
			continue
		}
		if err := m.tenant.allow(m.actor, verbCreate, w.next); err != nil {
			return err
		}
	}
	m.writes = slices.DeleteFunc(m.writes, func(w *write) bool { return w.stored != nil && !w.changes() })
	for _, w := range m.writes {
		if w.stored == nil {
			continue
		}
		if err := m.tenant.allow(m.actor, verbUpdate, w.stored); err != nil {
			return err
		}
	}
	for _, w := range m.writes {
		if err := m.apply(w); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds the entity that is meant: by a real GUID, else by type and qualified name (metastore
// IDBasedEntityResolver). One that is not found is new, unless a real GUID was sent.
func (m *mutation) resolve(in *entityInput) error {
	if in.Attributes == nil {
		in.Attributes = map[string]any{}
	}
	assigned := in.GUID != "" && !strings.HasPrefix(in.GUID, "-")
	stored := m.tenant.data.Entities[in.GUID]
	if qn, _ := in.Attributes["qualifiedName"].(string); stored == nil && qn != "" {
		stored = m.tenant.data.byQualifiedName(in.TypeName, qn)
	}
	if stored == nil && assigned {
		return notReferenced(in.GUID)
	}
	if stored != nil && stored.TypeName != in.TypeName { // the code is that of TYPE_MATCH_FAILED, its use here is inferred
		return atlasError(http.StatusBadRequest, "ATLAS-400-00-010", "Given type %s doesn't match %s", in.TypeName, stored.TypeName)
	}
	if err := checkMandatory(in); err != nil {
		return err
	}
	w := &write{in: in, stored: stored}
	if stored == nil {
		w.next = m.blank(in.TypeName)
		w.next.Attributes["qualifiedName"] = in.Attributes["qualifiedName"]
	} else {
		w.next = stored.revised()
	}
	if !assigned && in.GUID != "" {
		m.assignments[in.GUID] = w.next.GUID
	}
	m.writes = append(m.writes, w)
	return nil
}

// checkMandatory asks for both names in every write: a save is a full update, which has to hold what the types make
// mandatory (metastore AtlasStructType.validateValue, models/0010-base_model.json).
func checkMandatory(in *entityInput) error {
	for _, mandatory := range []struct{ attribute, definedBy string }{{"qualifiedName", "Referenceable"}, {"name", "Asset"}} {
		if in.Attributes[mandatory.attribute] == nil {
			return atlasError(http.StatusNotFound, "ATLAS-404-00-007",
				"Invalid instance creation/updation parameters passed : %s.%s: mandatory attribute value missing in type %s",
				in.TypeName, mandatory.attribute, mandatory.definedBy)
		}
	}
	return nil
}

// reference resolves a policy's persona or purpose, which may be in the same request.
func (m *mutation) reference(w *write) error {
	if w.in.TypeName != typePolicy {
		return nil
	}
	ref, ok := w.in.relation("accessControl").(map[string]any)
	if !ok {
		return nil
	}
	guid, _ := ref["guid"].(string)
	if assigned, ok := m.assignments[guid]; ok {
		guid = assigned
	}
	if unique, ok := ref["uniqueAttributes"].(map[string]any); ok && guid == "" {
		qn, _ := unique["qualifiedName"].(string)
		guid = qn
		for _, typeName := range []string{typePersona, typePurpose} {
			if p := m.tenant.data.byQualifiedName(typeName, qn); p != nil {
				guid = p.GUID
			}
		}
	}
	if m.entity(guid) == nil {
		return notReferenced(guid)
	}
	w.parent = guid
	return nil
}

// notReferenced is the metastore's REFERENCED_ENTITY_NOT_FOUND.
func notReferenced(guid string) error {
	return atlasError(http.StatusNotFound, "ATLAS-404-00-00A", "Referenced entity %s is not found", guid)
}

// apply merges what was sent and lets the type's rules have their say.
func (m *mutation) apply(w *write) error {
	for name, value := range w.in.Attributes {
		switch {
		case name == "accessControl" || name == "policies": // relations
		case value == nil:
			delete(w.next.Attributes, name)
		default:
			w.next.Attributes[name] = value
		}
	}
	if w.stored != nil {
		w.next.Attributes["qualifiedName"] = w.stored.qualifiedName()
		if w.in.Status == statusActive && w.stored.Status == statusDeleted {
			w.next.Status = statusActive // pyatlan restores an entity by saving it as active (client/common/asset.py)
		}
	}
	if w.in.documented != nil {
		w.next.DocumentedActions = w.in.documented
	}
	if err := m.rules(w); err != nil {
		return err
	}
	if w.stored == nil {
		m.creates = append(m.creates, w.next)
	} else {
		m.updated(w.next)
	}
	return nil
}

func (m *mutation) rules(w *write) error {
	switch w.in.TypeName {
	case typePersona:
		return m.personaRules(w)
	case typePurpose:
		return m.purposeRules(w)
	case typePolicy:
		return m.policyRules(w)
	case typeConnection:
		return m.connectionRules(w)
	case typeCollection:
		return m.collectionRules(w)
	case typeGlossary:
		return m.glossaryRules(w)
	}
	return nil
}
