// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package personapolicy_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// gateway stands in front of a tenant, and keeps what passes.
type gateway struct {
	*acctest.Tenant

	// lost makes the gateway forget the tenant: it answers 404 by itself.
	lost atomic.Bool
	mu   sync.Mutex
	// bodies of the requests, by method and path.
	bodies map[string][]string
	// before, if set, is called with every request before the tenant acts on it.
	before func(r *http.Request)
}

func newGateway(t *testing.T, surface string) *gateway {
	t.Helper()
	tenant := newTenant(t, surface)
	g := &gateway{bodies: map[string][]string{}}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	g.Tenant = &acctest.Tenant{Sandbox: tenant.Sandbox, URL: server.URL, APIKey: tenant.APIKey}
	return g
}

// ServeHTTP implements http.Handler.
func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.lost.Load() {
		http.Error(w, "<html>no such site</html>", http.StatusNotFound)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	g.mu.Lock()
	g.bodies[r.Method+" "+r.URL.Path] = append(g.bodies[r.Method+" "+r.URL.Path], string(body))
	g.mu.Unlock()
	if g.before != nil {
		g.before(r)
	}
	g.Sandbox.ServeHTTP(w, r)
}

// documentedConnection and documentedPersona are those of the request example of apidocs, addmetadatapolicytopersona.
const (
	documentedConnection = "74b02320-3b01-4896-81ea-b7ac4d5e4b9b"
	documentedPersona    = "9bee3ff8-9bf4-436f-927b-3e415fd3afe9"
	documentedAsset      = "default/snowflake/1655116256"
	documentedName       = "Full metadata access to all of Snowflake"
	documentedPath       = "POST /api/service/personas/" + documentedPersona + "/policies"
)

var documentedActions = []string{
	"entity-read", "entity-update", "entity-create", "entity-delete", "entity-update-business-metadata", "entity-add-classification",
	"entity-remove-classification", "add-terms", "remove-terms", "link-assets",
}

// newDocumented has the persona and the connection of the example.
func newDocumented(t *testing.T, surface string) *gateway {
	t.Helper()
	g := newGateway(t, surface)
	g.Sandbox.AddEntity(sandbox.Entity{GUID: documentedConnection, TypeName: "Connection", Attributes: map[string]any{
		"name": "snowflake", "qualifiedName": documentedAsset, "connectorName": "snowflake", "adminUsers": []any{"admin"},
	}})
	g.Sandbox.AddEntity(sandbox.Entity{GUID: documentedPersona, TypeName: "Persona", Attributes: map[string]any{
		"name": "Documented", "displayName": "Documented", "qualifiedName": "default/DocumentedPersona00001", "isAccessControlEnabled": true,
	}})
	g.GrantConnections(t)
	return g
}

func documentedPolicy() map[string]acctest.Block {
	return map[string]acctest.Block{"test": {Type: metadata.typeName, Attributes: map[string]any{
		"persona_id": documentedPersona, "connection_id": documentedConnection, "name": documentedName,
		"actions": documentedActions, "assets": []string{documentedAsset},
	}}}
}

// TestDocumentedRequest sends exactly the body of the request example in apidocs.
func TestDocumentedRequest(t *testing.T) {
	t.Parallel()
	tenant := newDocumented(t, sandbox.SurfacePersonas)
	apply(t, acctest.NewWorkspace(t, tenant.Provider()), documentedPolicy())
	sent := tenant.bodies[documentedPath]
	if len(sent) != 1 {
		t.Fatalf("%d requests added the policy", len(sent))
	}
	expectJSON(t, sent[0], `{
		"type": "metadataPolicy",
		"policy": {
			"actions": [
				"entity-read", "entity-update", "entity-create", "entity-delete", "entity-update-business-metadata",
				"entity-add-classification", "entity-remove-classification", "add-terms", "remove-terms", "link-assets"
			],
			"assets": ["default/snowflake/1655116256"],
			"connectionId": "74b02320-3b01-4896-81ea-b7ac4d5e4b9b",
			"allow": true,
			"name": "Full metadata access to all of Snowflake",
			"description": ""
		}
	}`)
}

// TestDocumentedEntity sends the entity that stands for the documented request (pyatlan model/assets/persona.py).
func TestDocumentedEntity(t *testing.T) {
	t.Parallel()
	tenant := newDocumented(t, sandbox.SurfaceEntities)
	apply(t, acctest.NewWorkspace(t, tenant.Provider()), documentedPolicy())
	sent := tenant.bodies["POST /api/meta/entity/bulk"]
	if len(sent) != 1 {
		t.Fatalf("%d requests saved entities", len(sent))
	}
	expectJSON(t, sent[0], `{"entities": [{
		"typeName": "AuthPolicy", "guid": "-1",
		"attributes": {
			"qualifiedName": "Full metadata access to all of Snowflake", "name": "Full metadata access to all of Snowflake", "description": "",
			"policyType": "allow", "policyCategory": "persona", "policySubCategory": "metadata",
			"policyServiceName": "atlas", "policyResourceCategory": "CUSTOM",
			"policyActions": [
				"persona-asset-read", "persona-asset-update", "persona-api-create", "persona-api-delete", "persona-business-update-metadata",
				"persona-entity-add-classification", "persona-entity-remove-classification", "persona-add-terms", "persona-remove-terms"
			],
			"policyResources": ["entity:default/snowflake/1655116256"],
			"connectionQualifiedName": "default/snowflake/1655116256",
			"accessControl": {"typeName": "Persona", "guid": "9bee3ff8-9bf4-436f-927b-3e415fd3afe9"}
		}
	}]}`)
}

// TestKindsOnTheWire sends data and glossary policies with what is theirs alone, on both surfaces.
func TestKindsOnTheWire(t *testing.T) {
	t.Parallel()
	wants := map[string][]string{
		"data/personas":     {`"type":"dataPolicy"`, `"actions":["select"]`, `"connectionId":"` + sandbox.SeedProductionGUID},
		"data/entities":     {`"policyServiceName":"heka"`, `"policyResourceCategory":"ENTITY"`, `"policyActions":["select"]`, `"entity-type:*"`},
		"glossary/personas": {`"type":"glossaryPolicy"`, `"glossaryQualifiedNames":["` + sandbox.SeedGlossaryQualifiedName, `"actions":["entity-update"]`},
		"glossary/entities": {`"policySubCategory":"glossary"`, `"policyActions":["persona-glossary-update"]`, `"entity:` + sandbox.SeedGlossaryQualifiedName},
		"metadata/personas": {`"type":"metadataPolicy"`},
		"metadata/entities": {`"policySubCategory":"metadata"`},
	}
	onEach(t, func(t *testing.T, kind kind, surface string) {
		t.Helper()
		tenant := newGateway(t, surface)
		apply(t, acctest.NewWorkspace(t, tenant.Provider()), kind.policies("test"))
		path := map[string]string{
			sandbox.SurfacePersonas: "/api/service/personas/" + sandbox.SeedPersonaGUID + "/policies", sandbox.SurfaceEntities: "/api/meta/entity/bulk",
		}[surface]
		sent := strings.Join(tenant.bodies["POST "+path], "\n")
		for _, want := range wants[kind.name+"/"+surface] {
			if !strings.Contains(sent, want) {
				t.Errorf("what was sent lacks %s: %s", want, sent)
			}
		}
		if kind.name == "glossary" && strings.Contains(strings.ToLower(sent), "connection") {
			t.Errorf("a glossary policy was sent with a connection: %s", sent)
		}
	})
}

// expectJSON compares documents; lists as sets, which all lists of policies are.
func expectJSON(t *testing.T, got, want string) {
	t.Helper()
	if g, w := canonical(t, got), canonical(t, want); g != w {
		t.Errorf("sent\n%s\nwant\n%s", g, w)
	}
}

func canonical(t *testing.T, document string) string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(document), &value); err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(sorted(value))
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func sorted(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = sorted(member)
		}
	case []any:
		slices.SortFunc(v, func(a, b any) int { return strings.Compare(fmt.Sprint(sorted(a)), fmt.Sprint(sorted(b))) })
	}
	return value
}
