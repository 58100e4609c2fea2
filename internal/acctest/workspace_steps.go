// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

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
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
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
	w.warnings = append(w.warnings, warnings(answer.Diagnostics)...)
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
