// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-atlan serves the Terraform provider for Atlan.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

// version is set by the linker for releases.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print how Terraform can attach, and stay")
	flag.Parse()
	err := providerserver.Serve(context.Background(), provider.New(version, provider.Options{}), providerserver.ServeOpts{
		Address: "registry.terraform.io/atlan-community/atlan",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
