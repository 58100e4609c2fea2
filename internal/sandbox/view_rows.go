// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// overview is what the web view shows. It is built field by field, so that nothing gets there by accident: inputs of
// workflows and the vault stay out of it.
type overview struct {
	// Notes say what makes this tenant behave differently from one without any option.
	Notes       []string                 `json:"notes"`
	Tokens      viewList[viewToken]      `json:"tokens"`
	Personas    viewList[viewPersona]    `json:"personas"`
	Connections viewList[viewConnection] `json:"connections"`
	Collections viewList[viewConnection] `json:"collections"`
	Workflows   viewList[viewWorkflow]   `json:"workflows"`
	Journal     viewList[Request]        `json:"journal"`
}

type viewToken struct {
	GUID     string   `json:"guid"`
	Name     string   `json:"name"`
	ClientID string   `json:"client_id"`
	Personas []string `json:"personas"`
	Created  string   `json:"created"`
	Creator  string   `json:"creator"`
	Expires  string   `json:"expires"`
	Expired  bool     `json:"expired"`
}

type viewPersona struct {
	GUID          string          `json:"guid"`
	Name          string          `json:"name"`
	QualifiedName string          `json:"qualified_name"`
	Status        string          `json:"status"`
	Members       []viewMember    `json:"members"`
	MemberCount   int             `json:"member_count"`
	Policies      []viewPolicyRow `json:"policies"`
	PolicyCount   int             `json:"policy_count"`
}

type viewPolicyRow struct {
	GUID    string   `json:"guid"`
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	Effect  string   `json:"effect"`
	Enabled bool     `json:"enabled"`
	Actions []string `json:"actions"`
	On      []string `json:"on"`
	OnCount int      `json:"on_count"`
}

// viewMember is a user, group, role, API token or persona, with what it is a member as where there are several ways.
type viewMember struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
	As   string `json:"as,omitempty"`
}

type viewConnection struct {
	GUID          string       `json:"guid"`
	Name          string       `json:"name"`
	Connector     string       `json:"connector,omitempty"`
	QualifiedName string       `json:"qualified_name"`
	Status        string       `json:"status"`
	Members       []viewMember `json:"members"`
	MemberCount   int          `json:"member_count"`
}

// overview answers a query.
func (t *Tenant) overview(q viewQuery) overview {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settleRuns()
	t.settleAppRuns()
	t.saveIfChanged()
	tokenNames := map[string]string{}
	for _, k := range t.data.APITokens {
		tokenNames[k.Username()] = k.DisplayName
	}
	return overview{
		Notes:       t.viewNotes(),
		Tokens:      t.viewTokens(q),
		Personas:    t.viewPersonas(q, tokenNames),
		Connections: t.viewConnections(q, "connections", typeConnection, tokenNames),
		Collections: t.viewConnections(q, "collections", typeCollection, tokenNames),
		Workflows:   t.viewWorkflows(q, tokenNames),
		Journal:     t.journal.view(q, tokenNames),
	}
}

// viewNotes are sentences, so that whoever looks for the reason of an odd answer finds it here.
func (t *Tenant) viewNotes() []string {
	o, notes := t.opts, []string{}
	note := func(applies bool, format string, args ...any) {
		if applies {
			notes = append(notes, fmt.Sprintf(format, args...))
		}
	}
	note(t.data.ClockOffset != 0, "The clock is ahead by %s.", t.data.ClockOffset.Round(time.Second))
	for i, f := range t.faults.faults {
		matched, what := t.faults.matched[i], string(f.Kind)
		if f.Status != 0 {
			what += fmt.Sprintf(" %d", f.Status)
		}
		note(matched < f.Nth-1, "Fault to come: %s %s, %s, after %d more.", cmp.Or(strings.ToUpper(f.Method), "any"), f.Path, what, f.Nth-1-matched)
		note(matched >= f.Nth-1 && matched < f.Nth+f.Times-1, "Fault to come: %s %s, %s, the next %d.",
			cmp.Or(strings.ToUpper(f.Method), "any"), f.Path, what, f.Nth+f.Times-1-matched)
	}
	note(o.PersonaAPI != SurfaceBoth, "Personas are served by one API only: %s.", o.PersonaAPI)
	note(o.WorkflowAPI != SurfaceBoth, "Workflows are served by one API only: %s.", o.WorkflowAPI)
	note(t.connectionAdminPackage != PackageEnabled, "The package for connection admins is %s.",
		strings.ReplaceAll(t.connectionAdminPackage, "_", " "))
	note(o.RateLimit > 0, "Each actor may make %d requests a minute.", o.RateLimit)
	note(o.Latency > 0, "Every answer takes %s longer.", o.Latency)
	note(o.SearchLag > 0, "A change is found by search after %s.", o.SearchLag)
	note(o.RoleLag > 0, "New connection admins may act after %s.", o.RoleLag)
	return notes
}

func (t *Tenant) viewTokens(q viewQuery) viewList[viewToken] {
	all, now := t.data.APITokens, t.now()
	matching := slices.DeleteFunc(slices.Clone(all), func(k *APIToken) bool {
		return !q.matches(k.DisplayName, k.GUID, k.ClientID, k.CreatedBy)
	})
	slices.Reverse(matching) // newest first
	personas := map[string]string{}
	for _, p := range t.data.entitiesOf(typePersona) {
		personas[p.qualifiedName()] = p.Text("name")
	}
	return listRows(len(all), q.from["tokens"], matching, func(k *APIToken) viewToken {
		row := viewToken{
			GUID: k.GUID, Name: k.DisplayName, ClientID: k.ClientID, Personas: []string{}, Created: viewMillis(k.CreatedAt),
			Creator: k.CreatedBy, Expires: viewTime(k.ExpiresAt()), Expired: k.expired(now),
		}
		for _, qualifiedName := range k.PersonaQualifiedNames {
			row.Personas = append(row.Personas, cmp.Or(personas[qualifiedName], qualifiedName))
		}
		return row
	})
}

// viewPersonas shows of each persona what the filter fits: all its policies if it fits the persona, else those it fits.
func (t *Tenant) viewPersonas(q viewQuery, tokenNames map[string]string) viewList[viewPersona] {
	policies := map[string][]*Entity{}
	for _, p := range t.data.entitiesOf(typePolicy) {
		policies[p.AccessControl] = append(policies[p.AccessControl], p)
	}
	all, matching := t.data.entitiesOf(typePersona), []*Entity{}
	for _, p := range slices.Backward(all) {
		if !q.matches(p.Text("name"), p.GUID, p.qualifiedName()) {
			policies[p.GUID] = slices.DeleteFunc(policies[p.GUID], func(e *Entity) bool {
				return !q.matches(e.Text("name"), e.GUID, e.Text("connectionQualifiedName"))
			})
			if len(policies[p.GUID]) == 0 {
				continue
			}
		}
		matching = append(matching, p)
	}
	return listRows(len(all), q.from["personas"], matching, func(p *Entity) viewPersona {
		own := policies[p.GUID]
		members := t.viewMembers("", p.List("personaUsers"), p.List("personaGroups"), nil, tokenNames)
		for _, k := range t.data.APITokens {
			if slices.Contains(k.PersonaQualifiedNames, p.qualifiedName()) {
				members = append(members, viewMember{Kind: "token", Name: k.DisplayName})
			}
		}
		row := viewPersona{
			GUID: p.GUID, Name: p.Text("name"), QualifiedName: p.qualifiedName(), Status: p.viewStatus("isAccessControlEnabled"),
			Members: members[:min(len(members), viewNested)], MemberCount: len(members), Policies: []viewPolicyRow{}, PolicyCount: len(own),
		}
		for _, e := range own[:min(len(own), viewNested)] {
			row.Policies = append(row.Policies, e.viewPolicy())
		}
		return row
	})
}

func (e *Entity) viewPolicy() viewPolicyRow {
	on := e.List("policyResources")
	row := viewPolicyRow{
		GUID: e.GUID, Name: e.Text("name"), Kind: e.Text("policySubCategory"), Effect: e.Text("policyType"),
		Enabled: e.viewStatus("isPolicyEnabled") == "active", Actions: e.List("policyActions"), On: []string{}, OnCount: len(on),
	}
	for _, resource := range on[:min(len(on), viewNested)] {
		row.On = append(row.On, strings.TrimPrefix(resource, "entity:"))
	}
	return row
}

// viewStatus is deleted, disabled or active; switchedOn names the attribute that says whether the entity has an effect.
func (e *Entity) viewStatus(switchedOn string) string {
	on, known := e.Attributes[switchedOn].(bool)
	switch {
	case !e.active():
		return "deleted"
	case known && !on:
		return "disabled"
	}
	return "active"
}

// viewConnections shows connections, or the query collections, which are governed alike.
func (t *Tenant) viewConnections(q viewQuery, list, typeName string, tokenNames map[string]string) viewList[viewConnection] {
	all := t.data.entitiesOf(typeName)
	matching := slices.DeleteFunc(slices.Clone(all), func(e *Entity) bool {
		return !q.matches(e.Text("name"), e.GUID, e.qualifiedName(), e.Text("connectorName"))
	})
	slices.Reverse(matching)
	return listRows(len(all), q.from[list], matching, func(e *Entity) viewConnection {
		admin := ""
		if typeName == typeCollection {
			admin = "editor"
		}
		members := slices.Concat(
			t.viewMembers(admin, e.List("adminUsers"), e.List("adminGroups"), e.List("adminRoles"), tokenNames),
			t.viewMembers("viewer", e.List("viewerUsers"), e.List("viewerGroups"), nil, tokenNames))
		return viewConnection{
			GUID: e.GUID, Name: e.Text("name"), Connector: e.Text("connectorName"), QualifiedName: e.qualifiedName(),
			Status: e.viewStatus(""), Members: members[:min(len(members), viewNested)], MemberCount: len(members),
		}
	})
}

// viewMembers gives roles, which are listed by id, and API tokens, which are listed by service account, their names.
func (t *Tenant) viewMembers(as string, users, groups, roles []string, tokenNames map[string]string) []viewMember {
	out := []viewMember{}
	for _, u := range users {
		kind := "user"
		if strings.HasPrefix(u, serviceAccountPrefix) { // also where the token is gone
			kind = "token"
		}
		out = append(out, viewMember{kind, cmp.Or(tokenNames[u], u), as})
	}
	for _, g := range groups {
		out = append(out, viewMember{"group", g, as})
	}
	for _, id := range roles {
		name := id
		if r := find(t.data.Roles, func(r *Role) bool { return r.ID == id }); r != nil {
			name = r.Name
		}
		out = append(out, viewMember{"role", name, as})
	}
	return out
}

// view is the page of the journal, newest first.
func (j *journal) view(q viewQuery, tokenNames map[string]string) viewList[Request] {
	j.mu.Lock()
	defer j.mu.Unlock()
	matching := []int{}
	for i := len(j.requests) - 1; i >= 0; i-- {
		r := &j.requests[i]
		if (!q.failures || r.failed()) && (q.filter == "" || q.matches(r.Method+" "+r.Path+"?"+r.Query, r.Actor, tokenNames[r.Actor])) {
			matching = append(matching, i)
		}
	}
	return listRows(len(j.requests), q.from["journal"], matching, func(i int) Request {
		r := j.requests[i]
		r.Actor = cmp.Or(tokenNames[r.Actor], r.Actor)
		return r
	})
}

// failed says whether the request was refused or never answered.
func (r *Request) failed() bool { return r.Status == 0 || r.Status >= http.StatusBadRequest }
