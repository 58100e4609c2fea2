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
	info       any    // Heracles' "info"; nil where nothing is known of it
	bare       any    // the whole body, where it is in no envelope
	crashedAt  string // where the metastore's code failed unexpectedly
	retryAfter int    // seconds; 0 sends no header
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

// atlasError is an error with a code of the metastore (AtlasErrorCode).
func atlasError(status int, code, format string, args ...any) *apiError {
	return &apiError{status: status, atlasCode: code, message: fmt.Sprintf(format, args...)}
}

// badRequest is the metastore's BAD_REQUEST, which says everything in its text.
func badRequest(format string, args ...any) error {
	return atlasError(http.StatusBadRequest, "ATLAS-400-00-029", format, args...)
}

// invalidParameters is the metastore's INVALID_PARAMETERS.
func invalidParameters(text string) error {
	return atlasError(http.StatusBadRequest, "ATLAS-400-00-01A", "invalid parameters: %s", text)
}

// unsupported is the metastore's OPERATION_NOT_SUPPORTED.
func unsupported(text string) error {
	return atlasError(http.StatusConflict, "ATLAS-409-00-015", "Operation not supported: %s", text)
}

// internalError is what the metastore answers where it expects nothing to go wrong, for example for every principal
// that Keycloak does not know (metastore KeycloakStore, AtlasBaseException).
func internalError(format string, args ...any) error {
	return atlasError(http.StatusInternalServerError, "ATLAS-500-00-001", format, args...)
}

// nullPointer is how the metastore answers where it runs into a missing value (AllExceptionMapper).
func nullPointer(location string) error {
	return &apiError{
		status: http.StatusInternalServerError, message: "There was an error processing your request.", crashedAt: location,
	}
}

// render gives the body in the envelope of the service that answers.
func (e *apiError) render(f family, requestID string) []byte {
	body := e.heraclesBody(requestID)
	switch {
	case e.bare != nil:
		body = e.bare
	case e.crashedAt != "":
		body = e.crashBody(requestID)
	case f == metastore:
		body = e.metastoreBody()
	}
	out, err := json.Marshal(body)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return out
}

func (e *apiError) heraclesBody(requestID string) any {
	code, title := e.code, e.title
	if code == 0 {
		code = e.status
	}
	if title == "" {
		title = http.StatusText(e.status)
	}
	return struct {
		Code      int    `json:"code"`
		Error     string `json:"error"`
		Info      any    `json:"info"`
		Message   string `json:"message"`
		RequestID string `json:"requestId"`
	}{code, title, e.info, e.message, requestID}
}

// metastoreBody is that of AtlasBaseExceptionMapper.
func (e *apiError) metastoreBody() any {
	code := e.atlasCode
	if code == "" {
		code = fmt.Sprintf("ATLAS-%d-00-001", e.status)
	}
	return struct {
		ErrorCode    string `json:"errorCode"`
		ErrorMessage string `json:"errorMessage"`
	}{code, e.message}
}

// crashBody is that of ExceptionMapperUtil.
func (e *apiError) crashBody(requestID string) any {
	type cause struct {
		ErrorType    string `json:"errorType"`
		ErrorMessage string `json:"errorMessage"`
		Location     string `json:"location"`
	}
	return struct {
		ErrorID string  `json:"errorId"`
		Message string  `json:"message"`
		Causes  []cause `json:"causes"`
	}{requestID[:16], e.message, []cause{
		{"java.lang.NullPointerException", "No additional information provided", e.crashedAt},
	}}
}
