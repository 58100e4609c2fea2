// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package project

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestRoot(t *testing.T) {
	t.Parallel()
	root, err := Root()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "internal", "tools", "project", "project_test.go")); err != nil {
		t.Error(err)
	}
}

func TestHermeticEnv(t *testing.T) {
	t.Setenv("ATLAN_API_KEY", "somebody's")
	t.Setenv("TF_CLI_CONFIG_FILE", "somebody's")
	t.Setenv("TF_VAR_name", "somebody's")
	t.Setenv("TF_LOG", "DEBUG")
	env := HermeticEnv("ATLAN_API_KEY=ours")

	for _, want := range []string{"TF_LOG=DEBUG", "ATLAN_API_KEY=ours", "CHECKPOINT_DISABLE=1", "PATH=" + os.Getenv("PATH")} {
		if !slices.Contains(env, want) {
			t.Errorf("missing: %s", want)
		}
	}
	for _, leak := range []string{"ATLAN_API_KEY=somebody's", "TF_CLI_CONFIG_FILE=somebody's", "TF_VAR_name=somebody's"} {
		if slices.Contains(env, leak) {
			t.Errorf("leaked: %s", leak)
		}
	}
}

func TestDevOverrides(t *testing.T) {
	t.Parallel()
	want := `provider_installation {
  dev_overrides {
    "hashicorp/atlan" = "/build"
    "atlan-community/atlan" = "/build"
  }
  direct {}
}
`
	if got := DevOverrides("/build", "hashicorp/atlan", "atlan-community/atlan"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
