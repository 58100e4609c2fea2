// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// waitTimeout bounds creations and updates that wait for a run, unless the timeouts block says otherwise.
const waitTimeout = time.Hour

// lostAdvice says what becomes of a creation of unknown outcome.
const lostAdvice = "The state remembers this: run Terraform again when the tenant answers. It looks for what was made and replaces it, or creates the " +
	"workflow " +
	"if there is none."

// rightHint says what managing workflows takes (docs.atlan.com, "Import ALTR classification metadata").
var rightHint = tfx.Hint{Status: http.StatusForbidden, Advice: "Managing workflows takes an admin or a workflow admin, or an API token with the default role."}

func operationTimeout(m *Common) time.Duration {
	if m.Wait.ValueBool() && m.Run.ValueString() != runNever {
		return waitTimeout
	}
	return tfx.OperationTimeout
}

// Create implements resource.Resource.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan, config := r.Kind.New(), r.Kind.New()
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	m := plan.Shared()
	timeout, diags := m.Timeouts.Create(ctx, operationTimeout(m))
	resp.Diagnostics.Append(diags...)
	if !tfx.HasClient(r.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	d := r.prepare(ctx, plan, config, &resp.Diagnostics)
	if d == nil {
		return
	}
	if m.TestAuthentication.ValueBool() && !r.testAuthentication(ctx, plan, d, &resp.Diagnostics) {
		return
	}
	mem := r.remember(plan, config, d)
	m.AppID = types.StringValue(d.app.ID)
	input := d.input(ctx, m)
	input.Credential, input.Run = d.credential, d.app.Package != nil && m.Run.ValueString() != runNever
	created, err := r.of(m).Create(ctx, input)
	m.settle()
	if err != nil {
		r.keepLost(ctx, plan, err, resp)
		r.addCreateError(&resp.Diagnostics, m, err)
		return
	}

	// The tenant has the workflow: whatever fails from here on, the state knows of it.
	m.ID, m.Version = types.StringValue(created.Slug), versionOf(created.Version)
	r.look(ctx, plan, mem, input)
	save := func() {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
		resp.Diagnostics.Append(resp.Identity.Set(ctx, identityModel{ID: m.ID})...)
		resp.Diagnostics.Append(mem.store(ctx, resp.Private)...)
	}
	save()
	r.putToWork(ctx, m, mem, input.Run, &resp.Diagnostics)
	save()
}

// putToWork schedules a new workflow and runs it, unless it has begun to run already.
func (r *Resource) putToWork(ctx context.Context, m *Common, mem *memory, begun bool, diags *diag.Diagnostics) {
	err := r.reschedule(ctx, m, mem)
	if err != nil {
		tfx.AddAPIError(diags, "Scheduling "+r.describe(m)+" after its creation", err, rightHint)
		diags.AddWarning("The next apply replaces the workflow", fmt.Sprintf("Terraform marks an object whose creation did not finish as tainted. The %s has "+
			"not run yet, so nothing is lost with it. To keep it, run terraform untaint first.", r.describe(m)))
		return
	}
	switch {
	case begun:
		err = r.begun(ctx, m, mem)
	case m.Run.ValueString() != runNever:
		err = r.start(ctx, m, mem)
	}
	if err != nil {
		r.addRunTrouble(diags, m, true, err)
	}
}

// prepare makes what is sent, and refuses what the tenant would refuse; nil after an error.
func (r *Resource) prepare(ctx context.Context, plan, config Form, diags *diag.Diagnostics) *draft {
	m := plan.Shared()
	if m.AppID.IsUnknown() {
		m.AppID = types.StringNull()
	}
	app, err := r.resolve(ctx, m)
	if err != nil {
		r.addResolveError(diags, m, err)
		return nil
	}
	if err := r.checkAdmins(ctx, m, diags); err != nil {
		tfx.AddAPIError(diags, "Checking the admins of the connection of "+r.describe(m), err)
	}
	r.checkPackage(m, app, diags)
	r.mintConnection(ctx, m, app, diags)
	if diags.HasError() {
		return nil
	}
	d, err := r.draft(ctx, app, plan, config, !m.CredentialGUID.IsNull())
	if err != nil {
		tfx.AddAPIError(diags, "Preparing "+r.describe(m), err)
		return nil
	}
	diags.Append(d.violations...)
	if diags.HasError() {
		return nil
	}
	tflog.Debug(ctx, "Found the inputs of the app", map[string]any{"app_id": app.ID, "entrypoint": app.Entrypoint, "keys": d.document.Keys})
	return d
}

// mintConnection makes the qualified name of the connection, once.
func (r *Resource) mintConnection(ctx context.Context, m *Common, app *atlan.ResolvedApp, diags *diag.Diagnostics) {
	c, _ := m.connection(ctx)
	switch {
	case c == nil:
		m.ConnectionQualifiedName = types.StringNull()
	case m.ConnectionQualifiedName.IsUnknown() || m.ConnectionQualifiedName.IsNull():
		connector := c.connector(app)
		if connector == "" {
			diags.AddAttributeError(path.Root("new_connection").AtName("connector"), "The connector of "+r.describe(m)+" is not known", explainConnector(app))
			return
		}
		qualifiedName, err := r.Client.NewConnectionQualifiedName(ctx, connector)
		if err != nil {
			tfx.AddAPIError(diags, "Naming the connection of "+r.describe(m), err)
		}
		m.ConnectionQualifiedName = types.StringValue(qualifiedName)
	}
}

func explainConnector(app *atlan.ResolvedApp) string {
	why := fmt.Sprintf("The app %s does not say what it connects to.", app.ID)
	if app.Hidden != nil {
		why = fmt.Sprintf("What the app %s connects to is in its form, which could not be read: %v.", app.ID, app.Hidden)
	}
	return why + " Set connector, the middle of the qualified names of its connections."
}

// testAuthentication asks the source whether it accepts the credential.
func (r *Resource) testAuthentication(ctx context.Context, plan Form, d *draft, diags *diag.Diagnostics) bool {
	m, attribute := plan.Shared(), path.Root("credential")
	var err error
	switch {
	case d.credential != nil:
		err = r.Client.Credentials.Test(ctx, *d.credential)
	case m.CredentialGUID.ValueString() != "":
		attribute = path.Root("credential_guid")
		err = r.Client.Credentials.TestStored(ctx, m.CredentialGUID.ValueString())
	default:
		return true
	}
	doing := "Testing the authentication of " + r.describe(m)
	refused, ok := errors.AsType[*atlan.CredentialRefusedError](err)
	switch {
	case ok:
		diags.AddAttributeError(attribute, doing+" failed", fmt.Sprintf("The source does not accept the credential: %s\n\nNothing was stored or changed. "+
			"Correct "+
			"the "+
			"credential, or set test_authentication to false to go on without the test.\n\nRequest id: %s", refused.Message, refused.RequestID))
	case errors.Is(err, atlan.ErrNotFound):
		diags.AddAttributeError(attribute, doing+" failed", "There is no such credential in the vault of the tenant.")
	case err != nil:
		tfx.AddAPIError(diags, doing, err, rightHint)
	}
	return err == nil
}

// remember is what the private state is to know of what is sent.
func (r *Resource) remember(plan, config Form, d *draft) *memory {
	mem := &memory{Keys: d.document.Keys}
	mem.rememberSecret(r.login(plan, config))
	return mem
}

func (mem *memory) rememberSecret(login *Login) {
	if login == nil {
		return
	}
	mem.Owns = true
	if secrets, known := login.secrets(); known {
		hash := hashSecret(secrets)
		mem.Secret = &hash
	}
}

// settle gives computed values one that are still unknown, as long as nothing better is known.
func (m *Common) settle() {
	for _, value := range []*types.String{&m.ID, &m.CredentialGUID, &m.RunID, &m.RunStatus} {
		if value.IsUnknown() {
			*value = types.StringNull()
		}
	}
	if m.Version.IsUnknown() {
		m.Version = types.Int64Null()
	}
}

// keepLost stores a creation whose outcome is unknown in the state, without an id. The error that goes with it makes the
// resource tainted, so that the next apply finds what was made, archives it and creates the workflow anew.
func (r *Resource) keepLost(ctx context.Context, plan Form, err error, resp *resource.CreateResponse) {
	lost, diags := tfx.KeepLost(ctx, resp.Private, r.Client.Now(), err)
	resp.Diagnostics.Append(diags...)
	if lost != nil {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	}
}

func (r *Resource) addCreateError(diags *diag.Diagnostics, m *Common, err error) {
	doing := "Creating " + r.describe(m)
	taken, ok := errors.AsType[*atlan.DuplicateNameError](err)
	if !ok {
		tfx.AddAPIError(diags, doing, err, rightHint, tfx.Hint{Lost: lostAdvice},
			tfx.Hint{Path: path.Root("inputs"), Codes: []string{"1000"}, Advice: "The app's server does not accept the inputs."})
		return
	}
	advice := "Choose another name, or import it:\n\n  terraform import " + r.Kind.TypeName + ".<name> " + strings.Join(taken.Slugs, " | ")
	if len(taken.Slugs) == 0 {
		advice = "Choose another name, or import it by its name."
	}
	diags.AddAttributeError(path.Root("name"), doing+" failed",
		fmt.Sprintf("The tenant has a workflow of the name %q, and names are unique. Nothing was created, and that workflow was not touched. "+
			"%s", taken.Name, advice))
}

// look reads a workflow after it was written, to know what the tenant shows of it. That it cannot be read is no matter:
// the next refresh reads it.
func (r *Resource) look(ctx context.Context, plan Form, mem *memory, sent atlan.AppWorkflowInput) {
	m := plan.Shared()
	mem.Seen = false
	found, err := r.reread(ctx, m, mem, sent)
	if err != nil {
		tflog.Warn(ctx, "Reading a workflow after it was written failed", map[string]any{"slug": m.ID.ValueString(), "error": err.Error()})
		return
	}
	if found.Version != 0 {
		m.Version = types.Int64Value(found.Version)
	}
	mem.Shown = true
	if r.packaged(m) {
		asGiven(found.Inputs, sent.Inputs)
	}
	mem.see(configuredInputs(plan, mem), sent.Inputs, found.Inputs)
	mem.findCredential(m, r.login(plan, nil), found.Inputs)
}

// reread reads a workflow that was just written. The index that shows those of packages shows nothing of one that has never
// run, and of the others only after a while what they have become.
func (r *Resource) reread(ctx context.Context, m *Common, mem *memory, sent atlan.AppWorkflowInput) (atlan.AppWorkflow, error) {
	switch {
	case !r.packaged(m):
		return r.Client.AppWorkflows.Get(ctx, m.ID.ValueString())
	case !mem.Shown && !sent.Run:
		return atlan.AppWorkflow{}, atlan.ErrNotFound
	default:
		return r.Client.Packaged(r.Kind.Package).Shown(ctx, m.ID.ValueString(), sent)
	}
}

// versionOf is null for a workflow that has none, as those of packages.
func versionOf(version int64) types.Int64 {
	if version == 0 {
		return types.Int64Null()
	}
	return types.Int64Value(version)
}

// findCredential learns which credential was made of the configured one.
func (mem *memory) findCredential(m *Common, login *Login, shown map[string]any) {
	guid, _ := shown["credential_guid"].(string)
	if guid == "" || login == nil || !mem.Owns {
		return
	}
	if mem.Vaulted == "" {
		mem.Vaulted = guid
	}
	if m.CredentialGUID.IsNull() {
		m.CredentialGUID = types.StringValue(guid)
	}
}

// configuredInputs are the keys that attributes of the configuration stand for.
func configuredInputs(form Form, mem *memory) map[string]bool {
	configured := map[string]bool{}
	extra, _ := form.Shared().Given()
	for key := range extra {
		configured[key] = true
	}
	for _, field := range form.Fields() {
		if key := mem.Keys[field.Name]; key != "" && field.Value != nil {
			configured[key] = true
		}
	}
	return configured
}
