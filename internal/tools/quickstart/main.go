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
)

func main() {
	keep := flag.Bool("dev", false, "keep the sandbox tenant running until Ctrl-C")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	root, err := project.Root()
	if err == nil && *keep {
		err = dev(ctx, root)
	} else if err == nil {
		err = quickstart(ctx, root)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
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
