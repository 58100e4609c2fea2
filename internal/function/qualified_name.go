// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"
	"regexp"
	"strings"
)

// qualifiedName is what the qualified name of a connection, or of an asset of one, is made of.
type qualifiedName struct {
	// connection is the qualified name of the connection.
	connection string
	// connector is the kind of the source, such as "snowflake".
	connector string
	// epoch is when the connection was named, in seconds since 1970.
	epoch string
	// parts is the path of the asset in its source; empty for a connection.
	parts []string
}

// connectionPattern matches "default/<connector>/<epoch>", which the SDKs give to every connection (pyatlan
// model/enums.py, to_qualified_name), and the path behind it. Personas, query collections and domains have names of the
// same look without an epoch, and glossaries have no slash at all.
var connectionPattern = regexp.MustCompile(`(?s)^([^/\s]+/([^/\s]+)/([0-9]+))(?:/(.+))?$`)

// parse takes a qualified name to pieces. Elements of the path may be empty and hold anything but a slash: they are
// names in the source.
func parse(text string) (qualifiedName, error) {
	match := connectionPattern.FindStringSubmatch(text)
	if match == nil {
		return qualifiedName{}, fmt.Errorf("%q is not the qualified name of a connection or of one of its assets: %s. Expected are "+
			"three elements and the path of the asset behind them, such as default/snowflake/1700000000/DB/SCHEMA/TABLE", text, flaw(text))
	}
	name := qualifiedName{connection: match[1], connector: match[2], epoch: match[3], parts: []string{}}
	if match[4] != "" {
		name.parts = strings.Split(match[4], "/")
	}
	return name, nil
}

// flaw says what keeps a text from being a qualified name.
func flaw(text string) string {
	elements := strings.Split(text, "/")
	switch {
	case text == "":
		return "it is empty"
	case len(elements) < 3:
		return fmt.Sprintf("it has %d of at least three elements between slashes", len(elements))
	case elements[0] == "" || elements[1] == "" || elements[2] == "":
		return "one of its first three elements is empty"
	case strings.ContainsFunc(elements[0]+elements[1], isSpace):
		return "one of its first two elements holds a space"
	case strings.Trim(elements[2], "0123456789") != "":
		return fmt.Sprintf("its third element, %q, is not a number", elements[2])
	default:
		return "it ends with a slash"
	}
}

func isSpace(r rune) bool { return strings.ContainsRune(" \t\n\f\r", r) } // what \s matches
