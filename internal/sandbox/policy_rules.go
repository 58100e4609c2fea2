// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// personaAssetLimit is how many assets the policies of a persona may name in all (metastore AtlasConfiguration
// PERSONA_POLICY_ASSET_MAX_LIMIT).
const personaAssetLimit = 1000

// policyRules are those of the metastore's AuthPolicyPreProcessor and AuthPolicyValidator, with their texts.
func (m *mutation) policyRules(w *write) error {
	if w.stored == nil {
		return m.newPolicyRules(w)
	}
	return m.policyUpdateRules(w)
}

func (m *mutation) newPolicyRules(w *write) error {
	p := w.next
	persona := m.entity(w.parent)
	switch p.Text("policyCategory") {
	case "":
		return badRequest("Please provide attribute policyCategory")
	case "persona":
	case "purpose":
		return m.newPurposePolicy(p, persona)
	default:
		return unsupported("Create/Update AuthPolicy with policyCategory other than persona, purpose and datamesh")
	}
	if persona != nil {
		if err := m.checkPolicyName(p, persona); err != nil {
			return err
		}
	}
	if p.Text("policySubCategory") == "domain" {
		collapseDomains(p)
	} else {
		if err := m.validateNewPolicy(p, persona); err != nil {
			return err
		}
		if err := m.checkConnectionAdmin(p); err != nil {
			return err
		}
	}
	if persona == nil {
		return nullPointer("org.apache.atlas.repository.util.AccessControlUtils.getEntityQualifiedName")
	}
	p.AccessControl = persona.GUID
	p.Attributes["qualifiedName"] = persona.qualifiedName() + "/" + newShortID()
	p.Attributes["isPolicyEnabled"] = persona.Attributes["isAccessControlEnabled"]
	setPolicySubjects(p, persona)
	if err := m.checkAssetLimit(persona, p); err != nil {
		return err
	}
	m.touch(persona)
	return nil
}

// touch makes the answer name the persona or purpose of a new policy among the updated entities (pyatlan
// persona_test.py, purpose_test.py).
func (m *mutation) touch(parent *Entity) {
	if m.tenant.data.Entities[parent.GUID] == parent {
		parent = parent.revised()
	}
	m.updated(parent)
}

// setPolicySubjects gives a policy to the role of its persona, whatever was sent.
func setPolicySubjects(p, persona *Entity) {
	_, id, _ := strings.Cut(persona.qualifiedName(), "/")
	p.Attributes["policyRoles"] = []any{"persona_" + id}
	p.Attributes["policyUsers"] = []any{}
	p.Attributes["policyGroups"] = []any{}
}

// checkPolicyName searches the index for a policy of the same name, so that one which is too new is not found. The
// index does not tell upper from lower case in names.
func (m *mutation) checkPolicyName(p, persona *Entity) error {
	now, name := m.tenant.now(), p.Text("name")
	for _, versions := range m.tenant.index {
		e := versions.seen(now, m.tenant.opts.SearchLag)
		if e != nil && e.TypeName == typePolicy && e.active() && strings.EqualFold(e.Text("name"), name) && !m.deletesEntity(e.GUID) &&
			e.Text("policyCategory") == "persona" && strings.HasPrefix(e.qualifiedName(), persona.qualifiedName()) {
			return badRequest("Policy with name '%s' already exists in Persona '%s'", name, persona.Text("name"))
		}
	}
	return nil
}

// checkBasics asks for what every policy has.
func checkBasics(p *Entity) error {
	switch {
	case p.Text("policyServiceName") == "":
		return badRequest("Please provide attribute policyServiceName")
	case p.Text("policyType") == "":
		return badRequest("Please provide attribute policyType")
	case len(p.List("policyActions"))+len(p.DocumentedActions) == 0:
		return badRequest("Please provide attribute policyActions")
	}
	return nil
}

func (m *mutation) validateNewPolicy(p, persona *Entity) error {
	if err := checkBasics(p); err != nil {
		return err
	}
	if persona == nil {
		return nullPointer("org.apache.atlas.repository.store.graph.v2.preprocessor.AuthPolicyValidator.validate")
	}
	if !persona.active() {
		return unsupported("Persona is not Active")
	}
	if persona.TypeName != typePersona {
		return badRequest("Please provide Persona as accesscontrol")
	}
	sub := p.Text("policySubCategory")
	if !slices.Contains(policySubCategories, sub) {
		return badRequest("Please provide valid value for attribute policySubCategory:[%s]", strings.Join(policySubCategories, ", "))
	}
	if err := checkResources(p, "Please provide valid type of policy resources: [entity-type, entity]"); err != nil {
		return err
	}
	if want := resourceCategories[sub]; want != "" && p.Text("policyResourceCategory") != want {
		return badRequest("Invalid resource category for Persona")
	}
	if needsConnection(p) && p.Text("policyServiceName") != serviceABAC {
		if err := m.checkConnection(p); err != nil {
			return err
		}
	}
	return checkActions(p)
}

// checkResources refuses policies without resources, or with resources of another kind. A policy by attributes (ABAC)
// has a filter instead.
func checkResources(p *Entity, wrongKind string) error {
	resources := p.List("policyResources")
	if p.Text("policyServiceName") == serviceABAC {
		var filter map[string]json.RawMessage
		if json.Unmarshal([]byte(p.Text("policyFilterCriteria")), &filter) != nil || filter["entity"] == nil {
			return badRequest("Invalid filter criteria: must contain entity root key")
		}
	} else if len(resources) == 0 {
		return badRequest("Please provide attribute policyResources")
	}
	for _, r := range resources {
		if kind, _, _ := strings.Cut(r, ":"); kind != "entity" && kind != "entity-type" {
			return badRequest("%s", wrongKind)
		}
	}
	return nil
}

func needsConnection(p *Entity) bool {
	sub := p.Text("policySubCategory")
	return sub == "metadata" || sub == "data"
}

// checkConnection compares texts only: a resource belongs to the connection whose qualified name it starts with.
func (m *mutation) checkConnection(p *Entity) error {
	qn := p.Text("connectionQualifiedName")
	if qn == "" {
		return badRequest("Please provide attribute connectionQualifiedName")
	}
	for _, asset := range policyAssets(p) {
		if !strings.HasPrefix(asset, qn) {
			return badRequest("%s does not belong to connection %s", asset, qn)
		}
	}
	if m.tenant.data.byQualifiedName(typeConnection, qn) == nil {
		return unknownName(typeConnection, qn)
	}
	return nil
}

func policyAssets(p *Entity) []string {
	var assets []string
	for _, r := range p.List("policyResources") {
		if asset, ok := strings.CutPrefix(r, "entity:"); ok {
			assets = append(assets, asset)
		}
	}
	return assets
}

// checkActions knows the actions by service and sub-category; for a pair without actions the metastore fails.
func checkActions(p *Entity) error {
	valid := policyActions[p.Text("policyServiceName")+p.Text("policySubCategory")]
	if valid == nil {
		return nullPointer("java.util.ArrayList.removeAll")
	}
	return refuseActions(p, valid)
}

func refuseActions(p *Entity, valid []string) error {
	unknown := slices.DeleteFunc(p.List("policyActions"), func(a string) bool { return slices.Contains(valid, a) })
	if len(unknown) > 0 {
		return badRequest("Please provide valid values for attribute policyActions: Invalid actions [%s]", strings.Join(unknown, ", "))
	}
	return nil
}

// checkConnectionAdmin asks for the effective admin role of the connection. To be an administrator of the workspace is
// not enough (metastore AuthPolicyPreProcessor.validateConnectionAdmin).
func (m *mutation) checkConnectionAdmin(p *Entity) error {
	if !needsConnection(p) {
		return nil
	}
	qn := p.Text("connectionQualifiedName")
	connection := m.tenant.data.byQualifiedName(typeConnection, qn)
	if connection == nil {
		return unknownName(typeConnection, qn)
	}
	if !m.tenant.administersNow(m.actor, connection.GUID) {
		return atlasError(http.StatusForbidden, "ATLAS-403-00-002", "%s is not admin for connection %s", m.actor.username, connection.GUID)
	}
	return nil
}

// collapseDomains makes one resource of those that mean every domain.
func collapseDomains(p *Entity) {
	const every = "entity:default/domain/*/super"
	for _, r := range p.List("policyResources") {
		if r == "entity:*" || r == "entity:*/super" || r == every {
			p.Attributes["policyResources"] = []any{every}
		}
	}
}

// checkAssetLimit counts the different assets that a persona's policies let read, and deny, with their connections
// (metastore ESAliasStore).
func (m *mutation) checkAssetLimit(persona, p *Entity) error {
	named := map[string]map[string]bool{"allow": {}, "deny": {}}
	policies := slices.DeleteFunc(m.policies(persona.GUID), func(other *Entity) bool { return other.GUID == p.GUID })
	for _, one := range append(policies, p) {
		counted := named[one.Text("policyType")]
		if counted == nil || !slices.ContainsFunc(one.List("policyActions"), func(a string) bool {
			return a == "persona-asset-read" || a == "persona-glossary-read"
		}) {
			continue
		}
		for _, asset := range append(policyAssets(one), one.Text("connectionQualifiedName")) {
			if asset = strings.TrimSuffix(asset, "/*"); asset != "" && !strings.ContainsAny(asset, "*?") {
				counted[asset] = true
			}
		}
		if len(counted) > personaAssetLimit {
			return atlasError(http.StatusBadRequest, "ATLAS-400-00-113",
				"Exceeded limit of maximum allowed assets across policies for a Persona: Limit: %d, assets: %s",
				personaAssetLimit, strconv.Itoa(len(counted)))
		}
	}
	return nil
}
