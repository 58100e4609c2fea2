// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/cli"
)

// events are what a package prints of one test that passes, one that passes in a part, one that the CLI is too old for,
// and one that is skipped for something else.
const events = `
{"Action":"run","Package":"example.com/internal/apitoken","Test":"TestAccLife"}
{"Action":"pass","Package":"example.com/internal/apitoken","Test":"TestAccLife"}
{"Action":"output","Package":"example.com/internal/apitoken","Test":"TestAccMoved","Output":"    x_test.go:9: uses moved blocks\n"}
{"Action":"pass","Package":"example.com/internal/apitoken","Test":"TestAccMoved/one"}
{"Action":"pass","Package":"example.com/internal/apitoken","Test":"TestAccMoved/two"}
{"Action":"pass","Package":"example.com/internal/apitoken","Test":"TestAccMoved"}
{"Action":"output","Package":"example.com/internal/apitoken","Test":"TestAccQuery","Output":"    x_test.go:9: needs queries, which Terraform 1.11.4 lacks\n"}
{"Action":"skip","Package":"example.com/internal/apitoken","Test":"TestAccQuery"}
{"Action":"output","Package":"example.com/internal/apitoken","Test":"TestAccOther","Output":"    x_test.go:9: only on Windows\n"}
{"Action":"skip","Package":"example.com/internal/apitoken","Test":"TestAccOther"}
`

func read(t *testing.T, version string) *result {
	t.Helper()
	r := newResult(cli.CLI{Product: cli.Terraform, Version: version})
	if err := r.read(strings.NewReader(strings.TrimSpace(events))); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReport(t *testing.T) {
	t.Parallel()
	got := read(t, "1.11.4").report()
	want := `Terraform 1.11.4: 3 tests passed, 0 failed, 2 skipped
  skipped, for want of queries: 1
    apitoken.TestAccQuery
  skipped, only on Windows: 1
    apitoken.TestAccOther
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWorkTable(t *testing.T) {
	t.Parallel()
	got := workTable([]*result{read(t, "1.11.4"), read(t, "1.15.8-dev")})
	want := `|  | Terraform 1.11.4 | Terraform 1.15.8 |
|---|---|---|
| ` + everywhere + ` | yes, 1 test | yes, 1 test |
| moved blocks | yes, 2 tests | yes, 2 tests |
| queries | no | no |
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReplaceTable(t *testing.T) {
	t.Parallel()
	got, err := replaceTable("before\n"+tableBegin+"old\n"+tableEnd+"after\n", "| new |\n")
	if want := "before\n" + tableBegin + "\n| new |\n\n" + tableEnd + "after\n"; got != want || err != nil {
		t.Errorf("got %q and %v, want %q", got, err, want)
	}
	if _, err := replaceTable("nothing", "x"); err == nil {
		t.Error("no error for a text without a table")
	}
}
