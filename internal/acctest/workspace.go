// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Workspace is a small Terraform: it speaks the plugin protocol with a provider in process, keeps state as Terraform
// does, private state and taint included, and takes milliseconds where the real CLI takes a second. Tests that need
// many applies use it; what users see is tested with the real CLI.
type Workspace struct {
	t         testing.TB
	server    tfprotov6.ProviderServer
	resources map[string]*tfprotov6.Schema
	lists     map[string]*tfprotov6.Schema
	actions   map[string]*tfprotov6.ActionSchema
	instances map[string]*Instance
	warnings  []*tfprotov6.Diagnostic
}

// Block is a resource block of a configuration. Attributes that it leaves out are null; [Unknown] stands for a value
// that is not known yet.
type Block struct {
	Type       string
	Attributes map[string]any
}

// Instance is what the state holds of a resource.
type Instance struct {
	Type     string
	Value    tftypes.Value
	Private  []byte
	Identity *tfprotov6.ResourceIdentityData
	Tainted  bool
}

// Action is what a plan says of a resource.
type Action string

// The actions of a plan.
const (
	NoOp    Action = "no-op"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Delete  Action = "delete"
)

// Step is the plan for one resource.
type Step struct {
	Action Action
	// Changed names the attributes whose value changes or is not known any more.
	Changed []string
	// Diagnostics of reading and planning.
	Diagnostics []*tfprotov6.Diagnostic

	plan *tfprotov6.PlanResourceChangeResponse
}

// NewWorkspace configures the provider with an empty provider block and starts with an empty state.
func NewWorkspace(t testing.TB, factory func() (tfprotov6.ProviderServer, error)) *Workspace {
	t.Helper()
	server, schemas := start(t, factory)
	w := &Workspace{
		t: t, server: server, resources: schemas.ResourceSchemas, lists: schemas.ListResourceSchemas, actions: schemas.ActionSchemas,
		instances: map[string]*Instance{},
	}
	w.configure(object(t, schemas.Provider, nil))
	return w
}

// ask keeps the schemas for all workspaces of a process: they are always the same, and making them takes as long as several
// applies.
var ask struct {
	sync.Mutex
	schemas *tfprotov6.GetProviderSchemaResponse
}

func start(t testing.TB, factory func() (tfprotov6.ProviderServer, error)) (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse) {
	t.Helper()
	server, err := factory()
	must(t, err)
	ask.Lock()
	defer ask.Unlock()
	if ask.schemas == nil {
		ask.schemas, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
		must(t, err)
	}
	return server, ask.schemas
}

func (w *Workspace) configure(config tftypes.Value) {
	w.t.Helper()
	configured, err := w.server.ConfigureProvider(w.t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.15.0", Config: dynamic(w.t, config),
	})
	must(w.t, err)
	if failed := Errors(configured.Diagnostics); len(failed) > 0 {
		w.t.Fatalf("configuring the provider: %v", Texts(failed))
	}
}

// WithUnknownProvider returns the workspace as a run sees it in which the provider's address is not known yet, and
// whose CLI keeps no identities, as those before Terraform 1.12.
func (w *Workspace) WithUnknownProvider(factory func() (tfprotov6.ProviderServer, error)) *Workspace {
	w.t.Helper()
	server, schemas := start(w.t, factory)
	late := *w
	late.server, late.instances = server, map[string]*Instance{}
	for name, instance := range w.instances {
		copied := *instance
		copied.Identity = nil
		late.instances[name] = &copied
	}
	late.configure(object(w.t, schemas.Provider, map[string]any{"base_url": Unknown}))
	return &late
}

// Instance returns what the state holds under that name; nil when there is nothing.
func (w *Workspace) Instance(name string) *Instance { return w.instances[name] }

// Warnings returns the warnings of changes so far.
func (w *Workspace) Warnings() []*tfprotov6.Diagnostic { return w.warnings }

// Attribute returns an attribute of the state as a Go value: string, int64, bool, []any, map[string]any or nil.
func (w *Workspace) Attribute(name, attribute string) any {
	w.t.Helper()
	instance := w.instances[name]
	if instance == nil {
		w.t.Fatalf("%s is not in the state", name)
	}
	return plain(w.t, attributes(w.t, instance.Value)[attribute])
}

// Plan refreshes the state and plans the configuration. Resources that the configuration lacks are planned for deletion.
func (w *Workspace) Plan(config map[string]Block) map[string]Step {
	w.t.Helper()
	steps := map[string]Step{}
	for _, name := range slices.Sorted(maps.Keys(w.instances)) {
		diags := w.refresh(name)
		step := Step{Action: Delete, Diagnostics: diags}
		if w.instances[name] != nil {
			steps[name] = step
		} else if len(diags) > 0 {
			steps[name] = Step{Action: NoOp, Diagnostics: diags}
		}
	}
	for name, block := range config {
		step := w.planOne(name, block)
		step.Diagnostics = append(steps[name].Diagnostics, step.Diagnostics...)
		steps[name] = step
	}
	return steps
}

// Apply plans the configuration and carries the plan out, deletions first, and returns the errors. As with Terraform, a
// resource whose step fails stays in the state as the provider left it, and the others are applied all the same.
func (w *Workspace) Apply(config map[string]Block) []*tfprotov6.Diagnostic {
	w.t.Helper()
	steps := w.Plan(config)
	var failed []*tfprotov6.Diagnostic
	for _, name := range slices.Sorted(maps.Keys(steps)) {
		failed = append(failed, Errors(steps[name].Diagnostics)...)
	}
	if len(failed) > 0 {
		return failed // Terraform applies nothing when planning failed
	}
	for _, name := range slices.Sorted(maps.Keys(steps)) {
		if steps[name].Action == Delete {
			failed = append(failed, w.destroy(name)...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(config)) {
		failed = append(failed, w.applyOne(name, config[name], steps[name])...)
	}
	return failed
}

// Import reads the object that the id names into the state.
func (w *Workspace) Import(name, typeName, id string) []*tfprotov6.Diagnostic {
	w.t.Helper()
	return w.importAs(name, &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
}

// ImportIdentity reads the object of that identity into the state.
func (w *Workspace) ImportIdentity(name, typeName string, identity *tfprotov6.ResourceIdentityData) []*tfprotov6.Diagnostic {
	w.t.Helper()
	return w.importAs(name, &tfprotov6.ImportResourceStateRequest{TypeName: typeName, Identity: identity})
}

func (w *Workspace) importAs(name string, request *tfprotov6.ImportResourceStateRequest) []*tfprotov6.Diagnostic {
	w.t.Helper()
	answer, err := w.server.ImportResourceState(w.t.Context(), request)
	must(w.t, err)
	diags := answer.Diagnostics
	if len(Errors(diags)) > 0 {
		return diags
	}
	imported := answer.ImportedResources[0]
	w.instances[name] = &Instance{
		Type: request.TypeName, Value: w.decode(request.TypeName, imported.State), Private: imported.Private, Identity: imported.Identity,
	}
	if diags = append(diags, w.refresh(name)...); len(Errors(diags)) > 0 {
		delete(w.instances, name) // as with Terraform, what cannot be read is not imported
	}
	return diags
}

// AttributeNames returns the names of the attributes and blocks of a resource type.
func (w *Workspace) AttributeNames(typeName string) []string {
	schema := w.resources[typeName].Block
	var names []string
	for _, attribute := range schema.Attributes {
		names = append(names, attribute.Name)
	}
	for _, block := range schema.BlockTypes {
		names = append(names, block.TypeName)
	}
	return names
}

// mayFollow tells whether the state lacks an attribute that a provider tells of by itself: what it could not look up when the
// object was made, the next refresh adds.
func (w *Workspace) mayFollow(instance *Instance, name string) bool {
	w.t.Helper()
	return attributes(w.t, instance.Value)[name].IsNull() && slices.ContainsFunc(w.resources[instance.Type].Block.Attributes,
		func(attribute *tfprotov6.SchemaAttribute) bool { return attribute.Name == name && attribute.Computed })
}
