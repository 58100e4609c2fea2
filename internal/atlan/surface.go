// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
)

// Surface is the family of endpoints through which a tenant manages personas and their policies.
type Surface string

const (
	// SurfaceEntities is the metastore, where personas and policies are entities: what present tenants serve and
	// Atlan's SDKs use.
	SurfaceEntities Surface = "entities"
	// SurfacePersonas is the documented REST family /api/service/personas (apidocs.atlan.com).
	SurfacePersonas Surface = "personas"
)

// surfaceChoice finds out once which surface the tenant serves.
type surfaceChoice struct {
	mu     sync.Mutex
	chosen Surface
}

// PersonaSurface returns the surface in use: the configured one, else what the tenant serves. It asks once: a tenant
// whose metastore knows the type Persona is managed through entities.
func (c *Client) PersonaSurface(ctx context.Context) (Surface, error) {
	c.surface.mu.Lock()
	chosen := c.surface.chosen
	c.surface.mu.Unlock()
	if chosen != "" {
		return chosen, nil
	}
	_, err := c.entities.byQualifiedName(ctx, typePersona, "default/does-not-exist")
	var answer *Error
	switch {
	case err == nil, errors.Is(err, ErrNotFound):
		chosen = SurfaceEntities
	case errors.As(err, &answer) && answer.StatusCode == http.StatusBadRequest:
		// The metastore refuses a type it does not have as a bad request (metastore TYPE_NAME_INVALID).
		chosen = SurfacePersonas
	default:
		return "", fmt.Errorf("finding out how the tenant manages personas: %w", err)
	}
	c.log(ctx, "Chose how to manage personas and policies", map[string]any{"surface": string(chosen)})
	c.surface.mu.Lock()
	defer c.surface.mu.Unlock()
	c.surface.chosen = chosen
	return chosen, nil
}
