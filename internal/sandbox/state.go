// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// State is what the tenant holds, without any secret. Empty lists are never null.
type State struct {
	APITokens    []APIToken    `json:"api_tokens"`
	OAuthClients []OAuthClient `json:"oauth_clients"`
	Users        []User        `json:"users"`
	Groups       []Group       `json:"groups"`
	Roles        []Role        `json:"roles"`
	Personas     []Entity      `json:"personas"`
	Policies     []Entity      `json:"policies"`
	Connections  []Entity      `json:"connections"`
	Collections  []Entity      `json:"collections"`
	Glossaries   []Entity      `json:"glossaries"`
	Assets       []Entity      `json:"assets"`
	Workflows    []any         `json:"workflows"`
	Runs         []any         `json:"runs"`
	Credentials  []any         `json:"credentials"`
}

// State returns a copy of what the tenant holds.
func (t *Tenant) State() State {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.data
	return State{
		APITokens: copies(d.APITokens), OAuthClients: copies(d.OAuthClients),
		Users: copies(d.Users), Groups: copies(d.Groups), Roles: copies(d.Roles),
		Personas: d.entitiesOf(typePersona), Policies: []Entity{}, Connections: []Entity{}, Collections: []Entity{},
		Glossaries: []Entity{}, Assets: []Entity{},
		Workflows: []any{}, Runs: []any{}, Credentials: []any{},
	}
}

func (d *data) entitiesOf(typeName string) []Entity {
	var of []*Entity
	for _, e := range d.Entities {
		if e.TypeName == typeName {
			of = append(of, e)
		}
	}
	return copies(of)
}

// copies returns deep copies, and never nil.
func copies[T any](records []*T) []T {
	out := make([]T, len(records))
	for i, r := range records {
		out[i] = clone(*r)
	}
	return out
}
