// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package apitoken

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

var _ resource.ResourceWithMoveState = (*Resource)(nil)

// MoveState implements resource.ResourceWithMoveState: a moved block takes over a token that was managed with one of the
// providers that speak any REST API. What it cannot find in their state the next refresh reads, but for the value.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return []resource.StateMover{{StateMover: moveState}}
}

// foreign is what matters of the state of another provider's resource.
type foreign struct {
	// address is the path of the API that the resource is about.
	address string
	// id is the other provider's own id.
	id string
	// documents are what was sent and received, in the order in which they are believed.
	documents []json.RawMessage
}

// foreignStates decode the states that can be moved, by provider and resource type. The attributes are those of
// Mastercard/restapi 3 (internal/provider/resource_api_object.go), which the versions before have too, and of
// magodo/restful 0.25 (internal/provider/resource.go).
var foreignStates = map[string]func(raw []byte) (foreign, error){
	"restapi/restapi_object": func(raw []byte) (foreign, error) {
		var state struct {
			ID             string `json:"id"`
			Path           string `json:"path"`
			Data           string `json:"data"`
			APIResponse    string `json:"api_response"`
			CreateResponse string `json:"create_response"`
		}
		err := json.Unmarshal(raw, &state)
		return foreign{state.Path, state.ID, []json.RawMessage{
			json.RawMessage(state.CreateResponse), json.RawMessage(state.APIResponse), json.RawMessage(state.Data),
		}}, err
	},
	"restful/restful_resource": func(raw []byte) (foreign, error) {
		var state struct {
			ID              string          `json:"id"`
			Path            string          `json:"path"`
			Body            json.RawMessage `json:"body"`
			Output          json.RawMessage `json:"output"`
			SensitiveOutput json.RawMessage `json:"sensitive_output"`
		}
		err := json.Unmarshal(raw, &state)
		return foreign{state.Path, lastPart(state.ID), []json.RawMessage{
			dynamicValue(state.SensitiveOutput), dynamicValue(state.Output), dynamicValue(state.Body),
		}}, err
	},
}

// dynamicValue is the value of a dynamic attribute, which states keep beside its type; older versions kept JSON text.
func dynamicValue(attribute json.RawMessage) json.RawMessage {
	var dynamic struct {
		Value json.RawMessage `json:"value"`
	}
	if json.Unmarshal(attribute, &dynamic) == nil && dynamic.Value != nil {
		return dynamic.Value
	}
	var text string
	if json.Unmarshal(attribute, &text) == nil {
		return json.RawMessage(text)
	}
	return attribute
}

func moveState(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	refuse := func(why string) {
		resp.Diagnostics.AddAttributeError(path.Root("id"), fmt.Sprintf("%s cannot become %s", req.SourceTypeName, ResourceType),
			why+"\n\nImport the token instead: replace the moved block by an import block, whose id may be the token's name, and by a removed block with "+
				"destroy = false, which makes the other provider forget the token without deleting it.")
	}
	// The host is that of whichever registry or mirror the provider came from, and the namespace that of a fork.
	decode, known := foreignStates[lastPart(req.SourceProviderAddress)+"/"+req.SourceTypeName]
	if !known {
		refuse(fmt.Sprintf("Moved blocks work from restapi_object of Mastercard/restapi and from restful_resource of magodo/restful, not from %s of %s.",
			req.SourceTypeName, req.SourceProviderAddress))
		return
	}
	state, err := decode(req.SourceRawState.JSON)
	if err != nil {
		refuse("Its state does not have the form that the versions known to this provider write.")
		return
	}
	if lastPart(strings.TrimSuffix(state.address, "/")) != "apikeys" {
		refuse(fmt.Sprintf("It is not an API token: its path is %q, and that of API tokens ends with apikeys.", state.address))
		return
	}
	moved := state.token()
	if moved.ID.IsNull() {
		refuse("Its state does not hold the GUID of the token.")
		return
	}
	resp.Diagnostics.Append(resp.TargetState.Set(ctx, moved)...)
	resp.Diagnostics.Append(resp.TargetIdentity.Set(ctx, identityModel{ID: moved.ID})...)
	// As with an imported token, a validity that differs from the configuration's is no reason to replace what is in use.
	resp.Diagnostics.Append(resp.TargetPrivate.SetKey(ctx, importedKey, importedMark)...)
	if moved.Token.IsNull() {
		resp.Diagnostics.AddWarning("The value of the moved API token is not known",
			fmt.Sprintf("The state of %s does not hold it, and Atlan does not show it again: the attribute token of %q stays null. "+
				"If the value is needed, replace the token (terraform apply -replace).", req.SourceTypeName, moved.Name.ValueString()))
	}
}

// movedDocument is what can be found of a token in what is sent to the API and in what it answers.
type movedDocument struct {
	ID              string          `json:"id"`
	ClientID        string          `json:"clientId"`
	DisplayName     string          `json:"displayName"`
	Description     string          `json:"description"`
	ValiditySeconds json.RawMessage `json:"validitySeconds"`
	Attributes      struct {
		ClientID    string          `json:"clientId"`
		DisplayName string          `json:"displayName"`
		Description string          `json:"description"`
		AccessToken string          `json:"accessToken"`
		Lifespan    json.RawMessage `json:"access.token.lifespan"`
	} `json:"attributes"`
}

// token is what the documents say of the token.
func (f foreign) token() model {
	moved := model{
		PersonaQualifiedNames: types.SetNull(types.StringType), RotationTriggers: types.MapNull(types.StringType), Timeouts: tfx.NoTimeouts(),
	}
	take := func(into *types.String, text string) {
		if into.IsNull() && text != "" {
			*into = types.StringValue(text)
		}
	}
	for _, text := range f.documents {
		var document movedDocument
		if json.Unmarshal(text, &document) != nil {
			continue // not JSON: there is nothing to find
		}
		if isGUID(document.ID) {
			take(&moved.ID, document.ID)
		}
		take(&moved.Name, cmp.Or(document.DisplayName, document.Attributes.DisplayName))
		take(&moved.Description, cmp.Or(document.Description, document.Attributes.Description))
		take(&moved.ClientID, cmp.Or(document.ClientID, document.Attributes.ClientID))
		take(&moved.Token, document.Attributes.AccessToken)
		for _, seconds := range []json.RawMessage{document.Attributes.Lifespan, document.ValiditySeconds} {
			if number, err := strconv.ParseInt(strings.Trim(string(seconds), `"`), 10, 64); err == nil && moved.ValiditySeconds.IsNull() {
				moved.ValiditySeconds = types.Int64Value(number)
			}
		}
	}
	if isGUID(f.id) {
		take(&moved.ID, f.id)
	}
	if !moved.ClientID.IsNull() {
		moved.Username = types.StringValue(atlan.ServiceAccountPrefix + moved.ClientID.ValueString())
	}
	return moved
}

// lastPart is what follows the last slash.
func lastPart(text string) string { return text[strings.LastIndex(text, "/")+1:] }

func isGUID(text string) bool {
	return len(text) == len(uuid.Nil.String()) && uuid.Validate(text) == nil
}
