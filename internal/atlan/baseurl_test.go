// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

func TestParseBaseURLAccepts(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://acme.atlan.com":         "https://acme.atlan.com",
		"https://acme.atlan.com/":        "https://acme.atlan.com",
		"  https://acme.atlan.com//\n":   "https://acme.atlan.com",
		"HTTPS://Acme.Atlan.com":         "https://Acme.Atlan.com",
		"https://acme.atlan.com:8443":    "https://acme.atlan.com:8443",
		"https://10.0.0.1":               "https://10.0.0.1",
		"https://[2001:db8::1]:443/":     "https://[2001:db8::1]:443",
		"http://localhost:8585":          "http://localhost:8585",
		"http://LocalHost":               "http://LocalHost",
		"http://127.0.0.1:8585/":         "http://127.0.0.1:8585",
		"http://127.8.9.1":               "http://127.8.9.1",
		"http://[::1]:8585":              "http://[::1]:8585",
		"http://[::1]":                   "http://[::1]",
		"http://[::ffff:127.0.0.1]:8585": "http://[::ffff:127.0.0.1]:8585",
	} {
		if got, err := atlan.ParseBaseURL(raw); err != nil || got.String() != want {
			t.Errorf("%q: got %v, %v, want %s", raw, got, err, want)
		}
	}
}

func TestParseBaseURLRefuses(t *testing.T) {
	t.Parallel()
	for raw, why := range map[string]string{
		"":                                     "is not the address",
		"   ":                                  "is not the address",
		"INTERNAL":                             "is not the address",
		"acme.atlan.com":                       "is not the address",
		"acme.atlan.com:443":                   "is not the address",
		"//acme.atlan.com":                     "is not the address",
		"https:acme.atlan.com":                 "is not the address",
		"https://":                             "is not the address",
		"https://:443":                         "is not the address",
		"https:///api":                         "is not the address",
		"https://acme.atlan.com:port":          "is not the address",
		"https://acme atlan.com":               "is not the address",
		"https://acme.atlan.com/api/service":   "has a path",
		"https://acme.atlan.com/?tenant=1":     "has a path",
		"https://acme.atlan.com/#assets":       "has a path",
		"http://acme.atlan.com":                "unencrypted",
		"http://10.0.0.1":                      "unencrypted",
		"http://0.0.0.0:8585":                  "unencrypted",
		"http://localhost.example.com":         "unencrypted",
		"http://127.0.0.1.example.com":         "unencrypted",
		"http://[2001:db8::1]":                 "unencrypted",
		"ftp://acme.atlan.com":                 "use https",
		"file://localhost":                     "use https",
		"https://ada:s3cret@acme.atlan.com":    "user name or password",
		"https://ada@acme.atlan.com":           "user name or password",
		"http://ada:s3cret@127.0.0.1:8585":     "user name or password",
		"https://ada:s3cret%zz@acme.atlan.com": "user name or password",
		"ada:s3cret@acme.atlan.com":            "user name or password",
		"https://ada:s3cret@:443":              "user name or password",
	} {
		got, err := atlan.ParseBaseURL(raw)
		if err == nil {
			t.Errorf("%q is accepted as %s", raw, got)
			continue
		}
		if !strings.Contains(err.Error(), why) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: the error is %q, want it to say %q and no password", raw, err, why)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	if _, err := atlan.New(atlan.Config{BaseURL: "INTERNAL"}); err == nil {
		t.Error("INTERNAL is accepted")
	}
	_, err := atlan.New(atlan.Config{BaseURL: "https://acme.atlan.com", CACertificates: []byte("no PEM")})
	if !errors.Is(err, atlan.ErrInvalidCACertificate) {
		t.Errorf("got %v, want ErrInvalidCACertificate", err)
	}
}

func FuzzParseBaseURL(f *testing.F) {
	for _, seed := range []string{
		"https://acme.atlan.com", "http://127.0.0.1:8585/", "http://[::1%25lo]:80", "https://ada:s3cret@acme.atlan.com",
		"http://localhost@acme.atlan.com", "http://acme.atlan.com", "http://127.0.0.1\\@acme.atlan.com", "INTERNAL", "https://a?b#c",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := atlan.ParseBaseURL(raw)
		if err != nil {
			return
		}
		if got.User != nil || strings.Contains(got.String(), "@") {
			t.Errorf("%q: %s keeps user info", raw, got)
		}
		if got.Path != "" || got.RawQuery != "" || got.Fragment != "" || got.Hostname() == "" {
			t.Errorf("%q: %s is more, or less, than a host", raw, got)
		}
		switch got.Scheme {
		case "https":
		case "http":
			addr, err := netip.ParseAddr(got.Hostname())
			if !strings.EqualFold(got.Hostname(), "localhost") && (err != nil || !addr.IsLoopback()) {
				t.Errorf("%q: %s is http to another machine", raw, got)
			}
		default:
			t.Errorf("%q: %s has the scheme %s", raw, got, got.Scheme)
		}
		if again, err := atlan.ParseBaseURL(got.String()); err != nil || again.String() != got.String() {
			t.Errorf("%q: %s is not accepted itself: %v, %v", raw, got, again, err)
		}
	})
}
