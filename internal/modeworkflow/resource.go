// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package modeworkflow is what the provider offers for crawling Mode: the resource atlan_mode_workflow with its identity
// and list resource. It speaks the language of Atlan's form for Mode; the rest is the engine in package workflow.
package modeworkflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// ResourceType is the name of the managed resource and of the list resource.
const ResourceType = "atlan_mode_workflow"

// Resource is the managed resource atlan_mode_workflow.
type Resource struct{ workflow.Resource }

var _ resource.ResourceWithConfigValidators = (*Resource)(nil)

// NewResource makes the resource.
func NewResource() resource.Resource { return &Resource{workflow.Resource{Kind: kind()}} }

// ConfigValidators implements resource.ResourceWithConfigValidators: the form has a step for the connection, which cannot
// be left out. Whether a credential can, the tenant's contract says.
func (r *Resource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{resourcevalidator.AtLeastOneOf(path.MatchRoot("new_connection"))}
}

// ListResource is the list resource atlan_mode_workflow.
type ListResource struct{ workflow.ListResource }

// NewListResource makes the list resource.
func NewListResource() list.ListResource { return &ListResource{workflow.ListResource{Kind: kind()}} }

// crawler is the package that crawls Mode on tenants that serve workflows of packages only. Its prefix is known (pyatlan
// model/enums.py WorkflowPackage); its name, and what its parameters are called, are inferred from the packages for Looker,
// Tableau and Sigma (pyatlan, atlan-java model/packages).
var crawler = atlan.Package{
	Name: "@atlan/mode", Prefix: "atlan-mode", Title: "Mode Assets", Connector: "mode", Category: "bi", Host: "app.mode.com", Port: 443,
	Parameters: []atlan.PackageParameter{
		{Name: "extraction-method", Preset: "direct", Fixed: true},
		{Name: "include-collections", Preset: "{}"},
		{Name: "exclude-collections", Preset: "{}"},
		{Name: "crawl-archived-reports", Preset: "true"},
		{Name: "publish-mode", Preset: "production", Fixed: true},
		{Name: "atlas-auth-type", Preset: "internal", Fixed: true},
	},
}

func kind() workflow.Kind {
	return workflow.Kind{
		TypeName: ResourceType, Noun: "Mode workflow", Description: description, Attributes: attributes, Credential: parts,
		// The id of the app is not published. Others whose package is called so are called so too (pyatlan model/apps).
		Choice:  atlan.AppChoice{Connector: "mode", Candidates: []string{"atlan-mode"}},
		Package: &crawler,
		New:     func() workflow.Form { return &model{} },
	}
}
