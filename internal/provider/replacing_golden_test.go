// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

// TestReplacingGolden shows every change of which arguments replace an object. Run it with -update, and review the
// difference: an argument that begins to replace objects destroys what users have.
func TestReplacingGolden(t *testing.T) {
	t.Parallel()
	found := replacingArguments(t)
	list := make([]string, 0, len(found))
	for argument := range found {
		list = append(list, argument)
	}
	slices.Sort(list)
	got, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	golden := filepath.Join("testdata", "replacing.json")
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the arguments that replace objects are\n%s\nwant\n%s", got, want)
	}
}

// replacingArguments are the arguments with a plan modifier that says that a change of them replaces the object. Whether it
// does is tested with each object (TestReplacement).
func replacingArguments(t *testing.T) map[string]bool {
	t.Helper()
	replacing := map[string]bool{}
	for _, construct := range provider.New("test", provider.Options{})().Resources(t.Context()) {
		object := construct()
		var metadata resource.MetadataResponse
		object.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "atlan"}, &metadata)
		var schema resource.SchemaResponse
		object.Schema(t.Context(), resource.SchemaRequest{}, &schema)
		for name, attribute := range schema.Schema.Attributes {
			modifiers := reflect.ValueOf(attribute).FieldByName("PlanModifiers")
			if !modifiers.IsValid() {
				t.Fatalf("%s.%s has no plan modifiers to look at", metadata.TypeName, name)
			}
			for i := range modifiers.Len() {
				described, ok := reflect.TypeAssert[validator.Describer](modifiers.Index(i))
				if !ok {
					t.Fatalf("a plan modifier of %s.%s has no description", metadata.TypeName, name)
				}
				if text := described.Description(t.Context()); strings.Contains(text, "replace") || strings.Contains(text, "recreate") {
					replacing[metadata.TypeName+"."+name] = true
				}
			}
		}
	}
	return replacing
}
