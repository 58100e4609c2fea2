// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// Seeds that a tenant can start from.
const (
	// SeedEmpty has one administrator, the workspace roles and the API token behind the start credentials.
	SeedEmpty = "empty"
	// SeedDemo adds the people, connections and objects that the examples of this repository refer to.
	SeedDemo = "demo"
)

// API surfaces that a tenant can serve. Tenants differ: older ones have the documented REST family for personas and the
// package workflows, newer ones have persona entities and app workflows.
const (
	// SurfaceBoth serves the old and the new family over the same objects.
	SurfaceBoth = "both"
	// SurfacePersonas serves personas through /api/service/personas only.
	SurfacePersonas = "personas"
	// SurfaceEntities serves personas as metastore entities only.
	SurfaceEntities = "entities"
	// SurfaceApp serves app workflows (/api/service/v1/app) only.
	SurfaceApp = "app"
	// SurfacePackage serves package workflows (/api/service/workflows) only.
	SurfacePackage = "package"
)

// Options says what kind of tenant to serve. The zero value is an empty tenant without any delay or limit.
type Options struct {
	// Seed is SeedEmpty (the default) or SeedDemo. It is ignored when DataFile already holds a tenant.
	Seed string
	// DataFile, where set, keeps the tenant and its credentials across restarts.
	DataFile string

	// PersonaAPI is SurfaceBoth (the default), SurfacePersonas or SurfaceEntities.
	PersonaAPI string
	// WorkflowAPI is SurfaceBoth (the default), SurfaceApp or SurfacePackage.
	WorkflowAPI string
	// Apps is the set of apps that SeedDemo installs: AppsDemo (the default) or AppsFirstGuess.
	Apps string
	// ConnectionAdminPackage is PackageEnabled (the default), PackageNotEnabled or PackageNoEffect.
	ConnectionAdminPackage string

	// Latency is a real-time wait before every API request is acted upon.
	Latency time.Duration
	// SearchLag is how long a change takes to reach the search index.
	SearchLag time.Duration
	// RoleLag is how long a change of connection admins takes to become effective.
	RoleLag time.Duration
	// RunTime is how long a workflow run takes.
	RunTime time.Duration
	// RateLimit is the number of requests that one actor may make in any rolling minute; 0 is no limit.
	RateLimit int

	// NoShuffle gives lists in order of creation and empty values always in the same form. By default both vary as far
	// as the API leaves them open, so that a client that relies on either is found out.
	NoShuffle bool

	// Now is the tenant's clock before it is advanced; nil means time.Now.
	Now func() time.Time
	// Logger receives one line per request, without any secret; nil discards them.
	Logger *slog.Logger
}

// Validate says what cannot be served, if anything.
func (o Options) Validate() error {
	_, err := o.withDefaults()
	return err
}

// withDefaults fills what was left out and refuses what cannot be served.
func (o Options) withDefaults() (Options, error) {
	choices := []struct {
		name    string
		value   *string
		allowed []string // the first one is the default
	}{
		{"seed", &o.Seed, []string{SeedEmpty, SeedDemo}},
		{"persona API", &o.PersonaAPI, []string{SurfaceBoth, SurfacePersonas, SurfaceEntities}},
		{"workflow API", &o.WorkflowAPI, []string{SurfaceBoth, SurfaceApp, SurfacePackage}},
		{"set of apps", &o.Apps, appSets},
		{"state of the connection admin package", &o.ConnectionAdminPackage, packageStates},
	}
	for _, c := range choices {
		if *c.value == "" {
			*c.value = c.allowed[0]
		}
		if !slices.Contains(c.allowed, *c.value) {
			return o, fmt.Errorf("unknown %s %q: use one of %s", c.name, *c.value, strings.Join(c.allowed, ", "))
		}
	}
	for _, d := range []struct {
		name  string
		value time.Duration
	}{{"latency", o.Latency}, {"search lag", o.SearchLag}, {"role lag", o.RoleLag}, {"run time", o.RunTime}} {
		if d.value < 0 {
			return o, fmt.Errorf("the %s is %s: it cannot be negative", d.name, d.value)
		}
	}
	if o.RateLimit < 0 {
		return o, fmt.Errorf("the rate limit is %d: use a number of requests per minute, or 0 for none", o.RateLimit)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o, nil
}
