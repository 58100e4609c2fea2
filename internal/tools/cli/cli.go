// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package cli finds the Terraform or OpenTofu executable that tests and documentation are made with.
package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// Product is the program that an executable turns out to be, whatever its file is called.
type Product string

// The products that run providers.
const (
	Terraform Product = "Terraform"
	OpenTofu  Product = "OpenTofu"
)

// CLI is an executable that runs providers.
type CLI struct {
	Path    string
	Product Product
	Version string
	// Why says how the executable was found.
	Why string
}

// String is one line for people.
func (c CLI) String() string {
	return fmt.Sprintf("%s %s, %s (%s)", c.Product, c.Version, c.Path, c.Why)
}

// TestEnv is the environment that makes terraform-plugin-testing use the executable.
func (c CLI) TestEnv() []string {
	env := []string{"TF_ACC_TERRAFORM_PATH=" + c.Path}
	if c.Product == OpenTofu {
		// The test framework's default namespace, "-", is one that OpenTofu refuses.
		env = append(env, "TF_ACC_PROVIDER_NAMESPACE=hashicorp", "TF_ACC_PROVIDER_HOST=registry.opentofu.org")
	}
	return env
}

// atLeast reports whether the version is major 1 with that minor, or later. A pre-release counts as its release.
func (c CLI) atLeast(minor int) bool {
	parts := strings.SplitN(c.Version, ".", 3)
	if len(parts) < 3 {
		return false
	}
	gotMajor, err := strconv.Atoi(parts[0])
	if err != nil {
		return false
	}
	gotMinor, err := strconv.Atoi(parts[1])
	if err != nil {
		return false
	}
	return gotMajor > 1 || gotMajor == 1 && gotMinor >= minor
}

// Probe asks the executable what it is.
func Probe(ctx context.Context, path string) (CLI, error) {
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = project.HermeticEnv()
	cmd.Stderr = os.Stderr
	output, err := cmd.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", path, err)
	}
	return parse(path, output)
}

// The text form is read, not the JSON form, because only the text names the product.
var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\d+\.\d+\.\d\S*)`)

// parse understands the output of the version command, which may begin with warnings.
func parse(path string, output []byte) (CLI, error) {
	found := versionLine.FindSubmatch(output)
	if found == nil {
		return CLI{}, fmt.Errorf("%s version: neither Terraform nor OpenTofu", path)
	}
	return CLI{Path: path, Product: Product(found[1]), Version: string(found[2])}, nil
}
