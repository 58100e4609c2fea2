// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// PathEnv names the executable to use, before anything else is looked for. terraform-plugin-testing reads it too.
const PathEnv = "TF_ACC_TERRAFORM_PATH"

// minor is the oldest 1.x that the provider supports, in Terraform and in OpenTofu: write-only attributes begin there.
const minor = 11

// Kind is a need for a CLI.
type Kind string

// The kinds of need.
const (
	// Any supported CLI, for tests.
	Any Kind = "any"
	// TerraformCurrent knows list resources and actions, which documentation needs; OpenTofu does not.
	TerraformCurrent Kind = "terraform-current"
	// TerraformOldest is the oldest that is supported, for the tests that show what works where.
	TerraformOldest Kind = "terraform-oldest"
	// OpenTofuOnly is for the tests that show that OpenTofu works too.
	OpenTofuOnly Kind = "opentofu"
)

// need says what answers a Kind.
type need struct {
	pinnable   bool // PathEnv decides
	candidates []candidate
	fallback   Recipe
}

// candidate is a name to look for on PATH.
type candidate struct {
	name     string
	products []Product
	minor    int
	before   int // the first minor that will not do, unless 0
}

var needs = map[Kind]need{
	Any: {
		pinnable: true,
		candidates: []candidate{
			{name: "terraform", products: []Product{Terraform, OpenTofu}, minor: minor},
			{name: "tofu", products: []Product{OpenTofu}, minor: minor},
		},
		fallback: OpenTofuRecipe,
	},
	TerraformCurrent: {
		candidates: []candidate{{name: "terraform", products: []Product{Terraform}, minor: 14}},
		fallback:   TerraformRecipe,
	},
	TerraformOldest: {
		pinnable:   true,
		candidates: []candidate{{name: "terraform", products: []Product{Terraform}, minor: minor, before: minor + 1}},
	},
	OpenTofuOnly: {
		candidates: []candidate{{name: "tofu", products: []Product{OpenTofu}, minor: minor}},
		fallback:   OpenTofuRecipe,
	},
}

// Resolver finds executables. Its fields are the outside world, so that tests can put another in its place.
type Resolver struct {
	Root     string
	Getenv   func(string) string
	LookPath func(string) (string, error)
	Probe    func(context.Context, string) (CLI, error)
	Build    func(context.Context, Recipe) (string, error)
}

// Find finds an executable of the kind on this machine.
func Find(ctx context.Context, kind Kind) (CLI, error) {
	root, err := project.Root()
	if err != nil {
		return CLI{}, err
	}
	r := Resolver{
		Root:     root,
		Getenv:   os.Getenv,
		LookPath: exec.LookPath,
		Probe:    Probe,
		Build:    func(ctx context.Context, recipe Recipe) (string, error) { return recipe.Build(ctx, root) },
	}
	return r.Resolve(ctx, kind)
}

// Resolve finds an executable of the kind, and builds one if there is none.
func (r Resolver) Resolve(ctx context.Context, kind Kind) (CLI, error) {
	n, known := needs[kind]
	if !known {
		return CLI{}, fmt.Errorf("unknown kind %q: use %s, %s, %s or %s", kind, Any, TerraformCurrent, TerraformOldest, OpenTofuOnly)
	}
	if path := r.Getenv(PathEnv); n.pinnable && path != "" {
		return r.pinned(ctx, path)
	}
	var misses []string
	for _, c := range n.candidates {
		found, miss := r.onPath(ctx, c)
		if miss == "" {
			return found, nil
		}
		misses = append(misses, miss)
	}
	if n.fallback.Module == "" {
		return CLI{}, fmt.Errorf("no Terraform 1.%d: %s, and %s is not set", minor, strings.Join(misses, " and "), PathEnv)
	}
	path, err := r.Build(ctx, n.fallback)
	if err != nil {
		return CLI{}, err
	}
	built, err := r.Probe(ctx, path)
	if err != nil {
		return CLI{}, err
	}
	built.Why = fmt.Sprintf("built from %s, since %s", n.fallback.Module, strings.Join(misses, " and "))
	return built, nil
}

// pinned takes what PathEnv names or fails: whoever set it wants this executable and no other.
func (r Resolver) pinned(ctx context.Context, path string) (CLI, error) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(r.Root, path)
	}
	found, err := r.Probe(ctx, path)
	if err != nil {
		return CLI{}, fmt.Errorf("%s: %w", PathEnv, err)
	}
	if !found.atLeast(minor) {
		return CLI{}, fmt.Errorf("%s: %s is %s %s; at least 1.%d is needed", PathEnv, path, found.Product, found.Version, minor)
	}
	found.Why = "set by " + PathEnv
	return found, nil
}

// onPath looks for the candidate and says in a few words why it will not do.
func (r Resolver) onPath(ctx context.Context, c candidate) (found CLI, miss string) {
	path, err := r.LookPath(c.name)
	if err != nil {
		return CLI{}, c.name + " is not on PATH"
	}
	found, err = r.Probe(ctx, path)
	if err != nil {
		return CLI{}, fmt.Sprintf("%s on PATH does not run (%v)", c.name, err)
	}
	for _, product := range c.products {
		if found.Product == product && found.atLeast(c.minor) && (c.before == 0 || !found.atLeast(c.before)) {
			found.Why = c.name + " on PATH"
			return found, ""
		}
	}
	return CLI{}, fmt.Sprintf("%s on PATH is %s %s", c.name, found.Product, found.Version)
}
