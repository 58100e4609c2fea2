// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command terraformcli prints the path of the Terraform or OpenTofu executable to use, and builds one from its Go
// module where none is installed. On standard error it says which one and why.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
)

func main() {
	kind := flag.String("kind", string(cli.Any), "any, terraform-current or opentofu")
	env := flag.Bool("env", false, "print the environment for acceptance tests, as NAME='value' lines for a shell, instead of the path")
	flag.Parse()

	if err := run(cli.Kind(*kind), *env); err != nil {
		fmt.Fprintln(os.Stderr, "terraformcli:", err)
		os.Exit(1)
	}
}

func run(kind cli.Kind, env bool) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	found, err := cli.Find(ctx, kind)
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, found)
	if !env {
		fmt.Println(found.Path)
		return nil
	}
	for _, kv := range found.TestEnv() {
		name, value, _ := strings.Cut(kv, "=")
		fmt.Printf("%s=%s\n", name, quote(value))
	}
	return nil
}

// quote makes one word of a POSIX shell.
func quote(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
