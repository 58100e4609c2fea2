// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package cos stands in for Terraform's cos backend, which is left out.
package cos

import "github.com/hashicorp/terraform/internal/backend"

// New is never reached by tests and documentation, which use the local backend only.
func New() backend.Backend {
	panic("the cos backend is not built in")
}
