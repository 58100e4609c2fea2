// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// syncBuffer may be written and read at the same time.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func TestFirstLineGivesAccess(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	logs, ended := &syncBuffer{}, make(chan int, 1)
	go func() { ended <- run(ctx, []string{"-listen", "127.0.0.1:0"}, in, logs) }()
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]string{}
	if err := json.Unmarshal(line, &first); err != nil {
		t.Fatal(err)
	}
	if len(first) != 4 || first["admin_user"] != "admin" || !strings.HasPrefix(first["base_url"], "http://127.0.0.1:") {
		t.Errorf("the first line is %s", line)
	}
	for _, key := range []string{"api_key", "user_bearer_token"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, first["base_url"]+"/api/service/whoami", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+first[key])
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("with %s: %d, %v", key, res.StatusCode, err)
		}
		if strings.Contains(logs.String(), first[key]) {
			t.Errorf("the log has the %s", key)
		}
	}
	stop()
	if code := <-ended; code != exitOK {
		t.Errorf("the command ended with %d: %s", code, logs)
	}
}

func TestBadFlagsGiveOneLine(t *testing.T) {
	t.Parallel()
	const loopbackOnly = " is not a loopback address: the sandbox binds to loopback only (127.0.0.1, [::1] or localhost)\n"
	for args, want := range map[string]string{
		"-listen 0.0.0.0:80":  "atlan-sandbox: -listen \"0.0.0.0:80\"" + loopbackOnly,
		"-listen :80":         "atlan-sandbox: -listen \":80\"" + loopbackOnly,
		"-listen 80":          "atlan-sandbox: -listen \"80\" is not an address such as 127.0.0.1:8585\n",
		"-seed no":            "atlan-sandbox: unknown seed \"no\": use one of empty, demo\n",
		"-latency 5":          "atlan-sandbox: invalid value \"5\" for flag -latency: parse error\n",
		"-no":                 "atlan-sandbox: flag provided but not defined: -no\n",
		"extra":               "atlan-sandbox: unexpected argument \"extra\"\n",
		"-workflow-api argo":  "atlan-sandbox: unknown workflow API \"argo\": use one of both, app, package\n",
		"-rate-limit=-1":      "atlan-sandbox: the rate limit is -1: use a number of requests per minute, or 0 for none\n",
		"-persona-api legacy": "atlan-sandbox: unknown persona API \"legacy\": use one of both, personas, entities\n",
	} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), strings.Fields(args), &stdout, &stderr); code != exitUsage || stderr.String() != want || stdout.Len() > 0 {
			t.Errorf("%s: %d %q %q, want %q", args, code, stdout.String(), stderr.String(), want)
		}
	}
}

func TestHelpNamesEveryFlag(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"--help"}, &stdout, &stderr); code != exitOK || stderr.Len() > 0 {
		t.Errorf("help: %d %s", code, stderr.String())
	}
	for _, f := range []string{
		"-listen", "-seed", "-data", "-persona-api", "-workflow-api", "-latency", "-search-lag", "-role-lag", "-run-time",
		"-rate-limit", "-shuffle", "-version", "Example:", "ATLAN_BASE_URL", "in a browser",
		"GET    state", "GET    overview", "GET    journal", "DELETE journal", "POST   clock", "POST   reset", "PUT    faults", "POST   switches",
		"status_after_commit", "drop_after_commit", "truncate", "delay",
	} {
		if !strings.Contains(stdout.String(), f) {
			t.Errorf("help does not mention %s", f)
		}
	}
	for line := range strings.Lines(stdout.String()) {
		if n := utf8.RuneCountInString(line); n > 140 {
			t.Errorf("this line of the help has %d characters: %s", n, line)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-version"}, &stdout, &stderr); code != exitOK || stdout.String() != "atlan-sandbox dev\n" {
		t.Errorf("got %d %q %q", code, stdout.String(), stderr.String())
	}
}

func TestFailureToStart(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"-listen", "127.0.0.1:0", "-data", "main_test.go"}, &stdout, &stderr)
	if code != exitFailure || !strings.HasPrefix(stderr.String(), "atlan-sandbox: main_test.go does not hold a sandbox tenant") {
		t.Errorf("got %d %s", code, stderr.String())
	}
}
