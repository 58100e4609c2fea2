// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"maps"
	"strings"
)

// Labels and annotations that every package workflow has (pyatlan model/packages).
const (
	packageNameKey     = "package.argoproj.io/name"
	atlanNameKey       = "orchestration.atlan.com/atlanName"
	scheduleKey        = "orchestration.atlan.com/schedule"
	scheduleTimezone   = "orchestration.atlan.com/timezone"
	workflowsNamespace = "default"
)

// PackageWorkflow is a workflow of a package, such as a crawler: a document in Argo's notation that Atlan stores as a
// template and runs (pyatlan model/packages, model/workflow.py).
type PackageWorkflow struct {
	// Package is the package's name, such as "@atlan/mode".
	Package string
	// Name of the workflow: the package's prefix and the time of creation, see [Workflows.NewName].
	Name string
	// DisplayName is what Atlan shows; empty means Name.
	DisplayName string
	// Template is the cluster's template that does the work, such as "atlan-mode"; each package has one.
	Template string
	// Labels and Annotations are those of the package, beside its name, the workflow's name and its schedule.
	Labels, Annotations map[string]string
	// Parameters of the package, in their order.
	Parameters []WorkflowParameter
	// Credentials are stored by Atlan when the workflow is, and never shown again.
	Credentials []WorkflowCredential
	// Schedule by which Atlan runs the workflow; nil means none.
	Schedule *WorkflowSchedule
}

// WorkflowParameter is an argument of a package. Values other than texts are sent as JSON texts by convention.
type WorkflowParameter struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// WorkflowCredential is a credential that goes with a workflow: Atlan puts its GUID wherever the document has the
// parameter's name in double braces, such as "{{credentialGuid}}" (pyatlan model/workflow.py, PackageParameter).
type WorkflowCredential struct {
	Parameter string
	// Body is the credential; nothing of it is logged or quoted.
	Body map[string]any
}

// WorkflowSchedule says when Atlan runs a workflow.
type WorkflowSchedule struct {
	// Cron has five fields.
	Cron string
	// Timezone is the name of a time zone, such as "Europe/Paris".
	Timezone string
}

// workflowDocument is a package workflow on the wire.
type workflowDocument struct {
	Metadata workflowMetadata  `json:"metadata"`
	Spec     workflowSpec      `json:"spec"`
	Payload  []workflowPayload `json:"payload"`
}

type workflowMetadata struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

type workflowSpec struct {
	Entrypoint       string              `json:"entrypoint"`
	Templates        []workflowStepsWire `json:"templates"`
	WorkflowMetadata struct {
		Annotations map[string]string `json:"annotations"`
	} `json:"workflowMetadata"`
}

type workflowStepsWire struct {
	Name string `json:"name"`
	DAG  struct {
		Tasks []workflowTask `json:"tasks"`
	} `json:"dag"`
}

type workflowTask struct {
	Name      string `json:"name"`
	Arguments struct {
		Parameters []WorkflowParameter `json:"parameters"`
	} `json:"arguments"`
	TemplateRef struct {
		Name         string `json:"name"`
		Template     string `json:"template"`
		ClusterScope bool   `json:"clusterScope"`
	} `json:"templateRef"`
}

type workflowPayload struct {
	Parameter string         `json:"parameter"`
	Type      string         `json:"type"`
	Body      map[string]any `json:"body"`
}

// document is the workflow as Atlan's SDKs send it.
func (w PackageWorkflow) document() workflowDocument {
	const entrypoint = "main"
	document := workflowDocument{
		Metadata: workflowMetadata{
			Name: w.Name, Namespace: workflowsNamespace, Labels: copyOf(w.Labels), Annotations: copyOf(w.Annotations),
		},
		Payload: []workflowPayload{},
	}
	document.Metadata.Labels[packageNameKey] = labelOf(w.Package)
	document.Metadata.Annotations[packageNameKey] = w.Package
	document.Metadata.Annotations[atlanNameKey] = cmp.Or(w.DisplayName, w.Name)
	if w.Schedule != nil {
		document.Metadata.Annotations[scheduleKey] = w.Schedule.Cron
		document.Metadata.Annotations[scheduleTimezone] = w.Schedule.Timezone
	}
	task := workflowTask{Name: "run"}
	task.Arguments.Parameters = append([]WorkflowParameter{}, w.Parameters...)
	task.TemplateRef.Name, task.TemplateRef.Template, task.TemplateRef.ClusterScope = w.Template, entrypoint, true
	steps := workflowStepsWire{Name: entrypoint}
	steps.DAG.Tasks = []workflowTask{task}
	document.Spec.Entrypoint, document.Spec.Templates = entrypoint, []workflowStepsWire{steps}
	document.Spec.WorkflowMetadata.Annotations = map[string]string{packageNameKey: w.Package}
	for _, credential := range w.Credentials {
		document.Payload = append(document.Payload, workflowPayload{Parameter: credential.Parameter, Type: "credential", Body: credential.Body})
	}
	return document
}

// secrets are the texts that no message may quote.
func (w PackageWorkflow) secrets() []string {
	var secrets []string
	for _, credential := range w.Credentials {
		secrets = append(secrets, textsIn(credential.Body["password"])...)
		secrets = append(secrets, textsIn(credential.Body["extra"])...)
	}
	return secrets
}

func textsIn(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case map[string]any:
		var all []string
		for _, element := range v {
			all = append(all, textsIn(element)...)
		}
		return all
	case map[string]string:
		var all []string
		for _, element := range v {
			all = append(all, element)
		}
		return all
	case []any:
		var all []string
		for _, element := range v {
			all = append(all, textsIn(element)...)
		}
		return all
	default:
		return nil
	}
}

// labelOf writes a package's name as a label can hold it (pyatlan, documents of its packages).
func labelOf(packageName string) string {
	return strings.NewReplacer("@", "a-t-r", "/", "s-l-a-s-h", ":", "c-o-l-o-n").Replace(packageName)
}

func copyOf(texts map[string]string) map[string]string {
	copied := maps.Clone(texts)
	if copied == nil {
		copied = map[string]string{}
	}
	return copied
}
