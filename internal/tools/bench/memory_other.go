// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package main

import "os"

// peakMemory is not told by this operating system.
func peakMemory(*os.ProcessState) int64 { return 0 }
