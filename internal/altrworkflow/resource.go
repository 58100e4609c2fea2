// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package altrworkflow is what the provider offers for importing classifications from ALTR: the resource
// atlan_altr_workflow with its identity and list resource. It speaks the language of Atlan's form for ALTR; the rest is
// the engine in package workflow.
package altrworkflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// ResourceType is the name of the managed resource and of the list resource.
const ResourceType = "atlan_altr_workflow"

// Resource is the managed resource atlan_altr_workflow.
type Resource struct{ workflow.Resource }

var _ resource.ResourceWithConfigValidators = (*Resource)(nil)

// NewResource makes the resource.
func NewResource() resource.Resource { return &Resource{workflow.Resource{Kind: kind()}} }

// ConfigValidators implements resource.ResourceWithConfigValidators: the form has a step for the credential and one for the
// connection, and neither can be left out.
func (r *Resource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{
		resourcevalidator.AtLeastOneOf(path.MatchRoot("new_connection")),
		resourcevalidator.AtLeastOneOf(path.MatchRoot("credential"), path.MatchRoot("credential_guid")),
	}
}

// ListResource is the list resource atlan_altr_workflow.
type ListResource struct{ workflow.ListResource }

// NewListResource makes the list resource.
func NewListResource() list.ListResource { return &ListResource{workflow.ListResource{Kind: kind()}} }

func kind() workflow.Kind {
	return workflow.Kind{
		TypeName: ResourceType, Noun: "ALTR workflow", Description: description, Attributes: attributes, Credential: parts,
		// The id of the app is not published. Those of the apps that Atlan's SDKs know are the name of the source, before or
		// after which stands "atlan", the name once more, or what the app does (pyatlan model/apps); the order is a guess.
		Choice: atlan.AppChoice{Connector: "altr", Candidates: []string{
			"altr", "altr-altr", "atlan-altr", "altr-classification", "altr-classifications", "altr-metadata",
		}},
		New: func() workflow.Form { return &model{InputNames: types.MapNull(types.StringType)} },
	}
}
