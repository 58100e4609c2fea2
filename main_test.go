// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import "testing"

func TestLoggingAskedFor(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		environment []string
		want        bool
	}{
		"nothing":        {[]string{"HOME=/home/me"}, false},
		"a path alone":   {[]string{"TF_LOG_PATH=trace.log"}, false},
		"an empty value": {[]string{"TF_LOG="}, false},
		"everything":     {[]string{"TF_LOG=TRACE"}, true},
		"providers":      {[]string{"TF_LOG_PROVIDER=DEBUG"}, true},
		"the SDK's part": {[]string{"TF_LOG_SDK_PROTO=TRACE"}, true},
	} {
		if got := loggingAskedFor(test.environment); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestBallast(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"": true, "GOGC": false, "GOMEMLIMIT": false} {
		got := ballast(func(asked string) string {
			if asked == name {
				return "100"
			}
			return ""
		})
		if (len(got) > 0) != want {
			t.Errorf("with %q set: %d bytes", name, len(got))
		}
	}
}
