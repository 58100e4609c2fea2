// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestReasons(t *testing.T) {
	t.Parallel()
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for name, test := range map[string]struct {
		fails  step
		reason Reason
		sent   bool
	}{
		"unknown host":           {noConnection(errUnknownHost), ReasonUnknownHost, false},
		"resolver is down":       {noConnection(dial(&net.DNSError{Err: "server misbehaving", IsTemporary: true})), ReasonOther, false},
		"resolver is slow":       {noConnection(dial(&net.DNSError{Err: "i/o timeout", IsTimeout: true})), ReasonTimeout, false},
		"refused":                {noConnection(errRefused), ReasonRefused, false},
		"dial timeout":           {noConnection(dial(os.ErrDeadlineExceeded)), ReasonTimeout, false},
		"no route":               {noConnection(dial(syscall.EHOSTUNREACH)), ReasonOther, false},
		"unknown authority":      {noConnection(x509.UnknownAuthorityError{}), ReasonCertificate, false},
		"invalid certificate":    {noConnection(&tls.CertificateVerificationError{Err: x509.HostnameError{}}), ReasonCertificate, false},
		"no TLS":                 {noConnection(tls.RecordHeaderError{Msg: "no"}), ReasonTLS, false},
		"TLS alert":              {noConnection(&net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}), ReasonTLS, false},
		"TLS version":            {noConnection(errors.New("tls: server selected unsupported protocol version 301")), ReasonTLS, false},
		"no connection in time":  {hangs(false), ReasonTimeout, false},
		"no answer in time":      {hangs(true), ReasonTimeout, true},
		"closed":                 {breaks(io.EOF), ReasonReset, true},
		"closed within the body": {breaks(fmt.Errorf("reading: %w", io.ErrUnexpectedEOF)), ReasonReset, true},
		"reset":                  {breaks(&net.OpError{Op: "read", Err: syscall.ECONNRESET}), ReasonReset, true},
		"closed by us":           {breaks(net.ErrClosed), ReasonReset, true},
		"anything else":          {breaks(errors.New("http2: stream error")), ReasonOther, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				script := &script{steps: []step{test.fails}}
				client := Wired(t, Config{MaxRetries: new(0)}, script.wire())
				_, err := client.Tokens.FindByName(t.Context(), "the query")
				var e *ConnectionError
				if !errors.As(err, &e) || e.Reason != test.reason || e.Sent != test.sent || wasSent(err) != test.sent {
					t.Fatalf("got %#v", e)
				}
				if strings.Contains(err.Error(), "query") || errors.Unwrap(e) == nil {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

// TestDeadlineWhileWaiting: the end of the caller's time is a timeout, and the request may have arrived.
func TestDeadlineWhileWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		client := Wired(t, Config{}, (&script{steps: []step{hangs(true)}}).wire())
		_, err := client.Principals.CurrentUser(ctx)
		var e *ConnectionError
		if !errors.As(err, &e) || e.Reason != ReasonTimeout || !e.Sent || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}
