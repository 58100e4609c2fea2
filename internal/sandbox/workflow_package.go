// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// connectionAdminTemplate makes an API token an admin of a connection (solutions.atlan.com "API token connection
// admin", pyatlan model/packages/api_token_connection_admin.py). It and the package of Mode do something; every other
// one just succeeds.
const connectionAdminTemplate = "csa-api-token-connection-admin"

// States of the API token connection admin package.
const (
	// PackageEnabled makes the package do its work.
	PackageEnabled = "enabled"
	// PackageNotEnabled refuses the package, as on a tenant where Atlan has not enabled it.
	PackageNotEnabled = "not_enabled"
	// PackageNoEffect lets the package succeed without an effect, as it does where saving fails.
	PackageNoEffect = "no_effect"
)

var packageStates = []string{PackageEnabled, PackageNotEnabled, PackageNoEffect}

// SetConnectionAdminPackage switches the API token connection admin package to PackageEnabled, PackageNotEnabled or
// PackageNoEffect.
func (t *Tenant) SetConnectionAdminPackage(state string) error {
	if !slices.Contains(packageStates, state) {
		return fmt.Errorf("unknown state %q of the connection admin package: use one of %s", state, strings.Join(packageStates, ", "))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.connectionAdminPackage = state
	return nil
}

// connectionAdminTask returns the parameters of the package's task in a workflow, or nil where there is none.
func connectionAdminTask(spec map[string]any) map[string]string {
	return packageTask(spec, connectionAdminTemplate)
}

// packageTask returns the parameters of the task that runs a template in a workflow, or nil where there is none.
func packageTask(spec map[string]any, templateName string) map[string]string {
	templates, _ := spec["templates"].([]any)
	for _, template := range templates {
		dag, _ := member(template, "dag").(map[string]any)
		tasks, _ := dag["tasks"].([]any)
		for _, task := range tasks {
			if member(member(task, "templateRef"), "name") != templateName {
				continue
			}
			parameters := map[string]string{}
			list, _ := member(member(task, "arguments"), "parameters").([]any)
			for _, p := range list {
				name, _ := member(p, "name").(string)
				parameters[name], _ = member(p, "value").(string)
			}
			return parameters
		}
	}
	return nil
}

func member(object any, name string) any {
	m, _ := object.(map[string]any)
	return m[name]
}

// What a run shows where the package's program ends with an error; which exit code means what is inferred.
const (
	exitMissingParameter  = "Error (exit code 4)"
	exitUnknownToken      = "Error (exit code 5)"
	exitUnknownConnection = "Error (exit code 6)"
)

// runPackage does what a workflow's package does, and returns why it failed, if it did.
func (t *Tenant) runPackage(w *Workflow, now time.Time) string {
	if parameters := packageTask(w.Spec, modeTemplate); parameters != nil {
		return t.runModePackage(w.Owner, parameters)
	}
	parameters := connectionAdminTask(w.Spec)
	if parameters == nil {
		return ""
	}
	qualifiedName, guid := parameters["connection_qualified_name"], parameters["api_token_guid"]
	if qualifiedName == "" || guid == "" {
		return exitMissingParameter
	}
	token := t.data.apiToken(guid)
	if token == nil {
		return exitUnknownToken
	}
	connection := t.data.byQualifiedName(typeConnection, qualifiedName)
	if connection == nil {
		return exitUnknownConnection
	}
	found := t.indexed(connection.GUID).seen(now, t.opts.SearchLag)
	if found == nil || !found.active() {
		return exitUnknownConnection
	}
	if t.connectionAdminPackage != PackageNoEffect {
		t.addConnectionAdmin(connection, found.List("adminUsers"), token.Username())
	}
	return ""
}

// addConnectionAdmin drops admins that no longer exist, adds one, and replaces the list (atlan-java samples/packages). The
// package searches for the connection, so it starts from the list that the index has: what the index does not show yet is
// lost.
func (t *Tenant) addConnectionAdmin(connection *Entity, listed []string, username string) {
	if slices.Contains(listed, username) {
		return
	}
	users := slices.DeleteFunc(listed, func(name string) bool { return !t.data.knowsUser(name) })
	next := connection.revised()
	next.Attributes["adminUsers"] = anyList(append(users, username))
	next.UpdatedBy, next.UpdateTime = "service-account-atlan-argo", t.now().UnixMilli()
	t.put(next)
	t.changed()
}
