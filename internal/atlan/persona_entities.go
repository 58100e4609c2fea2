// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"iter"
)

// personaEntities manages personas as entities of the metastore. Facts: pyatlan model/assets/persona.py and the
// metastore's PersonaPreProcessor.
type personaEntities struct{ client *Client }

// certain: what is looked for by name comes from an index that lags.
func (s *personaEntities) certain() bool { return false }

func (s *personaEntities) create(ctx context.Context, input PersonaInput) (string, error) {
	attributes := personaAttributes(input)
	attributes["qualifiedName"] = input.Name // must be there, and is replaced by the tenant
	return s.client.entities.create(ctx, entityInput{TypeName: typePersona, Attributes: attributes})
}

// personaAttributes always hold the flag: the metastore fails without it.
func personaAttributes(input PersonaInput) map[string]any {
	return map[string]any{
		"name": input.Name, "displayName": input.Name, "description": input.Description,
		"isAccessControlEnabled": input.Enabled,
		"personaUsers":           notNil(input.Users), "personaGroups": notNil(input.Groups), "denyAssetTabs": notNil(input.DenyAssetTabs),
	}
}

func (s *personaEntities) get(ctx context.Context, guid string) (Persona, error) {
	found, err := s.client.entities.get(ctx, typePersona, guid)
	if err != nil {
		return Persona{}, err
	}
	// Who reads a persona is likely to read its policies next.
	s.client.entities.loader.expect(activeGUIDs(found.RelationshipAttributes.Policies))
	return personaOf(found), nil
}

func (s *personaEntities) update(ctx context.Context, guid string, input PersonaInput) error {
	current, err := s.client.entities.fresh(ctx, typePersona, guid)
	if err != nil {
		return err
	}
	attributes := personaAttributes(input)
	attributes["qualifiedName"] = current.text("qualifiedName")
	return s.client.entities.update(ctx, entityInput{TypeName: typePersona, GUID: guid, Attributes: attributes})
}

func (s *personaEntities) remove(ctx context.Context, guid string) error {
	return s.client.entities.purge(ctx, typePersona, guid)
}

func (s *personaEntities) all(ctx context.Context) iter.Seq2[Persona, error] {
	return s.found(ctx)
}

func (s *personaEntities) named(ctx context.Context, name string) ([]Persona, error) {
	var found []Persona
	for persona, err := range s.found(ctx, term("name.keyword", name)) {
		if err != nil {
			return nil, err
		}
		if persona.Name == name { // the index may be behind a rename
			found = append(found, persona)
		}
	}
	return found, nil
}

// found reads what the index names, because the index may be behind.
func (s *personaEntities) found(ctx context.Context, filters ...map[string]any) iter.Seq2[Persona, error] {
	return func(yield func(Persona, error) bool) {
		for hit, err := range s.client.entities.searchAndRead(ctx, typePersona, filters...) {
			if !yield(personaOf(hit), err) || err != nil {
				return
			}
		}
	}
}

func personaOf(found entity) Persona {
	enabled, ok := found.flag("isAccessControlEnabled")
	return Persona{
		GUID: found.GUID, QualifiedName: found.text("qualifiedName"), Name: found.text("name"), Description: found.text("description"),
		Enabled: enabled || !ok, // the metastore's default
		Users:   found.list("personaUsers"), Groups: found.list("personaGroups"), DenyAssetTabs: found.list("denyAssetTabs"),
		RoleID: found.text("roleId"), CreatedBy: found.CreatedBy, CreatedAt: found.created(),
	}
}

func activeGUIDs(references []reference) []string {
	var guids []string
	for _, one := range references {
		if one.active() {
			guids = append(guids, one.GUID)
		}
	}
	return guids
}

func notNil(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}

// searchAndRead reads the entities that the index names, a page of hits at a time. Hits that are gone are left out.
func (e *entities) searchAndRead(ctx context.Context, typeName string, filters ...map[string]any) iter.Seq2[entity, error] {
	return func(yield func(entity, error) bool) {
		var page []string
		flush := func() bool {
			e.loader.expect(page)
			for _, guid := range page {
				found, err := e.get(ctx, typeName, guid)
				if errors.Is(err, ErrNotFound) {
					continue
				}
				if !yield(found, err) || err != nil {
					return false
				}
			}
			page = nil
			return true
		}
		for hit, err := range e.search(ctx, typeName, filters...) {
			if err != nil {
				yield(entity{}, err)
				return
			}
			if page = append(page, hit.GUID); len(page) == entitiesPerRead && !flush() {
				return
			}
		}
		flush()
	}
}
