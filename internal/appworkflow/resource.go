// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package appworkflow is what the provider offers for workflows of any app: the resource atlan_app_workflow with its
// identity and list resource, which are those of the engine in package workflow.
package appworkflow

import (
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// ResourceType is the name of the managed resource and of the list resource.
const ResourceType = "atlan_app_workflow"

// Resource is the managed resource atlan_app_workflow.
type Resource struct{ workflow.Resource }

// NewResource makes the resource.
func NewResource() resource.Resource { return &Resource{workflow.Resource{Kind: kind()}} }

// ListResource is the list resource atlan_app_workflow.
type ListResource struct{ workflow.ListResource }

// NewListResource makes the list resource.
func NewListResource() list.ListResource { return &ListResource{workflow.ListResource{Kind: kind()}} }

func kind() workflow.Kind {
	return workflow.Kind{
		TypeName: ResourceType, Noun: "app workflow", Description: description, Credential: parts,
		New: func() workflow.Form { return &model{} },
	}
}
