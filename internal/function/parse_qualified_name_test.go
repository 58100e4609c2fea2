// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestParse takes names of all kinds to pieces and says what is wrong with those that are not a connection's.
func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]qualifiedName{
		"default/snowflake/1700000000":                  {"default/snowflake/1700000000", "snowflake", "1700000000", []string{}},
		"default/snowflake/1700000000/DB":               {"default/snowflake/1700000000", "snowflake", "1700000000", []string{"DB"}},
		"default/snowflake/1700000000/DB/SCHEMA/T/COL":  {"default/snowflake/1700000000", "snowflake", "1700000000", []string{"DB", "SCHEMA", "T", "COL"}},
		"default/monte-carlo/1694805370/x y":            {"default/monte-carlo/1694805370", "monte-carlo", "1694805370", []string{"x y"}},
		"default/s3/123456789/arn:aws:s3:::bucket//key": {"default/s3/123456789", "s3", "123456789", []string{"arn:aws:s3:::bucket", "", "key"}},
		"default/s3/123456789/prefix/":                  {"default/s3/123456789", "s3", "123456789", []string{"prefix", ""}},
		"tenant/gcs/1/été":                              {"tenant/gcs/1", "gcs", "1", []string{"été"}},
		"default/snowflake/1700000000/line\nbreak":      {"default/snowflake/1700000000", "snowflake", "1700000000", []string{"line\nbreak"}},
	} {
		got, err := parse(text)
		if err != nil || got.connection != want.connection || got.connector != want.connector || got.epoch != want.epoch || !slices.Equal(got.parts, want.parts) {
			t.Errorf("%q: got %+v, %v; want %+v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                               "it is empty",
		"SandboxGlossary0000001":         "it has 1 of at least three elements",
		"default/LzgnFMh4DYW1lVTJkBYFSZ": "it has 2 of at least three elements",
		"default/LzgnFMh4DYW1lVTJkBYFSZ/0iYxgJYOiUbnJtJmCSyCRb": `its third element, "0iYxgJYOiUbnJtJmCSyCRb", is not a number`,
		"default/collection/admin/0iYxgJYOiUbnJtJmCSyCRb":       `its third element, "admin", is not a number`,
		"/snowflake/1700000000":                                 "one of its first three elements is empty",
		"default//1700000000":                                   "one of its first three elements is empty",
		"default/snowflake/":                                    "one of its first three elements is empty",
		"default/snowflake/1700000000/":                         "it ends with a slash",
		" default/snowflake/1700000000":                         "holds a space",
		"default/snow flake/1700000000":                         "holds a space",
		"default/snowflake/1700000000 ":                         `its third element, "1700000000 ", is not a number`,
		"default/snowflake/-1":                                  `its third element, "-1", is not a number`,
		"default/snowflake/1700000000\n":                        `its third element, "1700000000\n", is not a number`,
	} {
		if got, err := parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %+v, %v; want an error with %q", text, got, err, want)
		}
	}
}

// TestModel leaves null what a name is too short for.
func TestModel(t *testing.T) {
	t.Parallel()
	show := func(text *string) string {
		if text == nil {
			return "null"
		}
		return *text
	}
	for path, want := range map[string]string{
		"":                       "null null null",
		"/DB":                    "DB null DB",
		"/DB/SCHEMA":             "DB SCHEMA SCHEMA",
		"/DB/SCHEMA/TABLE/FIELD": "DB SCHEMA FIELD",
	} {
		name, err := parse("default/snowflake/1700000000" + path)
		if err != nil {
			t.Fatal(err)
		}
		m := newQualifiedNameModel(name)
		if got := show(m.Database) + " " + show(m.Schema) + " " + show(m.Name); got != want {
			t.Errorf("%q: got %s, want %s", path, got, want)
		}
	}
}

// FuzzParse puts what was taken to pieces together again, and finds a flaw in everything else.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"default/snowflake/1700000000/DB/SCHEMA/TABLE", "default/snowflake/1700000000", "default/snowflake/1700000000/", "a/b/1//",
		"default/LzgnFMh4DYW1lVTJkBYFSZ", "default/collection/admin/x", "", "/", "a/b/c", "\xff/\xfe/1/\xfd", "a/b\u00a0/1", "a/b\v/1", "a/b/١",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := parse(text)
		if err != nil {
			if flaw(text) == "it ends with a slash" && !strings.HasSuffix(text, "/") {
				t.Errorf("%q is refused for a slash that it does not end with", text)
			}
			if !utf8.ValidString(err.Error()) {
				t.Errorf("the error of %q is not valid UTF-8", text)
			}
			return
		}
		again := strings.Join(append([]string{name.connection}, name.parts...), "/")
		if again != text {
			t.Errorf("%q became %q", text, again)
		}
		connection := strings.Split(name.connection, "/")
		if len(connection) != 3 || connection[1] != name.connector || connection[2] != name.epoch || strings.Trim(name.epoch, "0123456789") != "" {
			t.Errorf("%q: got %+v", text, name)
		}
		if same, err := parse(name.connection); err != nil || len(same.parts) != 0 {
			t.Errorf("the connection of %q is refused: %v", text, err)
		}
	})
}
