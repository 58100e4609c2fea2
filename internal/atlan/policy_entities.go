// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// policyEntities manages policies as AuthPolicy entities of the metastore. Facts: pyatlan model/assets/persona.py, and
// the metastore's AuthPolicyPreProcessor and AuthPolicyValidator.
type policyEntities struct{ client *Client }

const (
	entityResource = "entity:"
	// anyEntityType is what the SDKs add to the resources of data policies.
	anyEntityType = "entity-type:*"
)

func (s *policyEntities) create(ctx context.Context, input PolicyInput) (string, error) {
	attributes := policyAttributes(input)
	attributes["qualifiedName"] = input.Name // must be there, and is replaced by the tenant
	guid, err := s.client.entities.create(ctx, entityInput{TypeName: typePolicy, Attributes: attributes})
	s.client.entities.loader.wrote(input.PersonaGUID) // which now refers to the policy
	return guid, err
}

// policyAttributes are those that the metastore wants in every save of a policy.
func policyAttributes(input PolicyInput) map[string]any {
	service, category, resources := "atlas", "CUSTOM", []string{}
	for _, asset := range input.Assets {
		resources = append(resources, entityResource+asset)
	}
	if input.Kind == PolicyData {
		service, category = "heka", "ENTITY"
		resources = append(resources, anyEntityType)
	}
	policyType := "allow"
	if !input.Allow {
		policyType = "deny"
	}
	attributes := map[string]any{
		"name": input.Name, "description": input.Description,
		"policyType": policyType, "policyCategory": "persona", "policySubCategory": string(input.Kind),
		"policyServiceName": service, "policyResourceCategory": category,
		"policyActions": input.Kind.present(input.Actions), "policyResources": resources,
		"accessControl": reference{TypeName: typePersona, GUID: input.PersonaGUID},
	}
	if input.Kind != PolicyGlossary {
		attributes["connectionQualifiedName"] = input.Connection.QualifiedName
	}
	return attributes
}

func (s *policyEntities) get(ctx context.Context, kind PolicyKind, personaGUID, guid string) (Policy, error) {
	s.client.entities.expectFamily(ctx, personaGUID)
	found, err := s.client.entities.get(ctx, typePolicy, guid)
	if err != nil {
		return Policy{}, err
	}
	policy := policyOf(found)
	if policy.Kind != kind || policy.PersonaGUID != personaGUID && personaGUID != "" {
		return Policy{}, fmt.Errorf("there is no %s policy with GUID %s: %w", kind, guid, ErrNotFound)
	}
	return policy, nil
}

// update sends the whole policy and keeps what is not managed: the service, and resources that are no assets.
func (s *policyEntities) update(ctx context.Context, guid string, input PolicyInput) error {
	current, err := s.client.entities.fresh(ctx, typePolicy, guid)
	if err != nil {
		return err
	}
	attributes := policyAttributes(input)
	attributes["qualifiedName"] = current.text("qualifiedName")
	attributes["policyServiceName"] = current.text("policyServiceName")
	resources := slices.DeleteFunc(current.list("policyResources"), func(r string) bool { return strings.HasPrefix(r, entityResource) })
	for _, asset := range input.Assets {
		resources = append(resources, entityResource+asset)
	}
	attributes["policyResources"] = resources
	return s.client.entities.update(ctx, entityInput{TypeName: typePolicy, GUID: guid, Attributes: attributes})
}

func (s *policyEntities) remove(ctx context.Context, _ PolicyKind, _, guid string) error {
	return s.client.entities.purge(ctx, typePolicy, guid)
}

func (s *policyEntities) locate(ctx context.Context, kind PolicyKind, guid string) (Policy, error) {
	return s.get(ctx, kind, "", guid)
}

func (s *policyEntities) of(ctx context.Context, personaGUID string) ([]Policy, error) {
	persona, err := s.client.entities.fresh(ctx, typePersona, personaGUID)
	if err != nil {
		return nil, err
	}
	guids := activeGUIDs(persona.RelationshipAttributes.Policies)
	s.client.entities.loader.expect(guids)
	var policies []Policy
	for _, guid := range guids {
		found, err := s.client.entities.get(ctx, typePolicy, guid)
		if errors.Is(err, ErrNotFound) { // deleted meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		if policy := policyOf(found); documentedActions[policy.Kind] != nil {
			policies = append(policies, policy)
		}
	}
	return policies, nil
}

// names come from the persona's references, whose display text is the name; where a tenant leaves that out, the
// policies are read.
func (s *policyEntities) names(ctx context.Context, personaGUID string) (map[string]string, error) {
	persona, err := s.client.entities.fresh(ctx, typePersona, personaGUID)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, policy := range persona.RelationshipAttributes.Policies {
		if !policy.active() {
			continue
		}
		names[policy.GUID] = policy.DisplayText
		if policy.DisplayText != "" {
			continue
		}
		found, err := s.client.entities.get(ctx, typePolicy, policy.GUID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		names[policy.GUID] = found.text("name")
	}
	return names, nil
}

func policyOf(found entity) Policy {
	policy := Policy{
		GUID: found.GUID, Kind: PolicyKind(found.text("policySubCategory")), Name: found.text("name"), Description: found.text("description"),
		Allow: found.text("policyType") != "deny", ConnectionQualifiedName: found.text("connectionQualifiedName"),
	}
	policy.Actions = policy.Kind.documented(found.list("policyActions"))
	if parent := found.RelationshipAttributes.AccessControl; parent != nil {
		policy.PersonaGUID = parent.GUID
	}
	for _, resource := range found.list("policyResources") {
		if asset, ok := strings.CutPrefix(resource, entityResource); ok {
			policy.Assets = append(policy.Assets, asset)
		}
	}
	return policy
}
