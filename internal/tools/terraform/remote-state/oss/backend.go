// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package oss stands in for Terraform's oss backend, which is left out.
package oss

import "github.com/hashicorp/terraform/internal/backend"

// New is never reached by tests and documentation, which use the local backend only.
func New() backend.Backend {
	panic("the oss backend is not built in")
}
