// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// machine is a Resolver of a machine that has the executables and no others. Names without a slash are on its PATH.
func machine(env string, executables map[string]CLI) Resolver {
	probe := func(_ context.Context, path string) (CLI, error) {
		found, exists := executables[path]
		if !exists {
			return CLI{}, fs.ErrNotExist
		}
		found.Path = path
		return found, nil
	}
	return Resolver{
		Root:   "/repository",
		Getenv: func(string) string { return env },
		LookPath: func(name string) (string, error) {
			if _, exists := executables[name]; !exists {
				return "", fs.ErrNotExist
			}
			return name, nil
		},
		Probe: probe,
		Build: func(_ context.Context, recipe Recipe) (string, error) {
			path := "/built/" + recipe.Binary
			executables[path] = CLI{Product: recipe.Product, Version: "1.99.0-dev"}
			return path, nil
		},
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	terraform := func(version string) CLI { return CLI{Product: Terraform, Version: version} }
	openTofu := func(version string) CLI { return CLI{Product: OpenTofu, Version: version} }

	for name, test := range map[string]struct {
		kind        Kind
		env         string
		executables map[string]CLI
		want        string // a path
		why         string // a part of the reason
	}{
		"the environment decides": {
			kind:        Any,
			env:         "/opt/terraform",
			executables: map[string]CLI{"/opt/terraform": terraform("1.12.0"), "terraform": terraform("1.11.0")},
			want:        "/opt/terraform",
			why:         "set by TF_ACC_TERRAFORM_PATH",
		},
		"a relative path counts from the repository": {
			kind:        Any,
			env:         "bin/tofu",
			executables: map[string]CLI{"/repository/bin/tofu": openTofu("1.11.0")},
			want:        "/repository/bin/tofu",
		},
		"terraform before tofu": {
			kind:        Any,
			executables: map[string]CLI{"terraform": terraform("1.11.0"), "tofu": openTofu("1.12.0")},
			want:        "terraform",
			why:         "terraform on PATH",
		},
		"tofu where terraform is too old": {
			kind:        Any,
			executables: map[string]CLI{"terraform": terraform("1.10.5"), "tofu": openTofu("1.11.0")},
			want:        "tofu",
		},
		"built where both are too old": {
			kind:        Any,
			executables: map[string]CLI{"terraform": terraform("1.5.7"), "tofu": openTofu("1.10.0")},
			want:        "/built/tofu",
			why:         "since terraform on PATH is Terraform 1.5.7 and tofu on PATH is OpenTofu 1.10.0",
		},
		"built where there is none": {
			kind:        Any,
			executables: map[string]CLI{},
			want:        "/built/tofu",
			why:         "since terraform is not on PATH and tofu is not on PATH",
		},
		"documentation does not follow the environment": {
			kind:        TerraformCurrent,
			env:         "/opt/terraform",
			executables: map[string]CLI{"/opt/terraform": terraform("1.14.0"), "terraform": terraform("1.14.1")},
			want:        "terraform",
		},
		"documentation needs 1.14": {
			kind:        TerraformCurrent,
			executables: map[string]CLI{"terraform": terraform("1.13.9")},
			want:        "/built/terraform",
		},
		"documentation needs Terraform, whatever the file is called": {
			kind:        TerraformCurrent,
			executables: map[string]CLI{"terraform": openTofu("1.14.0")},
			want:        "/built/terraform",
		},
		"the oldest that is supported": {
			kind:        TerraformOldest,
			executables: map[string]CLI{"terraform": terraform("1.11.4")},
			want:        "terraform",
		},
		"the oldest, by the environment": {
			kind:        TerraformOldest,
			env:         "/opt/terraform",
			executables: map[string]CLI{"/opt/terraform": terraform("1.11.0"), "terraform": terraform("1.15.0")},
			want:        "/opt/terraform",
		},
		"OpenTofu alone": {
			kind:        OpenTofuOnly,
			executables: map[string]CLI{"terraform": terraform("1.15.0"), "tofu": openTofu("1.12.6")},
			want:        "tofu",
		},
		"OpenTofu built": {
			kind:        OpenTofuOnly,
			executables: map[string]CLI{"terraform": terraform("1.15.0")},
			want:        "/built/tofu",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := machine(test.env, test.executables).Resolve(t.Context(), test.kind)
			if err != nil {
				t.Fatal(err)
			}
			if got.Path != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if !strings.Contains(got.Why, test.why) {
				t.Errorf("reason: got %q, want %q in it", got.Why, test.why)
			}
		})
	}
}

func TestResolveFails(t *testing.T) {
	t.Parallel()
	noBuild := errors.New("no network")

	for name, test := range map[string]struct {
		kind Kind
		env  string
		want string
	}{
		"the named executable is missing": {kind: Any, env: "/opt/none", want: "TF_ACC_TERRAFORM_PATH"},
		"the named executable is too old": {kind: Any, env: "/opt/old", want: "is Terraform 1.10.5; at least 1.11 is needed"},
		"nothing can be built":            {kind: OpenTofuOnly, want: "no network"},
		"the oldest cannot be built":      {kind: TerraformOldest, want: "no Terraform 1.11: terraform on PATH is Terraform 1.15.0"},
		"an unknown kind":                 {kind: "latest", want: `unknown kind "latest"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := machine(test.env, map[string]CLI{
				"/opt/old":  {Product: Terraform, Version: "1.10.5"},
				"terraform": {Product: Terraform, Version: "1.15.0"},
			})
			r.Build = func(context.Context, Recipe) (string, error) { return "", noBuild }
			got, err := r.Resolve(t.Context(), test.kind)
			if err == nil {
				t.Fatalf("got %s, want an error", got)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q, want %q in it", err, test.want)
			}
		})
	}
}
