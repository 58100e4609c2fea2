// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// policyREST manages policies through the documented family of personas, which adds a policy by itself but changes and
// deletes one only by replacing all policies of the persona (apidocs addmetadatapolicytopersona, updatepersona).
type policyREST struct {
	client   *Client
	personas *personaREST
}

// updateAttempts is how often a change is made again after another writer has overwritten it.
const updateAttempts = 10

// policyDocument is a policy as this family writes and shows it. Its members are in the order of apidocs' example.
type policyDocument struct {
	Actions                []string `json:"actions"`
	Assets                 []string `json:"assets,omitempty"`
	GlossaryQualifiedNames []string `json:"glossaryQualifiedNames,omitempty"`
	ConnectionID           string   `json:"connectionId,omitempty"`
	Allow                  bool     `json:"allow"`
	Name                   string   `json:"name"`
	Description            string   `json:"description"`
}

func (k PolicyKind) restType() string { return string(k) + "Policy" }

func documentOf(input PolicyInput) policyDocument {
	document := policyDocument{
		Actions: notNil(input.Actions), ConnectionID: input.Connection.GUID, Allow: input.Allow, Name: input.Name, Description: input.Description,
	}
	if input.Kind == PolicyGlossary {
		document.GlossaryQualifiedNames = input.Assets
	} else {
		document.Assets = input.Assets
	}
	return document
}

func (s *policyREST) create(ctx context.Context, input PolicyInput) (string, error) {
	defer s.personas.loader.wrote(input.PersonaGUID)
	path := personasPath + "/" + url.PathEscape(input.PersonaGUID) + "/policies"
	var created struct {
		ID string `json:"id"`
	}
	err := s.client.do(ctx, call{
		method: http.MethodPost, path: path, class: createOnce, body: map[string]any{"type": input.Kind.restType(), "policy": documentOf(input)},
	}, &created)
	if err == nil && created.ID == "" {
		err = &Error{
			Method: http.MethodPost, Path: path, StatusCode: http.StatusOK,
			Message: "the answer lacks the GUID of the new policy", sentinel: ErrInvalidAnswer,
		}
	}
	return created.ID, err
}

func (s *policyREST) get(ctx context.Context, kind PolicyKind, personaGUID, guid string) (Policy, error) {
	document, err := s.personas.loader.load(ctx, personaGUID)
	if err != nil {
		return Policy{}, err
	}
	policy, err := policyIn(&document, kind, guid)
	if !errors.Is(err, ErrNotFound) {
		return policy, err
	}
	// The document may have come along with others, a while ago: what it lacks is confirmed by a read of its own.
	if document, err = s.personas.read(ctx, personaGUID); err != nil {
		return Policy{}, err
	}
	return policyIn(&document, kind, guid)
}

func policyIn(document *personaDocument, kind PolicyKind, guid string) (Policy, error) {
	for _, raw := range *document.policies(kind) {
		if memberText(raw, "id") == guid {
			return policyFrom(document, kind, raw)
		}
	}
	return Policy{}, fmt.Errorf("there is no %s policy with GUID %s: %w", kind, guid, ErrNotFound)
}

func policyFrom(document *personaDocument, kind PolicyKind, raw map[string]json.RawMessage) (Policy, error) {
	encoded, err := json.Marshal(raw)
	if err != nil {
		return Policy{}, err
	}
	var shown policyDocument
	if err := json.Unmarshal(encoded, &shown); err != nil {
		return Policy{}, fmt.Errorf("reading a policy of persona %s: %w", document.ID, err)
	}
	policy := Policy{
		GUID: memberText(raw, "id"), PersonaGUID: document.ID, Kind: kind, Name: shown.Name, Description: shown.Description,
		Actions: kind.documented(shown.Actions), Assets: shown.Assets, Allow: shown.Allow, ConnectionGUID: shown.ConnectionID,
	}
	if kind == PolicyGlossary {
		policy.Assets = shown.GlossaryQualifiedNames
	}
	return policy, nil
}

func (s *policyREST) update(ctx context.Context, guid string, input PolicyInput) error {
	encoded, err := json.Marshal(documentOf(input))
	if err != nil {
		return err
	}
	var changed map[string]json.RawMessage
	if err := json.Unmarshal(encoded, &changed); err != nil {
		return err
	}
	return s.rewrite(ctx, input.PersonaGUID, func(document *personaDocument) error {
		for _, policy := range *document.policies(input.Kind) {
			if memberText(policy, "id") == guid {
				maps.Copy(policy, changed)
				return nil
			}
		}
		return fmt.Errorf("there is no %s policy with GUID %s: %w", input.Kind, guid, ErrNotFound)
	}, func(document *personaDocument) bool {
		policy, err := policyIn(document, input.Kind, guid)
		return err == nil && sameSet(policy.Actions, input.Actions) && sameSet(policy.Assets, input.Assets) &&
			policy.Name == input.Name && policy.Description == input.Description && policy.Allow == input.Allow
	})
}

func (s *policyREST) remove(ctx context.Context, kind PolicyKind, personaGUID, guid string) error {
	has := func(policy map[string]json.RawMessage) bool { return memberText(policy, "id") == guid }
	err := s.rewrite(ctx, personaGUID, func(document *personaDocument) error {
		list := document.policies(kind)
		if !slices.ContainsFunc(*list, has) {
			return errNothingToDo
		}
		*list = slices.DeleteFunc(*list, has)
		return nil
	}, func(document *personaDocument) bool { return !slices.ContainsFunc(*document.policies(kind), has) })
	if errors.Is(err, ErrNotFound) || errors.Is(err, errNothingToDo) {
		return nil
	}
	return err
}

var errNothingToDo = errors.New("nothing to do")

// rewrite changes the persona's policies: read, change, write all, read again, and once more after as long as another writer
// may take between the two. If one has overwritten the change meanwhile, or has deleted a policy that was written along with
// it, it is made again. Between the read and the write somebody else's change can be lost, and a policy that somebody has
// added meanwhile is deleted: the API has no way to prevent that.
func (s *policyREST) rewrite(ctx context.Context, personaGUID string, change func(*personaDocument) error, done func(*personaDocument) bool) error {
	defer s.personas.loader.wrote(personaGUID)
	for range updateAttempts {
		begun := time.Now()
		document, err := s.personas.read(ctx, personaGUID)
		if err != nil {
			return err
		}
		before := document.policyGUIDs()
		if err := change(&document); err != nil {
			return err
		}
		refused := s.personas.change(ctx, personaGUID, "", document.policyLists())
		took := time.Since(begun)
		after, err := s.personas.read(ctx, personaGUID)
		switch {
		case refused != nil && (err != nil || sameSet(before, after.policyGUIDs())):
			return refused
		case err != nil:
			return err
		case refused == nil && done(&after):
			if sleep(ctx, 3*took) != nil {
				return nil // it was verified once
			}
			if after, err = s.personas.read(ctx, personaGUID); err != nil || done(&after) {
				return nil
			}
		}
		_ = sleep(ctx, rand.N(2*took+1)) //nolint:gosec // so that two writers get out of step
	}
	return fmt.Errorf("somebody else is changing the policies of persona %s: after %d attempts this change was overwritten each time: %w",
		personaGUID, updateAttempts, ErrConflict)
}

// policyGUIDs are those of the persona's policies.
func (d *personaDocument) policyGUIDs() []string {
	var guids []string
	for _, kind := range []PolicyKind{PolicyMetadata, PolicyData, PolicyGlossary} {
		for _, policy := range *d.policies(kind) {
			guids = append(guids, memberText(policy, "id"))
		}
	}
	return guids
}

func (s *policyREST) locate(ctx context.Context, kind PolicyKind, guid string) (Policy, error) {
	for document, err := range s.personas.list(ctx, nil) {
		if err != nil {
			return Policy{}, err
		}
		if policy, err := policyIn(&document, kind, guid); !errors.Is(err, ErrNotFound) {
			return policy, err
		}
	}
	return Policy{}, fmt.Errorf("there is no %s policy with GUID %s: %w", kind, guid, ErrNotFound)
}

func (s *policyREST) of(ctx context.Context, personaGUID string) ([]Policy, error) {
	document, err := s.personas.read(ctx, personaGUID)
	if err != nil {
		return nil, err
	}
	var policies []Policy
	for _, kind := range []PolicyKind{PolicyMetadata, PolicyData, PolicyGlossary} {
		for _, raw := range *document.policies(kind) {
			policy, err := policyFrom(&document, kind, raw)
			if err != nil {
				return nil, err
			}
			policies = append(policies, policy)
		}
	}
	return policies, nil
}

func (s *policyREST) names(ctx context.Context, personaGUID string) (map[string]string, error) {
	document, err := s.personas.read(ctx, personaGUID)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, kind := range []PolicyKind{PolicyMetadata, PolicyData, PolicyGlossary} {
		for _, policy := range *document.policies(kind) {
			names[memberText(policy, "id")] = memberText(policy, "name")
		}
	}
	return names, nil
}

func memberText(policy map[string]json.RawMessage, member string) string { return text(policy[member]) }

func sameSet(one, other []string) bool {
	one, other = slices.Sorted(slices.Values(one)), slices.Sorted(slices.Values(other))
	return slices.Equal(slices.Compact(one), slices.Compact(other))
}
