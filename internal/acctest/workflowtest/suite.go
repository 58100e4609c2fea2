// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package workflowtest is what the tests of the workflow resources share. These have one engine, so that most of what
// must be true of one must be true of all.
package workflowtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// Suite are the tests of one workflow resource.
type Suite struct {
	// Type of the resource, such as "atlan_app_workflow", and what its messages call an object.
	Type, Noun string
	// Least and Full are the arguments of a workflow named "ci", but for its name: the required ones, and all that make a
	// difference in Atlan, with run = "on_change" and wait = true.
	Least, Full func() map[string]any
	// Drift is what somebody may change about a workflow of Full, by attribute, beside what all workflows have in common,
	// and whether the plan changes it back.
	Drift map[string]func(*sandbox.AppWorkflow)
	// Fixed are its own attributes that cannot be read.
	Fixed []string
	// Changes are other values for its own arguments.
	Changes map[string]any
	// OneIn is how many faults there are to one that is tried; 0 tries all. It is for resources whose requests are those of
	// another one.
	OneIn int
	// Whole runs all faults also of the steps in which all workflow resources do the same.
	Whole bool
	// AppID is the app that Full is about, on the tenant of the demo seed.
	AppID string
}

// Named is a configuration of workflows of these names, with everything.
func (s Suite) Named(names ...string) map[string]acctest.Block { return s.blocks(s.Full, names) }

// LeastNamed is a configuration of workflows of these names, with what is required.
func (s Suite) LeastNamed(names ...string) map[string]acctest.Block { return s.blocks(s.Least, names) }

func (s Suite) blocks(arguments func() map[string]any, names []string) map[string]acctest.Block {
	blocks := map[string]acctest.Block{}
	for _, name := range names {
		block := acctest.Block{Type: s.Type, Attributes: arguments()}
		block.Attributes["name"] = name
		blocks[name] = block
	}
	return blocks
}

// With is the configuration with one argument set on every workflow. A dot leads into an object.
func With(blocks map[string]acctest.Block, argument string, value any) map[string]acctest.Block {
	changed := map[string]acctest.Block{}
	for name, block := range blocks {
		attributes := maps.Clone(block.Attributes)
		outer, inner, nested := strings.Cut(argument, ".")
		if nested {
			object, _ := attributes[outer].(map[string]any)
			object = maps.Clone(object)
			object[inner] = value
			attributes[outer] = object
		} else {
			attributes[argument] = value
		}
		changed[name] = acctest.Block{Type: block.Type, Attributes: attributes}
	}
	return changed
}

// Apply applies the configuration and fails the test if that fails.
func Apply(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block) {
	t.Helper()
	if failed := workspace.Apply(config); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
}

// ExpectPlan checks action and changed attributes of the workflow "ci".
func ExpectPlan(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block, action acctest.Action, changed ...string) {
	t.Helper()
	step := workspace.Plan(config)["ci"]
	if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
	if step.Action != action || !slices.Equal(step.Changed, changed) {
		t.Errorf("planned %s of %v, want %s of %v", step.Action, step.Changed, action, changed)
	}
}

// Living are the workflows of the tenant that are not archived, by slug.
func Living(tenant *sandbox.Tenant) map[string]sandbox.AppWorkflow {
	living := map[string]sandbox.AppWorkflow{}
	for _, workflow := range tenant.State().AppWorkflows {
		if workflow.ArchivedAt.IsZero() {
			living[workflow.Slug] = workflow
		}
	}
	return living
}

// Only is the only workflow of the tenant.
func Only(t *testing.T, tenant *sandbox.Tenant) sandbox.AppWorkflow {
	t.Helper()
	living := Living(tenant)
	if len(living) != 1 {
		t.Fatalf("the tenant has %d workflows, want one", len(living))
	}
	for _, workflow := range living {
		return workflow
	}
	return sandbox.AppWorkflow{}
}

// Edit changes a workflow behind Terraform's back.
func Edit(t *testing.T, tenant *sandbox.Tenant, slug any, change func(*sandbox.AppWorkflow)) {
	t.Helper()
	if err := tenant.EditAppWorkflow(fmt.Sprint(slug), change); err != nil {
		t.Fatal(err)
	}
}

// Post sends a request that the provider does not know of.
func Post(t *testing.T, tenant *acctest.Tenant, path string, body any) {
	t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, tenant.URL+path, bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+tenant.APIKey)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("POST %s: HTTP %d", path, answer.StatusCode)
	}
}

// Failing makes a tenant answer everything with a status.
func Failing(status int) func(*testing.T, *acctest.Tenant, string) {
	return func(t *testing.T, tenant *acctest.Tenant, _ string) {
		t.Helper()
		SetFaults(t, tenant, sandbox.Fault{Path: "/api/*", Kind: sandbox.FaultStatus, Status: status, Times: 1000})
	}
}

// SetFaults sets the faults of a tenant.
func SetFaults(t *testing.T, tenant *acctest.Tenant, faults ...sandbox.Fault) {
	t.Helper()
	if err := tenant.Sandbox.SetFaults(faults); err != nil {
		t.Fatal(err)
	}
}
