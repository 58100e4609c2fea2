// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// condition is how a tenant behaves while something is measured.
type condition struct {
	name    string
	latency time.Duration
	limit   int // requests per minute; 0 is none
}

var (
	idle    = condition{name: "0 ms"}
	distant = condition{name: "50 ms", latency: 50 * time.Millisecond}
	limited = condition{name: "300/min", limit: 300}
)

// operation is a command of Terraform.
type operation struct {
	name string
	args []string
	// growth is how much longer it takes for so many times more objects, as an exponent: the state is written with each
	// object that is made or deleted.
	growth float64
}

var (
	apply   = operation{"apply", []string{"apply", "-auto-approve"}, 1.7}
	refresh = operation{"plan -refresh-only", []string{"plan", "-refresh-only"}, 1.2}
	plan    = operation{"plan", []string{"plan", "-detailed-exitcode"}, 1.2}
	destroy = operation{"destroy", []string{"destroy", "-auto-approve"}, 1.7}
)

// cell is what a result belongs to.
type cell struct {
	column string
	n      int
	on     string
	op     string
}

// result is what one command took.
type result struct {
	wall, cpu         time.Duration // cpu of the provider alone
	memory            int64         // the provider's peak
	requests, limited int
}

// bench is one run.
type bench struct {
	settings
	cli, dir, config, sandbox string

	columns []column
	plain   map[string]string // the executables themselves
	starts  map[string]*start
	results map[cell][]result
	skipped []string
	end     time.Time // zero: never
	log     func(format string, args ...any)
}

func (b *bench) measure(ctx context.Context, begun time.Time) error {
	if b.budget > 0 {
		b.end = begun.Add(b.budget)
	}
	if err := b.measureStarts(ctx); err != nil {
		return err
	}
	for _, steps := range [][]step{b.looking(), writing} {
		for _, n := range b.sizes {
			if err := b.measureSize(ctx, n, steps); err != nil {
				return err
			}
		}
	}
	return nil
}

// step are commands under a condition.
type step struct {
	on   condition
	runs int
	ops  []operation
}

// looking is what tells most: each condition looks at the same objects.
func (b *bench) looking() []step {
	return []step{
		{idle, 1, []operation{apply}},
		{idle, b.runs, []operation{refresh, plan}},
		{distant, b.runs, []operation{refresh, plan}},
		{limited, 1, []operation{refresh, plan}},
	}
}

// writing takes longest and comes last: making and deleting objects once under each condition.
var writing = []step{
	{idle, 1, []operation{apply, destroy}},
	{distant, 1, []operation{apply, destroy}},
	{limited, 1, []operation{apply, destroy}},
}

// measureSize makes n objects in a tenant of each column and takes the measurements of these steps.
func (b *bench) measureSize(ctx context.Context, n int, steps []step) error {
	sites := map[string]*site{}
	defer func() {
		for _, s := range sites {
			s.Stop()
		}
	}()
	var taking []column
	for _, c := range b.columns {
		if c.peer && !slices.Contains(b.peerSizes, n) {
			continue
		}
		if err := b.prepare(c); err != nil {
			return err
		}
		s, err := b.open(ctx, c, n)
		if err != nil {
			return err
		}
		sites[c.name] = s
		taking = append(taking, c)
	}
	for _, step := range steps {
		for range step.runs {
			for _, op := range step.ops {
				taking = slices.DeleteFunc(taking, func(c column) bool {
					return !b.try(ctx, sites[c.name], c, n, step.on, op)
				})
				if ctx.Err() != nil {
					return ctx.Err()
				}
			}
		}
	}
	return nil
}

// try measures one command, unless that is expected to end too late. It tells whether the column's objects are as the
// next command expects them.
func (b *bench) try(ctx context.Context, s *site, c column, n int, on condition, op operation) bool {
	what := cell{c.name, n, on.name, op.name}
	label := fmt.Sprintf("%d objects, %s, %s: %s", n, on.name, op.name, c.name)
	if c.source == "" && on != idle {
		return true // Terraform's own objects make no requests
	}
	left := time.Until(b.end)
	if expected := b.expected(what, on, op); !b.end.IsZero() && expected > left {
		b.skipped = append(b.skipped, label)
		// A plan can be left out: what it looks at stays.
		return op.name == refresh.name || op.name == plan.name
	}
	taken, err := b.command(ctx, s, c, n, on, op)
	if err != nil {
		b.skipped = append(b.skipped, label+": "+firstLine(err))
		b.log("%s: %v", label, err)
		return false
	}
	b.log("%s: %.2f s, provider %.2f s, %d requests", label, taken.wall.Seconds(), taken.cpu.Seconds(), taken.requests)
	b.results[what] = append(b.results[what], taken)
	return true
}

// expected is how long a command will take, judged by the same on fewer objects or a tenant nearby; 0 if nothing is known.
func (b *bench) expected(what cell, on condition, op operation) time.Duration {
	var most time.Duration
	for known, results := range b.results {
		if known.column != what.column || known.op != what.op || known.n > what.n || known.on != what.on && known.on != idle.name {
			continue
		}
		latest := results[len(results)-1]
		times := float64(what.n) / float64(known.n)
		wall := time.Duration(float64(latest.wall) * math.Pow(times, op.growth))
		requests := float64(latest.requests) * times
		if on.limit > 0 && int(requests) > on.limit/5 {
			wall = max(wall, time.Duration(requests/float64(on.limit)*float64(time.Minute)))
		}
		if known.on != what.on {
			wall += time.Duration(requests) * on.latency / 10 // ten at a time
		}
		most = max(most, wall)
	}
	return most
}

// command runs one command of Terraform.
func (b *bench) command(ctx context.Context, s *site, c column, n int, on condition, op operation) (result, error) {
	if err := errors.Join(s.set(ctx, on), s.clear(ctx)); err != nil {
		return result{}, err
	}
	variables, err := s.variables(n, on)
	if err != nil {
		return result{}, err
	}
	// Not by its context: a second signal, beside that of the terminal, would make Terraform give up half-way.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), b.cli, append(slices.Clone(op.args), "-input=false", "-no-color")...)
	cmd.Dir = b.work(c)
	cmd.Env = append(hermetic(), append(variables, "TF_CLI_CONFIG_FILE="+b.config)...)
	begun := time.Now()
	output, err := cmd.CombinedOutput()
	taken := result{wall: time.Since(begun)}
	if logErr := os.WriteFile(filepath.Join(cmd.Dir, "output.txt"), output, 0o600); logErr != nil {
		return taken, logErr
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 2 && op.name == plan.name {
		err = errNotEmpty
	}
	if err != nil {
		return taken, fmt.Errorf("%w: see %s", err, filepath.Join(cmd.Dir, "output.txt"))
	}
	if c.path != "" {
		if taken.cpu, taken.memory, err = wrapperNotes(c.path); err != nil {
			return taken, err
		}
	}
	taken.requests, taken.limited, err = s.count(ctx)
	return taken, err
}

// hermetic is the environment without what would change what is measured.
func hermetic() []string {
	return slices.DeleteFunc(project.HermeticEnv(), func(kv string) bool {
		return strings.HasPrefix(kv, "TF_LOG") || strings.HasPrefix(kv, "GOGC=") || strings.HasPrefix(kv, "GOMEMLIMIT=")
	})
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
