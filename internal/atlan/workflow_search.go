// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// WorkflowTemplate is a workflow of a package as the tenant shows it. Runs are made of it.
type WorkflowTemplate struct {
	Name string
	// Package is the package's name, such as "@atlan/mode"; empty when the tenant does not say.
	Package string
	// Creator is a user name.
	Creator string
	// CreatedAt is the zero time when the tenant does not say.
	CreatedAt time.Time
	// Parameters of the package's task. Atlan keeps credentials apart, and shows their GUIDs.
	Parameters map[string]string
	// Schedule by which Atlan runs the workflow; nil means none.
	Schedule *WorkflowSchedule
	// Labels and Annotations are all that it has, those of its package, its name and its schedule included.
	Labels, Annotations map[string]string
}

// workflowSearch is a query of a workflow index (pyatlan client/common/workflow.py).
type workflowSearch struct {
	From  int  `json:"from"`
	Size  int  `json:"size"`
	Track bool `json:"track_total_hits"`
	Query any  `json:"query,omitempty"`
	Sort  any  `json:"sort,omitempty"`
}

// workflowHit is a template or a run.
type workflowHit struct {
	ID     string `json:"_id"`
	Source struct {
		Metadata struct {
			Name              string            `json:"name"`
			CreationTimestamp time.Time         `json:"creationTimestamp"`
			Labels            map[string]string `json:"labels"`
			Annotations       map[string]string `json:"annotations"`
		} `json:"metadata"`
		Spec struct {
			Templates           []workflowStepsWire `json:"templates"`
			WorkflowTemplateRef struct {
				Name string `json:"name"`
			} `json:"workflowTemplateRef"`
		} `json:"spec"`
		Status runStatus `json:"status"`
	} `json:"_source"`
}

const creatorLabel = "workflows.argoproj.io/creator"

// search asks one of the two indices, which lag behind by up to half a minute, for one page.
func (s *Workflows) search(ctx context.Context, of string, search workflowSearch) ([]workflowHit, error) {
	search.Track = true
	var answer struct {
		Hits *struct {
			Hits []workflowHit `json:"hits"`
		} `json:"hits"`
	}
	path := of + "/indexsearch"
	err := s.do(ctx, call{method: http.MethodPost, path: path, class: replayable, body: search}, &answer)
	if err != nil {
		return nil, noSurface(err)
	}
	if answer.Hits == nil {
		return nil, &Error{
			Method: http.MethodPost, Path: path, StatusCode: http.StatusOK, Message: "the answer is not that of a search", sentinel: ErrInvalidAnswer,
		}
	}
	return answer.Hits.Hits, nil
}

// pages goes through everything that is found, each once: what comes in meanwhile moves the rest to later pages.
func (s *Workflows) pages(ctx context.Context, of string, query, sort any) iter.Seq2[workflowHit, error] {
	return func(yield func(workflowHit, error) bool) {
		seen := map[string]bool{}
		for from := 0; ; from += searchPerPage {
			hits, err := s.search(ctx, of, workflowSearch{From: from, Size: searchPerPage, Query: query, Sort: sort})
			if err != nil {
				yield(workflowHit{}, err)
				return
			}
			for _, hit := range hits {
				if seen[hit.ID] {
					continue
				}
				seen[hit.ID] = true
				if !yield(hit, nil) {
					return
				}
			}
			if len(hits) < searchPerPage {
				return
			}
		}
	}
}

// Templates lists the workflows of the package whose prefix that is, such as "atlan-mode", newest first; every workflow
// for the empty prefix. Workflows that have never run are not found (pyatlan client/workflow.py). It ends with the first
// error.
func (s *Workflows) Templates(ctx context.Context, prefix string) iter.Seq2[WorkflowTemplate, error] {
	var query any
	if prefix != "" {
		// One package's prefix may begin another's; what follows is the time of creation.
		query = filtered(nested("metadata", map[string]any{"regexp": map[string]any{"metadata.name.keyword": luceneLiteral(prefix) + "[-][0-9]{10}"}}))
	}
	return func(yield func(WorkflowTemplate, error) bool) {
		for hit, err := range s.pages(ctx, workflowsPath, query, newest("metadata.creationTimestamp", "metadata")) {
			if !yield(templateOf(hit), err) || err != nil {
				return
			}
		}
	}
}

// Template reads the workflow of that name; the error matches [ErrNotFound] when the index shows none, which it does some
// time after the first run has begun.
func (s *Workflows) Template(ctx context.Context, name string) (WorkflowTemplate, error) {
	hits, err := s.search(ctx, workflowsPath, workflowSearch{Size: 1, Query: filtered(nested("metadata", term("metadata.name.keyword", name)))})
	if err != nil {
		return WorkflowTemplate{}, err
	}
	if len(hits) == 0 {
		return WorkflowTemplate{}, fmt.Errorf("no workflow named %q has ever run: %w", name, ErrNotFound)
	}
	return templateOf(hits[0]), nil
}

func templateOf(hit workflowHit) WorkflowTemplate {
	metadata := hit.Source.Metadata
	template := WorkflowTemplate{
		Name: cmp.Or(metadata.Name, hit.ID), Package: metadata.Annotations[packageNameKey], Creator: metadata.Labels[creatorLabel],
		CreatedAt: metadata.CreationTimestamp, Parameters: map[string]string{}, Labels: metadata.Labels, Annotations: metadata.Annotations,
	}
	for _, steps := range hit.Source.Spec.Templates {
		for _, task := range steps.DAG.Tasks {
			for _, parameter := range task.Arguments.Parameters {
				template.Parameters[parameter.Name] = parameterText(parameter.Value)
			}
		}
	}
	if cron := metadata.Annotations[scheduleKey]; cron != "" {
		template.Schedule = &WorkflowSchedule{Cron: cron, Timezone: metadata.Annotations[scheduleTimezone]}
	}
	return template
}

// parameterText is a parameter's value as text; values other than texts are shown as JSON.
func parameterText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	encoded, _ := json.Marshal(value) // it was decoded from JSON
	return string(encoded)
}

func filtered(clauses ...map[string]any) map[string]any {
	return map[string]any{"bool": map[string]any{"filter": clauses}}
}

func nested(path string, query map[string]any) map[string]any {
	return map[string]any{"nested": map[string]any{"path": path, "query": query}}
}

// newest sorts by a time, descending; path is the nested object that holds it, if any.
func newest(field, path string) []any {
	by := map[string]any{"order": "desc"}
	if path != "" {
		by["nested"] = map[string]any{"path": path}
	}
	return []any{map[string]any{field: by}}
}

var luceneSpecial = regexp.MustCompile(`[^A-Za-z0-9_]`)

// luceneLiteral quotes a text for Lucene's regular expressions, in the way Atlan's SDKs do.
func luceneLiteral(text string) string {
	return luceneSpecial.ReplaceAllStringFunc(text, func(special string) string {
		if strings.ContainsAny(special, `\]^`) {
			return `\` + special
		}
		return "[" + special + "]"
	})
}
