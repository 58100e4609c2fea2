// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestStoreFirst(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, analysistest.TestData(), storeFirst, "object")
}

func TestRetryClass(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, analysistest.TestData(), retryClass, "retryclass/internal/atlan")
}

func TestNoBody(t *testing.T) {
	t.Parallel()
	analysistest.Run(t, analysistest.TestData(), noBody, "nobody/internal/atlan")
}
