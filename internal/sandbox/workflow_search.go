// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox/dsl"
)

// indexedDocument is a document of the workflow indices.
type indexedDocument struct {
	id     string
	source map[string]any
}

// searchWorkflows finds templates. Those that have never run are not found (pyatlan client/workflow.py), and what has
// run or has been archived only lately still shows as before.
func (t *Tenant) searchWorkflows(rq *request) (any, error) {
	seen := rq.now.Add(-t.opts.SearchLag)
	var documents []indexedDocument
	for _, w := range t.data.Workflows {
		if !w.ArchivedAt.IsZero() && !w.ArchivedAt.After(seen) {
			continue
		}
		if find(t.data.Runs, func(r *Run) bool { return r.Template == w.UID && !r.StartedAt.After(seen) }) == nil {
			continue
		}
		documents = append(documents, indexedDocument{w.Name, map[string]any{
			"apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate", "metadata": w.metadata(), "spec": w.Spec,
		}})
	}
	return t.searchIndex(rq, "argo-workflow-templates", documents)
}

// searchRuns finds runs, as they stood some time ago.
func (t *Tenant) searchRuns(rq *request) (any, error) {
	seen := rq.now.Add(-t.opts.SearchLag)
	var documents []indexedDocument
	for _, r := range t.data.Runs {
		if !r.StartedAt.After(seen) {
			documents = append(documents, indexedDocument{r.Name, r.document(seen)})
		}
	}
	return t.searchIndex(rq, "argo-workflow-runs", documents)
}

// searchIndex answers as Elasticsearch does (pyatlan model/workflow.py WorkflowSearchResponse).
func (t *Tenant) searchIndex(rq *request, index string, documents []indexedDocument) (any, error) {
	var in struct {
		From       int             `json:"from"`
		Size       *int            `json:"size"`
		Query      json.RawMessage `json:"query"`
		PostFilter json.RawMessage `json:"post_filter"`
		Sort       json.RawMessage `json:"sort"`
	}
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	query, err := dsl.Parse(in.Query, rq.now)
	if err != nil {
		return nil, invalidRequest("%s", err)
	}
	postFilter, err := dsl.Parse(in.PostFilter, rq.now)
	if err != nil {
		return nil, invalidRequest("%s", err)
	}
	var hits []indexedDocument
	for _, d := range documents {
		if fields := d.fields(); query(fields) && postFilter(fields) {
			hits = append(hits, d)
		}
	}
	order(&t.vary, t.generation, hits, func(d indexedDocument) string { return d.id })
	if err := dsl.Sort(in.Sort, hits, indexedDocument.fields); err != nil {
		return nil, invalidRequest("%s", err)
	}
	size := defaultHits
	if in.Size != nil {
		size = *in.Size
	}
	shown := []any{}
	for _, d := range window(hits, in.From, size) {
		shown = append(shown, map[string]any{
			"_index": index, "_type": "_doc", "_id": d.id, "_seq_no": 1, "_primary_term": 1, "_source": d.source, "sort": []any{},
		})
	}
	found := map[string]any{"total": map[string]any{"value": len(hits), "relation": "eq"}}
	if len(shown) > 0 {
		found["hits"] = shown
	} else {
		t.vary.putEmpty(found, "hits", shown)
	}
	return map[string]any{
		"took": 3, "hits": found, "_shards": map[string]any{"total": 1, "successful": 1, "skipped": 0, "failed": 0},
	}, nil
}

// fields shows a document to the query language: members of members are joined by dots, texts are split into words
// unless the name ends in ".keyword", times are not.
func (d indexedDocument) fields() dsl.Document {
	return func(field string) []any {
		if field == "_id" {
			return []any{d.id}
		}
		name, whole := strings.CutSuffix(field, ".keyword")
		value := descend(d.source, name)
		text, isText := value.(string)
		switch {
		case value == nil:
			return nil
		case isText && !whole:
			if _, err := time.Parse(time.RFC3339, text); err != nil {
				return anyList(dsl.Words(text))
			}
		}
		return []any{value}
	}
}

// descend follows a dotted name through objects whose own members may have dots in their names.
func descend(object map[string]any, name string) any {
	if v, ok := object[name]; ok {
		return v
	}
	for i := strings.Index(name, "."); i >= 0; {
		if inner, ok := object[name[:i]].(map[string]any); ok {
			if v := descend(inner, name[i+1:]); v != nil {
				return v
			}
		}
		next := strings.Index(name[i+1:], ".")
		if next < 0 {
			return nil
		}
		i += next + 1
	}
	return nil
}
