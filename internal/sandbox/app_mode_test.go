// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"slices"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

func TestModeRunPublishesReports(t *testing.T) {
	t.Parallel()
	for set, ids := range programs {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			for i, c := range []struct {
				credential, fields object
				reports            []string
			}{
				{object{"Workspace": "acme"}, nil, []string{"Campaigns", "Revenue", "Revenue 2019", "Scratchpad"}},
				{object{"Workspace": "acme", "Exclude all personal collections": "yes"}, nil, []string{"Campaigns", "Revenue", "Revenue 2019"}},
				{
					object{"Workspace": "acme", "Exclude all personal collections": "no"},
					object{"Crawl Archived Reports": "false"},
					[]string{"Campaigns", "Revenue", "Scratchpad"},
				},
				{object{"Workspace": "acme"}, object{"Include Collections": []string{"finance"}}, []string{"Revenue", "Revenue 2019"}},
				{
					object{"Workspace": "acme"},
					object{"Include Collections": []string{"finance"}, "Exclude Collections": []string{"finance"}},
					nil,
				},
				{
					object{"Workspace": "acme"},
					object{"Include Collections": []string{}, "Crawl Archived Reports": "true"},
					[]string{"Campaigns", "Revenue", "Revenue 2019", "Scratchpad"},
				},
			} {
				clk := newClock()
				tenant, api, _ := demo(t, sandbox.Options{Apps: set, RunTime: 8 * time.Second, Now: clk.Now})
				slug := api.setUp(ids[sandbox.ProgramMode], "mode", "mode", c.credential, c.fields)
				if got := api.run(clk, slug); got != "Succeeded" {
					t.Fatalf("%d: the run is %s", i, got)
				}
				if got := reports(tenant); !slices.Equal(got, c.reports) {
					t.Errorf("%d: the reports are %v, want %v", i, got, c.reports)
				}
			}
		})
	}
}

// reports are the names of the active reports.
func reports(tenant *sandbox.Tenant) []string {
	var names []string
	for _, e := range tenant.State().Assets {
		if e.TypeName == "ModeReport" && e.Status == "ACTIVE" {
			names = append(names, e.Text("name"))
		}
	}
	slices.Sort(names)
	return names
}

func TestModeRunArchivesWhatIsExcludedLater(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, api, _ := demo(t, sandbox.Options{Apps: sandbox.AppsFirstGuess, RunTime: 8 * time.Second, Now: clk.Now})
	slug := api.setUp(sandbox.GuessModeAppID, "mode", "mode", object{"Workspace": "acme"}, nil)
	edit := func(exclude object) {
		t.Helper()
		if err := tenant.EditAppWorkflow(slug, func(w *sandbox.AppWorkflow) { w.Inputs["exclude_collections"] = exclude }); err != nil {
			t.Fatal(err)
		}
		if got := api.run(clk, slug); got != "Succeeded" {
			t.Fatalf("the run is %s", got)
		}
	}
	edit(object{})
	edit(object{"finance": object{}, "marketing": object{}})
	if got := reports(tenant); !slices.Equal(got, []string{"Scratchpad"}) {
		t.Errorf("the reports are %v", got)
	}
	edit(object{"finance": object{}})
	if got := reports(tenant); !slices.Equal(got, []string{"Campaigns", "Scratchpad"}) {
		t.Errorf("the reports are %v", got)
	}
}

func TestModePackagePublishesReports(t *testing.T) {
	t.Parallel()
	tenant, api, _ := demo(t, sandbox.Options{Apps: sandbox.AppsFirstGuess})
	submit := func(name, connection, password string) string {
		t.Helper()
		parameter := func(name, value string) object { return object{"name": name, "value": value} }
		api.ok("POST", workflows+"?submit=true", object{
			"metadata": object{"name": name},
			"spec": object{"templates": []any{object{"name": "main", "dag": object{"tasks": []any{object{
				"name": "run", "templateRef": object{"name": "atlan-mode", "template": "main", "clusterScope": true},
				"arguments": object{"parameters": []any{
					parameter("credential-guid", "{{credentialGuid}}"), parameter("connection", connection), parameter("extraction-method", "direct"),
					parameter("exclude-collections", `{"marketing":{}}`), parameter("crawl-archived-reports", "false"),
				}},
			}}}}}},
			"payload": []any{object{"parameter": "credentialGuid", "type": "credential", "body": object{
				"name": name + "-0", "authType": "basic", "connectorConfigName": "atlan-connectors-mode", "username": "key", "password": password,
				"extra": object{"workspace": "acme", "exclude_personal_collections": "yes"},
			}}},
		})
		runs := tenant.State().Runs
		last := runs[len(runs)-1]
		return last.Outcome + " " + last.Message
	}
	connection := `{"typeName":"Connection","attributes":{"name":"mode","qualifiedName":"default/mode/1","adminUsers":["admin"]}}`
	if got := submit("refused", connection, "invalid"); got != "Failed authentication at the source failed: 401 Unauthorized: "+
		"the source does not accept these credentials" {
		t.Errorf("the run is %s", got)
	}
	if got := submit("garbled", "x", "secret"); got != "Failed the parameter connection is not JSON: invalid character 'x' looking for beginning of value" {
		t.Errorf("the run is %s", got)
	}
	if got := submit("good", connection, "secret"); got != "Succeeded " {
		t.Errorf("the run is %s", got)
	}
	if got := reports(tenant); !slices.Equal(got, []string{"Revenue"}) {
		t.Errorf("the reports are %v", got)
	}
}
