// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// The help is all that somebody has who was given the binary alone: it says what this is before how it is set up.
const (
	helpBefore = `atlan-sandbox serves a make-believe Atlan tenant on your own machine, in memory.

It answers the part of Atlan's API that manages access: API tokens, personas and purposes with their policies,
connections and query collections with their admins, users, groups, roles, workflows and their runs. It checks rights,
validates, answers errors and lags as Atlan does. Use it to try the Terraform provider for Atlan, to test modules, and
in CI. Its keys open nothing elsewhere, and it talks to nobody.

First steps:
  1. Start it; the first line of its output is JSON with the address and the keys. Logs go to standard error.
       $ atlan-sandbox
       {"base_url":"http://127.0.0.1:8585","api_key":"eyJ…","admin_user":"admin","user_bearer_token":"eyJ…"}
  2. Tell the provider, in another shell:
       $ export ATLAN_BASE_URL=http://127.0.0.1:8585 ATLAN_API_KEY=eyJ…
       $ terraform apply
  3. Look at what happened: open http://127.0.0.1:8585/ in a browser.
  Ctrl-C stops it. Without -data nothing is kept.

Who the keys are:
  api_key            an API token that may manage tokens and personas, and is admin of no connection
  user_bearer_token  a person, the workspace admin, who is admin of what is there: user_bearer_token of the provider

Flags:
`
	helpAfter = `
  Times are like 500ms, 2s or 1h30m. The content "demo" has two connections ("production", a Snowflake, and "development",
  a BigQuery), the persona "Data Assets", a query collection, a glossary, the users admin and jsmith, the group
  data_engineers, and apps for Metabase, ALTR and Mode; "empty" has the admin and the API token alone.

While it runs, under /_sandbox/, without a key:
  GET    state             what the tenant holds, without secrets
  GET    overview          the same as the web page shows it; ?filter=TEXT narrows it
  GET    journal           the requests so far; journal/summary counts them by method and path
  DELETE journal           forget them
  POST   clock             let time pass, so that tokens expire and runs end:  {"advance":"2h"}
  POST   reset             start anew; the keys stay
  PUT    faults            make requests fail:
    [{"method":"POST","path":"/api/service/apikeys","nth":1,"times":1,"kind":"status","status":503,"retry_after":1}]
      kind    status              answer with the status instead of acting
              status_after_commit act, then answer with the status
              drop                close the connection instead of acting
              drop_after_commit   act, then close the connection
              truncate            act, then send half of the answer
              delay               wait first, as long as "for" says:  "for":"5s"
      path    exactly, or a prefix where it ends in *; without a method it hits every one
      nth     the first request to hit, counted from 1 since this call;  times: how many in a row
      message what the answer says; an app that starts from cold is
        [{"path":"/api/service/v1/app*","kind":"status","status":503,"times":3,
          "message":"dial tcp 10.0.0.1:8000: connect: connection refused"}]
  POST   switches          change what is installed:
    {"apps":"first_guess"}   ALTR and Mode under the app ids and input keys that come to mind first; "demo" goes back
    {"require_input":{"app_id":"altr","name":"region","type":"string"}}
                             a new version of an app whose contract requires one field more
    {"connection_admin_package":"not_enabled"}  or "no_effect", "enabled"
    {"latency":"50ms","rate_limit":300}  what the flags have set

It binds to loopback addresses only, answers only requests for a loopback name, and changes nothing for web pages from
elsewhere.

Example: a creation whose answer is lost, and what a client makes of it
  $ atlan-sandbox -listen 127.0.0.1:8585 -search-lag 2s -role-lag 2s 2>sandbox.log &
  $ curl -X PUT http://127.0.0.1:8585/_sandbox/faults \
      --data '[{"method":"POST","path":"/api/service/apikeys","kind":"drop_after_commit"}]'
  $ terraform apply
  $ curl http://127.0.0.1:8585/_sandbox/journal/summary
`
)

func (c *config) printHelp(w io.Writer) {
	var b strings.Builder
	b.WriteString(helpBefore)
	c.flags.VisitAll(func(f *flag.Flag) {
		value, usage := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "0s" {
			usage += " (default " + f.DefValue + ")"
		}
		fmt.Fprintf(&b, "  %-24s %s\n", strings.TrimSpace("-"+f.Name+" "+strings.ToUpper(value)), usage)
	})
	b.WriteString(helpAfter)
	_, _ = io.WriteString(w, b.String())
}
