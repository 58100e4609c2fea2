// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Programs that the runs of apps execute.
const (
	// ProgramALTR tags every table of the mapped connection (docs.atlan.com "Import ALTR classification metadata").
	ProgramALTR = "altr"
	// ProgramMode publishes the reports of a small Mode workspace (docs.atlan.com "Crawl Mode").
	ProgramMode = "mode"
)

// What the inputs of the ALTR app mean to its program.
const (
	keyMappedConnection = "mapped_connection"
	keySource           = "source"
	keyJob              = "job"
)

const (
	// connectionInput is the input that holds the connection which a run publishes.
	connectionInput = "connection"
	// publisher is the user whose name is on what runs publish; inferred.
	publisher = "service-account-atlan-argo"
	// unfinishedJob is how the ids of classification jobs begin that are not completed.
	unfinishedJob = "running"
)

// runApp does what a run of the workflow does, and returns why it failed, if it did. The texts are inferred.
func (t *Tenant) runApp(w *AppWorkflow, r *AppRun) string {
	a := t.data.app(w.AppID)
	if a == nil {
		return fmt.Sprintf("app %s is not installed", w.AppID)
	}
	return t.runProgram(a, w.Owner, r.Inputs)
}

// runProgram checks the credential, does the app's work, and publishes the connection.
func (t *Tenant) runProgram(a *App, owner string, inputs map[string]any) string {
	credential, failure := t.runCredential(inputs)
	if failure != "" {
		return failure
	}
	own := qualifiedNameIn(inputs[connectionInput])
	if own == "" {
		return "the input connection has no qualifiedName"
	}
	if a.Program == ProgramALTR {
		if failure := t.runALTR(a, inputs, own); failure != "" {
			return failure
		}
	}
	t.publishConnection(owner, inputs, own)
	if a.Program == ProgramMode {
		t.runMode(a, inputs, credential, own)
	}
	return ""
}

// runCredential returns the credential of a run, that of the connection where the inputs name none; an agent has its own
// (pyatlan model/apps/_base.py).
func (t *Tenant) runCredential(inputs map[string]any) (*Credential, string) {
	if inputs["extraction_method"] == "agent" {
		return nil, ""
	}
	guid, _ := inputs["credential_guid"].(string)
	if guid == "" {
		guid, _ = member(member(inputs[connectionInput], "attributes"), "defaultCredentialGuid").(string)
	}
	c := t.data.credential(guid)
	switch {
	case c == nil:
		return nil, fmt.Sprintf("credential %q not found", guid)
	case c.Refusal != "":
		return nil, "authentication at the source failed: " + c.Refusal
	}
	return c, ""
}

// qualifiedNameIn reads the reference to a connection: its qualified name, or the entity.
func qualifiedNameIn(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	s, _ := member(member(v, "attributes"), "qualifiedName").(string)
	return s
}

// publishConnection creates the workflow's connection, or leaves it as it is: a crawler does not undo what admins have
// done to it since (inferred).
func (t *Tenant) publishConnection(owner string, inputs map[string]any, qualifiedName string) {
	if c := t.data.byQualifiedName(typeConnection, qualifiedName); c != nil && c.active() {
		return
	}
	attributes := map[string]any{"name": qualifiedName, "qualifiedName": qualifiedName}
	sent, _ := member(inputs[connectionInput], "attributes").(map[string]any)
	maps.Copy(attributes, sent)
	e := t.published(typeConnection, attributes)
	e.CreatedBy = owner
	if guid, _ := inputs["credential_guid"].(string); guid != "" {
		e.Attributes["defaultCredentialGuid"] = guid
	}
	t.put(e)
	t.changed()
}

// published is a new entity as a run publishes it.
func (t *Tenant) published(typeName string, attributes map[string]any) *Entity {
	now := t.now().UnixMilli()
	return &Entity{
		GUID: newGUID(), TypeName: typeName, Status: statusActive, Attributes: attributes,
		CreatedBy: publisher, UpdatedBy: publisher, CreateTime: now, UpdateTime: now,
	}
}

// runALTR tags the tables of the mapped connection with what a classification job has found. A job has to be completed;
// one whose id starts with "running" is not.
func (t *Tenant) runALTR(a *App, inputs map[string]any, own string) string {
	qn := qualifiedNameIn(inputs[a.Keys[keyMappedConnection]])
	source, _ := inputs[a.Keys[keySource]].(string)
	job, _ := inputs[a.Keys[keyJob]].(string)
	mapped := t.data.byQualifiedName(typeConnection, qn)
	switch {
	case mapped == nil || !mapped.active():
		return fmt.Sprintf("the mapped connection %q does not exist", qn)
	case source == "":
		return "no ALTR data source is selected"
	case job == "":
		return "no classification job is selected"
	case strings.HasPrefix(job, unfinishedJob):
		return fmt.Sprintf("classification job %s of %s is not completed", job, source)
	}
	tag := Classification{TypeName: tagALTR, Source: own, Job: job}
	for _, e := range t.data.entitiesOf("Table") {
		if !e.active() || !strings.HasPrefix(e.qualifiedName(), qn+"/") || slices.Contains(e.Classifications, tag) {
			continue
		}
		next := e.revised()
		// Tags of an earlier run of the same connection give way to those of this one.
		next.Classifications = slices.DeleteFunc(slices.Clone(e.Classifications), func(c Classification) bool { return c.Source == own })
		next.Classifications = append(next.Classifications, tag)
		next.UpdatedBy, next.UpdateTime = publisher, t.now().UnixMilli()
		t.put(next)
	}
	t.changed()
	return ""
}
