// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command releasedry makes what a release would publish, publishes nothing, and checks it as those would who install it:
// archives, checksums, signature, bill of materials, and an installation by a CLI from a registry's layout.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := dryRun(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "release-dry:", err)
		os.Exit(1)
	}
}

func dryRun(ctx context.Context) error {
	root, err := project.Root()
	if err != nil {
		return err
	}
	if err := goreleaser(ctx, root, nil, "check"); err != nil {
		return err
	}
	key, err := newSigningKey(ctx)
	if err != nil {
		return err
	}
	defer key.remove(context.WithoutCancel(ctx))
	skip := "--skip=publish"
	if key == nil {
		fmt.Println("There is no gpg on the PATH: nothing is signed.")
		skip += ",sign"
	}
	if err := goreleaser(ctx, root, key.env(), "release", "--snapshot", "--clean", skip); err != nil {
		return err
	}
	r, err := readRelease(root)
	if err != nil {
		return err
	}
	if err := errors.Join(r.check()...); err != nil {
		return err
	}
	if err := key.verify(ctx, r); err != nil {
		return err
	}
	if err := install(ctx, r); err != nil {
		return err
	}
	fmt.Println()
	r.print(os.Stdout)
	return nil
}

// goreleaser runs the version that the module of the release tools pins.
func goreleaser(ctx context.Context, root string, env []string, args ...string) error {
	args = append([]string{"tool", "-modfile=internal/tools/release/go.mod", "goreleaser"}, args...)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = root, append(append(os.Environ(), "CGO_ENABLED=0"), env...) // the tool needs no C compiler either
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("goreleaser %s: %w", args[3], err)
	}
	return nil
}

// signingKey is a key that is thrown away after the dry run; nil where there is no gpg.
type signingKey struct{ home, fingerprint string }

// newSigningKey makes a key of the type that release keys have: registries take no others than RSA and DSA.
func newSigningKey(ctx context.Context) (*signingKey, error) {
	if path, _ := exec.LookPath("gpg"); path == "" {
		return nil, nil
	}
	home, err := os.MkdirTemp("", "gpg") // short: a socket will be in it
	if err != nil {
		return nil, err
	}
	key := &signingKey{home: home}
	_, err = key.gpg(ctx, "--passphrase=", "--quick-generate-key", "release-dry", "rsa2048", "sign", "1d")
	if err == nil {
		var listed []byte
		listed, err = key.gpg(ctx, "--list-secret-keys", "--with-colons")
		if found := regexp.MustCompile(`(?m)^fpr:+([0-9A-F]+):`).FindSubmatch(listed); found != nil {
			key.fingerprint = string(found[1])
			return key, nil
		}
	}
	key.remove(context.WithoutCancel(ctx))
	return nil, fmt.Errorf("making a key to sign with: %w", err)
}

func (k *signingKey) gpg(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "gpg", append([]string{"--batch", "--quiet", "--pinentry-mode=loopback"}, args...)...)
	cmd.Env = append(os.Environ(), "GNUPGHOME="+k.home)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("gpg: %w: %s", err, &stderr)
	}
	return out, nil
}

func (k *signingKey) env() []string {
	if k == nil {
		return nil
	}
	return []string{"GNUPGHOME=" + k.home, "GPG_FINGERPRINT=" + k.fingerprint}
}

func (k *signingKey) verify(ctx context.Context, r *release) error {
	if k == nil {
		return nil
	}
	sums := r.path(r.sumsName())
	_, err := k.gpg(ctx, "--verify", sums+".sig", sums)
	return err
}

// remove ends the agent that gpg has started, and deletes the key.
func (k *signingKey) remove(ctx context.Context) {
	if k == nil {
		return
	}
	cmd := exec.CommandContext(ctx, "gpgconf", "--kill", "all")
	cmd.Env = append(os.Environ(), "GNUPGHOME="+k.home)
	_ = errors.Join(cmd.Run(), os.RemoveAll(k.home)) // a key that signs nothing but this run
}

// install has a CLI install the archive of this platform, from a mirror that is laid out as registries name things.
func install(ctx context.Context, r *release) error {
	terraform, err := cli.Find(ctx, cli.Any)
	if err != nil {
		return err
	}
	fmt.Println("Installing with", terraform)
	dir, err := os.MkdirTemp("", "release-dry")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	archive := r.archiveName(runtime.GOOS + "_" + runtime.GOARCH)
	content, err := os.ReadFile(r.path(archive))
	if err != nil {
		return err
	}
	files := map[string][]byte{
		"terraform.rc": fmt.Appendf(nil, "provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(dir)),
		"work/main.tf": fmt.Appendf(nil, "terraform {\n  required_providers {\n    atlan = {\n      source  = \"atlan-community/atlan\"\n"+
			"      version = %q\n    }\n  }\n}\n\nresource \"atlan_api_token\" \"ci\" {\n  name = \"ci\"\n}\n", r.Version),
		"registry.terraform.io/atlan-community/atlan/" + archive: content,
		"registry.opentofu.org/atlan-community/atlan/" + archive: content,
	}
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, content, 0o600)); err != nil {
			return err
		}
	}
	for _, command := range []string{"init", "validate"} {
		cmd := exec.CommandContext(ctx, terraform.Path, command, "-no-color")
		cmd.Dir, cmd.Env = filepath.Join(dir, "work"), project.HermeticEnv("TF_CLI_CONFIG_FILE="+filepath.Join(dir, "terraform.rc"))
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s of the built archive: %w\n%s", command, err, out)
		}
	}
	return nil
}
