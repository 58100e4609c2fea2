// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// version is what the provider as built now is installed as. (0.0.0 would mean "no version" to the CLI.)
const version = "0.0.1"

const whatNext = `
The second plan was empty: the tenant is what the configuration says. What to try next:

  make dev                          a sandbox tenant that stays, for your own configurations
  examples/quickstart/main.tf       change it and run "make quickstart" again
  examples/, docs/                  an example and a page for every object
  make test                         the whole test suite, on the same CLI
`

// quickstart installs the provider as a user would, from a mirror, because development overrides print a warning with
// every command.
func quickstart(ctx context.Context, root string) error {
	dir, err := freshDir(root, "quickstart")
	if err != nil {
		return err
	}
	step("Looking for a CLI")
	terraform, err := cli.Find(ctx, cli.Any)
	if err != nil {
		return err
	}
	fmt.Println(terraform)

	step("Building the provider and the sandbox tenant")
	config, err := installProvider(ctx, root, dir)
	if err != nil {
		return err
	}
	work := filepath.Join(dir, "work")
	if err := copyConfiguration(filepath.Join(root, "examples", "quickstart"), work); err != nil {
		return err
	}
	sandbox, err := startSandbox(ctx, root, dir)
	if err != nil {
		return err
	}
	defer sandbox.Stop()
	step("A sandbox tenant runs at %s", sandbox.BaseURL)

	c := commands{
		cli: terraform.Path,
		dir: work,
		env: project.HermeticEnv(append(sandbox.Env(), "TF_CLI_CONFIG_FILE="+config)...),
	}
	if err := c.quietly(ctx, "init", "-input=false"); err != nil {
		return err
	}
	if err := c.run(ctx, "apply", "-input=false", "-auto-approve"); err != nil {
		return err
	}
	if err := c.run(ctx, "plan", "-input=false", "-detailed-exitcode"); err != nil {
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 2 {
			return errors.New("the second plan is not empty")
		}
		return err
	}
	fmt.Print(whatNext)
	return nil
}

// installProvider builds the provider into a mirror under dir and returns the CLI configuration that installs from it.
func installProvider(ctx context.Context, root, dir string) (config string, err error) {
	mirror := filepath.Join(dir, "mirror")
	binary := filepath.Join(mirror, "registry.terraform.io", "atlan-community", "atlan", version,
		runtime.GOOS+"_"+runtime.GOARCH, project.Executable("terraform-provider-atlan_v"+version))
	if err := project.GoBuild(ctx, root, binary, "."); err != nil {
		return "", err
	}
	// OpenTofu looks for the same provider under its own registry.
	err = os.CopyFS(filepath.Join(mirror, "registry.opentofu.org"), os.DirFS(filepath.Join(mirror, "registry.terraform.io")))
	if err != nil {
		return "", err
	}
	config = filepath.Join(dir, "terraform.rc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(mirror))
	return config, os.WriteFile(config, []byte(text), 0o600)
}

// copyConfiguration copies a folder's configuration files and nothing else, so that the state and the lock file of
// whoever has worked in that folder stay theirs.
func copyConfiguration(from, to string) error {
	files, err := filepath.Glob(filepath.Join(from, "*.tf"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no configuration in %s", from)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// commands runs one CLI in one folder.
type commands struct {
	cli string
	dir string
	env []string
}

// run shows the command and all that it prints.
func (c commands) run(ctx context.Context, args ...string) error {
	cmd := c.announce(ctx, args)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return c.wait(ctx, cmd)
}

// quietly shows the command, and what it prints only if it fails.
func (c commands) quietly(ctx context.Context, args ...string) error {
	cmd := c.announce(ctx, args)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	err := c.wait(ctx, cmd)
	if err != nil {
		_, _ = output.WriteTo(os.Stderr)
	}
	return err
}

func (c commands) announce(ctx context.Context, args []string) *exec.Cmd {
	step("%s %s", filepath.Base(c.cli), strings.Join(args, " "))
	if !terminal(os.Stdout) {
		args = append(args, "-no-color")
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), c.cli, args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	return cmd
}

// terminal reports whether somebody is looking. The CLI does not ask itself before it colours its output.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// wait runs the command to its end, whatever happens to ctx: the terminal sends Ctrl-C to the CLI as well, which then
// finishes in order, and a second signal from here would make it give up half-way.
func (c commands) wait(ctx context.Context, cmd *exec.Cmd) error {
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", cmd.Args[1], err)
	}
	return ctx.Err()
}
