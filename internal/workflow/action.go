// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// ActionType is the name of the action.
const ActionType = "atlan_workflow_run"

var (
	_ action.ActionWithConfigure      = (*RunAction)(nil)
	_ action.ActionWithValidateConfig = (*RunAction)(nil)
)

// RunAction is the action atlan_workflow_run.
type RunAction struct {
	tfx.ActionClient
}

// NewRunAction makes the action.
func NewRunAction() action.Action { return &RunAction{} }

type actionModel struct {
	WorkflowName    types.String `tfsdk:"workflow_name"`
	AppWorkflowSlug types.String `tfsdk:"app_workflow_slug"`
	Idempotent      types.Bool   `tfsdk:"idempotent"`
	Wait            types.Bool   `tfsdk:"wait"`
	Timeout         types.String `tfsdk:"timeout"`
	StopOnCancel    types.Bool   `tfsdk:"stop_on_cancel"`
}

// actionTimeout is how long a run is waited for by default.
const actionTimeout = 30 * time.Minute

// stopTimeout bounds the request that stops a run after waiting for it was given up.
const stopTimeout = time.Minute

// runner runs one workflow, of whatever kind.
type runner interface {
	// describe names the workflow in messages, such as `workflow "atlan-mode-1753084800"`.
	describe() string
	// argument is what names the workflow in the configuration, and missing is what to say when there is no such workflow.
	argument() (name path.Path, missing string)
	// start starts a run and returns its id. With idempotent it starts none while one goes on: it then returns that one, and
	// started is false.
	start(ctx context.Context, idempotent bool) (run string, started bool, err error)
	// wait waits for the end of a run. report is told where the run stands after each look at it. The error is nil only
	// when the run has succeeded; it says why when it has not, and when waiting ended before the run did.
	wait(ctx context.Context, run string, report func(standing string)) error
	// stop ends a run.
	stop(ctx context.Context, run string) error
}

// runner is what runs the workflow that the configuration names.
func (m *actionModel) runner(client *atlan.Client) runner {
	if !m.AppWorkflowSlug.IsNull() {
		return &appRunner{workflows: client.AppWorkflows, slug: m.AppWorkflowSlug.ValueString()}
	}
	return &packageRunner{workflows: client.Workflows, name: m.WorkflowName.ValueString()}
}

// Metadata implements action.Action.
func (a *RunAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = ActionType
}

// Schema implements action.Action.
func (a *RunAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Runs a workflow that exists in Atlan once more, be it of a package or of an app, with the rights of the provider's credential, " +
			"and waits for the end of the run. The action fails when the run does. It takes Terraform 1.14 or later.",
		Attributes: map[string]schema.Attribute{
			"workflow_name": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Name of the package's workflow to run, such as `csa-api-token-connection-admin-1684500411`; " +
					"see the data source `atlan_workflows`. No default: exactly one of `workflow_name` and `app_workflow_slug` is required.",
				Validators: []validator.String{
					stringvalidator.LengthAtLeast(1), stringvalidator.ExactlyOneOf(path.MatchRoot("workflow_name"), path.MatchRoot("app_workflow_slug")),
				},
			},
			"app_workflow_slug": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Slug of the app's workflow to run, such as `mode-prod-3f9ab2c1`: the `id` of an `atlan_app_workflow` " +
					"or of another workflow that this provider manages. It runs with the inputs that it has when the action is invoked. No default.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"idempotent": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether nothing is started while a run of the workflow is pending or running, and that run is waited for instead; " +
					"default `false`: a second run is started of a package's workflow, and refused by Atlan of an app's. To see runs of packages that have " +
					"just begun, it lets Atlan's index catch up for ten seconds first.",
			},
			"wait": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to wait for the end of the run; default `true`. Otherwise the action succeeds as soon as the run is started, " +
					"whatever becomes of it.",
			},
			"timeout": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("How long to wait for the run, as a duration such as `1h`; default `%dm`. When it is over, the action fails.",
					int(actionTimeout.Minutes())),
				Validators: []validator.String{tfx.PositiveDuration{}},
			},
			"stop_on_cancel": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether the run is stopped when waiting for it is cancelled or takes longer than `timeout`; default `false`: " +
					"the run goes on. A run that the action has not started itself is never stopped.",
			},
		},
	}
}

// ValidateConfig implements action.ActionWithValidateConfig.
func (a *RunAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || config.Wait.IsNull() || config.Wait.IsUnknown() || config.Wait.ValueBool() {
		return
	}
	if config.StopOnCancel.ValueBool() {
		resp.Diagnostics.AddAttributeError(path.Root("stop_on_cancel"), "The run is not waited for",
			"stop_on_cancel says what happens when waiting for the run ends early, but wait is false. Leave out one of the two.")
	}
	if !config.Timeout.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("timeout"), "The run is not waited for",
			"timeout says how long to wait for the run, but wait is false. Leave out one of the two.")
	}
}

// Invoke implements action.Action.
func (a *RunAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !tfx.HasClient(a.Client, &resp.Diagnostics) || resp.Diagnostics.HasError() {
		return
	}
	timeout := actionTimeout
	if !config.Timeout.IsNull() {
		configured, diags := tfx.Duration(path.Root("timeout"), config.Timeout)
		resp.Diagnostics.Append(diags...)
		if diags.HasError() {
			return
		}
		timeout = configured
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	invocation{
		runner: config.runner(a.Client), config: config, diags: &resp.Diagnostics,
		say: func(format string, args ...any) {
			resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
		},
	}.run(ctx)
}

// invocation is one invocation of the action.
type invocation struct {
	runner runner
	config actionModel
	diags  *diag.Diagnostics
	say    func(format string, args ...any)
}

func (i invocation) run(ctx context.Context) {
	doing := "Running " + i.runner.describe()
	run, started, err := i.runner.start(ctx, i.config.Idempotent.ValueBool())
	if err != nil {
		i.addStartError(doing, err)
		return
	}
	if started {
		i.say("Started run %s of %s.", run, i.runner.describe())
	} else {
		i.say("Started nothing: run %s of %s goes on.", run, i.runner.describe())
	}
	if !i.config.Wait.IsNull() && !i.config.Wait.ValueBool() {
		return
	}
	standing, looks := "", 0
	err = i.runner.wait(ctx, run, func(now string) {
		// A run that takes its time is told of about once a minute.
		if looks++; now != standing || looks == looksPerMessage {
			standing, looks = now, 0
			i.say("Run %s: %s.", run, now)
		}
	})
	if err == nil {
		return
	}
	tfx.AddAPIError(i.diags, doing, err)
	unfinished, ok := errors.AsType[*atlan.RunUnfinishedError](err)
	gaveUp := ctx.Err() != nil || ok && unfinished.GaveUp()
	if gaveUp && started && i.config.StopOnCancel.ValueBool() {
		i.stop(ctx, run)
	}
}

// looksPerMessage is how many looks at a run make about a minute.
const looksPerMessage = 12

func (i invocation) addStartError(doing string, err error) {
	_, ambiguous := errors.AsType[*atlan.AmbiguousError](err)
	if active, ok := errors.AsType[*atlan.RunActiveError](err); ok {
		i.addActive(doing, active)
		return
	}
	if !ambiguous && errors.Is(err, atlan.ErrNotFound) {
		argument, missing := i.runner.argument()
		tfx.AddLookupError(i.diags, argument, doing, err, missing)
		return
	}
	tfx.AddAPIError(i.diags, doing, err, tfx.Hint{
		Lost: "A run may have been started. Look in Atlan before running the action again, or set idempotent = true.",
	})
}

// addActive says that the tenant runs no workflow of an app twice at a time.
func (i invocation) addActive(doing string, active *atlan.RunActiveError) {
	advice := "Set idempotent = true to wait for that run instead of starting another, or invoke the action again when it has ended."
	if i.config.Idempotent.ValueBool() {
		advice = "Atlan does not tell which run that is, so it cannot be waited for. Invoke the action again when it has ended."
	}
	argument, _ := i.runner.argument()
	i.diags.AddAttributeError(argument, doing+" is not possible now",
		fmt.Sprintf("Nothing was started: %v, and Atlan runs a workflow of an app once at a time.\n\n%s", active, advice))
}

// stop ends a run that is not waited for any more.
func (i invocation) stop(ctx context.Context, run string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := i.runner.stop(ctx, run); err != nil {
		tfx.AddAPIError(i.diags, "Stopping run "+run, err)
		return
	}
	i.say("Run %s is told to stop.", run)
	i.diags.AddWarning("The run is stopped",
		fmt.Sprintf("Run %s of %s was told to stop, as stop_on_cancel asks for; it ends in Atlan soon.", run, i.runner.describe()))
}
