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

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// The ways to change who has rights on an object.
const (
	MethodAuto       = "auto"
	MethodDirect     = "direct"
	MethodUserBearer = "user_bearer"
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
}

// noWayError says of each way why it was not possible.
type noWayError struct {
	Ways
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
	return fmt.Sprintf("No way to change the %s's %s is open:%s\n\nOnly %s of the %s can change them. Its %s are: %s. Have one of them do it in Atlan, or "+
		"give the provider the bearer token of one of them as user_bearer_token (ATLAN_USER_BEARER_TOKEN).",
		e.Object, e.Changed, BulletList(e.reasons), e.Holders, e.Object, e.Holders, now)
}

// Take makes the change in the first way that the method allows and that is open, and returns that way's method. A refusal
// closes a way; any other failure ends the search.
func (w Ways) Take(ctx context.Context, method string, change func(context.Context, atlan.Credential) error) (string, error) {
	refusal := &noWayError{Ways: w}
	for _, way := range []struct {
		method string
		as     atlan.Credential
		closed func(context.Context) error
	}{
		{MethodDirect, atlan.OwnCredential, w.noDirectWay},
		{MethodUserBearer, atlan.UserCredential, w.noUserBearerWay},
	} {
		if method != way.method && method != MethodAuto {
			continue
		}
		err := way.closed(ctx)
		if err == nil {
			err = change(ctx, way.as)
		}
		if err == nil {
			return way.method, nil
		}
		if !closesWay(err) {
			return "", err
		}
		refusal.reasons = append(refusal.reasons, way.method+": "+w.whose(ctx, way.as, err))
		refusal.refusals = append(refusal.refusals, err)
	}
	return "", refusal
}

// noDirectWay spares a request that the tenant would refuse: who is not named, and can be meant by no group or role, has
// no right.
func (w Ways) noDirectWay(ctx context.Context) error {
	me, err := w.Client.Principals.CurrentUser(ctx)
	if err != nil {
		return err
	}
	if len(w.Now.Groups)+len(w.Now.Roles) > 0 || w.Now.Has(atlan.Principal{Kind: atlan.PrincipalUser, Name: me.Username}) {
		return nil
	}
	return fmt.Errorf("%s, under which the provider acts, is not among the %s of the %s: %w", me.Username, w.Holders, w.Object, atlan.ErrForbidden)
}

func (w Ways) noUserBearerWay(ctx context.Context) error {
	if !w.Client.HasUserCredential() {
		return fmt.Errorf("the provider has no user_bearer_token: %w", atlan.ErrForbidden)
	}
	_, err := w.Client.Principals.BearerUser(ctx)
	return err
}

// closesWay tells errors that say that a way is not open to the actor of a credential.
func closesWay(err error) bool {
	_, noUser := errors.AsType[*atlan.NoUserError](err)
	refusedUser := false
	if answer, ok := errors.AsType[*atlan.Error](err); ok {
		refusedUser = answer.As == atlan.UserCredential && errors.Is(err, atlan.ErrUnauthorized)
	}
	return noUser || refusedUser || errors.Is(err, atlan.ErrForbidden)
}

// whose says whose right was refused, and how.
func (w Ways) whose(ctx context.Context, as atlan.Credential, err error) string {
	answer, answered := errors.AsType[*atlan.Error](err)
	switch {
	case !answered:
		return strings.TrimSuffix(err.Error(), ": "+atlan.ErrForbidden.Error())
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
			return fmt.Sprintf("%s, under which the provider acts, was refused (%v)", me.Username, answer)
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
