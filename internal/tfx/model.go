// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx

import (
	"context"
	"fmt"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Source is a configuration, plan or state.
type Source interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// Destination is a plan or state.
type Destination interface {
	Set(ctx context.Context, value any) diag.Diagnostics
}

// GetModel is from.Get for a model: a pointer to a struct that has a field of the framework's types for each attribute. It
// is for what every plan does with every object. The framework's own way into structs compiles a regular expression for each
// field each time, which is two fifths of what reading an object allocates (framework internal/reflect isValidFieldName).
func GetModel(ctx context.Context, from Source, model any) diag.Diagnostics {
	var object types.Object
	diags := from.Get(ctx, &object)
	if diags.HasError() {
		return diags
	}
	values, target := object.Attributes(), reflect.ValueOf(model).Elem()
	fields := fieldsOf(target.Type())
	if len(fields) != len(values) {
		return from.Get(ctx, model) // which says what is wrong
	}
	for _, field := range fields {
		value := reflect.ValueOf(values[field.name])
		if !value.IsValid() || !value.Type().AssignableTo(field.typ) {
			return from.Get(ctx, model)
		}
		target.FieldByIndex(field.index).Set(value)
	}
	return diags
}

// SetModel is to.Set for a model, given by value, as [GetModel] is Get.
func SetModel(ctx context.Context, to Destination, model any) diag.Diagnostics {
	source := reflect.ValueOf(model)
	attributeTypes, values := map[string]attr.Type{}, map[string]attr.Value{}
	for _, field := range fieldsOf(source.Type()) {
		value, ok := reflect.TypeAssert[attr.Value](source.FieldByIndex(field.index))
		if !ok {
			return to.Set(ctx, model)
		}
		values[field.name], attributeTypes[field.name] = value, value.Type(ctx)
	}
	object, diags := types.ObjectValue(attributeTypes, values)
	if diags.HasError() {
		return diags
	}
	return to.Set(ctx, object)
}

// SameModel tells whether two models of one type, given by value, hold the same, so that what holds the one need not be set to
// the other: that is a tenth of what reading an object takes.
func SameModel(one, other any) bool {
	before, after := reflect.ValueOf(one), reflect.ValueOf(other)
	if before.Type() != after.Type() {
		return false
	}
	for _, field := range fieldsOf(before.Type()) {
		was, ok := reflect.TypeAssert[attr.Value](before.FieldByIndex(field.index))
		is, alsoOK := reflect.TypeAssert[attr.Value](after.FieldByIndex(field.index))
		if !ok || !alsoOK || !was.Equal(is) {
			return false
		}
	}
	return true
}

// field is a field of a model.
type field struct {
	name  string // of the attribute
	index []int
	typ   reflect.Type
}

var models sync.Map // of []field by reflect.Type

// fieldsOf lists the fields of a model, those of embedded structs included.
func fieldsOf(model reflect.Type) []field {
	if known, ok := models.Load(model); ok {
		fields, _ := known.([]field)
		return fields
	}
	var fields []field
	for _, f := range reflect.VisibleFields(model) {
		if name := f.Tag.Get("tfsdk"); name != "" {
			fields = append(fields, field{name: name, index: f.Index, typ: f.Type})
		}
	}
	models.Store(model, fields)
	return fields
}

// Named is what messages call an object: its noun with its name, its id, or both, as far as they are known.
func Named(noun string, name, id types.String) string {
	switch {
	case id.ValueString() == "":
		return fmt.Sprintf("%s %q", noun, name.ValueString())
	case name.ValueString() == "":
		return noun + " " + id.ValueString()
	default:
		return fmt.Sprintf("%s %q (%s)", noun, name.ValueString(), id.ValueString())
	}
}
