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

// noWayError says of each way why it was not possible.
type noWayError struct {
	reasons []string
	admins  atlan.Access
	remove  bool
}

// Error implements error.
func (e *noWayError) Error() string {
	admins := strings.Join(append(append([]string{}, e.admins.Users...), e.admins.Groups...), ", ")
	if admins == "" {
		admins = "none by name"
	}
	otherwise := "."
	if e.remove {
		otherwise = "; or take the grant out of the state (terraform state rm) to leave it."
	}
	return fmt.Sprintf("No way to change the connection's admins is open:%s\n\nOnly an admin of the connection can change them. Its admins are: %s. "+
		"Have one of them do it in Atlan, or give the provider the bearer token of one of them as user_bearer_token (ATLAN_USER_BEARER_TOKEN)%s",
		tfx.BulletList(e.reasons), admins, otherwise)
}

// afterOthersError is the failure of a way that was taken because others were closed.
type afterOthersError struct {
	method string
	closed []string
	err    error
}

// Error implements error.
func (e *afterOthersError) Error() string { return e.method + ": " + e.err.Error() }

// Unwrap returns the failure.
func (e *afterOthersError) Unwrap() error { return e.err }

// closes tells errors that say that a way is not open to the actor of a credential, or not there at all.
func closes(err error) bool {
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
func (r *Resource) whose(ctx context.Context, as atlan.Credential, err error) string {
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

// addError shows why the admins could not be changed: on the argument that decides how, or as an error of the API.
func addError(diags *diag.Diagnostics, doing string, err error) {
	closed := ""
	if after, ok := errors.AsType[*afterOthersError](err); ok {
		err = after.err
		if len(after.closed) > 0 {
			closed = "\n\nNo other way was open:" + tfx.BulletList(after.closed)
		}
	}
	noWay, isNoWay := errors.AsType[*noWayError](err)
	switch text := explainRun(err); {
	case isNoWay:
		diags.AddAttributeError(path.Root("method"), doing+" failed", noWay.Error())
	case text != "":
		diags.AddAttributeError(path.Root("method"), doing+" failed", text+closed)
	default:
		tfx.AddAPIError(diags, doing, err)
	}
}

// explainRun says what became of the package's run, and what to do; "" for an error of anything else.
func explainRun(err error) string {
	const look = "Look at it in Atlan's workflow center"
	if _, ok := errors.AsType[*atlan.NoEffectError](err); ok {
		return fmt.Sprintf("The package's %v: the API token is not among the connection's admins. The package only logs what it cannot save, for want of a "+
			"right for instance. %s. The grant is not in the state; apply again to run the workflow again.", err, look)
	}
	if _, ok := errors.AsType[*atlan.RunFailedError](err); ok {
		return fmt.Sprintf("The package's %v. The API token is not an admin of the connection. %s. The grant is not in the state; apply again to run the "+
			"workflow again.", err, look)
	}
	if unfinished, ok := errors.AsType[*atlan.RunUnfinishedError](err); ok {
		return fmt.Sprintf("The package's %v. Whether the API token becomes an admin is therefore open, and the grant is not in the state. %s. Apply again: "+
			"a run that goes on is waited for, and an admin is taken over. If runs take long on this tenant, raise timeouts.create.", unfinished, look)
	}
	return ""
}
