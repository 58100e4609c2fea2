// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// steady is what it takes to tell that the plan of an object is to leave it as it is, which is what most plans of most
// objects come to. The framework takes a third of all its processor time to say so.
type steady struct {
	state tftypes.Type
	// defaults are the values of attributes that are not configured.
	defaults map[string]tftypes.Value
	// plansBy are the arguments that the resource plans by; see [tfx.Steady].
	plansBy []string
	// noIdentity is the planned identity of an object whose identity the caller does not keep.
	noIdentity *tfprotov6.ResourceIdentityData
}

// steadyTypes returns the types of resources that are steady, each with what is known of it once it is asked for.
func steadyTypes(p provider.Provider, server tfprotov6.ProviderServer) map[string]func() *steady {
	ctx := context.Background()
	var own provider.MetadataResponse
	p.Metadata(ctx, provider.MetadataRequest{}, &own)
	types := map[string]func() *steady{}
	for _, construct := range p.Resources(ctx) {
		made := construct()
		if is, ok := made.(tfx.Steady); ok {
			var of resource.MetadataResponse
			made.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: own.TypeName}, &of)
			types[of.TypeName] = sync.OnceValue(func() *steady { return newSteady(ctx, of.TypeName, made, is, server) })
		}
	}
	return types
}

// newSteady lets the framework plan a new object of which nothing is configured: what it has all the same are defaults. It
// returns nil if that cannot be.
func newSteady(ctx context.Context, typeName string, made resource.Resource, is tfx.Steady, server tfprotov6.ProviderServer) *steady {
	var schema resource.SchemaResponse
	made.Schema(ctx, resource.SchemaRequest{}, &schema)
	s := &steady{state: schema.Schema.Type().TerraformType(ctx), plansBy: is.PlansBy(), defaults: map[string]tftypes.Value{}}
	object, ok := s.state.(tftypes.Object)
	if !ok {
		return nil
	}
	nothing := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		nothing[name] = tftypes.NewValue(of, nil)
	}
	none, noneErr := tfprotov6.NewDynamicValue(s.state, tftypes.NewValue(s.state, nil))
	blank, blankErr := tfprotov6.NewDynamicValue(s.state, tftypes.NewValue(s.state, nothing))
	if noneErr != nil || blankErr != nil {
		return nil
	}
	answer, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: &none, ProposedNewState: &blank, Config: &blank,
	})
	if err != nil || len(answer.Diagnostics) > 0 {
		return nil
	}
	planned := attributesOf(answer.PlannedState, s.state)
	if planned == nil {
		return nil
	}
	for name, value := range planned {
		if value.IsFullyKnown() && !value.IsNull() {
			s.defaults[name] = value
		}
	}
	s.noIdentity = answer.PlannedIdentity
	return s
}

// unchanged answers a plan that leaves the object as it is, or returns nil. Terraform proposes the state itself when what is
// configured is what the state has; all that may still change it then are a default, for what is configured no longer, and
// the resource.
func (s *steady) unchanged(req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	if s == nil || req.PriorState == nil || req.ProposedNewState == nil || len(req.PriorState.MsgPack) == 0 ||
		!bytes.Equal(req.PriorState.MsgPack, req.ProposedNewState.MsgPack) {
		return nil
	}
	config, state := attributesOf(req.Config, s.state), attributesOf(req.PriorState, s.state)
	if config == nil || state == nil {
		return nil
	}
	if slices.ContainsFunc(s.plansBy, func(name string) bool { return !state[name].IsNull() }) {
		return nil
	}
	for name, value := range s.defaults {
		if config[name].IsNull() && !state[name].Equal(value) {
			return nil
		}
	}
	identity := req.PriorIdentity
	if identity == nil {
		identity = s.noIdentity
	}
	return &tfprotov6.PlanResourceChangeResponse{
		PlannedState: req.ProposedNewState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: identity,
	}
}

// attributesOf decodes an object; it returns nil when there is none, or it is not what it should be.
func attributesOf(value *tfprotov6.DynamicValue, of tftypes.Type) map[string]tftypes.Value {
	if value == nil {
		return nil
	}
	decoded, err := value.Unmarshal(of)
	if err != nil || decoded.IsNull() || !decoded.IsKnown() {
		return nil
	}
	var attributes map[string]tftypes.Value
	if decoded.As(&attributes) != nil {
		return nil
	}
	return attributes
}
