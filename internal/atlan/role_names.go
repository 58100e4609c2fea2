// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import "context"

// roleCache remembers the roles of the tenant, which do not change while Terraform runs.
type roleCache struct {
	asking keyedLock // guards roles
	roles  map[string]Role
}

// KnownRoles returns the roles of the tenant by their names. They are asked for once.
func (p *Principals) KnownRoles(ctx context.Context) (map[string]Role, error) {
	unlock, err := p.roles.asking.lock(ctx, "")
	if err != nil {
		return nil, err
	}
	defer unlock()
	if p.roles.roles != nil {
		return p.roles.roles, nil
	}
	roles := map[string]Role{}
	for role, err := range p.Roles(ctx) {
		if err != nil {
			return nil, err
		}
		roles[role.Name] = role
	}
	p.roles.roles = roles
	return roles, nil
}
