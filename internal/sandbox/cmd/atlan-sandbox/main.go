// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command atlan-sandbox serves an Atlan tenant in memory on a loopback address.
//
// Its first line on standard output is a JSON object with the address and the keys to use; logs go to standard error.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

// version is set by the linker for releases.
var version = "dev"

// shutdownTimeout is how long requests under way may take once the command is told to stop.
const shutdownTimeout = 5 * time.Second

// Exit codes.
const (
	exitOK      = 0
	exitFailure = 1
	exitUsage   = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole command; it ends when the context does.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cfg, err := parseFlags(args)
	if errors.Is(err, flag.ErrHelp) {
		cfg.printHelp(stdout)
		return exitOK
	}
	if err == nil && cfg.version {
		_, _ = fmt.Fprintln(stdout, "atlan-sandbox", version)
		return exitOK
	}
	if err == nil {
		err = checkLoopback(cfg.listen)
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "atlan-sandbox:", err)
		return exitUsage
	}
	cfg.options.Logger = slog.New(slog.NewTextHandler(stderr, nil))
	if err := serve(ctx, cfg, stdout); err != nil {
		_, _ = fmt.Fprintln(stderr, "atlan-sandbox:", err)
		return exitFailure
	}
	return exitOK
}

func serve(ctx context.Context, cfg *config, stdout io.Writer) error {
	tenant, err := sandbox.New(cfg.options)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%w; stop what serves there, or let -listen 127.0.0.1:0 pick a free port", err)
	}
	if err != nil {
		return err
	}
	if err := announce(stdout, listener.Addr(), tenant.Credentials()); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler:           tenant,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(cfg.options.Logger.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	// The context is over: what is under way gets a time of its own.
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(closing); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}

// announce prints the one line that scripts read.
func announce(stdout io.Writer, address net.Addr, c sandbox.Credentials) error {
	return json.NewEncoder(stdout).Encode(struct {
		BaseURL         string `json:"base_url"`
		APIKey          string `json:"api_key"`
		AdminUser       string `json:"admin_user"`
		UserBearerToken string `json:"user_bearer_token"`
	}{"http://" + address.String(), c.APIKey, c.AdminUser, c.UserBearerToken})
}

// checkLoopback refuses to serve the network: the control surface needs no authentication.
func checkLoopback(listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("-listen %q is not an address such as 127.0.0.1:8585", listen)
	}
	if ip := net.ParseIP(host); host == "localhost" || (ip != nil && ip.IsLoopback()) {
		return nil
	}
	return fmt.Errorf("-listen %q is not a loopback address: the sandbox binds to loopback only (127.0.0.1, [::1] or localhost)", listen)
}
