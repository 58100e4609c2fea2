// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// sweepers delete what tests have left, by the resource type that made it: what refers to an object goes before it.
var sweepers = []struct {
	resourceType string
	sweep        func(*testing.T, *acctest.Tenant)
}{
	{"atlan_altr_workflow", sweepAppWorkflows},
	{"atlan_app_workflow", sweepAppWorkflows},
	{"atlan_mode_workflow", sweepAppWorkflows},
	{"atlan_connection_admin", sweepConnectionAdmins},
	{"atlan_collection_member", sweepCollectionMembers},
	{"atlan_persona_metadata_policy", sweepPolicies(atlan.PolicyMetadata)},
	{"atlan_persona_data_policy", sweepPolicies(atlan.PolicyData)},
	{"atlan_persona_glossary_policy", sweepPolicies(atlan.PolicyGlossary)},
	{"atlan_persona", sweepPersonas},
	{"atlan_api_token", sweepTokens},
}

// TestSweep deletes what interrupted live tests have left on the tenant of ATLAN_BASE_URL and ATLAN_API_KEY: everything
// whose name begins with the prefix of the tests. It is run by make sweep alone.
func TestSweep(t *testing.T) {
	t.Parallel()
	if os.Getenv("ATLAN_SWEEP") == "" {
		t.Skip("deletes objects on a live tenant; make sweep asks for it")
	}
	for _, sweeper := range sweepers {
		t.Logf("sweeping %s", sweeper.resourceType)
		sweeper.sweep(t, &acctest.Tenant{URL: os.Getenv("ATLAN_BASE_URL"), APIKey: os.Getenv("ATLAN_API_KEY")})
	}
}

// TestSweepTokens sweeps a sandbox.
func TestSweepTokens(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	client := tenant.Client(t)
	for _, name := range []string{acctest.NamePrefix + "left", "kept"} {
		if _, err := client.Tokens.Create(t.Context(), atlan.TokenInput{Name: name, ValiditySeconds: 60}); err != nil {
			t.Fatal(err)
		}
	}
	sweepTokens(t, tenant)
	var names []string
	for _, token := range tenant.Sandbox.State().APITokens {
		names = append(names, token.DisplayName)
	}
	if !slices.Contains(names, "kept") || slices.Contains(names, acctest.NamePrefix+"left") {
		t.Errorf("after the sweep the tenant has %v", names)
	}
}

// TestSweepAppWorkflows sweeps a sandbox.
func TestSweepAppWorkflows(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	for _, name := range []string{acctest.NamePrefix + "left", "kept"} {
		tenant.Sandbox.AddAppWorkflow(sandbox.AppWorkflow{Name: name, AppID: sandbox.DemoALTRAppID})
	}
	sweepAppWorkflows(t, tenant)
	for _, workflow := range tenant.Sandbox.State().AppWorkflows {
		if workflow.ArchivedAt.IsZero() != (workflow.Name == "kept") {
			t.Errorf("after the sweep workflow %q was archived at %s", workflow.Name, workflow.ArchivedAt)
		}
	}
}

// sweepAppWorkflows archives the workflows of all apps that tests have left, and their credentials.
func sweepAppWorkflows(t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	client := tenant.Client(t)
	var left []atlan.AppWorkflow
	for workflow, err := range client.AppWorkflows.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(workflow.Name, acctest.NamePrefix) {
			left = append(left, workflow)
		}
	}
	for _, workflow := range left {
		t.Logf("archiving workflow %q (%s)", workflow.Name, workflow.Slug)
		if err := client.AppWorkflows.Archive(t.Context(), workflow.Slug); err != nil {
			t.Error(err)
		}
		if guid, _ := workflow.Inputs["credential_guid"].(string); guid != "" {
			if err := client.Credentials.Archive(t.Context(), guid); err != nil {
				t.Error(err)
			}
		}
	}
}

func sweepTokens(t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	client := tenant.Client(t)
	var left []atlan.Token
	for token, err := range client.Tokens.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(token.Name, acctest.NamePrefix) {
			left = append(left, token)
		}
	}
	for _, token := range left {
		t.Logf("deleting API token %q (%s)", token.Name, token.GUID)
		if err := client.Tokens.Delete(t.Context(), token.GUID); err != nil {
			t.Error(err)
		}
	}
}

// TestSweepPersonas sweeps a sandbox.
func TestSweepPersonas(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	left, kept := tenant.Sandbox.AddPersona(acctest.NamePrefix+"left"), tenant.Sandbox.AddPersona("kept")
	sweepPersonas(t, tenant)
	var guids []string
	for _, persona := range tenant.Sandbox.State().Personas {
		guids = append(guids, persona.GUID)
	}
	if !slices.Contains(guids, kept.GUID) || slices.Contains(guids, left.GUID) {
		t.Errorf("after the sweep the tenant has %v", guids)
	}
}

func sweepPersonas(t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	client := tenant.Client(t)
	var left []atlan.Persona
	for persona, err := range client.Personas.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(persona.Name, acctest.NamePrefix) {
			left = append(left, persona)
		}
	}
	for _, persona := range left {
		t.Logf("deleting persona %q (%s)", persona.Name, persona.GUID)
		if err := client.Personas.Delete(t.Context(), persona.GUID); err != nil {
			t.Error(err)
		}
	}
}

// TestSweepPolicies sweeps a sandbox.
func TestSweepPolicies(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t).GrantConnections(t)
	client := tenant.Client(t)
	for _, name := range []string{acctest.NamePrefix + "left", "kept"} {
		if _, err := client.Policies.Create(t.Context(), atlan.PolicyInput{
			PersonaGUID: sandbox.SeedPersonaGUID, Kind: atlan.PolicyGlossary, Name: name, Allow: true,
			Actions: []string{"entity-update"}, Assets: []string{sandbox.SeedGlossaryQualifiedName},
		}); err != nil {
			t.Fatal(err)
		}
	}
	sweepPolicies(atlan.PolicyMetadata)(t, tenant)
	sweepPolicies(atlan.PolicyGlossary)(t, tenant)
	var names []string
	for _, policy := range tenant.Sandbox.State().Policies {
		names = append(names, policy.Text("name"))
	}
	if !slices.Contains(names, "kept") || slices.Contains(names, acctest.NamePrefix+"left") {
		t.Errorf("after the sweep the tenant has %v", names)
	}
}

// sweepPolicies deletes the policies of a kind that tests have left in personas of any name.
func sweepPolicies(kind atlan.PolicyKind) func(*testing.T, *acctest.Tenant) {
	return func(t *testing.T, tenant *acctest.Tenant) {
		t.Helper()
		client := tenant.Client(t)
		for persona, err := range client.Personas.All(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			policies, err := client.Policies.Of(t.Context(), persona.GUID)
			if err != nil {
				t.Fatal(err)
			}
			for _, policy := range policies {
				if policy.Kind != kind || !strings.HasPrefix(policy.Name, acctest.NamePrefix) {
					continue
				}
				t.Logf("deleting %s policy %q (%s) of persona %q", kind, policy.Name, policy.GUID, persona.Name)
				if err := client.Policies.Delete(t.Context(), kind, persona.GUID, policy.GUID); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// TestSweepConnectionAdmins sweeps a sandbox.
func TestSweepConnectionAdmins(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	left, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: acctest.NamePrefix + "left"})
	kept, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: "kept"})
	caller := sandbox.APIToken{ClientID: "apikey-" + sandbox.SeedAPITokenGUID}
	if err := tenant.Sandbox.EditEntity(sandbox.SeedProductionGUID, func(e *sandbox.Entity) {
		e.Attributes["adminUsers"] = []string{caller.Username(), left.Username(), kept.Username()}
	}); err != nil {
		t.Fatal(err)
	}
	sweepConnectionAdmins(t, tenant)
	connection, err := tenant.Client(t).Connections.Read(t.Context(), sandbox.SeedProductionGUID)
	if got := connection.Admins.Users; err != nil || slices.Contains(got, left.Username()) || !slices.Contains(got, kept.Username()) {
		t.Errorf("after the sweep the connection has the admins %v (%v)", got, err)
	}
}

// sweepConnectionAdmins removes the API tokens of tests from the admins of connections.
func sweepConnectionAdmins(t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	client := tenant.Client(t)
	accounts := leftAccounts(t, client)
	for connection, err := range client.Connections.All(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		for _, admin := range connection.Admins.Principals() {
			if !accounts[admin] {
				continue
			}
			t.Logf("removing %s from the admins of connection %s", admin.Name, connection.QualifiedName)
			if err := client.Connections.RemoveAdmin(t.Context(), atlan.OwnCredential, connection.GUID, admin); err != nil {
				t.Error(err)
			}
		}
	}
}

// leftAccounts are the service accounts of API tokens that tests have left.
func leftAccounts(t *testing.T, client *atlan.Client) map[atlan.Principal]bool {
	t.Helper()
	accounts := map[atlan.Principal]bool{}
	for token, err := range client.Tokens.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		accounts[atlan.Principal{Kind: atlan.PrincipalUser, Name: token.Username()}] = strings.HasPrefix(token.Name, acctest.NamePrefix)
	}
	return accounts
}

// TestSweepCollectionMembers sweeps a sandbox.
func TestSweepCollectionMembers(t *testing.T) {
	t.Parallel()
	tenant := acctest.NewSandbox(t)
	left, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: acctest.NamePrefix + "left"})
	kept, _ := tenant.Sandbox.AddAPIToken(sandbox.APIToken{DisplayName: "kept"})
	caller := sandbox.APIToken{ClientID: "apikey-" + sandbox.SeedAPITokenGUID}
	if err := tenant.Sandbox.EditEntity(sandbox.SeedCollectionGUID, func(e *sandbox.Entity) {
		e.Attributes["adminUsers"] = []string{"admin", caller.Username(), left.Username()}
		e.Attributes["viewerUsers"] = []string{left.Username(), kept.Username()}
	}); err != nil {
		t.Fatal(err)
	}
	sweepCollectionMembers(t, tenant)
	collection, err := tenant.Client(t).Collections.Read(t.Context(), sandbox.SeedCollectionGUID)
	if err != nil || slices.Contains(collection.Editors.Users, left.Username()) || !slices.Equal(collection.Viewers.Users, []string{kept.Username()}) {
		t.Errorf("after the sweep the collection has the editors %v and the viewers %v (%v)", collection.Editors.Users, collection.Viewers.Users, err)
	}
}

// sweepCollectionMembers removes the API tokens of tests from query collections.
func sweepCollectionMembers(t *testing.T, tenant *acctest.Tenant) {
	t.Helper()
	client := tenant.Client(t)
	accounts := leftAccounts(t, client)
	for collection, err := range client.Collections.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, member := range collection.Members() {
			if !accounts[member] {
				continue
			}
			t.Logf("removing %s from query collection %s", member.Name, collection.QualifiedName)
			if err := client.Collections.RemoveMember(t.Context(), atlan.OwnCredential, collection.GUID, member); err != nil {
				t.Error(err)
			}
		}
	}
}
