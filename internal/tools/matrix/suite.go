// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// suite is the tests of a package, built once for all CLIs.
type suite struct {
	dir    string
	binary string
	// pattern chooses the tests that use a CLI: those of objects are called TestAcc…, and those of internal/acctest all do.
	pattern string
}

// buildSuites builds the tests of the packages that have some for a CLI.
func buildSuites(ctx context.Context, root string) ([]suite, error) {
	out := filepath.Join(root, ".cache", "matrix")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(root, "internal", "*", "*_test.go"))
	if err != nil {
		return nil, err
	}
	var suites []suite
	arguments := []string{"test", "-c", "-o", out + string(filepath.Separator)}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		s := suite{dir: filepath.Dir(file), pattern: "^TestAcc"}
		name := filepath.Base(s.dir)
		s.binary = filepath.Join(out, project.Executable(name+".test"))
		if name == "acctest" {
			s.pattern = "."
		}
		known := len(suites) > 0 && suites[len(suites)-1].dir == s.dir
		if !known && (name == "acctest" || strings.Contains(string(text), "\nfunc TestAcc")) {
			suites = append(suites, s)
			arguments = append(arguments, "./internal/"+name)
		}
	}
	cmd := exec.CommandContext(ctx, "go", arguments...)
	cmd.Dir = root
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("building the tests: %w", err)
	}
	return suites, nil
}

// run runs the tests on the result's CLI, and takes what comes of them into the result.
func (s suite) run(ctx context.Context, only string, into *result) error {
	name := filepath.Base(s.dir)
	cmd := exec.CommandContext(ctx, "go", "tool", "test2json", "-t", "-p", name, s.binary,
		"-test.v=test2json", "-test.timeout=60m", "-test.parallel=8", "-test.run="+cmp.Or(only, s.pattern))
	cmd.Dir = s.dir
	cmd.Env = project.HermeticEnv(append(into.cli.TestEnv(), "TF_ACC=1")...)
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	before := len(into.failed)
	if err := into.read(events); err != nil {
		return err
	}
	// A test that fails is in the result; anything else, such as a panic, is said here.
	if err := cmd.Wait(); err != nil && (!errors.As(err, new(*exec.ExitError)) || len(into.failed) == before) {
		return fmt.Errorf("the tests of %s: %w", name, err)
	}
	return nil
}
