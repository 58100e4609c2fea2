// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

const redacted = "***"

// webToken is the shape of Atlan's tokens, keys and bearers alike, cut off ones too.
var webToken = regexp.MustCompile(`eyJ[\w-]{8,}(\.[\w-]*)*`)

// redactor masks the secrets that this client has held, and whatever is shaped like a token, in a text that is about to
// leave it. It is the second line of defence: nothing that holds a secret is logged or quoted in the first place, but a
// gateway may echo a request in its error, or an answer, with a token that the client has not seen.
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
	return webToken.ReplaceAllLiteralString(text, redacted)
}
