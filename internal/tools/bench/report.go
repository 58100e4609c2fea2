// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// table is what text and Markdown are made from.
type table struct {
	title string
	rows  [][]string // the first is the heading
}

// report renders everything that was measured.
func (b *bench) report(conditions string) (text, markdown string) {
	tables := []table{b.startTable(), b.valueTable(), b.ratioTable(), b.targetTable()}
	notes := []string{
		conditions + ".",
		"Medians. Each cell: seconds / processor seconds of the provider / its peak memory in MiB / requests (those refused with 429). " +
			"Half of the objects are API tokens, half are policies, ten on a persona.",
		"terraform_data is the floor: what Terraform itself takes for as many objects. The other providers do not look for drift of all that is configured. " +
			"All run in the same environment, in which nobody asks for a log.",
	}
	if len(b.peers) == 0 {
		notes = append(notes, "BENCH_PEERS is not set: restapi and restful are left out.")
	}
	if len(b.skipped) > 0 {
		notes = append(notes, "Left out: "+strings.Join(b.skipped, "; ")+".")
	}
	var plain, marked strings.Builder
	for _, t := range tables {
		plain.WriteString("\n" + t.text())
		marked.WriteString("\n" + t.markdown())
	}
	for _, note := range notes {
		fmt.Fprintf(&plain, "\n%s", note)
		fmt.Fprintf(&marked, "\n%s\n", note)
	}
	return strings.TrimPrefix(plain.String(), "\n") + "\n", strings.TrimPrefix(marked.String(), "\n")
}

func (b *bench) startTable() table {
	t := table{"Start: from its execution to its schema", [][]string{{"provider", "ms", "to " + timer, "peak memory, MiB", "binary, MB"}}}
	reference := b.starts[timer]
	for _, name := range slices.Sorted(keys(b.starts)) {
		s := b.starts[name]
		t.rows = append(t.rows, []string{
			name, fmt.Sprintf("%.1f", float64(median(s.wall))/1e6), fmt.Sprintf("%.2f", pairedRatio(s.wall, reference.wall)),
			fmt.Sprintf("%.1f", mebibytes(s.memory)), fmt.Sprintf("%.1f", float64(s.binary)/1e6),
		})
	}
	return t
}

// rows yields every size, condition and operation in their order.
func (b *bench) rows() iter.Seq[cell] {
	return func(yield func(cell) bool) {
		for _, n := range slices.Sorted(slices.Values(b.sizes)) {
			for _, on := range []condition{idle, distant, limited} {
				for _, op := range []operation{apply, refresh, plan, destroy} {
					if !yield(cell{n: n, on: on.name, op: op.name}) {
						return
					}
				}
			}
		}
	}
}

func (b *bench) valueTable() table {
	heading := []string{"objects", "tenant", "command"}
	for _, c := range b.columns {
		heading = append(heading, c.name)
	}
	t := table{"What the commands take", [][]string{heading}}
	for row := range b.rows() {
		line := []string{fmt.Sprint(row.n), row.on, row.op}
		for _, c := range b.columns {
			line = append(line, b.value(row.of(c.name), c.source != ""))
		}
		if slices.ContainsFunc(line[3:], func(value string) bool { return value != none }) {
			t.rows = append(t.rows, line)
		}
	}
	return t
}

const none = "–"

func (b *bench) value(at cell, provider bool) string {
	results := b.results[at]
	if len(results) == 0 {
		return none
	}
	wall := fmt.Sprintf("%.2f", median(each(results, func(r result) time.Duration { return r.wall })).Seconds())
	if !provider {
		return wall
	}
	value := fmt.Sprintf("%s / %.2f / %.0f / %d", wall,
		median(each(results, func(r result) time.Duration { return r.cpu })).Seconds(),
		mebibytes(median(each(results, func(r result) int64 { return r.memory }))),
		median(each(results, func(r result) int { return r.requests })))
	if limited := median(each(results, func(r result) int { return r.limited })); limited > 0 {
		value += fmt.Sprintf(" (%d)", limited)
	}
	return value
}

// ratioTable compares with each other column: time, and processor time of the provider where both have one.
func (b *bench) ratioTable() table {
	heading := []string{"objects", "tenant", "command"}
	for _, c := range b.columns {
		if c.name != ours {
			heading = append(heading, "to "+c.name)
		}
	}
	t := table{"atlan compared: time / processor time of the provider", [][]string{heading}}
	for row := range b.rows() {
		line, measured := []string{fmt.Sprint(row.n), row.on, row.op}, false
		for _, c := range b.columns {
			if c.name == ours {
				continue
			}
			reference := row.of(c.name)
			if c.name == floor {
				reference.on = idle.name
			}
			value := none
			if wall := b.ratio(row.of(ours), reference, wallOf); wall > 0 {
				value, measured = fmt.Sprintf("%.2f", wall), true
				if cpu := b.ratio(row.of(ours), reference, cpuOf); c.source != "" && cpu > 0 {
					value += fmt.Sprintf(" / %.2f", cpu)
				}
			}
			line = append(line, value)
		}
		if measured {
			t.rows = append(t.rows, line)
		}
	}
	return t
}

func (row cell) of(column string) cell {
	row.column = column
	return row
}

func wallOf(r result) float64     { return r.wall.Seconds() }
func cpuOf(r result) float64      { return r.cpu.Seconds() }
func memoryOf(r result) float64   { return float64(r.memory) }
func requestsOf(r result) float64 { return float64(r.requests) }

// ratio is the median ratio of the results of two cells, taken run by run; 0 if one of them has none.
func (b *bench) ratio(one, other cell, of func(result) float64) float64 {
	return pairedRatio(each(b.results[one], of), each(b.results[other], of))
}

func pairedRatio[N int64 | float64 | time.Duration](one, other []N) float64 {
	var ratios []float64
	for i := range min(len(one), len(other)) {
		if other[i] > 0 {
			ratios = append(ratios, float64(one[i])/float64(other[i]))
		}
	}
	return median(ratios)
}

// median is that of an odd number, or the lower of the two in the middle; 0 of none.
func median[N cmp.Ordered](values []N) N {
	if len(values) == 0 {
		var zero N
		return zero
	}
	return slices.Sorted(slices.Values(values))[(len(values)-1)/2]
}

func each[V any](results []result, of func(result) V) []V {
	var values []V
	for _, r := range results {
		values = append(values, of(r))
	}
	return values
}

func mebibytes(bytes int64) float64 { return float64(bytes) / (1 << 20) }

func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

func (t table) text() string {
	widths := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for i, value := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(value))
		}
	}
	var b strings.Builder
	b.WriteString(t.title + "\n")
	for _, row := range t.rows {
		var line strings.Builder
		for i, value := range row {
			line.WriteString("  " + value + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(value)))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

func (t table) markdown() string {
	var b strings.Builder
	b.WriteString("**" + t.title + "**\n\n")
	for i, row := range t.rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	return b.String()
}
