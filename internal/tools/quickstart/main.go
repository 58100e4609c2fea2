// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command quickstart shows the provider at work on a sandbox tenant: it applies examples/quickstart with a real CLI and
// checks that a second plan is empty. With -dev it keeps the tenant running for configurations of one's own instead.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
	"github.com/atlan-community/terraform-provider-atlan/internal/tools/tenant"
)

func main() {
	keep := flag.Bool("dev", false, "keep the sandbox tenant running until Ctrl-C")
	flag.Parse()

	run := quickstart
	if *keep {
		run = dev
	}
	if err := inRoot(run); err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
}

// inRoot gives run the repository's folder, and a context that ends when the user has had enough.
func inRoot(run func(ctx context.Context, root string) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	root, err := project.Root()
	if err != nil {
		return err
	}
	return run(ctx, root)
}

// step announces what comes next.
func step(format string, args ...any) {
	fmt.Printf("\n==> "+format+"\n", args...)
}

// freshDir is an empty folder in the repository's cache: nothing of an earlier run can show through.
func freshDir(root, name string) (string, error) {
	dir := filepath.Join(root, ".cache", name)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}

// startSandbox runs a new sandbox tenant, whose log goes to a file in dir.
func startSandbox(ctx context.Context, root, dir string) (*tenant.Tenant, error) {
	binary, err := tenant.Build(ctx, root, dir)
	if err != nil {
		return nil, err
	}
	return tenant.Start(ctx, binary, filepath.Join(dir, "sandbox.log"))
}
