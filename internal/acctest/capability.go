// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Capability is something that not every supported CLI can do. Its fields but the name are the minor version 1.x that
// brought it, 0 where none has it.
type Capability struct {
	Name                string
	terraform, opentofu int
}

// What CLIs differ in. "make test-matrix" counts the tests of each by the texts that [Need] writes.
var (
	ImportByIdentity     = Capability{Name: "import by identity", terraform: 12, opentofu: 12}
	Query                = Capability{Name: "list resources (terraform query)", terraform: 14}
	Actions              = Capability{Name: "actions", terraform: 14}
	MoveBetweenProviders = Capability{Name: "moved blocks between providers", terraform: 8, opentofu: 10}
	MockTests            = Capability{Name: "terraform test with a mocked provider", terraform: 7, opentofu: 8}
)

// Need skips the test, and says why, where the CLI of this run lacks the capability.
func Need(t *testing.T, capability Capability) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs a real Terraform CLI, as make test does, only with TF_ACC set")
	}
	cli, err := currentCLI()
	if err != nil {
		t.Fatal(err)
	}
	if !cli.has(capability) {
		t.Skipf("needs %s, which %s lacks", capability.Name, cli)
	}
	t.Logf("uses %s", capability.Name)
}

// CLI is the executable that acceptance tests run.
func CLI() string { return cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform") }

// cli is what the executable says that it is.
type cli struct {
	product, version string
	minor            int
}

func (c cli) String() string { return c.product + " " + c.version }

func (c cli) has(capability Capability) bool {
	since := capability.terraform
	if c.product == "OpenTofu" {
		since = capability.opentofu
	}
	return since > 0 && c.minor >= since
}

var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(1\.(\d+)\.\d\S*)`)

var currentCLI = sync.OnceValues(func() (cli, error) {
	out, err := exec.Command(CLI(), "version").Output() //nolint:gosec // whoever runs the tests chooses the CLI
	if err != nil {
		return cli{}, fmt.Errorf("%s version: %w", CLI(), err)
	}
	found := versionLine.FindStringSubmatch(string(out))
	if found == nil {
		return cli{}, fmt.Errorf("%s is neither Terraform 1 nor OpenTofu 1: %s", CLI(), strings.TrimSpace(string(out)))
	}
	minor, err := strconv.Atoi(found[3])
	return cli{product: found[1], version: found[2], minor: minor}, err
})

// IsOpenTofu tells whether the CLI of this run is OpenTofu.
func IsOpenTofu() bool {
	cli, err := currentCLI()
	return err == nil && cli.product == "OpenTofu"
}
