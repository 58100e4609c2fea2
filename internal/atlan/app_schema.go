// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// schemaCheck checks values against a JSON Schema, of which some may not be known yet: a value of the type unknown is of no
// JSON type, which is the first thing that the validator complains about. These complaints are dropped, and with them
// what follows from them.
type schemaCheck struct {
	schema *jsonschema.Schema
	// problem is why values cannot be checked; nil when they can.
	problem error
}

func newSchemaCheck(document map[string]any) *schemaCheck {
	const address = "app:///inputs"
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020) // Pydantic's dialect
	compiler.UseLoader(noLoader{})
	compiler.UseRegexpEngine(compilePattern)
	if err := compiler.AddResource(address, document); err != nil {
		return &schemaCheck{problem: err}
	}
	schema, err := compiler.Compile(address)
	return &schemaCheck{schema: schema, problem: err}
}

// noLoader keeps a contract from making the provider read files or addresses.
type noLoader struct{}

func (noLoader) Load(address string) (any, error) {
	return nil, fmt.Errorf("it refers to %s, outside of the contract", address)
}

// compilePattern takes patterns as they are meant for Python; those that Go does not know match everything.
func compilePattern(pattern string) (jsonschema.Regexp, error) {
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		return anything(pattern), nil //nolint:nilerr // it is left to the tenant
	}
	return compiled, nil
}

type anything string

func (anything) MatchString(string) bool { return true }
func (a anything) String() string        { return string(a) }

// fault is a value that does not fit.
type fault struct {
	path    []string
	missing string // the member that is missing at the path; "" when it is the value itself that does not fit
	text    string // completes "… must …", without any value of the caller's
}

// faults are what is wrong with a value; nil when it fits or cannot be checked.
func (c *schemaCheck) faults(value any) []fault {
	if c.schema == nil {
		return nil
	}
	return faultsIn(c.schema.Validate(value))
}

func faultsIn(err error) []fault {
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok || !prune(invalid) {
		return nil
	}
	var faults []fault
	gather(invalid, &faults)
	slices.SortStableFunc(faults, func(a, b fault) int { // members of objects come in any order
		return cmp.Or(slices.Compare(append(slices.Clone(a.path), a.missing), append(slices.Clone(b.path), b.missing)), strings.Compare(a.text, b.text))
	})
	return faults
}

// prune takes out what is about values that are not known, and tells whether anything is left.
func prune(e *jsonschema.ValidationError) bool {
	switch e.ErrorKind.(type) {
	case *kind.InvalidJsonValue, *kind.RefCycle:
		return false
	}
	if len(e.Causes) == 0 {
		return true
	}
	before := len(e.Causes)
	e.Causes = slices.DeleteFunc(e.Causes, func(cause *jsonschema.ValidationError) bool { return !prune(cause) })
	if isAlternatives(e) {
		return len(e.Causes) == before // one that may come to fit is enough
	}
	return len(e.Causes) > 0
}

func isAlternatives(e *jsonschema.ValidationError) bool {
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
		return true
	}
	return false
}

// gather goes down to what is really wrong. Of alternatives it takes the one that was probably meant.
func gather(e *jsonschema.ValidationError, faults *[]fault) {
	for _, name := range missingNames(e.ErrorKind) {
		*faults = append(*faults, fault{path: e.InstanceLocation, missing: name})
	}
	switch {
	case len(missingNames(e.ErrorKind)) > 0:
	case len(e.Causes) == 0:
		*faults = append(*faults, fault{path: e.InstanceLocation, text: faultText(e.ErrorKind)})
	case isAlternatives(e):
		if types := wantedTypes(e.Causes); types != "" {
			*faults = append(*faults, fault{path: e.InstanceLocation, text: types})
			return
		}
		gather(slices.MaxFunc(e.Causes, func(a, b *jsonschema.ValidationError) int { return likelihood(a) - likelihood(b) }), faults)
	default:
		for _, cause := range e.Causes {
			gather(cause, faults)
		}
	}
}

// missingNames are members that an object lacks.
func missingNames(k jsonschema.ErrorKind) []string {
	switch k := k.(type) {
	case *kind.Required:
		return k.Missing
	case *kind.DependentRequired:
		return k.Missing
	case *kind.Dependency:
		return k.Missing
	}
	return nil
}

// wantedTypes sums up alternatives that all fail for the type; "" when others do not.
func wantedTypes(alternatives []*jsonschema.ValidationError) string {
	var want []string
	got := ""
	for _, one := range alternatives {
		at := len(one.InstanceLocation)
		for len(one.Causes) == 1 {
			one = one.Causes[0]
		}
		wrong, ok := one.ErrorKind.(*kind.Type)
		if !ok || len(one.InstanceLocation) > at {
			return ""
		}
		got, want = wrong.Got, append(want, wrong.Want...)
	}
	if some := slices.DeleteFunc(slices.Clone(want), func(t string) bool { return t == "null" }); len(some) > 0 {
		want = some // that an input may be null says no more than that it may be left out
	}
	return faultText(&kind.Type{Got: got, Want: want})
}

// likelihood is how likely an alternative was meant: not when a constant says otherwise or not even the type fits, more
// so the deeper the fault is.
func likelihood(e *jsonschema.ValidationError) int {
	best := len(e.InstanceLocation)
	for _, cause := range e.Causes {
		best = max(best, len(cause.InstanceLocation))
	}
	return best - penalty(e)
}

func penalty(e *jsonschema.ValidationError) int {
	total := 0
	switch e.ErrorKind.(type) {
	case *kind.Const, *kind.Type:
		total = 100
	}
	for _, cause := range e.Causes {
		total += penalty(cause)
	}
	return total
}

// faultText says what a value must be. It quotes the schema only: what was given may be secret.
func faultText(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Type:
		if k.Got == "number" && slices.Contains(k.Want, "integer") {
			return fmt.Sprintf("be %s, but has a fraction", orList(articled(k.Want)))
		}
		return fmt.Sprintf("be %s, but is %s", orList(articled(k.Want)), articled([]string{k.Got})[0])
	case *kind.Enum:
		return "be one of " + jsonList(k.Want)
	case *kind.Const:
		return "be " + jsonList([]any{k.Want})
	case *kind.Pattern:
		return "match the pattern " + k.Want
	case *kind.Format:
		return "have the format " + k.Want
	case *kind.AdditionalProperties:
		return "not have the members " + strings.Join(k.Properties, ", ")
	default:
		if text := limitText(k); text != "" {
			return text
		}
		keyword := strings.Join(k.KeywordPath(), "/")
		if keyword == "" {
			return "not be set"
		}
		return fmt.Sprintf("fit the keyword %q of the contract", keyword)
	}
}

// limitText is [faultText] for limits; "" for anything else.
func limitText(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.MinLength:
		return fmt.Sprintf("have at least %d characters, but has %d", k.Want, k.Got)
	case *kind.MaxLength:
		return fmt.Sprintf("have at most %d characters, but has %d", k.Want, k.Got)
	case *kind.MinItems:
		return fmt.Sprintf("have at least %d elements, but has %d", k.Want, k.Got)
	case *kind.MaxItems:
		return fmt.Sprintf("have at most %d elements, but has %d", k.Want, k.Got)
	case *kind.MinProperties:
		return fmt.Sprintf("have at least %d members, but has %d", k.Want, k.Got)
	case *kind.MaxProperties:
		return fmt.Sprintf("have at most %d members, but has %d", k.Want, k.Got)
	case *kind.Minimum:
		return "be at least " + k.Want.RatString()
	case *kind.Maximum:
		return "be at most " + k.Want.RatString()
	case *kind.ExclusiveMinimum:
		return "be more than " + k.Want.RatString()
	case *kind.ExclusiveMaximum:
		return "be less than " + k.Want.RatString()
	}
	return ""
}

var articles = map[string]string{
	"string": "a string", "boolean": "a boolean", "number": "a number", "integer": "a whole number", "array": "a list",
	"object": "an object", "null": "null",
}

func articled(types []string) []string {
	var texts []string
	for _, t := range types {
		if text := cmp.Or(articles[t], t); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

func orList(texts []string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}

// jsonList shows values of a schema.
func jsonList(values []any) string {
	var texts []string
	for _, value := range values {
		text, err := json.Marshal(value)
		if err != nil {
			continue // it came as JSON
		}
		texts = append(texts, string(text))
	}
	return strings.Join(texts, ", ")
}
