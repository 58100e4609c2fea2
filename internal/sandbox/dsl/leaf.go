// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package dsl

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parseLeaf reads a query on one field: {"field": value} or {"field": {"value": value}}.
func parseLeaf(kind string, text json.RawMessage) (Query, error) {
	field, body, err := single(text, "["+kind+"]")
	if err != nil {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(body, &value); field == "" || err != nil {
		return nil, fmt.Errorf("[%s] requires a field", kind)
	}
	folded := false
	operator := ""
	if options, ok := value.(map[string]any); ok {
		folded, _ = options["case_insensitive"].(bool)
		operator, _ = options["operator"].(string)
		value = firstOf(options, "value", kind, "query")
	}
	if value == nil {
		return nil, fmt.Errorf("[%s] requires a value for [%s]", kind, field)
	}
	matches, err := valueMatcher(kind, value, folded)
	if err != nil {
		return nil, err
	}
	if kind == "match" {
		return matchWords(field, fmt.Sprint(value), strings.EqualFold(operator, "and")), nil
	}
	return func(d Document) bool { return slices.ContainsFunc(d(field), matches) }, nil
}

func firstOf(options map[string]any, names ...string) any {
	for _, name := range names {
		if v := options[name]; v != nil {
			return v
		}
	}
	return nil
}

// valueMatcher gives the test that one value of the field has to pass.
func valueMatcher(kind string, want any, folded bool) (func(any) bool, error) {
	text := fmt.Sprint(want)
	var pattern string
	switch kind {
	case "term":
		return func(got any) bool { return sameTerm(got, want) || (folded && strings.EqualFold(fmt.Sprint(got), text)) }, nil
	case "prefix":
		pattern = regexp.QuoteMeta(text) + ".*"
	case "wildcard":
		pattern = strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(text))
	case "regexp":
		pattern = text
	default:
		return nil, nil
	}
	exact, err := regexp.Compile("(?s)^(?:" + pattern + ")$")
	if err != nil {
		return nil, fmt.Errorf("[%s] cannot be compiled: %w", kind, err)
	}
	anyCase := regexp.MustCompile("(?is)^(?:" + pattern + ")$")
	return func(got any) bool {
		s, isFolded := got.(Folded)
		switch {
		case isFolded && kind == "regexp": // a regular expression is not normalized, what is indexed is
			return exact.MatchString(strings.ToLower(string(s)))
		case isFolded || folded:
			return anyCase.MatchString(fmt.Sprint(got))
		}
		return exact.MatchString(fmt.Sprint(got))
	}, nil
}

// matchWords matches a field that has any (or all) of the words; a field that is not split into words has to be equal.
func matchWords(field, text string, all bool) Query {
	words := Words(text)
	return func(d Document) bool {
		values := d(field)
		found := 0
		for _, w := range words {
			if slices.Contains(values, any(w)) {
				found++
			}
		}
		whole := slices.ContainsFunc(values, func(v any) bool { return sameTerm(v, text) })
		return whole || (found > 0 && (!all || found == len(words)))
	}
}

var separators = regexp.MustCompile(`[^\p{L}\p{N}_]+`)

// Words splits a text as a search engine's standard analyser does.
func Words(text string) []string {
	return slices.DeleteFunc(separators.Split(strings.ToLower(text), -1), func(w string) bool { return w == "" })
}

func (p parser) rangeOf(text json.RawMessage) (Query, error) {
	field, body, err := single(text, "[range]")
	if err != nil {
		return nil, err
	}
	var bounds map[string]any
	if err := json.Unmarshal(body, &bounds); field == "" || err != nil {
		return nil, errors.New("[range] requires a field with bounds")
	}
	for name, bound := range bounds {
		if !slices.Contains([]string{"gt", "gte", "lt", "lte", "boost", "format", "time_zone", "relation"}, name) {
			return nil, fmt.Errorf("[range] query does not support [%s]", name)
		}
		if bounds[name], err = p.moment(bound); err != nil {
			return nil, err
		}
	}
	return func(d Document) bool {
		return slices.ContainsFunc(d(field), func(got any) bool { return within(got, bounds) })
	}, nil
}

var dateMath = regexp.MustCompile(`^now(?:([+-])(\d{1,6})([smhdw]))?$`)

// moment turns a bound such as "now-2h" into a time; every other bound stays as it is.
func (p parser) moment(bound any) (any, error) {
	text, _ := bound.(string)
	if !strings.HasPrefix(text, "now") {
		return bound, nil
	}
	parts := dateMath.FindStringSubmatch(text)
	if parts == nil {
		return nil, fmt.Errorf("failed to parse date field [%s]", text)
	}
	if parts[1] == "" {
		return p.now, nil
	}
	n, err := strconv.Atoi(parts[1] + parts[2])
	if err != nil {
		return nil, err
	}
	unit := map[string]time.Duration{
		"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
	}[parts[3]]
	return p.now.Add(time.Duration(n) * unit), nil
}

func within(got any, bounds map[string]any) bool {
	holds := map[string]func(int) bool{
		"gt": func(c int) bool { return c > 0 }, "gte": func(c int) bool { return c >= 0 },
		"lt": func(c int) bool { return c < 0 }, "lte": func(c int) bool { return c <= 0 },
	}
	for name, bound := range bounds {
		if test := holds[name]; test != nil && bound != nil && !test(Compare(got, bound)) {
			return false
		}
	}
	return true
}

// Compare orders two values of a field: numbers by size, everything else by its text. A time is compared with a number
// as epoch milliseconds, and with a text in RFC 3339.
func Compare(a, b any) int {
	if at, ok := b.(time.Time); ok {
		b = at.UTC().Format(time.RFC3339)
		if _, isNumber := a.(float64); isNumber {
			b = float64(at.UnixMilli())
		}
	}
	if x, ok := a.(Folded); ok {
		a, b = strings.ToLower(string(x)), strings.ToLower(fmt.Sprint(b))
	}
	x, isNumber := a.(float64)
	y, bothNumbers := b.(float64)
	if isNumber && bothNumbers {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
}
