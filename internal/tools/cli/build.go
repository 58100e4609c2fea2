// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// Recipe is a Go module whose one purpose is to pin the version of a CLI and to build it.
type Recipe struct {
	Product Product
	Module  string // the module's folder in the repository
	Package string
	Binary  string
}

// OpenTofuRecipe is what the tests fall back to where no CLI is installed.
var OpenTofuRecipe = Recipe{
	Product: OpenTofu,
	Module:  "internal/tools/opentofu",
	Package: "github.com/opentofu/opentofu/cmd/tofu",
	Binary:  "tofu",
}

// TerraformRecipe is for documentation and tests only, never for a release: Terraform's licence does not allow that.
var TerraformRecipe = Recipe{
	Product: Terraform,
	Module:  "internal/tools/terraform",
	Package: "github.com/hashicorp/terraform",
	Binary:  "terraform",
}

// Build returns the path of the recipe's executable under root, and builds it first unless that has been done for
// exactly this recipe.
func (r Recipe) Build(ctx context.Context, root string) (string, error) {
	module := filepath.Join(root, filepath.FromSlash(r.Module))
	key, err := hashDir(module)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(root, ".cache", "tools", r.Binary+"-"+key)
	path := filepath.Join(dir, project.Executable(r.Binary))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}

	fmt.Fprintf(os.Stderr, "Building %s from %s: this takes some minutes, once.\n", r.Product, r.Module)
	// Built beside its place and then moved, so that an interrupted build is not taken for a finished one.
	part := fmt.Sprintf("%s.%d", path, os.Getpid())
	defer os.Remove(part)
	cmd := exec.CommandContext(ctx, "go", "build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", part, r.Package)
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("building %s: %w", r.Product, err)
	}
	if err := os.Rename(part, path); err != nil {
		return "", err
	}
	return path, nil
}

// hashDir is a short hash over the names and contents of all files below dir.
func hashDir(dir string) (string, error) {
	hash := sha256.New()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(hash, "%s %d\n%s", name, len(content), content)
		return nil
	})
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil))[:12], nil
}
