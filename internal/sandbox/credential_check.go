// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// RefusedSecret is how a secret begins that every source of the sandbox refuses.
const RefusedSecret = "invalid"

// credentialTestPassed is what pyatlan takes for success (model/credential.py CredentialTestResponse).
const credentialTestPassed = "successful"

// openExtra is what is shown of a credential's extra: the parts that the app's form does not hide. What is shown of a
// credential without a form is inferred: nothing.
func (t *Tenant) openExtra(in *credentialInput) map[string]any {
	open := map[string]any{}
	fields, _ := member(member(t.authForm(in), "extra"), "properties").(map[string]any)
	for name, value := range in.Extra {
		if spec, known := fields[name]; known && member(member(spec, "ui"), "widget") != "password" {
			open[name] = value
		}
	}
	return maps.Clone(open)
}

// authForm is the part of the credential form for the way of authentication that a credential uses, or nil.
func (t *Tenant) authForm(in *credentialInput) map[string]any {
	a := find(t.data.Apps, func(a *App) bool { return a.CredentialConfig == in.ConnectorConfigName })
	if a == nil {
		return nil
	}
	form, _ := member(member(a.CredentialForm["properties"], in.AuthType), "properties").(map[string]any)
	return form
}

// refusal is what testing a credential answers, or nothing where it passes: the form's required fields have to be
// there, and the secret must not begin with RefusedSecret. The texts are inferred.
func (t *Tenant) refusal(in *credentialInput) string {
	if find(t.data.Apps, func(a *App) bool { return a.CredentialConfig == in.ConnectorConfigName }) != nil {
		form := t.authForm(in)
		if form == nil {
			return "unsupported authentication type " + strconv.Quote(in.AuthType)
		}
		sent := map[string]any{"username": in.Username, "password": in.Password}
		if missing := missingFields(form, sent); missing != "" {
			return missing
		}
		extra, _ := form["extra"].(map[string]any)
		fields, _ := extra["properties"].(map[string]any)
		if missing := missingFields(fields, in.Extra); missing != "" {
			return missing
		}
	}
	if strings.HasPrefix(in.Password, RefusedSecret) {
		return "401 Unauthorized: the source does not accept these credentials"
	}
	return ""
}

func missingFields(fields, sent map[string]any) string {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if member(fields[name], "required") == true && (sent[name] == nil || sent[name] == "") {
			return "missing " + name
		}
	}
	return ""
}

func (t *Tenant) testCredential(rq *request) (any, error) {
	var in credentialInput
	if err := rq.decode(&in); err != nil {
		return nil, err
	}
	return testAnswer(rq, t.refusal(&in)), nil
}

func (t *Tenant) testStoredCredential(rq *request) (any, error) {
	c, err := t.pathCredential(rq)
	if err != nil {
		return nil, err
	}
	return testAnswer(rq, c.Refusal), nil
}

// testAnswer is HTTP 200 in either case; only the message says which (pyatlan client/common/credential.py).
func testAnswer(rq *request, refusal string) map[string]any {
	message := refusal
	if refusal == "" {
		message = credentialTestPassed
	}
	return map[string]any{"code": 0, "error": nil, "info": nil, "message": message, "requestId": rq.id}
}
