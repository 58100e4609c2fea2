// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-atlan serves the Terraform provider for Atlan.
package main

import (
	"flag"
	"log"
	"os"
	"runtime"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

// version is set by the linker for releases.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print how Terraform can attach, and stay")
	flag.Parse()
	quiet := !*debug && !loggingAskedFor(os.Environ())
	if quiet {
		// Terraform reads a provider's log only when a TF_LOG variable is set. The records that the SDK makes all the same
		// cost half of the processor time of a plan.
		_ = os.Setenv("TF_LOG_SDK", "off") // without it plans are slower, nothing else
	}
	defer runtime.KeepAlive(ballast(os.Getenv))

	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	err := tf6server.Serve("registry.terraform.io/atlan-community/atlan", provider.NewServer(version, provider.Options{}, quiet), options...)
	if err != nil {
		log.Fatal(err) //nolint:gocritic // the ballast needs no end
	}
}

// ballast is memory that is never written to, and so never taken from the machine. It counts as in use, though, so that the
// garbage collector lets as much again come together before it begins: it costs a fifth of the processor time of a large
// plan otherwise. Unlike a higher GOGC, it adds the same to a large plan as to a small one. Who sets the collector by the
// environment is left alone.
func ballast(environment func(string) string) []byte {
	if environment("GOGC") != "" || environment("GOMEMLIMIT") != "" {
		return nil
	}
	return make([]byte, 32<<20)
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
