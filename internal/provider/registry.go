// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	frameworkfunction "github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlan-community/terraform-provider-atlan/internal/altrworkflow"
	"github.com/atlan-community/terraform-provider-atlan/internal/apitoken"
	"github.com/atlan-community/terraform-provider-atlan/internal/appworkflow"
	"github.com/atlan-community/terraform-provider-atlan/internal/collectionmember"
	"github.com/atlan-community/terraform-provider-atlan/internal/connection"
	"github.com/atlan-community/terraform-provider-atlan/internal/connectionadmin"
	"github.com/atlan-community/terraform-provider-atlan/internal/function"
	"github.com/atlan-community/terraform-provider-atlan/internal/modeworkflow"
	"github.com/atlan-community/terraform-provider-atlan/internal/persona"
	"github.com/atlan-community/terraform-provider-atlan/internal/personapolicy"
	"github.com/atlan-community/terraform-provider-atlan/internal/principal"
	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

var (
	_ provider.Provider                       = (*Provider)(nil)
	_ provider.ProviderWithActions            = (*Provider)(nil)
	_ provider.ProviderWithEphemeralResources = (*Provider)(nil)
	_ provider.ProviderWithFunctions          = (*Provider)(nil)
	_ provider.ProviderWithListResources      = (*Provider)(nil)
)

// The lists below are the only ones of what the provider offers.

// Resources implements provider.Provider.
func (p *Provider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		altrworkflow.NewResource,
		apitoken.NewResource,
		appworkflow.NewResource,
		collectionmember.NewResource,
		connectionadmin.NewResource,
		modeworkflow.NewResource,
		persona.NewResource,
		personapolicy.NewMetadataResource,
		personapolicy.NewDataResource,
		personapolicy.NewGlossaryResource,
	}
}

// DataSources implements provider.Provider.
func (p *Provider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		apitoken.NewDataSource,
		apitoken.NewListDataSource,
		appworkflow.NewAppDataSource,
		appworkflow.NewContractDataSource,
		collectionmember.NewDataSource,
		connection.NewDataSource,
		connection.NewListDataSource,
		persona.NewDataSource,
		persona.NewListDataSource,
		personapolicy.NewListDataSource,
		principal.NewCurrentUserDataSource,
		principal.NewGroupDataSource,
		principal.NewGroupListDataSource,
		principal.NewRoleDataSource,
		principal.NewRoleListDataSource,
		principal.NewUserDataSource,
		principal.NewUserListDataSource,
		workflow.NewListDataSource,
		workflow.NewRunListDataSource,
	}
}

// Actions implements provider.ProviderWithActions.
func (p *Provider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		workflow.NewRunAction,
	}
}

// EphemeralResources implements provider.ProviderWithEphemeralResources.
func (p *Provider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		apitoken.NewEphemeralResource,
	}
}

// Functions implements provider.ProviderWithFunctions.
func (p *Provider) Functions(context.Context) []func() frameworkfunction.Function {
	return []func() frameworkfunction.Function{
		function.NewParseQualifiedName,
		function.NewServiceAccountUsername,
	}
}

// ListResources implements provider.ProviderWithListResources.
func (p *Provider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		altrworkflow.NewListResource,
		apitoken.NewListResource,
		appworkflow.NewListResource,
		collectionmember.NewListResource,
		connectionadmin.NewListResource,
		modeworkflow.NewListResource,
		persona.NewListResource,
		personapolicy.NewMetadataListResource,
		personapolicy.NewDataListResource,
		personapolicy.NewGlossaryListResource,
	}
}
