// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// planTimeout bounds what a plan asks the tenant beyond reading the object.
const planTimeout = time.Minute

// ModifyPlan implements resource.ResourceWithModifyPlan: it refuses users and groups that the tenant does not know, as far
// as they are known and new to the persona. The metastore would answer them with an internal error (PersonaPreProcessor).
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.Client == nil {
		return
	}
	var plan model
	state := model{Users: types.SetNull(types.StringType), Groups: types.SetNull(types.StringType)}
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	users, groups := added(state.Users, plan.Users), added(state.Groups, plan.Groups)
	ctx, cancel := context.WithTimeout(ctx, planTimeout)
	defer cancel()
	if err := r.checkMembers(ctx, users, groups, &resp.Diagnostics); err != nil {
		tfx.AddAPIWarning(&resp.Diagnostics, fmt.Sprintf("Checking the users and groups of persona %q", plan.Name.ValueString()), err,
			"It is not known whether all of them exist; the apply will tell.")
	}
}

// added returns the known names that the plan has and the state has not.
func added(state, plan types.Set) []string {
	before := known(state.Elements())
	return slices.DeleteFunc(known(plan.Elements()), func(name string) bool { return slices.Contains(before, name) })
}

func known(elements []attr.Value) []string {
	var names []string
	for _, element := range elements {
		if name, ok := element.(types.String); ok && !name.IsNull() && !name.IsUnknown() {
			names = append(names, name.ValueString())
		}
	}
	slices.Sort(names)
	return names
}

// checkMembers adds an error for the users, and one for the groups, that the tenant does not know. The error that it
// returns is the failure to find out.
func (r *Resource) checkMembers(ctx context.Context, users, groups []string, diags *diag.Diagnostics) error {
	knownUsers, err := r.Client.Principals.ResolveUsers(ctx, users)
	if err != nil {
		return err
	}
	knownGroups, err := r.Client.Principals.ResolveGroups(ctx, groups)
	if err != nil {
		return err
	}
	if lines := unknown(users, knownUsers, func(name string) string { return r.userHint(ctx, name) }); len(lines) > 0 {
		diags.AddAttributeError(path.Root("users"), "The tenant does not have these users", "users takes user names, spelled as on the users' profiles in "+
			"Atlan. The data source atlan_user finds one by email address. These are unknown:\n"+tfx.BulletList(lines))
	}
	if lines := unknown(groups, knownGroups, func(name string) string { return r.groupHint(ctx, name) }); len(lines) > 0 {
		diags.AddAttributeError(path.Root("groups"), "The tenant does not have these groups", "groups takes the internal names of groups, not the aliases "+
			"that Atlan shows. The data source atlan_group finds one by the other. These are unknown:\n"+tfx.BulletList(lines))
	}
	return nil
}

// unknown describes the names that were not found.
func unknown[V any](names []string, found map[string]V, hint func(name string) string) []string {
	var lines []string
	for _, name := range names {
		if _, ok := found[name]; !ok {
			lines = append(lines, fmt.Sprintf("%q%s", name, hint(name)))
		}
	}
	return lines
}

// userHint finds out whether an email address was given for a user name. That it cannot be found out is no matter.
func (r *Resource) userHint(ctx context.Context, name string) string {
	if !strings.Contains(name, "@") {
		return ""
	}
	found, err := r.Client.Principals.FindUsersByEmail(ctx, name)
	return meant(found, err, "the email address of user", func(u atlan.User) string { return u.Username })
}

// groupHint finds out whether an alias was given for a name.
func (r *Resource) groupHint(ctx context.Context, name string) string {
	found, err := r.Client.Principals.FindGroupsByAlias(ctx, name)
	return meant(found, err, "the alias of group", func(g atlan.Group) string { return g.Name })
}

func meant[V any](found []V, err error, what string, nameOf func(V) string) string {
	if err != nil || len(found) == 0 {
		return ""
	}
	var names []string
	for _, one := range found {
		names = append(names, fmt.Sprintf("%q", nameOf(one)))
	}
	return fmt.Sprintf(", which is %s %s", what, strings.Join(names, " and of "))
}
