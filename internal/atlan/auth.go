// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// bearerSource supplies the value of the Authorization header.
type bearerSource interface {
	// bearer returns a value believed to be valid.
	bearer(ctx context.Context) (string, error)
	// renew returns another value after the tenant has refused one; ok is false when there is none to be had.
	renew(ctx context.Context, refused string) (value string, ok bool, err error)
}

// authTransport adds the credential, and with OAuth replaces a refused one once. It never adds it for another host.
type authTransport struct {
	next   http.RoundTripper
	host   string
	bearer bearerSource
	// userBearer is used for calls as [UserCredential].
	userBearer bearerSource
}

// RoundTrip implements [http.RoundTripper].
func (t *authTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	call := callOf(req.Context())
	if call == nil || call.anonymous || req.URL.Host != t.host {
		return t.next.RoundTrip(req)
	}
	source := t.bearer
	if call.as == UserCredential {
		source = t.userBearer
	}
	value, err := source.bearer(req.Context())
	if err != nil {
		return nil, &notSentError{err}
	}
	resp, err := t.next.RoundTrip(authorized(req, value))
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	renewed, ok, err := source.renew(req.Context(), value)
	if err != nil {
		return nil, &notSentError{err}
	}
	if !ok {
		return resp, nil
	}
	again := authorized(req, renewed)
	if req.GetBody != nil {
		if again.Body, err = req.GetBody(); err != nil {
			return nil, &notSentError{err}
		}
	}
	// The refused request was not acted upon: this replay is safe whatever it does.
	return t.next.RoundTrip(again)
}

func authorized(req *http.Request, value string) *http.Request {
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", "Bearer "+value)
	return req
}

func (c *Client) credential(config Config) bearerSource {
	if config.OAuthClientID == "" {
		return apiKey(config.APIKey)
	}
	return &oauthClient{client: c, id: config.OAuthClientID, secret: config.OAuthClientSecret, now: config.Now}
}

// apiKey is the value of an API token: it is what it is.
type apiKey string

func (k apiKey) bearer(context.Context) (string, error) { return string(k), nil }

func (k apiKey) renew(context.Context, string) (string, bool, error) { return "", false, nil }

const (
	oauthTokenPath = "/api/service/oauth-clients/token" //nolint:gosec // a path, not a credential
	// A bearer token without a stated lifetime lives 600 s (pyatlan client/oauth.py).
	defaultBearerLifetime = 600 * time.Second
	// bearerMargin is how long before its expiry a bearer token is replaced, or a tenth of a short life.
	bearerMargin = 30 * time.Second
)

// oauthClient exchanges client credentials for bearer tokens and keeps the current one.
type oauthClient struct {
	client     *Client
	id, secret string
	now        func() time.Time
	group      singleflight.Group

	mu      sync.Mutex
	value   string
	expires time.Time // less the margin
}

func (o *oauthClient) bearer(ctx context.Context) (string, error) {
	if value, ok := o.current(); ok {
		return value, nil
	}
	// One exchange serves all callers: the cancellation of one ends its own waiting only.
	exchanged := o.group.DoChan("", func() (any, error) { return o.exchange(context.WithoutCancel(ctx)) })
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case result := <-exchanged:
		if result.Err != nil {
			return "", result.Err
		}
		return result.Val.(string), nil //nolint:forcetypeassert // exchange returns a string
	}
}

func (o *oauthClient) current() (string, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.value, o.value != "" && o.now().Before(o.expires)
}

func (o *oauthClient) renew(ctx context.Context, refused string) (string, bool, error) {
	o.mu.Lock()
	if o.value == refused {
		o.value = ""
	}
	o.mu.Unlock()
	value, err := o.bearer(ctx)
	return value, err == nil, err
}

func (o *oauthClient) exchange(ctx context.Context) (string, error) {
	if value, ok := o.current(); ok { // an exchange has ended since the caller looked
		return value, nil
	}
	var answer bearerAnswer
	err := o.client.do(ctx, call{
		method: http.MethodPost, path: oauthTokenPath, class: replayable, anonymous: true,
		body: map[string]string{"clientId": o.id, "clientSecret": o.secret},
	}, &answer)
	if err != nil {
		return "", err
	}
	o.client.mask.add(answer.value)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.value, o.expires = answer.value, o.now().Add(answer.lifetime-min(bearerMargin, answer.lifetime/10))
	return answer.value, nil
}

// bearerAnswer accepts both spellings that the SDKs accept.
type bearerAnswer struct {
	value    string
	lifetime time.Duration
}

func (b *bearerAnswer) UnmarshalJSON(data []byte) error {
	var wire struct {
		AccessToken      string      `json:"accessToken"`
		AccessTokenSnake string      `json:"access_token"`
		ExpiresIn        json.Number `json:"expiresIn"`
		ExpiresInSnake   json.Number `json:"expires_in"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	b.value = cmp.Or(wire.AccessToken, wire.AccessTokenSnake)
	if b.value == "" {
		return ErrInvalidAnswer
	}
	b.lifetime = defaultBearerLifetime
	if seconds, err := json.Number(cmp.Or(wire.ExpiresIn.String(), wire.ExpiresInSnake.String())).Int64(); err == nil && seconds > 0 {
		b.lifetime = time.Duration(seconds) * time.Second
	}
	return nil
}
