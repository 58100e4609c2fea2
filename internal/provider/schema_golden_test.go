// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

func server(t *testing.T, options provider.Options) tfprotov6.ProviderServer {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test", options)())()
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	answer, err := server(t, provider.Options{}).GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Diagnostics) > 0 {
		t.Fatal(answer.Diagnostics[0].Summary, answer.Diagnostics[0].Detail)
	}
	return answer
}

// TestSchemaGolden shows every change of what users can write. Run it with -update, as make generate does, and review
// the difference: removing or renaming an argument, or making it required, breaks configurations.
func TestSchemaGolden(t *testing.T) {
	t.Parallel()
	all := outline(schemas(t))
	identities, err := server(t, provider.Options{}).GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]any{}
	for name, schema := range identities.IdentitySchemas {
		for _, attribute := range schema.IdentityAttributes {
			parts[name+"."+attribute.Name] = typeName(attribute.Type)
		}
	}
	all["identities"] = parts
	compareGolden(t, "schema.json", all)
}

func compareGolden(t *testing.T, name string, value any) {
	t.Helper()
	got, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("%s is not what the provider has now: run make generate and review the difference\n%s", file, difference(string(want), string(got)))
	}
}

// difference is the lines that only one of two texts has.
func difference(want, got string) string {
	var b strings.Builder
	for _, side := range []struct{ sign, text, other string }{{"-", want, got}, {"+", got, want}} {
		known := strings.Split(side.other, "\n")
		for line := range strings.Lines(side.text) {
			if !slices.Contains(known, strings.TrimSuffix(line, "\n")) {
				b.WriteString(side.sign + line)
			}
		}
	}
	return b.String()
}

// outline is what the golden file keeps of a schema: types and rules, not descriptions.
func outline(all *tfprotov6.GetProviderSchemaResponse) map[string]any {
	kinds := map[string]any{"provider": outlineBlock(all.Provider.Block)}
	for kind, group := range map[string]map[string]*tfprotov6.Schema{
		"resources": all.ResourceSchemas, "data_sources": all.DataSourceSchemas,
		"ephemeral_resources": all.EphemeralResourceSchemas, "list_resources": all.ListResourceSchemas, "actions": actionSchemas(all),
	} {
		objects := map[string]any{}
		for name, schema := range group {
			objects[name] = map[string]any{"version": schema.Version, "block": outlineBlock(schema.Block)}
		}
		kinds[kind] = objects
	}
	functions := map[string]any{}
	for name, function := range all.Functions {
		signature := map[string]any{"(return)": typeName(function.Return.Type)}
		for i, parameter := range function.Parameters {
			signature[fmt.Sprintf("%d %s", i, parameter.Name)] = typeName(parameter.Type)
		}
		functions[name] = signature
	}
	kinds["functions"] = functions
	return kinds
}

func actionSchemas(all *tfprotov6.GetProviderSchemaResponse) map[string]*tfprotov6.Schema {
	schemas := map[string]*tfprotov6.Schema{}
	for name, action := range all.ActionSchemas {
		schemas[name] = action.Schema
	}
	return schemas
}

func outlineBlock(block *tfprotov6.SchemaBlock) map[string]any {
	lines := map[string]any{}
	for _, attribute := range block.Attributes {
		lines[attribute.Name] = outlineAttribute(attribute)
	}
	for _, nested := range block.BlockTypes {
		lines[nested.TypeName+" (block)"] = outlineBlock(nested.Block)
	}
	return lines
}

func outlineAttribute(attribute *tfprotov6.SchemaAttribute) any {
	var rules []string
	for rule, set := range map[string]bool{
		"1 required": attribute.Required, "2 optional": attribute.Optional, "3 computed": attribute.Computed,
		"4 sensitive": attribute.Sensitive, "5 write-only": attribute.WriteOnly,
	} {
		if set {
			rules = append(rules, rule)
		}
	}
	rule := describeRules(rules)
	if attribute.NestedType == nil {
		return typeName(attribute.Type) + rule
	}
	nested := map[string]any{"(nesting)": attribute.NestedType.Nesting.String() + rule}
	for _, inner := range attribute.NestedType.Attributes {
		nested[inner.Name] = outlineAttribute(inner)
	}
	return nested
}

// TestDescriptions fails on everything that has no description, or one that leaves out what a user must know before
// setting a value.
func TestDescriptions(t *testing.T) {
	t.Parallel()
	all := schemas(t)
	replacing := replacingArguments(t)
	check := func(where string, block *tfprotov6.SchemaBlock) {
		if block.Description == "" || block.DescriptionKind != tfprotov6.StringKindMarkdown {
			t.Errorf("%s has no Markdown description", where)
		}
		for _, attribute := range block.Attributes {
			checkAttribute(t, where, attribute, replacing[strings.TrimPrefix(where, "resource.")+"."+attribute.Name])
		}
	}
	check("provider", all.Provider.Block)
	for kind, group := range map[string]map[string]*tfprotov6.Schema{
		"resource": all.ResourceSchemas, "data": all.DataSourceSchemas, "ephemeral": all.EphemeralResourceSchemas, "list": all.ListResourceSchemas,
		"action": actionSchemas(all),
	} {
		for name, schema := range group {
			check(kind+"."+name, schema.Block)
		}
	}
	for name, function := range all.Functions {
		if function.Summary == "" || function.Description == "" || function.DescriptionKind != tfprotov6.StringKindMarkdown {
			t.Errorf("function.%s has no summary, or no Markdown description", name)
		}
		for _, parameter := range function.Parameters {
			if !strings.HasSuffix(parameter.Description, ".") || parameter.DescriptionKind != tfprotov6.StringKindMarkdown {
				t.Errorf("function.%s.%s has no Markdown description that ends with a period", name, parameter.Name)
			}
		}
	}
}

func checkAttribute(t *testing.T, where string, attribute *tfprotov6.SchemaAttribute, replaces bool) {
	t.Helper()
	where += "." + attribute.Name
	text := attribute.Description
	if text == "" || attribute.DescriptionKind != tfprotov6.StringKindMarkdown || !strings.HasSuffix(text, ".") {
		t.Errorf("%s has no Markdown description that ends with a period", where)
	}
	saysDefault := slices.ContainsFunc([]string{"default", "environment variable", "besides"}, func(word string) bool { return strings.Contains(text, word) })
	if attribute.Optional && !strings.HasPrefix(where, "data.") && !saysDefault {
		t.Errorf("%s is optional, but its description does not say what the default is: %s", where, text)
	}
	if replaces && !strings.Contains(text, "replace") {
		t.Errorf("a change of %s replaces the object, but its description does not say so: %s", where, text)
	}
	if attribute.NestedType != nil {
		for _, inner := range attribute.NestedType.Attributes {
			checkAttribute(t, where, inner, false)
		}
	}
}

func typeName(t tftypes.Type) string { return strings.ReplaceAll(t.String(), "tftypes.", "") }

func describeRules(rules []string) string {
	slices.Sort(rules)
	text := ""
	for _, rule := range rules {
		text += ", " + rule[2:]
	}
	return text
}
