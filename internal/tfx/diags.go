// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package tfx holds what the object packages share on Terraform's side: how errors become diagnostics, and how an
// object gets its client.
package tfx

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// Hint is what a caller knows about its request that helps to show an error. It applies to an answer of the tenant that
// names one of its values, or has one of its codes, or its status.
type Hint struct {
	// Path is the attribute that the error is shown on; none for an error of the whole object.
	Path path.Path
	// Values are what the attribute sends.
	Values []string
	// Codes are Atlan's codes, such as "ATLAS-403-00-002".
	Codes []string
	// Status is an HTTP status; 0 is none.
	Status int
	// Advice says what the user can do about it.
	Advice string
	// Lost says what becomes of a creation of unknown outcome, and what the user can do about it.
	Lost string
}

// AddAPIError turns an error of the client into a diagnostic. It is the only place where that is done, so that every
// error tells what failed, why, and what to do.
//
// doing completes "… failed", for example `Creating API token "ci"`.
func AddAPIError(diags *diag.Diagnostics, doing string, err error, hints ...Hint) {
	var advice, lost []string
	var attribute *path.Path
	for _, hint := range hints {
		if _, ambiguous := errors.AsType[*atlan.AmbiguousError](err); ambiguous && hint.Lost != "" {
			lost = append(lost, hint.Lost)
		}
		if !hint.applies(err) {
			continue
		}
		if hint.Advice != "" {
			advice = append(advice, hint.Advice)
		}
		if attribute == nil && len(hint.Path.Steps()) > 0 {
			attribute = &hint.Path
		}
	}
	detail := strings.Join(append([]string{explain(err, advice...)}, lost...), "\n\n")
	if attribute == nil {
		diags.AddError(doing+" failed", detail)
		return
	}
	diags.AddAttributeError(*attribute, doing+" failed", detail)
}

// AddAPIWarning is [AddAPIError] for what need not stop the run. then says what follows from the failure.
func AddAPIWarning(diags *diag.Diagnostics, doing string, err error, then string) {
	diags.AddWarning(doing+" failed", then+"\n\n"+explain(err))
}

func (h Hint) applies(err error) bool {
	answer, ok := errors.AsType[*atlan.Error](err)
	if !ok || answer.StatusCode < 400 || answer.StatusCode > 499 {
		return false
	}
	if h.Status == answer.StatusCode || slices.Contains(h.Codes, answer.Code) {
		return true
	}
	return slices.ContainsFunc(h.Values, func(value string) bool { return value != "" && strings.Contains(answer.Message, value) })
}

// explain says what went wrong and what to do. Advice of the caller takes the place of what can be said in general.
func explain(err error, advice ...string) string {
	if text := explainWorkflow(err); text != "" {
		return strings.Join(append([]string{text}, advice...), "\n\n")
	}
	if ambiguous, ok := errors.AsType[*atlan.AmbiguousError](err); ok {
		return strings.Join(append([]string{explainAmbiguous(ambiguous)}, advice...), "\n\n")
	}
	if answer, ok := errors.AsType[*atlan.Error](err); ok {
		return explainAnswer(answer, advice...)
	}
	if connection, ok := errors.AsType[*atlan.ConnectionError](err); ok {
		return explainConnection(connection)
	}
	return err.Error()
}

// explainAnswer says what was answered, what to do, and, below that, what Atlan's support asks for.
func explainAnswer(e *atlan.Error, advice ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Atlan answered %d %s", e.StatusCode, http.StatusText(e.StatusCode))
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	switch {
	case len(advice) == 0:
		advice = []string{remedyFor(e)}
	case errors.Is(e, atlan.ErrForbidden):
		advice = append([]string{whoMayNot(e)}, advice...)
	}
	for _, paragraph := range advice {
		if paragraph != "" {
			fmt.Fprintf(&b, "\n\n%s", paragraph)
		}
	}
	fmt.Fprintf(&b, "\n\nRequest:    %s %s", e.Method, e.Path)
	if e.Code != "" && e.Code != strconv.Itoa(e.StatusCode) {
		fmt.Fprintf(&b, "\nAtlan code: %s", e.Code)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, "\nRequest id: %s", e.RequestID)
	}
	return b.String()
}

func remedyFor(e *atlan.Error) string {
	switch {
	case errors.Is(e, atlan.ErrInvalidAnswer):
		return "Check that base_url (ATLAN_BASE_URL) is the address of the tenant, and that no proxy or sign-in page stands in between."
	case errors.Is(e, atlan.ErrUnauthorized) && e.As == atlan.UserCredential:
		return "The user's bearer token was refused: it is wrong, or has expired, as such tokens do within minutes or hours. " +
			"Get a new one and pass it as the provider's user_bearer_token (ATLAN_USER_BEARER_TOKEN)."
	case errors.Is(e, atlan.ErrUnauthorized):
		return "The credential was refused: it is wrong, expired, deleted, or belongs to another tenant. " +
			"Check the provider's api_key (ATLAN_API_KEY), or oauth_client_id and oauth_client_secret " +
			"(ATLAN_OAUTH_CLIENT_ID, ATLAN_OAUTH_CLIENT_SECRET)."
	case errors.Is(e, atlan.ErrForbidden) && e.As == atlan.UserCredential:
		return whoMayNot(e) + " Use the token of somebody who has it, or ask an admin of the tenant, quoting the request id."
	case errors.Is(e, atlan.ErrForbidden):
		return whoMayNot(e) + " Ask an admin of the tenant, quoting the request id."
	case errors.Is(e, atlan.ErrRateLimited):
		return "The tenant allows no more requests for now, even after waiting and trying again. " + sharedLimit
	case errors.Is(e, atlan.ErrConflict):
		return "An object of that name or key exists already, or is being changed. Look at it in Atlan; if it is the one you want, import it."
	case errors.Is(e, atlan.ErrNotFound):
		return "It may have been deleted outside Terraform. Run terraform plan to see what is left."
	case e.StatusCode >= 500:
		return "The tenant failed. Run Terraform again later; if the error persists, give Atlan support the request id."
	case e.StatusCode >= 300 && e.StatusCode < 400:
		return "Check that base_url (ATLAN_BASE_URL) is the address of the tenant."
	default:
		return ""
	}
}

// sharedLimit is what to do about a tenant that takes no more requests.
const sharedLimit = "Wait a minute and run Terraform again. If it happens often, lower the provider's requests_per_minute: other callers share the " +
	"tenant's limit."

// whoMayNot names the credential that was refused.
func whoMayNot(e *atlan.Error) string {
	if e.As == atlan.UserCredential {
		return "The person whose bearer token is the provider's user_bearer_token (ATLAN_USER_BEARER_TOKEN) lacks the right to do this."
	}
	return "The provider's credential lacks the right to do this."
}

func explainConnection(e *atlan.ConnectionError) string {
	var remedy string
	switch e.Reason {
	case atlan.ReasonUnknownHost:
		remedy = "Check base_url (ATLAN_BASE_URL) and the name resolution of this machine."
	case atlan.ReasonCertificate:
		remedy = "If a proxy re-signs TLS traffic, or the tenant has a private certificate authority, set ca_certificate to its certificate."
	case atlan.ReasonTLS:
		remedy = "Check base_url (ATLAN_BASE_URL), its port, and that the server or proxy speaks TLS 1.2 or later."
	case atlan.ReasonCancelled:
		remedy = "Run Terraform again to finish."
	case atlan.ReasonLimit:
		remedy = "Raise the timeout of this operation, or the provider's requests_per_minute if the tenant allows more."
	case atlan.ReasonPaused:
		remedy = "The tenant allows no more requests for now. " + sharedLimit
	case atlan.ReasonTimeout:
		remedy = "Run Terraform again; if the error persists, raise the timeout of this operation or the provider's request_timeout."
	case atlan.ReasonRefused, atlan.ReasonReset, atlan.ReasonOther:
		remedy = "Check base_url (ATLAN_BASE_URL), the network, and the proxy settings (HTTPS_PROXY, NO_PROXY) of this machine, then run Terraform again."
	}
	sent := ""
	if e.Sent {
		sent = " The tenant may have received the request."
	}
	return fmt.Sprintf("No answer from %s: %s.%s\n\n%s\n\nRequest: %s %s\nCause:   %v", e.Host, e.Reason, sent, remedy, e.Method, e.Path, e.Err)
}

func explainAmbiguous(e *atlan.AmbiguousError) string {
	var answer *atlan.Error
	switch {
	case e.Refused() && errors.As(e.Err, &answer):
		return fmt.Sprintf("%s\n\nThe provider could not check whether the tenant created the %s all the same (%v).", explainAnswer(answer), e.Kind, e.Recovery)
	case len(e.GUIDs) > 0:
		return fmt.Sprintf("The tenant created the %s with GUID %s, but the answer was lost (%v), and what was created could not be deleted (%v).",
			e.Kind, strings.Join(e.GUIDs, ", "), e.Err, e.Recovery)
	default:
		return fmt.Sprintf("The answer was lost (%v), and the provider could not find out whether the tenant created the %s %q (%v).",
			e.Err, e.Kind, e.Lost.Name, e.Recovery)
	}
}
