// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// dev runs a sandbox tenant until Ctrl-C and prints what a shell needs to use it with the provider as built now.
// Development overrides, unlike an installed provider, need no init and accept any version constraint.
func dev(ctx context.Context, root string) error {
	dir, err := freshDir(root, "dev")
	if err != nil {
		return err
	}
	step("Building the provider and the sandbox tenant")
	binary := filepath.Join(dir, project.Executable("terraform-provider-atlan"))
	if err := project.GoBuild(ctx, root, binary, "."); err != nil {
		return err
	}
	config := filepath.Join(dir, "terraform.rc")
	overrides := project.DevOverrides(dir,
		"atlan-community/atlan", "registry.terraform.io/atlan-community/atlan", "registry.opentofu.org/atlan-community/atlan")
	if err := os.WriteFile(config, []byte(overrides), 0o600); err != nil {
		return err
	}
	sandbox, err := startSandbox(ctx, root, dir)
	if err != nil {
		return err
	}
	defer sandbox.Stop()

	step("A sandbox tenant runs at %s. In another shell:", sandbox.BaseURL)
	fmt.Println()
	fmt.Printf("export TF_CLI_CONFIG_FILE='%s'\n", config)
	for _, kv := range sandbox.Env() {
		fmt.Println("export", kv)
	}
	fmt.Println("\nThen run terraform (or tofu) plan and apply in any configuration, without init.")
	fmt.Printf("To watch the tenant and its requests, open %s/ in a browser.\n", sandbox.BaseURL)
	fmt.Println("To rebuild the provider while this runs: go build -o .cache/dev/ .")
	fmt.Println("Ctrl-C stops the tenant; nothing in it is kept.")

	select {
	case <-ctx.Done():
		return nil
	case <-sandbox.Exited:
		if ctx.Err() != nil { // Ctrl-C reaches the tenant as well, and it may be the first to end.
			return nil
		}
		return errors.New("the sandbox tenant ended by itself: see .cache/dev/sandbox.log")
	}
}
