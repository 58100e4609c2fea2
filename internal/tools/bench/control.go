// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/tenant"
)

// connection of the demo tenant, which the policies are about.
const connection = "default/snowflake/1700000000"

const perPersona = 10

// site is a column's own tenant, filled with as many personas as there must be before anything is measured.
type site struct {
	*tenant.Tenant
	personas []string
}

// open makes the tenant of a column, for n objects.
func (b *bench) open(ctx context.Context, c column, n int) (*site, error) {
	running, err := tenant.Start(ctx, b.sandbox, filepath.Join(b.dir, "sandbox-"+c.name+".log"))
	if err != nil {
		return nil, err
	}
	s := &site{Tenant: running}
	for i := range (n/2 + perPersona - 1) / perPersona {
		var made struct {
			ID string `json:"id"`
		}
		name := fmt.Sprint("bench ", i)
		err := s.send(ctx, http.MethodPost, "/api/service/personas", map[string]any{
			"name": name, "displayName": name, "description": "", "users": []string{}, "groups": []string{}, "attributes": map[string]any{},
		}, &made)
		if err != nil {
			s.Stop()
			return nil, err
		}
		s.personas = append(s.personas, made.ID)
	}
	return s, nil
}

// set makes the tenant what a condition says.
func (s *site) set(ctx context.Context, on condition) error {
	body := map[string]any{"latency": on.latency.String(), "rate_limit": on.limit}
	return s.send(ctx, http.MethodPost, "/_sandbox/switches", body, nil)
}

// clear empties the journal.
func (s *site) clear(ctx context.Context) error {
	return s.send(ctx, http.MethodDelete, "/_sandbox/journal", nil, nil)
}

// count tells how many requests the journal has, and how many of them were too many.
func (s *site) count(ctx context.Context) (requests, limited int, err error) {
	var journal []struct {
		Status int `json:"status"`
	}
	if err := s.send(ctx, http.MethodGet, "/_sandbox/journal", nil, &journal); err != nil {
		return 0, 0, err
	}
	for _, request := range journal {
		if request.Status == http.StatusTooManyRequests {
			limited++
		}
	}
	return len(journal), limited, nil
}

func (s *site) send(ctx context.Context, method, path string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	encoded, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, s.BaseURL+path, bytes.NewReader(encoded))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+s.UserBearerToken)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s: %s", method, path, resp.Status, body)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(body, out)
}

// variables are what the configurations ask for.
func (s *site) variables(n int, on condition) ([]string, error) {
	personas, err := json.Marshal(s.personas)
	return []string{
		fmt.Sprint("TF_VAR_tokens=", n-n/2), fmt.Sprint("TF_VAR_policies=", n/2), "TF_VAR_personas=" + string(personas),
		"TF_VAR_connection=" + connection, "TF_VAR_base_url=" + s.BaseURL, "TF_VAR_api_key=" + s.UserBearerToken,
		fmt.Sprint("TF_VAR_requests_per_minute=", on.limit),
	}, err
}
