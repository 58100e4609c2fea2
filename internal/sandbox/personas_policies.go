// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// policyInput is a policy as this family takes it (apidocs addmetadatapolicytopersona, adddatapolicytopersona;
// atlan-java GlossaryPolicy of 2022).
type policyInput struct {
	ID                     string   `json:"id"`
	Name                   string   `json:"name"`
	Description            string   `json:"description"`
	Actions                []string `json:"actions"`
	Allow                  *bool    `json:"allow"`
	Assets                 []string `json:"assets"`
	ConnectionID           string   `json:"connectionId"`
	GlossaryQualifiedNames []string `json:"glossaryQualifiedNames"`
}

// policyTypes are the values of an added policy's type, by sub-category.
var policyTypes = map[string]string{"metadataPolicy": "metadata", "dataPolicy": "data", "glossaryPolicy": "glossary"}

// addPersonaPolicy adds one policy of any kind. The part of the documented URL behind # never reaches a server.
func (t *Tenant) addPersonaPolicy(rq *request) (any, error) {
	persona, err := t.livePersona(rq)
	if err != nil {
		return nil, err
	}
	var in struct {
		Type   json.RawMessage `json:"type"`
		Policy *policyInput    `json:"policy"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	if in.Type == nil {
		return nil, missingProperty("type")
	}
	if in.Policy == nil {
		return nil, missingProperty("policy")
	}
	kind := strings.Trim(string(in.Type), `"`)
	subCategory, known := policyTypes[kind]
	if !known && kind != "null" {
		return nil, invalidRequest("Request body has an error: doesn't match the schema: Error at \"/type\": " +
			"value is not one of the allowed values [\"metadataPolicy\",\"dataPolicy\",\"glossaryPolicy\",null]")
	}
	if !known {
		subCategory = in.Policy.guessSubCategory()
	}
	in.Policy.ID = ""
	m := newMutation(t, rq.actor)
	input, err := t.policyEntity(persona, subCategory, in.Policy)
	if err != nil {
		return nil, err
	}
	if err := m.save([]*entityInput{input}); err != nil {
		return nil, asHeracles(err)
	}
	m.commit()
	return t.policyDocument(m.creates[0]), nil
}

// guessSubCategory tells policies apart where no type is given, as answers have none (atlan-java PersonasEndpoint of 2022).
func (in *policyInput) guessSubCategory() string {
	switch {
	case len(in.GlossaryQualifiedNames) > 0:
		return "glossary"
	case in.ConnectionID != "" && len(in.Actions) > 0 && in.Actions[0] == "select":
		return "data"
	}
	return "metadata"
}

// replacePolicies makes a persona's policies those that were sent. None sent leaves them alone; if there is one of the
// lists, all of them have to be there (apidocs updatepersona).
func (m *mutation) replacePolicies(persona *Entity, in *personaInput) error {
	sent := map[string]*[]policyInput{
		"metadata": in.MetadataPolicies, "data": in.DataPolicies, "glossary": in.GlossaryPolicies,
	}
	if in.MetadataPolicies == nil && in.DataPolicies == nil && in.GlossaryPolicies == nil {
		return nil
	}
	var inputs []*entityInput
	var kept []string
	for _, subCategory := range []string{"metadata", "data", "glossary"} {
		list := sent[subCategory]
		if list == nil {
			return missingProperty(policyMembers[subCategory])
		}
		for _, policy := range *list {
			input, err := m.tenant.policyEntity(persona, subCategory, &policy)
			if err != nil {
				return err
			}
			inputs = append(inputs, input)
			kept = append(kept, policy.ID)
		}
	}
	dropped := slices.DeleteFunc(m.tenant.data.policiesOf(persona.GUID), func(p *Entity) bool {
		return !p.active() || policyMembers[p.Text("policySubCategory")] == "" || slices.Contains(kept, p.GUID)
	})
	m.purged = true
	for _, p := range dropped {
		m.remove(p)
	}
	if err := m.save(inputs); err != nil {
		return asHeracles(err)
	}
	return nil
}

// policyEntity translates a policy of this family into an entity.
func (t *Tenant) policyEntity(persona *Entity, subCategory string, in *policyInput) (*entityInput, error) {
	attributes := map[string]any{"qualifiedName": in.Name}
	stored := t.data.Entities[in.ID]
	if in.ID != "" {
		if stored == nil || stored.AccessControl != persona.GUID || !stored.active() || stored.Text("policySubCategory") != subCategory {
			return nil, invalidRequest("Policy with id %s does not exist in persona %s", in.ID, persona.Text("name"))
		}
		attributes["qualifiedName"] = stored.qualifiedName()
	}
	if in.Description != "" || (stored != nil && stored.Text("description") != "") {
		attributes["description"] = in.Description
	}
	if in.Name != "" {
		attributes["name"] = in.Name
	}
	actions, err := currentActions(subCategory, in.Actions)
	if err != nil {
		return nil, err
	}
	attributes["policyActions"] = anyList(actions)
	if subCategory != "glossary" {
		connection := t.data.Entities[in.ConnectionID]
		if connection == nil || connection.TypeName != typeConnection {
			return nil, invalidRequest("Connection with id %s does not exist", in.ConnectionID)
		}
		attributes["connectionQualifiedName"] = connection.qualifiedName()
	}
	maps.Copy(attributes, in.kindAttributes(subCategory))
	attributes["accessControl"] = map[string]any{"guid": persona.GUID, "typeName": typePersona}
	return &entityInput{TypeName: typePolicy, GUID: in.ID, Attributes: attributes, documented: in.Actions}, nil
}

// kindAttributes are those that follow from the kind of policy.
func (in *policyInput) kindAttributes(subCategory string) map[string]any {
	out := map[string]any{
		"policyCategory": "persona", "policySubCategory": subCategory, "policyType": "allow",
		"policyServiceName": serviceAtlas, "policyResourceCategory": resourceCategories[subCategory],
		"policyResources": entityResources(in, subCategory),
	}
	if in.Allow != nil && !*in.Allow {
		out["policyType"] = "deny"
	}
	if subCategory == "data" {
		out["policyServiceName"] = serviceHeka
	}
	return out
}

func entityResources(in *policyInput, subCategory string) []any {
	assets := in.Assets
	if subCategory == "glossary" {
		assets = in.GlossaryQualifiedNames
	}
	resources := []any{}
	for _, asset := range assets {
		resources = append(resources, "entity:"+asset)
	}
	if subCategory == "data" {
		resources = append(resources, "entity-type:*")
	}
	return resources
}

// currentActions translates documented actions. Current names are taken as well, since a persona's policies have to be
// sent back whole (inferred).
func currentActions(subCategory string, actions []string) ([]string, error) {
	current := []string{}
	for _, action := range actions {
		successor, documented := successors[subCategory][action]
		switch {
		case documented && successor == "": // no counterpart
		case documented:
			current = append(current, successor)
		case slices.Contains(policyActions[serviceAtlas+subCategory], action):
			current = append(current, action)
		default:
			return nil, invalidRequest("Request body has an error: doesn't match the schema: Error at \"/policy/actions\": "+
				"value %q is not one of the allowed values", action)
		}
	}
	return current, nil
}

// policyDocument is a policy as this family shows it: without a type, and with the actions as they were sent, or with
// the documented names of those that were written to the entity.
func (t *Tenant) policyDocument(p *Entity) map[string]any {
	actions := p.DocumentedActions
	if actions == nil {
		for _, action := range p.List("policyActions") {
			actions = append(actions, documentedName(p.Text("policySubCategory"), action))
		}
	}
	out := map[string]any{
		"id": p.GUID, "name": p.Text("name"), "allow": p.Text("policyType") != "deny",
		"createdAt": p.CreateTime, "createdBy": p.CreatedBy, "updatedAt": p.UpdateTime, "updatedBy": p.UpdatedBy,
	}
	t.vary.putText(out, "description", p.Text("description"))
	t.putAttribute(out, "actions", anyList(actions))
	assets := []any{}
	for _, r := range p.List("policyResources") {
		if asset, ok := strings.CutPrefix(r, "entity:"); ok {
			assets = append(assets, asset)
		}
	}
	if p.Text("policySubCategory") == "glossary" {
		t.putAttribute(out, "glossaryQualifiedNames", assets)
		return out
	}
	t.putAttribute(out, "assets", assets)
	if c := t.data.byQualifiedName(typeConnection, p.Text("connectionQualifiedName")); c != nil {
		out["connectionId"] = c.GUID
	}
	return out
}
