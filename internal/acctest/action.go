// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Invoke validates, plans and invokes an action, as Terraform does, and returns the messages of its progress, and its
// diagnostics. Cancelling ctx is what the user's Ctrl-C does.
func (w *Workspace) Invoke(ctx context.Context, actionType string, attributes map[string]any) ([]string, []*tfprotov6.Diagnostic) {
	w.t.Helper()
	config := w.actionConfig(actionType, attributes)
	server := w.actionServer()
	validated, err := server.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: actionType, Config: config})
	must(w.t, err)
	if len(Errors(validated.Diagnostics)) > 0 {
		return nil, validated.Diagnostics
	}
	planned, err := server.PlanAction(ctx, &tfprotov6.PlanActionRequest{ActionType: actionType, Config: config})
	must(w.t, err)
	if len(Errors(planned.Diagnostics)) > 0 {
		return nil, planned.Diagnostics
	}
	stream, err := server.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: actionType, Config: config})
	must(w.t, err)
	var messages []string
	var diags []*tfprotov6.Diagnostic
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			messages = append(messages, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			diags = event.Diagnostics
		}
	}
	return messages, diags
}

// ValidateAction returns what validating an action's configuration says; [Unknown] stands for a value that is not known yet.
func (w *Workspace) ValidateAction(actionType string, attributes map[string]any) []*tfprotov6.Diagnostic {
	w.t.Helper()
	validated, err := w.actionServer().ValidateActionConfig(w.t.Context(), &tfprotov6.ValidateActionConfigRequest{
		ActionType: actionType, Config: w.actionConfig(actionType, attributes),
	})
	must(w.t, err)
	return validated.Diagnostics
}

func (w *Workspace) actionConfig(actionType string, attributes map[string]any) *tfprotov6.DynamicValue {
	w.t.Helper()
	schema, ok := w.actions[actionType]
	if !ok {
		w.t.Fatalf("the provider has no action %q", actionType)
	}
	return dynamic(w.t, object(w.t, schema.Schema, attributes))
}

func (w *Workspace) actionServer() tfprotov6.ActionServer {
	w.t.Helper()
	server, ok := w.server.(tfprotov6.ActionServer)
	if !ok {
		w.t.Fatal("the provider serves no actions")
	}
	return server
}
