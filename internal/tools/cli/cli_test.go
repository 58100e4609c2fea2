// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		output string
		want   CLI
	}{
		"terraform": {
			output: "Terraform v1.11.4\non linux_amd64\n",
			want:   CLI{Path: "/bin/x", Product: Terraform, Version: "1.11.4"},
		},
		"opentofu called terraform, built from source": {
			output: "OpenTofu v1.12.6-dev\non linux_amd64\n",
			want:   CLI{Path: "/bin/x", Product: OpenTofu, Version: "1.12.6-dev"},
		},
		"after a warning": {
			output: "Warning: Unable to open CLI configuration file\n\nTerraform v1.15.8\non darwin_arm64\n",
			want:   CLI{Path: "/bin/x", Product: Terraform, Version: "1.15.8"},
		},
		"something else": {output: "Packer v1.11.0\n"},
		"nothing":        {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := parse("/bin/x", []byte(test.output))
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if failed := test.want == (CLI{}); failed != (err != nil) {
				t.Errorf("error: %v", err)
			}
		})
	}
}

func TestAtLeast(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{
		"1.10.9":       false,
		"1.11.0":       true,
		"1.11.0-beta1": true,
		"1.15.8-dev":   true,
		"0.15.0":       false,
		"2.0.0":        true,
		"":             false,
		"x.y.z":        false,
	} {
		if got := (CLI{Version: version}).atLeast(11); got != want {
			t.Errorf("%q: got %t, want %t", version, got, want)
		}
	}
}

func TestTestEnv(t *testing.T) {
	t.Parallel()
	got := CLI{Path: "/bin/terraform", Product: Terraform}.TestEnv()
	if want := []string{"TF_ACC_TERRAFORM_PATH=/bin/terraform"}; !slices.Equal(got, want) {
		t.Errorf("Terraform: got %q, want %q", got, want)
	}
	got = CLI{Path: "/bin/tofu", Product: OpenTofu}.TestEnv()
	want := []string{
		"TF_ACC_TERRAFORM_PATH=/bin/tofu",
		"TF_ACC_PROVIDER_NAMESPACE=hashicorp",
		"TF_ACC_PROVIDER_HOST=registry.opentofu.org",
	}
	if !slices.Equal(got, want) {
		t.Errorf("OpenTofu: got %q, want %q", got, want)
	}
}
