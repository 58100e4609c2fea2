// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"slices"
	"strconv"
)

// Attributes that the types have beside those that are set; they read as null, or are left out.
var typeAttributes = map[string][]string{
	typePersona:    {"description", "personaUsers", "personaGroups", "denyAssetTabs", "denyCustomMetadataGuids", "channelLink"},
	typePurpose:    {"description", "denyAssetTabs", "denyCustomMetadataGuids", "channelLink"},
	typePolicy:     {"description", "policyUsers", "policyGroups", "policyMaskType", "policyConditions", "policyFilterCriteria"},
	typeConnection: {"description", "adminUsers", "adminGroups", "adminRoles", "defaultCredentialGuid"},
	typeCollection: {"description", "adminUsers", "adminGroups", "viewerUsers", "viewerGroups"},
	typeGlossary:   {"description"},
}

func (t *Tenant) getEntity(rq *request) (any, error) {
	e := t.served(rq.params["guid"])
	if e == nil {
		return nil, unknownGUID(rq.params["guid"])
	}
	if err := t.allow(rq.actor, verbRead, e); err != nil {
		return nil, err
	}
	return map[string]any{"entity": t.shown(e, rq), "referredEntities": map[string]any{}}, nil
}

// getEntities reads several entities at once; one that is unknown fails the whole request (metastore
// EntityREST.getByGuids).
func (t *Tenant) getEntities(rq *request) (any, error) {
	guids := rq.query["guid"]
	if len(guids) == 0 {
		return nil, unknownGUID("[]")
	}
	shown := []any{}
	for _, guid := range guids {
		e := t.served(guid)
		if e == nil {
			return nil, unknownGUID(guid)
		}
		if err := t.allow(rq.actor, verbRead, e); err != nil {
			return nil, err
		}
		shown = append(shown, t.shown(e, rq))
	}
	return map[string]any{"entities": shown, "referredEntities": map[string]any{}}, nil
}

func (t *Tenant) getEntityByName(rq *request) (any, error) {
	typeName := rq.params["type"]
	if !t.servesType(typeName) {
		return nil, unknownType(typeName)
	}
	qn := rq.query.Get("attr:qualifiedName")
	e := t.data.byQualifiedName(typeName, qn)
	if e == nil {
		return nil, unknownName(typeName, qn)
	}
	if !t.may(rq.actor, verbRead, e) {
		return nil, atlasError(http.StatusForbidden, "ATLAS-403-00-001",
			"%s is not authorized to perform read entity: typeName=%s, uniqueAttributes={qualifiedName=%s}",
			rq.actor.username, typeName, qn)
	}
	return map[string]any{"entity": t.shown(e, rq), "referredEntities": map[string]any{}}, nil
}

func unknownGUID(guid string) error {
	return atlasError(http.StatusNotFound, "ATLAS-404-00-005", "Given instance guid %s is invalid/not found", guid)
}

func unknownName(typeName, qualifiedName string) error {
	return atlasError(http.StatusNotFound, "ATLAS-404-00-009",
		"Instance %s with unique attribute {qualifiedName=%s} does not exist", typeName, qualifiedName)
}

// unknownType is the metastore's TYPE_NAME_INVALID.
func unknownType(typeName string) error {
	return atlasError(http.StatusBadRequest, "ATLAS-400-00-014", "Type ENTITY with name %s does not exist", typeName)
}

// servesType says whether the metastore has a type. Where personas are served by the older REST family only, their
// entity types are unknown (inferred).
func (t *Tenant) servesType(name string) bool {
	switch name {
	case typePersona, typePurpose, typePolicy:
		return t.opts.PersonaAPI != SurfacePersonas
	case typeConnection, typeCollection, typeGlossary, typeAppRun:
		return true
	}
	return slices.Contains(assetTypes, name)
}

// served returns the entity with a GUID, if the metastore has it.
func (t *Tenant) served(guid string) *Entity {
	if e := t.data.Entities[guid]; e != nil && t.servesType(e.TypeName) {
		return e
	}
	return nil
}

// shown is an entity as it is read one by one, with its relations unless they are to be ignored.
func (t *Tenant) shown(e *Entity, rq *request) map[string]any {
	out := map[string]any{
		"typeName": e.TypeName, "guid": e.GUID, "status": e.Status, "isIncomplete": false, "version": 0,
		"attributes": t.shownAttributes(e), "labels": []any{},
		"createdBy": e.CreatedBy, "updatedBy": e.UpdatedBy, "createTime": e.CreateTime, "updateTime": e.UpdateTime,
	}
	if names := e.tags(); len(names) > 0 {
		out["classificationNames"], out["classifications"] = t.vary.shuffled(names), e.shownTags()
	}
	if ignore, err := strconv.ParseBool(rq.query.Get("ignoreRelationships")); err != nil || !ignore {
		out["relationshipAttributes"] = t.relations(e)
	}
	return out
}

// shownAttributes gives sets in any order, and what is empty in any of the forms that mean empty.
func (t *Tenant) shownAttributes(e *Entity) map[string]any {
	out := map[string]any{}
	for name, value := range e.Attributes {
		t.putAttribute(out, name, value)
	}
	for _, name := range typeAttributes[e.TypeName] {
		if e.Attributes[name] == nil && t.vary.pick(2) == 0 {
			out[name] = nil
		}
	}
	return out
}

func (t *Tenant) putAttribute(out map[string]any, name string, value any) {
	switch v := value.(type) {
	case string:
		t.vary.putText(out, name, v)
	case []any:
		if len(v) == 0 {
			t.vary.putEmpty(out, name, v)
			return
		}
		if members := texts(v); len(members) == len(v) {
			out[name] = t.vary.shuffled(members)
			return
		}
		out[name] = v
	default:
		out[name] = v
	}
}

// relations hold references only; the policies of a persona or purpose have to be read one by one (pyatlan persona_test.py).
func (t *Tenant) relations(e *Entity) map[string]any {
	out := map[string]any{}
	switch e.TypeName {
	case typePersona, typePurpose:
		refs := []any{}
		policies := t.data.policiesOf(e.GUID)
		order(&t.vary, t.generation, policies, func(p *Entity) string { return p.GUID })
		for _, p := range policies {
			refs = append(refs, relatedTo(p, p.Status))
		}
		out["policies"] = refs
	case typePolicy:
		if parent := t.data.Entities[e.AccessControl]; parent != nil {
			out["accessControl"] = relatedTo(parent, e.Status)
		}
	}
	return out
}

// relatedTo is a reference; a relation to a deleted policy is kept as deleted.
func relatedTo(e *Entity, relationStatus string) map[string]any {
	return map[string]any{
		"guid": e.GUID, "typeName": e.TypeName, "entityStatus": e.Status, "displayText": e.Text("name"),
		"relationshipType": "access_control_policies", "relationshipStatus": relationStatus,
		"uniqueAttributes": map[string]any{"qualifiedName": e.qualifiedName()},
	}
}
