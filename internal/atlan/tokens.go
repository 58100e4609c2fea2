// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	tokensPath = "/api/service/apikeys"
	// ServiceAccountPrefix before a token's client id makes the user name under which the token acts.
	ServiceAccountPrefix = "service-account-"
)

// Tokens manages API tokens (/api/service/apikeys).
//
// A token has three identities: its GUID, which the paths of the API take, its client id ("apikey-…"), and the user
// name under which it acts ("service-account-apikey-…"). Names are not unique. There is no read by GUID: reading is
// listing with a filter. Facts: pyatlan client/token.py and atlan-java ApiTokensEndpoint.
type Tokens struct {
	client  *Client
	loader  *loader[Token]
	names   keyedLock
	listing atomic.Int64 // how many tokens the tenant has, as of the last answer that said so
}

func newTokens(c *Client) *Tokens {
	t := &Tokens{client: c}
	t.loader = newLoader(c.limit, t.read, t.collect)
	return t
}

// Token is an API token.
type Token struct {
	// GUID is the token's canonical identity.
	GUID string
	// ClientID is "apikey-" and a UUID.
	ClientID string
	// Name is the display name; it need not be unique.
	Name string
	// Description may be empty.
	Description string
	// PersonaQualifiedNames are the personas that the token is linked with, such as "default/LzgnFMh4DYW1lVTJkBYFSZ".
	PersonaQualifiedNames []string
	// ValiditySeconds is the token's life from its creation; 0 when the tenant did not say.
	ValiditySeconds int64
	// CreatedAt is zero when the tenant did not say.
	CreatedAt time.Time
	// CreatedBy is the user name of the creator.
	CreatedBy string
	// Secret is the value for the Authorization header. Only the answer to the creation holds it.
	Secret string
}

// Username is the name under which the token acts, as it stands in lists of admins.
func (t Token) Username() string { return ServiceAccountPrefix + t.ClientID }

// TokenClientID returns the client id in the user name of an API token; ok is false for other user names.
func TokenClientID(username string) (clientID string, ok bool) {
	clientID, ok = strings.CutPrefix(username, ServiceAccountPrefix)
	return clientID, ok && strings.HasPrefix(clientID, "apikey-")
}

// ExpiresAt is when the token stops working, or zero when the tenant did not say enough to know.
func (t Token) ExpiresAt() time.Time {
	if t.CreatedAt.IsZero() || t.ValiditySeconds == 0 {
		return time.Time{}
	}
	return time.Unix(t.CreatedAt.Unix()+t.ValiditySeconds, int64(t.CreatedAt.Nanosecond())).UTC() // a time.Duration ends after 292 years
}

// Expired tells whether the token has stopped working at the given time.
func (t Token) Expired(now time.Time) bool {
	expires := t.ExpiresAt()
	return !expires.IsZero() && !now.Before(expires)
}

// TokenInput is what a token is made of, or changed to. An update replaces everything but the validity, which the
// tenant fixes at creation.
type TokenInput struct {
	Name                  string
	Description           string
	PersonaQualifiedNames []string
	// ValiditySeconds counts at creation only.
	ValiditySeconds int64
}

// Get reads a token. Concurrent calls are answered by one request. The error matches [ErrNotFound] when there is none;
// an expired token may still be found.
func (t *Tokens) Get(ctx context.Context, guid string) (Token, error) {
	return t.loader.load(ctx, guid)
}

// FindByName returns all tokens of that name.
func (t *Tokens) FindByName(ctx context.Context, name string) ([]Token, error) {
	return t.find(ctx, "displayName", name, func(token Token) bool { return token.Name == name })
}

// FindByClientID returns the token with that client id; the error matches [ErrNotFound] when there is none.
func (t *Tokens) FindByClientID(ctx context.Context, clientID string) (Token, error) {
	found, err := t.find(ctx, "clientId", clientID, func(token Token) bool { return token.ClientID == clientID })
	if err != nil {
		return Token{}, err
	}
	return t.only(found, "client id "+clientID)
}

// Update changes name, description and personas and returns the token as the tenant then shows it, which need not be
// what was asked for: whether a tenant accepts a new name is not documented.
func (t *Tokens) Update(ctx context.Context, guid string, input TokenInput) (Token, error) {
	defer t.loader.wrote(guid)
	err := t.client.do(ctx, call{
		method: http.MethodPost, path: tokensPath + "/" + url.PathEscape(guid), body: input.wire(), class: replayable,
	}, nil)
	if err != nil {
		return Token{}, err
	}
	return t.read(ctx, guid)
}

// Delete removes a token, which stops working at once. A token that does not exist counts as deleted.
func (t *Tokens) Delete(ctx context.Context, guid string) error {
	defer t.loader.wrote(guid)
	err := t.client.do(ctx, call{method: http.MethodDelete, path: tokensPath + "/" + url.PathEscape(guid), class: replayable}, nil)
	var answer *Error
	if err == nil || !errors.As(err, &answer) {
		return err
	}
	// What a second delete answers is not documented, and an attempt before this one may have succeeded unheard: what
	// counts is whether the token is still there.
	if _, readErr := t.read(ctx, guid); errors.Is(readErr, ErrNotFound) {
		return nil
	}
	return err
}

// All lists every token of the tenant, oldest first, a page at a time. It ends with the first error.
func (t *Tokens) All(ctx context.Context) iter.Seq2[Token, error] {
	return t.list(ctx, nil)
}

func (t *Tokens) find(ctx context.Context, key, value string, match func(Token) bool) ([]Token, error) {
	return pick(t.list(ctx, filter{key: value}), match)
}

func (t *Tokens) only(found []Token, what string) (Token, error) {
	if len(found) == 0 {
		return Token{}, fmt.Errorf("no API token has the %s: %w", what, ErrNotFound)
	}
	return found[0], nil
}

// read asks for one token by its GUID.
func (t *Tokens) read(ctx context.Context, guid string) (Token, error) {
	found, err := t.find(ctx, "id", guid, func(token Token) bool { return token.GUID == guid })
	if err != nil {
		return Token{}, err
	}
	return t.only(found, "GUID "+guid)
}

// collect reads all tokens, unless that takes more than maxRequests.
func (t *Tokens) collect(ctx context.Context, maxRequests int, page func(map[string]Token)) error {
	list := pages(oldestFirst(), nil, t.page(ctx))
	return collectPages(list, &t.listing, maxRequests, func(token Token) string { return token.GUID }, page)
}

// list pages through the tokens that the filter selects, oldest first.
func (t *Tokens) list(ctx context.Context, selected filter) iter.Seq2[Token, error] {
	return entries(oldestFirst(), selected, t.page(ctx))
}

// page reads one page.
func (t *Tokens) page(ctx context.Context) func(url.Values, *entryPage[Token]) error {
	return func(query url.Values, page *entryPage[Token]) error {
		defer page.storeTotal(&t.listing)
		return t.client.do(ctx, call{method: http.MethodGet, path: tokensPath, query: query, class: replayable}, page)
	}
}

// wire is the body of a creation and of an update. The API wants description and personas to be present, though
// personas is unused (developer.atlan.com, API tokens).
func (in TokenInput) wire() map[string]any {
	qualifiedNames := slices.Clone(in.PersonaQualifiedNames)
	if qualifiedNames == nil {
		qualifiedNames = []string{}
	}
	return map[string]any{
		"displayName": in.Name, "description": in.Description, "personas": []string{}, "personaQualifiedNames": qualifiedNames,
	}
}

// UnmarshalJSON accepts both encodings of a token: the list has personas as objects, the answers to creation and
// update have them, and more, as JSON inside a string. Numbers are strings in both. Top-level names may be missing.
func (t *Token) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID          string `json:"id"`
		ClientID    string `json:"clientId"`
		DisplayName string `json:"displayName"`
		Attributes  struct {
			AccessToken    string          `json:"accessToken"`
			Lifespan       json.RawMessage `json:"access.token.lifespan"`
			CreatedAt      json.RawMessage `json:"createdAt"`
			CreatedBy      string          `json:"createdBy"`
			ClientID       string          `json:"clientId"`
			DisplayName    string          `json:"displayName"`
			Description    string          `json:"description"`
			QualifiedNames json.RawMessage `json:"personaQualifiedName"`
		} `json:"attributes"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	personas, err := decodeQualifiedNames(wire.Attributes.QualifiedNames)
	if err != nil {
		return err
	}
	*t = Token{
		GUID:                  wire.ID,
		ClientID:              strings.TrimPrefix(cmp.Or(wire.ClientID, wire.Attributes.ClientID), ServiceAccountPrefix),
		Name:                  cmp.Or(wire.DisplayName, wire.Attributes.DisplayName),
		Description:           wire.Attributes.Description,
		PersonaQualifiedNames: personas,
		CreatedBy:             wire.Attributes.CreatedBy,
		Secret:                wire.Attributes.AccessToken,
	}
	if seconds, err := strconv.ParseInt(text(wire.Attributes.Lifespan), 10, 64); err == nil && seconds > 0 {
		t.ValiditySeconds = seconds
	}
	if millis, err := strconv.ParseInt(text(wire.Attributes.CreatedAt), 10, 64); err == nil && millis > 0 {
		t.CreatedAt = time.UnixMilli(millis).UTC()
	}
	return nil
}

// decodeQualifiedNames reads a list of personas in any of the forms seen: an array of objects or of strings, a string
// that holds such an array or null, an empty string, null, nothing.
func decodeQualifiedNames(raw json.RawMessage) ([]string, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var nested string
	if json.Unmarshal(raw, &nested) == nil {
		nested = strings.TrimSpace(nested)
		if nested == "" || nested == "null" {
			return nil, nil
		}
		if !strings.HasPrefix(nested, "[") {
			return []string{nested}, nil
		}
		raw = json.RawMessage(nested)
	}
	var elements []json.RawMessage
	if err := json.Unmarshal(raw, &elements); err != nil {
		return nil, fmt.Errorf("personaQualifiedName is neither a list nor a string: %w", err)
	}
	var names []string
	for _, element := range elements {
		name := text(element)
		if name == "" {
			var persona struct {
				QualifiedName string `json:"personaQualifiedName"`
			}
			if err := json.Unmarshal(element, &persona); err != nil || persona.QualifiedName == "" {
				return nil, errors.New("personaQualifiedName has an element without a qualified name")
			}
			name = persona.QualifiedName
		}
		names = append(names, name)
	}
	return names, nil
}
