// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"slices"
	"strings"
)

// purposeActions are the valid actions of a purpose's policies by sub-category (pyatlan model/enums.py
// PurposeMetadataAction, DataAction).
var purposeActions = map[string][]string{
	"metadata": {
		"entity-create", "entity-read", "entity-update", "entity-delete", "entity-update-business-metadata",
		"entity-add-classification", "entity-read-classification", "entity-update-classification", "entity-remove-classification",
		"purpose-add-terms", "purpose-remove-terms",
	},
	"data": {"select"},
}

// purposeSubCategories are in the order in which messages name them.
var purposeSubCategories = []string{"metadata", "data"}

const purposeTags = "purposeClassifications"

// purposeRules are those of the metastore's PurposePreProcessor.
func (m *mutation) purposeRules(w *write) error {
	if policies, _ := w.in.relation("policies").([]any); len(policies) > 0 {
		return unsupported("Can not attach a policy while creating/updating Persona/Purpose/Stakeholder")
	}
	tags := w.next.List(purposeTags)
	if w.stored == nil {
		if len(tags) == 0 {
			return badRequest("Please provide purposeClassifications for Purpose")
		}
		w.next.Attributes["qualifiedName"] = "default/" + newShortID()
		if !w.sent("isAccessControlEnabled") {
			w.next.Attributes["isAccessControlEnabled"] = true
		}
		return m.checkPurposeTags(w.next.GUID, tags)
	}
	if !w.stored.active() {
		return unsupported("Purpose not Active")
	}
	enabled, ok := w.in.Attributes["isAccessControlEnabled"].(bool)
	if !ok {
		return nullPointer("org.apache.atlas.repository.util.AccessControlUtils.getIsAccessControlEnabled")
	}
	if w.stored.Attributes["isAccessControlEnabled"] != enabled {
		m.togglePolicies(w.next.GUID, enabled)
	}
	if len(tags) == 0 || sameMembers(tags, w.stored.List(purposeTags)) {
		return nil
	}
	for _, p := range m.policies(w.next.GUID) {
		if m.tenant.data.Entities[p.GUID] == p {
			p = p.revised()
		}
		p.Attributes["policyResources"] = tagResources(tags)
		m.updated(p)
	}
	return m.checkPurposeTags(w.next.GUID, tags)
}

// checkPurposeTags searches the index for another purpose with just these tags; the metastore fails where there is one
// (AccessControlUtils.validateUniquenessByTags).
func (m *mutation) checkPurposeTags(purpose string, tags []string) error {
	now := m.tenant.now()
	for _, versions := range m.tenant.index {
		e := versions.seen(now, m.tenant.opts.SearchLag)
		if e != nil && e.TypeName == typePurpose && e.active() && e.GUID != purpose && sameMembers(tags, e.List(purposeTags)) {
			return internalError("Entity already exists, typeName:tags, %s:[%s]", typePurpose, strings.Join(tags, ", "))
		}
	}
	return nil
}

func tagResources(tags []string) []any {
	var resources []any
	for _, tag := range tags {
		resources = append(resources, "tag:"+tag)
	}
	return resources
}

// newPurposePolicy applies the rules of a purpose's policies (metastore AuthPolicyPreProcessor, AuthPolicyValidator). No
// right on a connection is asked for, and the resources are the tags of the purpose whatever was sent.
func (m *mutation) newPurposePolicy(p, purpose *Entity) error {
	if err := checkBasics(p); err != nil {
		return err
	}
	if purpose == nil {
		return nullPointer("org.apache.atlas.repository.store.graph.v2.preprocessor.AuthPolicyValidator.validate")
	}
	if !purpose.active() {
		return unsupported(purpose.TypeName + " is not Active")
	}
	if purpose.TypeName != typePurpose {
		return badRequest("Please provide Purpose as accesscontrol")
	}
	if sub := p.Text("policySubCategory"); !slices.Contains(purposeSubCategories, sub) {
		return badRequest("Please provide valid value for attribute policySubCategory:[%s]", strings.Join(purposeSubCategories, ", "))
	}
	if p.Text("policyResourceCategory") != "TAG" {
		return badRequest("Invalid resource category for Purpose")
	}
	if err := checkPurposeActions(p); err != nil {
		return err
	}
	p.AccessControl = purpose.GUID
	p.Attributes["qualifiedName"] = purpose.qualifiedName() + "/" + newShortID()
	p.Attributes["isPolicyEnabled"] = purpose.Attributes["isAccessControlEnabled"]
	p.Attributes["policyResources"] = tagResources(purpose.List(purposeTags))
	m.touch(purpose)
	return nil
}

func checkPurposeActions(p *Entity) error {
	return refuseActions(p, purposeActions[p.Text("policySubCategory")])
}

// purposePolicyUpdate needs the whole policy and its purpose, as an update of a persona's policy does.
func (m *mutation) purposePolicyUpdate(w *write, purpose *Entity) error {
	if purpose == nil {
		return nullPointer("org.apache.atlas.repository.store.graph.v2.preprocessor.AuthPolicyPreProcessor.processUpdatePolicy")
	}
	if w.sent("policyActions") && len(w.next.List("policyActions")) == 0 {
		return badRequest("Please provide attribute policyActions")
	}
	if err := checkFixed(w.next, w.stored); err != nil {
		return err
	}
	if err := checkPurposeActions(w.next); err != nil {
		return err
	}
	if w.parent != w.stored.AccessControl {
		return unsupported("Policy parent (accesscontrol) change is not Allowed")
	}
	w.next.Attributes["policyResources"] = tagResources(purpose.List(purposeTags))
	return nil
}
