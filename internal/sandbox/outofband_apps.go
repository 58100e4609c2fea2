// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"slices"
)

// The methods in this file change apps and their workflows out of band.

// Apps returns the apps that are installed.
func (t *Tenant) Apps() []App {
	t.mu.Lock()
	defer t.mu.Unlock()
	return copies(t.data.Apps)
}

// EditApp changes anything about an app: that it is native, its contract, its forms.
func (t *Tenant) EditApp(id string, edit func(*App)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	a := t.data.app(id)
	if a == nil {
		return fmt.Errorf("there is no app %s", id)
	}
	edit(a)
	*a = clone(*a) // the caller may have put Go's own lists into the schemas
	t.changed()
	t.saveIfChanged()
	return nil
}

// RequireInput lets an app's contracts and its set-up form gain a required field, as a new version of the app would.
// The label of the field is its title.
func (t *Tenant) RequireInput(id, name, jsonType string) error {
	if name == "" || !slices.Contains([]string{"string", "boolean", "integer", "number", "object", "array"}, jsonType) {
		return fmt.Errorf("an input needs a name and a type of JSON Schema, not %q and %q", name, jsonType)
	}
	return t.EditApp(id, func(a *App) {
		for _, c := range a.Contracts {
			properties, _ := c["properties"].(map[string]any)
			properties[name] = map[string]any{"type": jsonType, "title": title(name)}
			c["required"] = append(anyList(texts(c["required"])), name)
		}
		properties, _ := a.Form["properties"].(map[string]any)
		properties[kebab(name)] = map[string]any{"type": jsonType, "required": true, "ui": ui("input", title(name), "")}
	})
}

// AddAppWorkflow stores a workflow as it is, even under a name that is taken, and returns it. A slug, owner, version and
// times that are missing are filled in.
func (t *Tenant) AddAppWorkflow(workflow AppWorkflow) AppWorkflow {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := clone(workflow)
	if w.Slug == "" {
		w.Slug = newSlug(w.Name)
	}
	if w.Owner == "" {
		w.Owner = t.data.Credentials.AdminUser
	}
	if w.CreatedAt.IsZero() {
		w.CreatedAt, w.UpdatedAt = t.now(), t.now()
	}
	if w.Version == 0 {
		w.Version = w.CreatedAt.Unix()
	}
	t.data.AppWorkflows = append(t.data.AppWorkflows, &w)
	t.changed()
	t.saveIfChanged()
	return clone(w)
}

// EditAppWorkflow changes anything about a workflow; setting ArchivedAt archives it.
func (t *Tenant) EditAppWorkflow(slug string, edit func(*AppWorkflow)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := t.data.appWorkflow(slug)
	if w == nil {
		return fmt.Errorf("there is no app workflow %s", slug)
	}
	edit(w)
	*w = clone(*w)
	t.changed()
	t.saveIfChanged()
	return nil
}

// EndAppRun ends a run before its time with any status that is final: Succeeded, Failed, Stopped, Terminated or Skipped.
// Nothing of what the run would have done is done.
func (t *Tenant) EndAppRun(id, status, message string) error {
	if !slices.Contains([]string{phaseSucceeded, phaseFailed, statusStopped, statusTerminated, statusSkipped}, status) {
		return fmt.Errorf("%q is not a final status of a run", status)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	r := find(t.data.AppRuns, func(r *AppRun) bool { return r.ID == id })
	if r == nil || r.Outcome != "" {
		return fmt.Errorf("there is no run %s under way", id)
	}
	t.endAppRun(r, status, message)
	t.saveIfChanged()
	return nil
}

// EditWorkflow changes a package workflow by its name.
func (t *Tenant) EditWorkflow(name string, edit func(*Workflow)) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := t.data.workflow(name)
	if w == nil {
		return unknownWorkflow(name)
	}
	edit(w)
	w.Revision++
	t.changed()
	return nil
}
