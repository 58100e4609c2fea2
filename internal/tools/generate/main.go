// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command generate makes what is generated and committed: the documentation, the format of the examples, and the
// provider schema's golden file, and the mock data for tests of modules. It needs no network once the tools are built.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	root, err := project.Root()
	if err != nil {
		return err
	}
	// An older CLI leaves actions and list resources out of the schema, and so out of the documentation.
	terraform, err := cli.Find(ctx, cli.TerraformCurrent)
	if err != nil {
		return err
	}
	fmt.Println("Generating with", terraform)

	// The examples come first: the documentation quotes them.
	if err := run(ctx, root, terraform.Path, "fmt", "-recursive", "examples"); err != nil {
		return err
	}
	schema, err := providerSchema(ctx, root, terraform.Path)
	if err != nil {
		return err
	}
	err = run(ctx, root, "go", "tool", "-modfile=internal/tools/docs/go.mod", "tfplugindocs", "generate",
		"--provider-name", "atlan", "--rendered-provider-name", "Atlan", "--providers-schema", schema)
	if err != nil {
		return err
	}
	return run(ctx, root, "go", "test", "./internal/provider", "-run", "^Test(SchemaGolden|ReplacingGolden|Mocks)$", "-count=1", "-update")
}

// providerSchema builds the provider and writes its schema, as the CLI prints it, to a file whose path it returns.
func providerSchema(ctx context.Context, root, terraform string) (string, error) {
	dir := filepath.Join(root, ".cache", "docs")
	work := filepath.Join(dir, "work")
	if err := os.MkdirAll(work, 0o755); err != nil {
		return "", err
	}
	binary := filepath.Join(dir, project.Executable("terraform-provider-atlan"))
	if err := project.GoBuild(ctx, root, binary, "."); err != nil {
		return "", err
	}
	// tfplugindocs looks for the provider under this address only, which is also what a configuration without
	// required_providers means by "atlan".
	config := filepath.Join(dir, "terraform.rc")
	if err := os.WriteFile(config, []byte(project.DevOverrides(dir, "hashicorp/atlan")), 0o600); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(work, "main.tf"), []byte("provider \"atlan\" {}\n"), 0o600); err != nil {
		return "", err
	}

	cmd := exec.CommandContext(ctx, terraform, "providers", "schema", "-json")
	cmd.Dir = work
	cmd.Env = project.HermeticEnv("TF_CLI_CONFIG_FILE=" + config)
	cmd.Stderr = os.Stderr
	schema, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("terraform providers schema: %w", err)
	}
	path := filepath.Join(dir, "schema.json")
	return path, os.WriteFile(path, schema, 0o600)
}

// run runs a command in dir and shows what it prints.
func run(ctx context.Context, dir, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = project.HermeticEnv()
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", filepath.Base(name), args[0], err)
	}
	return nil
}
