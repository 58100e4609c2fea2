// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// addError shows an error of a write on the argument at fault.
func (r *Resource) addError(ctx context.Context, diags *diag.Diagnostics, doing string, err error, input atlan.PolicyInput, config tfx.Source) {
	var taken *atlan.NameTakenError
	switch {
	case errors.As(err, &taken):
		diags.AddAttributeError(path.Root("name"), doing+" failed",
			fmt.Sprintf("The persona already has a policy named %q (%s). Choose another name, or import the policy that has it, for example with the id %s/%s.",
				taken.Name, taken.GUID, input.PersonaGUID, taken.GUID))
		return
	case errors.Is(err, atlan.ErrNotFound) && !refusedWrite(err):
		diags.AddAttributeError(path.Root("persona_id"), doing+" failed",
			fmt.Sprintf("There is no persona with the GUID %q. Either it never existed, or it was deleted, and its policies with it. persona_id takes the "+
				"persona's GUID, such as atlan_persona.example.id, not its name or qualified name.\n\nCause: %v", input.PersonaGUID, err))
		return
	}
	forbidden := tfx.Hint{Status: http.StatusForbidden, Path: r.kind.connectionPath(ctx, config)}
	if errors.Is(err, atlan.ErrForbidden) {
		forbidden.Advice = r.adviceOnRights(ctx, input.Connection.QualifiedName)
	}
	assets := path.Root(r.kind.assetsName)
	tfx.AddAPIError(diags, doing, err,
		// The tenant's own check of names, which does not tell upper from lower case (metastore AuthPolicyPreProcessor).
		tfx.Hint{
			Path: path.Root("name"), Values: []string{fmt.Sprintf("Policy with name '%s' already exists", input.Name)},
			Advice: "Choose another name (names that differ only in case are the same), or import the policy that has it.",
		},
		tfx.Hint{
			Path: assets, Codes: []string{"ATLAS-400-00-113"}, Values: []string{"Exceeded limit of maximum allowed assets"},
			Advice: fmt.Sprintf("The policies of a persona may name %d assets together: name a schema or a database, or use *, instead of single assets.", maxAssets),
		},
		tfx.Hint{Path: assets, Values: input.Assets},
		forbidden,
		tfx.Hint{Lost: "The state remembers this: run Terraform again when the tenant answers, and it deletes what was made and creates the policy anew."},
	)
}

// refusedWrite tells whether the error is the answer to a write: what is missing then is not what was read before.
func refusedWrite(err error) bool {
	answer, ok := errors.AsType[*atlan.Error](err)
	return ok && answer.Method != http.MethodGet
}

// addConnectionError shows on the argument that names the connection why that could not be read.
func (r *Resource) addConnectionError(ctx context.Context, diags *diag.Diagnostics, attribute path.Path, doing string, err error, connection string) {
	if errors.Is(err, atlan.ErrNotFound) {
		diags.AddAttributeError(attribute, doing+" failed",
			fmt.Sprintf("There is no connection %q. The connection's properties in Atlan show its qualified name; the data source atlan_connection finds it by "+
				"name.\n\nCause: %v", connection, err))
		return
	}
	hint := tfx.Hint{Path: attribute, Status: http.StatusForbidden}
	if errors.Is(err, atlan.ErrForbidden) {
		hint.Advice = r.adviceOnRights(ctx, connection)
	}
	tfx.AddAPIError(diags, doing, err, hint)
}

// connectionPath is the argument by which a configuration names the connection; none for glossary policies.
func (k kind) connectionPath(ctx context.Context, config tfx.Source) path.Path {
	if k.PolicyKind == atlan.PolicyGlossary {
		return path.Empty()
	}
	if configured, _ := k.read(ctx, config); configured.ConnectionID.IsNull() {
		return path.Root("connection_qualified_name")
	}
	return path.Root("connection_id")
}

// adviceOnRights names who lacks which right on what.
func (r *Resource) adviceOnRights(ctx context.Context, connection string) string {
	caller := "the caller"
	if me, err := r.Client.Principals.CurrentUser(ctx); err == nil {
		caller = me.Username
	}
	if r.kind.PolicyKind == atlan.PolicyGlossary {
		return fmt.Sprintf("Managing policies takes a workspace admin, or an API token with the default role; the caller is %s.", caller)
	}
	return fmt.Sprintf("Only an admin of connection %s can manage policies on it, and %s is not one, or not yet: a new admin's rights take about half a "+
		"minute to become effective. Make %s an admin of the connection, with the resource atlan_connection_admin or in Atlan.",
		connection, caller, caller)
}

// reportDeviation makes an error of every argument that the tenant did not take over; accepting it silently would show
// the same difference in every plan.
func (r *Resource) reportDeviation(ctx context.Context, diags *diag.Diagnostics, done string, want atlan.PolicyInput, got atlan.Policy) {
	report := func(attribute string, same bool, wanted, found any) {
		if !same {
			diags.AddAttributeError(path.Root(attribute), "The tenant did not accept the value",
				fmt.Sprintf("Policy %s was %s, but its %s is %q where %q was asked for.", got.GUID, done, attribute, found, wanted))
		}
	}
	report("name", got.Name == want.Name, want.Name, got.Name)
	report("description", got.Description == want.Description, want.Description, got.Description)
	report("allow", got.Allow == want.Allow, want.Allow, got.Allow)
	if surface, err := r.Client.PersonaSurface(ctx); err == nil && r.kind.actions != nil {
		wanted := slices.DeleteFunc(slices.Clone(want.Actions), func(action string) bool { return !atlan.ActionHasCounterpart(surface, action) })
		report("actions", sameElements(got.Actions, wanted), wanted, got.Actions)
	}
	report(r.kind.assetsName, sameElements(got.Assets, want.Assets), want.Assets, got.Assets)
}

func sameElements(one, other []string) bool {
	one, other = slices.Sorted(slices.Values(one)), slices.Sorted(slices.Values(other))
	return slices.Equal(slices.Compact(one), slices.Compact(other))
}
