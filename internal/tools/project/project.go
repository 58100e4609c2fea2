// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package project knows the repository that the tools work on.
package project

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Root is the repository's top folder, found from the working directory, because "go -C" moves the tools into their
// own module.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		_, err := os.Stat(filepath.Join(dir, "GNUmakefile"))
		if err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("not inside the repository: no GNUmakefile in this folder or above it")
		}
		dir = parent
	}
}

// Executable adds the extension that the operating system gives to programs.
func Executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

// GoBuild builds the package pkg of the repository into the file out.
func GoBuild(ctx context.Context, root, out, pkg string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", out, pkg)
	cmd.Dir = root
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building %s: %w", pkg, err)
	}
	return nil
}

// HermeticEnv is this process's environment without what would point Terraform or the provider elsewhere, plus extra.
// Log settings stay: whoever sets them wants to see the logs.
func HermeticEnv(extra ...string) []string {
	env := slices.DeleteFunc(os.Environ(), func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return strings.HasPrefix(name, "ATLAN_") ||
			strings.HasPrefix(name, "TF_") && !strings.HasPrefix(name, "TF_LOG")
	})
	return append(append(env, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1"), extra...)
}

// DevOverrides is a CLI configuration that takes the provider from the folder dir, under each of the addresses.
func DevOverrides(dir string, addresses ...string) string {
	var b strings.Builder
	b.WriteString("provider_installation {\n  dev_overrides {\n")
	for _, address := range addresses {
		fmt.Fprintf(&b, "    %q = %q\n", address, filepath.ToSlash(dir))
	}
	b.WriteString("  }\n  direct {}\n}\n")
	return b.String()
}
