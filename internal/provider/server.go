// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns a constructor of the provider's server. One that nobody reads the log of is quiet.
//
// A quiet server keeps the contexts of calls, which hold loggers, from the plugin framework. The framework remembers the
// context of every call until Terraform stops it, some 12 KB, and makes records for loggers that drop them. With five calls
// per object, that is three quarters of the memory of a large plan, which each garbage collection looks through.
func NewServer(version string, options Options, quiet bool) func() tfprotov6.ProviderServer {
	construct := New(version, options)
	return func() tfprotov6.ProviderServer {
		made := construct()
		framework := providerserver.NewProtocol6(made)()
		if complete, ok := framework.(frameworkServer); ok && quiet {
			return &quietServer{frameworkServer: complete, steady: steadyTypes(made, complete)}
		}
		return framework
	}
}

// frameworkServer is everything that the framework serves; what is left out here would be unknown to Terraform.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// quietServer passes calls on without the values of their contexts. Calls that a run makes but a few times are passed on as
// they are, and so are those whose answer is a stream, which goes on after the call. Plans that change nothing it makes itself,
// where the resource allows it; see [steady].
type quietServer struct {
	frameworkServer
	steady map[string]func() *steady // by type
	// deferring is set when Terraform may put plans off, which the framework knows how to.
	deferring atomic.Bool
}

// quietly makes a call whose context has nothing but its end.
func quietly[Request, Response any](
	ctx context.Context, req Request, call func(context.Context, Request) (Response, error),
) (Response, error) {
	bare, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	return call(bare, req) //nolint:contextcheck // that it is not the call's context is the point
}

// ConfigureProvider implements tfprotov6.ProviderServer.
func (s *quietServer) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	s.deferring.Store(req.ClientCapabilities != nil && req.ClientCapabilities.DeferralAllowed)
	return s.frameworkServer.ConfigureProvider(ctx, req)
}

// ValidateResourceConfig implements tfprotov6.ResourceServer.
func (s *quietServer) ValidateResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return quietly(ctx, req, s.frameworkServer.ValidateResourceConfig)
}

// UpgradeResourceState implements tfprotov6.ResourceServer.
func (s *quietServer) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return quietly(ctx, req, s.frameworkServer.UpgradeResourceState)
}

// UpgradeResourceIdentity implements tfprotov6.ResourceServer.
func (s *quietServer) UpgradeResourceIdentity(
	ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest,
) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return quietly(ctx, req, s.frameworkServer.UpgradeResourceIdentity)
}

// ReadResource implements tfprotov6.ResourceServer.
func (s *quietServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return quietly(ctx, req, s.frameworkServer.ReadResource)
}

// PlanResourceChange implements tfprotov6.ResourceServer.
func (s *quietServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if known := s.steady[req.TypeName]; known != nil && !s.deferring.Load() {
		if answer := known().unchanged(req); answer != nil {
			return answer, nil
		}
	}
	return quietly(ctx, req, s.frameworkServer.PlanResourceChange)
}

// ApplyResourceChange implements tfprotov6.ResourceServer.
func (s *quietServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return quietly(ctx, req, s.frameworkServer.ApplyResourceChange)
}

// ImportResourceState implements tfprotov6.ResourceServer.
func (s *quietServer) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return quietly(ctx, req, s.frameworkServer.ImportResourceState)
}

// ValidateDataResourceConfig implements tfprotov6.DataSourceServer.
func (s *quietServer) ValidateDataResourceConfig(
	ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return quietly(ctx, req, s.frameworkServer.ValidateDataResourceConfig)
}

// ReadDataSource implements tfprotov6.DataSourceServer.
func (s *quietServer) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return quietly(ctx, req, s.frameworkServer.ReadDataSource)
}

// CallFunction implements tfprotov6.FunctionServer.
func (s *quietServer) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return quietly(ctx, req, s.frameworkServer.CallFunction)
}
