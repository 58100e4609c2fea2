// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"errors"
	"fmt"
)

type Error struct{ Message string }

func size(body []byte) error    { return fmt.Errorf("answered %d bytes", len(body)) }
func text(message string) error { return fmt.Errorf("answered %s", message) }

func quoted(body []byte) error {
	return fmt.Errorf("answered %s", body) // want `do not quote a body`
}

func converted(body []byte) error {
	return errors.New(string(body)) // want `do not quote a body`
}

func message(body []byte) Error {
	return Error{Message: string(body)} // want `do not quote a body`
}
