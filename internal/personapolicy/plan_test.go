// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// drift is what somebody may change about a policy behind Terraform's back, by attribute, and the plan that follows.
var drift = map[string]struct {
	edit   func(*sandbox.Entity)
	action acctest.Action
}{
	"name":        {func(e *sandbox.Entity) { e.Attributes["name"] = "renamed" }, acctest.Update},
	"description": {func(e *sandbox.Entity) { e.Attributes["description"] = "changed" }, acctest.Update},
	"allow":       {func(e *sandbox.Entity) { e.Attributes["policyType"] = "deny" }, acctest.Update},
	"actions": {func(e *sandbox.Entity) {
		more := "persona-asset-update"
		if e.Text("policySubCategory") == "glossary" {
			more = "persona-glossary-read"
		}
		e.Attributes["policyActions"], e.DocumentedActions = append(e.Attributes["policyActions"].([]any), more), nil
	}, acctest.Update},
	"assets":                    {func(e *sandbox.Entity) { addResource(e, "entity:"+production+"/SALES") }, acctest.Update},
	"glossary_qualified_names":  {func(e *sandbox.Entity) { addResource(e, "entity:OtherGlossary000000001") }, acctest.Update},
	"connection_id":             {func(e *sandbox.Entity) { e.Attributes["connectionQualifiedName"] = development }, acctest.Replace},
	"connection_qualified_name": {func(e *sandbox.Entity) { e.Attributes["connectionQualifiedName"] = development }, acctest.Replace},
}

func addResource(e *sandbox.Entity, resource string) {
	e.Attributes["policyResources"] = append(e.Attributes["policyResources"].([]any), resource)
}

// notReadable are the attributes whose drift cannot exist: identities, and what only the configuration knows.
var notReadable = []string{"id", "persona_id", "timeouts"}

// TestDrift changes each readable attribute behind Terraform's back and expects exactly that difference. An attribute
// without an entry fails.
func TestDrift(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		names := acctest.NewWorkspace(t, newTenant(t, surface).Provider()).AttributeNames(kind.typeName)
		for _, name := range names {
			change, ok := drift[name]
			if !ok {
				if !slices.Contains(notReadable, name) {
					t.Errorf("no drift is tested for attribute %q", name)
				}
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				tenant := newTenant(t, surface)
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				config := kind.policies("test")
				if name == "connection_id" {
					config = with(with(config, "connection_qualified_name", nil), "connection_id", sandbox.SeedProductionGUID)
				}
				apply(t, workspace, config)
				before := workspace.Attribute("test", name)
				if err := tenant.Sandbox.EditEntity(idOf(t, workspace), change.edit); err != nil {
					t.Fatal(err)
				}
				expectPlan(t, workspace, config, change.action, name)
				if after := workspace.Attribute("test", name); reflect.DeepEqual(after, before) {
					t.Errorf("the state did not notice the change of %s", name)
				}
				apply(t, workspace, config)
				expectPlan(t, workspace, config, acctest.NoOp)
			})
		}
	})
}

// TestOrderDoesNotMatter plans ten times what a shuffling tenant tells in ever other orders and encodings.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newTenant(t, surface)
		config := kind.policies("test")
		if kind.has("assets") {
			config = with(config, "assets", []string{production + "/A", production + "/B/*", production + "/C"})
		}
		if kind.has("actions") {
			config = with(config, "actions", []string{"entity-update", "entity-create", "entity-delete", "entity-add-classification"})
		}
		workspace := acctest.NewWorkspace(t, tenant.Provider())
		apply(t, workspace, config)
		for range 10 {
			expectPlan(t, acctest.NewWorkspace(t, tenant.Provider()).Adopt(workspace), config, acctest.NoOp)
		}
	})
}

// TestOutOfBand deletes policy and persona, and lets reading fail: only the former make the policy vanish.
func TestOutOfBand(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change  func(t *testing.T, tenant *gateway, guid string)
		failure string
	}{
		"deleted":      {purge, ""},
		"soft-deleted": {softDelete, ""},
		"with persona": {deletePersona, ""},
		"401":          {failing(http.StatusUnauthorized), "The credential was refused"},
		"403":          {failing(http.StatusForbidden), "lacks the right"},
		"404":          {func(_ *testing.T, g *gateway, _ string) { g.lost.Store(true) }, "404 Not Found"},
		"500":          {failing(http.StatusInternalServerError), "Atlan support the request id"},
		"429":          {failing(http.StatusTooManyRequests), "requests_per_minute"},
	}
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		for name, test := range cases {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				tenant := newGateway(t, surface)
				persona := tenant.Sandbox.AddPersona("Analysts")
				config := with(kind.policies("test"), "persona_id", persona.GUID)
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				apply(t, workspace, config)
				test.change(t, tenant, idOf(t, workspace))

				step := workspace.Plan(config)["test"]
				found := acctest.Texts(step.Diagnostics)
				if test.failure != "" {
					if workspace.Instance("test") == nil || len(acctest.Errors(step.Diagnostics)) == 0 || !strings.Contains(found, test.failure) {
						t.Errorf("want the state kept and an error that says %q, got %s", test.failure, found)
					}
					return
				}
				if step.Action != acctest.Create || !strings.Contains(found, "was deleted outside Terraform") {
					t.Errorf("want a creation and a warning that says so, got %s and %s", step.Action, found)
				}
				if name != "with persona" {
					apply(t, workspace, config)
					expectPlan(t, workspace, config, acctest.NoOp)
				}
				apply(t, workspace, nil)
			})
		}
	})
}

func purge(t *testing.T, tenant *gateway, guid string) {
	t.Helper()
	if err := tenant.Sandbox.PurgeEntity(guid); err != nil {
		t.Fatal(err)
	}
}

func softDelete(t *testing.T, tenant *gateway, guid string) {
	t.Helper()
	if err := tenant.Sandbox.EditEntity(guid, func(e *sandbox.Entity) { e.Status = "DELETED" }); err != nil {
		t.Fatal(err)
	}
}

func deletePersona(t *testing.T, tenant *gateway, guid string) {
	t.Helper()
	client := tenant.Client(t)
	for _, policy := range tenant.Sandbox.State().Policies {
		if policy.GUID != guid {
			continue
		}
		if err := client.Personas.Delete(t.Context(), policy.AccessControl); err != nil {
			t.Fatal(err)
		}
	}
}

func failing(status int) func(*testing.T, *gateway, string) {
	return func(t *testing.T, tenant *gateway, _ string) {
		t.Helper()
		if err := tenant.Sandbox.SetFaults([]sandbox.Fault{{Path: "/api/*", Kind: sandbox.FaultStatus, Status: status, Times: 1000}}); err != nil {
			t.Fatal(err)
		}
	}
}

// replacement is a change of the configuration, by the attribute that it is about, and the plan that follows.
func replacement(other string) map[string]struct {
	change map[string]any
	action acctest.Action
} {
	type change = struct {
		change map[string]any
		action acctest.Action
	}
	return map[string]change{
		"name":                      {map[string]any{"name": "other"}, acctest.Update},
		"description":               {map[string]any{"description": "other"}, acctest.Update},
		"allow":                     {map[string]any{"allow": false}, acctest.Update},
		"actions":                   {map[string]any{"actions": []string{"entity-update", "entity-delete"}}, acctest.Update},
		"assets":                    {map[string]any{"assets": []string{production + "/SALES"}}, acctest.Update},
		"glossary_qualified_names":  {map[string]any{"glossary_qualified_names": []string{"OtherGlossary000000001"}}, acctest.Update},
		"persona_id":                {map[string]any{"persona_id": other}, acctest.Replace},
		"connection_qualified_name": {map[string]any{"connection_qualified_name": development, "assets": []string{development}}, acctest.Replace},
		"connection_id": {map[string]any{
			"connection_qualified_name": nil, "connection_id": sandbox.SeedDevelopmentGUID, "assets": []string{development},
		}, acctest.Replace},
	}
}

// TestReplacement plans a replacement for each argument whose text says so, and an update for each other one.
func TestReplacement(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		names := acctest.NewWorkspace(t, newTenant(t, surface).Provider()).AttributeNames(kind.typeName)
		for name := range replacement("") {
			if !slices.Contains(names, name) {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				tenant := newTenant(t, surface)
				test := replacement(tenant.Sandbox.AddPersona("Analysts").GUID)[name]
				workspace := acctest.NewWorkspace(t, tenant.Provider())
				apply(t, workspace, kind.policies("test"))
				config, changed := kind.policies("test"), []string{}
				for attribute, value := range test.change {
					config = with(config, attribute, value)
					if value != nil {
						changed = append(changed, attribute)
					}
				}
				expectPlan(t, workspace, config, test.action, changed...)
				before := idOf(t, workspace)
				apply(t, workspace, config)
				if replaced := idOf(t, workspace) != before; replaced != (test.action == acctest.Replace) {
					t.Errorf("the policy was replaced: %t", replaced)
				}
				expectPlan(t, workspace, config, acctest.NoOp)
			})
		}
	})
}
