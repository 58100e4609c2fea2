// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package pg stands in for Terraform's pg backend, which is left out.
package pg

import "github.com/hashicorp/terraform/internal/backend"

// New is never reached by tests and documentation, which use the local backend only.
func New() backend.Backend {
	panic("the pg backend is not built in")
}
