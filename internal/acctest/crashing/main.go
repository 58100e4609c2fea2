// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command crashing is the provider with a mistake: it panics when the tenant has answered one of its requests, at a moment when
// it holds secrets. Tests look at what is then printed.
package main

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

func main() {
	var answers []map[string]any
	crash := func(config *atlan.Config) {
		config.Log = func(_ context.Context, _ string, fields map[string]any) {
			if fields["method"] != "POST" || fields["path"] != os.Getenv("CRASH_AT_POST") {
				return
			}
			if with := os.Getenv("CRASH_WITH"); with != "" {
				panic(with)
			}
			answers[0] = fields // the mistake
		}
	}
	server := provider.NewServer("test", provider.Options{Client: crash}, os.Getenv("TF_LOG") == "")
	if err := tf6server.Serve("registry.terraform.io/atlan-community/atlan", server); err != nil {
		log.Fatal(err)
	}
}
