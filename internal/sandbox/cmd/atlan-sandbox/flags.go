// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// config is what the command line asks for.
type config struct {
	flags   *flag.FlagSet
	listen  string
	version bool
	options sandbox.Options
}

// parseFlags returns the configuration also where it returns an error, so that help can be printed from it.
func parseFlags(args []string) (*config, error) {
	c := &config{flags: flag.NewFlagSet("atlan-sandbox", flag.ContinueOnError)}
	f, o := c.flags, &c.options
	f.SetOutput(io.Discard) // errors are printed once, by run
	var shuffle bool
	f.StringVar(&c.listen, "listen", "127.0.0.1:8585", "loopback `address` to serve; port 0 picks a free one")
	f.StringVar(&o.Seed, "seed", sandbox.SeedDemo, "`content` to start with: demo or empty")
	f.StringVar(&o.DataFile, "data", "", "`file` that keeps the tenant and its keys across restarts")
	f.StringVar(&o.PersonaAPI, "persona-api", sandbox.SurfaceBoth, "`surface` for personas: both, personas or entities")
	f.StringVar(&o.WorkflowAPI, "workflow-api", sandbox.SurfaceBoth, "`surface` for workflows: both, app or package")
	f.DurationVar(&o.Latency, "latency", 0, "`time` to wait before every answer")
	f.DurationVar(&o.SearchLag, "search-lag", 0, "`time` until a change is found by search")
	f.DurationVar(&o.RoleLag, "role-lag", 0, "`time` until a change of connection admins is effective")
	f.DurationVar(&o.RunTime, "run-time", time.Second, "`time` that a workflow run takes")
	f.IntVar(&o.RateLimit, "rate-limit", 0, "`requests` that one actor may make per minute; 0 is no limit")
	f.BoolVar(&shuffle, "shuffle", true, "vary list order and empty values where the API leaves them open; off with -shuffle=false")
	f.BoolVar(&c.version, "version", false, "say which version this is, and end")
	if err := f.Parse(args); err != nil {
		return c, err
	}
	if f.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	o.NoShuffle = !shuffle
	return c, o.Validate()
}
