// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const (
	usersPath    = "/api/service/users"
	groupsPath   = "/api/service/groups"
	groupsV2Path = "/api/service/v2/groups"
	rolesPath    = "/api/service/roles"
)

// userColumns are the fields of a user that are asked for. Without them each user comes with logins and personas
// (pyatlan client/common/user.py).
var userColumns = []string{"id", "username", "email", "firstName", "lastName", "enabled", "workspaceRole"}

// Group is a group of users.
type Group struct {
	// ID is the group's GUID.
	ID string
	// Name is the internal name, which personas and connections refer to; it is unique.
	Name string
	// Alias is the name that people see; it need not be unique.
	Alias string
	// Description may be empty.
	Description string
	// MemberCount is nil when the tenant does not say.
	MemberCount *int64
}

// Role is a role of the workspace, such as $admin.
type Role struct {
	// ID is the role's GUID, which connections refer to.
	ID string
	// Name is unique and begins with a dollar sign.
	Name string
	// Description is the name that people see, such as "Admin".
	Description string
	// Level is what the role is for, such as "workspace".
	Level string
	// MemberCount is nil when the tenant does not say.
	MemberCount *int64
}

// Users lists every person with access to the tenant by user name, a page at a time. Service accounts are not among
// them (pyatlan cache/user_cache.py). It ends with the first error.
func (p *Principals) Users(ctx context.Context) iter.Seq2[User, error] {
	return p.listUsers(ctx, nil)
}

// Groups lists every group by name, a page at a time. It ends with the first error.
func (p *Principals) Groups(ctx context.Context) iter.Seq2[Group, error] {
	return p.listGroups(ctx, nil)
}

// Roles lists the roles of the workspace by name, a page at a time. The roles behind personas, connections and
// collections, whose names do not begin with a dollar sign, are left out (pyatlan cache/role_cache.py).
func (p *Principals) Roles(ctx context.Context) iter.Seq2[Role, error] {
	return p.listRoles(ctx, filter{"name": filter{"$ilike": "$%"}})
}

// GetUser reads a person by GUID; the error matches [ErrNotFound] when there is none.
func (p *Principals) GetUser(ctx context.Context, id string) (User, error) {
	return byID(ctx, p.listUsers, id, "user", func(u User) string { return u.ID })
}

// GetGroup reads a group by GUID; the error matches [ErrNotFound] when there is none.
func (p *Principals) GetGroup(ctx context.Context, id string) (Group, error) {
	return byID(ctx, p.listGroups, id, "group", func(g Group) string { return g.ID })
}

// FindUsersByEmail returns all people with that address, in whatever case it is written. The search is for addresses
// that contain it, as in the SDKs (pyatlan client/common/user.py).
func (p *Principals) FindUsersByEmail(ctx context.Context, email string) ([]User, error) {
	return pick(p.listUsers(ctx, filter{"email": contains(email)}), func(u User) bool { return strings.EqualFold(u.Email, email) })
}

// FindUsersByEmails returns all people with one of those addresses by user name, in few requests.
func (p *Principals) FindUsersByEmails(ctx context.Context, emails []string) ([]User, error) {
	wanted := map[string]bool{}
	var spellings []string
	for _, email := range emails {
		// Whether $in looks at case is not documented. Keycloak keeps addresses in lower case.
		spellings = append(spellings, email, strings.ToLower(email))
		wanted[strings.ToLower(email)] = true
	}
	slices.Sort(spellings)
	var all []User
	for some := range slices.Chunk(slices.Compact(spellings), namesPerRequest) {
		found, err := pick(p.listUsers(ctx, filter{"email": filter{"$in": some}}), func(u User) bool { return wanted[strings.ToLower(u.Email)] })
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b User) int { return strings.Compare(a.Username, b.Username) })
	return slices.CompactFunc(all, func(a, b User) bool { return a.ID == b.ID }), nil
}

// FindGroupsByAlias returns all groups that people see under that name. Its search is that of the SDKs (pyatlan
// client/group.py).
func (p *Principals) FindGroupsByAlias(ctx context.Context, alias string) ([]Group, error) {
	query := filter{"$and": []filter{{"alias": contains(alias)}}}
	return pick(p.listGroups(ctx, query), func(g Group) bool { return g.Alias == alias })
}

// FindRole returns the role of that name; the error matches [ErrNotFound] when there is none.
func (p *Principals) FindRole(ctx context.Context, name string) (Role, error) {
	found, err := pick(p.listRoles(ctx, filter{"name": name}), func(r Role) bool { return r.Name == name })
	if err != nil {
		return Role{}, err
	}
	if len(found) == 0 {
		return Role{}, fmt.Errorf("no role is named %q: %w", name, ErrNotFound)
	}
	return found[0], nil
}

// filter is a condition in the language of the list endpoints, which apidocs.atlan.com calls RQL.
type filter map[string]any

// contains makes the condition that a field contains the text in any case. What would have a meaning of its own in the
// pattern only widens the search; callers compare what they get.
func contains(text string) filter {
	return filter{"$ilike": "%" + strings.ReplaceAll(text, `\`, "%") + "%"}
}

// pick collects the entries that fit.
func pick[V any](entries iter.Seq2[V, error], fits func(V) bool) ([]V, error) {
	var found []V
	for entry, err := range entries {
		if err != nil {
			return nil, err
		}
		if fits(entry) {
			found = append(found, entry)
		}
	}
	return found, nil
}

// byID reads one entry by its GUID. That users and groups can be filtered by it is inferred from API tokens (pyatlan
// client/common/token.py): where a tenant refuses, all are read.
func byID[V any](ctx context.Context, list func(context.Context, filter) iter.Seq2[V, error], id, what string, idOf func(V) string) (V, error) {
	var none V
	fits := func(entry V) bool { return idOf(entry) == id }
	found, err := pick(list(ctx, filter{"id": id}), fits)
	var answer *Error
	if errors.As(err, &answer) && answer.StatusCode == http.StatusBadRequest {
		found, err = pick(list(ctx, nil), fits)
	}
	if err != nil {
		return none, err
	}
	if len(found) == 0 {
		return none, fmt.Errorf("no %s has the GUID %q: %w", what, id, ErrNotFound)
	}
	return found[0], nil
}

func (p *Principals) listUsers(ctx context.Context, query filter) iter.Seq2[User, error] {
	return entries(url.Values{"sort": {"username"}, "columns": userColumns}, query, func(page url.Values, answer *entryPage[User]) error {
		return p.get(ctx, usersPath, page, answer)
	})
}

func (p *Principals) listRoles(ctx context.Context, query filter) iter.Seq2[Role, error] {
	return entries(url.Values{"sort": {"name"}}, query, func(page url.Values, answer *entryPage[Role]) error {
		return p.get(ctx, rolesPath, page, answer)
	})
}

// listGroups lists where the tenant does: apidocs.atlan.com and the Java and Go SDKs have groups, pyatlan has v2/groups.
func (p *Principals) listGroups(ctx context.Context, query filter) iter.Seq2[Group, error] {
	return entries(url.Values{"sort": {"name"}}, query, func(page url.Values, answer *entryPage[Group]) error {
		if p.groupsV2.Load() {
			return p.get(ctx, groupsV2Path, page, answer)
		}
		err := p.get(ctx, groupsPath, page, answer)
		if !notServed(err) {
			return err
		}
		newer := p.get(ctx, groupsV2Path, page, answer)
		if newer == nil {
			p.groupsV2.Store(true)
		}
		if notServed(newer) {
			return err
		}
		return newer
	})
}

func (p *Principals) get(ctx context.Context, path string, query url.Values, answer any) error {
	return p.client.do(ctx, call{method: http.MethodGet, path: path, query: query, class: replayable}, answer)
}

// notServed tells whether the tenant has no such endpoint.
func notServed(err error) bool {
	var answer *Error
	return errors.As(err, &answer) && (answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusMethodNotAllowed)
}
