// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import "net/http"

type retryClass int

const (
	replayable retryClass = iota
	createOnce
)

type call struct {
	method string
	class  retryClass
}

type client struct{}

func (client) do(call) error { return nil }

func (c client) read() error   { return c.do(call{method: http.MethodGet, class: replayable}) }
func (c client) create() error { return c.do(call{method: http.MethodPost, class: createOnce}) }
func (c client) search() error { return c.do(call{method: http.MethodPost, class: replayable}) }

func (c client) forgets() error {
	return c.do(call{method: http.MethodGet}) // want `say whether the request may be sent again`
}

func (c client) createAgain() error {
	return c.do(call{method: http.MethodPost, class: replayable}) // want `a creation is never replayed`
}
