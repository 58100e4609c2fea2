// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import "time"

func init() { lostPause = 2 * time.Millisecond } // tests advance the tenant's clock instead of waiting
