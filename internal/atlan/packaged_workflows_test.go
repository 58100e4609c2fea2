// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

var thing = atlan.Package{
	Name: "@atlan/thing", Prefix: "atlan-thing", Title: "Things", Connector: "thing", Category: "bi",
	Parameters: []atlan.PackageParameter{{Name: "include-things", Preset: "{}"}, {Name: "publish-mode", Preset: "production", Fixed: true}},
}

func things(t *testing.T, client *atlan.Client) (*atlan.PackagedWorkflows, atlan.AppWorkflowInput) {
	t.Helper()
	qualifiedName, err := client.NewConnectionQualifiedName(t.Context(), "thing")
	if err != nil {
		t.Fatal(err)
	}
	raw, violations := thing.Resolved().Credential(atlan.CredentialSpec{Host: "things.example", Fields: []atlan.Field{
		{Name: "user", Keys: []string{"username"}, Value: "u"}, {Name: "secret", Keys: []string{"password"}, Value: "canary-secret", Secret: true},
	}})
	if len(violations) > 0 {
		t.Fatal(violations)
	}
	raw.Name = "default-thing-0"
	document := thing.Resolved().Document(atlan.AppInputs{
		Fields:     []atlan.Field{{Name: "include", Keys: []string{"include_things"}, Value: atlan.Selection{"a"}}},
		Connection: atlan.AppConnection{Name: "things", QualifiedName: qualifiedName, Connector: "thing", AdminUsers: []string{"jsmith"}},
		Extra:      map[string]any{"depth": 3.0, "dry": true},
	})
	return client.Packaged(&thing), atlan.AppWorkflowInput{Inputs: document.Inputs, Credential: &raw, Run: true}
}

// TestPackagedWorkflow makes a workflow of a package in the terms of an app's, reads it back, and changes it.
func TestPackagedWorkflow(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, nil, nil)
	packaged, input := things(t, client)
	made, err := packaged.Create(t.Context(), input)
	if err != nil || !thing.Owns(made.Slug) {
		t.Fatalf("made %+v: %v", made, err)
	}
	if _, err := packaged.Create(t.Context(), input); !errors.Is(err, atlan.ErrConflict) {
		t.Errorf("a second creation under the name: %v", err)
	}
	shown, err := packaged.Shown(t.Context(), made.Slug, input)
	guid := tenant.State().Credentials[0].GUID
	if err != nil || shown.Name != "things" || shown.AppID != "@atlan/thing" || shown.Inputs["credential_guid"] != guid ||
		!atlan.SameInput(shown.Inputs["include-things"], input.Inputs["include-things"]) || shown.Inputs["depth"] != "3" || shown.Inputs["dry"] != "true" ||
		shown.Inputs["publish-mode"] != nil || shown.Schedule != nil || strings.Contains(fmt.Sprintf("%+v", shown), "canary") {
		t.Errorf("shown is %+v: %v", shown, err)
	}

	input.Credential, input.Inputs["credential_guid"], input.Inputs["dry"] = nil, guid, false
	input.Schedule = &atlan.AppSchedule{Cron: "5 4 * * *", TimeZone: "UTC"}
	if _, err := packaged.Update(t.Context(), made.Slug, input); err != nil {
		t.Fatal(err)
	}
	shown, err = packaged.Shown(t.Context(), made.Slug, input)
	if err != nil || shown.Inputs["dry"] != "false" || shown.Schedule == nil || *shown.Schedule != *input.Schedule || len(tenant.State().Credentials) != 1 {
		t.Errorf("shown is %+v: %v", shown, err)
	}
	input.Inputs["dry"] = true
	if _, err := packaged.Shown(t.Context(), made.Slug, input); !errors.Is(err, atlan.ErrConflict) {
		t.Errorf("what is shown otherwise than it was sent: %v", err)
	}
	if _, err := packaged.Shown(t.Context(), "atlan-thing-1000000000", input); !errors.Is(err, atlan.ErrNotFound) {
		t.Errorf("what is not shown: %v", err)
	}
	if found, err := packaged.FindByName(t.Context(), "things"); err != nil || len(found) != 1 || found[0].Slug != made.Slug {
		t.Errorf("by its name is found %+v: %v", found, err)
	}
}

// TestPackagedWorkflowRefused leaves nothing behind a creation that was refused, also where it was made all the same.
func TestPackagedWorkflowRefused(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden} {
		tenant, client := workflowTenant(t, nil, nil)
		packaged, input := things(t, client)
		input.Run = false
		if err := tenant.SetFaults([]sandbox.Fault{{Method: http.MethodPost, Path: workflows, Kind: sandbox.FaultStatusAfterCommit, Status: status}}); err != nil {
			t.Fatal(err)
		}
		if _, err := packaged.Create(t.Context(), input); err == nil {
			t.Errorf("%d is taken for success", status)
		}
		for _, workflow := range tenant.State().Workflows {
			if workflow.ArchivedAt.IsZero() {
				t.Errorf("after %d, workflow %s is left", status, workflow.Name)
			}
		}
	}
}

// TestPackagesExcluded sends nothing to package workflows where the configuration excludes them.
func TestPackagesExcluded(t *testing.T) {
	t.Parallel()
	tenant, client := workflowTenant(t, nil, func(config *atlan.Config, _ sandbox.Credentials) { config.WorkflowSurface = atlan.WorkflowsOfApps })
	tenant.ClearJournal()
	for name, call := range map[string]func() error{
		"create":   func() error { return client.Workflows.Create(t.Context(), aWorkflow(client), true) },
		"read":     func() error { _, err := client.Workflows.Template(t.Context(), "x"); return err },
		"run":      func() error { _, err := client.Workflows.Rerun(t.Context(), "x"); return err },
		"stop":     func() error { return client.Workflows.Stop(t.Context(), "x") },
		"schedule": func() error { _, err := client.Workflows.ScheduleOf(t.Context(), "x"); return err },
		"archive":  func() error { return client.Workflows.Archive(t.Context(), "x") },
	} {
		if err := call(); !errors.Is(err, atlan.ErrNoPackageWorkflows) || !errors.As(err, new(*atlan.PackagesExcludedError)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, request := range tenant.Journal() {
		if strings.Contains(request.Path, "workflows") || strings.Contains(request.Path, "runs") {
			t.Errorf("sent %s %s", request.Method, request.Path)
		}
	}
}

// TestPackageOwns tells names of a package's workflows from everything else.
func TestPackageOwns(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"atlan-thing-1763769600": true, "atlan-thing-176376960": false, "atlan-thing-17637696000": false, "atlan-thing-3f9ab2c1": false,
		"atlan-thing-176376960a": false, "atlan-thing-default-thing-1763769600": false, "": false, "atlan-things-1763769600": false,
	} {
		if got := thing.Owns(name); got != want {
			t.Errorf("Owns(%q) is %t", name, got)
		}
	}
	if (*atlan.Package)(nil).Owns("atlan-thing-1763769600") {
		t.Error("no package owns a workflow")
	}
}

// TestNewConnectionNameHidden passes over the name of a connection that the caller may not see, and says so when it may see
// none at all.
func TestNewConnectionNameHidden(t *testing.T) {
	t.Parallel()
	tenant, client := appWorkflowTenant(t)
	refuse := func(times int) {
		if err := tenant.SetFaults([]sandbox.Fault{{
			Method: http.MethodGet, Path: "/api/meta/entity/uniqueAttribute/*", Times: times, Kind: sandbox.FaultStatus, Status: http.StatusForbidden,
		}}); err != nil {
			t.Fatal(err)
		}
	}
	refuse(2)
	if name, err := client.NewConnectionQualifiedName(t.Context(), "thing"); err != nil || !strings.HasPrefix(name, "default/thing/") {
		t.Errorf("got %q: %v", name, err)
	}
	refuse(1000)
	if name, err := client.NewConnectionQualifiedName(t.Context(), "thing"); !errors.Is(err, atlan.ErrForbidden) {
		t.Errorf("got %q: %v", name, err)
	}
}
