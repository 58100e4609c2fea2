// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCopyConfiguration(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "work")
	for _, name := range []string{"main.tf", "outputs.tf", "terraform.tfstate", ".terraform.lock.hcl"} {
		if err := os.WriteFile(filepath.Join(from, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := copyConfiguration(from, to); err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	if len(copied) != 2 || copied[0].Name() != "main.tf" || copied[1].Name() != "outputs.tf" {
		t.Errorf("copied: %v", copied)
	}

	if err := copyConfiguration(t.TempDir(), to); err == nil {
		t.Error("no error for a folder without a configuration")
	}
}
