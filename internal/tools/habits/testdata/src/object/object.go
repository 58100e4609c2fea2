// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package object

import "resource"

type tokens struct{}

func (tokens) Create() (string, error) { return "", nil }
func (tokens) Get(string) error        { return nil }

type client struct{ Tokens tokens }

type right struct{ Client client }

func (r right) Create(resp *resource.CreateResponse) {
	id, err := r.Client.Tokens.Create()
	if err != nil {
		_ = r.Client.Tokens.Get("to explain the failure")
		return
	}
	resp.State.Set(id)
	_ = r.Client.Tokens.Get(id)
}

type late struct{ Client client }

func (r late) Create(resp *resource.CreateResponse) {
	id, err := r.Client.Tokens.Create()
	if err != nil {
		return
	}
	err = r.Client.Tokens.Get(id) // want `what was created is not stored yet`
	if err != nil {
		return
	}
	resp.State.Set(id)
}

type never struct{ Client client }

func (r never) Create(resp *resource.CreateResponse) { // want `what was created is not stored: set resp.State`
	_, _ = r.Client.Tokens.Create()
}
