// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// slackLink is what a persona's channel may be (metastore AccessControlPreProcessor).
var slackLink = regexp.MustCompile(`^https?://([\w-]+\.)*slack\.com(/.*)?$`)

// personaRules are those of the metastore's AccessControlPreProcessor and PersonaPreProcessor.
func (m *mutation) personaRules(w *write) error {
	if link := w.next.Text("channelLink"); w.sent("channelLink") && link != "" && !slackLink.MatchString(link) {
		return badRequest("Please provide a valid URL for channelLink")
	}
	if policies, _ := w.in.relation("policies").([]any); len(policies) > 0 {
		return unsupported("Can not attach a policy while creating/updating Persona/Purpose/Stakeholder")
	}
	if w.stored == nil {
		// Names are not unique, and the qualified name that was sent is thrown away.
		w.next.Attributes["qualifiedName"] = "default/" + newShortID()
		w.next.Attributes["roleId"] = newGUID()
		if !w.sent("isAccessControlEnabled") {
			w.next.Attributes["isAccessControlEnabled"] = true
		}
		return m.checkMembers(w, "personaUsers", "personaGroups")
	}
	if !w.stored.active() {
		return unsupported("Persona not Active")
	}
	enabled, ok := w.in.Attributes["isAccessControlEnabled"].(bool)
	if !ok {
		return nullPointer("org.apache.atlas.repository.util.AccessControlUtils.getIsAccessControlEnabled")
	}
	w.next.Attributes["roleId"] = w.stored.Attributes["roleId"]
	if w.stored.Attributes["isAccessControlEnabled"] != enabled {
		m.togglePolicies(w.next.GUID, enabled)
	}
	return m.checkMembers(w, "personaUsers", "personaGroups")
}

// togglePolicies gives a persona's flag to its active policies.
func (m *mutation) togglePolicies(persona string, enabled bool) {
	for _, p := range m.policies(persona) {
		if m.tenant.data.Entities[p.GUID] == p {
			p = p.revised()
		}
		p.Attributes["isPolicyEnabled"] = enabled
		m.updated(p)
	}
}

// connectionRules are those of the metastore's ConnectionPreProcessor.
func (m *mutation) connectionRules(w *write) error {
	if w.stored == nil {
		users := w.next.List("adminUsers")
		if !slices.Contains(users, m.actor.username) {
			users = append(users, m.actor.username)
		}
		w.next.Attributes["adminUsers"] = anyList(users)
		return m.checkAdmins(w)
	}
	sent, empty := 0, 0
	for _, list := range []string{"adminUsers", "adminGroups", "adminRoles"} {
		if !w.sent(list) {
			continue
		}
		sent++
		if len(w.next.List(list)) == 0 {
			empty++
		}
	}
	if sent == 0 {
		return nil
	}
	final := adminsIn(w.next)
	if empty == 3 || len(final.Users)+len(final.Groups)+len(final.Roles) == 0 {
		return atlasError(http.StatusBadRequest, "ATLAS-400-00-114", "Admin list should not be empty for type %s", typeConnection)
	}
	return m.checkAdmins(w)
}

func (m *mutation) checkAdmins(w *write) error {
	if err := m.checkMembers(w, "adminUsers", "adminGroups"); err != nil {
		return err
	}
	c := membership{after: w.next.List("adminRoles"), isNew: w.stored == nil}
	if w.stored != nil {
		c.before = w.stored.List("adminRoles")
	}
	return m.tenant.data.checkRoles(c)
}

// collectionRules are those of the metastore's QueryCollectionPreProcessor. The creator is put back on every write of
// the editors, and roles are not looked at.
func (m *mutation) collectionRules(w *write) error {
	if w.stored == nil {
		w.next.Attributes["qualifiedName"] = "default/collection/" + m.actor.username + "/" + newShortID()
	}
	if w.stored == nil || w.sent("adminUsers") {
		if w.stored != nil && w.in.Attributes["adminUsers"] == nil && len(w.stored.List("adminUsers")) > 0 {
			return nullPointer("org.apache.atlas.repository.store.graph.v2.preprocessor.sql.QueryCollectionPreProcessor.updateCollectionAdminRole")
		}
		users := w.next.List("adminUsers")
		if !slices.Contains(users, w.next.CreatedBy) {
			users = append(users, w.next.CreatedBy)
		}
		w.next.Attributes["adminUsers"] = anyList(users)
	}
	if err := m.checkMembers(w, "adminUsers", "adminGroups"); err != nil {
		return err
	}
	return m.checkMembers(w, "viewerUsers", "viewerGroups")
}

// glossaryRules are those of the metastore's GlossaryPreProcessor: names are unique.
func (m *mutation) glossaryRules(w *write) error {
	name := strings.TrimSpace(w.next.Text("name"))
	if name == "" || strings.Contains(name, "@") {
		return atlasError(http.StatusBadRequest, "ATLAS-400-00-083", "name cannot contain following special chars ('@')")
	}
	w.next.Attributes["name"] = name
	for _, other := range m.tenant.data.entitiesOf(typeGlossary) {
		if other.active() && other.GUID != w.next.GUID && other.Text("name") == name {
			return atlasError(http.StatusConflict, "ATLAS-409-00-007", "Glossary with name %s already exists", name)
		}
	}
	if w.stored == nil {
		w.next.Attributes["qualifiedName"] = newShortID()
	}
	return nil
}
