// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"strings"
	"testing"
)

func TestServiceAccountUsername(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"apikey-4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001":                 "service-account-apikey-4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001",
		"service-account-apikey-4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001": "service-account-apikey-4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001",
		"oauth-client-1a2b": "service-account-oauth-client-1a2b",
	} {
		if got, err := serviceAccountUsername(text); err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                       `"" is neither`,
		"jsmith":                 `"jsmith" is neither`,
		"apikey-":                `"apikey-" is neither`,
		"apikey-a b":             `"apikey-a b" is neither`,
		"APIKEY-1":               `"APIKEY-1" is neither`,
		"service-account-":       `"service-account-" is neither`,
		"service-account-jsmith": `"service-account-jsmith" is neither`,
		"service-account-service-account-apikey-1": `is neither`,
		"4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001":     "is a GUID",
	} {
		if got, err := serviceAccountUsername(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %q, %v; want an error with %q", text, got, err, want)
		}
	}
	for _, secret := range []string{"eyJhbGciOiJSUzI1NiJ9.canary.signature", strings.Repeat("canary", 30)} {
		if got, err := serviceAccountUsername(secret); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("a value that may be a secret: got %q, %v", got, err)
		}
	}
}
