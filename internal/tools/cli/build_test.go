// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// recipe is of a module that needs nothing else and builds at once.
func recipe(t *testing.T) (r Recipe, root string) {
	t.Helper()
	root = t.TempDir()
	write(t, filepath.Join(root, "hello", "go.mod"), "module example.com/hello\n\ngo 1.26.0\n")
	write(t, filepath.Join(root, "hello", "main.go"), "package main\n\nfunc main() {}\n")
	return Recipe{Product: OpenTofu, Module: "hello", Package: "example.com/hello", Binary: "hello"}, root
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestBuildOnce(t *testing.T) {
	t.Parallel()
	r, root := recipe(t)
	path, err := r.Build(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode()&0o100 == 0 {
		t.Fatalf("not an executable: %v", err)
	}

	// A second build would put the program back in the place of this.
	write(t, path, "kept")
	again, err := r.Build(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(again); err != nil || string(content) != "kept" {
		t.Errorf("built again: %v", err)
	}

	write(t, filepath.Join(root, "hello", "version.go"), "package main\n\nconst version = 2\n")
	changed, err := r.Build(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if changed == path {
		t.Error("not built again after a change of the module")
	}
}

func TestBuildLeavesNothingHalfDone(t *testing.T) {
	t.Parallel()
	r, root := recipe(t)
	write(t, filepath.Join(root, "hello", "main.go"), "package main\n")
	if path, err := r.Build(t.Context(), root); err == nil {
		t.Fatalf("built %s from a program without a main function", path)
	}
	files, err := filepath.Glob(filepath.Join(root, ".cache", "tools", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 0 {
		t.Errorf("left behind: %q", files)
	}
}
