// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	credentialsPath = "/api/service/credentials" //nolint:gosec // a path
	kindCredential  = "credential"

	// testPassed is what pyatlan takes for success (model/credential.py CredentialTestResponse): whether a test fails is
	// told by the message alone.
	testPassed = "successful"
	// nameConstraint is in the refusal of a credential's name that is taken (application-sdk testing/e2e/client.py).
	nameConstraint = "credentials_name_key"
)

// Credentials manages the tenant's vault (/api/service/credentials). Secrets are never read back. Facts: pyatlan
// client/credential.py and model/credential.py.
type Credentials struct{ client *Client }

// RawCredential is a credential with its secrets. It shows them to nobody but the tenant. Make one with
// [ResolvedApp.Credential].
type RawCredential struct {
	// Name is unique among all credentials; see [Client.NewCredentialName].
	Name string

	body    map[string]any
	secrets []string
}

// Body is the credential as the tenant wants it.
func (c RawCredential) Body() map[string]any {
	body := maps.Clone(c.body)
	body["name"] = c.Name
	return body
}

// String implements fmt.Stringer; it does not show the secrets.
func (c RawCredential) String() string { return "credential " + c.Name }

// GoString implements fmt.GoStringer likewise.
func (c RawCredential) GoString() string { return c.String() }

// hide makes the client mask the secrets wherever the tenant quotes them.
func (c RawCredential) hide(mask *redactor) {
	for _, secret := range c.secrets {
		mask.add(secret)
	}
}

// StoredCredential is a credential as the vault shows it.
type StoredCredential struct {
	GUID, Name, Description, Host string
	Port                          int64
	AuthType, ConfigName          string
	Username                      string
	// Extra is without what may be secret.
	Extra map[string]any
}

// UnmarshalJSON reads the record of a credential.
func (s *StoredCredential) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID          string          `json:"id"`
		Name        string          `json:"name"`
		Description string          `json:"description"`
		Host        string          `json:"host"`
		Port        json.RawMessage `json:"port"`
		AuthType    string          `json:"authType"`
		ConfigName  string          `json:"connectorConfigName"`
		Username    string          `json:"username"`
		Extra       map[string]any  `json:"extra"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*s = StoredCredential{
		GUID: wire.ID, Name: wire.Name, Description: wire.Description, Host: wire.Host, AuthType: wire.AuthType, ConfigName: wire.ConfigName,
		Username: wire.Username, Extra: wire.Extra,
	}
	if port, err := json.Number(text(wire.Port)).Int64(); err == nil {
		s.Port = port
	}
	return nil
}

// CredentialRefusedError says that the source does not accept a credential.
type CredentialRefusedError struct {
	// Message is what the source says.
	Message string
	// RequestID finds the request in Atlan's logs.
	RequestID string
}

// Error implements error.
func (e *CredentialRefusedError) Error() string {
	return "the source does not accept the credential: " + e.Message
}

// Test asks the source whether it accepts the credential; if not the error is a *[CredentialRefusedError].
func (c *Credentials) Test(ctx context.Context, credential RawCredential) error {
	credential.hide(c.client.mask)
	return c.test(ctx, "/test", credential.Body())
}

// TestStored is [Credentials.Test] for a credential of the vault.
func (c *Credentials) TestStored(ctx context.Context, guid string) error {
	return c.test(ctx, "/"+url.PathEscape(guid)+"/test", nil)
}

// test counts as passed where the message says so, or the app's own answer is passed on that does (application-sdk
// handler/service.py).
func (c *Credentials) test(ctx context.Context, path string, body any) error {
	var answer struct {
		Message   string `json:"message"`
		Success   *bool  `json:"success"`
		RequestID string `json:"requestId"`
	}
	err := c.do(ctx, call{method: http.MethodPost, path: credentialsPath + path, body: body, class: replayable}, &answer)
	if err != nil {
		return err
	}
	if strings.EqualFold(answer.Message, testPassed) || answer.Success != nil && *answer.Success {
		return nil
	}
	return &CredentialRefusedError{
		Message:   cmp.Or(shorten(c.client.mask.redact(answer.Message)), "no reason was given"),
		RequestID: shorten(c.client.mask.redact(answer.RequestID)),
	}
}

// Create stores a credential, after a test where one is asked for, and returns its GUID. As no two have the same name, one
// whose answer was lost is found by it.
func (c *Credentials) Create(ctx context.Context, credential RawCredential, test bool) (string, error) {
	credential.hide(c.client.mask)
	creation := &creation{
		client: c.client, kind: kindCredential, lost: LostCreation{Name: credential.Name}, certain: true,
		post: func(ctx context.Context) (string, error) {
			var made StoredCredential
			err := c.do(ctx, call{
				method: http.MethodPost, path: credentialsPath, query: url.Values{"testCredential": {strconv.FormatBool(test)}},
				body: credential.Body(), class: createOnce,
			}, &made)
			if err == nil && made.GUID == "" {
				err = &Error{
					Method: http.MethodPost, Path: credentialsPath, StatusCode: http.StatusOK,
					Message: "the answer lacks the credential's GUID", sentinel: ErrInvalidAnswer,
				}
			}
			return made.GUID, err
		},
		find: func(ctx context.Context) (string, error) {
			for found, err := range c.List(ctx, map[string]any{"name": credential.Name}) {
				if err != nil || found.Name == credential.Name {
					return found.GUID, err
				}
			}
			return "", nil
		},
	}
	return creation.run(ctx)
}

// Update replaces everything that a stored credential holds, its secrets included.
func (c *Credentials) Update(ctx context.Context, guid string, credential RawCredential) error {
	credential.hide(c.client.mask)
	return c.do(ctx, call{method: http.MethodPost, path: credentialPath(guid), body: credential.Body(), class: replayable}, nil)
}

// Get reads a credential. The error matches [ErrNotFound] when there is none.
func (c *Credentials) Get(ctx context.Context, guid string) (StoredCredential, error) {
	var found StoredCredential
	err := c.do(ctx, call{method: http.MethodGet, path: credentialPath(guid), class: replayable}, &found)
	return found, err
}

// List pages through the credentials that the filter selects, for instance {"name": "default-altr-1763769600-7f3a9c1e"};
// nil selects all.
func (c *Credentials) List(ctx context.Context, selected map[string]any) iter.Seq2[StoredCredential, error] {
	return entries(url.Values{}, filter(selected), func(query url.Values, page *entryPage[StoredCredential]) error {
		return c.do(ctx, call{method: http.MethodGet, path: credentialsPath, query: query, class: replayable}, page)
	})
}

// Archive removes a credential for good. One that does not exist counts as removed.
func (c *Credentials) Archive(ctx context.Context, guid string) error {
	err := c.do(ctx, call{method: http.MethodPost, path: credentialPath(guid) + "/archive", class: replayable}, nil)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

func (c *Credentials) do(ctx context.Context, call call, out any) error {
	return warm(ctx, c.client.wait, func() error { return c.client.do(ctx, call, out) })
}

func credentialPath(guid string) string { return credentialsPath + "/" + url.PathEscape(guid) }
