// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const (
	tokens          = "GET /api/service/apikeys"
	searchEntities  = "POST /api/meta/search/indexsearch"
	submit          = "POST /api/service/workflows"
	searchWorkflows = "POST /api/service/workflows/indexsearch"
	searchRuns      = "POST /api/service/runs/indexsearch"
)

// slowRuns makes runs take twelve seconds and appear three seconds late.
func slowRuns(o *sandbox.Options) { o.RunTime, o.SearchLag = 12*time.Second, 3*time.Second }

// TestPackage grants through the package on a tenant where nothing else can work: the caller is no admin, and there is no
// user. The journal counts the requests of a grant.
func TestPackage(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"package", "auto"} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t, slowRuns)
			other, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: "other"})
			workspace := acctest.NewWorkspace(t, tenant.Provider())
			config := with(grant("api_token_id", other.GUID), "method", method)
			tenant.Sandbox.ClearJournal()
			apply(t, workspace, config)
			requests := tenant.Sandbox.JournalSummary()
			want := map[string]int{find: 1, tokens: 1, me: 1, get: 3, searchEntities: 1, searchWorkflows: 1, submit: 1, searchRuns: 4}
			if !maps.Equal(requests, want) {
				t.Errorf("requests are %v, want %v", requests, want)
			}
			workflows := tenant.Sandbox.State().Workflows
			if len(workflows) != 1 || workspace.Attribute("ci", "method_used") != "package" || workspace.Attribute("ci", "workflow_name") != workflows[0].Name {
				t.Errorf("used %v with %v", workspace.Attribute("ci", "method_used"), workspace.Attribute("ci", "workflow_name"))
			}
			if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, []string{"admin", other.Username()}) {
				t.Errorf("admins are %v", got)
			}
			expectPlan(t, workspace, config, acctest.NoOp)
			if text := acctest.Texts(workspace.Warnings()); !strings.Contains(text, "Destroying the grant will take an admin of the connection") {
				t.Errorf("nothing warns that there is no way back: %s", text)
			}

			text := acctest.Texts(workspace.Apply(nil))
			for _, part := range []string{
				"Removing api_token:" + other.GUID, "direct: " + account + ", which the provider acts as, is not among the admins",
				"user_bearer: the provider has no user_bearer_token", "package: the package adds admins, and cannot remove one",
				"terraform state rm",
			} {
				if !strings.Contains(text, part) || workspace.Instance("ci") == nil {
					t.Errorf("the error does not say %q, or the grant is forgotten: %s", part, text)
				}
			}
			asAdmin := acctest.NewWorkspace(t, tenant.Provider(asUser(tenant))).Adopt(workspace)
			apply(t, asAdmin, nil)
			if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, []string{"admin"}) {
				t.Errorf("after destroying, admins are %v", got)
			}
			if left := tenant.Sandbox.State().Workflows[0]; left.ArchivedAt.IsZero() {
				t.Errorf("workflow %s is left", left.Name)
			}
		})
	}
}

// TestPackageFails tells apart why the package did not make the token an admin, and keeps the grant out of the state. What
// the other methods lack is said too where they were tried.
func TestPackageFails(t *testing.T) {
	t.Parallel()
	others := []string{"direct: " + account + ", which the provider acts as, is not among the admins", "user_bearer: the provider has no user_bearer_token"}
	for name, test := range map[string]struct {
		change func(*sandbox.Options)
		pauses int // after which the time is over
		text   []string
		later  func(*sandbox.Tenant)
		// again is the method that a later apply uses; "" where that fails likewise.
		again string
	}{
		"not enabled": {
			change: func(o *sandbox.Options) { o.ConnectionAdminPackage = sandbox.PackageNotEnabled },
			text:   []string{"package: the package @csa/api-token-connection-admin is not enabled on the tenant; Atlan support can enable it", "HTTP 400"},
		},
		"no surface": {
			change: func(o *sandbox.Options) { o.WorkflowAPI = sandbox.SurfaceApp },
			text:   []string{"package: the tenant does not serve package workflows", "HTTP 404"},
		},
		"no effect": {
			change: func(o *sandbox.Options) { o.ConnectionAdminPackage = sandbox.PackageNoEffect },
			text:   []string{"The package's run csa-api-token-connection-admin-", "succeeded, but had no effect", "is not among the connection's admins"},
			later: func(tenant *sandbox.Tenant) {
				if err := tenant.SetConnectionAdminPackage(sandbox.PackageEnabled); err != nil {
					panic(err)
				}
			},
			again: "package",
		},
		"stopped": {
			change: func(o *sandbox.Options) { o.RunTime = time.Hour }, pauses: -4,
			text:  []string{"The package's run csa-api-token-connection-admin-", "ended as Failed: Stopped with strategy 'Stop'", "is not an admin"},
			again: "package",
		},
		"never ends": {
			change: func(o *sandbox.Options) { o.RunTime = time.Hour }, pauses: 6,
			text: []string{
				"The package's run csa-api-token-connection-admin-", "is still Pending as far as is known, and the time for waiting is over", "raise timeouts.create",
			},
			again: "package",
		},
		"ends late": {
			change: func(o *sandbox.Options) { o.RunTime = time.Hour }, pauses: 6, text: []string{"a right that exists by then is adopted"},
			later: func(tenant *sandbox.Tenant) { tenant.Advance(time.Hour) }, again: "none",
		},
	} {
		for _, method := range []string{"package", "auto"} {
			t.Run(name+"/"+method, func(t *testing.T) {
				t.Parallel()
				tenant := acctest.NewSandbox(t, test.change)
				pauses := 0
				provider := tenant.Provider(func(config *atlan.Config) {
					config.Pause = func(ctx context.Context, d time.Duration) error {
						tenant.Sandbox.Advance(d)
						switch pauses++; pauses {
						case test.pauses:
							return context.DeadlineExceeded
						case -test.pauses:
							stopAll(ctx, t, tenant)
						}
						return nil
					}
				})
				workspace := acctest.NewWorkspace(t, provider)
				config := with(grant("api_token_id", sandbox.SeedAPITokenGUID), "method", method)
				text := acctest.Texts(workspace.Apply(config))
				parts := append([]string{"(AttributeName(\"method\"))", "Adding api_token:"}, test.text...)
				if method == "auto" {
					parts = append(parts, others...)
				}
				for _, part := range parts {
					if !strings.Contains(text, part) {
						t.Errorf("the error does not say %q: %s", part, text)
					}
				}
				if workspace.Instance("ci") != nil {
					t.Error("a grant that failed is in the state")
				}
				runs := len(tenant.Sandbox.State().Runs)
				if test.later != nil {
					test.later(tenant.Sandbox)
				}
				failed := workspace.Apply(config)
				if test.again == "" {
					if len(failed) == 0 || runs > 0 {
						t.Errorf("%d runs; applying again: %s", runs, acctest.Texts(failed))
					}
					return
				}
				if len(failed) > 0 || workspace.Attribute("ci", "method_used") != test.again || len(tenant.Sandbox.State().Workflows) != 1 {
					t.Errorf("applying again: %s", acctest.Texts(failed))
				}
				if name == "never ends" && len(tenant.Sandbox.State().Runs) != runs {
					t.Error("a run was started while one went on")
				}
			})
		}
	}
}

func stopAll(ctx context.Context, t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	for _, run := range tenant.Sandbox.State().Runs {
		if err := tenant.Client(t).Workflows.Stop(ctx, run.Name); err != nil {
			t.Error(err)
		}
	}
}

// TestPackageThenPolicy makes the caller an admin through the package, and manages a policy of the connection at once.
func TestPackageThenPolicy(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t, slowRuns, func(o *sandbox.Options) { o.RoleLag = 300 * time.Millisecond })
	workspace := acctest.NewWorkspace(t, tenant.Provider())
	config := with(grant("api_token_id", sandbox.SeedAPITokenGUID), "allow_self_removal", true)
	config["policy"] = acctest.Block{Type: "atlan_persona_metadata_policy", Attributes: map[string]any{
		"persona_id": sandbox.SeedPersonaGUID, "name": "ci", "actions": []string{"entity-read"},
		"assets": []string{sandbox.SeedProductionQualifiedName}, "connection_qualified_name": sandbox.SeedProductionQualifiedName,
	}}
	apply(t, workspace, config)
	if used := workspace.Attribute("ci", "method_used"); used != "package" {
		t.Errorf("used %v", used)
	}
	delete(config, "policy")
	apply(t, workspace, config)
	apply(t, workspace, nil) // directly: the caller is an admin by now
	if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, []string{"admin"}) {
		t.Errorf("admins are %v", got)
	}
}
