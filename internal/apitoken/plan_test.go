// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// apply applies the configuration and fails the test if that fails.
func apply(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block) {
	t.Helper()
	if failed := workspace.Apply(config); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
}

// expectPlan checks action and changed attributes of the token "ci".
func expectPlan(t *testing.T, workspace *acctest.Workspace, config map[string]acctest.Block, action acctest.Action, changed ...string) acctest.Step {
	t.Helper()
	step := workspace.Plan(config)["ci"]
	if failed := acctest.Errors(step.Diagnostics); len(failed) > 0 {
		t.Fatal(acctest.Texts(failed))
	}
	if step.Action != action || !slices.Equal(step.Changed, changed) {
		t.Errorf("planned %s of %v, want %s of %v", step.Action, step.Changed, action, changed)
	}
	return step
}

// drift is what somebody may change about a token behind Terraform's back, by attribute, and the plan that follows. A
// computed attribute changes in the state alone.
var drift = map[string]struct {
	edit   func(*sandbox.APIToken)
	action acctest.Action
}{
	"name":                    {func(k *sandbox.APIToken) { k.DisplayName = "renamed" }, acctest.Update},
	"description":             {func(k *sandbox.APIToken) { k.Description = "changed" }, acctest.Update},
	"persona_qualified_names": {func(k *sandbox.APIToken) { k.PersonaQualifiedNames = nil }, acctest.Update},
	"validity_seconds":        {func(k *sandbox.APIToken) { k.ValiditySeconds = 86400 }, acctest.Replace},
	"created_by":              {func(k *sandbox.APIToken) { k.CreatedBy = "somebody" }, acctest.NoOp},
	"created_at":              {func(k *sandbox.APIToken) { k.CreatedAt -= 60_000 }, acctest.NoOp},
}

// notReadable are the attributes whose drift cannot exist: identities, what follows from another attribute, and what
// only the configuration or the creation knows.
var notReadable = []string{
	"id", "client_id", "username", "expires_at", "token", "rotation_triggers", "rotate_before_expiry", "timeouts",
}

// TestDrift changes each readable attribute behind Terraform's back and expects exactly that difference. An attribute
// without an entry fails.
func TestDrift(t *testing.T) {
	t.Parallel()
	names := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider()).AttributeNames("atlan_api_token")
	for _, name := range names {
		change, ok := drift[name]
		if !ok {
			if !slices.Contains(notReadable, name) {
				t.Errorf("no drift is tested for attribute %q", name)
			}
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := with(tokens("ci"), "persona_qualified_names", []string{sandbox.SeedPersonaQualifiedName})
			apply(t, workspace, config)
			before := workspace.Attribute("ci", name)
			if err := tenant.Sandbox.EditAPIToken(workspace.Attribute("ci", "id").(string), change.edit); err != nil {
				t.Fatal(err)
			}
			if change.action == acctest.NoOp {
				expectPlan(t, workspace, config, acctest.NoOp)
			} else {
				expectPlan(t, workspace, config, change.action, name)
			}
			if after := workspace.Attribute("ci", name); fmt.Sprint(after) == fmt.Sprint(before) {
				t.Errorf("the state did not notice the change of %s", name)
			}
		})
	}
}

// TestOrderDoesNotMatter plans ten times what a shuffling tenant tells in ever other orders and encodings.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	personas := []string{sandbox.SeedPersonaQualifiedName}
	for i := range 5 {
		personas = append(personas, tenant.Sandbox.AddPersona(fmt.Sprintf("persona %d", i)).Attributes["qualifiedName"].(string))
	}
	config := with(tokens("ci"), "persona_qualified_names", personas)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	apply(t, workspace, config)
	for range 10 {
		expectPlan(t, workspace, config, acctest.NoOp)
	}
}

// TestOutOfBand deletes and expires a token, and lets reading it fail: only the first two make it vanish.
func TestOutOfBand(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change  func(t *testing.T, tenant *sandbox.Tenant, guid string)
		warning string
		failure string
	}{
		"deleted": {func(t *testing.T, tenant *sandbox.Tenant, guid string) {
			t.Helper()
			if err := tenant.DeleteAPIToken(guid); err != nil {
				t.Fatal(err)
			}
		}, "was deleted outside Terraform", ""},
		"expired": {func(_ *testing.T, tenant *sandbox.Tenant, _ string) { tenant.Advance(3 * time.Hour) }, "expired at", ""},
		"401":     {failing(http.StatusUnauthorized), "", "The credential was refused"},
		"403":     {failing(http.StatusForbidden), "", "lacks the right"},
		"404":     {failing(http.StatusNotFound), "", "404 Not Found"},
		"500":     {failing(http.StatusInternalServerError), "", "Atlan support the request id"},
		"429":     {failing(http.StatusTooManyRequests), "", "requests_per_minute"},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t)
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := with(tokens("ci"), "validity_seconds", 7200)
			apply(t, workspace, config)
			test.change(t, tenant.Sandbox, workspace.Attribute("ci", "id").(string))

			step := workspace.Plan(config)["ci"]
			text := acctest.Texts(step.Diagnostics)
			if test.failure != "" {
				if workspace.Instance("ci") == nil || len(acctest.Errors(step.Diagnostics)) == 0 || !strings.Contains(text, test.failure) {
					t.Errorf("want the state kept and an error that says %q, got %s", test.failure, text)
				}
				return
			}
			if step.Action != acctest.Create || !strings.Contains(text, test.warning) {
				t.Errorf("want a creation and a warning that says %q, got %s and %s", test.warning, step.Action, text)
			}
			apply(t, workspace, config)
			if !tenant.Sandbox.Authenticates(workspace.Attribute("ci", "token").(string)) {
				t.Error("the new token does not authenticate")
			}
		})
	}
}

func failing(status int) func(*testing.T, *sandbox.Tenant, string) {
	return func(t *testing.T, tenant *sandbox.Tenant, _ string) {
		t.Helper()
		if err := tenant.SetFaults([]sandbox.Fault{{Path: "/api/*", Kind: sandbox.FaultStatus, Status: status, Times: 1000}}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReplacement plans a replacement for each argument whose text says so, and an update for each other one.
func TestReplacement(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		value   any
		action  acctest.Action
		warning string
	}{
		"name":                    {"other", acctest.Update, ""},
		"description":             {"other", acctest.Update, ""},
		"persona_qualified_names": {[]string{sandbox.SeedPersonaQualifiedName}, acctest.Update, ""},
		"rotate_before_expiry":    {"1h", acctest.Update, ""},
		"validity_seconds":        {7200, acctest.Replace, "The API token will be replaced"},
		"rotation_triggers":       {map[string]string{"a": "b"}, acctest.Replace, "The API token will be replaced"},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			workspace := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider())
			apply(t, workspace, tokens("ci"))
			config := with(tokens("ci"), name, test.value)
			step := expectPlan(t, workspace, config, test.action, name)
			if !strings.Contains(acctest.Texts(step.Diagnostics), test.warning) {
				t.Errorf("no warning says %q", test.warning)
			}
			secret := workspace.Attribute("ci", "token")
			apply(t, workspace, config)
			if replaced := workspace.Attribute("ci", "token") != secret; replaced != (test.action == acctest.Replace) {
				t.Errorf("the value changed: %t", replaced)
			}
			expectPlan(t, workspace, config, acctest.NoOp)
		})
	}
}

// TestRotateBeforeExpiry advances the tenant's clock, by which expiry is judged.
func TestRotateBeforeExpiry(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := with(with(tokens("ci"), "validity_seconds", 7200), "rotate_before_expiry", "30m")
	apply(t, workspace, config)
	tenant.Sandbox.Advance(89 * time.Minute)
	expectPlan(t, workspace, config, acctest.NoOp)
	tenant.Sandbox.Advance(2 * time.Minute)
	step := expectPlan(t, workspace, config, acctest.Replace, "expires_at")
	if !strings.Contains(acctest.Texts(step.Diagnostics), "will be rotated") {
		t.Error("no warning announces the rotation")
	}
	before := workspace.Attribute("ci", "token").(string)
	apply(t, workspace, config)
	if tenant.Sandbox.Authenticates(before) || !tenant.Sandbox.Authenticates(workspace.Attribute("ci", "token").(string)) {
		t.Error("the old token still works, or the new one does not")
	}
	expectPlan(t, workspace, config, acctest.NoOp)
}

// TestImported keeps what an imported token was created with, and its unknown value.
func TestImported(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	token, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: "ci", ValiditySeconds: 409968000})
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	diags := workspace.Import("ci", "atlan_api_token", "ci")
	if !strings.Contains(acctest.Texts(diags), "stays null") || workspace.Attribute("ci", "id") != token.GUID || workspace.Attribute("ci", "token") != nil {
		t.Errorf("imported %v: %s", workspace.Attribute("ci", "id"), acctest.Texts(diags))
	}
	expectPlan(t, workspace, tokens("ci"), acctest.NoOp)

	config := with(with(tokens("ci"), "validity_seconds", 7200), "rotation_triggers", map[string]string{"a": "b"})
	step := expectPlan(t, workspace, config, acctest.Update, "rotation_triggers")
	if !strings.Contains(acctest.Texts(step.Diagnostics), "keeps its validity") {
		t.Error("no warning says that the validity is kept")
	}
	apply(t, workspace, config)
	expectPlan(t, workspace, config, acctest.NoOp)
	expectPlan(t, workspace, with(config, "rotation_triggers", map[string]string{"a": "c"}), acctest.Replace, "rotation_triggers")
}

// TestAmbiguousImport lists the candidates of a name that several living tokens have.
func TestAmbiguousImport(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	one, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: "twin", CreatedBy: "alice"})
	two, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: "twin", CreatedBy: "bob"})
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	text := acctest.Texts(workspace.Import("twin", "atlan_api_token", "twin"))
	for _, want := range []string{one.GUID, two.GUID, "alice", "bob", time.UnixMilli(one.CreatedAt).UTC().Format(time.RFC3339)} {
		if !strings.Contains(text, want) {
			t.Errorf("the error does not say %q: %s", want, text)
		}
	}
}

// TestNullUnknownEmpty gives every optional argument nothing, emptiness and a value that is not known yet.
func TestNullUnknownEmpty(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][]any{
		"description":             {nil, "", acctest.Unknown},
		"persona_qualified_names": {nil, []string{}, acctest.Unknown},
		"validity_seconds":        {nil, acctest.Unknown},
		"rotation_triggers":       {nil, acctest.Unknown},
		"rotate_before_expiry":    {nil, acctest.Unknown},
	} {
		for _, value := range values {
			t.Run(fmt.Sprintf("%s=%v", name, value), func(t *testing.T) {
				t.Parallel()
				workspace := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider())
				config := with(tokens("ci"), name, value)
				if value == acctest.Unknown {
					expectPlan(t, workspace, config, acctest.Create)
					apply(t, workspace, tokens("ci"))
					if failed := acctest.Errors(workspace.Plan(config)["ci"].Diagnostics); len(failed) > 0 {
						t.Error(acctest.Texts(failed))
					}
					return
				}
				apply(t, workspace, config)
				expectPlan(t, workspace, config, acctest.NoOp)
				expectPlan(t, workspace, tokens("ci"), acctest.NoOp)
			})
		}
	}
}

// TestInvalid refuses bad input at plan time, on the argument.
func TestInvalid(t *testing.T) {
	t.Parallel()
	workspace := acctest.NewWorkspace(t, acctest.NewSandbox(t).Provider())
	for name, test := range map[string]struct {
		attribute string
		value     any
		want      string
	}{
		"empty name":       {"name", "", "must not be empty or blank"},
		"blank name":       {"name", "  ", "must not be empty or blank"},
		"no validity":      {"validity_seconds", 0, "between 1 and 409968000"},
		"negative":         {"validity_seconds", -1, "between 1 and 409968000"},
		"too long":         {"validity_seconds", 409968001, "between 1 and 409968000"},
		"empty persona":    {"persona_qualified_names", []string{""}, "qualified name of a persona"},
		"persona by name":  {"persona_qualified_names", []string{"Data Assets"}, "not its name"},
		"persona by GUID":  {"persona_qualified_names", []string{"4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0050"}, "qualified name of a persona"},
		"empty triggers":   {"rotation_triggers", map[string]string{}, "at least 1"},
		"no duration":      {"rotate_before_expiry", "14d", `14 days are "336h"`},
		"no time":          {"rotate_before_expiry", "0s", "not longer than zero"},
		"always rotating":  {"rotate_before_expiry", "50000h", "replaced by every plan"},
		"negative advance": {"rotate_before_expiry", "-1h", "not longer than zero"},
	} {
		step := workspace.Plan(with(tokens("ci"), test.attribute, test.value))["ci"]
		failed := acctest.Errors(step.Diagnostics)
		if len(failed) == 0 || failed[0].Attribute == nil || !strings.Contains(failed[0].Attribute.String(), test.attribute) ||
			!strings.Contains(acctest.Texts(failed), test.want) {
			t.Errorf("%s: want an error on %s that says %q, got %s", name, test.attribute, test.want, acctest.Texts(failed))
		}
	}
	step := workspace.Plan(with(tokens("ci"), "validity_seconds", 157680001))["ci"]
	if text := acctest.Texts(step.Diagnostics); len(acctest.Errors(step.Diagnostics)) > 0 || !strings.Contains(text, "may overflow") {
		t.Errorf("want a warning of the overflow, got %s", text)
	}
}

// TestSiblings creates, changes and deletes tokens beside each other, some of one name, all linked with one persona.
func TestSiblings(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	seeded := len(tenant.Sandbox.State().APITokens)
	const siblings = 8
	workspaces := make([]*acctest.Workspace, siblings)
	provider := acctest.Shared(t, tenant.Provider())
	for i := range workspaces {
		workspaces[i] = acctest.NewWorkspace(t, provider)
	}
	inParallel := func(config func(i int) map[string]acctest.Block) {
		t.Helper()
		done := make(chan string, siblings)
		for i, workspace := range workspaces {
			go func() { done <- acctest.Texts(workspace.Apply(config(i))) }()
		}
		for range workspaces {
			if failed := <-done; failed != "" {
				t.Error(failed)
			}
		}
	}
	config := func(i int) map[string]acctest.Block {
		return with(with(tokens("ci"), "name", fmt.Sprintf("ci-%d", i/2)), "persona_qualified_names", []string{sandbox.SeedPersonaQualifiedName})
	}
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{
		{Method: http.MethodPost, Path: "/api/service/apikeys", Nth: 2, Times: 3, Kind: sandbox.FaultDropAfterCommit},
	}); err != nil {
		t.Fatal(err)
	}
	inParallel(config)
	if got := len(tenant.Sandbox.State().APITokens) - seeded; got != siblings {
		t.Errorf("%d tokens exist, want %d", got, siblings)
	}
	for _, workspace := range workspaces {
		if !tenant.Sandbox.Authenticates(workspace.Attribute("ci", "token").(string)) {
			t.Error("a token in the state does not authenticate")
		}
		expectPlan(t, workspace, config(slices.Index(workspaces, workspace)), acctest.NoOp)
	}
	inParallel(func(i int) map[string]acctest.Block { return with(config(i), "description", "changed") })
	inParallel(func(int) map[string]acctest.Block { return nil })
	if got := len(tenant.Sandbox.State().APITokens) - seeded; got != 0 {
		t.Errorf("%d tokens are left", got)
	}
}

// TestUnknownProvider plans quietly while the provider's configuration is not known, and keeps the state.
func TestUnknownProvider(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	apply(t, workspace, tokens("ci"))
	late := workspace.WithUnknownProvider(tenant.Provider())
	tenant.Sandbox.ClearJournal()
	expectPlan(t, late, tokens("ci"), acctest.NoOp)
	expectPlan(t, late, with(tokens("ci"), "description", "changed"), acctest.Update, "description")
	if late.Plan(tokens("ci", "new"))["new"].Action != acctest.Create {
		t.Error("a new token is not planned")
	}
	if requests := tenant.Sandbox.Journal(); len(requests) > 0 {
		t.Errorf("%d requests were sent", len(requests))
	}
}
