// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"
)

// jsonNull is an answer that is null, not empty.
var jsonNull = json.RawMessage("null")

// personaInput is the body of the operations on a persona (apidocs createpersona, updatepersona).
type personaInput struct {
	Name             *string        `json:"name"`
	DisplayName      *string        `json:"displayName"`
	Description      *string        `json:"description"`
	Users            *[]string      `json:"users"`
	Groups           *[]string      `json:"groups"`
	MetadataPolicies *[]policyInput `json:"metadataPolicies"`
	DataPolicies     *[]policyInput `json:"dataPolicies"`
	GlossaryPolicies *[]policyInput `json:"glossaryPolicies"`
	Attributes       *struct {
		Preferences *struct {
			AssetTabsDenyList      *[]string `json:"assetTabsDenyList"`
			CustomMetadataDenyList *[]string `json:"customMetadataDenyList"`
		} `json:"preferences"`
	} `json:"attributes"`
}

// attributes are those of the entity; what was not sent stays as it is. The preferences are those of atlan-java's
// Persona of 2022.
func (in *personaInput) attributes() map[string]any {
	out := map[string]any{}
	for name, text := range map[string]*string{"name": in.Name, "displayName": in.DisplayName, "description": in.Description} {
		if text != nil {
			out[name] = *text
		}
	}
	if in.Attributes != nil && in.Attributes.Preferences != nil {
		preferences := in.Attributes.Preferences
		if preferences.AssetTabsDenyList != nil {
			out["denyAssetTabs"] = anyList(*preferences.AssetTabsDenyList)
		}
		if preferences.CustomMetadataDenyList != nil {
			out["denyCustomMetadataGuids"] = anyList(*preferences.CustomMetadataDenyList)
		}
	}
	return out
}

// putSubjects translates the GUIDs of this family to the names of the entity.
func (t *Tenant) putSubjects(attributes map[string]any, users, groups []string) error {
	names := []string{}
	for _, id := range users {
		u := t.data.user(id)
		if u == nil {
			return keycloakError("404 Not Found: Could not find user with id %s", id)
		}
		names = append(names, u.Username)
	}
	attributes["personaUsers"] = anyList(names)
	names = nil
	for _, id := range groups {
		g := find(t.data.Groups, func(g *Group) bool { return g.ID == id })
		if g == nil {
			return keycloakError("404 Not Found: Could not find group with id %s", id)
		}
		names = append(names, g.Name)
	}
	attributes["personaGroups"] = anyList(names)
	return nil
}

// personaDocument is a persona with its policies as this family shows it (apidocs getpersona). The time of the last
// update is a text (atlan-java Persona of 2022).
func (t *Tenant) personaDocument(p *Entity) map[string]any {
	out := map[string]any{
		"id": p.GUID, "name": p.Text("name"), "displayName": p.Text("displayName"), "type": "persona", "level": "workspace",
		"createdAt": p.CreateTime, "createdBy": p.CreatedBy, "updatedBy": p.UpdatedBy,
		"updatedAt": time.UnixMilli(p.UpdateTime).UTC().Format(time.RFC3339Nano),
		"enabled":   p.Attributes["isAccessControlEnabled"], "version": "morning-boat-1740", "readme": nil, "resources": nil,
	}
	t.vary.putText(out, "description", p.Text("description"))
	t.putIDs(out, "users", p.List("personaUsers"), func(name string) string {
		if u := find(t.data.Users, func(u *User) bool { return u.Username == name }); u != nil {
			return u.ID
		}
		return ""
	})
	t.putIDs(out, "groups", p.List("personaGroups"), func(name string) string {
		if g := find(t.data.Groups, func(g *Group) bool { return g.Name == name }); g != nil {
			return g.ID
		}
		return ""
	})
	preferences := map[string]any{}
	t.putAttribute(preferences, "assetTabsDenyList", anyList(p.List("denyAssetTabs")))
	t.putAttribute(preferences, "customMetadataDenyList", anyList(p.List("denyCustomMetadataGuids")))
	out["attributes"] = map[string]any{"preferences": preferences}
	for subCategory, member := range policyMembers {
		t.putPolicies(out, member, p.GUID, subCategory)
	}
	return out
}

// policyMembers are the lists of a persona's policies by sub-category; other policies do not show in this family.
var policyMembers = map[string]string{
	"metadata": "metadataPolicies", "data": "dataPolicies", "glossary": "glossaryPolicies",
}

// putIDs shows names as GUIDs; service accounts and whoever is gone have none.
func (t *Tenant) putIDs(out map[string]any, member string, names []string, id func(string) string) {
	ids := []string{}
	for _, name := range names {
		if one := id(name); one != "" {
			ids = append(ids, one)
		}
	}
	t.putAttribute(out, member, anyList(ids))
}

func (t *Tenant) putPolicies(out map[string]any, member, persona, subCategory string) {
	policies := slices.DeleteFunc(t.data.policiesOf(persona), func(p *Entity) bool {
		return !p.active() || p.Text("policySubCategory") != subCategory
	})
	order(&t.vary, t.generation, policies, func(p *Entity) string { return p.GUID })
	shown := []any{}
	for _, p := range policies {
		shown = append(shown, t.policyDocument(p))
	}
	if len(shown) == 0 {
		t.vary.putEmpty(out, member, shown)
		return
	}
	out[member] = shown
}

// asHeracles words an error of the metastore as the service in front of it does (inferred): refusals of the request are
// the request's fault, everything else keeps its status.
func asHeracles(err error) error {
	var e *apiError
	if !errors.As(err, &e) || e.code != 0 {
		return err
	}
	if e.status == http.StatusBadRequest || e.status == http.StatusNotFound {
		return invalidRequest("%s", e.message)
	}
	return statusError(e.status, "%s", e.message)
}
