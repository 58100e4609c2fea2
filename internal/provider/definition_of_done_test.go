// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
)

// tested is what "tested" means for a managed resource: the tests that its package must have. They prove, in this
// order: the whole life with the real CLI; import by every id; deletion and failure behind Terraform's back; drift of
// each attribute; every fault of every request; objects beside each other; a provider whose configuration is not known
// yet; what replaces and what updates; null, unknown and empty arguments; refused arguments; listing and its failures;
// and mappings and ids under arbitrary input.
var tested = []string{
	"TestAccResource_lifecycle", "TestAccResource_import", "TestAccResource_importIdentity", "TestOutOfBand", "TestDrift",
	"TestFaults", "TestSiblings", "TestUnknownProvider", "TestReplacement", "TestNullUnknownEmpty", "TestInvalid",
	"TestList", "TestListFailingPage", "FuzzModelRoundTrip", "FuzzImportID",
}

// TestDefinitionOfDone reads the registry and fails when an object lacks what every object must have.
func TestDefinitionOfDone(t *testing.T) {
	t.Parallel()
	p := provider.New("test", provider.Options{})()
	listed := listedTypes(t, p)
	secrets := readAll(t, "../acctest/testdata/secrets", ".tf")
	sweepers := readAll(t, "../acctest", "sweep_test.go")
	for _, create := range p.Resources(t.Context()) {
		object := create()
		name := resourceName(t, object)
		directory := filepath.Join("..", path.Base(reflect.TypeOf(object).Elem().PkgPath()))
		functions := testFunctions(t, directory)
		for _, test := range tested {
			if functions[test] < 2 {
				t.Errorf("%s: its package has no %s worth the name", name, test)
			}
		}
		// Its own matrix, or the one that resources for workflows share.
		if !regexp.MustCompile(`FaultMatrix|suite.*\.Faults\(t\)`).MatchString(readAll(t, directory, "_test.go")) {
			t.Errorf("%s takes no part in the fault campaign", name)
		}
		checkOffers(t, name, object, listed[name])
		if !strings.Contains(secrets, `resource "`+name+`"`) {
			t.Errorf("%s does not take part in the search for leaked secrets", name)
		}
		if !strings.Contains(sweepers, `"`+name+`"`) {
			t.Errorf("%s has no sweeper", name)
		}
		needExamples(t, "resources", name, "resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf")
		needExamples(t, "list-resources", name, "list-resource.tfquery.hcl")
		needMention(t, name, filepath.Base(directory))
	}
	checkDataSources(t, p)
	checkFunctions(t, p)
	checkEphemeralResources(t, p, secrets)
	checkActions(t, p)
}

// TestUpgradeIsTested demands a test of the upgrade from the last release once there is one.
func TestUpgradeIsTested(t *testing.T) {
	t.Parallel()
	changelog, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	released := regexp.MustCompile(`(?m)^## \[?v?\d+\.\d+\.\d+`).Match(changelog)
	if _, tested := testFunctions(t, "../acctest")["TestUpgrade"]; released && !tested {
		t.Error("a version has been released, but TestUpgrade does not plan its state with the provider as it is")
	}
}

// needMention fails where a resource or its package is missing where a reader, or the linter, looks for it.
func needMention(t *testing.T, name, packageName string) {
	t.Helper()
	for file, text := range map[string]string{
		"README.md":       "docs/resources/" + strings.TrimPrefix(name, "atlan_") + ".md",
		"CONTRIBUTING.md": "\n  " + packageName + "/",
		".golangci.yml":   "**/internal/" + packageName + "/**",
	} {
		content, err := os.ReadFile(filepath.Join("..", "..", file))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(content), text) {
			t.Errorf("%s: %s lacks %q", name, file, text)
		}
	}
}

func checkOffers(t *testing.T, name string, object resource.Resource, listed bool) {
	t.Helper()
	if _, ok := object.(resource.ResourceWithIdentity); !ok {
		t.Errorf("%s has no identity", name)
	}
	if _, ok := object.(resource.ResourceWithImportState); !ok {
		t.Errorf("%s cannot be imported", name)
	}
	if !listed {
		t.Errorf("%s has no list resource", name)
	}
	var schema resource.SchemaResponse
	object.Schema(t.Context(), resource.SchemaRequest{}, &schema)
	if _, ok := schema.Schema.Blocks["timeouts"]; !ok {
		t.Errorf("%s has no timeouts", name)
	}
}

func checkDataSources(t *testing.T, p frameworkprovider.Provider) {
	t.Helper()
	for _, create := range p.DataSources(t.Context()) {
		var metadata datasource.MetadataResponse
		create().Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "atlan"}, &metadata)
		needExamples(t, "data-sources", metadata.TypeName, "data-source.tf")
	}
}

func checkFunctions(t *testing.T, p frameworkprovider.Provider) {
	t.Helper()
	withFunctions, ok := p.(frameworkprovider.ProviderWithFunctions)
	if !ok {
		t.Fatal("the provider offers no functions")
	}
	for _, create := range withFunctions.Functions(t.Context()) {
		var metadata function.MetadataResponse
		create().Metadata(t.Context(), function.MetadataRequest{}, &metadata)
		needExamples(t, "functions", metadata.Name, "function.tf")
	}
}

func checkEphemeralResources(t *testing.T, p frameworkprovider.Provider, secrets string) {
	t.Helper()
	withEphemeral, ok := p.(frameworkprovider.ProviderWithEphemeralResources)
	if !ok {
		t.Fatal("the provider offers no ephemeral resources")
	}
	for _, create := range withEphemeral.EphemeralResources(t.Context()) {
		var metadata ephemeral.MetadataResponse
		create().Metadata(t.Context(), ephemeral.MetadataRequest{ProviderTypeName: "atlan"}, &metadata)
		needExamples(t, "ephemeral-resources", metadata.TypeName, "ephemeral-resource.tf")
		if !strings.Contains(secrets, `ephemeral "`+metadata.TypeName+`"`) {
			t.Errorf("the ephemeral %s does not take part in the search for leaked secrets", metadata.TypeName)
		}
	}
}

// checkActions wants an example of each action, and tests in its package: with the real CLI, and of what it does and says
// when it is invoked, also where that fails or is cancelled.
func checkActions(t *testing.T, p frameworkprovider.Provider) {
	t.Helper()
	withActions, ok := p.(frameworkprovider.ProviderWithActions)
	if !ok {
		t.Fatal("the provider offers no actions")
	}
	for _, create := range withActions.Actions(t.Context()) {
		object := create()
		var metadata action.MetadataResponse
		object.Metadata(t.Context(), action.MetadataRequest{ProviderTypeName: "atlan"}, &metadata)
		needExamples(t, "actions", metadata.TypeName, "action.tf")
		functions := testFunctions(t, filepath.Join("..", path.Base(reflect.TypeOf(object).Elem().PkgPath())))
		for _, test := range []string{"TestAccAction", "TestAction", "TestActionFails", "TestActionCancelled", "TestActionInvalid"} {
			if functions[test] < 2 {
				t.Errorf("%s: its package has no %s worth the name", metadata.TypeName, test)
			}
		}
	}
}

func listedTypes(t *testing.T, p frameworkprovider.Provider) map[string]bool {
	t.Helper()
	withLists, ok := p.(frameworkprovider.ProviderWithListResources)
	if !ok {
		t.Fatal("the provider lists nothing")
	}
	types := map[string]bool{}
	for _, create := range withLists.ListResources(t.Context()) {
		var metadata resource.MetadataResponse
		create().Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "atlan"}, &metadata)
		types[metadata.TypeName] = true
	}
	return types
}

func resourceName(t *testing.T, object resource.Resource) string {
	t.Helper()
	var metadata resource.MetadataResponse
	object.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "atlan"}, &metadata)
	return metadata.TypeName
}

func needExamples(t *testing.T, kind, name string, files ...string) {
	t.Helper()
	for _, file := range files {
		if _, err := os.Stat(filepath.Join("../../examples", kind, name, file)); err != nil {
			t.Errorf("%s lacks an example: %v", name, err)
		}
	}
}

// testFunctions returns the top-level functions of a package's tests and how many statements each has.
func testFunctions(t *testing.T, directory string) map[string]int {
	t.Helper()
	functions := map[string]int{}
	files, err := filepath.Glob(filepath.Join(directory, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil && function.Body != nil {
				functions[function.Name.Name] = len(function.Body.List)
			}
		}
	}
	return functions
}

// readAll joins the texts of the files of a directory whose name ends so.
func readAll(t *testing.T, directory, suffix string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(directory), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, suffix) {
			return err
		}
		text, err := os.ReadFile(filepath.Join(directory, name))
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
