// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// adminChange is what is to be done: a principal is added to the admins of a connection, or removed.
type adminChange struct {
	connection atlan.ConnectionDetails
	grantee    grantee
	principal  atlan.Principal
	remove     bool
}

// outcome is how a change was made.
type outcome struct {
	method string
	// workflow of this caller that made the change; "" where none did.
	workflow string
}

// way is one way to change a connection's admins.
type way struct {
	method string
	as     atlan.Credential
	// closed says why the way cannot be taken; nil when it may be open.
	closed func(ctx context.Context, c adminChange) error
	take   func(ctx context.Context, c adminChange) (workflow string, err error)
}

// ways are those that a method allows, in their order. What the package has added is removed in another way.
func (r *Resource) ways(method string, c adminChange) []way {
	direct := way{methodDirect, atlan.OwnCredential, r.noDirectWay, r.change(atlan.OwnCredential)}
	userBearer := way{methodUserBearer, atlan.UserCredential, r.noUserBearerWay, r.change(atlan.UserCredential)}
	byPackage := way{methodPackage, atlan.OwnCredential, noPackageWay, r.runPackage}
	switch {
	case method == methodDirect:
		return []way{direct}
	case method == methodUserBearer:
		return []way{userBearer}
	case method == methodPackage && !c.remove:
		return []way{byPackage}
	default:
		return []way{direct, userBearer, byPackage}
	}
}

// change makes a change with a credential.
func (r *Resource) change(as atlan.Credential) func(context.Context, adminChange) (string, error) {
	return func(ctx context.Context, c adminChange) (string, error) {
		if c.remove {
			return "", r.Client.Connections.RemoveAdmin(ctx, as, c.connection.GUID, c.principal)
		}
		return "", r.Client.Connections.AddAdmin(ctx, as, c.connection.GUID, c.principal)
	}
}

// runPackage returns the workflow that ran, unless somebody else has made it.
func (r *Resource) runPackage(ctx context.Context, c adminChange) (string, error) {
	clientID, _ := atlan.TokenClientID(c.principal.Name)
	grant, err := r.Client.Connections.AddAdminByPackage(ctx, c.connection.Connection, atlan.Token{GUID: c.grantee.name, ClientID: clientID})
	if !grant.Own {
		return "", err
	}
	return grant.Workflow, err
}

// noDirectWay spares a request that the tenant would refuse: who is not named, and can be meant by no group or role, is
// no admin.
func (r *Resource) noDirectWay(ctx context.Context, c adminChange) error {
	me, err := r.Client.Principals.CurrentUser(ctx)
	if err != nil {
		return err
	}
	admins := c.connection.Admins
	if len(admins.Groups)+len(admins.Roles) > 0 || admins.Has(atlan.Principal{Kind: atlan.PrincipalUser, Name: me.Username}) {
		return nil
	}
	return fmt.Errorf("%s, under which the provider acts, is not an admin of the connection: %w", me.Username, atlan.ErrForbidden)
}

func (r *Resource) noUserBearerWay(ctx context.Context, _ adminChange) error {
	if !r.Client.HasUserCredential() {
		return fmt.Errorf("the provider has no user_bearer_token: %w", atlan.ErrForbidden)
	}
	_, err := r.Client.Principals.BearerUser(ctx)
	return err
}

// warnOfNoWayBack says, of an admin that the package has added, that as things are nothing can remove it.
func (r *Resource) warnOfNoWayBack(ctx context.Context, c adminChange, diags *diag.Diagnostics) {
	if r.noDirectWay(ctx, c) == nil || r.noUserBearerWay(ctx, c) == nil || r.isCaller(ctx, c.principal) {
		return
	}
	diags.AddWarning("The package cannot remove this admin",
		fmt.Sprintf("The package has made %s an admin of connection %s, and only adds admins. Destroying the grant will take an admin of the connection: the "+
			"provider's own API token if it is one by then, or the user of user_bearer_token (ATLAN_USER_BEARER_TOKEN).",
			c.grantee, c.connection.QualifiedName))
}

func (r *Resource) isCaller(ctx context.Context, principal atlan.Principal) bool {
	me, err := r.Client.Principals.CurrentUser(ctx)
	return err == nil && principal == atlan.Principal{Kind: atlan.PrincipalUser, Name: me.Username}
}

// noPackageWay says what the package is not for: it adds, and it takes the GUID of an API token (solutions.atlan.com, "API
// token connection admin").
func noPackageWay(_ context.Context, c adminChange) error {
	switch {
	case c.remove:
		return fmt.Errorf("the package adds admins, and cannot remove one: %w", atlan.ErrForbidden)
	case c.grantee.kind != kindAPIToken:
		return fmt.Errorf("the package makes API tokens admins, and no %s: %w", c.grantee.kind, atlan.ErrForbidden)
	}
	return nil
}

// carryOut makes a change in the first way that is open. A refusal closes a way; any other failure ends the search, and the
// error then says why the ways before were closed.
func (r *Resource) carryOut(ctx context.Context, method string, c adminChange) (outcome, error) {
	refusal := &noWayError{admins: c.connection.Admins, remove: c.remove}
	for _, w := range r.ways(method, c) {
		workflow, err := "", w.closed(ctx, c)
		if err == nil {
			workflow, err = w.take(ctx, c)
		}
		if err == nil {
			tflog.Debug(ctx, "Changed the admins of a connection", map[string]any{
				"method": w.method, "closed_before": refusal.reasons, "connection": c.connection.QualifiedName, "principal": c.grantee.String(),
			})
			return outcome{w.method, workflow}, nil
		}
		if !closes(err) {
			return outcome{}, &afterOthersError{method: w.method, closed: refusal.reasons, err: err}
		}
		refusal.reasons = append(refusal.reasons, w.method+": "+r.whose(ctx, w.as, err))
	}
	return outcome{}, refusal
}

// resolve finds whom a grant names and returns the name in the connection's lists. The tenant answers an unknown name
// with an internal error, so it is looked for first.
func (r *Resource) resolve(ctx context.Context, g grantee) (string, error) {
	switch g.kind {
	case kindAPIToken:
		token, err := r.Client.Tokens.Get(ctx, g.name)
		return token.Username(), err
	case kindUser:
		found, err := r.Client.Principals.ResolveUsers(ctx, []string{g.name})
		if _, ok := found[g.name]; err == nil && !ok {
			err = fmt.Errorf("no user is named %q: %w", g.name, atlan.ErrNotFound)
		}
		return g.name, err
	case kindGroup:
		found, err := r.Client.Principals.ResolveGroups(ctx, []string{g.name})
		if _, ok := found[g.name]; err == nil && !ok {
			err = fmt.Errorf("no group has the internal name %q: %w", g.name, atlan.ErrNotFound)
		}
		return g.name, err
	default:
		role, err := r.Client.Principals.FindRole(ctx, g.name)
		return role.ID, err
	}
}
