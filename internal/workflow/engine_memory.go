// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// memoryKey is where the private state keeps a [memory].
const memoryKey = "workflow"

// memory is what the provider has to know of a workflow that the tenant does not show and nobody has configured. It holds
// no secret.
type memory struct {
	// Secret tells whether the secrets of the configuration are still those that were sent.
	Secret *secretHash `json:"secret,omitempty"`
	// Vaulted is the GUID of the credential that was made for this workflow, and may be changed with it. It is empty while
	// that is not known; Owns says that there is one.
	Vaulted string `json:"vaulted,omitempty"`
	Owns    bool   `json:"owns,omitempty"`
	// Trigger is the schedule's. Stale are triggers that are still to be removed.
	Trigger string   `json:"trigger,omitempty"`
	Stale   []string `json:"stale,omitempty"`
	// Unscheduled says that a schedule was lost on the way: the tenant may have one more than is known.
	Unscheduled bool `json:"unscheduled,omitempty"`
	// RunDue says that a run was to be started and was not.
	RunDue bool `json:"run_due,omitempty"`
	// Keys are the inputs' keys by the fields' names, as they were found on the tenant.
	Keys map[string]string `json:"keys,omitempty"`
	// Shown says that the tenant has shown the workflow at some time. It does not show those of packages that have never run:
	// that it does not show one then says nothing.
	Shown bool `json:"shown,omitempty"`
	// Seen says that the workflow was read after the last write: since then Hidden are the inputs that were sent and are not
	// shown, and Added those that are shown and were not configured.
	Seen   bool     `json:"seen,omitempty"`
	Hidden []string `json:"hidden,omitempty"`
	Added  []string `json:"added,omitempty"`
}

func readMemory(ctx context.Context, private tfx.PrivateReader) (*memory, diag.Diagnostics) {
	var m memory
	encoded, diags := private.GetKey(ctx, memoryKey)
	if encoded == nil {
		return &m, diags
	}
	if json.Unmarshal(encoded, &m) != nil {
		return &memory{}, diags // what cannot be read is as good as forgotten
	}
	return &m, diags
}

func (m *memory) store(ctx context.Context, private tfx.PrivateWriter) diag.Diagnostics {
	encoded, _ := json.Marshal(m) // texts and lists can always be encoded
	return private.SetKey(ctx, memoryKey, encoded)
}

// see compares what was sent with what is shown. configured are the keys that attributes of the configuration stand for.
// What the tenant shows in another way than it was sent is as good as hidden.
func (m *memory) see(configured map[string]bool, sent, shown map[string]any) {
	m.Seen, m.Hidden, m.Added = true, nil, nil
	for _, key := range slices.Sorted(maps.Keys(configured)) {
		if now, there := shown[key]; !there || sent != nil && !atlan.SameInput(sent[key], now) {
			m.Hidden = append(m.Hidden, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(shown)) {
		if !configured[key] {
			m.Added = append(m.Added, key)
		}
	}
}
