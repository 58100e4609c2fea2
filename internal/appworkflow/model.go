// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package appworkflow

import (
	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// model is the state of a workflow. It has nothing of its own: every input is given by its key.
type model struct {
	workflow.Common
}

// Shared implements workflow.Form.
func (m *model) Shared() *workflow.Common { return &m.Common }

// Fields implements workflow.Form.
func (m *model) Fields() []workflow.Field { return nil }

// Names implements workflow.Form.
func (m *model) Names() map[string]string { return nil }
