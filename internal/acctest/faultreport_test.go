// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// TestFaultReport prints the figures of the fault campaign that has just run, and fails when a resource of the provider, or
// an argument of one, took no part in it. Run by "make faults".
func TestFaultReport(t *testing.T) {
	t.Parallel()
	file := os.Getenv(acctest.FaultReportVariable)
	if file == "" {
		t.Skip("no campaign has run: make faults")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	figures := &faultFigures{types: map[string]count{}, kinds: map[string]count{}, changed: map[string]bool{}}
	for line := range strings.Lines(string(text)) {
		var record acctest.FaultRecord
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		figures.add(record)
	}
	figures.print()
	if os.Getenv(acctest.FaultsVariable) == "all" {
		for _, missing := range figures.missing(t) {
			t.Errorf("no step of the campaign is about %s", missing)
		}
	}
}

// count is cases, and those among them that broke a promise.
type count struct{ cases, violations int }

func (c count) plus(violated bool) count {
	c.cases++
	if violated {
		c.violations++
	}
	return c
}

type faultFigures struct {
	all, pairs   count
	types, kinds map[string]count
	changed      map[string]bool
	violated     []acctest.FaultRecord
}

func (f *faultFigures) add(record acctest.FaultRecord) {
	f.all = f.all.plus(record.Violated)
	for _, name := range record.Types {
		f.types[name] = f.types[name].plus(record.Violated)
	}
	if len(record.Kinds) > 1 {
		f.pairs = f.pairs.plus(record.Violated)
	} else {
		for _, kind := range record.Kinds {
			f.kinds[string(kind)] = f.kinds[string(kind)].plus(record.Violated)
		}
	}
	for _, argument := range record.Changes {
		f.changed[argument] = true
	}
	if record.Violated {
		f.violated = append(f.violated, record)
	}
}

func (f *faultFigures) print() {
	fmt.Printf("\nFault campaign, seed %d: %d cases, %d violations\n", acctest.FaultSeed(), f.all.cases, f.all.violations)
	f.kinds["two at once"] = f.pairs
	for _, table := range []map[string]count{f.types, f.kinds} {
		fmt.Println()
		for _, name := range slices.Sorted(maps.Keys(table)) {
			fmt.Printf("  %-34s %6d cases %6d violations\n", name, table[name].cases, table[name].violations)
		}
	}
	fmt.Println()
	for _, record := range f.violated {
		fmt.Println("  violated:", record.Replay(acctest.FaultSeed()))
	}
}

// missing are the resources without a case, and the arguments that no step changes.
func (f *faultFigures) missing(t *testing.T) []string {
	t.Helper()
	tenant, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server, err := (&acctest.Tenant{Sandbox: tenant}).Provider()()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for name, schema := range schemas.ResourceSchemas {
		if f.types[name].cases == 0 {
			missing = append(missing, name)
			continue
		}
		for _, attribute := range schema.Block.Attributes {
			argument := name + "." + attribute.Name
			if (attribute.Required || attribute.Optional) && !f.changed[argument] {
				missing = append(missing, "a change of "+argument)
			}
		}
	}
	slices.Sort(missing)
	return missing
}
