// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-atlan serves the Terraform provider for Atlan.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

// version is set by the linker for releases.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print how Terraform can attach, and stay")
	flag.Parse()
	if !*debug && !loggingAskedFor(os.Environ()) {
		// Terraform reads a provider's log only when a TF_LOG variable is set. The records that the SDK makes all the same
		// cost half of the processor time of a plan.
		_ = os.Setenv("TF_LOG_SDK", "off") // without it plans are slower, nothing else
	}
	err := providerserver.Serve(context.Background(), provider.New(version, provider.Options{}), providerserver.ServeOpts{
		Address: "registry.terraform.io/atlan-community/atlan",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}

// loggingAskedFor tells whether any variable asks for a log, such as TF_LOG, TF_LOG_PROVIDER or TF_LOG_SDK_PROTO.
func loggingAskedFor(environment []string) bool {
	for _, variable := range environment {
		name, value, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "TF_LOG") && name != "TF_LOG_PATH" && value != "" {
			return true
		}
	}
	return false
}
