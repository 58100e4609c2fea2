// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"net/http"
	"net/url"
	"strings"
)

// handler acts on a request and returns what is sent as JSON; nil is an empty answer. It runs under the tenant's lock.
type handler func(*request) (any, error)

// route is one operation of the API. A segment in braces is a variable.
type route struct {
	method   string
	segments []string
	handle   handler
	public   bool // needs no bearer token
}

// apiRoutes lists every operation; of two that fit a path the first one is taken.
func (t *Tenant) apiRoutes() []route {
	return []route{
		on("GET", "/api/service/apikeys", t.listAPITokens),
		on("POST", "/api/service/apikeys", t.createAPIToken),
		on("POST", "/api/service/apikeys/{guid}", t.updateAPIToken),
		on("DELETE", "/api/service/apikeys/{guid}", t.deleteAPIToken),
		on("POST", "/api/service/oauth-clients/token", t.issueOAuthToken).withoutBearer(),
		on("GET", "/api/service/users/current", t.currentUser),
		on("GET", "/api/service/whoami", t.whoAmI),
	}
}

func on(method, path string, h handler) route {
	return route{method: method, segments: strings.Split(path, "/"), handle: h}
}

func (r route) withoutBearer() route {
	r.public = true
	return r
}

// route finds the operation for a path, with the values of its variables.
func (t *Tenant) route(method, path string) (*route, map[string]string, error) {
	segments := strings.Split(path, "/")
	known := false
	for i := range t.routes {
		r := &t.routes[i]
		params, ok := r.match(segments)
		if !ok {
			continue
		}
		if r.method == method {
			return r, params, nil
		}
		known = true
	}
	if known {
		return nil, nil, statusError(http.StatusMethodNotAllowed, "%s is not allowed on %s", method, path)
	}
	return nil, nil, statusError(http.StatusNotFound, "%s is not a path of this API", path)
}

func (r *route) match(segments []string) (map[string]string, bool) {
	if len(segments) != len(r.segments) {
		return nil, false
	}
	params := map[string]string{}
	for i, want := range r.segments {
		if name, ok := strings.CutPrefix(want, "{"); ok {
			value, err := url.PathUnescape(segments[i])
			if err != nil {
				return nil, false
			}
			params[strings.TrimSuffix(name, "}")] = value
		} else if want != segments[i] {
			return nil, false
		}
	}
	return params, true
}
