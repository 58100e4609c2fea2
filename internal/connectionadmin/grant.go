// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// way is one way to change a connection's admins.
type way struct {
	method string
	as     atlan.Credential
	// closed says why the way cannot be taken; nil when it may be open.
	closed func(ctx context.Context, connection atlan.ConnectionDetails) error
}

// noWayError says of each way why it was not possible.
type noWayError struct {
	reasons []string
	admins  atlan.Access
}

// Error implements error.
func (e *noWayError) Error() string {
	admins := strings.Join(append(append([]string{}, e.admins.Users...), e.admins.Groups...), ", ")
	if admins == "" {
		admins = "none by name"
	}
	return fmt.Sprintf("No way to change the connection's admins is open:%s\n\nOnly an admin of the connection can change them. Its admins are: %s. "+
		"Have one of them do it in Atlan, or give the provider the bearer token of one of them as user_bearer_token (ATLAN_USER_BEARER_TOKEN).",
		tfx.BulletList(e.reasons), admins)
}

// ways are those that a method allows, in their order.
func (r *Resource) ways(method string) []way {
	direct := way{methodDirect, atlan.OwnCredential, r.noDirectWay}
	userBearer := way{methodUserBearer, atlan.UserCredential, r.noUserBearerWay}
	switch method {
	case methodDirect:
		return []way{direct}
	case methodUserBearer:
		return []way{userBearer}
	default:
		return []way{direct, userBearer}
	}
}

// noDirectWay spares a request that the tenant would refuse: who is not named, and can be meant by no group or role, is
// no admin.
func (r *Resource) noDirectWay(ctx context.Context, connection atlan.ConnectionDetails) error {
	me, err := r.Client.Principals.CurrentUser(ctx)
	if err != nil {
		return err
	}
	admins := connection.Admins
	if len(admins.Groups)+len(admins.Roles) > 0 || admins.Has(atlan.Principal{Kind: atlan.PrincipalUser, Name: me.Username}) {
		return nil
	}
	return fmt.Errorf("%s, under which the provider acts, is not an admin of the connection: %w", me.Username, atlan.ErrForbidden)
}

func (r *Resource) noUserBearerWay(ctx context.Context, _ atlan.ConnectionDetails) error {
	if !r.Client.HasUserCredential() {
		return fmt.Errorf("the provider has no user_bearer_token: %w", atlan.ErrForbidden)
	}
	_, err := r.Client.Principals.BearerUser(ctx)
	return err
}

// change adds or removes the principal in the first way that is open, and returns its method. A refusal closes a way; any
// other failure ends the search.
func (r *Resource) change(
	ctx context.Context, method string, connection atlan.ConnectionDetails, apply func(context.Context, atlan.Credential) error,
) (string, error) {
	refusal := &noWayError{admins: connection.Admins}
	for _, w := range r.ways(method) {
		err := w.closed(ctx, connection)
		if err == nil {
			err = apply(ctx, w.as)
		}
		if err == nil {
			return w.method, nil
		}
		if !closes(err) {
			return "", err
		}
		refusal.reasons = append(refusal.reasons, w.method+": "+r.whose(ctx, w.as, err))
	}
	return "", refusal
}

// closes tells errors that say that a way is not open to the actor of a credential.
func closes(err error) bool {
	_, noUser := errors.AsType[*atlan.NoUserError](err)
	refusedUser := false
	if answer, ok := errors.AsType[*atlan.Error](err); ok {
		refusedUser = answer.As == atlan.UserCredential && errors.Is(err, atlan.ErrUnauthorized)
	}
	return noUser || refusedUser || errors.Is(err, atlan.ErrForbidden)
}

// whose says whose right was refused, and how.
func (r *Resource) whose(ctx context.Context, as atlan.Credential, err error) string {
	answer, answered := errors.AsType[*atlan.Error](err)
	switch {
	case !answered:
		return strings.TrimSuffix(err.Error(), ": "+atlan.ErrForbidden.Error())
	case errors.Is(err, atlan.ErrUnauthorized):
		return fmt.Sprintf("the user_bearer_token is wrong or has expired, get a new one (%v)", answer)
	case as == atlan.UserCredential:
		user, userErr := r.Client.Principals.BearerUser(ctx)
		if userErr == nil {
			return fmt.Sprintf("%s, the user of the user_bearer_token, was refused (%v)", user.Username, answer)
		}
	default:
		me, meErr := r.Client.Principals.CurrentUser(ctx)
		if meErr == nil {
			return fmt.Sprintf("%s, under which the provider acts, was refused (%v)", me.Username, answer)
		}
	}
	return answer.Error()
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

// addError shows why the admins could not be changed: on the argument that decides how, or as an error of the API.
func (r *Resource) addError(diags *diag.Diagnostics, doing string, err error) {
	if _, ok := errors.AsType[*noWayError](err); ok {
		diags.AddAttributeError(path.Root("method"), doing+" failed", err.Error())
		return
	}
	tfx.AddAPIError(diags, doing, err)
}
