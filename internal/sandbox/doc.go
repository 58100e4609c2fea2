// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox is an Atlan tenant in memory, served as an http.Handler.
//
// It answers the part of the Atlan API that manages access configuration: API tokens, OAuth clients, users, groups,
// roles, and the things that refer to them. It authenticates several actors, enforces their rights, answers errors in
// the two envelopes of the real services, and lags where the real services lag. Everything under /_sandbox/ belongs to
// the sandbox itself: a request journal, a fault schedule, a clock that can be advanced, and a view of the state.
//
// The sandbox deliberately shares no wire types with the client of this repository: a wrong field name in one of them
// must not be hidden by the same wrong name in the other.
//
// Where Atlan publishes how a service behaves, a comment names the source: "apidocs" is apidocs.atlan.com, "pyatlan"
// and "atlan-java" are the official SDKs, "metastore" is the published source of Atlan's metastore. What is not
// published anywhere is marked as inferred.
package sandbox
