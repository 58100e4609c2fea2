// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// viewWorkflow is a workflow of a package or of an app, with its newest runs.
type viewWorkflow struct {
	ID       string    `json:"id"` // name or slug: what the API knows it by
	Name     string    `json:"name"`
	Family   string    `json:"family"` // "app" or "package"
	Of       string    `json:"of"`     // which app or package
	Owner    string    `json:"owner"`
	Schedule string    `json:"schedule"`
	Archived bool      `json:"archived"`
	Runs     []viewRun `json:"runs"`
	RunCount int       `json:"run_count"`

	created time.Time
	runsOf  string
}

type viewRun struct {
	ID      string `json:"id"`
	Status  string `json:"status"`
	Started string `json:"started"`
	Took    string `json:"took"` // empty while it runs
	Message string `json:"message"`
}

// viewWorkflows shows the workflows of both families, newest first.
func (t *Tenant) viewWorkflows(q viewQuery, tokenNames map[string]string) viewList[viewWorkflow] {
	all := make([]viewWorkflow, 0, len(t.data.Workflows)+len(t.data.AppWorkflows))
	for _, w := range t.data.Workflows {
		all = append(all, viewWorkflow{
			ID: w.Name, Name: w.Name, Family: "package",
			Of: w.annotation("package.argoproj.io/name"), Owner: w.Owner, Archived: !w.ArchivedAt.IsZero(),
			Schedule: strings.TrimSpace(w.annotation(scheduleAnnotation) + " " + w.annotation(timezoneAnnotation)),
			created:  w.CreatedAt, runsOf: w.UID,
		})
	}
	for _, w := range t.data.AppWorkflows {
		schedules := make([]string, 0, len(w.Schedules))
		for _, s := range w.Schedules {
			schedules = append(schedules, s.Cron+" "+s.Timezone)
		}
		all = append(all, viewWorkflow{
			ID: w.Slug, Name: w.Name, Family: "app", Of: strings.TrimSuffix(w.AppID+" / "+w.Entrypoint, " / "), Owner: w.Owner,
			Schedule: strings.Join(schedules, ", "), Archived: !w.ArchivedAt.IsZero(), created: w.CreatedAt, runsOf: w.Slug,
		})
	}
	slices.SortStableFunc(all, func(a, b viewWorkflow) int { return b.created.Compare(a.created) })
	matching := slices.DeleteFunc(slices.Clone(all), func(w viewWorkflow) bool {
		return !q.matches(w.Name, w.ID, w.Of, w.Owner, tokenNames[w.Owner])
	})
	runs := t.viewRuns()
	return listRows(len(all), q.from["workflows"], matching, func(w viewWorkflow) viewWorkflow {
		own := runs[w.runsOf]
		w.Owner, w.Runs, w.RunCount = cmp.Or(tokenNames[w.Owner], w.Owner), []viewRun{}, len(own)
		for i := len(own) - 1; i >= max(0, len(own)-viewRuns); i-- {
			w.Runs = append(w.Runs, own[i])
		}
		return w
	})
}

// viewRuns are the runs by what they are runs of, oldest first.
func (t *Tenant) viewRuns() map[string][]viewRun {
	out, now := map[string][]viewRun{}, t.now()
	for _, r := range t.data.Runs {
		out[r.Template] = append(out[r.Template], newViewRun(r.Name, r.phaseAt(now), r.Message, r.Outcome != "", r.StartedAt, r.EndsAt))
	}
	for _, r := range t.data.AppRuns {
		out[r.Slug] = append(out[r.Slug], newViewRun(r.ID, r.statusAt(now), r.Message, r.Outcome != "", r.StartedAt, r.EndsAt))
	}
	return out
}

func newViewRun(id, status, message string, ended bool, started, ends time.Time) viewRun {
	out := viewRun{ID: id, Status: status, Message: message, Started: viewTime(started)}
	if ended {
		out.Took = ends.Sub(started).Round(time.Millisecond).String()
	}
	return out
}
