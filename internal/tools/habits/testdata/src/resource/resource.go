// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package resource stands for the framework's.
package resource

type State struct{}

func (State) Set(any) {}

type CreateResponse struct{ State State }
