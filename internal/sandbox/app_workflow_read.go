// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// defaultAppPage is the page size where a request names none; inferred.
const defaultAppPage = 50

func (t *Tenant) getAppWorkflow(rq *request) (any, error) {
	w, err := t.pathAppWorkflow(rq)
	if err != nil {
		return nil, err
	}
	return t.appWorkflowRecord(w), nil
}

// appWorkflowRecord is a workflow as it is read. Schedules are never shown (pyatlan
// tests/integration/test_app_client.py); the inputs are where pyatlan's builders read them from (model/apps/_base.py
// load).
func (t *Tenant) appWorkflowRecord(w *AppWorkflow) map[string]any {
	return map[string]any{
		"slug": w.Slug, "name": w.Name, "version": w.Version, "owner": w.Owner, "app_id": w.AppID, "schedules": nil,
		"dag": map[string]any{"extract": map[string]any{"inputs": map[string]any{"app_id": w.AppID, "args": t.shownInputs(w.Inputs)}}},
	}
}

// shownInputs are a workflow's inputs as they are read: what was sent as a JSON text may come back as the object and the
// connection as a text, and connection_qualified_name does not come back (pyatlan model/apps/_base.py load, update).
func (t *Tenant) shownInputs(inputs map[string]any) map[string]any {
	shown := maps.Clone(inputs)
	delete(shown, "connection_qualified_name")
	for key, v := range inputs {
		var object map[string]any
		if text, ok := v.(string); ok && json.Unmarshal([]byte(text), &object) == nil && object != nil && t.vary.pick(2) == 1 {
			shown[key] = object
		}
	}
	if c, ok := inputs[connectionInput].(map[string]any); ok && t.vary.pick(4) == 1 {
		text, err := json.Marshal(c)
		if err != nil {
			panic(err) // it came as JSON
		}
		shown[connectionInput] = string(text)
	}
	return shown
}

// listAppWorkflows pages by a cursor that only the server understands; here it is the number of the rows before it.
func (t *Tenant) listAppWorkflows(rq *request) (any, error) {
	limit, err := rq.number("limit", defaultAppPage)
	if err != nil {
		return nil, err
	}
	offset, err := rq.number("cursor", 0)
	if err != nil {
		return nil, err
	}
	name, byName := rq.query.Get("name"), rq.query.Has("name")
	hits := slices.DeleteFunc(slices.Clone(t.data.AppWorkflows), func(w *AppWorkflow) bool {
		return !w.ArchivedAt.IsZero() || (byName && w.Name != name)
	})
	order(&t.vary, t.generation, hits, func(w *AppWorkflow) string { return w.Slug })
	rows := []any{}
	for _, w := range window(hits, offset, limit) {
		rows = append(rows, t.appWorkflowRecord(w))
	}
	page := map[string]any{"workflows": rows, "has_more": offset+len(rows) < len(hits)}
	if offset+len(rows) < len(hits) {
		page["next_cursor"] = strconv.Itoa(offset + len(rows))
	} else {
		t.vary.putEmpty(page, "next_cursor", "")
	}
	return page, nil
}
