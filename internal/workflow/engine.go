// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// The engine in this package is a managed resource for workflows of apps. A resource that speaks the language of one app
// embeds [Resource] and says with a [Kind] what is its own:
//
//   - its attributes, and a model that embeds [Common] and implements [Form];
//   - [Form.Fields]: the attributes that become inputs of the app, each with the label that the app's set-up form has for
//     it. The key on the tenant is found by the label; see [atlan.Field]. [Text], [Flag], [Selected] and [Reference] turn
//     attributes into fields that are also read back;
//   - [Kind.Credential]: the parts of its credential, the same way;
//   - [Kind.Choice]: how its app is found where the configuration does not name it.
//
// Everything else is the engine's: validation against the tenant's contract at plan time, creation that loses nothing,
// schedules, runs, drift, import, and the list of workflows. atlan_app_workflow has no fields of its own.

// Kind is what one kind of workflow resource adds to the engine.
type Kind struct {
	// TypeName is the name of the resource, such as "atlan_app_workflow".
	TypeName string
	// Noun names an object in messages, such as "app workflow".
	Noun string
	// Description of the resource.
	Description string
	// Attributes are the schema's beside those of [Common]; one of an equal name replaces it. nil for none.
	Attributes func() map[string]schema.Attribute
	// Credential are the parts of the credential that have a name of their own. The others are in its extra and extra_wo.
	Credential []Part
	// Choice says how the app is found that app_id does not name. Without a connector, app_id is required.
	Choice atlan.AppChoice
	// Package stands in for the app on tenants that do not serve workflows of apps; nil for none.
	Package *atlan.Package
	// New makes an empty model, a pointer.
	New func() Form
}

// Form is the model of a workflow resource.
type Form interface {
	// Shared is the part that the engine manages.
	Shared() *Common
	// Fields are the attributes that become inputs.
	Fields() []Field
	// Names are keys that the configuration gives to fields, by their names: [Names] makes them; nil for none.
	Names() map[string]string
}

// Resource is a managed resource for workflows of a kind.
type Resource struct {
	tfx.ResourceClient
	Kind Kind
}

var (
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// Metadata implements resource.Resource.
func (r *Resource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.Kind.TypeName
}

// describe names a workflow in messages.
func (r *Resource) describe(m *Common) string {
	return tfx.Named(r.Kind.Noun, m.Name, m.ID)
}
