// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// starts is how often the start of each provider is measured.
const starts = 15

// start is what it takes until a provider has told its schema, which every command of Terraform waits for.
type start struct {
	wall   []time.Duration
	memory int64 // at most
	binary int64
}

// measureStarts starts the providers in turn, after one round that does not count and tells the memory.
func (b *bench) measureStarts(ctx context.Context) error {
	b.log("starting each provider %d times", starts)
	b.starts = map[string]*start{}
	for _, name := range slices.Sorted(keys(b.plain)) {
		info, err := os.Stat(b.plain[name])
		if err != nil {
			return err
		}
		// What the system tells of an ended process is not less than what its parent had: it needs a small parent.
		wrapper := strings.TrimSuffix(b.plain[name], wrappedSuffix)
		if _, err := schemaOf(ctx, wrapper); err != nil {
			return fmt.Errorf("starting %s: %w", name, err)
		}
		_, memory, err := wrapperNotes(wrapper)
		if err != nil {
			return err
		}
		b.starts[name] = &start{binary: info.Size(), memory: memory}
	}
	for range starts {
		for _, name := range slices.Sorted(keys(b.plain)) {
			wall, err := schemaOf(ctx, b.plain[name])
			if err != nil {
				return fmt.Errorf("starting %s: %w", name, err)
			}
			b.starts[name].wall = append(b.starts[name].wall, wall)
		}
	}
	return nil
}

// schemaOf starts a provider as Terraform does, asks for its schema and ends it. It tells how long the answer took.
func schemaOf(ctx context.Context, path string) (time.Duration, error) {
	cmd := exec.Command(path) //nolint:noctx // go-plugin ends it
	cmd.Env = hermetic()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{
			MagicCookieKey: "TF_PLUGIN_MAGIC_COOKIE", MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		VersionedPlugins: map[int]plugin.PluginSet{5: {"provider": &provider{}}, 6: {"provider": &provider{}}},
		Cmd:              cmd, Logger: hclog.NewNullLogger(), SyncStdout: io.Discard, SyncStderr: io.Discard,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, AutoMTLS: true,
	})
	defer client.Kill()
	begun := time.Now()
	err := askSchema(ctx, client)
	return time.Since(begun), err
}

func askSchema(ctx context.Context, client *plugin.Client) error {
	protocol, err := client.Client()
	if err != nil {
		return err
	}
	raw, err := protocol.Dispense("provider")
	if err != nil {
		return err
	}
	connection, ok := raw.(*grpc.ClientConn)
	if !ok {
		return fmt.Errorf("the connection is %T", raw)
	}
	method := "/tfplugin6.Provider/GetProviderSchema"
	if client.NegotiatedVersion() == 5 {
		method = "/tfplugin5.Provider/GetSchema"
	}
	// The request is empty, and of the answer only its arrival counts: what an empty message does not know it keeps as bytes.
	return connection.Invoke(ctx, method, &emptypb.Empty{}, &emptypb.Empty{}, grpc.MaxCallRecvMsgSize(64<<20))
}

// provider hands out the bare connection.
type provider struct{ plugin.NetRPCUnsupportedPlugin }

// GRPCClient implements plugin.GRPCPlugin.
func (*provider) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, connection *grpc.ClientConn) (any, error) {
	return connection, nil
}

// GRPCServer implements plugin.GRPCPlugin.
func (*provider) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("not a server")
}
