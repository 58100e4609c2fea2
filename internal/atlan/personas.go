// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"iter"
	"slices"
	"time"
)

const kindPersona = "persona"

// Personas manages personas: groups of users with policies that say what they may see and do.
//
// Names need not be unique on every tenant; a persona is identified by its GUID.
type Personas struct {
	client   *Client
	entities *personaEntities
	rest     *personaREST
	writes   keyedLock // one writer at a time per persona
}

func newPersonas(c *Client) *Personas {
	return &Personas{client: c, entities: &personaEntities{client: c}, rest: newPersonaREST(c)}
}

// Persona is a persona without its policies.
type Persona struct {
	GUID string
	// QualifiedName is "default/" and an id that the tenant chooses; empty on tenants that serve [SurfacePersonas] only.
	QualifiedName string
	Name          string
	Description   string
	// Enabled is false while the persona's policies have no effect.
	Enabled bool
	// Users and Groups are names: of users, and the internal names of groups.
	Users, Groups []string
	// DenyAssetTabs are the tabs of an asset's sidebar that the persona hides, such as "Lineage".
	DenyAssetTabs []string
	// RoleID is the GUID of the role that the tenant keeps for the persona; empty on [SurfacePersonas].
	RoleID string

	// CreatedBy is a user name; CreatedAt is when.
	CreatedBy string
	CreatedAt time.Time
}

// PersonaInput is what a persona is made of, or changed to.
type PersonaInput struct {
	Name, Description string
	Enabled           bool
	Users, Groups     []string
	DenyAssetTabs     []string
}

// personaSurface is one of the two ways to manage personas.
type personaSurface interface {
	create(ctx context.Context, input PersonaInput) (string, error)
	// certain tells whether find shows at once what create made.
	certain() bool
	get(ctx context.Context, guid string) (Persona, error)
	update(ctx context.Context, guid string, input PersonaInput) error
	remove(ctx context.Context, guid string) error
	all(ctx context.Context) iter.Seq2[Persona, error]
	named(ctx context.Context, name string) ([]Persona, error)
}

func (p *Personas) surface(ctx context.Context) (personaSurface, error) {
	chosen, err := p.client.PersonaSurface(ctx)
	if chosen == SurfacePersonas {
		return p.rest, err
	}
	return p.entities, err
}

// Create makes a persona and returns its GUID; everything else is to be read. It also returns the personas that bore the
// name before. An answer that is lost is made good by looking for the persona; if that does not tell, the error is an
// *[AmbiguousError].
func (p *Personas) Create(ctx context.Context, input PersonaInput) (guid string, namesakes []Persona, err error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return "", nil, err
	}
	unlock, err := p.writes.lock(ctx, "create "+input.Name)
	if err != nil {
		return "", nil, err
	}
	defer unlock()
	namesakes, err = surface.named(ctx, input.Name)
	if err != nil {
		return "", nil, err
	}
	lost := LostCreation{Name: input.Name, From: p.client.Now().Add(-clockTolerance)}
	for _, persona := range namesakes {
		lost.Known = append(lost.Known, persona.GUID)
	}
	c := &creation{
		client: p.client, kind: kindPersona, lost: lost, certain: surface.certain(),
		post: func(ctx context.Context) (string, error) { return surface.create(ctx, input) },
		find: func(ctx context.Context) (string, error) {
			lost.Until = p.client.Now().Add(clockTolerance)
			return first(p.FindLost(ctx, lost))
		},
	}
	guid, err = c.run(ctx)
	return guid, namesakes, err
}

// FindLost returns the GUIDs of the personas that a creation of unknown outcome made: those of its name and time that
// this caller made. Through [SurfaceEntities] a new one is found only after a while.
func (p *Personas) FindLost(ctx context.Context, lost LostCreation) ([]string, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return nil, err
	}
	found, err := surface.named(ctx, lost.Name)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	me, err := p.client.Principals.CurrentUser(ctx)
	if err != nil {
		return nil, err
	}
	var guids []string
	for _, persona := range found {
		if persona.CreatedBy == me.Username && lost.covers(persona.GUID, persona.CreatedAt) {
			guids = append(guids, persona.GUID)
		}
	}
	return guids, nil
}

// Get reads a persona. Concurrent calls are answered by few requests. The error matches [ErrNotFound] when there is
// none, deleted ones included.
func (p *Personas) Get(ctx context.Context, guid string) (Persona, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return Persona{}, err
	}
	return surface.get(ctx, guid)
}

// Update changes everything that is not as it should be and returns the persona as it then is. What the provider does
// not know of stays as it is.
func (p *Personas) Update(ctx context.Context, guid string, input PersonaInput) (Persona, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return Persona{}, err
	}
	unlock, err := p.writes.lock(ctx, guid)
	if err != nil {
		return Persona{}, err
	}
	defer unlock()
	if err := surface.update(ctx, guid, input); err != nil {
		return Persona{}, err
	}
	return surface.get(ctx, guid)
}

// Delete removes a persona and its policies for good. One that does not exist counts as deleted.
func (p *Personas) Delete(ctx context.Context, guid string) error {
	surface, err := p.surface(ctx)
	if err != nil {
		return err
	}
	unlock, err := p.writes.lock(ctx, guid)
	if err != nil {
		return err
	}
	defer unlock()
	return surface.remove(ctx, guid)
}

// FindByName returns all personas of that name. Through [SurfaceEntities] a new one is found only after a while.
func (p *Personas) FindByName(ctx context.Context, name string) ([]Persona, error) {
	surface, err := p.surface(ctx)
	if err != nil {
		return nil, err
	}
	return surface.named(ctx, name)
}

// All lists every persona, a page at a time. It ends with the first error.
func (p *Personas) All(ctx context.Context) iter.Seq2[Persona, error] {
	return func(yield func(Persona, error) bool) {
		surface, err := p.surface(ctx)
		if err != nil {
			yield(Persona{}, err)
			return
		}
		surface.all(ctx)(yield)
	}
}

// covers tells whether an object with that GUID and time of creation may be what the creation made.
func (l LostCreation) covers(guid string, created time.Time) bool {
	return !slices.Contains(l.Known, guid) && !created.Before(l.From) && !created.After(l.Until)
}

func first(guids []string, err error) (string, error) {
	if err != nil || len(guids) == 0 {
		return "", err
	}
	return guids[0], nil
}
