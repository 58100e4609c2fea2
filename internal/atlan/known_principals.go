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

// KnownUsers tells which of the names are users, asking only for those that no call before has found.
func (p *Principals) KnownUsers(ctx context.Context, names []string) (map[string]bool, error) {
	return known(ctx, &p.found, "user ", names, p.ResolveUsers)
}

// KnownGroups tells which of the names are internal names of groups, as [Principals.KnownUsers] does for users.
func (p *Principals) KnownGroups(ctx context.Context, names []string) (map[string]bool, error) {
	return known(ctx, &p.found, "group ", names, p.ResolveGroups)
}

func known[V any](
	ctx context.Context, found *syncMap, kind string, names []string, resolve func(context.Context, []string) (map[string]V, error),
) (map[string]bool, error) {
	all := map[string]bool{}
	var missing []string
	for _, name := range names {
		if all[name] = found.get(kind+name) != ""; !all[name] {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return all, nil
	}
	resolved, err := resolve(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, name := range missing {
		if _, all[name] = resolved[name]; all[name] {
			found.set(kind+name, name)
		}
	}
	return all, nil
}
