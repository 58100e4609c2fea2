// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
)

// ErrNoContract: the app has no input contract at that entrypoint.
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
	// Connector is the name of the connector, for qualified names of connections.
	Connector string
	// Tried are the ids that were asked for until the app was found.
	Tried []string
}

// AppNotFoundError says that the tenant has no app of the ids that were tried, or none of which workflows can be made.
type AppNotFoundError struct {
	// Tried are the ids that were asked for.
	Tried []string
	// NotNative are those of installed apps that do not run natively.
	NotNative []string
	// InUse are the ids of apps that workflows of the tenant use.
	InUse []string
}

// Error implements error.
func (e *AppNotFoundError) Error() string { return "" }

// Is makes it match [ErrNotFound].
func (e *AppNotFoundError) Is(target error) bool { return target == ErrNotFound }

// Resolve finds an app and reads everything that can be known about what it expects. Whatever it finds out is kept, so
// that fifty workflows of an app cost the requests of one. The error is an *[AppNotFoundError] when there is no such app.
func (a *Apps) Resolve(ctx context.Context, choice AppChoice) (*ResolvedApp, error) { return nil, nil }
