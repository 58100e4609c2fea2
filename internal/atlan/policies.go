// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// PolicyKind says what a policy of a persona is about.
type PolicyKind string

// The kinds of policies.
const (
	// PolicyMetadata is about the metadata of a connection's assets.
	PolicyMetadata PolicyKind = "metadata"
	// PolicyData is about querying the data of a connection's assets.
	PolicyData PolicyKind = "data"
	// PolicyGlossary is about glossaries.
	PolicyGlossary PolicyKind = "glossary"
)

const kindPolicy = "policy"

// Policy is a policy of a persona.
type Policy struct {
	GUID        string
	PersonaGUID string
	Kind        PolicyKind
	Name        string
	Description string
	// Actions by their documented names (apidocs addmetadatapolicytopersona), or by the present ones where none is
	// documented.
	Actions []string
	// Assets are the qualified names that the policy is about: assets, or glossaries.
	Assets []string
	// Allow is false for an explicit deny.
	Allow bool
	// ConnectionGUID or ConnectionQualifiedName identifies the connection, whichever the surface tells; both are empty
	// for glossary policies.
	ConnectionGUID, ConnectionQualifiedName string
}

// PolicyInput is what a policy is made of, or changed to. Persona, kind and connection cannot change.
type PolicyInput struct {
	PersonaGUID       string
	Kind              PolicyKind
	Name, Description string
	Actions, Assets   []string
	Allow             bool
	// Connection must have both identities, except for glossary policies.
	Connection Connection
}

// NameTakenError says that a persona already has a policy of that name.
type NameTakenError struct {
	// Name of the policy, and the GUID of the one that has it.
	Name, GUID string
}

// Error implements error.
func (e *NameTakenError) Error() string {
	return fmt.Sprintf("the persona already has a policy named %q (%s)", e.Name, e.GUID)
}

// Is makes it a conflict.
func (e *NameTakenError) Is(target error) bool { return target == ErrConflict }

// Policies manages the policies of personas. Writers of one persona's policies wait for each other.
type Policies struct {
	client *Client
}

// policySurface is one of the two ways to manage policies.
type policySurface interface {
	create(ctx context.Context, input PolicyInput) (string, error)
	get(ctx context.Context, kind PolicyKind, personaGUID, guid string) (Policy, error)
	update(ctx context.Context, guid string, input PolicyInput) error
	remove(ctx context.Context, kind PolicyKind, personaGUID, guid string) error
	// locate reads a policy whose persona is not known.
	locate(ctx context.Context, kind PolicyKind, guid string) (Policy, error)
	// of reads the persona's policies as they are now.
	of(ctx context.Context, personaGUID string) ([]Policy, error)
	// names reads GUIDs and names of all the persona's policies as they are now.
	names(ctx context.Context, personaGUID string) (map[string]string, error)
}

func (p *Policies) surface(ctx context.Context) (policySurface, error) {
	chosen, err := p.client.PersonaSurface(ctx)
	if chosen == SurfacePersonas {
		return &policyREST{client: p.client, personas: p.client.Personas.rest}, err
	}
	return &policyEntities{client: p.client}, err
}

// Create makes a policy and returns its GUID; everything else is to be read. A name that the persona already uses is a
// *[NameTakenError]: the tenant's own check looks at an index that lags, and lets two creations at a time pass. An
// answer that is lost is made good by looking at the persona's policies; if that fails too, the error is an
// *[AmbiguousError].
func (p *Policies) Create(ctx context.Context, input PolicyInput) (string, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return "", err
	}
	unlock, err := p.client.Personas.writes.lock(ctx, input.PersonaGUID)
	if err != nil {
		return "", err
	}
	defer unlock()
	known, err := surface.names(ctx, input.PersonaGUID)
	if err != nil {
		return "", err
	}
	if err := nameIsFree(known, input.Name, ""); err != nil {
		return "", err
	}
	lost := LostCreation{Name: input.Name, Parent: input.PersonaGUID, Kind: string(input.Kind)}
	for guid := range known {
		lost.Known = append(lost.Known, guid)
	}
	c := &creation{
		client: p.client, kind: kindPolicy, lost: lost, certain: true,
		post: func(ctx context.Context) (guid string, err error) {
			err = p.client.afterGrant(ctx, input.Connection.GUID, func() error {
				guid, err = surface.create(ctx, input)
				return err
			})
			return guid, err
		},
		find: func(ctx context.Context) (string, error) { return first(p.FindLost(ctx, lost)) },
	}
	return c.run(ctx)
}

// FindLost returns the GUIDs of the policies that a creation of unknown outcome made: those of its name that its persona
// did not have before.
func (p *Policies) FindLost(ctx context.Context, lost LostCreation) ([]string, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return nil, err
	}
	names, err := surface.names(ctx, lost.Parent)
	if errors.Is(err, ErrNotFound) {
		return nil, nil // with its persona
	}
	var guids []string
	for guid, name := range names {
		if name == lost.Name && !slices.Contains(lost.Known, guid) {
			guids = append(guids, guid)
		}
	}
	return guids, err
}

func nameIsFree(known map[string]string, name, except string) error {
	for guid, taken := range known {
		if taken == name && guid != except {
			return &NameTakenError{Name: name, GUID: guid}
		}
	}
	return nil
}

// Get reads a policy. Concurrent calls are answered by few requests. The error matches [ErrNotFound] when there is none.
func (p *Policies) Get(ctx context.Context, kind PolicyKind, personaGUID, guid string) (Policy, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return Policy{}, err
	}
	return surface.get(ctx, kind, personaGUID, guid)
}

// Update changes a policy and returns it as it then is. What the provider does not know of stays as it is.
func (p *Policies) Update(ctx context.Context, guid string, input PolicyInput) (Policy, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return Policy{}, err
	}
	unlock, err := p.client.Personas.writes.lock(ctx, input.PersonaGUID)
	if err != nil {
		return Policy{}, err
	}
	defer unlock()
	known, err := surface.names(ctx, input.PersonaGUID)
	if err != nil {
		return Policy{}, err
	}
	if err := nameIsFree(known, input.Name, guid); err != nil {
		return Policy{}, err
	}
	err = p.client.afterGrant(ctx, input.Connection.GUID, func() error { return surface.update(ctx, guid, input) })
	if err != nil {
		return Policy{}, err
	}
	return surface.get(ctx, input.Kind, input.PersonaGUID, guid)
}

// Delete removes a policy for good. One that does not exist, or whose persona does not, counts as deleted.
func (p *Policies) Delete(ctx context.Context, kind PolicyKind, personaGUID, guid string) error {
	surface, err := p.surface(ctx)
	if err != nil {
		return err
	}
	unlock, err := p.client.Personas.writes.lock(ctx, personaGUID)
	if err != nil {
		return err
	}
	defer unlock()
	return surface.remove(ctx, kind, personaGUID, guid)
}

// Locate reads a policy whose persona is not known; through [SurfacePersonas] that looks at every persona. The error
// matches [ErrNotFound] when there is none.
func (p *Policies) Locate(ctx context.Context, kind PolicyKind, guid string) (Policy, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return Policy{}, err
	}
	return surface.locate(ctx, kind, guid)
}

// Of returns a persona's policies as they are now, those of other kinds than [PolicyKind] names left out.
func (p *Policies) Of(ctx context.Context, personaGUID string) ([]Policy, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return nil, err
	}
	return surface.of(ctx, personaGUID)
}
