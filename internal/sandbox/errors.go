// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// family is a group of paths that one real service answers, and so one error envelope.
type family int

const (
	// heracles is the service behind /api/service.
	heracles family = iota
	// metastore is the service behind /api/meta.
	metastore
)

func familyOf(path string) family {
	if strings.HasPrefix(path, "/api/meta/") {
		return metastore
	}
	return heracles
}

// Codes of the Heracles envelope that are published (apidocs deletepersona, pyatlan apps/_base.py).
const (
	codeInvalidRequest = 1000
	codeKeycloak       = 3500
)

// apiError is an error answer of the tenant.
type apiError struct {
	status     int
	code       int    // Heracles' own number; 0 where none is published
	title      string // Heracles' "error"; the status text where none is published
	atlasCode  string // the metastore's code
	message    string
	retryAfter int // seconds; 0 sends no header
}

func (e *apiError) Error() string { return e.message }

// invalidRequest is how Heracles refuses a request that does not fit its schema (apidocs createpersona).
func invalidRequest(format string, args ...any) *apiError {
	return &apiError{
		status: http.StatusBadRequest, code: codeInvalidRequest, title: "Please check your request parameters",
		message: fmt.Sprintf(format, args...),
	}
}

// keycloakError is how Heracles passes on what Keycloak answered, whatever Keycloak's own status was
// (apidocs deletepersona, pyatlan tests for groups).
func keycloakError(format string, args ...any) *apiError {
	return &apiError{
		status: http.StatusBadRequest, code: codeKeycloak, title: "keycloak error",
		message: fmt.Sprintf(format, args...),
	}
}

// statusError is an error for which only the HTTP status is known. The numbers that clients should not rely on are
// inferred from the status.
func statusError(status int, format string, args ...any) *apiError {
	return &apiError{status: status, message: fmt.Sprintf(format, args...)}
}

// render gives the body in the envelope of the service that answers.
func (e *apiError) render(f family, requestID string) []byte {
	var body any
	if f == metastore {
		code := e.atlasCode
		if code == "" {
			code = fmt.Sprintf("ATLAS-%d-00-001", e.status)
		}
		body = struct {
			ErrorCode    string `json:"errorCode"`
			ErrorMessage string `json:"errorMessage"`
		}{code, e.message}
	} else {
		code, title := e.code, e.title
		if code == 0 {
			code = e.status
		}
		if title == "" {
			title = http.StatusText(e.status)
		}
		body = struct {
			Code      int    `json:"code"`
			Error     string `json:"error"`
			Info      any    `json:"info"`
			Message   string `json:"message"`
			RequestID string `json:"requestId"`
		}{code, title, nil, e.message, requestID}
	}
	out, err := json.Marshal(body)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return out
}
