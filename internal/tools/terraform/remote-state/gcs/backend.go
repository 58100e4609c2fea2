// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package gcs stands in for Terraform's gcs backend, which is left out.
package gcs

import "github.com/hashicorp/terraform/internal/backend"

// New is never reached by tests and documentation, which use the local backend only.
func New() backend.Backend {
	panic("the gcs backend is not built in")
}
