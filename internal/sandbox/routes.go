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
	routes := []route{
		on("GET", "/api/service/apikeys", t.listAPITokens),
		on("POST", "/api/service/apikeys", forAdmins(t.createAPIToken)),
		on("POST", "/api/service/apikeys/{guid}", forAdmins(t.updateAPIToken)),
		on("DELETE", "/api/service/apikeys/{guid}", forAdmins(t.deleteAPIToken)),
		on("POST", "/api/service/oauth-clients/token", t.issueOAuthToken).withoutBearer(),
		on("GET", "/api/service/oauth-clients", forAdmins(t.listOAuthClients)),
		on("POST", "/api/service/oauth-clients", forAdmins(t.createOAuthClient)),
		on("GET", "/api/service/oauth-clients/{clientId}", forAdmins(t.getOAuthClient)),
		on("PUT", "/api/service/oauth-clients/{clientId}", forAdmins(t.updateOAuthClient)),
		on("POST", "/api/service/oauth-clients/{clientId}", forAdmins(t.updateOAuthClient)),
		on("DELETE", "/api/service/oauth-clients/{clientId}", forAdmins(t.deleteOAuthClient)),

		on("GET", "/api/service/users/current", t.currentUser),
		on("GET", "/api/service/whoami", t.whoAmI),
		on("GET", "/api/service/users", t.listUsers),
		on("GET", "/api/service/groups", t.listGroups),
		on("GET", "/api/service/v2/groups", t.listGroups),
		on("GET", "/api/service/roles", t.listRoles),

		on("POST", "/api/meta/entity/bulk", t.saveEntities),
		on("GET", "/api/meta/entity/bulk", t.getEntities),
		on("DELETE", "/api/meta/entity/bulk", t.deleteEntities),
		on("GET", "/api/meta/entity/guid/{guid}", t.getEntity),
		on("GET", "/api/meta/entity/uniqueAttribute/type/{type}", t.getEntityByName),
		on("POST", "/api/meta/search/indexsearch", t.searchEntities),
		on("GET", "/api/meta/types/typedefs", t.getTypeDefs),
	}
	routes = append(routes, t.groupRoutes()...)
	if t.opts.PersonaAPI != SurfaceEntities {
		routes = append(routes, t.personaRoutes()...)
	}
	if t.opts.WorkflowAPI != SurfaceApp {
		routes = append(routes, t.workflowRoutes()...)
	}
	if t.opts.WorkflowAPI != SurfacePackage {
		routes = append(routes, t.appRoutes()...)
	}
	routes = append(routes, t.credentialRoutes()...)
	return routes
}

func on(method, path string, h handler) route {
	return route{method: method, segments: strings.Split(path, "/"), handle: h}
}

func (r route) withoutBearer() route {
	r.public = true
	return r
}

// keycloakAdmin are paths that are closed to customers: 403 (pyatlan HISTORY.md, 8.3.1).
const keycloakAdmin = "/auth/admin/realms/"

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
	if strings.HasPrefix(path, keycloakAdmin) {
		return nil, nil, statusError(http.StatusForbidden, "%s is not open to customers", path)
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

// forAdmins lets administrators pass. Nobody else manages API tokens, OAuth clients and personas (docs.atlan.com "API
// authentication", "Create persona").
func forAdmins(h handler) handler {
	return func(rq *request) (any, error) {
		if !rq.actor.administers() { // the status is published, the text is inferred
			return nil, statusError(http.StatusForbidden, "%s is not permitted to perform this operation", rq.actor.username)
		}
		return h(rq)
	}
}
