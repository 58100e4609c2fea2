// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// This file and its neighbours serve /api/service/personas, the REST family that apidocs documents, over the same
// personas and policies that the metastore serves as entities.

func (t *Tenant) personaRoutes() []route {
	const family = "/api/service/personas"
	return []route{
		on("GET", family, forAdmins(t.listPersonas)),
		on("POST", family, forAdmins(t.createPersona)),
		on("GET", family+"/{id}", forAdmins(t.getPersona)),
		on("POST", family+"/{id}", forAdmins(t.updatePersona)),
		on("DELETE", family+"/{id}", forAdmins(t.deletePersona)),
		on("POST", family+"/{id}/subjects", forAdmins(t.setPersonaSubjects)),
		on("POST", family+"/{id}/action", forAdmins(t.togglePersona)),
		on("POST", family+"/{id}/policies", forAdmins(t.addPersonaPolicy)),
	}
}

// livePersona returns the persona of the path. One that is unknown or deleted is answered as apidocs shows it for
// deletepersona.
func (t *Tenant) livePersona(rq *request) (*Entity, error) {
	id := rq.params["id"]
	if p := t.data.Entities[id]; p != nil && p.TypeName == typePersona && p.active() {
		return p, nil
	}
	return nil, keycloakError("404 Not Found: Could not find role with id %s", id)
}

func (t *Tenant) listPersonas(rq *request) (any, error) {
	var records []listed
	for _, p := range t.data.entitiesOf(typePersona) {
		if !p.active() {
			continue
		}
		records = append(records, listed{
			id: p.GUID,
			fields: map[string]any{
				"id": p.GUID, "name": p.Text("name"), "displayName": p.Text("displayName"), "createdBy": p.CreatedBy,
				"updatedBy": p.UpdatedBy, "createdAt": p.CreateTime, "updatedAt": p.UpdateTime,
			},
			show: func() any { return t.personaDocument(p) },
		})
	}
	return t.list(rq, []string{"id", "name", "displayName", "createdBy", "updatedBy"}, []string{"createdAt", "updatedAt"}, records)
}

func (t *Tenant) getPersona(rq *request) (any, error) {
	p, err := t.livePersona(rq)
	if err != nil {
		return nil, err
	}
	return t.personaDocument(p), nil
}

func (t *Tenant) createPersona(rq *request) (any, error) {
	in := personaInput{}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	for name, missing := range map[string]bool{
		"name": in.Name == nil, "displayName": in.DisplayName == nil, "users": in.Users == nil, "groups": in.Groups == nil,
	} {
		if missing {
			return nil, missingProperty(name)
		}
	}
	if err := t.checkPersonaName(*in.Name, ""); err != nil {
		return nil, err
	}
	attributes := in.attributes()
	attributes["qualifiedName"] = *in.Name
	if err := t.putSubjects(attributes, *in.Users, *in.Groups); err != nil {
		return nil, err
	}
	m := newMutation(t, rq.actor)
	if err := m.save([]*entityInput{{TypeName: typePersona, GUID: "-1", Attributes: attributes}}); err != nil {
		return nil, asHeracles(err)
	}
	created := m.creates[0]
	if err := m.replacePolicies(created, &in); err != nil {
		return nil, err
	}
	m.commit()
	return t.personaDocument(created), nil
}

// updatePersona replaces the policies with those that are sent: a policy can be changed or dropped in no other way.
// Users, groups and the flag have operations of their own; that they are not looked at here is inferred.
func (t *Tenant) updatePersona(rq *request) (any, error) {
	p, err := t.livePersona(rq)
	if err != nil {
		return nil, err
	}
	in := personaInput{}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.Name == nil {
		return nil, missingProperty("name")
	}
	if err := t.checkPersonaName(*in.Name, p.GUID); err != nil {
		return nil, err
	}
	m := newMutation(t, rq.actor)
	attributes := in.attributes()
	attributes["qualifiedName"] = p.qualifiedName()
	attributes["isAccessControlEnabled"] = p.Attributes["isAccessControlEnabled"]
	if err := m.save([]*entityInput{{TypeName: typePersona, GUID: p.GUID, Attributes: attributes}}); err != nil {
		return nil, asHeracles(err)
	}
	if err := m.replacePolicies(p, &in); err != nil {
		return nil, err
	}
	m.commit()
	return t.personaDocument(t.data.Entities[p.GUID]), nil
}

func (t *Tenant) deletePersona(rq *request) (any, error) {
	p, err := t.livePersona(rq)
	if err != nil {
		return nil, err
	}
	m := newMutation(t, rq.actor)
	m.purged = true
	m.remove(p)
	m.commit()
	return nil, nil
}

// setPersonaSubjects replaces users and groups; the answer is empty (apidocs).
func (t *Tenant) setPersonaSubjects(rq *request) (any, error) {
	p, err := t.livePersona(rq)
	if err != nil {
		return nil, err
	}
	in := personaInput{}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.Users == nil {
		return nil, missingProperty("users")
	}
	if in.Groups == nil {
		return nil, missingProperty("groups")
	}
	attributes := map[string]any{}
	if err := t.putSubjects(attributes, *in.Users, *in.Groups); err != nil {
		return nil, err
	}
	return nil, t.rewritePersona(rq, p, attributes)
}

// togglePersona enables or disables a persona; the answer is null (apidocs togglepersona).
func (t *Tenant) togglePersona(rq *request) (any, error) {
	p, err := t.livePersona(rq)
	if err != nil {
		return nil, err
	}
	var in struct {
		Action string `json:"action"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.Action != "enable" && in.Action != "disable" {
		return nil, invalidRequest("Request body has an error: doesn't match the schema: Error at \"/action\": " +
			"value is not one of the allowed values [\"enable\",\"disable\"]")
	}
	if err := t.rewritePersona(rq, p, map[string]any{"isAccessControlEnabled": in.Action == "enable"}); err != nil {
		return nil, err
	}
	return jsonNull, nil
}

// rewritePersona changes some attributes of a persona.
func (t *Tenant) rewritePersona(rq *request, p *Entity, attributes map[string]any) error {
	attributes["name"], attributes["qualifiedName"] = p.Text("name"), p.qualifiedName()
	if _, ok := attributes["isAccessControlEnabled"]; !ok {
		attributes["isAccessControlEnabled"] = p.Attributes["isAccessControlEnabled"]
	}
	m := newMutation(t, rq.actor)
	if err := m.save([]*entityInput{{TypeName: typePersona, GUID: p.GUID, Attributes: attributes}}); err != nil {
		return asHeracles(err)
	}
	m.commit()
	return nil
}

// checkPersonaName refuses a name that another persona has: "must be unique" (apidocs createpersona). The form of the
// error is inferred from the one for groups.
func (t *Tenant) checkPersonaName(name, except string) error {
	for _, p := range t.data.entitiesOf(typePersona) {
		if p.active() && p.GUID != except && p.Text("name") == name {
			return keycloakError("409 Conflict: Persona with name '%s' already exists.", name)
		}
	}
	return nil
}
