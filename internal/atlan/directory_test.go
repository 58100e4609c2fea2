// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// directory is a tenant that lists people, groups and the like, and remembers what it was asked.
type directory struct {
	records map[string][]map[string]any // by path; a path that is missing is not served
	matches func(record map[string]any, query url.Values) bool
	page    func(page map[string]any, offset int) // changes an answer
	refuse  func(request *http.Request) int       // a status other than 0 is answered instead

	mu    sync.Mutex
	asked []*url.URL
}

func (d *directory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, r.URL)
	if d.refuse != nil {
		if status := d.refuse(r); status != 0 {
			w.WriteHeader(status)
			_, _ = fmt.Fprintf(w, `{"code":1000,"message":"refused"}`)
			return
		}
	}
	all, served := d.records[r.URL.Path]
	if !served {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	query := r.URL.Query()
	hits := []map[string]any{}
	for _, record := range all {
		if d.matches == nil || d.matches(record, query) {
			hits = append(hits, record)
		}
	}
	limit, _ := strconv.Atoi(query.Get("limit"))
	offset, _ := strconv.Atoi(query.Get("offset"))
	first := min(offset, len(hits))
	page := map[string]any{"totalRecord": len(all), "filterRecord": len(hits), "records": hits[first:min(first+limit, len(hits))]}
	if d.page != nil {
		d.page(page, offset)
	}
	_ = json.NewEncoder(w).Encode(page)
}

// requests are the paths and queries of the requests so far.
func (d *directory) requests() []*url.URL {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.asked)
}

// byFilter fits records by one field, as equality, $in or $ilike with percent signs around.
func byFilter(record map[string]any, query url.Values) bool {
	if query.Get("filter") == "" {
		return true
	}
	var conditions map[string]any
	if json.Unmarshal([]byte(query.Get("filter")), &conditions) != nil {
		return false
	}
	if and, ok := conditions["$and"].([]any); ok {
		conditions, _ = and[0].(map[string]any)
	}
	for field, condition := range conditions {
		value := fmt.Sprint(record[field])
		operators, _ := condition.(map[string]any)
		pattern, _ := operators["$ilike"].(string)
		list, _ := operators["$in"].([]any)
		switch {
		case operators == nil:
			return value == condition
		case list != nil:
			return slices.Contains(list, any(value))
		default:
			return strings.Contains(strings.ToLower(value), strings.ToLower(strings.Trim(pattern, "%")))
		}
	}
	return false
}

func people(n int) []map[string]any {
	var records []map[string]any
	for i := range n {
		name := fmt.Sprintf("user%04d", i)
		records = append(records, map[string]any{"id": "id-" + name, "username": name, "email": name + "@example.com"})
	}
	return records
}

func (d *directory) client(t *testing.T) *Principals {
	t.Helper()
	if d.matches == nil {
		d.matches = byFilter
	}
	return Wired(t, Config{MaxRetries: new(0), RequestsPerMinute: 100_000}, Serve(d)).Principals
}

func collect[V any](t *testing.T, entries iter.Seq2[V, error]) []V {
	t.Helper()
	var all []V
	for entry, err := range entries {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entry)
	}
	return all
}

// TestDirectoryPages reads every page once and in order, however the tenant marks the end.
func TestDirectoryPages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		users, requests int
		page            func(page map[string]any, offset int)
	}{
		"none":                   {0, 1, nil},
		"one page":               {100, 1, nil},
		"three pages":            {250, 3, nil},
		"no count":               {250, 4, func(page map[string]any, _ int) { delete(page, "filterRecord") }},
		"no count, whole pages":  {200, 3, func(page map[string]any, _ int) { delete(page, "filterRecord") }},
		"records missing at end": {200, 3, func(page map[string]any, offset int) { endWithout(page, offset, 200) }},
		"records null at end":    {200, 3, func(page map[string]any, offset int) { endWithNull(page, offset, 200) }},
		"pages shorter than asked for": {5, 3, func(page map[string]any, _ int) {
			records, _ := page["records"].([]map[string]any)
			page["records"] = records[:min(2, len(records))]
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := &directory{records: map[string][]map[string]any{usersPath: people(c.users)}, page: c.page}
			users := collect(t, tenant.client(t).Users(t.Context()))
			if len(users) != c.users || !slices.IsSortedFunc(users, func(a, b User) int { return strings.Compare(a.Username, b.Username) }) {
				t.Errorf("got %d users, want %d in order", len(users), c.users)
			}
			asked := tenant.requests()
			if len(asked) != c.requests {
				t.Errorf("took %d requests, want %d", len(asked), c.requests)
			}
			query := asked[0].Query()
			if query.Get("limit") != "100" || query.Get("offset") != "0" || query.Get("count") != "true" || query.Get("sort") != "username" ||
				query.Has("filter") || !slices.Contains(query["columns"], "workspaceRole") {
				t.Errorf("asked %v", query)
			}
		})
	}
}

func endWithout(page map[string]any, offset, end int) {
	delete(page, "filterRecord")
	if offset >= end {
		delete(page, "records")
	}
}

func endWithNull(page map[string]any, offset, end int) {
	delete(page, "filterRecord")
	if offset >= end {
		page["records"] = nil
	}
}

// TestDirectoryStopsEarly asks for no page that nobody wants, and hands on the error of one that fails. A list that is
// not there is not the absence of an entry.
func TestDirectoryStopsEarly(t *testing.T) {
	t.Parallel()
	tenant := &directory{records: map[string][]map[string]any{usersPath: people(250)}}
	for user, err := range tenant.client(t).Users(t.Context()) {
		if err != nil || user.Username == "user0001" {
			break
		}
	}
	if got := len(tenant.requests()); got != 1 {
		t.Errorf("took %d requests, want 1", got)
	}

	tenant.refuse = func(r *http.Request) int {
		if r.URL.Query().Get("offset") == "100" {
			return http.StatusForbidden
		}
		return 0
	}
	read := 0
	var failure error
	for _, err := range tenant.client(t).Users(t.Context()) {
		if failure = err; err == nil {
			read++
		}
	}
	if read != 100 || !errors.Is(failure, ErrForbidden) {
		t.Errorf("read %d users, then %v", read, failure)
	}

	nothing := (&directory{}).client(t)
	if _, err := nothing.GetUser(t.Context(), "id"); err == nil || errors.Is(err, ErrNotFound) {
		t.Errorf("a tenant without users says of one: %v", err)
	}
}

// TestDirectoryFinds checks what is asked for, and that only exact hits count.
func TestDirectoryFinds(t *testing.T) {
	t.Parallel()
	records := map[string][]map[string]any{
		usersPath: {
			{"id": "1", "username": "ann", "email": "ann@example.com"},
			{"id": "2", "username": "joann", "email": "joann@example.com"},
			{"id": "3", "username": "ann2", "email": "Ann@Example.com"},
			{"id": "4", "username": "slash", "email": `a\b@example.com`},
		},
		groupsPath: {
			{"id": "10", "name": "sales", "alias": "Sales"},
			{"id": "11", "name": "sales_emea", "alias": "Sales EMEA"},
			{"id": "12", "name": "sales_2", "alias": "Sales"},
			{"id": "13", "name": "lower", "alias": "sales"},
		},
		rolesPath: {{"id": "20", "name": "$admin"}, {"id": "21", "name": "persona_x"}},
	}
	ids := func(users []User, err error) ([]string, error) {
		var found []string
		for _, user := range users {
			found = append(found, user.ID)
		}
		return found, err
	}
	for name, c := range map[string]struct {
		find   func(*Principals) ([]string, error)
		filter string
		want   []string
	}{
		"by email": {
			func(p *Principals) ([]string, error) { return ids(p.FindUsersByEmail(t.Context(), "ANN@example.com")) },
			`{"email":{"$ilike":"%ANN@example.com%"}}`,
			[]string{"1", "3"},
		},
		"by email with a backslash": {
			func(p *Principals) ([]string, error) { return ids(p.FindUsersByEmail(t.Context(), `a\b@example.com`)) },
			`{"email":{"$ilike":"%a%b@example.com%"}}`,
			[]string{"4"},
		},
		"by emails": {
			func(p *Principals) ([]string, error) {
				return ids(p.FindUsersByEmails(t.Context(), []string{"JoAnn@example.com", "nobody@example.com", "joann@example.com"}))
			},
			`{"email":{"$in":["JoAnn@example.com","joann@example.com","nobody@example.com"]}}`,
			[]string{"2"},
		},
		"user by id": {
			func(p *Principals) ([]string, error) {
				user, err := p.GetUser(t.Context(), "2")
				return []string{user.ID}, err
			},
			`{"id":"2"}`,
			[]string{"2"},
		},
		"groups by alias": {
			func(p *Principals) ([]string, error) {
				groups, err := p.FindGroupsByAlias(t.Context(), "Sales")
				var found []string
				for _, group := range groups {
					found = append(found, group.ID)
				}
				return found, err
			},
			`{"$and":[{"alias":{"$ilike":"%Sales%"}}]}`,
			[]string{"10", "12"},
		},
		"group by id": {
			func(p *Principals) ([]string, error) {
				group, err := p.GetGroup(t.Context(), "11")
				return []string{group.ID}, err
			},
			`{"id":"11"}`,
			[]string{"11"},
		},
		"role": {
			func(p *Principals) ([]string, error) {
				role, err := p.FindRole(t.Context(), "$admin")
				return []string{role.ID}, err
			},
			`{"name":"$admin"}`,
			[]string{"20"},
		},
		"workspace roles": {
			func(p *Principals) ([]string, error) {
				var found []string
				for role, err := range p.Roles(t.Context()) {
					if err != nil {
						return nil, err
					}
					found = append(found, role.ID)
				}
				return found, nil
			},
			`{"name":{"$ilike":"$%"}}`,
			[]string{"20"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := &directory{records: records, matches: func(record map[string]any, query url.Values) bool {
				// The pattern with a wildcard in its middle, which byFilter does not know, selects all.
				return strings.Contains(query.Get("filter"), "%b@") || byFilter(record, query)
			}}
			found, err := c.find(tenant.client(t))
			if err != nil || !slices.Equal(found, c.want) {
				t.Errorf("found %v, %v; want %v", found, err, c.want)
			}
			if asked := tenant.requests(); len(asked) != 1 || asked[0].Query().Get("filter") != c.filter {
				t.Errorf("asked %v", asked)
			}
		})
	}
}

// TestDirectoryMisses names what is not there.
func TestDirectoryMisses(t *testing.T) {
	t.Parallel()
	client := (&directory{records: map[string][]map[string]any{usersPath: {}, groupsPath: {}, rolesPath: {}}}).client(t)
	_, user := client.GetUser(t.Context(), "no-user")
	_, group := client.GetGroup(t.Context(), "no-group")
	_, role := client.FindRole(t.Context(), "no-role")
	for want, err := range map[string]error{"no-user": user, "no-group": group, "no-role": role} {
		if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if found, err := client.FindUsersByEmails(t.Context(), nil); err != nil || len(found) != 0 {
		t.Errorf("of no addresses: %v, %v", found, err)
	}
}

// TestGetUserWithoutFilter reads all users where a tenant does not filter by GUID.
func TestGetUserWithoutFilter(t *testing.T) {
	t.Parallel()
	tenant := &directory{records: map[string][]map[string]any{usersPath: people(150)}, refuse: func(r *http.Request) int {
		if r.URL.Query().Has("filter") {
			return http.StatusBadRequest
		}
		return 0
	}}
	user, err := tenant.client(t).GetUser(t.Context(), "id-user0149")
	if err != nil || user.Username != "user0149" || len(tenant.requests()) != 3 {
		t.Errorf("found %v, %v with %d requests", user, err, len(tenant.requests()))
	}
}

// TestGroupsFallback lists groups at v2/groups where the tenant has them there only, and asks for groups once.
func TestGroupsFallback(t *testing.T) {
	t.Parallel()
	var groups []map[string]any
	for i := range 150 {
		groups = append(groups, map[string]any{"id": fmt.Sprint(i), "name": fmt.Sprintf("group%03d", i)})
	}
	for _, status := range []int{http.StatusNotFound, http.StatusMethodNotAllowed} {
		tenant := &directory{records: map[string][]map[string]any{groupsV2Path: groups}, refuse: func(r *http.Request) int {
			if r.URL.Path == groupsPath {
				return status
			}
			return 0
		}}
		client := tenant.client(t)
		for range 2 {
			if got := collect(t, client.Groups(t.Context())); len(got) != 150 {
				t.Errorf("%d: got %d groups", status, len(got))
			}
		}
		var paths []string
		for _, asked := range tenant.requests() {
			paths = append(paths, asked.Path)
		}
		if want := []string{groupsPath, groupsV2Path, groupsV2Path, groupsV2Path, groupsV2Path}; !slices.Equal(paths, want) {
			t.Errorf("%d: asked %v", status, paths)
		}
	}

	for name, c := range map[string]struct {
		first, second int
		want          string
		requests      int
	}{
		"neither is served":      {404, 405, "GET /api/service/groups: HTTP 404", 2},
		"the second is refused":  {404, 403, "GET /api/service/v2/groups: HTTP 403", 2},
		"the first is forbidden": {403, 200, "GET /api/service/groups: HTTP 403", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tenant := &directory{refuse: func(r *http.Request) int {
				if r.URL.Path == groupsPath {
					return c.first
				}
				return c.second
			}}
			_, err := tenant.client(t).GetGroup(t.Context(), "1")
			if err == nil || !strings.Contains(err.Error(), c.want) || errors.Is(err, ErrNotFound) || len(tenant.requests()) != c.requests {
				t.Errorf("%d requests, then %v", len(tenant.requests()), err)
			}
		})
	}
}

// TestDirectoryDecode reads records as tenants send them: with attributes in lists, numbers in texts, and much left out.
func TestDirectoryDecode(t *testing.T) {
	t.Parallel()
	three, zero, yes := int64(3), int64(0), true
	for name, c := range map[string]struct {
		text string
		into any
		want any
	}{
		"group": {
			`{"id":"1","name":"sales","alias":"Sales","path":"/sales","userCount":3,` +
				`"attributes":{"alias":["Sales"],"description":["All of sales"],"isDefault":["false"]}}`,
			&Group{}, &Group{ID: "1", Name: "sales", Alias: "Sales", Description: "All of sales", MemberCount: &three},
		},
		"group with the alias in its attributes": {
			`{"id":"1","name":"sales","attributes":{"alias":["Sales"],"description":[]},"userCount":"0"}`,
			&Group{}, &Group{ID: "1", Name: "sales", Alias: "Sales", MemberCount: &zero},
		},
		"group with plain attributes": {
			`{"id":"1","name":"sales","attributes":{"alias":"Sales","description":"x"}}`, &Group{}, &Group{ID: "1", Name: "sales", Alias: "Sales", Description: "x"},
		},
		"group without attributes": {`{"id":"1","name":"sales","attributes":null,"userCount":null}`, &Group{}, &Group{ID: "1", Name: "sales"}},
		"role": {
			`{"id":"2","name":"$admin","description":"Admin","clientRole":false,"level":"workspace","memberCount":"3"}`,
			&Role{}, &Role{ID: "2", Name: "$admin", Description: "Admin", Level: "workspace", MemberCount: &three},
		},
		"role with a number":  {`{"id":"2","name":"$admin","memberCount":3}`, &Role{}, &Role{ID: "2", Name: "$admin", MemberCount: &three}},
		"role with no number": {`{"id":"2","name":"$admin","memberCount":""}`, &Role{}, &Role{ID: "2", Name: "$admin"}},
		"user": {
			`{"id":"3","username":"jsmith","email":"j@acme.com","enabled":true,"firstName":"J","lastName":"S","attributes":{"profileRole":["Engineer"]},` +
				`"workspaceRole":"$admin","roles":["$admin","default-roles-default"],"loginEvents":null}`,
			&User{}, &User{ID: "3", Username: "jsmith", Email: "j@acme.com", FirstName: "J", LastName: "S", Enabled: &yes, WorkspaceRole: "$admin"},
		},
		"bare user": {`{"id":"3","username":"jsmith","email":null}`, &User{}, &User{ID: "3", Username: "jsmith"}},
	} {
		if err := json.Unmarshal([]byte(c.text), c.into); err != nil || !reflect.DeepEqual(c.into, c.want) {
			t.Errorf("%s: got %+v, %v; want %+v", name, c.into, err, c.want)
		}
	}
}
