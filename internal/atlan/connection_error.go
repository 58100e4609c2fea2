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
	"net/url"
	"strings"
	"syscall"
)

// Reason says why no answer was had from the tenant.
type Reason string

// The reasons a [ConnectionError] can have.
const (
	ReasonUnknownHost Reason = "the host name is unknown"
	ReasonRefused     Reason = "the connection was refused"
	ReasonCertificate Reason = "the server's certificate is not trusted"
	ReasonTLS         Reason = "no TLS connection could be made"
	ReasonTimeout     Reason = "the tenant did not answer in time"
	ReasonCancelled   Reason = "the operation was cancelled"
	ReasonLimit       Reason = "the client's own limit of requests per minute leaves no time before the deadline"
	ReasonPaused      Reason = "the tenant has asked for a pause that ends after the deadline"
	ReasonReset       Reason = "the connection was closed before the answer was complete"
	ReasonOther       Reason = "the request failed"
)

// permanent reasons stay however often the request is tried.
func (r Reason) permanent() bool {
	switch r {
	case ReasonUnknownHost, ReasonCertificate, ReasonTLS, ReasonLimit, ReasonPaused, ReasonCancelled:
		return true
	case ReasonRefused, ReasonTimeout, ReasonReset, ReasonOther:
		return false
	default:
		return false
	}
}

// ConnectionError is a request without an answer.
type ConnectionError struct {
	// Method and Path of the request, and the Host it was meant for.
	Method, Path, Host string
	// Reason in words.
	Reason Reason
	// Sent is false when the tenant certainly did not receive the request.
	Sent bool
	// Err is the cause; its text holds no secret.
	Err error
}

// Error implements error.
func (e *ConnectionError) Error() string {
	return fmt.Sprintf("%s %s (host %s): %s: %v", e.Method, e.Path, e.Host, e.Reason, e.Err)
}

// Unwrap returns the cause.
func (e *ConnectionError) Unwrap() error { return e.Err }

// connectionError turns a failure of the transport into the caller's error. An error of the exchange of OAuth
// credentials, which happens below the transport, stays what it is: it names another request, without which this one
// was not sent.
func (c *Client) connectionError(call call, err error) error {
	if answer, ok := errors.AsType[*Error](err); ok {
		return &notSentError{answer}
	}
	if connection, ok := errors.AsType[*ConnectionError](err); ok {
		return &notSentError{connection}
	}
	_, notSent := errors.AsType[*notSentError](err)
	reason := reasonOf(err)
	err = withoutURL(err)
	return &ConnectionError{
		Method: call.method, Path: call.path, Host: c.base.Host, Reason: reason,
		Sent: !notSent,
		Err:  &maskedError{err: err, text: c.mask.redact(err.Error())},
	}
}

// withoutURL takes off what http.Client puts around an error: its text has the query, and it denies being a timeout
// unless its immediate cause is one.
func withoutURL(err error) error {
	if urlError, ok := errors.AsType[*url.Error](err); ok {
		return urlError.Err
	}
	return err
}

func reasonOf(err error) Reason {
	err = withoutURL(err)
	var (
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		authority   x509.UnknownAuthorityError
		record      tls.RecordHeaderError
		timeout     interface{ Timeout() bool }
		limited     *limitWaitError
		paused      *pauseError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return ReasonCancelled
	case errors.As(err, &paused):
		return ReasonPaused
	case errors.As(err, &limited):
		return ReasonLimit
	case errors.As(err, &dns) && dns.IsNotFound:
		return ReasonUnknownHost
	case errors.As(err, &certificate), errors.As(err, &authority):
		return ReasonCertificate
	case errors.As(err, &record), strings.Contains(err.Error(), "tls: "): // crypto/tls hides the types of most of its errors
		return ReasonTLS
	case errors.Is(err, syscall.ECONNREFUSED):
		return ReasonRefused
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return ReasonTimeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, net.ErrClosed):
		return ReasonReset
	default:
		return ReasonOther
	}
}

// limitWaitError says that the client's own limiter had no grant before the deadline.
type limitWaitError struct{ err error }

func (e *limitWaitError) Error() string { return e.err.Error() }
func (e *limitWaitError) Unwrap() error { return e.err }

// maskedError keeps the cause for errors.Is and errors.As but shows a text without secrets.
type maskedError struct {
	err  error
	text string
}

func (e *maskedError) Error() string { return e.text }
func (e *maskedError) Unwrap() error { return e.err }

func hostOf(location string) string {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" {
		return "another address"
	}
	return u.Scheme + "://" + u.Host
}
