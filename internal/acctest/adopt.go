// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import "maps"

// Adopt takes over the state of another workspace and returns the one that did: the next run of Terraform, with a process
// of the provider that remembers nothing.
func (w *Workspace) Adopt(other *Workspace) *Workspace {
	w.instances = map[string]*Instance{}
	for name, instance := range maps.All(other.instances) {
		adopted := *instance
		w.instances[name] = &adopted
	}
	return w
}
