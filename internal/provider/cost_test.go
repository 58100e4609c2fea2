// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// objects are those that there may be a thousand of, as they are benchmarked.
var objects = map[string]map[string]any{
	"atlan_api_token": {"name": "ci"},
	"atlan_persona_metadata_policy": {
		"persona_id": sandbox.SeedPersonaGUID, "name": "ci", "connection_qualified_name": sandbox.SeedProductionQualifiedName,
		"actions": []string{"entity-read", "entity-update"}, "assets": []string{sandbox.SeedProductionQualifiedName},
	},
}

// callsOf returns what Terraform asks of an object of a type in each plan.
func callsOf(t testing.TB, typeName string) map[string]func() error {
	t.Helper()
	server, calls := record(t, acctest.NewSandbox(t).GrantConnections(t), typeName, objects[typeName])
	all := map[string]func() error{
		"validate": func() error { return err(server.ValidateResourceConfig(context.Background(), calls.validate)) },
		"read":     func() error { return err(server.ReadResource(context.Background(), calls.read)) },
		"plan":     func() error { return err(server.PlanResourceChange(context.Background(), calls.plan)) },
	}
	for range 5 { // from then on the loader has read everything
		if err := all["read"](); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func err[Response any](_ Response, err error) error { return err }

// BenchmarkCalls is what an object costs the provider in each plan, without what gRPC and Terraform cost.
func BenchmarkCalls(b *testing.B) {
	for typeName := range objects {
		for name, call := range callsOf(b, typeName) {
			b.Run(typeName+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := call(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkSchema is what a start of the provider costs beside the start of its process.
func BenchmarkSchema(b *testing.B) {
	factory := quiet(&acctest.Tenant{})
	b.ReportAllocs()
	for b.Loop() {
		server, _ := factory()
		if _, err := server.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAllocations bounds how often each call allocates, which is most of what a plan costs the provider. Nearly all of it is
// the framework's; the bounds are a tenth above what the calls took when they were set.
func TestAllocations(t *testing.T) { //nolint:paralleltest // it counts the allocations of the whole process
	most := map[string]map[string]float64{
		"atlan_api_token":               {"validate": 970, "read": 2770, "plan": 280},
		"atlan_persona_metadata_policy": {"validate": 1500, "read": 3370, "plan": 310},
	}
	for typeName := range objects {
		for name, call := range callsOf(t, typeName) {
			got := testing.AllocsPerRun(50, func() {
				if err := call(); err != nil {
					t.Error(err)
				}
			})
			t.Logf("%s %s: %.0f", typeName, name, got)
			if got > most[typeName][name] {
				t.Errorf("to %s %s allocates %.0f times, want at most %.0f", name, typeName, got, most[typeName][name])
			}
		}
	}
}
