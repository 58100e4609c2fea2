// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"slices"
	"strings"
)

// policyUpdateRules check an update, which has to bring the whole policy and its persona.
func (m *mutation) policyUpdateRules(w *write) error {
	p, stored := w.next, w.stored
	if stored.Text("policyCategory") == "purpose" {
		return m.purposePolicyUpdate(w, m.entity(w.parent))
	}
	if stored.Text("policyCategory") != "persona" && p.Text("policyCategory") != "persona" {
		return unsupported("Create/Update AuthPolicy with policyCategory other than persona, purpose and datamesh")
	}
	persona := m.entity(w.parent)
	if persona == nil {
		return nullPointer("org.apache.atlas.repository.store.graph.v2.preprocessor.AuthPolicyPreProcessor.processUpdatePolicy")
	}
	if p.Text("policySubCategory") == "domain" {
		collapseDomains(p)
	} else {
		if err := m.validatePolicyUpdate(w); err != nil {
			return err
		}
		if err := m.checkConnectionAdmin(p); err != nil {
			return err
		}
	}
	setPolicySubjects(p, persona)
	if w.in.documented == nil && !sameMembers(p.List("policyActions"), stored.List("policyActions")) {
		p.DocumentedActions = nil // what was once sent by the older names no longer holds
	}
	return m.checkAssetLimit(persona, p)
}

// validatePolicyUpdate is the part of AuthPolicyValidator that looks at what may change. It looks at what was sent
// where the rule speaks of sent attributes, and at the merged policy elsewhere.
func (m *mutation) validatePolicyUpdate(w *write) error {
	p, stored := w.next, w.stored
	if w.sent("policyActions") && len(p.List("policyActions"))+len(p.DocumentedActions) == 0 {
		return badRequest("Please provide attribute policyActions")
	}
	if err := checkFixed(p, stored); err != nil {
		return err
	}
	sent := &Entity{Attributes: w.in.Attributes}
	if err := checkResources(sentPolicy(p, sent), "Please provide valid policy resources[entity-type, entity]"); err != nil {
		return err
	}
	if needsConnection(p) && p.Text("policyServiceName") != serviceABAC {
		if err := checkSameConnection(sent, stored); err != nil {
			return err
		}
	}
	if err := checkActions(sentPolicy(p, sent)); err != nil {
		return err
	}
	if w.parent != stored.AccessControl {
		return unsupported("Policy parent (accesscontrol) change is not Allowed")
	}
	return nil
}

// checkFixed refuses changes of what a policy keeps for life. The services that read metadata may replace each other.
func checkFixed(p, stored *Entity) error {
	service, was := p.Text("policyServiceName"), stored.Text("policyServiceName")
	exchangeable := []string{serviceAtlas, serviceABAC}
	switch {
	case p.Text("policyCategory") != stored.Text("policyCategory"):
		return unsupported("policyCategory change not Allowed")
	case service != was && (!slices.Contains(exchangeable, service) || !slices.Contains(exchangeable, was)):
		return unsupported("policyServiceName change not Allowed")
	case p.Text("policyResourceCategory") != stored.Text("policyResourceCategory"):
		return unsupported("policyResourceCategory change not Allowed")
	case !stored.active():
		return unsupported("Policy is not Active")
	case p.Text("policySubCategory") != stored.Text("policySubCategory"):
		return unsupported("Policy sub category change not Allowed")
	}
	return nil
}

// sentPolicy is a policy with the service, resources and filter exactly as they were sent: the metastore does not fall
// back to what is stored for them.
func sentPolicy(p, sent *Entity) *Entity {
	as := p.revised()
	for _, name := range []string{"policyServiceName", "policyResources", "policyFilterCriteria"} {
		as.Attributes[name] = sent.Attributes[name]
	}
	return as
}

func checkSameConnection(sent, stored *Entity) error {
	qn := sent.Text("connectionQualifiedName")
	if qn == "" {
		return badRequest("Please provide attribute connectionQualifiedName")
	}
	if old := stored.Text("connectionQualifiedName"); old != "" && old != qn {
		return unsupported("connectionQualifiedName change not Allowed")
	}
	for _, asset := range policyAssets(sent) {
		if !strings.HasPrefix(asset, qn) {
			return badRequest("%s does not belong to connection %s", asset, qn)
		}
	}
	return nil
}
