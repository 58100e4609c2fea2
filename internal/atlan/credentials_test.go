// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const vaultPath = "/api/service/credentials"

// modeCredential is a credential for Mode as the documentation describes it; its keys are found on the tenant.
func modeCredential(secret any) atlan.CredentialSpec {
	return atlan.CredentialSpec{Fields: []atlan.Field{
		{Name: "api_key_id", Labels: []string{"API Key ID"}, Keys: []string{"username"}, Value: "key-1"},
		{Name: "api_secret", Labels: []string{"API Secret"}, Keys: []string{"password"}, Value: secret, Secret: true},
		{Name: "workspace", Labels: []string{"Workspace"}, Keys: []string{"extra.workspace"}, Value: "acme"},
		{Name: "exclude_personal", Labels: []string{"Exclude all personal collections"}, Keys: []string{"extra.exclude_personal_collections"}, Value: true},
	}}
}

// rawCredential makes a credential of a new name.
func rawCredential(t *testing.T, client *atlan.Client, spec atlan.CredentialSpec) atlan.RawCredential {
	t.Helper()
	credential, violations := resolve(t, client, modeChoice).Credential(spec)
	if len(violations) > 0 {
		t.Fatal(wrong(violations))
	}
	credential.Name = client.NewCredentialName("mode")
	return credential
}

func TestCredentialOfForm(t *testing.T) {
	t.Parallel()
	for apps, extra := range map[string]string{
		sandbox.AppsDemo:       "map[skip_personal_spaces:true workspace_name:acme]",
		sandbox.AppsFirstGuess: "map[exclude_personal_collections:yes workspace:acme]",
	} {
		_, client := appTenant(t, apps)
		app := resolve(t, client, modeChoice)
		credential, violations := app.Credential(modeCredential(canarySecret))
		body := credential.Body()
		if got := fmt.Sprintf("%v %v %v %v", body["extra"], violations, body["host"], body["port"]); got != extra+" [] app.mode.com 443" {
			t.Errorf("%s: got %s", apps, got)
		}
		if body["connectorConfigName"] != app.CredentialConfig || body["username"] != "key-1" || body["password"] != canarySecret || body["authType"] != "basic" {
			t.Errorf("%s: got %v", apps, body)
		}
		if text := fmt.Sprintf("%v %+v %#v %s", credential, credential, credential, &credential); strings.Contains(text, "canary") {
			t.Errorf("the credential shows its secret: %s", text)
		}
	}
}

func TestCredentialViolations(t *testing.T) {
	t.Parallel()
	_, client := appTenant(t, sandbox.AppsDemo)
	app := resolve(t, client, modeChoice)
	for name, test := range map[string]struct {
		change func(*atlan.CredentialSpec)
		want   string
	}{
		"unknown": {func(s *atlan.CredentialSpec) { s.Fields[1].Value = atlan.Unknown }, ""},
		"missing": {
			func(s *atlan.CredentialSpec) { s.Fields[2].Value = nil },
			`workspace[extra.workspace_name] The app "mode-crawler" requires "extra.workspace_name" ("Workspace" in its form) in its credential, which is not set.`,
		},
		"empty": {
			func(s *atlan.CredentialSpec) { s.Fields[0].Value = "" },
			`api_key_id[username] The app "mode-crawler" requires "username" ("API Key ID" in its form) in its credential, which is not set.`,
		},
		"in extra": {func(s *atlan.CredentialSpec) {
			s.Fields[2].Value = nil
			s.Extra = map[string]any{"workspace_name": "acme"}
		}, ""},
		"auth type": {
			func(s *atlan.CredentialSpec) { s.AuthType = "oauth" }, `auth_type[authType] The app "mode-crawler" does not authenticate by "oauth", but by "basic".`,
		},
		"by name": {func(s *atlan.CredentialSpec) { s.Names = map[string]string{"workspace": "workspace_name"} }, ""},
		"wrong name": {
			func(s *atlan.CredentialSpec) { s.Names = map[string]string{"workspace": "workspace"} },
			`workspace[] The form of the credential of the app "mode-crawler" has no field "workspace", which is given for workspace. It has, ` +
				`nearest first: extra.workspace_name, `,
		},
		"no field": {
			func(s *atlan.CredentialSpec) {
				s.Fields = append(s.Fields, atlan.Field{Name: "token", Labels: []string{"Token"}, Value: "t"})
			},
			`token[] The form of the credential of the app "mode-crawler" has no field that it calls "Token", which token is. It has, nearest first: `,
		},
		"other form": {func(s *atlan.CredentialSpec) { s.ConfigName, s.Fields = "atlan-connectors-other", s.Fields[:1] }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := modeCredential(canarySecret)
			test.change(&spec)
			_, violations := app.Credential(spec)
			if got := wrong(violations); !strings.HasPrefix(got, test.want) || test.want == "" && got != "" || strings.Contains(got, "canary") {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestCredentialLifecycle(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	credential := rawCredential(t, client, modeCredential(canarySecret))
	if err := client.Credentials.Test(t.Context(), credential); err != nil {
		t.Error(err)
	}
	guid, err := client.Credentials.Create(t.Context(), credential, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Credentials.TestStored(t.Context(), guid); err != nil {
		t.Error(err)
	}
	stored, err := client.Credentials.Get(t.Context(), guid)
	if err != nil || stored.GUID != guid || stored.Name != credential.Name || stored.Username != "key-1" || stored.Host != "app.mode.com" || stored.Port != 443 ||
		stored.ConfigName != "atlan-connectors-mode-analytics" || stored.Extra["workspace_name"] != "acme" {
		t.Errorf("stored is %+v: %v", stored, err)
	}
	before := tenant.State().Credentials[0].SecretHash
	changed := rawCredential(t, client, modeCredential("another-secret"))
	changed.Name = credential.Name
	if err := client.Credentials.Update(t.Context(), guid, changed); err != nil || tenant.State().Credentials[0].SecretHash == before {
		t.Errorf("the secret is not replaced: %v", err)
	}
	var names []string
	for one, err := range client.Credentials.List(t.Context(), map[string]any{"name": credential.Name}) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, one.Name)
	}
	if len(names) != 1 || names[0] != credential.Name {
		t.Errorf("listed are %v", names)
	}
	for range 2 {
		if err := client.Credentials.Archive(t.Context(), guid); err != nil {
			t.Error(err)
		}
	}
	if _, err := client.Credentials.Get(t.Context(), guid); !errors.Is(err, atlan.ErrNotFound) || len(tenant.State().Credentials) != 0 {
		t.Errorf("after archiving: %v", err)
	}
}

// TestRefusedCredential: a test that fails is answered with HTTP 200.
func TestRefusedCredential(t *testing.T) {
	t.Parallel()
	tenant, client := appTenant(t, sandbox.AppsDemo)
	credential := rawCredential(t, client, modeCredential("invalid-"+canarySecret))
	err := client.Credentials.Test(t.Context(), credential)
	refused, ok := errors.AsType[*atlan.CredentialRefusedError](err)
	if !ok || !strings.Contains(refused.Message, "the source does not accept these credentials") ||
		refused.RequestID == "" || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v", err)
	}
	if guid, err := client.Credentials.Create(t.Context(), credential, true); err == nil || len(tenant.State().Credentials) > 0 {
		t.Errorf("stored as %s: %v", guid, err)
	}
	guid, err := client.Credentials.Create(t.Context(), credential, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Credentials.TestStored(t.Context(), guid); !errors.As(err, &refused) {
		t.Errorf("got %v", err)
	}
}

// TestLostCredential: a credential is stored once, whatever happens to the answer.
func TestLostCredential(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.FaultKind{
		sandbox.FaultStatus, sandbox.FaultStatusAfterCommit, sandbox.FaultDrop, sandbox.FaultDropAfterCommit, sandbox.FaultTruncate,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			tenant, client := appTenant(t, sandbox.AppsDemo)
			credential := rawCredential(t, client, modeCredential(canarySecret))
			setFaults(t, tenant, fault{Method: http.MethodPost, Path: vaultPath, Kind: kind, Status: 502})
			guid, err := client.Credentials.Create(t.Context(), credential, true)
			if vault := tenant.State().Credentials; err != nil || len(vault) != 1 || vault[0].GUID != guid {
				t.Errorf("got %q, %v; the vault has %d", guid, err, len(vault))
			}
		})
	}
}

// TestSecretsOfCredentialsAreMasked: whatever an app quotes of a credential, the secret is not shown.
func TestSecretsOfCredentialsAreMasked(t *testing.T) {
	t.Parallel()
	tenant := newTenant(t, sandbox.Options{Seed: sandbox.SeedDemo})
	quote := func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := make([]byte, 4096)
			n, _ := r.Body.Read(body)
			if r.URL.Path == vaultPath+"/test" {
				_, _ = fmt.Fprint(w, object("message", string(body[:n]), "requestId", string(body[:n])))
				return
			}
			w.WriteHeader(http.StatusBadRequest)
			_, _ = fmt.Fprint(w, object("code", 1000, "message", string(body[:n])))
		})
	}
	credential := rawCredential(t, connect(t, tenant), func() atlan.CredentialSpec {
		spec := modeCredential(canarySecret)
		spec.Extra = map[string]any{"private": map[string]any{"key": "canary-of-the-key"}}
		return spec
	}())
	log := &records{}
	client := atlan.Wired(t, atlan.Config{RetryWait: time.Millisecond, Log: log.log}, atlan.Serve(quote(nil)))
	_, created := client.Credentials.Create(t.Context(), credential, true)
	for doing, err := range map[string]error{
		"testing":  client.Credentials.Test(t.Context(), credential),
		"creating": created,
		"updating": client.Credentials.Update(t.Context(), "x", credential),
	} {
		if err == nil || strings.Contains(fmt.Sprintf("%v %+v %s", err, err, log), "canary") {
			t.Errorf("%s: %v", doing, err)
		}
	}
}
