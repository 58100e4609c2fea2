// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

const (
	appsPath       = "/api/service/v1/apps"
	configMapsPath = "/api/service/configmaps"

	// codeUnknownEntrypoint is Heracles' code for an entrypoint without an input contract (pyatlan model/apps/_base.py).
	codeUnknownEntrypoint = "1003"
	// formRequests is how many forms are asked for at a time: their service throttles bursts (pyatlan generator).
	formRequests = 2
)

// Apps tells which apps a tenant has and what they expect: their input contracts (/api/service/v1/apps) and their forms
// (/api/service/configmaps). There is no list of apps. What is found out is kept as long as the client lives, because
// it is asked for again by every workflow of an app. Facts: pyatlan client/app.py, and generator/generate_apps.py.
type Apps struct {
	client *Client
	flight singleflight.Group
	forms  chan struct{} // holds one element for each form that is being asked for

	mu    sync.Mutex
	known map[string]any // by request: what was answered, or the error that there is no such thing
}

func newApps(c *Client) *Apps {
	return &Apps{client: c, forms: make(chan struct{}, formRequests), known: map[string]any{}}
}

// App is an app of the tenant.
type App struct {
	// ID is case-sensitive ("Kafka-apache").
	ID, Name string
	// NativeReady says whether app workflows can be made of it.
	NativeReady bool
	// ExecutionMode is "native" for such apps.
	ExecutionMode string
	// Entrypoints are the operations that the app announces, such as "crawler"; it may have none but its default.
	Entrypoints []string
}

// UnmarshalJSON reads the entrypoints, which are objects.
func (a *App) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID            string `json:"app_id"`
		Name          string `json:"name"`
		NativeReady   bool   `json:"native_ready"`
		ExecutionMode string `json:"execution_mode"`
		Entrypoints   []struct {
			Name string `json:"name"`
		} `json:"entrypoints"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*a = App{ID: wire.ID, Name: wire.Name, NativeReady: wire.NativeReady, ExecutionMode: wire.ExecutionMode}
	for _, entrypoint := range wire.Entrypoints {
		if entrypoint.Name != "" {
			a.Entrypoints = append(a.Entrypoints, entrypoint.Name)
		}
	}
	return nil
}

// Info reads an app. The error matches [ErrNotFound] when it is not installed.
func (a *Apps) Info(ctx context.Context, appID string) (App, error) {
	return remembered(ctx, a, "app "+appID, func(ctx context.Context) (App, error) {
		var app App
		err := a.get(ctx, appsPath+"/"+url.PathEscape(appID), nil, &app)
		if err == nil && app.ID == "" {
			app.ID = appID
		}
		return app, err
	})
}

// Contract reads the input contract of an app at an entrypoint; "" is the default one. The error matches [ErrNoContract]
// when the app has none there.
func (a *Apps) Contract(ctx context.Context, appID, entrypoint string) (*AppContract, error) {
	return remembered(ctx, a, "contract "+appID+" "+entrypoint, func(ctx context.Context) (*AppContract, error) {
		var document map[string]any
		err := a.get(ctx, appsPath+"/"+url.PathEscape(appID)+"/inputs", entrypointQuery(entrypoint), &document)
		if answer, ok := errors.AsType[*Error](err); ok && answer.Code == codeUnknownEntrypoint {
			answer.sentinel = ErrNoContract
		}
		if err != nil {
			return nil, err
		}
		return ParseAppContract(document), nil
	})
}

// Form reads the set-up form of an app at an entrypoint; "" is the default one. It is nil where there is none. The error
// matches [ErrForbidden] where the caller may not see it.
func (a *Apps) Form(ctx context.Context, appID, entrypoint string) (*AppForm, error) {
	return remembered(ctx, a, "form "+appID+" "+entrypoint, func(ctx context.Context) (*AppForm, error) {
		document, err := a.configMap(ctx, appID, entrypointQuery(entrypoint))
		if document == nil || err != nil {
			return nil, err
		}
		return ParseAppForm(document), nil
	})
}

// CredentialForm reads the form of an app's credential by the name that the set-up form has for it. It is nil where
// there is none. The error matches [ErrForbidden] where the caller may not see it.
func (a *Apps) CredentialForm(ctx context.Context, configName, appID string) (*CredentialForm, error) {
	return remembered(ctx, a, "credential "+configName+" "+appID, func(ctx context.Context) (*CredentialForm, error) {
		document, err := a.configMap(ctx, configName, url.Values{"app_id": {appID}})
		if document == nil || err != nil {
			return nil, err
		}
		return ParseCredentialForm(configName, document), nil
	})
}

// configMap reads a form, a JSON text inside of JSON; nil where there is none.
func (a *Apps) configMap(ctx context.Context, name string, query url.Values) (map[string]any, error) {
	select {
	case a.forms <- struct{}{}:
		defer func() { <-a.forms }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	var answer struct {
		Data struct {
			Config string `json:"config"`
		} `json:"data"`
	}
	err := a.get(ctx, configMapsPath+"/"+url.PathEscape(name), query, &answer)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var document map[string]any
	if json.Unmarshal([]byte(answer.Data.Config), &document) != nil {
		return nil, nil // a form that cannot be read is as good as none
	}
	return document, nil
}

func (a *Apps) get(ctx context.Context, path string, query url.Values, out any) error {
	return warm(ctx, a.client.wait, func() error {
		return a.client.do(ctx, call{method: http.MethodGet, path: path, query: query, class: replayable}, out)
	})
}

func entrypointQuery(entrypoint string) url.Values {
	if entrypoint == "" {
		return nil // the empty string is refused
	}
	return url.Values{"entrypoint": {entrypoint}}
}

// remembered asks once, however many ask at the same time or later. That there is no such thing is remembered too, any
// other failure is not. No caller's cancellation ends what others wait for.
func remembered[V any](ctx context.Context, a *Apps, key string, ask func(context.Context) (V, error)) (V, error) {
	var none V
	if value, ok, err := recall[V](a, key); ok {
		return value, err
	}
	result := a.flight.DoChan(key, func() (any, error) {
		if value, ok, err := recall[V](a, key); ok {
			return value, err
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTimeout)
		defer cancel()
		value, err := ask(ctx)
		a.mu.Lock()
		defer a.mu.Unlock()
		switch {
		case err == nil && !isPartial(value):
			a.known[key] = value
		case errors.Is(err, ErrNotFound), errors.Is(err, ErrNoContract):
			a.known[key] = err
		}
		return value, err
	})
	select {
	case <-ctx.Done():
		return none, ctx.Err()
	case r := <-result:
		value, _ := r.Val.(V)
		return value, r.Err
	}
}

// recall returns what is known; ok is false where nothing is.
// isPartial tells that a later look may show more.
func isPartial(value any) bool {
	app, ok := value.(*ResolvedApp)
	return ok && app.Hidden != nil
}

func recall[V any](a *Apps, key string) (value V, ok bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch known := a.known[key].(type) {
	case error:
		return value, true, known
	case V:
		return known, true, nil
	}
	return value, false, nil
}

// coldStartWindow is how long an app is given to start.
const coldStartWindow = 5 * time.Minute

// warm tries again while the app behind an endpoint starts: apps are stopped when nobody uses them, and until one is up
// the tenant answers that it cannot connect to it (application-sdk testing/e2e/client.py).
func warm(ctx context.Context, wait time.Duration, do func() error) error {
	started := time.Now()
	for attempt := 0; ; attempt++ {
		err := do()
		if !isColdStart(err) || time.Since(started) > coldStartWindow {
			return err
		}
		if sleep(ctx, pauseAfter(err, min(wait<<min(attempt+1, 6), 15*time.Second))) != nil {
			return err
		}
	}
}

// isColdStart tells that the tenant could not connect to the app, which therefore has not acted.
func isColdStart(err error) bool {
	answer, ok := errors.AsType[*Error](err)
	return ok && answer.StatusCode >= 500 && strings.Contains(answer.Message, "connection refused")
}
