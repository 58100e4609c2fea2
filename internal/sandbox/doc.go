// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox is an Atlan tenant in memory, served as an http.Handler.
//
// It answers the part of the Atlan API that manages access configuration: API tokens, OAuth clients, users, groups,
// roles, and the things that refer to them. It authenticates several actors, enforces their rights, answers errors in
// the two envelopes of the real services, and lags where the real services lag. Everything under /_sandbox/ belongs to
// the sandbox itself: a request journal, a fault schedule, a clock that can be advanced, and a view of the state. The page
// at / shows it to people (view*).
//
// The sandbox deliberately shares no wire types with the client of this repository: a wrong field name in one of them
// must not be hidden by the same wrong name in the other.
//
// A request passes serve.go (faults, rate limit, authentication), routes.go, and a handler. The handlers are grouped by
// what they serve: apitokens, oauth, principals and groups; entities with their rules (entity_*, policy_*, purposes,
// permissions, search); the older REST family for personas (personas*); package workflows (workflow*); and app workflows
// (app*) with the vault of their credentials (credential*). The package rql evaluates filters of lists, the package dsl the
// queries of searches.
//
// What an app's run does can be seen. One of the ALTR app tags the tables of the connection that it is mapped to, unless
// the id of its classification job begins with "running"; one of the Mode app publishes the reports of a workspace with
// the collections "finance", "marketing" and "personal-jdoe". A source accepts every secret but those that begin with
// "invalid".
//
// All data is consistent at once when it is read by its id. The search index follows after Options.SearchLag, the
// rights of connection admins after Options.RoleLag, and a workflow run takes Options.RunTime, all by a clock that can
// be advanced.
//
// Where Atlan publishes how a service behaves, a comment names the source: "apidocs" is apidocs.atlan.com, "pyatlan"
// and "atlan-java" are the official SDKs, "metastore" is the published source of Atlan's metastore. What is not
// published anywhere is marked as inferred.
package sandbox
