// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command habits checks what reviewers of this repository would otherwise have to look for. It is a tool of go vet, which
// "make lint" runs.
package main

import "golang.org/x/tools/go/analysis/unitchecker"

func main() { unitchecker.Main(storeFirst, retryClass, noBody) }
