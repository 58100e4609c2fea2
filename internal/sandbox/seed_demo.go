// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "time"

// GUIDs and qualified names of what SeedDemo adds, the same in every tenant.
const (
	SeedPersonaGUID                = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0050"
	SeedPersonaQualifiedName       = "default/SandboxDataAssets00001"
	SeedProductionPolicyGUID       = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0051"
	SeedDevelopmentPolicyGUID      = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0052"
	SeedProductionGUID             = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0060"
	SeedProductionQualifiedName    = "default/snowflake/1700000000"
	SeedDevelopmentGUID            = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0061"
	SeedDevelopmentQualifiedName   = "default/bigquery/1700000001"
	SeedCollectionGUID             = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0070"
	SeedCollectionQualifiedName    = "default/collection/admin/SandboxCollection00001"
	SeedGlossaryGUID               = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0080"
	SeedGlossaryQualifiedName      = "SandboxGlossary0000001"
	SeedCustomersGUID              = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0090"
	SeedOrdersGUID                 = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0091"
	SeedEventsGUID                 = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0092"
	seedPersonaRole                = "persona_SandboxDataAssets00001"
	seedPersonaRoleID              = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0053"
	seedProductionPolicyQualified  = SeedPersonaQualifiedName + "/SandboxReadProduction1"
	seedDevelopmentPolicyQualified = SeedPersonaQualifiedName + "/SandboxReadDevelopmnt1"
)

// addDemo adds what the examples of this repository refer to.
func (d *data) addDemo(c Credentials, now time.Time) {
	created := now.UnixMilli()
	d.Users = append(d.Users, &User{
		ID: SeedMemberUserID, Username: memberUsername, Email: "jsmith@example.com", FirstName: "Jo", LastName: "Smith",
		Enabled: true, WorkspaceRole: roleMember, CreatedAt: created,
	})
	d.Secrets[c.MemberBearerToken] = &bearer{Kind: actorUser, ID: SeedMemberUserID, Expires: now.Add(userTokenLifetime)}
	d.Groups = []*Group{{
		ID: SeedGroupID, Name: "data_engineers", Alias: "Data engineers", Users: []string{SeedMemberUserID},
		CreatedAt: created, CreatedBy: adminUsername,
	}}
	admin := []any{adminUsername}
	d.addDemoEntity(created, SeedProductionGUID, typeConnection, map[string]any{
		"name": "production", "qualifiedName": SeedProductionQualifiedName, "connectorName": "snowflake",
		"category": "warehouse", "adminUsers": admin,
	})
	d.addDemoEntity(created, SeedDevelopmentGUID, typeConnection, map[string]any{
		"name": "development", "qualifiedName": SeedDevelopmentQualifiedName, "connectorName": "bigquery",
		"category": "warehouse", "adminUsers": admin,
	})
	d.addDemoEntity(created, SeedCollectionGUID, typeCollection, map[string]any{
		"name": "My query collection", "qualifiedName": SeedCollectionQualifiedName, "adminUsers": admin,
	})
	d.addDemoEntity(created, SeedGlossaryGUID, typeGlossary, map[string]any{
		"name": "Business glossary", "qualifiedName": SeedGlossaryQualifiedName,
	})
	d.addDemoTables(created)
	d.addDemoPersona(created)
}

// addDemoTables gives the connections something that a classification can be seen on: two tables in production, and one
// in development that a run which is mapped to production must leave alone.
func (d *data) addDemoTables(created int64) {
	for _, table := range []struct{ guid, name, connection, schema string }{
		{SeedCustomersGUID, "CUSTOMERS", SeedProductionQualifiedName, "ANALYTICS/PUBLIC"},
		{SeedOrdersGUID, "ORDERS", SeedProductionQualifiedName, "ANALYTICS/PUBLIC"},
		{SeedEventsGUID, "events", SeedDevelopmentQualifiedName, "sandbox/raw"},
	} {
		d.addDemoEntity(created, table.guid, "Table", map[string]any{
			"name": table.name, "qualifiedName": table.connection + "/" + table.schema + "/" + table.name,
			"connectionQualifiedName": table.connection,
		})
	}
}

// addDemoPersona lets the start API token read both connections, of which it is no admin: without a persona a token
// sees only connections of its own (docs.atlan.com "API tokens").
func (d *data) addDemoPersona(created int64) {
	d.addDemoEntity(created, SeedPersonaGUID, typePersona, map[string]any{
		"name": "Data Assets", "displayName": "Data Assets", "qualifiedName": SeedPersonaQualifiedName,
		"description": "", "isAccessControlEnabled": true, "roleId": seedPersonaRoleID,
	})
	for _, p := range []struct{ guid, name, qualifiedName, connection string }{
		{SeedProductionPolicyGUID, "Read production", seedProductionPolicyQualified, SeedProductionQualifiedName},
		{SeedDevelopmentPolicyGUID, "Read development", seedDevelopmentPolicyQualified, SeedDevelopmentQualifiedName},
	} {
		d.addDemoEntity(created, p.guid, typePolicy, map[string]any{
			"name": p.name, "displayName": p.name, "qualifiedName": p.qualifiedName, "description": "",
			"policyType": "allow", "policyCategory": "persona", "policySubCategory": "metadata",
			"policyServiceName": serviceAtlas, "policyResourceCategory": "CUSTOM", "isPolicyEnabled": true,
			"policyActions": []any{"persona-asset-read"}, "policyResources": []any{"entity:" + p.connection},
			"connectionQualifiedName": p.connection, "policyRoles": []any{seedPersonaRole},
			"policyUsers": []any{}, "policyGroups": []any{},
		})
		d.Entities[p.guid].AccessControl = SeedPersonaGUID
	}
	d.apiToken(SeedAPITokenGUID).PersonaQualifiedNames = []string{SeedPersonaQualifiedName}
}

func (d *data) addDemoEntity(created int64, guid, typeName string, attributes map[string]any) {
	d.settle(&Entity{
		GUID: guid, TypeName: typeName, Status: statusActive, Attributes: attributes,
		CreatedBy: adminUsername, UpdatedBy: adminUsername, CreateTime: created, UpdateTime: created,
	})
}
