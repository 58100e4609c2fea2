// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// namesPerRequest keeps the address of a request, which holds the filter, short of what gateways accept.
	namesPerRequest = 50
	// resolvedLife is how long a name that was found is not asked for again.
	resolvedLife = time.Minute

	oauthClientsPath = "/api/service/oauth-clients"
)

// ResolveUsers finds users by their exact names; the names that the result lacks are unknown. Calls at the same time
// share requests, and a name that was found is not asked for again for a while.
//
// The service account of an API token counts as a user: its ID is the GUID of the token, as in pyatlan's
// cache/user_cache.py. That of an OAuth client has no ID when the caller may not see OAuth clients; it is then taken at
// its word.
func (p *Principals) ResolveUsers(ctx context.Context, names []string) (map[string]User, error) {
	return p.users.resolve(ctx, names)
}

// FindUsers is [Principals.ResolveUsers] for people only.
func (p *Principals) FindUsers(ctx context.Context, names []string) (map[string]User, error) {
	return p.users.resolve(ctx, slices.DeleteFunc(slices.Clone(names), isServiceAccount))
}

// ResolveGroups finds groups by their exact internal names, as [Principals.ResolveUsers] finds users.
func (p *Principals) ResolveGroups(ctx context.Context, names []string) (map[string]Group, error) {
	return p.groups.resolve(ctx, names)
}

func isServiceAccount(name string) bool { return strings.HasPrefix(name, ServiceAccountPrefix) }

// readUsers finds users and service accounts by name.
func (p *Principals) readUsers(ctx context.Context, names []string) (map[string]User, error) {
	found, people := map[string]User{}, []string{}
	for _, name := range names {
		if !isServiceAccount(name) {
			people = append(people, name)
			continue
		}
		account, err := p.serviceAccount(ctx, name)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found[name] = account
	}
	byName, err := named(people, "username", func(query filter) iter.Seq2[User, error] { return p.listUsers(ctx, query) },
		func(u User) string { return u.Username })
	maps.Copy(found, byName)
	return found, err
}

func (p *Principals) readGroups(ctx context.Context, names []string) (map[string]Group, error) {
	return named(names, "name", func(query filter) iter.Seq2[Group, error] { return p.listGroups(ctx, query) },
		func(g Group) string { return g.Name })
}

// named reads the entries with these names in one listing.
func named[V any](names []string, field string, list func(filter) iter.Seq2[V, error], nameOf func(V) string) (map[string]V, error) {
	if len(names) == 0 {
		return nil, nil
	}
	found := map[string]V{}
	for entry, err := range list(filter{field: filter{"$in": names}}) {
		if err != nil {
			return nil, err
		}
		if slices.Contains(names, nameOf(entry)) {
			found[nameOf(entry)] = entry
		}
	}
	return found, nil
}

// serviceAccount finds the API token or OAuth client that acts under a name; the list of users has none of them.
func (p *Principals) serviceAccount(ctx context.Context, name string) (User, error) {
	clientID := strings.TrimPrefix(name, ServiceAccountPrefix)
	if strings.HasPrefix(clientID, "apikey-") {
		token, err := p.client.Tokens.FindByClientID(ctx, clientID)
		return User{ID: token.GUID, Username: name}, err
	}
	// That OAuth clients act under such names, too, is inferred from Keycloak, which names service accounts so.
	type client struct {
		ID       string `json:"id"`
		ClientID string `json:"clientId"`
	}
	found, err := pick(entries(url.Values{}, filter{"clientId": clientID}, func(page url.Values, answer *entryPage[client]) error {
		return p.get(ctx, oauthClientsPath, page, answer)
	}), func(c client) bool { return c.ClientID == clientID })
	switch {
	case notServed(err) || errors.Is(err, ErrForbidden):
		return User{Username: name}, nil
	case err != nil:
		return User{}, err
	case len(found) == 0:
		return User{}, ErrNotFound
	}
	return User{ID: found[0].ID, Username: name}, nil
}

// resolver makes few requests of many concurrent questions for names. Like a [loader]'s, a batch opens with the first
// question and closes only when the rate limiter has granted its request. Names that were found are kept for a while;
// unknown ones and errors are not.
type resolver[V any] struct {
	limit *bucket
	// read finds at most namesPerRequest names; those that it leaves out are unknown.
	read func(ctx context.Context, names []string) (map[string]V, error)

	mu   sync.Mutex
	open *batch[V]
	hits map[string]hit[V]
}

type hit[V any] struct {
	value V
	at    time.Time
}

func newResolver[V any](limit *bucket, read func(context.Context, []string) (map[string]V, error)) *resolver[V] {
	return &resolver[V]{limit: limit, read: read, hits: map[string]hit[V]{}}
}

func (r *resolver[V]) resolve(ctx context.Context, names []string) (map[string]V, error) {
	found, asked := r.recall(ctx, names)
	if asked == nil {
		return found, nil
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-asked.done:
	}
	for _, name := range names {
		switch answer, ok := asked.results[name]; {
		case !ok: // recalled, or unknown
		case answer.err != nil:
			return nil, answer.err
		default:
			found[name] = answer.value
		}
	}
	return found, nil
}

// recall returns what is known already, and the batch that asks for the rest, if there is any.
func (r *resolver[V]) recall(ctx context.Context, names []string) (map[string]V, *batch[V]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := map[string]V{}
	var asked *batch[V]
	for _, name := range names {
		if kept, ok := r.hits[name]; ok && time.Since(kept.at) < resolvedLife {
			found[name] = kept.value
			continue
		}
		if r.open == nil {
			r.open = &batch[V]{keys: map[string]struct{}{}, done: make(chan struct{}), results: map[string]result[V]{}}
			go r.run(context.WithoutCancel(ctx), r.open)
		}
		asked = r.open
		asked.keys[name] = struct{}{}
	}
	return found, asked
}

func (r *resolver[V]) run(ctx context.Context, b *batch[V]) {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	time.Sleep(batchWindow)
	err := r.limit.wait(ctx)

	r.mu.Lock()
	r.open = nil // from here on questions open another batch
	names := slices.Sorted(maps.Keys(b.keys))
	r.mu.Unlock()
	defer close(b.done)

	if err != nil {
		fill(b, names, result[V]{err: err})
		return
	}
	ctx = withGrant(ctx)
	for some := range slices.Chunk(names, namesPerRequest) {
		values, err := r.read(ctx, some)
		if err != nil {
			fill(b, some, result[V]{err: err})
			continue
		}
		r.keep(b, values)
	}
}

func (r *resolver[V]) keep(b *batch[V], values map[string]V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	for name, value := range values {
		b.results[name] = result[V]{value: value}
		r.hits[name] = hit[V]{value: value, at: now}
	}
}
