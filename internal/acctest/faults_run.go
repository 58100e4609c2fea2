// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// The environment of "make faults".
const (
	// FaultsVariable is "all" to run the campaign, and anything else to run chosen cases of it; else a fixed sample is run.
	FaultsVariable = "ATLAN_FAULTS"
	// FaultSeedVariable is the seed that pairs of faults are drawn with.
	FaultSeedVariable = "ATLAN_FAULTS_SEED"
	// FaultReportVariable names the file that the cases are reported to, for the figures at the end.
	FaultReportVariable = "ATLAN_FAULTS_REPORT"
)

const (
	// sampled: one in so many cases is run where not all are.
	sampled = 16
	// pairsPerStep is how many combinations of two faults are drawn for each step.
	pairsPerStep = 40
	// lasting is for as long as a step lasts.
	lasting = 1000
)

// FaultKinds are those of the sandbox, with the statuses that make a difference. The longer delay is longer than a hurried
// client waits, so that the tenant acts when nobody listens any more.
func FaultKinds() []sandbox.Fault {
	kinds := []sandbox.Fault{
		{Kind: sandbox.FaultDrop},
		{Kind: sandbox.FaultDropAfterCommit},
		{Kind: sandbox.FaultTruncate},
		{Kind: sandbox.FaultDelay, For: sandbox.Duration(20 * time.Millisecond)},
		{Kind: sandbox.FaultDelay, For: sandbox.Duration(4 * hurried)},
		{Kind: sandbox.FaultStatus, Status: http.StatusTooManyRequests, RetryAfter: 1},
	}
	for _, status := range []int{
		http.StatusBadRequest, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
	} {
		kinds = append(kinds,
			sandbox.Fault{Kind: sandbox.FaultStatus, Status: status}, sandbox.Fault{Kind: sandbox.FaultStatusAfterCommit, Status: status})
	}
	return kinds
}

// Run lets each request of every step fail in every way, once and for as long as the step lasts, and draws combinations of
// two faults. Outside of the campaign it runs a sample, always the same.
func (m FaultMatrix) Run(t *testing.T, steps map[string]FaultStep) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(steps)) {
		requests := m.requests(t, steps[name])
		for nth := 1; nth <= requests; nth++ {
			for _, kind := range FaultKinds() {
				for _, times := range []int{1, lasting} {
					if times > 1 && kind.RetryAfter > 0 {
						continue // is to the client what it is without, but for the time
					}
					m.Case(t, name, steps[name], at(kind, nth, times))
				}
			}
		}
		random := rand.New(rand.NewPCG(FaultSeed(), hash(t.Name()+name))) //nolint:gosec // to be drawn again
		for range pairsPerStep {
			first, second := drawn(random, 1, requests), drawn(random, 1, requests+2)
			m.Case(t, name, steps[name], first, second)
		}
	}
}

// Case runs one combination of faults as a test of its own, if it belongs to what is run.
func (m FaultMatrix) Case(t *testing.T, name string, step FaultStep, faults ...sandbox.Fault) {
	t.Helper()
	var described []string
	for _, fault := range faults {
		described = append(described, describe(fault))
	}
	name += "/" + strings.Join(described, "+")
	oneIn := max(1, m.OneIn)
	if os.Getenv(FaultsVariable) == "" {
		oneIn *= sampled
	}
	if hash(t.Name()+name)%uint64(oneIn) != 0 {
		return
	}
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		t.Cleanup(func() { report(t, step, faults) })
		m.Test(t, step, faults...)
	})
}

// LifeSteps are the steps of the life of what base configures: creation, reading, import, deletion, and a change of each
// argument to the value given for it.
func LifeSteps(base map[string]Block, changes map[string]any) map[string]FaultStep {
	steps := map[string]FaultStep{
		"create": {Before: nil, After: base},
		"read":   {Before: base, After: base},
		"import": {Before: base, Import: true},
		"delete": {Before: base, After: nil},
	}
	for argument, value := range changes {
		after := map[string]Block{}
		for name, block := range base {
			attributes := maps.Clone(block.Attributes)
			attributes[argument] = value
			after[name] = Block{Type: block.Type, Attributes: attributes}
		}
		steps["change_"+argument] = FaultStep{Before: base, After: after}
	}
	return steps
}

// requests counts what the step takes when nothing fails.
func (m FaultMatrix) requests(t *testing.T, step FaultStep) int {
	t.Helper()
	c := m.begin(t, step)
	workspace := c.before()
	if step.Import {
		workspace = NewWorkspace(t, c.provider())
	}
	c.tenant.Sandbox.ClearJournal()
	if failed := c.run(workspace); len(failed) > 0 {
		t.Fatalf("without any fault: %s", Texts(failed))
	}
	return len(c.tenant.Sandbox.Journal())
}

func at(fault sandbox.Fault, nth, times int) sandbox.Fault {
	fault.Path, fault.Nth, fault.Times = "/api/*", nth, times
	return fault
}

func drawn(random *rand.Rand, from, to int) sandbox.Fault {
	kinds := FaultKinds()
	return at(kinds[random.IntN(len(kinds))], from+random.IntN(max(1, to-from+1)), []int{1, 2, lasting}[random.IntN(3)])
}

// describe names a fault such that its case can be asked for with -run.
func describe(fault sandbox.Fault) string {
	name := string(fault.Kind)
	if fault.Status > 0 {
		name += fmt.Sprintf("_%d", fault.Status)
	}
	if fault.RetryAfter > 0 {
		name += "_retry_after"
	}
	if fault.For > 0 {
		name += "_" + time.Duration(fault.For).String()
	}
	if fault.Method != "" {
		name += "_" + fault.Method
	}
	name += fmt.Sprintf("_request_%d", fault.Nth)
	if fault.Times == lasting {
		return name + "_on"
	}
	return name + fmt.Sprintf("_times_%d", max(1, fault.Times))
}

func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))
	return h.Sum64()
}

// FaultSeed is the seed of the campaign.
func FaultSeed() uint64 {
	seed, err := strconv.ParseUint(os.Getenv(FaultSeedVariable), 10, 64)
	if err != nil {
		return 1
	}
	return seed
}

// FaultRecord is a case of the campaign that has been run.
type FaultRecord struct {
	// Types of resources that it was about, and the arguments that it changed, as "type.argument".
	Types   []string `json:"types"`
	Changes []string `json:"changes"`
	// Package and Case are the names of the directory and of the test.
	Package string `json:"package"`
	Case    string `json:"case"`
	// Kinds are those of its faults.
	Kinds []sandbox.FaultKind `json:"kinds"`
	// Violated tells whether a promise was broken.
	Violated bool `json:"violated"`
}

// Replay is the command that runs the case alone.
func (r FaultRecord) Replay(seed uint64) string {
	pattern := "^" + strings.ReplaceAll(strings.ReplaceAll(r.Case, "+", "[+]"), "/", "$/^") + "$"
	return fmt.Sprintf("make faults SEED=%d PKG=./internal/%s ARGS='-run %s'", seed, r.Package, strings.ReplaceAll(pattern, "$", "$$"))
}

// packageDirectory is the directory that the test runs in, which is that of its package.
func packageDirectory(t *testing.T) string {
	t.Helper()
	directory, err := os.Getwd()
	must(t, err)
	return filepath.Base(directory)
}

var reporting sync.Mutex

// report appends the case to the report, if there is one.
func report(t *testing.T, step FaultStep, faults []sandbox.Fault) {
	t.Helper()
	if t.Failed() {
		t.Logf("to run this case again: %s", FaultRecord{Package: packageDirectory(t), Case: t.Name()}.Replay(FaultSeed()))
	}
	file := os.Getenv(FaultReportVariable)
	if file == "" {
		return
	}
	record := FaultRecord{Package: packageDirectory(t), Case: t.Name(), Violated: t.Failed()}
	for _, fault := range faults {
		record.Kinds = append(record.Kinds, fault.Kind)
	}
	record.Types, record.Changes = step.touches()
	line, err := json.Marshal(record)
	must(t, err)
	reporting.Lock()
	defer reporting.Unlock()
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // named by the Makefile
	must(t, err)
	_, err = out.Write(append(line, '\n')) // one write, so that packages that run at the same time do not mix
	must(t, err)
	must(t, out.Close())
}

// touches are the types of resources of the step, and the arguments that it changes.
func (s FaultStep) touches() (types, changes []string) {
	for _, blocks := range []map[string]Block{s.Before, s.After} {
		for name, block := range blocks {
			types = append(types, block.Type)
			after, both := s.After[name]
			if !both || s.Before[name].Type != after.Type {
				continue
			}
			for argument, value := range after.Attributes {
				if fmt.Sprint(value) != fmt.Sprint(s.Before[name].Attributes[argument]) {
					changes = append(changes, block.Type+"."+argument)
				}
			}
			for argument := range s.Before[name].Attributes {
				if _, kept := after.Attributes[argument]; !kept {
					changes = append(changes, block.Type+"."+argument)
				}
			}
		}
	}
	slices.Sort(types)
	slices.Sort(changes)
	return slices.Compact(types), slices.Compact(changes)
}
