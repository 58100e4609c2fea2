// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
)

// target is a promise of the provider, and what became of it.
type target struct {
	what  string
	most  float64
	value float64 // 0: not measured
}

// targetTable holds the measurements against what they should be.
func (b *bench) targetTable() table {
	t := table{"Targets", [][]string{{"measure", "target", "measured", ""}}}
	for _, target := range b.targets() {
		measured, verdict := none, ""
		if target.value > 0 {
			measured, verdict = fmt.Sprintf("%.2f", target.value), "met"
			if target.value > target.most {
				verdict = "missed"
			}
		}
		t.rows = append(t.rows, []string{target.what, fmt.Sprintf("≤ %g", target.most), measured, verdict})
	}
	return t
}

func (b *bench) targets() []target {
	at := func(column string, n int, on condition, op operation) cell { return cell{column, n, on.name, op.name} }
	n := 1000
	if !slices.Contains(b.sizes, n) {
		n = slices.Max(b.sizes)
	}
	var all []target
	for _, name := range []string{"restapi", "restful"} {
		most := map[string]float64{"restapi": 0.3, "restful": 0.15}[name]
		size := 0
		for _, n := range b.peerSizes {
			if len(b.results[at(name, n, distant, plan)]) > 0 {
				size = max(size, n)
			}
		}
		compared := b.ratio(at(ours, size, distant, plan), at(name, size, distant, plan), wallOf)
		all = append(all, target{fmt.Sprintf("plan of %d at 50 ms, to %s", size, name), most, compared})
	}
	cpu := median(each(b.results[at(ours, n, distant, plan)], cpuOf)) * 1000 / float64(n)
	return append([]target{
		{"start to " + timer, 1.3, pairedRatio(b.starts[ours].wall, b.starts[timer].wall)},
		{fmt.Sprintf("requests of a refresh of %d", n), 25, median(each(b.results[at(ours, n, idle, refresh)], requestsOf))},
		{fmt.Sprintf("plan of %d at 50 ms, to the same at 0 ms", n), 1.3, b.ratio(at(ours, n, distant, plan), at(ours, n, idle, plan), wallOf)},
		{fmt.Sprintf("plan of %d under 300 requests a minute, to the same without", n), 1.3, b.ratio(at(ours, n, limited, plan), at(ours, n, idle, plan), wallOf)},
		{"processor ms of the provider per object and plan", 2, cpu},
		{"growth of plan from 1,000 to 3,000, to the floor's", 1.1, quotient(
			b.ratio(at(ours, 3000, idle, plan), at(ours, 1000, idle, plan), wallOf), b.ratio(at(floor, 3000, idle, plan), at(floor, 1000, idle, plan), wallOf))},
		{"peak memory in plan at 3,000, to 300", 1.5, b.ratio(at(ours, 3000, idle, plan), at(ours, 300, idle, plan), memoryOf)},
	}, all...)
}

func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
