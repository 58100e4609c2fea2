// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
	"github.com/atlan-community/terraform-provider-atlan/internal/tools/tenant"
)

//go:embed configurations
var configurations embed.FS

// column is something that is measured.
type column struct {
	name   string
	source string // of the provider; none for what is built into Terraform
	path   string // of the provider's executable, which is a wrapper
	peer   bool
}

const (
	floor = "terraform_data"
	ours  = "atlan"
	timer = "hashicorp/time"
)

var peerColumns = map[string]column{
	"restapi": {name: "restapi", source: "Mastercard/restapi", peer: true},
	"restful": {name: "restful", source: "magodo/restful", peer: true},
}

// build makes everything that is measured, each the way releases are made.
func (b *bench) build(ctx context.Context, root string) error {
	b.log("building")
	b.columns = []column{{name: floor}, {name: ours, source: "atlan-community/atlan"}}
	directories := map[string]string{ours: root}
	for _, name := range slices.Sorted(keys(b.peers)) {
		b.columns = append(b.columns, peerColumns[name])
		directories[name] = b.peers[name]
	}
	bin := filepath.Join(b.dir, "bin")
	b.plain = map[string]string{timer: filepath.Join(bin, project.Executable("terraform-provider-time")) + wrappedSuffix}
	err := goBuild(ctx, filepath.Join(root, "internal", "tools", "bench", "time"), b.plain[timer], "github.com/hashicorp/terraform-provider-time")
	if err == nil {
		err = copySelf(strings.TrimSuffix(b.plain[timer], wrappedSuffix))
	}
	if err != nil {
		return err
	}
	var addresses []string
	for i := range b.columns {
		c := &b.columns[i]
		if c.source == "" {
			continue
		}
		c.path = filepath.Join(bin, project.Executable("terraform-provider-"+c.name))
		b.plain[c.name] = c.path + wrappedSuffix
		if err := goBuild(ctx, directories[c.name], b.plain[c.name], "."); err != nil {
			return err
		}
		if err := copySelf(c.path); err != nil {
			return err
		}
		addresses = append(addresses, c.source, "registry.terraform.io/"+c.source, "registry.opentofu.org/"+c.source)
	}
	b.config = filepath.Join(b.dir, "terraform.rc")
	if err := os.WriteFile(b.config, []byte(project.DevOverrides(bin, addresses...)), 0o600); err != nil {
		return err
	}
	b.sandbox, err = tenant.Build(ctx, root, bin)
	return err
}

func goBuild(ctx context.Context, dir, out, pkg string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", out, pkg)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building %s in %s: %w", pkg, dir, err)
	}
	return nil
}

func copySelf(to string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	content, err := os.ReadFile(self)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o700)
}

// prepare makes the folder that a column's commands run in.
func (b *bench) prepare(c column) error {
	work := b.work(c)
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := os.MkdirAll(work, 0o755); err != nil {
		return err
	}
	for name, from := range map[string]string{"variables.tf": "configurations/variables.tf", "main.tf": "configurations/" + c.name + "/main.tf"} {
		content, err := fs.ReadFile(configurations, from)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(work, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) work(c column) string { return filepath.Join(b.dir, "work-"+c.name) }

var errNotEmpty = errors.New("the plan is not empty")
