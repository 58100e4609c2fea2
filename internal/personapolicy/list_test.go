// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// addPolicies gives a persona policies of a kind, as if they had been there for long.
func addPolicies(tenant *acctest.Tenant, kind kind, personaGUID string, count int) {
	action, resource := "persona-asset-read", "entity:"+production
	service, category := "atlas", "CUSTOM"
	resources := []any{resource}
	switch kind.name {
	case "data":
		action, service, category = "select", "heka", "ENTITY"
		resources = append(resources, "entity-type:*")
	case "glossary":
		action, resources = "persona-glossary-update", []any{"entity:" + sandbox.SeedGlossaryQualifiedName}
	}
	for i := range count {
		attributes := map[string]any{
			"name": fmt.Sprintf("%s-%03d", kind.name, i), "description": "listed", "policyType": "allow",
			"policyCategory": "persona", "policySubCategory": kind.subCategory, "policyServiceName": service, "policyResourceCategory": category,
			"policyActions": []any{action}, "policyResources": resources,
		}
		if kind.name != "glossary" {
			attributes["connectionQualifiedName"] = production
		}
		tenant.Sandbox.AddEntity(sandbox.Entity{TypeName: "AuthPolicy", AccessControl: personaGUID, Attributes: attributes})
	}
}

// TestList pages through more personas than a page holds, takes no more than it is asked for, and gives identities that
// can be imported.
func TestList(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		const personas, each = 110, 2
		for i := range personas {
			persona := tenant.Sandbox.AddPersona(fmt.Sprintf("list %03d", i))
			for _, one := range kinds {
				addPolicies(tenant, one, persona.GUID, each)
			}
		}
		workspace := acctest.NewWorkspace(t, tenant.Provider())
		listed, diags := workspace.List(kind.typeName, nil, 1000, true)
		seeded := 0
		if kind.name == "metadata" {
			seeded = 2
		}
		if len(diags) > 0 || len(listed) != personas*each+seeded {
			t.Fatalf("listed %d policies, want %d: %s", len(listed), personas*each+seeded, acctest.Texts(diags))
		}
		for _, one := range listed {
			name, _ := one.Resource["name"].(string)
			if !strings.HasSuffix(one.DisplayName, "/"+name) || one.Resource["persona_id"] == nil || one.Resource["description"] == nil {
				t.Errorf("listed %q as %v", one.DisplayName, one.Resource)
			}
			if kind.name != "glossary" && (one.Resource["connection_id"] == nil || one.Resource["connection_qualified_name"] == nil) {
				t.Errorf("%s is listed without its connection", one.DisplayName)
			}
		}
		diags = workspace.ImportIdentity("imported", kind.typeName, listed[0].Identity)
		if len(acctest.Errors(diags)) > 0 || workspace.Attribute("imported", "name") != listed[0].Resource["name"] {
			t.Errorf("importing by a listed identity: %s", acctest.Texts(diags))
		}

		listed, diags = workspace.List(kind.typeName, map[string]any{"persona_id": sandbox.SeedPersonaGUID}, 1000, false)
		if len(diags) > 0 || len(listed) != seeded {
			t.Errorf("listed %d policies of one persona, want %d: %s", len(listed), seeded, acctest.Texts(diags))
		}
		listed, diags = workspace.List(kind.typeName, nil, 3, false)
		if len(diags) > 0 || len(listed) != 3 || listed[0].Resource != nil {
			t.Errorf("listed %d policies, want 3 without resources: %s", len(listed), acctest.Texts(diags))
		}
		_, diags = workspace.List(kind.typeName, map[string]any{"persona_id": unknownGUID}, 3, false)
		if !strings.Contains(acctest.Texts(acctest.Errors(diags)), unknownGUID) {
			t.Errorf("listing the policies of an unknown persona gives %q", acctest.Texts(diags))
		}
	})
}

// TestListFailingPage reports a page that fails instead of ending the list early.
func TestListFailingPage(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		for i := range 150 {
			addPolicies(tenant, kind, tenant.Sandbox.AddPersona(fmt.Sprintf("list %03d", i)).GUID, 1)
		}
		path := map[string]string{sandbox.SurfacePersonas: "/api/service/personas", sandbox.SurfaceEntities: "/api/meta/search/indexsearch"}[surface]
		workspace := acctest.NewWorkspace(t, tenant.Provider())
		if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{Path: path, Nth: 2, Times: 100, Kind: sandbox.FaultStatus, Status: http.StatusForbidden}}); err != nil {
			t.Fatal(err)
		}
		listed, diags := workspace.List(kind.typeName, nil, 1000, false)
		found := acctest.Texts(acctest.Errors(diags))
		if !strings.Contains(found, "Listing policies failed") || !strings.Contains(found, "403") || len(listed) == 0 {
			t.Errorf("a failing page gives %d policies and %q", len(listed), found)
		}
	})
}
