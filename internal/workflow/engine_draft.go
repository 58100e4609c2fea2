// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// draft is a workflow as it would be sent.
type draft struct {
	of       string // what messages call it
	app      *atlan.ResolvedApp
	document atlan.AppDocument
	// credential is nil without one, or while it is not known.
	credential *atlan.RawCredential
	violations []diag.Diagnostic
}

// input is the workflow without its credential, which goes along only where it is to be stored.
func (d *draft) input(ctx context.Context, m *Common) atlan.AppWorkflowInput {
	input := atlan.AppWorkflowInput{AppID: d.app.ID, Name: m.Name.ValueString(), Entrypoint: d.app.Entrypoint, Inputs: d.document.Inputs}
	if d.app.Package != nil { // the schedule is part of the workflow
		input.Schedule = m.schedule(ctx)
	}
	return input
}

// resolve finds the app and what it expects. What is known of an app is read once, however many workflows it has.
func (r *Resource) resolve(ctx context.Context, m *Common) (*atlan.ResolvedApp, error) {
	if stands, err := r.choose(ctx, m); stands != nil || err != nil {
		return stands, err
	}
	choice := r.choice(m)
	app, err := r.Client.Apps.Resolve(ctx, choice)
	if err != nil && m.ContractValidation.ValueString() == validationOff && choice.AppID != "" && !errors.Is(err, atlan.ErrNotFound) {
		return &atlan.ResolvedApp{App: atlan.App{ID: choice.AppID}, Entrypoint: choice.Entrypoint, Connector: choice.Connector}, nil
	}
	return app, err
}

// addResolveError says that the app is not there.
func (r *Resource) addResolveError(diags *diag.Diagnostics, m *Common, err error) {
	doing := fmt.Sprintf("Finding the app of %s", r.describe(m))
	if unknown, ok := errors.AsType[*atlan.UnknownEntrypointError](err); ok {
		diags.AddAttributeError(path.Root("entrypoint"), doing+" failed", sentence(unknown))
		return
	}
	if excluded, ok := errors.AsType[*surfaceError](err); ok {
		diags.AddAttributeError(path.Root("app_id"), doing+" failed", excluded.text)
		return
	}
	missing, ok := errors.AsType[*atlan.AppNotFoundError](err)
	if !ok {
		tfx.AddAPIError(diags, doing, err)
		return
	}
	if of := r.Kind.Package; of != nil && missing.Unserved {
		diags.AddAttributeError(path.Root("app_id"), doing+" failed", fmt.Sprintf("The tenant does not serve workflows of apps. Where it serves those of "+
			"packages, %s makes one of the package %s, unless app_id names an app or the provider's workflow_api is \"app\".", r.Kind.TypeName, of.Name))
		return
	}
	diags.AddAttributeError(path.Root("app_id"), doing+" failed", explainMissing(missing))
}

// sentence makes one of an error's text.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func explainMissing(missing *atlan.AppNotFoundError) string {
	if missing.Unserved {
		return "The tenant does not serve workflows of apps, which is what this resource manages: it has workflows of packages only. Set the workflow up in " +
			"Atlan. The data source atlan_workflows finds it then by the prefix of its package, and the action atlan_workflow_run runs it."
	}
	var b strings.Builder
	switch {
	case len(missing.NotNative) > 0:
		fmt.Fprintf(&b, "The app %s is installed but does not run natively yet, and workflows can be made of native apps only. Atlan moves apps over by and by; "+
			"until then set it up in Atlan.", strings.Join(missing.NotNative, ", "))
	default:
		fmt.Fprintf(&b, "The tenant has no app with the id %s. Capitals matter. Atlan lists no apps by API: install the app from the marketplace in Atlan, "+
			"then look "+
			"at the address of its set-up page, or at a workflow of it, for its id.", quoted(missing.Tried))
	}
	if len(missing.InUse) > 0 {
		fmt.Fprintf(&b, "\n\nApps that the tenant's workflows use:\n%s", tfx.BulletList(missing.InUse))
	}
	return b.String()
}

func quoted(texts []string) string {
	var all []string
	for _, text := range texts {
		all = append(all, fmt.Sprintf("%q", text))
	}
	return strings.Join(all, ", ")
}

// draft makes what would be sent. Where something is not known yet it is [atlan.Unknown], which is not checked. hasOne
// says that the workflow has a credential from an earlier version.
func (r *Resource) draft(ctx context.Context, app *atlan.ResolvedApp, form, config Form, hasOne bool) (*draft, error) {
	m := form.Shared()
	d := &draft{app: app, of: r.describe(m)}
	connection, err := r.connectionInput(ctx, m, app)
	if err != nil {
		return nil, err
	}
	inputs := atlan.AppInputs{Names: form.Names(), Connection: connection}
	paths := map[string]path.Path{}
	for _, field := range form.Fields() {
		inputs.Fields = append(inputs.Fields, field.Field)
		paths[field.Name] = field.Path
	}
	login := r.login(form, config)
	inputs.NewCredential = hasOne || login != nil
	switch {
	case !m.CredentialGUID.IsUnknown() && !m.CredentialGUID.IsNull():
		inputs.CredentialGUID = m.CredentialGUID.ValueString()
	case m.CredentialGUID.IsUnknown() && login == nil:
		inputs.CredentialGUID = atlan.Unknown
	}
	extra, known := m.Given()
	inputs.Extra = extra
	d.document = app.Document(inputs)
	if known { // else anything may come along
		d.violate(m, d.document.Violations, paths, path.Root("inputs"))
	}
	if login != nil && !login.Unknown {
		for _, field := range login.Fields {
			paths[field.Name] = field.Path
		}
		raw, violations := app.Credential(login.spec(form.Names()))
		raw.Name = r.Client.NewCredentialName(app.Connector)
		if app.Package != nil && m.ID.ValueString() == "" { // as Atlan's SDKs name that of a new workflow
			raw.Name = strings.ReplaceAll(m.ConnectionQualifiedName.ValueString(), "/", "-") + "-0"
		}
		d.credential = &raw
		d.violate(m, violations, paths, path.Root("credential"))
	}
	return d, nil
}

// violate turns violations into diagnostics on the attributes that they are about: errors where the tenant would certainly
// refuse, unless the configuration wants warnings.
func (d *draft) violate(m *Common, violations []atlan.Violation, paths map[string]path.Path, within path.Path) {
	if m.ContractValidation.ValueString() == validationOff {
		return
	}
	for _, v := range violations {
		attribute, ok := paths[v.Field]
		if !ok {
			attribute = attributeOf(v.Path, within)
		}
		summary := fmt.Sprintf("The configuration of %s does not fit the app %s", d.of, d.app.ID)
		if d.app.Package != nil {
			summary = fmt.Sprintf("The configuration of %s is not checked against the package %s", d.of, d.app.ID)
		}
		detail := v.Message
		if v.Definite && m.ContractValidation.ValueString() == validationStrict {
			detail += "\n\nThis is what the tenant's own contract of the app says; the data source atlan_app_contract shows it. If the contract is wrong, set " +
				"contract_validation to \"warn\"."
			d.violations = append(d.violations, diag.NewAttributeErrorDiagnostic(attribute, summary, detail))
			continue
		}
		d.violations = append(d.violations, diag.NewAttributeWarningDiagnostic(attribute, summary, detail))
	}
}

// attributeOf is the attribute that a place in the inputs, or in the credential, comes from.
func attributeOf(steps []string, within path.Path) path.Path {
	if len(steps) == 0 {
		return within
	}
	if within.Equal(path.Root("inputs")) {
		switch steps[0] {
		case "connection":
			return path.Root("new_connection")
		case "credential_guid":
			return path.Root("credential_guid")
		}
		return within.AtMapKey(steps[0])
	}
	return within
}

// connectionInput is the connection as the tenant wants it: nil for none, [atlan.Unknown] while it is not known. What is
// not known of an otherwise known connection is left out: the tenant does not check it.
func (r *Resource) connectionInput(ctx context.Context, m *Common, app *atlan.ResolvedApp) (any, error) {
	if m.Connection.IsUnknown() {
		return atlan.Unknown, nil
	}
	c, _ := m.connection(ctx)
	if c == nil {
		return nil, nil
	}
	connection := atlan.AppConnection{
		Name: c.Name.ValueString(), QualifiedName: m.ConnectionQualifiedName.ValueString(), Connector: connectorOf(m.ConnectionQualifiedName.ValueString()),
		AdminUsers: setTexts(c.AdminUsers), AdminGroups: setTexts(c.AdminGroups),
	}
	if connection.Connector == "" {
		connection.Connector = c.connector(app)
	}
	roles := setTexts(c.AdminRoles)
	if len(roles) == 0 {
		return connection, nil
	}
	known, err := r.Client.Principals.KnownRoles(ctx)
	for _, name := range roles {
		if role, ok := known[name]; ok {
			connection.AdminRoles = append(connection.AdminRoles, role.ID)
		}
	}
	return connection, err
}

// connector is the one that the configuration names, else that of the app.
func (c *connectionModel) connector(app *atlan.ResolvedApp) string {
	if name := c.Connector.ValueString(); name != "" {
		return name
	}
	if app == nil {
		return ""
	}
	return app.Connector
}

// connectorOf is the connector in the qualified name of a connection.
func connectorOf(qualifiedName string) string {
	parts := strings.Split(qualifiedName, "/")
	if len(parts) < 3 {
		return ""
	}
	return parts[1]
}

// checkAdmins refuses admins that the tenant does not know. The error that it returns is the failure to find out.
func (r *Resource) checkAdmins(ctx context.Context, m *Common, diags *diag.Diagnostics) error {
	c, _ := m.connection(ctx)
	if c == nil {
		return nil
	}
	users, groups, roles := setTexts(c.AdminUsers), setTexts(c.AdminGroups), setTexts(c.AdminRoles)
	knownUsers, err := r.Client.Principals.KnownUsers(ctx, users)
	if err != nil {
		return err
	}
	knownGroups, err := r.Client.Principals.KnownGroups(ctx, groups)
	if err != nil {
		return err
	}
	tenantRoles := map[string]atlan.Role{}
	if len(roles) > 0 {
		if tenantRoles, err = r.Client.Principals.KnownRoles(ctx); err != nil {
			return err
		}
	}
	knownRoles := map[string]bool{}
	for name := range tenantRoles {
		knownRoles[name] = true
	}
	refuse := func(attribute, kind, advice string, unknown []string) {
		if len(unknown) > 0 {
			diags.AddAttributeError(path.Root("new_connection").AtName(attribute), "The tenant does not have these "+kind,
				"new_connection."+attribute+" names "+kind+" that do not exist. "+advice+" Not found:\n"+tfx.BulletList(unknown))
		}
	}
	refuse("admin_users", "users", "Users are named by their user names, not by email addresses.", absent(users, knownUsers))
	refuse("admin_groups", "groups", "Groups are named by their internal names; the data source atlan_group finds one by its "+
		"alias.", absent(groups, knownGroups))
	refuse("admin_roles", "roles", "Roles are named as Atlan names them, such as \"$admin\"; the data source atlan_roles lists them. The tenant has "+
		strings.Join(slices.Sorted(maps.Keys(knownRoles)), ", ")+".", absent(roles, knownRoles))
	return nil
}

func absent(names []string, known map[string]bool) []string {
	var unknown []string
	for _, name := range names {
		if !known[name] {
			unknown = append(unknown, fmt.Sprintf("%q", name))
		}
	}
	return unknown
}
