// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// mocksFile is what authors of modules give to mock_provider.
const mocksFile = "../../examples/modules/mocks/atlan.tfmock.hcl"

const mocksHead = `# Mock data of the provider atlan, for "terraform test" without a tenant: what Atlan would compute has the form that it has
# there, where Terraform alone would make up random letters. Use it with
#
#   mock_provider "atlan" {
#     source = "…/mocks" # the directory of this file
#   }
#
# Lists of objects, such as the users of atlan_users, are left out: Terraform mocks them as empty lists. OpenTofu has no
# "source" for mock data; copy there what is needed into the mock_provider block. "make generate" writes this file.
`

// mockValues are computed values by "type.attribute", else by "attribute". Others are empty, false, or 0.
var mockValues = map[string]string{
	"id":                        `"6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"`,
	"name":                      `"mocked"`,
	"guid":                      `"6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"`,
	"client_id":                 `"apikey-6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b931"`,
	"token":                     `"the.mocked.token"`,
	"username":                  `"mocked"`,
	"atlan_api_token.username":  `"service-account-apikey-6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b931"`,
	"email":                     `"mocked@example.com"`,
	"validity_seconds":          `157680000`,
	"created_at":                `"2026-01-01T00:00:00Z"`,
	"updated_at":                `"2026-01-01T00:00:00Z"`,
	"expires_at":                `"2030-12-31T00:00:00Z"`,
	"created_by":                `"admin"`,
	"allow":                     `true`,
	"enabled":                   `true`,
	"qualified_name":            `"default/MockedMockedMocked01"`,
	"connection_id":             `"6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b932"`,
	"connection_qualified_name": `"default/snowflake/1700000000"`,
	"connector":                 `"snowflake"`,
	"kind":                      `"metadata"`,
	"workspace_role":            `"$member"`,

	"atlan_connection.qualified_name": `"default/snowflake/1700000000"`,
	"atlan_collection.qualified_name": `"default/collection/admin/MockedMockedMocked01"`,
	"atlan_role.name":                 `"$member"`,
}

// TestMocks holds the mock data against the schemas: every computed attribute of every object has a value. Run it with
// -update to write it.
func TestMocks(t *testing.T) {
	t.Parallel()
	all := schemas(t)
	var text strings.Builder
	text.WriteString(mocksHead)
	for _, name := range slices.Sorted(maps.Keys(all.ResourceSchemas)) {
		text.WriteString(mockBlock("mock_resource", name, all.ResourceSchemas[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(all.DataSourceSchemas)) {
		text.WriteString(mockBlock("mock_data", name, all.DataSourceSchemas[name]))
	}
	if *update {
		if err := os.WriteFile(mocksFile, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, err := os.ReadFile(mocksFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != text.String() {
		t.Errorf("%s is not what the schemas say; run make generate\n%s", mocksFile, difference(string(written), text.String()))
	}
}

func mockBlock(block, name string, schema *tfprotov6.Schema) string {
	values := map[string]string{}
	for _, attribute := range schema.Block.Attributes {
		if attribute.Computed && attribute.NestedType == nil {
			values[attribute.Name] = mockValue(name, attribute)
		}
	}
	if len(values) == 0 {
		return ""
	}
	width := len(slices.MaxFunc(slices.Collect(maps.Keys(values)), func(a, b string) int { return len(a) - len(b) }))
	var lines strings.Builder
	for _, name := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&lines, "    %-*s = %s\n", width, name, values[name])
	}
	return fmt.Sprintf("\n%s %q {\n  defaults = {\n%s  }\n}\n", block, name, lines.String())
}

func mockValue(object string, attribute *tfprotov6.SchemaAttribute) string {
	for _, key := range []string{object + "." + attribute.Name, attribute.Name} {
		if value, ok := mockValues[key]; ok && (attribute.Type.Is(tftypes.String) == strings.HasPrefix(value, `"`)) {
			return value
		}
	}
	switch {
	case attribute.Type.Is(tftypes.String):
		return `""`
	case attribute.Type.Is(tftypes.Bool):
		return "false"
	case attribute.Type.Is(tftypes.Number):
		return "0"
	case attribute.Type.Is(tftypes.List{}), attribute.Type.Is(tftypes.Set{}):
		return "[]"
	case attribute.Type.Is(tftypes.DynamicPseudoType):
		return "null"
	default:
		return "{}"
	}
}
