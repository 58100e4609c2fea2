// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

const personasPath = "/api/service/personas"

// personaREST manages personas through the documented REST family, in which users and groups are GUIDs and a persona is
// one document with all its policies (apidocs.atlan.com, personas).
type personaREST struct {
	client  *Client
	loader  *loader[personaDocument]
	listing atomic.Int64 // how many personas the tenant has, as of the last answer that said so
	users   nameCache
	groups  nameCache
}

func newPersonaREST(c *Client) *personaREST {
	s := &personaREST{client: c}
	s.loader = newLoader(c.limit, s.read, s.collect)
	s.users.read = func(ctx context.Context, ids []string) (map[string]string, error) {
		found := map[string]string{}
		for user, err := range c.Principals.listUsers(ctx, filter{"id": filter{"$in": ids}}) {
			if err != nil {
				return nil, err
			}
			found[user.ID] = user.Username
		}
		return found, nil
	}
	s.groups.read = func(ctx context.Context, ids []string) (map[string]string, error) {
		found := map[string]string{}
		for group, err := range c.Principals.listGroups(ctx, filter{"id": filter{"$in": ids}}) {
			if err != nil {
				return nil, err
			}
			found[group.ID] = group.Name
		}
		return found, nil
	}
	return s
}

// personaDocument is a persona with its policies. The policies are kept as they came, because an update must send all
// of them back.
type personaDocument struct {
	ID               string                       `json:"id"`
	Name             string                       `json:"name"`
	Description      string                       `json:"description"`
	Enabled          bool                         `json:"enabled"`
	CreatedAt        int64                        `json:"createdAt"`
	CreatedBy        string                       `json:"createdBy"`
	Users            []string                     `json:"users"`
	Groups           []string                     `json:"groups"`
	MetadataPolicies []map[string]json.RawMessage `json:"metadataPolicies"`
	DataPolicies     []map[string]json.RawMessage `json:"dataPolicies"`
	GlossaryPolicies []map[string]json.RawMessage `json:"glossaryPolicies"`
	Attributes       struct {
		Preferences struct {
			AssetTabsDenyList []string `json:"assetTabsDenyList"`
		} `json:"preferences"`
	} `json:"attributes"`
}

func (s *personaREST) certain() bool { return true }

func (s *personaREST) create(ctx context.Context, input PersonaInput) (string, error) {
	users, groups, err := s.subjects(ctx, input)
	if err != nil {
		return "", err
	}
	body := personaBody(input)
	body["users"], body["groups"] = users, groups
	var created personaDocument
	if err := s.client.do(ctx, call{method: http.MethodPost, path: personasPath, body: body, class: createOnce}, &created); err != nil {
		return "", err
	}
	if created.ID == "" {
		return "", &Error{
			Method: http.MethodPost, Path: personasPath, StatusCode: http.StatusOK,
			Message: "the answer lacks the GUID of the new persona", sentinel: ErrInvalidAnswer,
		}
	}
	return created.ID, nil
}

func personaBody(input PersonaInput) map[string]any {
	return map[string]any{
		"name": input.Name, "displayName": input.Name, "description": input.Description,
		"attributes": map[string]any{"preferences": map[string]any{"assetTabsDenyList": notNil(input.DenyAssetTabs)}},
	}
}

// subjects translates names into the GUIDs that this family wants.
func (s *personaREST) subjects(ctx context.Context, input PersonaInput) (users, groups []string, err error) {
	knownUsers, err := s.client.Principals.ResolveUsers(ctx, input.Users)
	if err != nil {
		return nil, nil, err
	}
	knownGroups, err := s.client.Principals.ResolveGroups(ctx, input.Groups)
	if err != nil {
		return nil, nil, err
	}
	users, groups = []string{}, []string{}
	for _, name := range input.Users {
		if knownUsers[name].ID == "" {
			return nil, nil, fmt.Errorf("no user is named %q: %w", name, ErrNotFound)
		}
		users = append(users, knownUsers[name].ID)
	}
	for _, name := range input.Groups {
		if knownGroups[name].ID == "" {
			return nil, nil, fmt.Errorf("no group is named %q: %w", name, ErrNotFound)
		}
		groups = append(groups, knownGroups[name].ID)
	}
	return users, groups, nil
}

func (s *personaREST) get(ctx context.Context, guid string) (Persona, error) {
	document, err := s.loader.load(ctx, guid)
	if err != nil {
		return Persona{}, err
	}
	return s.persona(ctx, document)
}

func (s *personaREST) persona(ctx context.Context, d personaDocument) (Persona, error) {
	users, err := s.users.names(ctx, d.Users)
	if err != nil {
		return Persona{}, err
	}
	groups, err := s.groups.names(ctx, d.Groups)
	if err != nil {
		return Persona{}, err
	}
	return Persona{
		GUID: d.ID, Name: d.Name, Description: d.Description, Enabled: d.Enabled, Users: users, Groups: groups,
		DenyAssetTabs: d.Attributes.Preferences.AssetTabsDenyList, CreatedBy: d.CreatedBy, CreatedAt: time.UnixMilli(d.CreatedAt).UTC(),
	}, nil
}

// update takes three requests at most: name and description, subjects, and the flag each have an operation of their own.
func (s *personaREST) update(ctx context.Context, guid string, input PersonaInput) error {
	defer s.loader.wrote(guid)
	users, groups, err := s.subjects(ctx, input)
	if err != nil {
		return err
	}
	if err := s.change(ctx, guid, "", personaBody(input)); err != nil {
		return err
	}
	if err := s.change(ctx, guid, "/subjects", map[string]any{"users": users, "groups": groups}); err != nil {
		return err
	}
	action := "disable"
	if input.Enabled {
		action = "enable"
	}
	return s.change(ctx, guid, "/action", map[string]any{"action": action})
}

func (s *personaREST) change(ctx context.Context, guid, operation string, body map[string]any) error {
	return s.client.do(ctx, call{
		method: http.MethodPost, path: personasPath + "/" + url.PathEscape(guid) + operation, body: body, class: replayable,
	}, nil)
}

func (s *personaREST) remove(ctx context.Context, guid string) error {
	defer s.loader.wrote(guid)
	err := s.client.do(ctx, call{method: http.MethodDelete, path: personasPath + "/" + url.PathEscape(guid), class: replayable}, nil)
	if err == nil {
		return nil
	}
	if _, readErr := s.read(ctx, guid); errors.Is(readErr, ErrNotFound) {
		return nil
	}
	return err
}

func (s *personaREST) all(ctx context.Context) iter.Seq2[Persona, error] {
	return func(yield func(Persona, error) bool) {
		for document, err := range s.list(ctx, nil) {
			var persona Persona
			if err == nil {
				persona, err = s.persona(ctx, document)
			}
			if !yield(persona, err) || err != nil {
				return
			}
		}
	}
}

func (s *personaREST) named(ctx context.Context, name string) ([]Persona, error) {
	var found []Persona
	for document, err := range s.list(ctx, filter{"name": name}) {
		if err != nil {
			return nil, err
		}
		if document.Name != name {
			continue
		}
		persona, err := s.persona(ctx, document)
		if err != nil {
			return nil, err
		}
		found = append(found, persona)
	}
	return found, nil
}

// read reads one persona. An unknown one is refused with code 3500 and Keycloak's "404 Not Found" (apidocs deletepersona).
func (s *personaREST) read(ctx context.Context, guid string) (personaDocument, error) {
	var document personaDocument
	err := s.client.do(ctx, call{method: http.MethodGet, path: personasPath + "/" + url.PathEscape(guid), class: replayable}, &document)
	answer, ok := errors.AsType[*Error](err)
	switch {
	case ok && answer.Code == "3500" && strings.Contains(answer.Message, "404"):
		return document, fmt.Errorf("no persona has the GUID %s: %w", guid, ErrNotFound)
	case ok && answer.StatusCode == http.StatusNotFound:
		answer.sentinel = nil // says that the path is not served, by a gateway for instance, and nothing of the persona
	}
	return document, err
}

func (s *personaREST) collect(ctx context.Context, maxRequests int, page func(map[string]personaDocument)) error {
	list := pages(oldestFirst(), nil, s.page(ctx))
	return collectPages(list, &s.listing, maxRequests, func(document personaDocument) string { return document.ID }, page)
}

func (s *personaREST) list(ctx context.Context, selected filter) iter.Seq2[personaDocument, error] {
	return entries(oldestFirst(), selected, s.page(ctx))
}

// page reads one page.
func (s *personaREST) page(ctx context.Context) func(url.Values, *entryPage[personaDocument]) error {
	return func(query url.Values, page *entryPage[personaDocument]) error {
		defer page.storeTotal(&s.listing)
		return s.client.do(ctx, call{method: http.MethodGet, path: personasPath, query: query, class: replayable}, page)
	}
}

// policies returns the persona's policies of a kind, for reading and for changing.
func (d *personaDocument) policies(kind PolicyKind) *[]map[string]json.RawMessage {
	switch kind {
	case PolicyData:
		return &d.DataPolicies
	case PolicyGlossary:
		return &d.GlossaryPolicies
	case PolicyMetadata:
		return &d.MetadataPolicies
	default:
		return &d.MetadataPolicies
	}
}

// policyLists is the part of an update that replaces all policies: when one list is sent, all must be (apidocs
// updatepersona).
func (d *personaDocument) policyLists() map[string]any {
	list := func(policies []map[string]json.RawMessage) []map[string]json.RawMessage {
		return append([]map[string]json.RawMessage{}, policies...)
	}
	return map[string]any{
		"name": d.Name, "metadataPolicies": list(d.MetadataPolicies), "dataPolicies": list(d.DataPolicies), "glossaryPolicies": list(d.GlossaryPolicies),
	}
}
