// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package atlan is a client for the part of Atlan's API that governs access: API tokens, the current user and, as they
// are added, personas, policies, connections and workflows.
//
// It knows nothing of Terraform. Its promises are those a declarative caller needs: nothing that creates an object is
// ever replayed blindly, the tenant's rate limit is respected before it is hit, concurrent reads become one request,
// and no secret reaches a log or an error text.
package atlan

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Defaults of [Config].
const (
	// DefaultRequestsPerMinute stays below the lowest of the published limits, 400 a minute
	// (docs.atlan.com, "API limits and automation"), and leaves room for other callers.
	DefaultRequestsPerMinute = 300
	// DefaultMaxRetries is what Atlan's Python SDK uses.
	DefaultMaxRetries = 5
	// DefaultRequestTimeout bounds one attempt of one request.
	DefaultRequestTimeout = 60 * time.Second
	// DefaultRightsDelay is the period after which the metastore's authorizer asks for roles anew (metastore
	// PolicyRefresher), and some time to load them.
	DefaultRightsDelay = 35 * time.Second
	// DefaultRunPoll is how often Atlan's SDKs look at a run that they wait for (pyatlan client/workflow.py).
	DefaultRunPoll = 5 * time.Second
)

// Config says which tenant to talk to, as whom, and how hard.
type Config struct {
	// BaseURL is the tenant's address, such as https://acme.atlan.com; see [ParseBaseURL] for what is accepted.
	BaseURL string
	// APIKey is the value of an API token. It is used when OAuthClientID is empty.
	APIKey string
	// OAuthClientID and OAuthClientSecret are exchanged for short-lived bearer tokens.
	OAuthClientID, OAuthClientSecret string
	// UserBearerToken is the bearer token of a person. It is used to grant rights on connections and query collections,
	// and to look at those that the other credential may not see; empty means none.
	UserBearerToken string
	// UserAgent identifies the caller, such as "terraform-provider-atlan/1.0.0 (terraform 1.15.0)".
	UserAgent string
	// RequestsPerMinute is how many requests this client sends in any minute; 0 means [DefaultRequestsPerMinute].
	RequestsPerMinute int
	// MaxRetries is how often a request is tried again after a failure that allows it; nil means [DefaultMaxRetries].
	MaxRetries *int
	// RequestTimeout bounds one attempt; 0 means [DefaultRequestTimeout].
	RequestTimeout time.Duration
	// CACertificates are PEM blocks trusted in addition to the system's.
	CACertificates []byte
	// PersonaSurface is how personas and policies are managed; empty means what the tenant serves.
	PersonaSurface Surface
	// WorkflowSurface is how workflows are managed; empty means what the tenant serves. [WorkflowsOfApps] keeps the client
	// from those of packages.
	WorkflowSurface WorkflowSurface
	// Log receives one record per request; nil drops them. Records never hold headers, bodies or secrets.
	Log func(ctx context.Context, message string, fields map[string]any)
	// Now is the local clock; nil means [time.Now].
	Now func() time.Time
	// RightsDelay is how long a right takes to be effective for certain; 0 means [DefaultRightsDelay]. Tests shorten it.
	RightsDelay time.Duration
	// RunPoll is how often a run that is waited for is looked at; 0 means [DefaultRunPoll].
	RunPoll time.Duration
	// Pause waits between two looks at a run; nil means that time passes. Tests let the tenant's clock go on instead.
	Pause func(ctx context.Context, d time.Duration) error
	// RetryWait is the first pause before a retry, doubled each time; 0 means 500 ms. Tests shorten it.
	RetryWait time.Duration
}

// Client talks to one Atlan tenant as one actor. It is safe for concurrent use.
type Client struct {
	// Tokens manages API tokens.
	Tokens *Tokens
	// Principals answers who the caller is and who exists.
	Principals *Principals
	// Personas manages personas.
	Personas *Personas
	// Policies manages the policies of personas.
	Policies *Policies
	// Connections reads connections and manages their admins.
	Connections *Connections
	// Collections reads query collections and manages their members.
	Collections *Collections
	// Apps tells which apps there are and what they expect.
	Apps *Apps
	// AppWorkflows manages workflows of apps.
	AppWorkflows *AppWorkflows
	// Credentials manages the vault.
	Credentials *Credentials
	// Workflows manages workflows of packages and their runs.
	Workflows *Workflows

	entities, userEntities *entities
	surface                surfaceChoice
	workflowSurface        WorkflowSurface
	accessWrites           keyedLock // by the GUID of the connection or collection
	granted                recentGrants
	userBearer             apiKey
	maxRetries             int
	rightsDelay, runPoll   time.Duration
	pause                  func(ctx context.Context, d time.Duration) error

	base           *url.URL
	http           *retryablehttp.Client
	limit          *bucket
	mask           *redactor
	clock          *tenantClock
	wait           time.Duration
	requestTimeout time.Duration
	log            func(ctx context.Context, message string, fields map[string]any)
}

// New checks the configuration and makes a client. It sends nothing.
func New(config Config) (*Client, error) {
	base, err := ParseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	setDefaults(&config)
	c := &Client{
		base:           base,
		limit:          newBucket(config.RequestsPerMinute, config.RetryWait),
		mask:           newRedactor(config.APIKey, config.OAuthClientSecret, config.UserBearerToken),
		clock:          &tenantClock{local: config.Now},
		wait:           config.RetryWait,
		requestTimeout: config.RequestTimeout,
		userBearer:     apiKey(config.UserBearerToken),
		maxRetries:     *config.MaxRetries,
		rightsDelay:    config.RightsDelay,
		runPoll:        config.RunPoll,
		pause:          config.Pause,
	}
	wire, err := newWireTransport(config, c.limit, c.mask, c.clock)
	if err != nil {
		return nil, err
	}
	c.http = newRetryingClient(config, &authTransport{next: wire, host: base.Host, bearer: c.credential(config), userBearer: c.userBearer}, c.limit)
	c.Principals = newPrincipals(c)
	c.Tokens = newTokens(c)
	c.log = config.Log
	c.surface.chosen, c.workflowSurface = config.PersonaSurface, config.WorkflowSurface
	c.entities, c.userEntities = newEntities(c, OwnCredential), newEntities(c, UserCredential)
	c.Personas = newPersonas(c)
	c.Policies = &Policies{client: c}
	c.Connections = &Connections{client: c}
	c.Collections = &Collections{client: c}
	c.Apps = newApps(c)
	c.AppWorkflows = &AppWorkflows{client: c}
	c.Credentials = &Credentials{client: c}
	c.Workflows = &Workflows{client: c}
	return c, nil
}

func setDefaults(config *Config) {
	if config.RequestsPerMinute == 0 {
		config.RequestsPerMinute = DefaultRequestsPerMinute
	}
	if config.MaxRetries == nil {
		retries := DefaultMaxRetries
		config.MaxRetries = &retries
	}
	if config.RequestTimeout == 0 {
		config.RequestTimeout = DefaultRequestTimeout
	}
	if config.RetryWait == 0 {
		config.RetryWait = 500 * time.Millisecond
	}
	if config.RightsDelay == 0 {
		config.RightsDelay = DefaultRightsDelay
	}
	if config.RunPoll == 0 {
		config.RunPoll = DefaultRunPoll
	}
	if config.Pause == nil {
		config.Pause = sleep
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Log == nil {
		config.Log = func(context.Context, string, map[string]any) {}
	}
}

// Pause waits between two looks at something that takes its time on the tenant. It ends early, with the error of ctx, when
// that is over.
func (c *Client) Pause(ctx context.Context, d time.Duration) error { return c.pause(ctx, d) }

// BaseURL returns the tenant's address without a trailing slash.
func (c *Client) BaseURL() string { return c.base.String() }

// Now returns the tenant's time as far as its answers have told it, else the local time. Expiry is judged by it, so
// that a machine with a wrong clock does not mistake a living token for an expired one.
func (c *Client) Now() time.Time { return c.clock.now() }

// ParseBaseURL accepts the address of a tenant: https, or http to a loopback address, with nothing behind the host.
// The word INTERNAL, by which Atlan's SDKs select in-cluster services, is refused like every other non-address.
func ParseBaseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case strings.Contains(raw, "@"): // not quoted: it may hold a password
		return nil, errors.New("the address of the tenant must not hold a user name or password")
	case err != nil || u.Host == "" || u.Scheme == "" || u.Hostname() == "":
		return nil, fmt.Errorf("%q is not the address of a tenant, such as https://acme.atlan.com", raw)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("%q has a path, query or fragment: give the address of the tenant alone, such as https://%s", raw, u.Host)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("%q would send the credential unencrypted: use https (http is accepted for a loopback address only)", raw)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("%q has the scheme %q: use https", raw, u.Scheme)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// call is one request to the tenant.
type call struct {
	method string
	// path with its variable parts escaped.
	path  string
	query url.Values
	body  any
	class retryClass
	// as is the credential that the request is made with.
	as Credential
	// anonymous requests carry no Authorization header.
	anonymous bool
	// timeout of one attempt, when it differs from the client's.
	timeout time.Duration
	// attempts made so far.
	attempts int
}

// do sends the request and decodes the answer's JSON into out, unless out is nil. It returns an *[Error] when the tenant
// answered with a failure, a *[ConnectionError] when no answer was had, and an error that wraps [ErrInvalidAnswer] when
// a successful answer could not be understood.
func (c *Client) do(ctx context.Context, call call, out any) error {
	ctx = context.WithValue(ctx, callKey{}, &call)
	req, err := c.request(ctx, call)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return c.connectionError(call, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return c.connectionError(call, err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return decodeError(call, resp, body, c.mask)
	}
	if !understand(body, out) {
		return &Error{
			Method: call.method, Path: call.path, StatusCode: resp.StatusCode, RequestID: requestID(resp, "", c.mask),
			Message: invalidAnswer(resp, body), As: call.as, sentinel: ErrInvalidAnswer,
		}
	}
	return nil
}

// understand decodes the body of a successful answer. Where none is asked for, one is still not believed that a sign-in
// page or a gateway sent in place of the tenant: nothing would have been deleted, for instance.
func understand(body []byte, out any) bool {
	if out == nil {
		return !isWebPage(body)
	}
	return !bytes.Equal(bytes.TrimSpace(body), []byte("null")) && json.Unmarshal(body, out) == nil
}

func (c *Client) request(ctx context.Context, call call) (*retryablehttp.Request, error) {
	path, err := url.PathUnescape(call.path)
	if err != nil {
		return nil, fmt.Errorf("making the request %s %s: %w", call.method, call.path, err)
	}
	u := *c.base
	u.Path, u.RawPath = path, call.path
	u.RawQuery = call.query.Encode()
	var body io.Reader
	if call.body != nil {
		encoded, err := json.Marshal(call.body)
		if err != nil {
			return nil, fmt.Errorf("encoding the body of %s %s: %w", call.method, call.path, err)
		}
		body = bytes.NewReader(encoded)
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, call.method, u.String(), body)
	if err != nil {
		return nil, fmt.Errorf("making the request %s %s: %w", call.method, call.path, err)
	}
	req.Header.Set("Accept", "application/json")
	if call.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}
