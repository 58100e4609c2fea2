// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// refuse makes a tenant that answers everything so, and returns what a client makes of it.
func refuse(t *testing.T, status int, body string) error {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	return ask(t, server.URL)
}

func ask(t *testing.T, url string) error {
	t.Helper()
	none := 0
	client, err := atlan.New(atlan.Config{BaseURL: url, APIKey: "key-of-the-test", MaxRetries: &none, RetryWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Principals.WhoAmI(t.Context())
	if err == nil {
		t.Fatal("the request succeeded")
	}
	return err
}

// TestAddAPIError says what failed, why, and what to do, for each kind of failure.
func TestAddAPIError(t *testing.T) {
	t.Parallel()
	heracles := `{"code":1000,"message":"persona default/x does not exist","requestId":"0123456789abcdef0123456789abcdef"}`
	for name, test := range map[string]struct {
		err  error
		want []string
	}{
		"bad request": {
			refuse(t, 400, heracles),
			[]string{"400 Bad Request", "persona default/x does not exist", "GET /api/service/whoami", "Atlan code: 1000", "Request id: 0123456789abcdef"},
		},
		"unauthorized":   {refuse(t, 401, heracles), []string{"401", "The credential was refused", "ATLAN_API_KEY"}},
		"forbidden":      {refuse(t, 403, heracles), []string{"403", "lacks the right", "quoting the request id"}},
		"not found":      {refuse(t, 404, heracles), []string{"404", "deleted outside Terraform"}},
		"conflict":       {refuse(t, 409, heracles), []string{"409", "exists already"}},
		"rate limited":   {refuse(t, 429, heracles), []string{"429", "requests_per_minute"}},
		"server failure": {refuse(t, 500, `{"errorId":"abc","message":"oops"}`), []string{"500", "oops", "Atlan support"}},
		"web page":       {refuse(t, 200, "<html>sign in</html>"), []string{"web page", "ATLAN_BASE_URL"}},
		"refused":        {ask(t, "http://127.0.0.1:1"), []string{"127.0.0.1:1", "the connection was refused", "HTTPS_PROXY"}},
		"unknown outcome": {
			&atlan.AmbiguousError{Kind: "API token", Lost: atlan.LostCreation{Name: "ci"}, Err: errors.New("EOF"), Recovery: errors.New("503")},
			[]string{`whether the tenant created the API token "ci"`, "EOF", "503", "the state remembers"},
		},
		"other": {errors.New("something else"), []string{"something else"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			tfx.AddAPIError(&diags, "Doing something", test.err, tfx.Hint{Lost: "the state remembers"})
			if len(diags) != 1 || diags[0].Summary() != "Doing something failed" {
				t.Fatalf("got %v", diags)
			}
			for _, want := range test.want {
				if !strings.Contains(diags[0].Detail(), want) {
					t.Errorf("the error does not say %q:\n%s", want, diags[0].Detail())
				}
			}
			if strings.Contains(diags[0].Detail(), "sign in") || strings.Contains(diags[0].Detail(), "key-of-the-test") {
				t.Errorf("the error quotes a body or a secret:\n%s", diags[0].Detail())
			}
		})
	}
}

// TestHints shows an error on the attribute whose value, code or status it names, and nowhere else.
func TestHints(t *testing.T) {
	t.Parallel()
	err := refuse(t, 403, `{"errorCode":"ATLAS-403-00-002","errorMessage":"ci is not admin for connection c1"}`)
	attribute := path.Root("here")
	for name, test := range map[string]struct {
		hint   tfx.Hint
		on     bool
		advice bool
	}{
		"value named":     {tfx.Hint{Path: attribute, Values: []string{"", "c1"}, Advice: "ask"}, true, true},
		"value not named": {tfx.Hint{Path: attribute, Values: []string{"c2", ""}, Advice: "ask"}, false, false},
		"code":            {tfx.Hint{Path: attribute, Codes: []string{"ATLAS-403-00-002"}, Advice: "ask"}, true, true},
		"other code":      {tfx.Hint{Path: attribute, Codes: []string{"ATLAS-403-00-001"}, Advice: "ask"}, false, false},
		"status":          {tfx.Hint{Status: http.StatusForbidden, Advice: "ask"}, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			tfx.AddAPIError(&diags, "Doing something", err, test.hint)
			withPath, on := diags[0].(diag.DiagnosticWithPath)
			if on != test.on || on && !withPath.Path().Equal(attribute) {
				t.Errorf("on the attribute: %t, want %t", on, test.on)
			}
			if advice := strings.Contains(diags[0].Detail(), "\n\nask"); advice != test.advice {
				t.Errorf("with advice: %t, want %t", advice, test.advice)
			}
		})
	}
}

// TestAddLookupError tells a name that is at fault from a tenant that fails.
func TestAddLookupError(t *testing.T) {
	t.Parallel()
	attribute := path.Root("name")
	for name, test := range map[string]struct {
		err  error
		on   bool
		want string
	}{
		"absent":   {fmt.Errorf("no token is named x: %w", atlan.ErrNotFound), true, "No token is named x.\n\ntry another"},
		"no name":  {fmt.Errorf("user:x is no admin: %w", atlan.ErrNotFound), true, "user:x is no admin.\n\ntry another"},
		"answered": {refuse(t, 404, `{"code":1,"message":"no such thing"}`), true, ": no such thing\n\ntry another\n\nRequest:"},
		"wrapped": {
			fmt.Errorf("there is no workflow: %w", refuse(t, 404, `{"code":1,"message":"no such thing"}`)), true,
			"There is no workflow.\n\nAtlan answered 404 Not Found: no such thing\n\ntry another",
		},
		"ambiguous": {&tfx.AmbiguousNameError{Kind: "API tokens", Name: "ci", Candidates: []string{"g1", "g2"}}, true, "- g1\n  - g2"},
		"failing":   {refuse(t, 500, `{}`), false, "500"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			tfx.AddLookupError(&diags, attribute, "Finding it", test.err, "try another")
			if _, on := diags[0].(diag.DiagnosticWithPath); on != test.on || !strings.Contains(diags[0].Detail(), test.want) {
				t.Errorf("on the attribute: %t, want %t, with %q:\n%s", on, test.on, test.want, diags[0].Detail())
			}
		})
	}
}
