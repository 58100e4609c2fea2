// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

// lostKey is where the private state remembers a creation of unknown outcome.
const lostKey = "lost_creation"

// searchLag is how long an object that was made may stay unknown to the search index: usually seconds, but the tests of
// Atlan's metastore wait for up to two minutes.
const searchLag = 2 * time.Minute

// PrivateReader is the part of a private state that reads it.
type PrivateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateWriter is the part of a private state that writes it.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Lost is a creation of unknown outcome, as the private state remembers it.
type Lost struct {
	atlan.LostCreation
	// GaveUp is when the creation was given up, by the tenant's clock.
	GaveUp time.Time `json:"gave_up"`
}

// MayFollow tells whether the object that is looked for through the search index, and is not found, may still turn up.
func (l *Lost) MayFollow(now time.Time) bool { return now.Before(l.GaveUp.Add(searchLag)) }

// KeepLost remembers a creation in the private state if its outcome is unknown, and returns what is known; nil if err
// says nothing of the kind. The caller stores what is planned as the state, with the id if there is one: the error that
// goes with it makes the resource tainted, so that the next apply finds what was made, deletes it, and creates anew.
func KeepLost(ctx context.Context, private PrivateWriter, now time.Time, err error) (*atlan.AmbiguousError, diag.Diagnostics) {
	ambiguous, ok := errors.AsType[*atlan.AmbiguousError](err)
	if !ok {
		return nil, nil
	}
	encoded, _ := json.Marshal(Lost{LostCreation: ambiguous.Lost, GaveUp: now}) // texts and times can always be encoded
	return ambiguous, private.SetKey(ctx, lostKey, encoded)
}

// LostCreation returns the creation that the private state remembers; nil when it remembers none.
func LostCreation(ctx context.Context, private PrivateReader) (*Lost, error) {
	encoded, diags := private.GetKey(ctx, lostKey)
	if diags.HasError() || encoded == nil {
		return nil, nil
	}
	var lost Lost
	if err := json.Unmarshal(encoded, &lost); err != nil {
		return nil, fmt.Errorf("reading what the state remembers of an interrupted creation: %w", err)
	}
	return &lost, nil
}
