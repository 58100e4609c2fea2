// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Package tenant runs a sandbox tenant for the tools.
package tenant

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/tools/project"
)

// Tenant is a running sandbox tenant.
type Tenant struct {
	BaseURL         string `json:"base_url"`
	APIKey          string `json:"api_key"`
	UserBearerToken string `json:"user_bearer_token"`

	// Exited is closed when the tenant has ended.
	Exited chan struct{} `json:"-"`

	cancel context.CancelFunc
}

// Build builds the sandbox tenant into dir and returns its path.
func Build(ctx context.Context, root, dir string) (string, error) {
	binary := filepath.Join(dir, project.Executable("atlan-sandbox"))
	return binary, project.GoBuild(ctx, root, binary, "./internal/sandbox/cmd/atlan-sandbox")
}

// Start starts a tenant with the demo content on a free port and waits until it serves.
func Start(ctx context.Context, binary, logPath string) (*Tenant, error) {
	logFile, err := os.Create(logPath)
	if err != nil {
		return nil, err
	}
	defer logFile.Close()

	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, binary, "-listen", "127.0.0.1:0", "-seed", "demo")
	cmd.Stderr = logFile
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		cancel()
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		cancel()
		return nil, err
	}

	// The first line, printed once the tenant serves, says where it is and what opens it.
	s := &Tenant{cancel: cancel, Exited: make(chan struct{})}
	reader := bufio.NewReader(stdout)
	line, readErr := reader.ReadBytes('\n')
	go func() {
		defer close(s.Exited)
		_, _ = io.Copy(io.Discard, reader)
		_ = cmd.Wait() // why it ended is in its log
	}()
	if readErr != nil {
		s.Stop()
		return nil, fmt.Errorf("the sandbox tenant did not start: see %s", logFile.Name())
	}
	if err := json.Unmarshal(line, s); err != nil {
		s.Stop()
		return nil, fmt.Errorf("reading the sandbox tenant's first line: %w", err)
	}
	return s, nil
}

// Stop ends the tenant and everything in it.
func (s *Tenant) Stop() {
	s.cancel()
	<-s.Exited
}

// Env points the provider at the tenant.
func (s *Tenant) Env() []string {
	return []string{
		"ATLAN_BASE_URL=" + s.BaseURL,
		"ATLAN_API_KEY=" + s.APIKey,
		"ATLAN_USER_BEARER_TOKEN=" + s.UserBearerToken,
	}
}
