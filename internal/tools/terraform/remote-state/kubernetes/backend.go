// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package kubernetes stands in for Terraform's kubernetes backend, which is left out.
package kubernetes

import "github.com/hashicorp/terraform/internal/backend"

// New is never reached by tests and documentation, which use the local backend only.
func New() backend.Backend {
	panic("the kubernetes backend is not built in")
}
