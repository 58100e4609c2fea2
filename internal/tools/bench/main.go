// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures the provider beside what people would use otherwise, two generic REST providers, and beside
// what Terraform itself takes for as many objects: on the same sandbox tenant, in one run, taking turns.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// settings are what the command line and the environment ask for.
type settings struct {
	sizes     []int
	peerSizes []int
	runs      int
	budget    time.Duration
	peers     map[string]string // sources by name
}

const usage = `bench measures the provider, and writes .cache/bench/report.txt and report.md.

Environment:
  BENCH_PEERS   where the sources of other providers are, such as restapi=/src/terraform-provider-restapi,restful=/src/…
                Without it their columns are left out.

Flags:
`

func main() {
	if code, is := wrapped(); is {
		os.Exit(code)
	}
	s, err := parse(os.Args[1:], os.Getenv("BENCH_PEERS"))
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(0)
	}
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		err = run(ctx, s)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1) //nolint:gocritic // the signals need no handler any more
	}
}

func parse(args []string, peers string) (settings, error) {
	var s settings
	var sizes, peerSizes string
	var quick bool
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&sizes, "sizes", "100,300,1000,3000", "numbers of objects")
	flags.StringVar(&peerSizes, "peer-sizes", "", "numbers of objects for the other providers; the same unless given")
	flags.IntVar(&s.runs, "runs", 3, "how often each plan is measured")
	flags.DurationVar(&s.budget, "for", 0, "begin nothing that is expected to end later than this; 0 is no bound")
	flags.BoolVar(&quick, "quick", false, "the same as -sizes 100,1000,300 -peer-sizes 300 -for 12m")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if quick {
		// What takes longest, the other providers, comes last.
		sizes, peerSizes, s.budget = "100,1000,300", "300", 12*time.Minute
	}
	var err error
	if s.sizes, err = numbers(sizes); err != nil {
		return s, err
	}
	if s.peerSizes = s.sizes; peerSizes != "" {
		if s.peerSizes, err = numbers(peerSizes); err != nil {
			return s, err
		}
	}
	s.peers, err = parsePeers(peers)
	return s, err
}

func numbers(list string) ([]int, error) {
	var all []int
	for field := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil || n < 20 || n%20 != 0 {
			return nil, fmt.Errorf("%q is no number of objects: use multiples of 20, since half are policies and a persona has ten", field)
		}
		all = append(all, n)
	}
	return all, nil
}

// parsePeers reads name=directory pairs.
func parsePeers(list string) (map[string]string, error) {
	peers := map[string]string{}
	for pair := range strings.SplitSeq(list, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		name, dir, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok || peerColumns[name].source == "" {
			return nil, fmt.Errorf("BENCH_PEERS has %q: use restapi=DIRECTORY, restful=DIRECTORY or both, with a comma between", pair)
		}
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		peers[name] = abs
	}
	return peers, nil
}

func run(ctx context.Context, s settings) error {
	root, err := project.Root()
	if err != nil {
		return err
	}
	dir := filepath.Join(root, ".cache", "bench")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	found, err := cli.Find(ctx, cli.Any)
	if err != nil {
		return err
	}
	begun := time.Now()
	b := &bench{settings: s, cli: found.Path, dir: dir, results: map[cell][]result{}, log: func(format string, args ...any) {
		fmt.Fprintf(os.Stderr, "%6s "+format+"\n", append([]any{time.Since(begun).Round(time.Second)}, args...)...)
	}}
	b.log("%s", found)
	if err := b.build(ctx, root); err != nil {
		return err
	}
	if err := b.measure(ctx, begun); err != nil {
		if ctx.Err() == nil {
			return err
		}
		b.log("interrupted: the report is of what was measured until then")
	}
	conditions := fmt.Sprintf("%s %s; %s/%s, %d processors, %s; %s", found.Product, found.Version,
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), begun.Format("2006-01-02"))
	text, markdown := b.report(conditions)
	fmt.Print(text)
	for name, content := range map[string]string{"report.txt": text, "report.md": markdown} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			return err
		}
	}
	fmt.Println("\nWritten to", filepath.Join(dir, "report.txt"), "and report.md.")
	return nil
}
