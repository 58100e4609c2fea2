// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"slices"
	"strings"
	"sync"
)

const redacted = "***"

// redactor masks the secrets that this client has held in whatever text is about to leave it. It is the second line of
// defence: nothing that holds a secret is logged or quoted in the first place, but a gateway may echo a request.
type redactor struct {
	mu      sync.RWMutex
	secrets []string
}

func newRedactor(secrets ...string) *redactor {
	r := &redactor{}
	for _, secret := range secrets {
		r.add(secret)
	}
	return r
}

// add makes the redactor know a secret. Short values are left out: they would mask ordinary words.
func (r *redactor) add(secret string) {
	if len(secret) < 8 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.secrets, secret) {
		r.secrets = append(r.secrets, secret)
	}
}

func (r *redactor) redact(text string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, secret := range r.secrets {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	return text
}
