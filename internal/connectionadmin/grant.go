// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// ways are those to change the admins of a connection without the package.
func (r *Resource) ways(connection atlan.ConnectionDetails) tfx.Ways {
	return tfx.Ways{Client: r.Client, Object: "connection", Changed: "admins", Holders: "admins", Now: connection.Admins}
}

// add makes the planned principal an admin, unless it is one, and sets in the plan how that was done.
func (r *Resource) add(ctx context.Context, plan *model, connection atlan.ConnectionDetails, diags *diag.Diagnostics) error {
	plan.MethodUsed, plan.WorkflowName = types.StringValue(tfx.MethodNone), types.StringNull()
	if connection.Admins.Has(plan.principal()) {
		return nil
	}
	ways := r.ways(connection)
	ways.Package = func(ctx context.Context) error { return r.runPackage(ctx, plan, connection) }
	used, err := ways.Take(ctx, plan.Method.ValueString(), func(ctx context.Context, as atlan.Credential) error {
		return r.Client.Connections.AddAdmin(ctx, as, connection.GUID, plan.principal())
	})
	if err != nil {
		return err
	}
	plan.MethodUsed = types.StringValue(used)
	if used == tfx.MethodPackage && !ways.Open(ctx) && !r.isCaller(ctx, plan.principal()) {
		diags.AddWarning("The package cannot remove this admin",
			fmt.Sprintf("The package has made %s an admin of connection %s, and only adds admins. Destroying the grant will take an admin of the connection: the "+
				"provider's own API token if it is one by then, or the user of user_bearer_token (ATLAN_USER_BEARER_TOKEN).",
				plan.grantee(), connection.QualifiedName))
	}
	return nil
}

// runPackage sets the workflow that ran, unless somebody else has made it. The package takes the GUID of an API token
// (solutions.atlan.com, "API token connection admin").
func (r *Resource) runPackage(ctx context.Context, plan *model, connection atlan.ConnectionDetails) error {
	grantee := plan.grantee()
	if grantee.Kind != tfx.GranteeAPIToken {
		return fmt.Errorf("the package makes only API tokens admins, no %s: %w", grantee.Kind, atlan.ErrForbidden)
	}
	clientID, _ := atlan.TokenClientID(plan.Username.ValueString())
	grant, err := r.Client.Connections.AddAdminByPackage(ctx, connection.Connection, atlan.Token{GUID: grantee.Name, ClientID: clientID})
	if err == nil && grant.Own && grant.Workflow != "" {
		plan.WorkflowName = types.StringValue(grant.Workflow)
	}
	return err
}

// takeBack makes the principal no admin any more. What the package has added is removed in another way.
func (r *Resource) takeBack(ctx context.Context, state model, connection atlan.ConnectionDetails) error {
	ways := r.ways(connection)
	ways.Removing = true
	ways.Package = func(context.Context) error {
		return fmt.Errorf("the package adds admins, and cannot remove one: %w", atlan.ErrForbidden)
	}
	method := state.Method.ValueString()
	if method == tfx.MethodPackage {
		method = tfx.MethodAuto
	}
	_, err := ways.Take(ctx, method, func(ctx context.Context, as atlan.Credential) error {
		return r.Client.Connections.RemoveAdmin(ctx, as, connection.GUID, state.principal())
	})
	return err
}

func (r *Resource) isCaller(ctx context.Context, principal atlan.Principal) bool {
	me, err := r.Client.Principals.CurrentUser(ctx)
	return err == nil && principal == me.Principal()
}
