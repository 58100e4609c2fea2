// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package workflow is what the provider offers for workflows of every kind: the engine that the workflow resources are made
// of, the data sources atlan_workflows and atlan_workflow_runs, and the action atlan_workflow_run.
package workflow
