// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"errors"
	"fmt"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// explainWorkflow says what became of a workflow of a package, and what to do; "" for an error of anything else.
func explainWorkflow(err error) string {
	const look = "Look at it in Atlan's workflow center"
	answer := ""
	if refused, ok := errors.AsType[*atlan.Error](err); ok {
		answer = "\n\n" + explainAnswer(refused)
	}
	if failed, ok := errors.AsType[*atlan.RunFailedError](err); ok {
		return fmt.Sprintf("The %v.\n\n%s, and run it again when the cause is gone.", failed, look)
	}
	if unfinished, ok := errors.AsType[*atlan.RunUnfinishedError](err); ok {
		return fmt.Sprintf("The %v.\n\n%s: unless somebody stops it, it goes on. If such runs take longer, raise the timeout.", unfinished, look)
	}
	if lacking, ok := errors.AsType[*atlan.PackageNotEnabledError](err); ok {
		return fmt.Sprintf("The package %s is not enabled on the tenant. Ask Atlan support to enable it.%s", lacking.Package, answer)
	}
	if excluded, ok := errors.AsType[*atlan.PackagesExcludedError](err); ok {
		return fmt.Sprintf("The provider's %v. Set workflow_api to \"auto\", or leave it out, to use them.", excluded)
	}
	if errors.Is(err, atlan.ErrNoPackageWorkflows) {
		return "The tenant does not serve package workflows, or not to this caller: newer tenants have apps in their place." + answer
	}
	return ""
}
