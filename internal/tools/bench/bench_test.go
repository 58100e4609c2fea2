// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	t.Parallel()
	s, err := parse([]string{"-quick", "-runs", "5"}, "restapi=/src/restapi, restful=rest")
	if err != nil || s.runs != 5 || s.budget != 12*time.Minute || !slices.Contains(s.sizes, 1000) || !slices.Equal(s.peerSizes, []int{300}) {
		t.Errorf("got %+v, %v", s, err)
	}
	if s.peers["restapi"] != "/src/restapi" || !filepath.IsAbs(s.peers["restful"]) {
		t.Errorf("peers: %v", s.peers)
	}
	if s, err := parse([]string{"-sizes", "20,40"}, ""); err != nil || len(s.peers) != 0 || !slices.Equal(s.peerSizes, []int{20, 40}) {
		t.Errorf("got %+v, %v", s, err)
	}
	for _, peers := range []string{"restapi", "other=/src", "restapi /src"} {
		if _, err := parse(nil, peers); err == nil {
			t.Errorf("no error for BENCH_PEERS=%s", peers)
		}
	}
	for _, sizes := range []string{"0", "30", "many", ""} {
		if _, err := parse([]string{"-sizes", sizes}, ""); err == nil {
			t.Errorf("no error for -sizes %q", sizes)
		}
	}
}

// TestExpected: what is left out for lack of time goes by what was measured before.
func TestExpected(t *testing.T) {
	t.Parallel()
	b := &bench{results: map[cell][]result{
		{ours, 100, idle.name, plan.name}:  {{wall: time.Second, requests: 200}},
		{ours, 100, idle.name, apply.name}: {{wall: time.Second}},
		{floor, 100, idle.name, plan.name}: {{wall: time.Hour}},
	}}
	expect := func(n int, on condition, op operation) time.Duration {
		return b.expected(cell{ours, n, on.name, op.name}, on, op).Round(time.Second)
	}
	for _, test := range []struct {
		n    int
		on   condition
		op   operation
		want time.Duration
	}{
		{100, idle, destroy, 0}, // nothing is known
		{20, idle, plan, 0},
		{100, idle, plan, time.Second},
		{1000, idle, plan, 16 * time.Second},
		{1000, idle, apply, 50 * time.Second},
		{100, distant, plan, 2 * time.Second},
		{100, limited, plan, 40 * time.Second},
	} {
		if got := expect(test.n, test.on, test.op); got != test.want {
			t.Errorf("%d objects, %s, %s: got %s, want %s", test.n, test.on.name, test.op.name, got, test.want)
		}
	}
}

// TestReport has each number once, in text and in Markdown, and says what was left out.
func TestReport(t *testing.T) {
	t.Parallel()
	ms := time.Millisecond
	b := &bench{
		settings: settings{sizes: []int{100}, peerSizes: []int{100}},
		columns:  []column{{name: floor}, {name: ours, source: "x"}, peerColumns["restapi"]},
		starts:   map[string]*start{timer: {wall: []time.Duration{40 * ms}}, ours: {wall: []time.Duration{50 * ms}, memory: 18 << 20, binary: 20e6}},
		results: map[cell][]result{
			{floor, 100, idle.name, plan.name}:        {{wall: 100 * ms}, {wall: 300 * ms}, {wall: 200 * ms}},
			{ours, 100, idle.name, plan.name}:         {{wall: 200 * ms}, {wall: 900 * ms, cpu: 123 * ms, requests: 7}, {wall: 300 * ms}},
			{ours, 100, distant.name, plan.name}:      {{wall: 250 * ms, cpu: 160 * ms, memory: 40 << 20, requests: 8}},
			{"restapi", 100, distant.name, plan.name}: {{wall: 1000 * ms, cpu: 640 * ms, requests: 100, limited: 3}},
		},
		skipped: []string{"100 objects, destroy"},
	}
	text, markdown := b.report("Terraform 1.2.3")
	for _, want := range []string{
		"1.25", "20.0", "0.30 / 0.00", "0.25 / 0.16 / 40 / 8", "1.00 / 0.64 / 0 / 100 (3)", "0.25 / 0.25", "2.00",
		"Terraform 1.2.3", "Left out: 100 objects, destroy", "BENCH_PEERS",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
		if !strings.Contains(markdown, want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, markdown)
		}
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	if got := median([]int{9, 1, 5}); got != 5 {
		t.Errorf("got %d", got)
	}
	if got := median([]int(nil)); got != 0 {
		t.Errorf("of nothing: %d", got)
	}
	if got := pairedRatio([]float64{1, 4, 9}, []float64{1, 2, 0}); got != 1 {
		t.Errorf("ratio %g", got)
	}
}

// TestWrapperNotes adds up what several processes took.
func TestWrapperNotes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "provider")
	if cpu, memory, err := wrapperNotes(path); cpu != 0 || memory != 0 || err != nil {
		t.Errorf("of no process: %s, %d, %v", cpu, memory, err)
	}
	if err := os.WriteFile(path+usageSuffix, []byte("1000 5\n2000 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if cpu, memory, err := wrapperNotes(path); cpu != 3*time.Millisecond || memory != 5 || err != nil {
		t.Errorf("got %s, %d, %v", cpu, memory, err)
	}
	if _, err := os.Stat(path + usageSuffix); err == nil {
		t.Error("the notes are still there")
	}
}

// TestConfigurations: each column has one, and a folder of its own to be used in.
func TestConfigurations(t *testing.T) {
	t.Parallel()
	b := &bench{dir: t.TempDir()}
	for _, c := range []column{{name: floor}, {name: ours}, peerColumns["restapi"], peerColumns["restful"]} {
		if err := b.prepare(c); err != nil {
			t.Error(err)
		}
		if main, err := os.ReadFile(filepath.Join(b.work(c), "main.tf")); err != nil || !strings.Contains(string(main), "var.policies") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
