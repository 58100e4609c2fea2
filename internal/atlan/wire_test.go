// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Wire stands in for the network of a client. Nothing it does leaves the process, so that tests run on the fake clock
// of a synctest bubble, where an hour passes at once.
type Wire func(*http.Request) (*http.Response, error)

// RoundTrip implements [http.RoundTripper].
func (w Wire) RoundTrip(req *http.Request) (*http.Response, error) { return w(req) }

// Wired makes a client that talks through the wire.
func Wired(tb testing.TB, config Config, wire Wire) *Client {
	tb.Helper()
	if config.BaseURL == "" {
		config.BaseURL = "http://127.0.0.1:8585"
	}
	if config.APIKey == "" && config.OAuthClientID == "" {
		config.APIKey = testKey
	}
	client, err := New(config)
	if err != nil {
		tb.Fatal(err)
	}
	auth, _ := client.http.HTTPClient.Transport.(*authTransport)
	transport, _ := auth.next.(*wireTransport)
	transport.next = wire
	return client
}

const testKey = "eyJhbGciOiJSUzI1NiJ9.canary-of-the-api-key"

// connected tells the client that its request has a connection.
func connected(req *http.Request) {
	if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.GotConn != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
}

// Serve is a wire with a handler at its end. As with a real server, the handler goes on when the client has gone away.
func Serve(handler http.Handler) Wire {
	return func(req *http.Request) (*http.Response, error) {
		connected(req)
		inbound := httptest.NewRequest(req.Method, req.URL.RequestURI(), req.Body)
		inbound.Host, inbound.Header = req.URL.Host, req.Header.Clone()
		recorder := httptest.NewRecorder()
		aborted := make(chan bool, 1)
		go func() {
			defer func() {
				problem := recover()
				if err, ok := problem.(error); problem != nil && (!ok || !errors.Is(err, http.ErrAbortHandler)) {
					panic(problem)
				}
				aborted <- problem != nil
			}()
			handler.ServeHTTP(recorder, inbound)
		}()
		select {
		case <-req.Context().Done():
			return nil, req.Context().Err()
		case cut := <-aborted:
			if cut && !recorder.Flushed {
				return nil, io.EOF
			}
			resp := recorder.Result()
			resp.Request = req
			if cut {
				resp.Body = io.NopCloser(io.MultiReader(resp.Body, cutOff{}))
			}
			return resp, nil
		}
	}
}

// cutOff is the end of a body that was longer.
type cutOff struct{}

func (cutOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// step answers one request.
type step func(*http.Request) (*http.Response, error)

// script answers requests one after the other; its last step answers all further ones.
type script struct {
	steps []step

	mu   sync.Mutex
	sent []sentRequest
}

type sentRequest struct {
	method, path, body string
	header             http.Header
	at                 time.Time
}

func (s *script) wire() Wire {
	return func(req *http.Request) (*http.Response, error) {
		body := []byte{}
		if req.Body != nil {
			var err error
			if body, err = io.ReadAll(req.Body); err != nil {
				return nil, err
			}
		}
		s.mu.Lock()
		next := s.steps[min(len(s.sent), len(s.steps)-1)]
		s.sent = append(s.sent, sentRequest{req.Method, req.URL.EscapedPath(), string(body), req.Header.Clone(), time.Now()})
		s.mu.Unlock()
		return next(req)
	}
}

// requests returns what was sent so far.
func (s *script) requests() []sentRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]sentRequest{}, s.sent...)
}

// answers is a step with an answer; header is a list of names and values.
func answers(status int, body string, header ...string) step {
	return func(req *http.Request) (*http.Response, error) {
		connected(req)
		resp := &http.Response{
			StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
			Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: req,
		}
		for i := 0; i+1 < len(header); i += 2 {
			resp.Header.Add(header[i], header[i+1])
		}
		return resp, nil
	}
}

// breaks is a step without an answer on a connection that was had.
func breaks(err error) step {
	return func(req *http.Request) (*http.Response, error) {
		connected(req)
		return nil, err
	}
}

// noConnection is a step without a connection.
func noConnection(err error) step {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// hangs is a step that takes an hour, with or without a connection.
func hangs(connection bool) step {
	return func(req *http.Request) (*http.Response, error) {
		if connection {
			connected(req)
		}
		if err := sleep(req.Context(), time.Hour); err != nil {
			return nil, err
		}
		return answers(http.StatusOK, "{}")(req)
	}
}

var (
	errRefused     = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	errUnknownHost = &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "acme.atlan.example", IsNotFound: true}}
)
