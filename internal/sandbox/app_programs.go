// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
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

// What a program's inputs mean to it.
const (
	keyMappedConnection   = "mapped_connection"
	keySource             = "source"
	keyJob                = "job"
	keyInclude            = "include"
	keyExclude            = "exclude"
	keyArchived           = "archived"
	keyPersonal           = "personal" // in the credential's extra
	typeReport            = "ModeReport"
	unfinishedJob         = "running"
	publisher             = "service-account-atlan-argo"
	tagALTR               = "ALTR_PII"
	personalCollection    = "personal-jdoe"
	archivedModeReport    = "Revenue 2019"
	connectionEntityInput = "connection"
)

// modeReports are what the Mode workspace holds, by collection.
var modeReports = map[string][]string{
	"finance": {"Revenue", archivedModeReport}, "marketing": {"Campaigns"}, personalCollection: {"Scratchpad"},
}

// runApp does what a run of the workflow does, and returns why it failed, if it did. The texts are inferred.
func (t *Tenant) runApp(w *AppWorkflow, r *AppRun) string {
	a := t.data.app(w.AppID)
	if a == nil {
		return fmt.Sprintf("app %s is not installed", w.AppID)
	}
	credential, failure := t.runCredential(r)
	if failure != "" {
		return failure
	}
	own := qualifiedNameIn(r.Inputs[connectionEntityInput])
	if own == "" {
		return "the input connection has no qualifiedName"
	}
	if a.Program == ProgramALTR {
		if failure := t.runALTR(a, r.Inputs, own); failure != "" {
			return failure
		}
	}
	t.publishConnection(w, r, own)
	if a.Program == ProgramMode {
		t.runMode(a, r.Inputs, credential, own)
	}
	return ""
}

// runCredential returns the credential of a run; an agent has its own.
func (t *Tenant) runCredential(r *AppRun) (*Credential, string) {
	if r.Inputs["extraction_method"] == "agent" {
		return nil, ""
	}
	guid, _ := r.Inputs["credential_guid"].(string)
	if guid == "" {
		guid, _ = member(member(r.Inputs[connectionEntityInput], "attributes"), "defaultCredentialGuid").(string)
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
func (t *Tenant) publishConnection(w *AppWorkflow, r *AppRun, qualifiedName string) {
	if c := t.data.byQualifiedName(typeConnection, qualifiedName); c != nil && c.active() {
		return
	}
	attributes := map[string]any{"name": qualifiedName, "qualifiedName": qualifiedName}
	sent, _ := member(r.Inputs[connectionEntityInput], "attributes").(map[string]any)
	maps.Copy(attributes, sent)
	e := t.published(typeConnection, attributes)
	e.CreatedBy = w.Owner
	if guid, _ := r.Inputs["credential_guid"].(string); guid != "" {
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

// runMode publishes the reports that the workflow asks for, and archives those that it no longer does. Where a
// collection is both included and excluded it is excluded (docs.atlan.com "Crawl Mode").
func (t *Tenant) runMode(a *App, inputs map[string]any, credential *Credential, own string) {
	include, exclude := selected(inputs[a.Keys[keyInclude]]), selected(inputs[a.Keys[keyExclude]])
	noPersonal := credential != nil && isYes(credential.Extra[a.Keys[keyPersonal]])
	archived, asked := inputs[a.Keys[keyArchived]]
	for collection, reports := range modeReports {
		wanted := (len(include) == 0 || slices.Contains(include, collection)) && !slices.Contains(exclude, collection) &&
			(!noPersonal || collection != personalCollection)
		for _, name := range reports {
			t.publishReport(own+"/"+collection+"/"+name, name, wanted && (name != archivedModeReport || !asked || isYes(archived)))
		}
	}
}

func (t *Tenant) publishReport(qualifiedName, name string, wanted bool) {
	e := t.data.byQualifiedName(typeReport, qualifiedName)
	switch {
	case e == nil && !wanted, e != nil && e.active() == wanted:
		return
	case e == nil:
		e = t.published(typeReport, map[string]any{"name": name, "qualifiedName": qualifiedName, "connectorName": "mode"})
	default:
		e = e.revised()
		e.Status, e.UpdateTime = statusDeleted, t.now().UnixMilli()
		if wanted {
			e.Status = statusActive
		}
	}
	t.put(e)
	t.changed()
}

// selected reads a filter: an object by ids, a list of ids, or either as a JSON text.
func selected(v any) []string {
	if text, ok := v.(string); ok {
		if json.Unmarshal([]byte(text), &v) != nil {
			return nil
		}
	}
	if byID, ok := v.(map[string]any); ok {
		return slices.Collect(maps.Keys(byID))
	}
	return texts(v)
}

// isYes reads a flag in any of the forms that forms have for one.
func isYes(v any) bool { return v == true || v == "true" || v == "yes" }
