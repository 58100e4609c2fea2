// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package connectionadmin_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// faultKinds are those of the sandbox, with the statuses that make a difference.
func faultKinds() []sandbox.Fault {
	kinds := []sandbox.Fault{
		{Kind: sandbox.FaultDrop},
		{Kind: sandbox.FaultDropAfterCommit},
		{Kind: sandbox.FaultTruncate},
		{Kind: sandbox.FaultDelay, For: sandbox.Duration(20 * time.Millisecond)},
	}
	for _, status := range []int{
		http.StatusBadRequest, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
	} {
		kinds = append(kinds, sandbox.Fault{Kind: sandbox.FaultStatus, Status: status}, sandbox.Fault{Kind: sandbox.FaultStatusAfterCommit, Status: status})
	}
	return kinds
}

// TestFaults lets every request of every step fail in every way, once and for as long as the step lasts, and applies
// again, as a user would.
func TestFaults(t *testing.T) {
	t.Parallel()
	for name, step := range map[string]struct {
		before, after map[string]acctest.Block
		requests      int
	}{
		"create":  {nil, grant("user", "jsmith"), 8},
		"read":    {grant("user", "jsmith"), grant("user", "jsmith"), 2},
		"update":  {grant("user", "jsmith"), with(grant("user", "jsmith"), "method", "user_bearer"), 2},
		"replace": {grant("user", "jsmith"), grant("group", "data_engineers"), 8},
		"delete":  {grant("user", "jsmith"), nil, 7},
		"package": {nil, byPackage(), 12},
		"undo":    {byPackage(), nil, 9},
	} {
		for _, kind := range faultKinds() {
			for _, times := range []int{1, 1000} {
				for nth := 1; nth <= step.requests; nth++ {
					if times > 1 && nth%3 != 1 {
						continue // what fails for good need not do so from every request on
					}
					kind := kind
					kind.Path, kind.Nth, kind.Times = "/api/*", nth, times
					t.Run(fmt.Sprintf("%s/%s_%d/request_%d_times_%d", name, kind.Kind, kind.Status, nth, times), func(t *testing.T) {
						t.Parallel()
						testFaults(t, step.before, step.after, kind)
					})
				}
			}
		}
	}
}

// byPackage is a grant for the caller itself through the package.
func byPackage() map[string]acctest.Block {
	config := with(grant("api_token_id", sandbox.SeedAPITokenGUID), "method", "package")
	return with(config, "allow_self_removal", true)
}

func testFaults(t *testing.T, before, after map[string]acctest.Block, fault sandbox.Fault) {
	t.Helper()
	tenant := acctest.NewSandbox(t)
	provider := tenant.Provider(asUser(tenant), func(config *atlan.Config) {
		retries := 2
		config.RetryWait, config.MaxRetries = time.Millisecond, &retries
	})
	workspace := acctest.NewWorkspace(t, provider)
	if apply(t, workspace, before); before != nil { // another run of Terraform, which waits for no right that this one has granted
		workspace = acctest.NewWorkspace(t, provider).Adopt(workspace)
	}
	if err := tenant.Sandbox.SetFaults([]sandbox.Fault{fault}); err != nil {
		t.Fatal(err)
	}
	failed := workspace.Apply(after)
	if err := tenant.Sandbox.SetFaults(nil); err != nil {
		t.Fatal(err)
	}
	for _, diagnostic := range failed {
		if !strings.Contains(diagnostic.Summary, "as admin of connection") || diagnostic.Detail == "" {
			t.Errorf("an error that does not name the object or the cause: %s", acctest.Texts(failed))
		}
	}
	apply(t, workspace, after)
	want := []string{"admin"}
	if block, ok := after["ci"]; ok {
		for _, kind := range []string{"user", "group"} {
			if name, ok := block.Attributes[kind].(string); ok {
				want = append(want, name)
			}
		}
		if block.Attributes["api_token_id"] != nil {
			want = append(want, account)
		}
	}
	slices.Sort(want)
	if got := admins(tenant, sandbox.SeedProductionGUID); !slices.Equal(got, want) {
		t.Errorf("admins are %v, want %v\n%s", got, want, acctest.Texts(failed))
	}
	mayStay := after != nil || fault.Status == http.StatusForbidden // who may not archive it is told so
	checkWorkflows(t, tenant, mayStay, acctest.Texts(failed))
	for _, step := range workspace.Plan(after) {
		if step.Action != acctest.NoOp {
			t.Errorf("the plan after recovery is not empty: %s (%v)", step.Action, step.Changed)
		}
	}
}

// checkWorkflows checks that a grant has made one workflow at most, and run it once; and whether it is left.
func checkWorkflows(t *testing.T, tenant *acctest.Tenant, mayStay bool, failed string) {
	t.Helper()
	state := tenant.Sandbox.State()
	if len(state.Workflows) > 1 || len(state.Runs) > 1 {
		t.Errorf("%d workflows and %d runs\n%s", len(state.Workflows), len(state.Runs), failed)
	}
	for _, workflow := range state.Workflows {
		if !mayStay && workflow.ArchivedAt.IsZero() {
			t.Errorf("workflow %s is left\n%s", workflow.Name, failed)
		}
	}
}
