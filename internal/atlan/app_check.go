// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// checkInputs says what is wrong with inputs, by the contract and then by the conditions of the form.
func (r *ResolvedApp) checkInputs(in AppInputs, d AppDocument) []Violation {
	names := d.names
	violations := append(r.unchecked(), r.unknownInputs(d.Inputs)...)
	var faults []fault
	if r.Contract != nil {
		faults = r.Contract.check.faults(d.Inputs)
	}
	missing := map[string]bool{}
	for _, f := range faults {
		v := Violation{Path: f.path, Definite: r.Contract.Generated, Message: r.inputFault(f)}
		if f.missing != "" {
			v.Path = append(slices.Clone(f.path), f.missing)
			missing[v.Path[0]] = true
		}
		if len(v.Path) > 0 {
			v.Field = names[v.Path[0]]
		}
		violations = append(violations, v)
	}
	if d.lacking {
		return violations // what the form misses may be just what has not found its key
	}
	for _, v := range r.formViolations(in, d.Inputs) {
		if len(v.Path) > 0 && missing[v.Path[0]] {
			continue
		}
		if len(v.Path) > 0 {
			v.Field = names[v.Path[0]]
		}
		violations = append(violations, v)
	}
	return violations
}

// unchecked says that the contract says too little, or nothing, to check inputs by it.
func (r *ResolvedApp) unchecked() []Violation {
	var why string
	switch {
	case r.Package != nil:
		return []Violation{{Message: "Packages have no input contract, and the names of the parameters of " + quoted(r.ID) + " are not published. The " +
			"provider assumes " + quotedList(r.Package.parameterNames()) + ", after packages of the same kind. Only a run shows whether they are right; " +
			"input_names gives others. To plan without this warning, set contract_validation to \"off\"."}}
	case r.Contract == nil:
		why = "has no input contract"
	case r.Contract.check.problem != nil:
		why = "has an input contract that cannot be read"
	case !r.Contract.Generated:
		why = "has an input contract that was not made of the inputs it declares"
	default:
		return nil
	}
	return []Violation{{Message: "The app " + quoted(r.ID) + " " + why + ": whether it accepts the inputs, only the tenant can tell."}}
}

// unknownInputs are those that the contract does not have. The validator does not mind them: contracts of apps do not
// forbid what they do not name, and what they do not name the app silently drops.
func (r *ResolvedApp) unknownInputs(inputs map[string]any) []Violation {
	if r.Contract == nil || !r.Contract.Generated {
		return nil // another contract says little about what the app understands
	}
	var violations []Violation
	for _, key := range slices.Sorted(maps.Keys(inputs)) {
		if key == inputCredential || r.Contract.Property(key) != nil {
			continue
		}
		violations = append(violations, *r.noInput("", key, []string{key}, "The app "+quoted(r.ID)+" has no input "+quoted(key)+"."))
	}
	return violations
}

// inputFault is the sentence about an input that does not fit the contract.
func (r *ResolvedApp) inputFault(f fault) string {
	app := "the app " + quoted(r.ID)
	switch {
	case f.missing != "" && len(f.path) == 0:
		return "T" + app[1:] + " requires the input " + r.described(f.missing) + ", which is not set."
	case f.missing != "":
		return "The input " + quoted(strings.Join(f.path, ".")) + " of " + app + " must have the member " + quoted(f.missing) + "."
	case len(f.path) == 0:
		return "The inputs of " + app + " must " + f.text + "."
	case len(f.path) == 1:
		return "The input " + r.described(f.path[0]) + " of " + app + " must " + f.text + "."
	}
	return "The input " + quoted(strings.Join(f.path, ".")) + " of " + app + " must " + f.text + "."
}

// described is the key of an input, with what the form calls it.
func (r *ResolvedApp) described(key string) string {
	if label := r.label(key); label != "" {
		return quoted(key) + " (" + quoted(label) + " in its form)"
	}
	return quoted(key)
}

// label is what the form calls an input; "" where it does not show it.
func (r *ResolvedApp) label(key string) string {
	if field := r.Form.Input(key); field != nil && !field.Hidden {
		return field.Label
	}
	return ""
}

// formViolations are conditions of the form that do not hold.
func (r *ResolvedApp) formViolations(in AppInputs, inputs map[string]any) []Violation {
	if r.Form == nil {
		return nil
	}
	values := map[string]any{}
	for _, field := range r.Form.Fields {
		if value := r.formValue(in, inputs, field); value != nil && value != "" { // an empty field is not filled in
			values[field.Key] = value
		}
	}
	var violations []Violation
	for _, f := range r.Form.conditions.faults(values) {
		path := slices.Clone(f.path)
		if f.missing != "" {
			path = append(path, f.missing)
		}
		v := Violation{Definite: true, Message: "The inputs of the app " + quoted(r.ID) + " must " + f.text + ", says its form."}
		if len(path) > 0 {
			key := snake(path[0])
			v.Path = append([]string{key}, path[1:]...)
			v.Message = "The input " + r.described(key) + " of the app " + quoted(r.ID) + " must " + f.text + ", says the app's form."
			if f.missing != "" {
				v.Message = "The app " + quoted(r.ID) + " requires the input " + r.described(key) + ", which is not set."
			}
			if key == inputCredentialGUID && f.missing != "" {
				v.Message = "The app " + quoted(r.ID) + " requires a credential."
			}
		}
		violations = append(violations, v)
	}
	return violations
}

// formValue is what a field of the form would hold; nil where it is empty.
func (r *ResolvedApp) formValue(in AppInputs, inputs map[string]any, field FormField) any {
	key := cmp.Or(r.contractKey(field.Key), field.Input)
	value, ok := inputs[key]
	if !ok || value == "" {
		if property := r.Contract.Property(key); property != nil && property.Default != nil {
			value = property.Default
		} else if !ok {
			value = field.Default
		}
	}
	if key == inputCredentialGUID && in.NewCredential {
		return Unknown
	}
	switch text := value.(type) {
	case string:
		if flag, ok := map[string]bool{"true": true, "false": false}[text]; ok && field.Type == "boolean" {
			return flag
		}
	case bool:
		if field.Type == "string" {
			return map[bool]string{true: "true", false: "false"}[text]
		}
	}
	return value
}

// inputsLike lists the inputs that users may set, those first that are like the given ones.
func (r *ResolvedApp) inputsLike(like ...string) string {
	if r.Contract == nil {
		return ""
	}
	var keys []string
	for _, property := range r.Contract.Properties {
		if !property.Deprecated && (!property.Plumbing || r.Form.Input(property.Key) != nil) {
			keys = append(keys, property.Key)
		}
	}
	keys = nearestFirst(keys, like)
	var shown []string
	for _, key := range keys[:min(len(keys), maxNames)] {
		if label := r.label(key); label != "" {
			key += " (" + quoted(label) + ")"
		}
		shown = append(shown, key)
	}
	if len(shown) == 0 {
		return " It has none."
	}
	list := " It has, nearest first: " + strings.Join(shown, ", ")
	if len(keys) > maxNames {
		return list + ", …"
	}
	return list + "."
}
