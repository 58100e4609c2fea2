// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestEnvelopes(t *testing.T) {
	t.Parallel()
	huge := strings.Repeat("long ", 1<<17)
	var causes strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&causes, `{"errorMessage":"cause %d"},`, i)
	}
	for name, test := range map[string]struct {
		status                 int
		body                   string
		code, message, request string
		is                     error
	}{
		"Heracles": {
			400, `{"code":1000,"error":"Please check your request parameters","info":null,"message":"Property 'users' is missing","requestId":"5f0c2d5c1f0e4b6b"}`,
			"1000", "Property 'users' is missing", "5f0c2d5c1f0e4b6b", nil,
		},
		"Heracles without a message": {
			400, `{"code":1003,"error":"unknown entrypoint","message":""}`, "1003", "unknown entrypoint", "echoed", nil,
		},
		"Keycloak's conflict inside Heracles": {
			400, `{"code":3500,"error":"keycloak error","message":"409 Conflict: Top level group named 'x' already exists."}`,
			"3500", "409 Conflict: Top level group named 'x' already exists.", "echoed", ErrConflict,
		},
		"another failure of Keycloak that names 409": {
			400, `{"code":3500,"error":"keycloak error","message":"404 Not Found: Could not find client 8409ac"}`,
			"3500", "404 Not Found: Could not find client 8409ac", "echoed", nil,
		},
		"metastore": {
			404, `{"errorCode":"ATLAS-404-00-005","errorMessage":"Given instance guid 6c1e is invalid/not found"}`,
			"ATLAS-404-00-005", "Given instance guid 6c1e is invalid/not found", "echoed", ErrNotFound,
		},
		"metastore with a cause": {
			403, `{"errorCode":"ATLAS-403-00-001","errorMessage":"not authorized","errorCause":"no policy","entityGuid":"6c1e"}`,
			"ATLAS-403-00-001", "not authorized; no policy", "echoed", ErrForbidden,
		},
		"metastore, unexpected": {
			500, `{"errorId":"9f3c0a1b2c3d4e5f","message":"There was an error processing your request.",
				"causes":[{"errorType":"E","errorMessage":"no index","location":"x"},{"errorMessage":"no index"},{"errorMessage":"no disk"}]}`,
			"", "There was an error processing your request.; no index; no disk", "9f3c0a1b2c3d4e5f", nil,
		},
		"metastore, with causes without end": {
			500, `{"message":"no","causes":[` + causes.String() + `{}]}`, "", "no; cause 0; cause 1; cause 2", "echoed", nil,
		},
		"metastore, search timed out": {
			429, `{"errorCode":"ATLAS-400-00-502","errorMessage":"search timed out"}`, "ATLAS-400-00-502", "search timed out", "echoed", ErrRateLimited,
		},
		"Jetty": {
			401, `{"servlet":"atlas","message":"Unauthorized","url":"/api/meta","status":"401"}`, "", "Unauthorized", "echoed", ErrUnauthorized,
		},
		"Keycloak": {
			401, `{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}`,
			"", "invalid_client; Invalid client or Invalid client credentials", "echoed", ErrUnauthorized,
		},
		"409 without a code": {
			409, `{"message":"a workflow with that name already exists","slug":"prod-crawl","version":1753084800}`,
			"", "a workflow with that name already exists", "echoed", ErrConflict,
		},
		"a member of another type": {
			400, `{"code":1000,"message":"no","requestId":17,"causes":"none"}`, "1000", "no", "echoed", nil,
		},
		"HTML":        {503, "\n<!DOCTYPE html><html><body>sign in</body></html>", "", "the answer is a web page", "echoed", nil},
		"empty":       {502, " \n", "", "the answer is empty", "echoed", nil},
		"truncated":   {500, `{"code":1000,"mess`, "", "the answer is not JSON as", "echoed", nil},
		"plain text":  {500, "upstream connect error", "", "the answer is not JSON as", "echoed", nil},
		"says nought": {500, `{}`, "", "the answer is not JSON as", "echoed", nil},
		"null":        {500, `null`, "", "the answer is not JSON as", "echoed", nil},
		"a list":      {404, `["no"]`, "", "the answer is not JSON as", "echoed", ErrNotFound},
		"huge": {
			400, `{"code":1000,"message":"` + huge + `"}`, "1000", strings.TrimSpace(huge[:maxMessageLength]), "echoed", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp := &http.Response{StatusCode: test.status, Header: http.Header{"X-Atlan-Request-Id": {"echoed"}}}
			err := error(decodeError(call{method: "GET", path: "/p"}, resp, []byte(test.body), newRedactor()))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%v is no *Error", err)
			}
			if e.Method != http.MethodGet || e.Path != "/p" || e.StatusCode != test.status || e.Code != test.code ||
				!strings.HasPrefix(e.Message, test.message) || e.RequestID != test.request {
				t.Errorf("got %#v", e)
			}
			if length := utf8.RuneCountInString(e.Message); length > maxMessageLength+1 {
				t.Errorf("the message has %d characters", length)
			}
			for _, sentinel := range []error{ErrNotFound, ErrUnauthorized, ErrForbidden, ErrConflict, ErrRateLimited, ErrInvalidAnswer} {
				if got := errors.Is(fmt.Errorf("doing it: %w", err), sentinel); got != errors.Is(test.is, sentinel) {
					t.Errorf("errors.Is(%v) is %v", sentinel, got)
				}
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]*Error{
		"GET /p: HTTP 502": {Method: "GET", Path: "/p", StatusCode: 502},
		"POST /p: HTTP 400, code 1000: no (request id 5f0c)": {
			Method: "POST", Path: "/p", StatusCode: 400, Code: "1000", Message: "no", RequestID: "5f0c",
		},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRequestID(t *testing.T) {
	t.Parallel()
	echo := http.Header{"X-Atlan-Request-Id": {"from the header"}}
	sent := &http.Request{Header: http.Header{"X-Atlan-Request-Id": {"sent"}}}
	for name, test := range map[string]struct {
		body string
		resp http.Response
		want string
	}{
		"body first":      {`{"requestId":"from the body"}`, http.Response{Header: echo, Request: sent}, "from the body"},
		"its error id":    {`{"errorId":"9f3c"}`, http.Response{Header: echo, Request: sent}, "9f3c"},
		"else the header": {`{}`, http.Response{Header: echo, Request: sent}, "from the header"},
		"else as sent":    {`<html>`, http.Response{Header: http.Header{}, Request: sent}, "sent"},
		"else none":       {``, http.Response{Header: http.Header{}}, ""},
	} {
		if got := decodeError(call{}, &test.resp, []byte(test.body), newRedactor()).RequestID; got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// TestRedirectIsExplained: a tenant's address that redirects, to a sign-in page for instance, is named without its path.
func TestRedirectIsExplained(t *testing.T) {
	t.Parallel()
	for location, want := range map[string]string{
		"https://login.example.com/sso?state=s3cret": "the tenant redirects to https://login.example.com; check",
		"/somewhere": "the tenant redirects to another address; check",
		"://":        "the tenant redirects to another address; check",
	} {
		resp := &http.Response{StatusCode: http.StatusFound, Header: http.Header{"Location": {location}}}
		e := decodeError(call{}, resp, []byte(`<a href="/sso?state=s3cret">Found</a>`), newRedactor())
		if !strings.HasPrefix(e.Message, want) || strings.Contains(e.Message, "s3cret") {
			t.Errorf("%s: got %q", location, e.Message)
		}
	}
}

func TestInvalidAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		out  any
		ok   bool
	}{
		"an object":              {`{"id":"1"}`, &User{}, true},
		"HTML":                   {"<html>sign in</html>", &User{}, false},
		"empty":                  {"", &User{}, false},
		"truncated":              {`{"id":"1`, &User{}, false},
		"another type":           {`["1"]`, &User{}, false},
		"null":                   {"null\n", &User{}, false},
		"nothing asked, empty":   {"", nil, true},
		"nothing asked, a text":  {"deleted", nil, true},
		"nothing asked, an HTML": {"\n<html>sign in</html>", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := &script{steps: []step{answers(200, test.body)}}
			err := Wired(t, Config{}, script.wire()).do(t.Context(), call{method: "DELETE", path: "/p"}, test.out)
			if (err == nil) != test.ok {
				t.Fatalf("got %v", err)
			}
			var e *Error
			if !test.ok && (!errors.Is(err, ErrInvalidAnswer) || !errors.As(err, &e) || e.StatusCode != http.StatusOK || e.RequestID == "" ||
				e.Message == "" || strings.Contains(err.Error(), "sign in</")) {
				t.Errorf("got %v", err)
			}
			if len(script.requests()) != 1 {
				t.Errorf("%d requests", len(script.requests()))
			}
		})
	}
}

func FuzzDecodeError(f *testing.F) {
	const known = "s3cret-known-to-the-redactor"
	for _, body := range []string{
		`{"code":1000,"error":"e","message":"m","requestId":"r"}`, `{"errorCode":"ATLAS-404-00-005","errorMessage":"m","errorCause":"c"}`,
		`{"errorId":"i","message":"m","causes":[{"errorMessage":"c"}]}`, `{"error":"e","error_description":"d"}`, `{"code":"` + known + `"}`,
		`{"message":"Authorization: Bearer ` + known + `","requestId":"` + known + `"}`, `<html>`, ``, `{"message":{"a":1},"causes":3}`, `[]`,
	} {
		f.Add(400, []byte(body), "", "")
	}
	f.Add(302, []byte(""), "https://"+known+"/", known)
	f.Fuzz(func(t *testing.T, status int, body []byte, location, echo string) {
		resp := &http.Response{StatusCode: status, Header: http.Header{
			"Location": {location}, "X-Atlan-Request-Id": {echo}, "Retry-After": {location},
		}}
		e := decodeError(call{method: "GET", path: "/p"}, resp, body, newRedactor(known))
		if text := e.Error() + fmt.Sprintf("%+v", *e); strings.Contains(text, known) {
			t.Errorf("%q holds the secret", text)
		}
		for _, part := range []string{e.Message, e.Code, e.RequestID} {
			if utf8.RuneCountInString(part) > maxMessageLength+1 {
				t.Errorf("%q is too long", part)
			}
		}
		if e.Message == "" || e.RetryAfter < 0 {
			t.Errorf("got %#v", e)
		}
		if !bytes.Contains(body, []byte("{")) && e.Code != "" {
			t.Errorf("the code %q is made up", e.Code)
		}
	})
}

func TestRedactor(t *testing.T) {
	t.Parallel()
	r := newRedactor("", "short", "s3cret-one")
	r.add("s3cret-two")
	want := "short, ***, *** and *** s3cret"
	if got := r.redact("short, s3cret-one, s3cret-two and s3cret-one s3cret"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := shorten(r.redact(strings.Repeat("x", maxMessageLength-4) + "s3cret-two")); strings.Contains(got, "s3c") {
		t.Errorf("shortening leaves a part of the secret: %q", got)
	}
	if (&Error{RetryAfter: time.Second}).Is(nil) {
		t.Error("an error without a kind matches nil")
	}
}
