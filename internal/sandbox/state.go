// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "slices"

// State is what the tenant holds, without any secret. Empty lists are never null.
type State struct {
	APITokens    []APIToken    `json:"api_tokens"`
	OAuthClients []OAuthClient `json:"oauth_clients"`
	Users        []User        `json:"users"`
	Groups       []Group       `json:"groups"`
	Roles        []Role        `json:"roles"`
	Personas     []Entity      `json:"personas"`
	Purposes     []Entity      `json:"purposes"`
	Policies     []Entity      `json:"policies"`
	Connections  []Entity      `json:"connections"`
	Collections  []Entity      `json:"collections"`
	Glossaries   []Entity      `json:"glossaries"`
	Assets       []Entity      `json:"assets"`
	Workflows    []Workflow    `json:"workflows"`
	Runs         []Run         `json:"runs"`
	AppWorkflows []AppWorkflow `json:"app_workflows"`
	AppRuns      []AppRun      `json:"app_runs"`
	Credentials  []Credential  `json:"credentials"`
}

// State returns a copy of what the tenant holds. Soft-deleted entities are part of it.
func (t *Tenant) State() State {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settleRuns()
	t.settleAppRuns()
	t.saveIfChanged()
	d := t.data
	assets := d.entitiesWhere(func(e *Entity) bool { return slices.Contains(assetTypes, e.TypeName) })
	return State{
		APITokens: copies(d.APITokens), OAuthClients: copies(d.OAuthClients),
		Users: copies(d.Users), Groups: copies(d.Groups), Roles: copies(d.Roles),
		Personas: copies(d.entitiesOf(typePersona)), Purposes: copies(d.entitiesOf(typePurpose)),
		Policies:    copies(d.entitiesOf(typePolicy)),
		Connections: copies(d.entitiesOf(typeConnection)), Collections: copies(d.entitiesOf(typeCollection)),
		Glossaries: copies(d.entitiesOf(typeGlossary)), Assets: copies(assets),
		Workflows: copies(d.Workflows), Runs: copies(d.Runs),
		AppWorkflows: copies(d.AppWorkflows), AppRuns: copies(d.AppRuns), Credentials: copies(d.Vault),
	}
}

// copies returns deep copies, and never nil.
func copies[T any](records []*T) []T {
	out := make([]T, len(records))
	for i, r := range records {
		out[i] = clone(*r)
	}
	return out
}
