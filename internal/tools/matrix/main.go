// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command matrix runs the acceptance tests on each CLI that the provider supports, and says what works where: how many
// tests ran, and which were skipped because of what the CLI lacks. With -write it puts the table into the README.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// kinds are the CLIs of the matrix: the oldest that is supported, and the newest of both products.
var kinds = []cli.Kind{cli.TerraformOldest, cli.TerraformCurrent, cli.OpenTofuOnly}

func main() {
	write := flag.Bool("write", false, "put the table of what works where into README.md")
	run := flag.String("run", "", "run only these tests, as go test -run does")
	flag.Parse()
	if err := matrix(*write, *run); err != nil {
		fmt.Fprintln(os.Stderr, "matrix:", err)
		os.Exit(1)
	}
}

func matrix(write bool, only string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root, err := project.Root()
	if err != nil {
		return err
	}
	suites, err := buildSuites(ctx, root)
	if err != nil {
		return err
	}
	var results []*result
	failed := 0
	for _, kind := range kinds {
		found, err := cli.Find(ctx, kind)
		if err != nil && kind == cli.TerraformOldest {
			fmt.Fprintln(os.Stderr, "Left out:", err) // it is not built from source: no recipe of that version is kept
			continue
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stderr, "Testing on", found)
		r := newResult(found)
		for _, s := range suites {
			if err := s.run(ctx, only, r); err != nil {
				return err
			}
		}
		fmt.Println(r.report())
		failed += len(r.failed)
		results = append(results, r)
	}
	table := workTable(results)
	fmt.Println(table)
	if failed > 0 {
		return fmt.Errorf("%d tests failed", failed)
	}
	if !write {
		return nil
	}
	readme := filepath.Join(root, "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	replaced, err := replaceTable(string(text), table)
	if err != nil {
		return err
	}
	return os.WriteFile(readme, []byte(replaced), 0o600)
}
