// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

// Steady is a resource whose objects need no look at when nothing about them changes: no plan modifier of an attribute makes
// anything of a planned value that is the state's, and neither does ModifyPlan while the arguments that the resource names
// are null. The provider's server then plans such an object without the plugin framework.
type Steady interface {
	// PlansBy names the arguments by which a plan may change an object that is as it is configured, such as one that makes it
	// be replaced in time.
	PlansBy() []string
}
