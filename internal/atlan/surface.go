// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
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

// surfaceChoice remembers which surface is in use.
type surfaceChoice struct {
	asking keyedLock // guards chosen
	chosen Surface
}

// typeNameInvalid is how the metastore refuses a type that it does not have (metastore TYPE_NAME_INVALID). Any other
// refusal says nothing about the surface, and a wrong choice would last.
const typeNameInvalid = "ATLAS-400-00-014"

// PersonaSurface returns the surface in use: the configured one, else what the tenant serves. It asks once: a tenant
// whose metastore knows the type Persona is managed through entities.
func (c *Client) PersonaSurface(ctx context.Context) (Surface, error) {
	unlock, err := c.surface.asking.lock(ctx, "")
	if err != nil {
		return "", err
	}
	defer unlock()
	if c.surface.chosen != "" {
		return c.surface.chosen, nil
	}
	_, err = c.entities.byQualifiedName(ctx, typePersona, "default/does-not-exist")
	answer, refused := errors.AsType[*Error](err)
	switch {
	case err == nil, errors.Is(err, ErrNotFound):
		c.surface.chosen = SurfaceEntities
	case refused && answer.Code == typeNameInvalid:
		c.surface.chosen = SurfacePersonas
	default:
		return "", fmt.Errorf("finding out how the tenant manages personas: %w", err)
	}
	c.log(ctx, "Chose how to manage personas and policies", map[string]any{"surface": string(c.surface.chosen)})
	return c.surface.chosen, nil
}
