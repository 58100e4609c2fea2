// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import "testing"

func TestQuote(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/usr/bin/terraform":  `'/usr/bin/terraform'`,
		"/my files/terraform": `'/my files/terraform'`,
		"it's; rm -rf $HOME":  `'it'\''s; rm -rf $HOME'`,
		"":                    `''`,
	} {
		if got := quote(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}
