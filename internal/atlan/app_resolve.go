// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// ErrNoContract says that the app has no input contract at that entrypoint.
var ErrNoContract = errors.New("the app has no input contract there")

// AppChoice says which app is meant.
type AppChoice struct {
	// AppID is the id of the app; empty to look for it.
	AppID string
	// Connector is what the app connects to, such as "altr": what ids of apps are made of, and the third part of the names
	// of credential forms.
	Connector string
	// Candidates are ids to try, likeliest first, before those that are made of Connector.
	Candidates []string
	// Entrypoint is the operation of the app; empty to choose it.
	Entrypoint string
}

// ResolvedApp is an app with everything that can be known about what it expects.
type ResolvedApp struct {
	App
	// Entrypoint is to be sent with workflows; empty to send none.
	Entrypoint string
	// Contract is nil where the app has none.
	Contract *AppContract
	// Form is nil where there is none that the caller may see.
	Form *AppForm
	// CredentialForm is nil where there is none that the caller may see.
	CredentialForm *CredentialForm
	// CredentialConfig is the name of the credential's form, for connectorConfigName.
	CredentialConfig string
	// Connector is the name of the connector, for qualified names of connections; empty where nothing tells.
	Connector string
	// Package is set where a package stands in for the app: the rest is then what is known of it beforehand.
	Package *Package
	// Tried are the ids that were asked for until the app was found.
	Tried []string
	// Hidden is why the caller may not see a form; nil where nothing is hidden. Forms help, and nothing depends on them.
	Hidden error
}

// AppNotFoundError says that the tenant has no app of the ids that were tried, or none of which workflows can be made.
type AppNotFoundError struct {
	// Tried are the ids that were asked for.
	Tried []string
	// NotNative are those of installed apps that do not run natively.
	NotNative []string
	// InUse are the ids of apps that workflows of the tenant use, those first that are like what was tried.
	InUse []string
	// Unserved says that the tenant does not serve workflows of apps at all. That such a tenant answers the list of them by
	// 404 is inferred: where they are served, an empty list is none.
	Unserved bool
}

// Error implements error.
func (e *AppNotFoundError) Error() string {
	text := fmt.Sprintf("the tenant has no app %s", quotedAny(e.Tried))
	if e.Unserved {
		text += ", and does not serve workflows of apps"
	}
	if len(e.NotNative) > 0 {
		text = fmt.Sprintf("the tenant has the app %s, but does not run it natively, so that no app workflow can be made of it", quotedAny(e.NotNative))
	}
	if len(e.InUse) > 0 {
		text += fmt.Sprintf("; its workflows use %s", quotedList(e.InUse[:min(len(e.InUse), maxNames)]))
	}
	return text
}

// Is makes it match [ErrNotFound].
func (e *AppNotFoundError) Is(target error) bool { return target == ErrNotFound }

// UnknownEntrypointError says that an app does not have the entrypoint that was asked for.
type UnknownEntrypointError struct {
	AppID, Entrypoint string
	// Entrypoints are those that the app announces, the nearest first.
	Entrypoints []string
}

// Error implements error.
func (e *UnknownEntrypointError) Error() string {
	has := "none but its default"
	if len(e.Entrypoints) > 0 {
		has = quotedList(e.Entrypoints)
	}
	return fmt.Sprintf("the app %q has no entrypoint %q; it has %s", e.AppID, e.Entrypoint, has)
}

// Is makes it match [ErrNotFound].
func (e *UnknownEntrypointError) Is(target error) bool { return target == ErrNotFound }

// Resolve finds an app and reads everything that can be known about what it expects. Whatever it finds out is kept, so
// that fifty workflows of an app cost the requests of one. The error is an *[AppNotFoundError] when there is no such app.
func (a *Apps) Resolve(ctx context.Context, choice AppChoice) (*ResolvedApp, error) {
	return remembered(ctx, a, "resolved "+jsonText(choice), func(ctx context.Context) (*ResolvedApp, error) {
		app, tried, err := a.Find(ctx, choice)
		if err != nil {
			return nil, err
		}
		r := &ResolvedApp{App: app, Tried: tried}
		if err := a.chooseEntrypoint(ctx, r, choice.Entrypoint); err != nil {
			return nil, err
		}
		if err := a.readForms(ctx, r, choice.Connector); err != nil {
			return nil, err
		}
		a.client.log(ctx, "Resolved an Atlan app", map[string]any{
			"app_id": r.ID, "tried": tried, "entrypoint": r.Entrypoint, "contract": contractKind(r.Contract), "form": r.Form != nil,
			"credential_config": r.CredentialConfig, "credential_form": r.CredentialForm != nil, "connector": r.Connector,
		})
		return r, nil
	})
}

func contractKind(c *AppContract) string {
	switch {
	case c == nil:
		return "none"
	case c.Generated:
		return "generated"
	}
	return "thin"
}

// appIDs are the ids that the app of a connector may have: those of the apps that Atlan's SDKs know are made in these
// ways (pyatlan model/apps), which of them an unknown app follows is inferred.
func appIDs(choice AppChoice) []string {
	if choice.AppID != "" {
		return []string{choice.AppID}
	}
	ids := slices.Clone(choice.Candidates)
	if name := choice.Connector; name != "" {
		ids = append(ids, name, "atlan-"+name, name+"-"+name, name+"-crawler", name+"-miner", name+"-import", name+"-classification", name+"-metadata",
			name+"-app", "atlan-"+name+"-app")
	}
	var unique []string
	for _, id := range ids {
		if !slices.Contains(unique, id) {
			unique = append(unique, id)
		}
	}
	return unique
}

// Find finds an app and returns the ids that it has tried: one after the other, at last those that workflows of the tenant
// use, because there is no list of apps. The error is an *[AppNotFoundError] when there is no such app.
func (a *Apps) Find(ctx context.Context, choice AppChoice) (App, []string, error) {
	missing := &AppNotFoundError{}
	app, err := a.firstNative(ctx, appIDs(choice), missing)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return app, missing.Tried, err
	}
	used, usedErr := a.inUse(ctx)
	if usedErr != nil {
		answer, ok := errors.AsType[*Error](usedErr)
		missing.Unserved = ok && answer.StatusCode == http.StatusNotFound
		return App{}, nil, err // otherwise it only helps
	}
	missing.InUse = nearestFirst(used, missing.Tried)
	if choice.AppID != "" || choice.Connector == "" {
		return App{}, nil, err
	}
	ids := slices.DeleteFunc(slices.Clone(missing.InUse), func(id string) bool {
		return sharedWords(strings.ToLower(id), choice.Connector) == 0 || slices.Contains(missing.Tried, id)
	})
	app, err = a.firstNative(ctx, ids, missing)
	return app, missing.Tried, err
}

// firstNative returns the first app that is installed and native, and notes the others.
func (a *Apps) firstNative(ctx context.Context, ids []string, missing *AppNotFoundError) (App, error) {
	for _, id := range ids {
		missing.Tried = append(missing.Tried, id)
		app, err := a.Info(ctx, id)
		switch {
		case errors.Is(err, ErrNotFound):
		case err != nil:
			return App{}, err
		case app.NativeReady:
			return app, nil
		default:
			missing.NotNative = append(missing.NotNative, id)
		}
	}
	return App{}, missing
}

// inUse are the ids of the apps of the tenant's workflows.
func (a *Apps) inUse(ctx context.Context) ([]string, error) {
	return remembered(ctx, a, "in use", func(ctx context.Context) ([]string, error) {
		ids := []string{}
		for workflow, err := range a.client.AppWorkflows.All(ctx) {
			if err != nil {
				return nil, err
			}
			if workflow.AppID != "" && !slices.Contains(ids, workflow.AppID) {
				ids = append(ids, workflow.AppID)
			}
		}
		slices.Sort(ids)
		return ids, nil
	})
}

// usualEntrypoints are those that are meant where an app has several and none is named.
var usualEntrypoints = []string{"crawler", "import"}

// chooseEntrypoint reads the contract at the entrypoint that is named, else the only one, else a usual one. Some apps have
// their contract at the default although they announce an entrypoint (pyatlan HISTORY.md 9.8.0): then none is sent.
func (a *Apps) chooseEntrypoint(ctx context.Context, r *ResolvedApp, named string) error {
	if named != "" && !slices.Contains(r.Entrypoints, named) {
		return &UnknownEntrypointError{AppID: r.ID, Entrypoint: named, Entrypoints: nearestFirst(r.Entrypoints, []string{named})}
	}
	r.Entrypoint = named
	if named == "" && len(r.Entrypoints) == 1 {
		r.Entrypoint = r.Entrypoints[0]
	}
	for _, usual := range usualEntrypoints {
		if r.Entrypoint == "" && slices.Contains(r.Entrypoints, usual) {
			r.Entrypoint = usual
		}
	}
	contract, err := a.Contract(ctx, r.ID, r.Entrypoint)
	if r.Entrypoint != "" && hasNone(err) {
		r.Entrypoint = ""
		contract, err = a.Contract(ctx, r.ID, "")
	}
	if err != nil && !hasNone(err) {
		return err
	}
	r.Contract = contract
	return nil
}

// hasNone tells that an app has no contract where it was asked for, or its tenant none at all.
func hasNone(err error) bool { return errors.Is(err, ErrNoContract) || errors.Is(err, ErrNotFound) }

// readForms reads both forms. The form is under the entrypoint that the app announces even where its contract is not.
func (a *Apps) readForms(ctx context.Context, r *ResolvedApp, connector string) error {
	var err error
	if r.Form, err = a.Form(ctx, r.ID, r.Entrypoint); err == nil && r.Form == nil && r.Entrypoint != "" {
		r.Form, err = a.Form(ctx, r.ID, "")
	}
	if err = r.hide(err); err != nil {
		return err
	}
	if r.Form != nil {
		r.CredentialConfig = r.Form.CredentialConfig
	}
	if r.CredentialConfig == "" && connector != "" {
		r.CredentialConfig = credentialConfigPrefix + connector
	}
	r.Connector = connector
	if r.CredentialConfig == "" {
		return nil
	}
	r.CredentialForm, err = a.CredentialForm(ctx, r.CredentialConfig, r.ID)
	if r.CredentialForm != nil {
		r.Connector = cmp.Or(r.CredentialForm.Connector, connector)
	}
	return r.hide(err)
}

// hide goes on without a form that the caller may not see.
func (r *ResolvedApp) hide(err error) error {
	if errors.Is(err, ErrForbidden) {
		r.Hidden = err
		return nil
	}
	return err
}
