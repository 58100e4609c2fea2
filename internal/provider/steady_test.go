// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/atlan-community/terraform-provider-atlan/internal/acctest"
	"github.com/atlan-community/terraform-provider-atlan/internal/provider"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// steadyObjects are objects of all resources that are planned without the framework while they stay as they are.
var steadyObjects = map[string]map[string]any{
	"atlan_api_token": {"name": "ci", "rotation_triggers": map[string]string{"on": "1"}},
	"atlan_persona_metadata_policy": {
		"persona_id": sandbox.SeedPersonaGUID, "name": "ci", "connection_qualified_name": sandbox.SeedProductionQualifiedName,
		"actions": []string{"entity-read"}, "assets": []string{sandbox.SeedProductionQualifiedName},
	},
	"atlan_persona_data_policy": {
		"persona_id": sandbox.SeedPersonaGUID, "name": "ci", "connection_qualified_name": sandbox.SeedProductionQualifiedName,
		"assets": []string{sandbox.SeedProductionQualifiedName}, "description": "CI",
	},
	"atlan_persona_glossary_policy": {
		"persona_id": sandbox.SeedPersonaGUID, "name": "ci", "actions": []string{"entity-update"}, "glossary_qualified_names": []string{"glossary"},
	},
}

// TestSteadyPlans compares what is planned without the framework with what the framework plans: of objects as they are, and
// with each attribute of configuration and state changed, in all combinations of the two.
func TestSteadyPlans(t *testing.T) {
	t.Parallel()
	for _, construct := range provider.New("test", provider.Options{})().(*provider.Provider).Resources(t.Context()) {
		made := construct()
		var of resource.MetadataResponse
		made.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "atlan"}, &of)
		_, is := made.(tfx.Steady)
		attributes, known := steadyObjects[of.TypeName]
		if is != known {
			t.Errorf("%s is steady: %t, has an object here: %t", of.TypeName, is, known)
		}
		if !is || !known {
			continue
		}
		t.Run(of.TypeName, func(t *testing.T) {
			t.Parallel()
			tenant := acctest.NewSandbox(t).GrantConnections(t)
			server, calls := record(t, tenant, of.TypeName, attributes)
			compare := comparison{t: t, quiet: server, framework: start(t, served(tenant, false))}
			schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
			if err != nil {
				t.Fatal(err)
			}
			all := variants(t, calls.plan, schemas.ResourceSchemas[of.TypeName].ValueType())
			for _, v := range all {
				compare.plan(v)
			}
			t.Logf("%d plans alike, %d of them without the framework", len(all), compare.without)
			if compare.without == 0 || compare.without == len(all) {
				t.Errorf("%d of %d were planned without the framework, want some", compare.without, len(all))
			}
		})
	}
}

// TestSteadyPlansArePutOff: when Terraform may put off what depends on a provider that cannot be configured yet, all is.
func TestSteadyPlansArePutOff(t *testing.T) {
	t.Parallel()
	_, calls := record(t, acctest.NewTenant(t), "atlan_api_token", map[string]any{"name": "ci"})
	server, err := quiet(&acctest.Tenant{})()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	of, ok := schemas.Provider.ValueType().(tftypes.Object)
	if !ok {
		t.Fatal("the provider's configuration is no object")
	}
	config := map[string]tftypes.Value{}
	for name, attribute := range of.AttributeTypes {
		config[name] = tftypes.NewValue(attribute, nil)
	}
	config["base_url"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	if answer, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: encode(t, of, config), ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: true},
	}); err != nil || len(answer.Diagnostics) > 0 {
		t.Fatalf("got %+v, %v", answer, err)
	}
	calls.plan.ClientCapabilities = &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: true}
	if answer, err := server.PlanResourceChange(t.Context(), calls.plan); err != nil || answer.Deferred == nil {
		t.Errorf("got %+v, %v", answer, err)
	}
}

// comparison compares two servers.
type comparison struct {
	t                *testing.T
	quiet, framework tfprotov6.ProviderServer
	without          int // plans that were answered without the framework
}

func (c *comparison) plan(v variant) {
	c.t.Helper()
	got, err := c.quiet.PlanResourceChange(c.t.Context(), v.request)
	if err != nil {
		c.t.Fatal(err)
	}
	want, err := c.framework.PlanResourceChange(c.t.Context(), v.request)
	if err != nil {
		c.t.Fatal(err)
	}
	if text(c.t, got) != text(c.t, want) { // not shown as a whole: a token's value is in it
		c.t.Errorf("%s: planned otherwise: %s, by the framework: %s", v.what, acctest.Texts(got.Diagnostics), acctest.Texts(want.Diagnostics))
	}
	if got.PlannedState == v.request.ProposedNewState { // the framework encodes a state of its own
		c.without++
	}
}

var requestID = regexp.MustCompile(`request id [0-9a-f-]+`)

// text writes out an answer, but for what is of the one call.
func text(t *testing.T, answer any) string {
	t.Helper()
	encoded, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	return requestID.ReplaceAllString(string(encoded), "")
}

// variant is a plan to make.
type variant struct {
	what    string
	request *tfprotov6.PlanResourceChangeRequest
}

// variants makes plans out of one that changes nothing.
func variants(t *testing.T, original *tfprotov6.PlanResourceChangeRequest, of tftypes.Type) []variant {
	t.Helper()
	var all []variant
	vary := func(what string, change func(*tfprotov6.PlanResourceChangeRequest)) {
		varied := *original
		change(&varied)
		all = append(all, variant{what, &varied})
	}
	null := encode(t, of, nil)
	vary("as it is", func(*tfprotov6.PlanResourceChangeRequest) {})
	vary("no identity", func(r *tfprotov6.PlanResourceChangeRequest) { r.PriorIdentity = nil })
	vary("imported", func(r *tfprotov6.PlanResourceChangeRequest) { r.PriorPrivate = []byte(`{"imported":"dHJ1ZQ=="}`) })
	vary("new", func(r *tfprotov6.PlanResourceChangeRequest) { r.PriorState = null })
	vary("to be deleted", func(r *tfprotov6.PlanResourceChangeRequest) { r.ProposedNewState, r.Config = null, null })
	vary("nothing at all", func(r *tfprotov6.PlanResourceChangeRequest) {
		r.ProposedNewState, r.PriorState, r.Config = null, null, null
	})

	config, state := decode(t, original.Config, of), decode(t, original.PriorState, of)
	for name := range state {
		none, changed := tftypes.NewValue(state[name].Type(), nil), other(name, state[name])
		for inState, value := range map[string]tftypes.Value{"as it is": state[name], "null": none, "another": changed} {
			held := encode(t, of, with(state, name, value))
			for inConfig, value := range map[string]tftypes.Value{"as it is": config[name], "null": none, "as in the state": value, "another": changed} {
				configured := encode(t, of, with(config, name, value))
				what := fmt.Sprintf("%s is %s in the state, %s in the configuration", name, inState, inConfig)
				vary(what, func(r *tfprotov6.PlanResourceChangeRequest) {
					r.Config, r.PriorState, r.ProposedNewState = configured, held, held
				})
				vary(what+", and proposed anew", func(r *tfprotov6.PlanResourceChangeRequest) { r.Config, r.ProposedNewState = configured, held })
			}
		}
	}
	return all
}

func with(attributes map[string]tftypes.Value, name string, value tftypes.Value) map[string]tftypes.Value {
	changed := maps.Clone(attributes)
	changed[name] = value
	return changed
}

// other is another value of the same type, or the same where there is none.
func other(name string, value tftypes.Value) tftypes.Value {
	switch of := value.Type(); {
	case strings.HasSuffix(name, "_at"):
		return tftypes.NewValue(of, "2027-01-02T03:04:05Z")
	case of.Is(tftypes.String):
		return tftypes.NewValue(of, "2h")
	case of.Is(tftypes.Bool):
		return tftypes.NewValue(of, false)
	case of.Is(tftypes.Number):
		return tftypes.NewValue(of, 7)
	case of.Is(tftypes.Set{ElementType: tftypes.String}):
		return tftypes.NewValue(of, []tftypes.Value{tftypes.NewValue(tftypes.String, "other")})
	case of.Is(tftypes.Map{ElementType: tftypes.String}):
		return tftypes.NewValue(of, map[string]tftypes.Value{"on": tftypes.NewValue(tftypes.String, "2")})
	default:
		return value
	}
}

func decode(t *testing.T, value *tfprotov6.DynamicValue, of tftypes.Type) map[string]tftypes.Value {
	t.Helper()
	decoded, err := value.Unmarshal(of)
	if err != nil {
		t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := decoded.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return attributes
}

// encode makes an object of its attributes; nil makes none.
func encode(t *testing.T, of tftypes.Type, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	value := tftypes.NewValue(of, nil)
	if attributes != nil {
		value = tftypes.NewValue(of, attributes)
	}
	encoded, err := tfprotov6.NewDynamicValue(of, value)
	if err != nil {
		t.Fatal(err)
	}
	return &encoded
}
