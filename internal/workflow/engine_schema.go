// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var notBlank = regexp.MustCompile(`\S`)

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := r.attributes()
	maps.Copy(attributes, behaviour())
	if r.Kind.Attributes != nil {
		maps.Copy(attributes, r.Kind.Attributes())
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: r.Kind.Description,
		Attributes:          attributes,
		Blocks:              map[string]schema.Block{"timeouts": timeoutsBlock(ctx)},
	}
}

// attributes are those that workflow resources of all kinds have.
func (r *Resource) attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": computedString("Slug of the workflow: its name and eight characters that the tenant adds."),
		"name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Name of the workflow, which no other workflow of the tenant may have. Atlan does not rename workflows, so a change replaces " +
				"the workflow.",
			Validators:    []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
			PlanModifiers: []planmodifier.String{r.replaceName()},
		},
		"app_id": r.appID(),
		"entrypoint": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Operation of the app, such as `crawler`; default the only one that it announces, else the one that imports, else none. " +
				"A change updates the workflow in place.",
			Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"inputs": schema.DynamicAttribute{
			Optional: true,
			MarkdownDescription: "Inputs of the app by the keys of its contract, which the data source `atlan_app_contract` lists; default none. They are an " +
				"object, " +
				"and are stored in the state: for secrets there is `credential`. An input that is null is left out. An input that the contract wants as a JSON " +
				"text takes `jsonencode(…)`. A change updates the workflow in place.",
		},
		"credential": r.credentialAttribute(),
		"credential_guid": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "GUID of an existing credential to use in place of `credential`; by default that of the credential that is made of `credential`. " +
				"A change updates the workflow in place.",
			Validators: []validator.String{
				stringvalidator.LengthAtLeast(1),
				stringvalidator.ConflictsWith(path.MatchRoot("credential")),
			},
		},
		"new_connection": connectionAttribute(),
		"connection_qualified_name": computedString("Qualified name of the connection, such as `default/mode/1763769600`. It is made when the workflow is " +
			"created, and the first run creates the connection; null without `new_connection`."),
		"schedule": scheduleAttribute(),
		"run":      runAttribute(),
	}
}

// behaviour are the attributes that say what Terraform does, and what it has done.
func behaviour() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"wait": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether to wait until a run that Terraform starts has ended; default `false`. The wait is bounded by the create or update " +
				"timeout, " +
				"which is then an hour by default; what still runs then goes on, and the next apply waits for it again. A change alone changes nothing in Atlan.",
		},
		"test_authentication": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether the source is asked if it accepts the credential before the credential is stored or used; default `false`. It is what " +
				"the " +
				"form " +
				"calls *Test Authentication*. A change alone changes nothing in Atlan.",
		},
		"contract_validation": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(validationStrict),
			MarkdownDescription: "What becomes of a configuration that does not fit the tenant's input contract and form of the app, which are read when a " +
				"change is " +
				"planned: " +
				"`strict`, the default, refuses it; `warn` warns; `off` does not look. The tenant checks once more when it is applied. A change alone changes " +
				"nothing " +
				"in Atlan.",
			Validators: []validator.String{stringvalidator.OneOf(validationStrict, validationWarn, validationOff)},
		},
		"version": schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "Version of the workflow, which grows with every change.",
			PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
		},
		"run_id": computedString("Id of the run that Terraform has started last; null if it has started none."),
		"run_status": computedString("How the run of `run_id` has ended: `Succeeded`, `Failed`, `Stopped`, `Terminated` or `Skipped`; or how it stood when " +
			"waiting for it " +
			"came to an end. Null unless `wait` is set. A run that has not succeeded is planned again."),
	}
}

func (r *Resource) appID() schema.StringAttribute {
	attribute := schema.StringAttribute{
		Required: true,
		MarkdownDescription: "Id of the app, such as `atlan-metabase` or `snowflake-crawler`; capitals matter. The data source `atlan_app` tells whether the " +
			"tenant has it. " +
			"A change replaces the workflow.",
		Validators:    []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
	if r.Kind.Choice.Connector != "" {
		attribute.Required, attribute.Optional, attribute.Computed = false, true, true
		attribute.MarkdownDescription = "Id of the app on this tenant; by default the provider looks for it. Its id is not published, so name it here if " +
			"the provider does not find it."
		if r.Kind.Package != nil {
			attribute.MarkdownDescription += " `" + r.Kind.Package.Name + "` stands for the package, on tenants that serve it."
		}
		attribute.MarkdownDescription += " A change replaces the workflow."
		attribute.PlanModifiers = []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()}
	}
	return attribute
}

func connectionAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Connection that the workflow publishes what it finds under; default none, for apps that work on existing connections. The " +
			"first run " +
			"creates " +
			"the connection. It stays when the workflow is destroyed, and so do its assets. Another name or connector replaces the workflow.",
		Validators:    []validator.Object{anyAdmin{}},
		PlanModifiers: []planmodifier.Object{replaceConnection{}},
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Name of the connection, as people see it. A change replaces the workflow.",
				Validators:          []validator.String{stringvalidator.RegexMatches(notBlank, "must not be empty or blank")},
			},
			"connector": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Connector of the connection, such as `metabase`, which is the middle of its qualified name; default the one of the app. " +
					"A change replaces the workflow.",
				Validators: []validator.String{stringvalidator.RegexMatches(connectorName, "must be letters, digits and hyphens")},
			},
			"admin_users":  adminSet("User names of people, or of service accounts, who are to be admins of the connection"),
			"admin_groups": adminSet("Internal names of groups whose members are to be admins of the connection"),
			"admin_roles":  adminSet("Names of roles whose members are to be admins of the connection, such as `$admin`"),
		},
	}
}

var connectorName = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

func adminSet(what string) schema.SetAttribute {
	return schema.SetAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: what + "; default none, but the connection needs an admin of some kind: nobody could manage it otherwise. They apply when the " +
			"first " +
			"run " +
			"creates the connection; later use `atlan_connection_admin`. A change updates the workflow in place.",
		Validators: []validator.Set{
			setvalidator.NoNullValues(),
			setvalidator.ValueStringsAre(stringvalidator.RegexMatches(notBlank, "must not be empty or blank")),
		},
	}
}

func scheduleAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "When the workflow runs by itself; default never. Atlan does not show schedules, so one that somebody adds or removes elsewhere is " +
			"not " +
			"noticed, and importing a workflow does not import its schedules. A change updates the workflow in place.",
		Attributes: map[string]schema.Attribute{
			"cron": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "Cron expression of five fields: minute, hour, day of the month, the month, and day of the week; for example `0 3 * * 1-5`. " +
					"A change updates the workflow in place.",
				Validators: []validator.String{cronExpression{}},
			},
			"timezone": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Time zone of the expression, a name of the IANA database such as `Europe/Paris`; default `UTC`. A change updates the workflow " +
					"in place.",
				Validators: []validator.String{timeZone{}},
			},
		},
	}
}

func runAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true, Default: stringdefault.StaticString(runNever),
		MarkdownDescription: "When Terraform runs the workflow: `never`, the default; `on_create`, once it is created; or `on_change`, also after each " +
			"change of what it does. A failed run leaves the workflow as it is. It is a warning when the workflow was just created, since Terraform replaces an " +
			"object whose creation failed, and an error afterwards. With `wait`, the next apply runs it again. A change alone changes nothing in Atlan.",
		Validators: []validator.String{stringvalidator.OneOf(runNever, runOnCreate, runOnChange)},
	}
}

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed: true, MarkdownDescription: description,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

func timeoutsBlock(ctx context.Context) schema.Block { return tfx.TimeoutsBlock(ctx) }

// anyAdmin wants at least one admin of a connection.
type anyAdmin struct{}

func (anyAdmin) Description(context.Context) string { return "at least one admin" }

func (v anyAdmin) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (anyAdmin) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	for _, name := range []string{"admin_users", "admin_groups", "admin_roles"} {
		admins, ok := req.ConfigValue.Attributes()[name].(types.Set)
		if !ok || admins.IsUnknown() || len(admins.Elements()) > 0 {
			return
		}
	}
	resp.Diagnostics.AddAttributeError(req.Path, "The connection has no admin",
		"Give at least one of admin_users, admin_groups and admin_roles: a connection without an admin can be managed by nobody, not even by the admins of the "+
			"tenant. To let these manage it, set admin_roles = [\"$admin\"].")
}

// replaceConnection replaces a workflow whose connection is to be another one.
type replaceConnection struct{}

func (replaceConnection) Description(context.Context) string {
	return "another name or connector replaces the workflow"
}

func (m replaceConnection) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (replaceConnection) PlanModifyObject(ctx context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	if req.State.Raw.IsNull() || req.StateValue.IsNull() || req.PlanValue.IsNull() || req.PlanValue.IsUnknown() {
		return
	}
	var qualifiedName types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("connection_qualified_name"), &qualifiedName)...)
	before, after := req.StateValue.Attributes(), req.PlanValue.Attributes()
	connector, ok := after["connector"].(types.String)
	other := ok && !connector.IsNull() && !connector.IsUnknown() && connector.ValueString() != connectorOf(qualifiedName.ValueString())
	resp.RequiresReplace = !before["name"].Equal(after["name"]) || other
}
