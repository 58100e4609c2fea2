// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// Neighbour is another writer on a tenant, as a script is: it reads a list of an entity by GUID and saves it whole, with
// one name more or less, and never looks whether that lasted.
type Neighbour struct {
	t      *testing.T
	tenant *Tenant
	entity sandbox.Entity
	list   string
	actor  string
	secret string
	word   string // what it adds and removes

	stop, stopped chan struct{}
	words         int
}

// neighbourRole is a role of the workspace whose holders may change connections.
const neighbourRole = "$admin"

// StartNeighbour lets a new user, who may change the entity, add the name of another new user to that list of it and
// remove it in turn, with that pause after each.
func StartNeighbour(t *testing.T, tenant *Tenant, guid, list, word string, pause time.Duration) *Neighbour {
	t.Helper()
	tenant.Sandbox.AddUser(sandbox.User{Username: word})
	user, secret := tenant.Sandbox.AddUser(sandbox.User{Username: "neighbour-" + word, WorkspaceRole: neighbourRole})
	n := &Neighbour{
		t: t, tenant: tenant, list: list, actor: user.Username, secret: secret, word: word, stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	must(t, tenant.Sandbox.EditEntity(guid, func(e *sandbox.Entity) {
		e.Attributes["adminUsers"] = append(e.List("adminUsers"), user.Username)
		n.entity = *e
	}))
	go n.run(pause)
	return n
}

func (n *Neighbour) run(pause time.Duration) {
	defer close(n.stopped)
	for {
		if err := n.speak(); err != nil {
			n.t.Errorf("the neighbour failed: %v", err)
			return
		}
		n.words++
		select {
		case <-n.stop:
			return
		case <-time.After(pause):
		}
	}
}

// speak adds the name to the list, or removes it.
func (n *Neighbour) speak() error {
	var read struct {
		Entity struct {
			Attributes map[string]any `json:"attributes"`
		} `json:"entity"`
	}
	if err := n.ask(http.MethodGet, "/api/meta/entity/guid/"+n.entity.GUID, nil, &read); err != nil {
		return err
	}
	names, _ := read.Entity.Attributes[n.list].([]any)
	names = slices.DeleteFunc(names, func(name any) bool { return name == n.word })
	if n.words%2 == 0 {
		names = append(names, n.word)
	}
	return n.ask(http.MethodPost, "/api/meta/entity/bulk", map[string]any{"entities": []any{map[string]any{
		"typeName": n.entity.TypeName, "guid": n.entity.GUID, "attributes": map[string]any{
			"name": n.entity.Text("name"), "qualifiedName": n.entity.Text("qualifiedName"), n.list: append([]any{}, names...),
		},
	}}}, nil)
}

func (n *Neighbour) ask(method, path string, body, answer any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(n.t.Context(), method, n.tenant.URL+path, bytes.NewReader(encoded))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+n.secret)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, response.Status)
	}
	if answer == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(answer)
}

// Stop waits for the neighbour's last word.
func (n *Neighbour) Stop() {
	close(n.stop)
	<-n.stopped
}

// CheckLastWord fails the test unless the neighbour's last word has been kept, or was spoken in the one moment in which
// nobody can hear it: between another writer's reading and the save that followed.
func (n *Neighbour) CheckLastWord() {
	n.t.Helper()
	said := n.words%2 == 1
	for _, entity := range slices.Concat(n.tenant.Sandbox.State().Connections, n.tenant.Sandbox.State().Collections) {
		if entity.GUID != n.entity.GUID || slices.Contains(entity.List(n.list), n.word) == said {
			continue
		}
		if n.spokenUnheard() {
			n.t.Logf("the last of %d words was spoken between a reading and its save", n.words)
		} else {
			n.t.Errorf("the neighbour's last word was that %s is listed: %t, and is lost", n.word, said)
		}
	}
	n.t.Logf("the neighbour had %d words", n.words)
}

// spokenUnheard finds the neighbour's last save between a reading and a save of somebody else.
func (n *Neighbour) spokenUnheard() bool {
	journal := n.tenant.Sandbox.Journal()
	read := func(r sandbox.Request) bool {
		return r.Method == http.MethodGet && r.Path == "/api/meta/entity/guid/"+n.entity.GUID
	}
	last, reading := -1, false
	for i, request := range journal {
		if request.Actor == n.actor && request.Method == http.MethodPost {
			last = i
		}
	}
	for _, request := range slices.Backward(journal[:max(0, last)]) {
		if request.Actor != n.actor {
			reading = read(request)
			break
		}
	}
	after := slices.IndexFunc(journal[last+1:], func(r sandbox.Request) bool { return r.Actor != n.actor })
	return reading && after >= 0 && journal[last+1+after].Method == http.MethodPost
}
