// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"
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
	identity  map[string]*tfprotov6.ResourceIdentitySchema
	instances map[string]*Instance
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
	server, err := factory()
	must(t, err)
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	must(t, err)
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	must(t, err)
	w := &Workspace{
		t: t, server: server, resources: schemas.ResourceSchemas, lists: schemas.ListResourceSchemas,
		identity: identities.IdentitySchemas, instances: map[string]*Instance{},
	}
	w.configure(object(t, schemas.Provider, nil))
	return w
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
	server, err := factory()
	must(w.t, err)
	schemas, err := server.GetProviderSchema(w.t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	must(w.t, err)
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
	return append(diags, w.refresh(name)...)
}

func (w *Workspace) refresh(name string) []*tfprotov6.Diagnostic {
	w.t.Helper()
	instance := w.instances[name]
	answer, err := w.server.ReadResource(w.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: instance.Type, CurrentState: dynamic(w.t, instance.Value), Private: instance.Private, CurrentIdentity: instance.Identity,
	})
	must(w.t, err)
	if len(Errors(answer.Diagnostics)) > 0 {
		return answer.Diagnostics
	}
	instance.Value = w.decode(instance.Type, answer.NewState)
	instance.Private, instance.Identity = answer.Private, answer.NewIdentity
	if instance.Value.IsNull() {
		delete(w.instances, name)
	}
	return answer.Diagnostics
}

func (w *Workspace) planOne(name string, block Block) Step {
	w.t.Helper()
	config := object(w.t, w.resources[block.Type], block.Attributes)
	validated, err := w.server.ValidateResourceConfig(w.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: block.Type, Config: dynamic(w.t, config),
	})
	must(w.t, err)
	if len(Errors(validated.Diagnostics)) > 0 {
		return Step{Diagnostics: validated.Diagnostics}
	}
	step := w.planAction(name, block.Type, config)
	step.Diagnostics = append(validated.Diagnostics, step.Diagnostics...)
	return step
}

func (w *Workspace) planAction(name, typeName string, config tftypes.Value) Step {
	w.t.Helper()
	instance := w.instances[name]
	if instance == nil || instance.Tainted {
		step := w.planChange(typeName, nil, config)
		step.Action = Create
		if instance != nil {
			step.Action = Replace
		}
		return step
	}
	step := w.planChange(typeName, instance, config)
	if len(Errors(step.Diagnostics)) > 0 {
		return step
	}
	planned := w.decode(typeName, step.plan.PlannedState)
	step.Changed = changed(w.t, instance.Value, planned)
	switch {
	case len(step.plan.RequiresReplace) > 0:
		replacement := w.planChange(typeName, nil, config)
		step.Action, step.plan = Replace, replacement.plan
		step.Diagnostics = append(step.Diagnostics, replacement.Diagnostics...)
	case len(step.Changed) > 0:
		step.Action = Update
	default:
		step.Action = NoOp
	}
	return step
}

func (w *Workspace) planChange(typeName string, instance *Instance, config tftypes.Value) Step {
	w.t.Helper()
	request := &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, Config: dynamic(w.t, config)}
	prior := tftypes.NewValue(w.resources[typeName].ValueType(), nil)
	if instance != nil {
		prior = instance.Value
		request.PriorPrivate, request.PriorIdentity = instance.Private, instance.Identity
	}
	request.PriorState = dynamic(w.t, prior)
	request.ProposedNewState = dynamic(w.t, proposed(w.t, w.resources[typeName], prior, config))
	answer, err := w.server.PlanResourceChange(w.t.Context(), request)
	must(w.t, err)
	return Step{plan: answer, Diagnostics: answer.Diagnostics}
}

func (w *Workspace) applyOne(name string, block Block, step Step) []*tfprotov6.Diagnostic {
	w.t.Helper()
	config := object(w.t, w.resources[block.Type], block.Attributes)
	switch step.Action {
	case NoOp:
		return nil
	case Replace:
		if failed := w.destroy(name); len(failed) > 0 {
			return failed
		}
		return w.change(name, block.Type, nil, config, step.plan)
	case Create, Update, Delete:
		return w.change(name, block.Type, w.instances[name], config, step.plan)
	default:
		return nil
	}
}

func (w *Workspace) change(
	name, typeName string, instance *Instance, config tftypes.Value, plan *tfprotov6.PlanResourceChangeResponse,
) []*tfprotov6.Diagnostic {
	w.t.Helper()
	prior := tftypes.NewValue(w.resources[typeName].ValueType(), nil)
	if instance != nil {
		prior = instance.Value
	}
	answer, err := w.server.ApplyResourceChange(w.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: dynamic(w.t, prior), PlannedState: plan.PlannedState, Config: dynamic(w.t, config),
		PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	must(w.t, err)
	failed := Errors(answer.Diagnostics)
	after := w.decode(typeName, answer.NewState)
	if after.IsNull() {
		delete(w.instances, name)
		return failed
	}
	if len(failed) == 0 {
		w.checkConsistent(name, w.decode(typeName, plan.PlannedState), after)
	}
	w.instances[name] = &Instance{
		Type: typeName, Value: after, Private: answer.Private, Identity: answer.NewIdentity,
		Tainted: instance == nil && len(failed) > 0,
	}
	return failed
}

// checkConsistent holds the provider to its plan, as Terraform does.
func (w *Workspace) checkConsistent(name string, planned, after tftypes.Value) {
	w.t.Helper()
	got := attributes(w.t, after)
	for attribute, want := range attributes(w.t, planned) {
		if want.IsFullyKnown() && !want.Equal(got[attribute]) {
			w.t.Errorf("provider produced an inconsistent result after apply: %s.%s is not as planned", name, attribute)
		}
	}
	if !after.IsFullyKnown() {
		w.t.Errorf("provider returned unknown values after apply of %s", name)
	}
}

func (w *Workspace) destroy(name string) []*tfprotov6.Diagnostic {
	w.t.Helper()
	instance := w.instances[name]
	null := tftypes.NewValue(w.resources[instance.Type].ValueType(), nil)
	answer, err := w.server.ApplyResourceChange(w.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: instance.Type, PriorState: dynamic(w.t, instance.Value), PlannedState: dynamic(w.t, null), Config: dynamic(w.t, null),
		PlannedPrivate: instance.Private, PlannedIdentity: instance.Identity,
	})
	must(w.t, err)
	failed := Errors(answer.Diagnostics)
	if len(failed) == 0 {
		delete(w.instances, name)
	}
	return failed
}

func (w *Workspace) decode(typeName string, value *tfprotov6.DynamicValue) tftypes.Value {
	w.t.Helper()
	decoded, err := value.Unmarshal(w.resources[typeName].ValueType())
	must(w.t, err)
	return decoded
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
