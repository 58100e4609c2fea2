// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package tfx_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

type inner struct {
	ID types.String `tfsdk:"id"`
}

type outer struct {
	inner
	Created  timetypes.RFC3339 `tfsdk:"created"`
	Names    types.Set         `tfsdk:"names"`
	Timeouts timeouts.Value    `tfsdk:"timeouts"`
}

func emptyState(t *testing.T) tfsdk.State {
	t.Helper()
	s := schema.Schema{
		Attributes: map[string]schema.Attribute{
			"id":      schema.StringAttribute{Computed: true},
			"created": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}},
			"names":   schema.SetAttribute{Optional: true, ElementType: types.StringType},
		},
		Blocks: map[string]schema.Block{"timeouts": tfx.TimeoutsBlock(t.Context())},
	}
	return tfsdk.State{Schema: s, Raw: tftypes.NewValue(s.Type().TerraformType(t.Context()), nil)}
}

// TestModel is the same both ways as the framework's own, for values that are known, null and unknown.
func TestModel(t *testing.T) {
	t.Parallel()
	names, _ := tfx.StringSet(t.Context(), []string{"a", "b"})
	for name, model := range map[string]outer{
		"known":   {inner{types.StringValue("1")}, timetypes.NewRFC3339ValueMust("2026-01-02T03:04:05Z"), names, tfx.NoTimeouts()},
		"null":    {inner{types.StringNull()}, timetypes.NewRFC3339Null(), types.SetNull(types.StringType), tfx.NoTimeouts()},
		"unknown": {inner{types.StringUnknown()}, timetypes.NewRFC3339Unknown(), types.SetUnknown(types.StringType), tfx.NoTimeouts()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ours, frameworks := emptyState(t), emptyState(t)
			if diags := tfx.SetModel(t.Context(), &ours, model); diags.HasError() {
				t.Fatal(diags)
			}
			if diags := frameworks.Set(t.Context(), model); diags.HasError() {
				t.Fatal(diags)
			}
			if !ours.Raw.Equal(frameworks.Raw) {
				t.Errorf("set %s, the framework sets %s", ours.Raw, frameworks.Raw)
			}
			var got, want outer
			if diags := tfx.GetModel(t.Context(), ours, &got); diags.HasError() {
				t.Fatal(diags)
			}
			if diags := ours.Get(t.Context(), &want); diags.HasError() {
				t.Fatal(diags)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, the framework gets %+v", got, want)
			}
		})
	}
}

// TestModelMismatch: what does not fit is refused as the framework refuses it.
func TestModelMismatch(t *testing.T) {
	t.Parallel()
	state := emptyState(t)
	var none outer
	if diags := tfx.GetModel(t.Context(), state, &none); !diags.HasError() {
		t.Error("no error for a null object")
	}
	model := outer{inner{types.StringValue("1")}, timetypes.NewRFC3339Null(), types.SetNull(types.StringType), tfx.NoTimeouts()}
	if diags := tfx.SetModel(t.Context(), &state, model); diags.HasError() {
		t.Fatal(diags)
	}
	if diags := tfx.GetModel(t.Context(), state, &inner{}); !diags.HasError() {
		t.Error("no error for a model that lacks attributes")
	}
	var wrong struct {
		inner
		Created  types.String   `tfsdk:"created"`
		Names    types.List     `tfsdk:"names"`
		Timeouts timeouts.Value `tfsdk:"timeouts"`
	}
	if diags := tfx.GetModel(t.Context(), state, &wrong); !diags.HasError() {
		t.Error("no error for a model with a wrong type")
	}
	if diags := tfx.SetModel(t.Context(), &state, inner{types.StringValue("1")}); !diags.HasError() {
		t.Error("no error for setting a model that lacks attributes")
	}
}

// TestSameModel: models are the same only if all their fields are.
func TestSameModel(t *testing.T) {
	t.Parallel()
	names, _ := tfx.StringSet(t.Context(), []string{"a", "b"})
	fewer, _ := tfx.StringSet(t.Context(), []string{"a"})
	created := timetypes.NewRFC3339ValueMust("2026-01-02T03:04:05Z")
	model := outer{inner{types.StringValue("1")}, created, names, tfx.NoTimeouts()}
	if !tfx.SameModel(model, model) {
		t.Error("a model is not the same as itself")
	}
	for name, other := range map[string]any{
		"embedded": outer{inner{types.StringValue("2")}, created, names, tfx.NoTimeouts()},
		"null":     outer{inner{types.StringNull()}, created, names, tfx.NoTimeouts()},
		"time":     outer{inner{types.StringValue("1")}, timetypes.NewRFC3339Null(), names, tfx.NoTimeouts()},
		"set":      outer{inner{types.StringValue("1")}, created, fewer, tfx.NoTimeouts()},
		"type":     inner{types.StringValue("1")},
	} {
		if tfx.SameModel(model, other) {
			t.Errorf("%s: the same as a model with another", name)
		}
	}
}
