// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

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

// sandbox is a running sandbox tenant.
type sandbox struct {
	BaseURL         string `json:"base_url"`
	APIKey          string `json:"api_key"`
	UserBearerToken string `json:"user_bearer_token"`

	cancel context.CancelFunc
	exited chan struct{}
}

// startSandbox builds the sandbox tenant into dir, starts it with the demo content on a free port, and waits until it
// serves. Its log goes to a file in dir.
func startSandbox(ctx context.Context, root, dir string) (*sandbox, error) {
	binary := filepath.Join(dir, project.Executable("atlan-sandbox"))
	if err := project.GoBuild(ctx, root, binary, "./internal/sandbox/cmd/atlan-sandbox"); err != nil {
		return nil, err
	}
	logFile, err := os.Create(filepath.Join(dir, "sandbox.log"))
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
	s := &sandbox{cancel: cancel, exited: make(chan struct{})}
	reader := bufio.NewReader(stdout)
	line, readErr := reader.ReadBytes('\n')
	go func() {
		defer close(s.exited)
		_, _ = io.Copy(io.Discard, reader)
		_ = cmd.Wait() // why it ended is in its log
	}()
	if readErr != nil {
		s.stop()
		return nil, fmt.Errorf("the sandbox tenant did not start: see %s", logFile.Name())
	}
	if err := json.Unmarshal(line, s); err != nil {
		s.stop()
		return nil, fmt.Errorf("reading the sandbox tenant's first line: %w", err)
	}
	return s, nil
}

// stop ends the tenant and everything in it.
func (s *sandbox) stop() {
	s.cancel()
	<-s.exited
}

// env points the provider at the tenant.
func (s *sandbox) env() []string {
	return []string{
		"ATLAN_BASE_URL=" + s.BaseURL,
		"ATLAN_API_KEY=" + s.APIKey,
		"ATLAN_USER_BEARER_TOKEN=" + s.UserBearerToken,
	}
}
