// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// appOf makes an app of the JSON of its contract and its form; an empty text is none.
func appOf(tb testing.TB, contract, form, credential string) *atlan.ResolvedApp {
	tb.Helper()
	app := &atlan.ResolvedApp{App: atlan.App{ID: "thing-app"}, CredentialConfig: "atlan-connectors-thing"}
	if contract != "" {
		app.Contract = atlan.ParseAppContract(members(tb, contract))
	}
	if form != "" {
		app.Form = atlan.ParseAppForm(members(tb, form))
	}
	if credential != "" {
		app.CredentialForm = atlan.ParseCredentialForm("atlan-connectors-thing", members(tb, credential))
	}
	return app
}

func members(tb testing.TB, text string) map[string]any {
	tb.Helper()
	var document map[string]any
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		tb.Fatal(err)
	}
	return document
}

// contractWith is a generated contract with one property.
func contractWith(property string) string {
	return `{"title":"AppInputContract","type":"object","properties":{"x":` + property + `},"$defs":{
		"ConnectionRef": {
			"title":"ConnectionRef", "type":"object", "additionalProperties":true, "properties":{"typeName":{"type":"string"},"attributes":{"type":"object"}}
		},
		"Kind":{"type":"string","enum":["full","incremental"]}}}`
}

// TestEncoding: an input is sent in the form that the app's contract wants, whatever that is.
func TestEncoding(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value    any
		property string
		form     string
		want     string
	}{
		"selection, object":         {atlan.Selection{"a", "b"}, `{"type":"object","default":{}}`, "", `{"a":{},"b":{}}`},
		"selection, text":           {atlan.Selection{"a"}, `{"type":"string","default":"{}"}`, "", `"{\"a\":{}}"`},
		"selection, text of a list": {atlan.Selection{"a"}, `{"type":"string","default":"[]"}`, "", `"[\"a\"]"`},
		"selection, list":           {atlan.Selection{"a"}, `{"type":"array","items":{"type":"string"}}`, "", `["a"]`},
		"selection, other objects": {
			atlan.Selection{"a"}, `{"anyOf":[{"type":"object","additionalProperties":{"type":"array"}},{"type":"string"}]}`, "", `"{\"a\":{}}"`,
		},
		"empty selection":         {atlan.Selection{}, `{"type":"object"}`, "", `{}`},
		"empty selection, text":   {atlan.Selection{}, `{"type":"string","default":"{}"}`, "", `"{}"`},
		"flag":                    {true, `{"type":"boolean"}`, "", `true`},
		"flag, words":             {true, `{"type":"string","enum":["true","false"]}`, "", `"true"`},
		"flag, other words":       {false, `{"type":"string","enum":["Yes","No"]}`, "", `"No"`},
		"flag, text":              {false, `{"type":"string"}`, "", `"false"`},
		"flag, words of the form": {true, `{"type":"string"}`, `{"type":"string","enum":["all","active"],"enumNames":["Yes","No"]}`, `"all"`},
		"flag, number":            {true, `{"type":"integer"}`, "", `1`},
		"flag, may be null":       {true, `{"anyOf":[{"type":"boolean"},{"type":"null"}]}`, "", `true`},
		"connection, name":        {atlan.ConnectionReference("default/s/1"), `{"type":"string"}`, "", `"default/s/1"`},
		"connection, entity": {
			atlan.ConnectionReference("default/s/1"), `{"$ref":"#/$defs/ConnectionRef"}`, "",
			`{"attributes":{"qualifiedName":"default/s/1"},"typeName":"Connection"}`,
		},
		"connection, entity or null": {
			atlan.ConnectionReference("default/s/1"), `{"anyOf":[{"$ref":"#/$defs/ConnectionRef"},{"type":"null"}]}`, "",
			`{"attributes":{"qualifiedName":"default/s/1"},"typeName":"Connection"}`,
		},
		"connection, list":             {atlan.ConnectionReference("default/s/1"), `{"type":"array"}`, "", `["default/s/1"]`},
		"text":                         {"42", `{"type":"string"}`, "", `"42"`},
		"text, number":                 {"42", `{"type":"integer"}`, "", `42`},
		"text, number or null":         {"42", `{"anyOf":[{"type":"integer"},{"type":"null"}]}`, "", `42`},
		"text, list":                   {"42", `{"type":"array","items":{"type":"string"}}`, "", `["42"]`},
		"text, object":                 {"42", `{"type":"object"}`, "", `{"42":{}}`},
		"number":                       {int64(7), `{"type":"integer"}`, "", `7`},
		"number, text":                 {int64(7), `{"type":"string"}`, "", `"7"`},
		"text, one of":                 {"full", `{"$ref":"#/$defs/Kind"}`, "", `"full"`},
		"unknown":                      {atlan.Unknown, `{"type":"integer"}`, "", `{}`},
		"what does not fit stays":      {"many", `{"type":"integer"}`, "", `"many"`},
		"of a schema that says little": {atlan.Selection{"a"}, `{}`, "", `{"a":{}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			form := ""
			if test.form != "" {
				form = `{"properties":{"x":` + test.form + `}}`
			}
			app := appOf(t, contractWith(test.property), form, "")
			document := app.Document(atlan.AppInputs{Fields: []atlan.Field{{Name: "field", Keys: []string{"x"}, Value: test.value}}})
			got, err := json.Marshal(document.Inputs["x"])
			if err != nil || string(got) != test.want {
				t.Errorf("got %s, %v; want %s", got, err, test.want)
			}
			if fits := name != "what does not fit stays"; fits != (len(document.Violations) == 0) {
				t.Errorf("violations are %+v", document.Violations)
			}
		})
	}
}

// wrong are violations as people would read them.
func wrong(violations []atlan.Violation) string {
	var texts []string
	for _, v := range violations {
		texts = append(texts, fmt.Sprintf("%s[%s] %s", v.Field, strings.Join(v.Path, "."), v.Message))
	}
	return strings.Join(texts, "\n")
}

// TestViolations says what is wrong with inputs before anything is sent.
func TestViolations(t *testing.T) {
	t.Parallel()
	contract := `{"title":"AppInputContract","type":"object","required":["needed"],"properties":{
		"needed":{"type":"string"},"count":{"type":"integer","minimum":1,"maximum":9},"kind":{"enum":["full","incremental"]},"fixed":{"const":"v1"},
		"code":{"type":"string","pattern":"^[a-z]+$","minLength":2,"maxLength":3},"list":{"type":"array","items":{"type":"string"},"minItems":1},
		"nested":{"anyOf":[{"$ref":"#/$defs/Nested"},{"type":"null"}]},"either":{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]},
		"scan_job_id":{"type":"string"},"altr_source_id":{"type":"string"},"workflow_id":{"type":"string"},"python":{"type":"string","pattern":"(?P<a>x)(?!y)"},
		"old":{"type":"string","deprecated":true},"closed":{"type":"object","additionalProperties":false}},
		"$defs":{"Nested":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"size":{"type":"integer"}}}}}`
	form := `{"properties":{"scan-job-id":{"type":"string","ui":{"label":"Classification Job"}},"kind":{"type":"string"},"count":{}},"anyOf":[
		{"properties":{"kind":{"const":"full"}},"required":["scan-job-id"]},{"properties":{"kind":{"const":"incremental"}},"required":["count"]}]}`
	app := appOf(t, contract, form, "")
	good := map[string]any{"needed": "n", "kind": "full", "scan_job_id": "j"}
	for name, test := range map[string]struct {
		change map[string]any
		want   string
	}{
		"nothing": {nil, ""},
		"missing": {map[string]any{"needed": nil}, `[needed] The app "thing-app" requires the input "needed", which is not set.`},
		"condition": {
			map[string]any{"scan_job_id": nil},
			`[scan_job_id] The app "thing-app" requires the input "scan_job_id" ("Classification Job" in its form), which is not set.`,
		},
		"empty": {
			map[string]any{"scan_job_id": ""},
			`[scan_job_id] The app "thing-app" requires the input "scan_job_id" ("Classification Job" in its form), which is not set.`,
		},
		"other condition":      {map[string]any{"kind": "incremental"}, `[count] The app "thing-app" requires the input "count", which is not set.`},
		"condition is unknown": {map[string]any{"kind": atlan.Unknown, "scan_job_id": atlan.Unknown}, ""},
		"type":                 {map[string]any{"count": "canary"}, `[count] The input "count" of the app "thing-app" must be a whole number, but is a string.`},
		"small":                {map[string]any{"count": 0}, `[count] The input "count" of the app "thing-app" must be at least 1.`},
		"large":                {map[string]any{"count": 10}, `[count] The input "count" of the app "thing-app" must be at most 9.`},
		"enum":                 {map[string]any{"fixed": "canary"}, `[fixed] The input "fixed" of the app "thing-app" must be "v1".`},
		"pattern":              {map[string]any{"code": "C1"}, `[code] The input "code" of the app "thing-app" must match the pattern ^[a-z]+$.`},
		"short":                {map[string]any{"code": "c"}, `[code] The input "code" of the app "thing-app" must have at least 2 characters, but has 1.`},
		"long":                 {map[string]any{"code": "canary"}, `[code] The input "code" of the app "thing-app" must have at most 3 characters, but has 6.`},
		"element": {
			map[string]any{"list": []any{"a", true}}, `[list.1] The input "list.1" of the app "thing-app" must be a string, but is a boolean.`,
		},
		"no elements": {map[string]any{"list": []any{}}, `[list] The input "list" of the app "thing-app" must have at least 1 elements, but has 0.`},
		"alternatives": {
			map[string]any{"either": true}, `[either] The input "either" of the app "thing-app" must be a string or a whole number, but is a boolean.`,
		},
		"member": {
			map[string]any{"nested": map[string]any{"name": "n", "size": "canary"}},
			`[nested.size] The input "nested.size" of the app "thing-app" must be a whole number, but is a string.`,
		},
		"missing member": {
			map[string]any{"nested": map[string]any{}}, `[nested.name] The input "nested" of the app "thing-app" must have the member "name".`,
		},
		"no object":      {map[string]any{"nested": "canary"}, `[nested] The input "nested" of the app "thing-app" must be an object, but is a string.`},
		"unknown member": {map[string]any{"nested": map[string]any{"name": atlan.Unknown, "size": atlan.Unknown}}, ""},
		"unknown":        {map[string]any{"count": atlan.Unknown, "list": []any{atlan.Unknown}, "fixed": atlan.Unknown, "needed": atlan.Unknown}, ""},
		"closed": {
			map[string]any{"closed": map[string]any{"more": "canary"}}, `[closed] The input "closed" of the app "thing-app" must not have the members more.`,
		},
		"pattern of Python": {map[string]any{"python": "z"}, ""},
		"unknown key": {
			map[string]any{"scan_job": "canary"},
			`[scan_job] The app "thing-app" has no input "scan_job". It has, nearest first: scan_job_id ("Classification Job"), `,
		},
		"key of the form": {
			map[string]any{"scan-job-id": "canary"},
			`[scan-job-id] The app "thing-app" has no input "scan-job-id". It has, nearest first: scan_job_id ("Classification Job"), `,
		},
		"typing error": {
			map[string]any{"altr_sorce_id": "canary"}, `[altr_sorce_id] The app "thing-app" has no input "altr_sorce_id". It has, nearest first: altr_source_id, `,
		},
		"null is as if not set": {map[string]any{"anything": nil}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inputs := map[string]any{}
			for _, some := range []map[string]any{good, test.change} {
				maps.Copy(inputs, some)
			}
			document := app.Document(atlan.AppInputs{Extra: inputs})
			got := wrong(document.Violations)
			if complete := !strings.HasSuffix(test.want, ", "); complete && got != test.want || !strings.HasPrefix(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if strings.Contains(got, "canary") || strings.Contains(got, "workflow_id") || strings.Contains(got, "old") {
				t.Errorf("the text tells too much: %s", got)
			}
			for _, v := range document.Violations {
				if !v.Definite {
					t.Errorf("%+v is not definite", v)
				}
			}
		})
	}
}

// TestFieldsThatAreNotFound name the inputs that there are; what is not set is not missed.
func TestFieldsThatAreNotFound(t *testing.T) {
	t.Parallel()
	contract := `{"title":"AppInputContract","properties":{"mapped":{"type":"string","title":"Mapped"},"altr_source_id":{"type":"string"},"one":{},"two":{}}}`
	form := `{"properties":{"one":{"ui":{"label":"Twice"}},"two":{"ui":{"label":"twice!"}},
		"altr-source-id":{"ui":{"label":"Source","hidden":true}},"three":{"ui":{"label":"Gone"}}}}`
	app := appOf(t, contract, form, "")
	for name, test := range map[string]struct {
		field atlan.Field
		names map[string]string
		key   string
		want  string
	}{
		"title": {atlan.Field{Labels: []string{"MAPPED"}}, nil, "mapped", ""},
		"hidden": {
			atlan.Field{Labels: []string{"Source"}, Keys: []string{"altr_connection"}, Value: "s"},
			nil, "",
			`f[] The app "thing-app" has no input that its form calls "Source", which f is. It has, nearest first: altr_source_id, `,
		},
		"not in the contract": {
			atlan.Field{Labels: []string{"Gone"}, Value: "s"}, nil, "", `f[] The app "thing-app" has no input that its form calls "Gone", which f is.`,
		},
		"not set": {atlan.Field{Labels: []string{"Source"}}, nil, "", ""},
		"ambiguous": {
			atlan.Field{Labels: []string{"Twice"}, Value: "s"},
			nil, "",
			`f[] The form of the app "thing-app" has several fields that are labelled "Twice", the inputs "one", "two": say which one f is.`,
		},
		"named":                {atlan.Field{Labels: []string{"Twice"}, Value: "s"}, map[string]string{"f": "two"}, "two", ""},
		"named as in the form": {atlan.Field{Value: "s"}, map[string]string{"f": "altr-source-id"}, "altr_source_id", ""},
		"named wrong": {
			atlan.Field{Labels: []string{"Twice"}},
			map[string]string{"f": "altr_sauce_id"},
			"",
			`f[altr_sauce_id] The app "thing-app" has no input "altr_sauce_id", which is given for f. It has, nearest first: altr_source_id, `,
		},
		"by a candidate":        {atlan.Field{Keys: []string{"nothing", "one"}, Value: "s"}, nil, "one", ""},
		"label before the rest": {atlan.Field{Labels: []string{"mapped"}, Keys: []string{"one"}, Value: "s"}, nil, "mapped", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.field.Name = "f"
			document := app.Document(atlan.AppInputs{Fields: []atlan.Field{test.field}, Names: test.names})
			if got := wrong(document.Violations); document.Keys["f"] != test.key || !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
				t.Errorf("got the key %q and %s", document.Keys["f"], got)
			}
		})
	}
}

// TestDocumentOfALTR: the document is accepted by the tenant, and the same meanings make another one on another tenant.
func TestDocumentOfALTR(t *testing.T) {
	t.Parallel()
	connection := atlan.AppConnection{Name: "altr", QualifiedName: "default/altr/1763769600", Connector: "altr", AdminUsers: []string{"jsmith"}}
	entity := map[string]any{"typeName": "Connection", "attributes": map[string]any{
		"name": "altr", "qualifiedName": "default/altr/1763769600", "connectorName": "altr", "adminUsers": []any{"jsmith"},
	}}
	for apps, want := range map[string]map[string]any{
		sandbox.AppsDemo: {
			"extraction_method": "direct", "credential_guid": "", "connection": entity, "altr_source_id": "42", "scan_job_id": "7",
			"mapped_connection": map[string]any{"typeName": "Connection", "attributes": map[string]any{"qualifiedName": "default/snowflake/1700000000"}},
		},
		sandbox.AppsFirstGuess: {
			"extraction_method": "direct", "credential_guid": "", "connection": entity, "altr_connection": "42", "classification_job": "7",
			"atlan_connection": "default/snowflake/1700000000",
		},
	} {
		_, client := appTenant(t, apps)
		app := resolve(t, client, altrChoice)
		in := atlan.AppInputs{
			Fields: altrFields(atlan.ConnectionReference("default/snowflake/1700000000"), "42", "7"), Connection: connection, NewCredential: true,
		}
		document := app.Document(in)
		if !reflect.DeepEqual(document.Inputs, want) || len(document.Violations) > 0 {
			t.Errorf("%s: got %v, %v", apps, document.Inputs, document.Violations)
		}
		in.NewCredential = false
		if got := wrong(app.Document(in).Violations); !strings.Contains(got, "requires a credential") {
			t.Errorf("%s: without a credential: %s", apps, got)
		}
		in.CredentialGUID, in.Fields = atlan.Unknown, altrFields(atlan.Unknown, atlan.Unknown, nil)
		violations := app.Document(in).Violations
		if len(violations) != 1 || violations[0].Field != "classification_job" || !strings.Contains(violations[0].Message, `("Classification Job" in its form)`) {
			t.Errorf("%s: with little known: %s", apps, wrong(violations))
		}
	}
}

// TestRequiredInput: what a new version of an app requires is missed before anything is sent.
func TestRequiredInput(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	if err := tenant.RequireInput("altr-classification", "retention_days", "integer"); err != nil {
		t.Fatal(err)
	}
	app := resolve(t, client, altrChoice)
	in := atlan.AppInputs{Fields: altrFields(atlan.ConnectionReference("default/snowflake/1700000000"), "42", "7"), NewCredential: true}
	got := wrong(app.Document(in).Violations)
	if got != `[retention_days] The app "altr-classification" requires the input "retention_days" ("Retention Days" in its form), which is not set.` {
		t.Errorf("got %s", got)
	}
	in.Extra = map[string]any{"retention_days": 30}
	if violations := app.Document(in).Violations; len(violations) > 0 {
		t.Errorf("got %s", wrong(violations))
	}
}

// TestContractProperties: what a tenant expects can be shown.
func TestContractProperties(t *testing.T) {
	t.Parallel()
	_, client := appTenant(t, sandbox.AppsDemo)
	app := resolve(t, client, modeChoice)
	property := app.Contract.Property("archived_report_mode")
	if property == nil || !slices.Equal(property.Types, []string{"string"}) || fmt.Sprint(property.Enum) != "[true false]" ||
		property.Default != "true" || property.Plumbing {
		t.Errorf("got %+v", property)
	}
	if agent := app.Contract.Property("agent_json"); agent == nil || !agent.Nullable || !slices.Equal(agent.Types, []string{"object"}) {
		t.Errorf("got %+v", agent)
	}
	if id := app.Contract.Property("workflow_id"); id == nil || !id.Plumbing {
		t.Errorf("got %+v", id)
	}
	field := app.Form.Input("archived_report_mode")
	if field == nil || field.Label != "Crawl Archived Reports" || field.Step != "Metadata" || field.Widget != "radio" || field.Key != "archived-report-mode" {
		t.Errorf("got %+v", field)
	}
	auth := app.CredentialForm.AuthType("basic")
	if auth == nil || auth.Label != "Basic" || len(auth.Fields) != 4 || app.CredentialForm.Host != "app.mode.com" || app.CredentialForm.Port != 443 {
		t.Errorf("got %+v", app.CredentialForm)
	}
}

func TestSameInput(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		one, other any
		same       bool
	}{
		{"a", "a", true},
		{"a", "b", false},
		{`{"a":{}}`, map[string]any{"a": map[string]any{}}, true},
		{`{"a":{}}`, map[string]any{"b": map[string]any{}}, false},
		{`[1, 2]`, []any{1.0, 2.0}, true},
		{`[1, 2]`, []any{2.0, 1.0}, false},
		{map[string]any{"a": nil}, map[string]any{}, true},
		{int64(7), 7.0, true},
		{"7", 7.0, false},
		{"{not JSON", "{not JSON", true},
		{true, "true", false},
	} {
		if got := atlan.SameInput(test.one, test.other); got != test.same {
			t.Errorf("%v and %v: %t", test.one, test.other, got)
		}
	}
}
