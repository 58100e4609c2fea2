// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// altrChoice and modeChoice are apps as somebody looks for them who knows the tenant as little as the documentation does.
var (
	altrChoice = atlan.AppChoice{Connector: "altr", Candidates: []string{"altr", "altr-altr", "atlan-altr", "altr-classification"}}
	modeChoice = atlan.AppChoice{Connector: "mode", Candidates: []string{"atlan-mode"}}
)

// altrFields are the fields of the documented form for ALTR (docs.atlan.com "Import ALTR classification metadata").
func altrFields(connection, source, job any) []atlan.Field {
	return []atlan.Field{
		{Name: "atlan_connection", Labels: []string{"Atlan Connection"}, Keys: []string{"atlan_connection"}, Value: connection},
		{Name: "altr_connection", Labels: []string{"ALTR Connection"}, Keys: []string{"altr_connection"}, Value: source},
		{Name: "classification_job", Labels: []string{"Classification Job"}, Keys: []string{"classification_job"}, Value: job},
	}
}

func appTenant(t *testing.T, apps string, layers ...func(http.Handler) http.Handler) (*sandbox.Tenant, *atlan.Client) {
	t.Helper()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo, Apps: apps})
	return tenant, connect(t, tenant, layers...)
}

func resolve(t *testing.T, client *atlan.Client, choice atlan.AppChoice) *atlan.ResolvedApp {
	t.Helper()
	app, err := client.Apps.Resolve(t.Context(), choice)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// TestResolve finds apps whose ids nobody publishes, on tenants that differ in everything but the labels of the forms.
func TestResolve(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		apps                                  string
		choice                                atlan.AppChoice
		id, entrypoint, config, keys, defects string
	}{
		"ALTR": {
			sandbox.AppsDemo, altrChoice, "altr-classification", "classification", "atlan-connectors-altr-classification",
			"mapped_connection altr_source_id scan_job_id", "",
		},
		"ALTR, first guess": {sandbox.AppsFirstGuess, altrChoice, "altr", "", "atlan-connectors-altr", "atlan_connection altr_connection classification_job", ""},
		"ALTR, by connector": {
			sandbox.AppsFirstGuess,
			atlan.AppChoice{Connector: "altr"},
			"altr", "", "atlan-connectors-altr", "atlan_connection altr_connection classification_job",
			"",
		},
		"Mode":              {sandbox.AppsDemo, modeChoice, "mode-crawler", "", "atlan-connectors-mode-analytics", "", ""},
		"Mode, first guess": {sandbox.AppsFirstGuess, modeChoice, "atlan-mode", "", "atlan-connectors-mode", "", ""},
		"any, by id":        {sandbox.AppsDemo, atlan.AppChoice{AppID: "atlan-metabase"}, "atlan-metabase", "", "atlan-connectors-metabase", "", ""},
		"a named entrypoint": {
			sandbox.AppsDemo, atlan.AppChoice{AppID: "mode-crawler", Entrypoint: "crawler"}, "mode-crawler", "", "atlan-connectors-mode-analytics", "", "",
		},
		"another entrypoint": {
			sandbox.AppsDemo,
			atlan.AppChoice{AppID: "mode-crawler", Entrypoint: "miner"},
			"", "", "", "",
			`the app "mode-crawler" has no entrypoint "miner"; it has "crawler"`,
		},
		"no entrypoints": {sandbox.AppsDemo, atlan.AppChoice{AppID: "atlan-metabase", Entrypoint: "x"}, "", "", "", "", "it has none but its default"},
		"nothing of the name": {
			sandbox.AppsDemo,
			atlan.AppChoice{Connector: "looker"},
			"", "", "", "",
			`the tenant has no app "looker", "atlan-looker", "looker-looker", "looker-crawler"`,
		},
		"another case": {sandbox.AppsDemo, atlan.AppChoice{AppID: "Mode-Crawler"}, "", "", "", "", `the tenant has no app "Mode-Crawler"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := appTenant(t, test.apps)
			app, err := client.Apps.Resolve(t.Context(), test.choice)
			if test.defects != "" {
				if err == nil || !strings.Contains(err.Error(), test.defects) || !errors.Is(err, atlan.ErrNotFound) {
					t.Fatalf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if app.ID != test.id || app.Entrypoint != test.entrypoint || app.CredentialConfig != test.config || !app.NativeReady ||
				app.Contract == nil || !app.Contract.Generated || app.Form == nil || app.CredentialForm == nil {
				t.Errorf("got %+v", app)
			}
			if test.keys == "" {
				return
			}
			document := app.Document(atlan.AppInputs{Fields: altrFields(nil, nil, nil)})
			if got := document.Keys["atlan_connection"] + " " + document.Keys["altr_connection"] + " " + document.Keys["classification_job"]; got != test.keys {
				t.Errorf("the keys are %s", got)
			}
			if app.Connector != "altr" {
				t.Errorf("the connector is %q", app.Connector)
			}
		})
	}
}

// TestAppsOfWorkflowsAreCandidates: an app of an id that nobody would guess is found where a workflow uses it.
func TestAppsOfWorkflowsAreCandidates(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	if err := tenant.EditApp("altr-classification", func(a *sandbox.App) { a.ID = "acme-altr-2" }); err != nil {
		t.Fatal(err)
	}
	_, err := client.Apps.Resolve(t.Context(), altrChoice)
	missing, ok := errors.AsType[*atlan.AppNotFoundError](err)
	if !ok || len(missing.Tried) < 8 || len(missing.InUse) > 0 {
		t.Fatalf("without a workflow: %v", err)
	}
	tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "by hand", AppID: "acme-altr-2"})
	tenant.AddAppWorkflow(sandbox.AppWorkflow{Name: "another", AppID: "atlan-metabase"})
	if app := resolve(t, connectAgain(t, tenant), altrChoice); app.ID != "acme-altr-2" || !slices.Contains(app.Tried, "altr") {
		t.Errorf("found %s, tried %v", app.ID, app.Tried)
	}
	// Who names an id means it.
	_, err = connectAgain(t, tenant).Apps.Resolve(t.Context(), atlan.AppChoice{AppID: "altr", Connector: "altr"})
	if err == nil || err.Error() != `the tenant has no app "altr"; its workflows use "acme-altr-2", "atlan-metabase"` {
		t.Errorf("got %v", err)
	}
}

// TestAppsUnserved tells a tenant without an app from one without any apps.
func TestAppsUnserved(t *testing.T) {
	t.Parallel()
	_, client := workflowTenant(t, func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfacePackage }, nil)
	for name, choice := range map[string]atlan.AppChoice{"found": {Connector: "mode"}, "named": {AppID: "atlan-mode"}} {
		_, err := client.Apps.Resolve(t.Context(), choice)
		missing, ok := errors.AsType[*atlan.AppNotFoundError](err)
		if !ok || !missing.Unserved || !slices.Contains(missing.Tried, "atlan-mode") || !errors.Is(err, atlan.ErrNotFound) ||
			!strings.Contains(err.Error(), "does not serve workflows of apps") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	_, client = workflowTenant(t, nil, nil)
	_, err := client.Apps.Resolve(t.Context(), atlan.AppChoice{AppID: "gone"})
	if missing, ok := errors.AsType[*atlan.AppNotFoundError](err); !ok || missing.Unserved {
		t.Errorf("on a tenant with apps: %v", err)
	}
}

func connectAgain(t *testing.T, tenant *sandbox.Tenant) *atlan.Client {
	t.Helper()
	return connect(t, tenant)
}

func TestAppThatIsNotNative(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	if err := tenant.EditApp("atlan-metabase", func(a *sandbox.App) { a.NativeReady = false }); err != nil {
		t.Fatal(err)
	}
	_, err := client.Apps.Resolve(t.Context(), atlan.AppChoice{AppID: "atlan-metabase"})
	if err == nil || !strings.Contains(err.Error(), `the tenant has the app "atlan-metabase", but does not run it natively`) {
		t.Errorf("got %v", err)
	}
}

// TestResolveOnce: what fifty workflows of an app ask for costs the requests of one, also where there is no such app, and
// forms are asked for two at a time.
func TestResolveOnce(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int32
	_, client := appTenant(t, sandbox.AppsDemo, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/api/service/configmaps/") {
				n := now.Add(1)
				defer now.Add(-1)
				for high := most.Load(); n > high && !most.CompareAndSwap(high, n); high = most.Load() {
				}
			}
			next.ServeHTTP(w, r)
		})
	})
	tenant, counted := appTenant(t, sandbox.AppsDemo)
	choices := []atlan.AppChoice{altrChoice, modeChoice, {AppID: "atlan-metabase"}, {AppID: "gone"}}
	for _, choice := range choices {
		_, _ = counted.Apps.Resolve(t.Context(), choice)
	}
	once := tenant.JournalSummary()
	var all sync.WaitGroup
	for range 50 {
		for _, choice := range choices {
			all.Go(func() {
				_, err := counted.Apps.Resolve(t.Context(), choice)
				_, other := client.Apps.Resolve(t.Context(), choice)
				if gone := choice.AppID == "gone"; errors.Is(err, atlan.ErrNotFound) != gone || errors.Is(other, atlan.ErrNotFound) != gone {
					t.Errorf("%+v: %v, %v", choice, err, other)
				}
			})
		}
	}
	all.Wait()
	if again := tenant.JournalSummary(); !maps.Equal(once, again) {
		t.Errorf("one workflow costs %v, fifty cost %v", once, again)
	}
	if most.Load() > 2 {
		t.Errorf("%d forms were asked for at a time", most.Load())
	}
}

// TestFailureIsNotRemembered, and neither is who gave up waiting.
func TestFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.Apps.Resolve(cancelled, altrChoice); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled caller got %v", err)
	}
	setFaults(t, tenant, fault{Path: "/api/service/v1/apps/mode-crawler/inputs", Kind: sandbox.FaultStatus, Status: 401})
	if _, err := client.Apps.Resolve(t.Context(), modeChoice); !errors.Is(err, atlan.ErrUnauthorized) {
		t.Errorf("got %v", err)
	}
	if app := resolve(t, client, modeChoice); app.ID != "mode-crawler" {
		t.Errorf("found %s", app.ID)
	}
}

// TestColdStart: while an app starts, the tenant cannot connect to it, which lasts longer than retries do.
func TestColdStart(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	cold := fault{
		Path: "/api/service/*", Times: 20, Kind: sandbox.FaultStatus, Status: 500,
		Message: `Post "http://altr:8000": dial tcp 10.0.0.1:8000: connect: connection refused`,
	}
	setFaults(t, tenant, cold)
	if app := resolve(t, client, altrChoice); app.ID != "altr-classification" {
		t.Errorf("found %s", app.ID)
	}
	cold.Path, cold.Times = "/api/service/v1/apps/atlan-metabase", 1000
	setFaults(t, tenant, cold)
	ctx, cancel := context.WithTimeout(t.Context(), 200e6)
	defer cancel()
	if _, err := client.Apps.Resolve(ctx, atlan.AppChoice{AppID: "atlan-metabase"}); err == nil {
		t.Error("no error")
	}
}

// TestFormsAreNotNeeded: without a form that may be seen, titles and candidates tell the keys.
func TestFormsAreNotNeeded(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"forbidden": 403, "none": 404} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant, client := appTenant(t, sandbox.AppsFirstGuess)
			setFaults(t, tenant, fault{Path: "/api/service/configmaps/*", Times: 9, Kind: sandbox.FaultStatus, Status: status})
			app := resolve(t, client, altrChoice)
			if app.Form != nil || app.CredentialForm != nil || app.CredentialConfig != "atlan-connectors-altr" || app.Connector != "altr" {
				t.Errorf("got %+v", app)
			}
			document := app.Document(atlan.AppInputs{Fields: altrFields(atlan.ConnectionReference("default/snowflake/1"), "42", "7")})
			if document.Inputs["atlan_connection"] != "default/snowflake/1" || document.Inputs["altr_connection"] != "42" || len(document.Violations) > 0 {
				t.Errorf("got %v, %v", document.Inputs, document.Violations)
			}
		})
	}
}

// TestThinApps have no contract, or none that was generated of their inputs.
func TestThinApps(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	for id, contracts := range map[string]map[string]map[string]any{
		"atlan-metabase": {},
		"mode-crawler": {
			"": {"title": "WorkflowInput", "type": "object", "additionalProperties": true, "properties": map[string]any{
				"workflow_id": map[string]any{"type": "string"},
			}},
		},
	} {
		if err := tenant.EditApp(id, func(a *sandbox.App) { a.Contracts = contracts }); err != nil {
			t.Fatal(err)
		}
	}
	none := resolve(t, client, atlan.AppChoice{AppID: "atlan-metabase"})
	if _, err := client.Apps.Contract(t.Context(), "atlan-metabase", ""); !errors.Is(err, atlan.ErrNoContract) || none.Contract != nil {
		t.Errorf("got %v, %+v", err, none.Contract)
	}
	thin := resolve(t, client, modeChoice)
	if thin.Contract == nil || thin.Contract.Generated || !thin.Contract.Open {
		t.Errorf("got %+v", thin.Contract)
	}
	for _, app := range []*atlan.ResolvedApp{none, thin} {
		document := app.Document(atlan.AppInputs{
			Fields: []atlan.Field{{Name: "x", Keys: []string{"likeliest", "other"}, Value: true}}, NewCredential: true, Extra: map[string]any{"workflow_id": 7},
		})
		if document.Keys["x"] != "likeliest" || document.Inputs["likeliest"] != true || document.Inputs["extraction_method"] != "direct" ||
			document.Inputs["credential_guid"] != "" {
			t.Errorf("%s: got %v", app.ID, document.Inputs)
		}
		if len(document.Violations) == 0 || !strings.Contains(document.Violations[0].Message, "only the tenant can tell") {
			t.Errorf("%s: got %v", app.ID, document.Violations)
		}
		for _, violation := range document.Violations {
			if violation.Definite {
				t.Errorf("%s: %+v is definite", app.ID, violation)
			}
		}
	}
}
