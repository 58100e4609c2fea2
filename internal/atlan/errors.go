// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// What an error of this package is about; test with [errors.Is].
var (
	// ErrNotFound: the object does not exist, or no longer.
	ErrNotFound = errors.New("not found")
	// ErrUnauthorized: the credential was refused (401).
	ErrUnauthorized = errors.New("unauthorized")
	// ErrForbidden: the caller lacks a right (403).
	ErrForbidden = errors.New("forbidden")
	// ErrConflict: the object clashes with another (409, or Keycloak's 409 inside a 400).
	ErrConflict = errors.New("conflict")
	// ErrRateLimited: too many requests, also after waiting and trying again (429).
	ErrRateLimited = errors.New("rate limited")
	// ErrInvalidAnswer: the answer was successful but is not what Atlan answers.
	ErrInvalidAnswer = errors.New("invalid answer")
)

// Error is an answer of the tenant that reports a failure. All of Atlan's error envelopes are decoded into it.
type Error struct {
	// Method and Path of the request.
	Method, Path string
	// StatusCode is the HTTP status.
	StatusCode int
	// Code is Atlan's own code, such as "ATLAS-404-00-005" or "1000"; empty when the answer had none.
	Code string
	// Message is Atlan's explanation, without secrets, or a description of an answer that held none.
	Message string
	// RequestID finds the request in Atlan's logs.
	RequestID string
	// As is the credential that the request was made with.
	As Credential
	// RetryAfter is how long the tenant asked to wait; 0 when it did not.
	RetryAfter time.Duration

	sentinel error
	slugs    []string // of the workflows that a conflict is with
}

// Error implements error.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: HTTP %d", e.Method, e.Path, e.StatusCode)
	if e.Code != "" {
		fmt.Fprintf(&b, ", code %s", e.Code)
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&b, " (request id %s)", e.RequestID)
	}
	return b.String()
}

// Is makes the sentinel errors of this package match.
func (e *Error) Is(target error) bool { return e.sentinel != nil && target == e.sentinel }

// envelope is the union of the error bodies seen: Heracles (code, error, message, requestId), metastore (errorCode,
// errorMessage, errorCause), its unexpected failures (errorId, message, causes), Jetty (message, status) and Keycloak
// (error, error_description).
type envelope struct {
	Code             json.RawMessage `json:"code"`
	ErrorCode        string          `json:"errorCode"`
	ErrorMessage     string          `json:"errorMessage"`
	ErrorCause       string          `json:"errorCause"`
	Message          json.RawMessage `json:"message"`
	Error            json.RawMessage `json:"error"`
	ErrorDescription string          `json:"error_description"`
	RequestID        string          `json:"requestId"`
	ErrorID          string          `json:"errorId"`
	Causes           []struct {
		ErrorMessage string `json:"errorMessage"`
	} `json:"causes"`
	// The name of an app workflow that is taken is told without a code (pyatlan client/common/app.py).
	Slug  string   `json:"slug"`
	Slugs []string `json:"slugs"`
}

const maxMessageLength = 600

func decodeError(call call, resp *http.Response, body []byte, mask *redactor) *Error {
	e := &Error{
		Method: call.method, Path: call.path, StatusCode: resp.StatusCode, As: call.as,
		RetryAfter: retryAfter(resp.Header, time.Now()),
	}
	var env envelope
	_ = json.Unmarshal(body, &env) // a member of an unexpected type, or a body that is no envelope, says nothing
	e.Code = shorten(mask.redact(cmp.Or(env.ErrorCode, text(env.Code))))
	e.Message = shorten(mask.redact(cmp.Or(env.message(), invalidAnswer(resp, body))))
	e.RequestID = requestID(resp, cmp.Or(env.RequestID, env.ErrorID), mask)
	e.sentinel = e.kind()
	if e.slugs = env.Slugs; env.Slug != "" {
		e.slugs = []string{env.Slug}
	}
	return e
}

// message joins what the envelope says, most telling part first, each part once.
func (v envelope) message() string {
	const separator = "; "
	parts := []string{v.ErrorMessage, text(v.Message)}
	if text(v.Message) == "" && v.ErrorMessage == "" {
		parts = append(parts, text(v.Error))
	}
	parts = append(parts, v.ErrorDescription, v.ErrorCause)
	for _, cause := range v.Causes {
		parts = append(parts, cause.ErrorMessage)
	}
	said := ""
	for _, part := range parts {
		if len(said) > maxMessageLength*utf8.UTFMax {
			break // the rest would be cut off
		}
		if !strings.Contains(said, part) {
			said += separator + part
		}
	}
	return strings.TrimPrefix(said, separator)
}

func (e *Error) kind() error {
	switch {
	case e.StatusCode == http.StatusNotFound:
		return ErrNotFound
	case e.StatusCode == http.StatusUnauthorized:
		return ErrUnauthorized
	case e.StatusCode == http.StatusForbidden:
		return ErrForbidden
	case e.StatusCode == http.StatusTooManyRequests:
		return ErrRateLimited
	case e.StatusCode == http.StatusConflict,
		// Heracles passes Keycloak's conflicts on as HTTP 400 with code 3500 (pyatlan, unit tests of groups).
		e.Code == "3500" && strings.Contains(e.Message, "409 Conflict"):
		return ErrConflict
	default:
		return nil
	}
}

// text renders a JSON string or number; other values say nothing.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// invalidAnswer describes a body that is not Atlan's JSON, without quoting it: it may hold anything.
func invalidAnswer(resp *http.Response, body []byte) string {
	if location := resp.Header.Get("Location"); location != "" && resp.StatusCode < 400 {
		return "the tenant redirects to " + hostOf(location) + "; check the address of the tenant"
	}
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return "the answer is empty"
	case isWebPage(body):
		return "the answer is a web page, not Atlan's API: a gateway, proxy or sign-in page stands between, or the address is not the tenant's"
	default:
		return "the answer is not JSON as Atlan's API sends it"
	}
}

func isWebPage(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

func requestID(resp *http.Response, fromBody string, mask *redactor) string {
	sent := ""
	if resp.Request != nil {
		sent = resp.Request.Header.Get("X-Atlan-Request-Id")
	}
	return shorten(mask.redact(cmp.Or(fromBody, resp.Header.Get("X-Atlan-Request-Id"), sent)))
}

func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > maxMessageLength {
		return string(runes[:maxMessageLength]) + "…"
	}
	return s
}
