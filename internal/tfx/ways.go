// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// The ways to change who has rights on an object.
const (
	MethodAuto       = "auto"
	MethodDirect     = "direct"
	MethodUserBearer = "user_bearer"
	MethodPackage    = "package"
	// MethodNone is what was used when the principal had the right before.
	MethodNone = "none"
)

// Ways changes who has rights on an object, with the rights of whoever has them.
type Ways struct {
	Client *atlan.Client
	// Object is what the rights are on, such as "query collection"; Changed whom it is about, such as "members"; Holders
	// who can change them, such as "editors".
	Object, Changed, Holders string
	// Now are the holders at the moment.
	Now atlan.Access
	// Package makes the change by a package's workflow; nil where no package does.
	Package func(context.Context) error
	// Removing says that the change takes a right away.
	Removing bool
}

// noWayError says of each way why it was not possible.
type noWayError struct {
	Ways
	method   string
	reasons  []string
	refusals []error
}

// Unwrap returns the errors of all ways.
func (e *noWayError) Unwrap() []error { return e.refusals }

// Error implements error.
func (e *noWayError) Error() string {
	now := strings.Join(slices.Concat(e.Now.Users, e.Now.Groups), ", ")
	if now == "" {
		now = "none by name"
	}
	otherwise := ""
	switch only := e.method == MethodDirect || e.method == MethodPackage; {
	case only && e.Removing:
		otherwise = fmt.Sprintf(", and apply method = %q before the destroy", MethodUserBearer)
	case only:
		otherwise = fmt.Sprintf(", and set method = %q", MethodUserBearer)
	}
	if e.Removing {
		otherwise += "; or take the grant out of the state (terraform state rm) to leave the right in place"
	}
	return fmt.Sprintf("The provider has no way to change the %s's %s:%s\n\nOnly %s of the %s can change them. Its %s are: %s. Have one of them do it in "+
		"Atlan, or "+
		"give the provider the bearer token of one of them as user_bearer_token (ATLAN_USER_BEARER_TOKEN)%s.",
		e.Object, e.Changed, BulletList(e.reasons), e.Holders, e.Object, e.Holders, now, otherwise)
}

// afterOthersError is the failure of a way that was taken because others were closed.
type afterOthersError struct {
	error

	closed []string
}

// Unwrap returns the failure.
func (e *afterOthersError) Unwrap() error { return e.error }

// ClosedWays says of an error of [Ways.Take] why the ways before the one that failed were closed; "" where there were none.
func ClosedWays(err error) string {
	if after, ok := errors.AsType[*afterOthersError](err); ok {
		return "\n\nThe other ways were closed:" + BulletList(after.closed)
	}
	return ""
}

// Take makes the change in the first way that the method allows and that is open, and returns that way's method. A refusal
// closes a way; any other failure ends the search.
func (w Ways) Take(ctx context.Context, method string, change func(context.Context, atlan.Credential) error) (string, error) {
	refusal := &noWayError{Ways: w, method: method}
	for _, way := range w.in(change) {
		if method != way.method && method != MethodAuto {
			continue
		}
		err := way.take(ctx)
		if err == nil {
			tflog.Debug(ctx, "Changed who has rights", map[string]any{
				"object": w.Object, "changed": w.Changed, "method": way.method, "closed_before": refusal.reasons,
			})
			return way.method, nil
		}
		if !closesWay(err) {
			if len(refusal.reasons) > 0 {
				err = &afterOthersError{err, refusal.reasons}
			}
			return "", err
		}
		refusal.reasons = append(refusal.reasons, way.method+": "+w.whose(ctx, way.as, err))
		refusal.refusals = append(refusal.refusals, err)
	}
	return "", refusal
}

// way is one way to make a change.
type way struct {
	method string
	as     atlan.Credential
	take   func(context.Context) error
}

// in are the ways to make a change, in the order in which they are tried.
func (w Ways) in(change func(context.Context, atlan.Credential) error) []way {
	unless := func(closed func(context.Context) error, as atlan.Credential) func(context.Context) error {
		return func(ctx context.Context) error {
			if err := closed(ctx); err != nil {
				return err
			}
			return change(ctx, as)
		}
	}
	ways := []way{
		{MethodDirect, atlan.OwnCredential, unless(w.noDirectWay, atlan.OwnCredential)},
		{MethodUserBearer, atlan.UserCredential, unless(w.noUserBearerWay, atlan.UserCredential)},
	}
	if w.Package != nil {
		ways = append(ways, way{MethodPackage, atlan.OwnCredential, w.Package})
	}
	return ways
}

// Open tells whether there is a way that needs no package, as far as that can be told without taking it.
func (w Ways) Open(ctx context.Context) bool {
	return w.noDirectWay(ctx) == nil || w.noUserBearerWay(ctx) == nil
}

// noDirectWay spares a request that the tenant would refuse: who is not named, and can be meant by no group or role, has
// no right.
func (w Ways) noDirectWay(ctx context.Context) error {
	me, err := w.Client.Principals.CurrentUser(ctx)
	if err != nil {
		return err
	}
	if len(w.Now.Groups)+len(w.Now.Roles) > 0 || w.Now.Has(me.Principal()) {
		return nil
	}
	return fmt.Errorf("%s, which the provider acts as, is not among the %s of the %s: %w", me.Username, w.Holders, w.Object, atlan.ErrForbidden)
}

func (w Ways) noUserBearerWay(ctx context.Context) error {
	if !w.Client.HasUserCredential() {
		return fmt.Errorf("the provider has no user_bearer_token: %w", atlan.ErrForbidden)
	}
	_, err := w.Client.Principals.BearerUser(ctx)
	return err
}

// closesWay tells errors that say that a way is not open to the actor of a credential, or not there at all.
func closesWay(err error) bool {
	if _, begun := errors.AsType[*atlan.RunUnfinishedError](err); begun {
		return false // whatever keeps it from being read
	}
	if _, sent := errors.AsType[*atlan.UnsureError](err); sent {
		return false
	}
	_, noUser := errors.AsType[*atlan.NoUserError](err)
	_, noPackage := errors.AsType[*atlan.PackageNotEnabledError](err)
	refusedUser := false
	if answer, ok := errors.AsType[*atlan.Error](err); ok {
		refusedUser = answer.As == atlan.UserCredential && errors.Is(err, atlan.ErrUnauthorized)
	}
	return noUser || noPackage || refusedUser || errors.Is(err, atlan.ErrForbidden) || errors.Is(err, atlan.ErrNoPackageWorkflows)
}

// whose says whose right was refused, and how.
func (w Ways) whose(ctx context.Context, as atlan.Credential, err error) string {
	answer, answered := errors.AsType[*atlan.Error](err)
	_, noPackage := errors.AsType[*atlan.PackageNotEnabledError](err)
	switch {
	case !answered:
		return strings.TrimSuffix(err.Error(), ": "+atlan.ErrForbidden.Error())
	case errors.Is(err, atlan.ErrNoPackageWorkflows):
		return fmt.Sprintf("the tenant does not serve package workflows, as newer ones do not, or not to this caller (%v)", answer)
	case noPackage:
		return fmt.Sprintf("the package %s is not enabled on the tenant; Atlan support can enable it (%v)", atlan.AdminPackage, answer)
	case errors.Is(err, atlan.ErrUnauthorized):
		return fmt.Sprintf("the user_bearer_token is wrong or has expired, get a new one (%v)", answer)
	case as == atlan.UserCredential:
		user, userErr := w.Client.Principals.BearerUser(ctx)
		if userErr == nil {
			return fmt.Sprintf("%s, the user of the user_bearer_token, was refused (%v)", user.Username, answer)
		}
	default:
		me, meErr := w.Client.Principals.CurrentUser(ctx)
		if meErr == nil {
			return fmt.Sprintf("%s, which the provider acts as, was refused (%v)", me.Username, answer)
		}
	}
	return answer.Error()
}

// AddWaysError shows why rights could not be changed: on the argument that decides how, or as an error of the API.
func AddWaysError(diags *diag.Diagnostics, doing string, err error) {
	if _, ok := errors.AsType[*noWayError](err); ok {
		diags.AddAttributeError(path.Root("method"), doing+" failed", err.Error())
		return
	}
	AddAPIError(diags, doing, err)
}

// RefuseSelfRemoval keeps the provider from taking a holder's right from itself, which it could not give itself again.
func (w Ways) RefuseSelfRemoval(ctx context.Context, doing string, principal atlan.Principal, diags *diag.Diagnostics) (refused bool) {
	me, err := w.Client.Principals.CurrentUser(ctx)
	if err != nil {
		AddAPIError(diags, doing, err)
		return true
	}
	if principal != me.Principal() {
		return false
	}
	diags.AddAttributeError(path.Root("allow_self_removal"), doing+" failed",
		fmt.Sprintf("%s is the user that the provider acts as: it could not make itself one of the %s of the %s again, and would lose the "+
			"rights that go with that. If that is intended, set allow_self_removal = true and apply (before a destroy: with the grant still "+
			"configured); or take the grant out of the state (terraform state rm) to leave the right in place.", me.Username, w.Holders, w.Object))
	return true
}
