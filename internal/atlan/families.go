// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"encoding/json"
	"sync"
)

// surveyAfter is how many personas whose policies are read one after the other make it likely that those of all personas
// will be.
const surveyAfter = 2

// families are the personas whose policies the loader has been told to expect.
type families struct {
	mu    sync.Mutex
	known map[string]bool
	// strangers counts those that were known by nothing but a policy of theirs.
	strangers int
	survey    chan struct{} // closed when all personas have been looked for; nil before
}

// meet remembers a persona and tells whether it was unknown.
func (f *families) meet(personaGUID string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known == nil {
		f.known = map[string]bool{}
	}
	unknown := !f.known[personaGUID]
	f.known[personaGUID] = true
	return unknown
}

// due tells whether the caller is to look for all personas, and what to wait for if somebody else does.
func (f *families) due(stranger bool) (mine bool, survey chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if stranger {
		f.strangers++
	}
	if f.survey == nil && f.strangers >= surveyAfter {
		f.survey = make(chan struct{})
		return true, f.survey
	}
	return false, f.survey
}

// expectFamily tells the loader that all policies of a persona may be asked for next: the persona comes along with the
// next request and its policies with the one after. When several personas have been met so, the policies of all are. That is
// for a refresh, which comes before all writes: who writes reads again what it wrote, and nothing else.
func (e *entities) expectFamily(ctx context.Context, personaGUID string) {
	e.loader.mu.Lock()
	written := e.loader.writes > 0
	e.loader.mu.Unlock()
	if personaGUID == "" || written {
		return
	}
	stranger := e.families.meet(personaGUID)
	if stranger {
		e.loader.expect([]string{personaGUID})
	}
	mine, survey := e.families.due(stranger)
	switch {
	case mine:
		defer close(survey)
		e.expectPersonas(ctx)
	case survey != nil:
		select {
		case <-survey:
		case <-ctx.Done():
		}
	}
}

// expectPersonas expects the policies of all personas, unless there are more personas than one request finds. The index that
// names them may be behind: what it leaves out is read when it is asked for.
func (e *entities) expectPersonas(ctx context.Context) {
	const policiesOf = "policies"
	var found []entity
	for hit, err := range e.searchFor(ctx, []string{policiesOf}, typePersona) {
		if found = append(found, hit); err != nil || len(found) == searchPerPage {
			return
		}
	}
	for _, hit := range found {
		var policies []reference
		unknown := e.families.meet(hit.GUID)
		if raw, told := hit.Attributes[policiesOf]; told && json.Unmarshal(raw, &policies) == nil {
			e.loader.expect(activeGUIDs(policies))
		} else if unknown {
			e.loader.expect([]string{hit.GUID}) // whose entity tells its policies
		}
	}
}
