// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package altrworkflow_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/acctest/workflowtest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// FuzzModelRoundTrip: whatever is configured is read back as it is, by the plan after the apply and by an import, whichever
// way the app wants it.
func FuzzModelRoundTrip(f *testing.F) {
	f.Add("42", "3f0c2d3e-0d1c-4f4e-9d8a-7f1f5b0c1d2e", "key-1", false)
	f.Add("orders repository", `{"a":1}`, "[]", true)
	f.Add("default/snowflake/1700000000", "true", "007", false)
	f.Add("é", "null", "1e3", true)
	tenants := map[bool]func() (tfprotov6.ProviderServer, error){}
	for guessed, apps := range map[bool]string{false: sandbox.AppsDemo, true: sandbox.AppsFirstGuess} {
		tenants[guessed] = acctest.NewSandbox(f, func(options *sandbox.Options) { options.Apps = apps }).Provider()
	}
	f.Fuzz(func(t *testing.T, source, job, key string, guessed bool) {
		for _, text := range []string{source, job, key} {
			if strings.TrimSpace(text) == "" || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				return
			}
		}
		workspace := acctest.NewWorkspace(t, tenants[guessed])
		config := suite().LeastNamed("ci")
		for argument, value := range map[string]string{"altr_connection": source, "classification_job": job, "credential.api_key": key} {
			config = workflowtest.With(config, argument, value)
		}
		defer func() { workflowtest.Apply(t, workspace, nil) }()
		workflowtest.Apply(t, workspace, config)
		workflowtest.ExpectPlan(t, workspace, config, acctest.NoOp)
		other := acctest.NewWorkspace(t, tenants[guessed])
		id, _ := workspace.Attribute("ci", "id").(string)
		if failed := acctest.Errors(other.Import("ci", resourceType, id)); len(failed) > 0 {
			t.Fatal(acctest.Texts(failed))
		}
		for argument, want := range map[string]any{"atlan_connection": production, "altr_connection": source, "classification_job": job} {
			if got := other.Attribute("ci", argument); !atlan.SameInput(got, want) {
				t.Errorf("%s is %q, imported as %q", argument, want, got)
			}
		}
	})
}

// FuzzImportID: an import id is a slug or a name of an ALTR workflow, or an error that quotes it.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{"altr-prod-snowflake", "ALTR-prod-snowflake", "nothing", "..", "a/b", "?", "%2e%2e", "runs", "x\ny"} {
		f.Add(id)
	}
	tenant := acctest.NewSandbox(f)
	slug := tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{
		Name: "altr-prod-snowflake", AppID: sandbox.DemoALTRAppID, Inputs: map[string]any{"extraction_method": "direct"},
	}).Slug
	f.Add(slug)
	provider := tenant.Provider()
	f.Fuzz(func(t *testing.T, id string) {
		if id == "" || !utf8.ValidString(id) {
			return
		}
		workspace := acctest.NewWorkspace(t, provider)
		failed := acctest.Errors(workspace.Import("ci", resourceType, id))
		switch found := id == slug || id == "altr-prod-snowflake"; {
		case found && (len(failed) > 0 || workspace.Attribute("ci", "id") != slug):
			t.Errorf("%q is not found: %s", id, acctest.Texts(failed))
		case !found && (len(failed) == 0 || workspace.Instance("ci") != nil):
			t.Errorf("%q is taken for a workflow", id)
		}
	})
}
