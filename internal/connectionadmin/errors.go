// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// addError shows why the admins could not be changed: on the argument that decides how, or as an error of the API.
func addError(diags *diag.Diagnostics, doing string, err error) {
	if text := explainRun(err); text != "" {
		diags.AddAttributeError(path.Root("method"), doing+" failed", text+tfx.ClosedWays(err))
		return
	}
	tfx.AddWaysError(diags, doing, err)
}

// explainRun says what became of the package's run, and what to do; "" for an error of anything else.
func explainRun(err error) string {
	const look = "Look at it in Atlan's workflow center"
	if _, ok := errors.AsType[*atlan.NoEffectError](err); ok {
		return fmt.Sprintf("The package's %v: the API token is not among the connection's admins. The package only logs what it cannot save, for lack of a "+
			"right for instance. %s. The grant is not in the state; apply again to run the workflow again.", err, look)
	}
	if _, ok := errors.AsType[*atlan.RunFailedError](err); ok {
		return fmt.Sprintf("The package's %v. The API token is not an admin of the connection. %s. The grant is not in the state; apply again to run the "+
			"workflow again.", err, look)
	}
	if unfinished, ok := errors.AsType[*atlan.RunUnfinishedError](err); ok {
		return fmt.Sprintf("The package's %v. Whether the API token becomes an admin is therefore not known, and the grant is not in the state. %s. Apply again: "+
			"a run that goes on is waited for, and a right that exists by then is adopted. If runs take long on this tenant, raise timeouts.create.",
			unfinished, look)
	}
	return ""
}
