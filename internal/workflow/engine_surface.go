// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// Surface is what workflows of apps and of packages can be done with. A workflow stays on the surface that it was made on,
// which its id tells.
type Surface interface {
	Get(ctx context.Context, id string) (atlan.AppWorkflow, error)
	All(ctx context.Context) iter.Seq2[atlan.AppWorkflow, error]
	FindByName(ctx context.Context, name string) ([]atlan.AppWorkflow, error)
	FindLost(ctx context.Context, lost atlan.LostCreation) ([]string, error)
	Create(ctx context.Context, input atlan.AppWorkflowInput) (atlan.AppWorkflowCreation, error)
	Update(ctx context.Context, id string, input atlan.AppWorkflowInput) (int64, error)
	Archive(ctx context.Context, id string) error
	Submit(ctx context.Context, id string) (atlan.AppRun, error)
	Run(ctx context.Context, id string) (atlan.AppRun, error)
}

var _, _ Surface = (*atlan.AppWorkflows)(nil), (*atlan.PackagedWorkflows)(nil)

// on is the surface of packages or that of apps.
func (r *Resource) on(packaged bool) Surface {
	if packaged {
		return r.Client.Packaged(r.Kind.Package)
	}
	return r.Client.AppWorkflows
}

// packaged tells whether a workflow is one of a package: by its id, or by its package where an interrupted creation has left
// no id.
func (r *Resource) packaged(m *Common) bool {
	of, id := r.Kind.Package, m.ID.ValueString()
	return of.Owns(id) || of != nil && id == "" && m.AppID.ValueString() == of.Name
}

// of is the surface that a workflow is on.
func (r *Resource) of(m *Common) Surface { return r.on(r.packaged(m)) }

// surfaceError says that what is configured cannot be made on the surface that the provider is configured for.
type surfaceError struct{ text string }

func (e *surfaceError) Error() string { return e.text }

// choose finds the package that stands in for the app; nil where there is none. An existing workflow stays what it is. A new
// one is made where the configuration says so; else of the app, unless the tenant serves no workflows of apps at all.
func (r *Resource) choose(ctx context.Context, m *Common) (*atlan.ResolvedApp, error) {
	of, id, named, surface := r.Kind.Package, m.ID.ValueString(), m.AppID.ValueString(), r.Client.WorkflowSurface()
	isPackage := of != nil && named == of.Name
	if id == "" {
		if err := r.contradiction(named); err != nil {
			return nil, err
		}
	}
	switch {
	case isPackage, of.Owns(id) && named == "":
		return of.Resolved(), nil
	case id != "":
		return nil, nil
	case surface == atlan.WorkflowsOfApps || of == nil || named != "":
		return nil, nil
	default:
		return r.standIn(ctx, m)
	}
}

// standIn is the package in the place of an app that is not named: where the configuration says so, or the tenant serves no
// workflows of apps.
func (r *Resource) standIn(ctx context.Context, m *Common) (*atlan.ResolvedApp, error) {
	of, surface := r.Kind.Package, r.Client.WorkflowSurface()
	if surface == "" {
		_, err := r.Client.Apps.Resolve(ctx, r.choice(m))
		missing, ok := errors.AsType[*atlan.AppNotFoundError](err)
		if !ok || !missing.Unserved {
			return nil, nil // whatever it is, the caller finds it
		}
	}
	err := r.Client.Packaged(of).Served(ctx)
	switch {
	case errors.Is(err, atlan.ErrNoPackageWorkflows) && surface == "":
		return nil, nil // neither is served: the caller says so
	case errors.Is(err, atlan.ErrNoPackageWorkflows):
		return nil, &surfaceError{fmt.Sprintf("The provider's workflow_api is %q, and %v. Set workflow_api to \"auto\" or \"app\".", surface, err)}
	case err != nil:
		return nil, err
	}
	return of.Resolved(), nil
}

// contradiction says that a new workflow of what is named cannot be made on the surface that the provider is configured for.
func (r *Resource) contradiction(named string) error {
	of, surface := r.Kind.Package, r.Client.WorkflowSurface()
	isPackage := of != nil && named == of.Name
	switch {
	case surface == atlan.WorkflowsOfApps && isPackage:
		return &surfaceError{fmt.Sprintf("%s is a package, and the provider's workflow_api is %q. Leave app_id out to have the provider look for the "+
			"app, or change workflow_api.", of.Name, surface)}
	case surface == atlan.WorkflowsOfPackages && of == nil:
		return &surfaceError{fmt.Sprintf("The provider's workflow_api is %q, and %s manages workflows of apps only: no package is known that does the "+
			"same. Set workflow_api to \"auto\" or \"app\".", surface, r.Kind.TypeName)}
	case surface == atlan.WorkflowsOfPackages && named != "" && !isPackage:
		return &surfaceError{fmt.Sprintf("%q is an app, and the provider's workflow_api is %q. Leave app_id out to use the package %s, or change "+
			"workflow_api.", named, surface, of.Name)}
	default:
		return nil
	}
}

// choice says which app is meant.
func (r *Resource) choice(m *Common) atlan.AppChoice {
	choice := r.Kind.Choice
	choice.AppID, choice.Entrypoint = m.AppID.ValueString(), m.Entrypoint.ValueString()
	return choice
}

// checkPackage refuses what workflows of packages cannot have.
func (r *Resource) checkPackage(m *Common, app *atlan.ResolvedApp, diags *diag.Diagnostics) {
	if app.Package != nil && m.Entrypoint.ValueString() != "" {
		diags.AddAttributeError(path.Root("entrypoint"), "Packages have no entrypoints", fmt.Sprintf("%s is a workflow of the package %s here. Leave "+
			"entrypoint out.", r.describe(m), app.ID))
	}
}

// replaceName replaces a workflow of an app that is to have another name. Workflows of packages have none in Atlan: theirs
// is kept in the state alone.
func (r *Resource) replaceName() planmodifier.String {
	const description = "a change replaces the workflow"
	unlessPackaged := func(ctx context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
		var id types.String
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
		resp.RequiresReplace = !r.Kind.Package.Owns(id.ValueString())
	}
	return stringplanmodifier.RequiresReplaceIf(unlessPackaged, description, description)
}
