// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxBody bounds a request body; a bulk of 10,000 entities fits.
const maxBody = 64 << 20

// request is an API request as handlers see it.
type request struct {
	method    string
	path      string // without a trailing slash
	query     url.Values
	params    map[string]string // variables of the route
	body      []byte
	secret    string
	actor     *actor // nil where nobody was authenticated
	now       time.Time
	id        string // Heracles' request id
	arrivedAt time.Time
}

// reply is an answer that is ready to be sent.
type reply struct {
	status     int
	body       []byte
	retryAfter int
	drop       bool // close the connection instead
	truncate   bool // close the connection after half of the body
}

// ServeHTTP answers the API under /api/, the sandbox's own surface under /_sandbox/, and / with the web view. It answers
// only requests that were addressed to this machine by a loopback name: a web page that has its own name resolve to
// 127.0.0.1 gets nothing.
func (t *Tenant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !loopbackHost(r.Host) {
		http.Error(w, "The sandbox tenant answers only to loopback names: address it as localhost, 127.0.0.1 or [::1].", http.StatusForbidden)
		return
	}
	if serveView(w, r) {
		return
	}
	if strings.HasPrefix(r.URL.Path, controlPrefix) {
		t.serveControl(w, r)
		return
	}
	t.serveAPI(w, r)
}

func loopbackHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || (ip != nil && ip.IsLoopback())
}

func (t *Tenant) serveAPI(w http.ResponseWriter, r *http.Request) {
	rq := &request{
		method: r.Method, path: trimSlash(r.URL.EscapedPath()), query: r.URL.Query(),
		secret: bearerSecret(r.Header), id: newRequestID(), arrivedAt: t.Now(),
	}
	var err error
	if rq.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		panic(http.ErrAbortHandler) // the client went away, or sends without end
	}
	// The waits end only when they are over, even if the client has gone away by then: a real service that hangs also
	// acts in the end, and a client has to cope with that.
	t.mu.Lock()
	latency := t.latency
	t.mu.Unlock()
	time.Sleep(latency)
	t.mu.Lock()
	fault := t.faults.next(rq.method, rq.path)
	t.mu.Unlock()
	if fault.Kind == FaultDelay {
		time.Sleep(time.Duration(fault.For))
	}
	answer := t.answer(rq, fault)

	w.Header().Set("Date", t.Now().Format(http.TimeFormat))
	if id := r.Header.Get("X-Atlan-Request-Id"); id != "" {
		w.Header().Set("X-Atlan-Request-Id", id) // metastore AuditFilter
	}
	t.record(rq, r.URL.RawQuery, answer)
	answer.send(w)
}

// record puts the request into the journal and the log before the answer is sent, so that whoever has the answer finds
// the request there.
func (t *Tenant) record(rq *request, query string, answer reply) {
	entry := Request{Method: rq.method, Path: rq.path, Query: query, Status: answer.status, At: rq.arrivedAt}
	if rq.actor != nil {
		entry.Actor = rq.actor.username
	}
	if answer.drop {
		entry.Status = 0
	}
	t.journal.add(entry)
	t.opts.Logger.Info("request", "method", entry.Method, "path", entry.Path, "status", entry.Status,
		"actor", entry.Actor, "request_id", rq.id)
}

// answer acts on the request, or on the fault that hits it.
func (t *Tenant) answer(rq *request, fault Fault) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	rq.now = t.now()
	rq.actor = t.actorOf(rq.secret)

	if fault.Kind == FaultStatus {
		return rq.injectedReply(fault)
	}
	if fault.Kind == FaultDrop {
		return reply{drop: true}
	}
	done := t.act(rq)
	t.saveIfChanged()
	if fault.Kind == FaultStatusAfterCommit {
		return rq.injectedReply(fault)
	}
	done.drop = fault.Kind == FaultDropAfterCommit
	done.truncate = fault.Kind == FaultTruncate
	return done
}

// act limits, authenticates, routes and handles a request.
func (t *Tenant) act(rq *request) reply {
	t.settleRuns()
	t.settleAppRuns()
	limited := ""
	if rq.actor != nil {
		limited = rq.actor.username
	}
	if wait := t.limiter.admit(limited, rq.now); wait > 0 {
		e := statusError(http.StatusTooManyRequests, "API rate limit exceeded")
		e.retryAfter = wait
		return reply{status: e.status, body: e.render(heracles, rq.id), retryAfter: wait} // the gateway's, for all paths
	}
	route, params, err := t.route(rq.method, rq.path)
	if rq.actor == nil && (route == nil || !route.public) {
		return rq.errorReply(statusError(http.StatusUnauthorized, "The bearer token is missing, unknown or expired"))
	}
	if err != nil {
		return rq.errorReply(err)
	}
	rq.params = params
	body, err := route.handle(rq)
	if err != nil {
		return rq.errorReply(err)
	}
	if body == nil {
		return reply{status: http.StatusOK}
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // handlers return what they have built from JSON
	}
	return reply{status: http.StatusOK, body: text}
}

func (rq *request) errorReply(err error) reply {
	var e *apiError
	if !errors.As(err, &e) {
		e = statusError(http.StatusInternalServerError, "%s", err)
	}
	return reply{status: e.status, body: e.render(familyOf(rq.path), rq.id), retryAfter: e.retryAfter}
}

// injectedReply is what a fault of the schedule answers with.
func (rq *request) injectedReply(fault Fault) reply {
	e := statusError(fault.Status, "fault injected by the sandbox's schedule")
	if fault.Message != "" {
		e.message = fault.Message
	}
	e.retryAfter = fault.RetryAfter
	return rq.errorReply(e)
}

// decode reads the request's JSON object. How a member of another type is refused is inferred.
func (rq *request) decode(into any) error {
	err := json.Unmarshal(rq.body, into)
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return invalidRequest("Request body has an error: doesn't match the schema: Error at \"/%s\": value must not be of type %s",
			strings.ReplaceAll(mismatch.Field, ".", "/"), mismatch.Value)
	}
	if err != nil {
		return invalidRequest("Request body has an error: failed to decode request body: %s", err)
	}
	return nil
}

// decodeAtlas is decode for the metastore; how it words a malformed body is inferred.
func (rq *request) decodeAtlas(into any) error {
	if err := json.Unmarshal(rq.body, into); err != nil {
		return invalidParameters(err.Error())
	}
	return nil
}

func (a reply) send(w http.ResponseWriter) {
	if a.drop {
		panic(http.ErrAbortHandler) // net/http closes the connection without a word
	}
	if a.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(a.retryAfter))
	}
	if len(a.body) > 0 {
		w.Header().Set("Content-Type", "application/json")
	}
	announced, sent := len(a.body), a.body
	if a.truncate {
		announced, sent = max(announced, 1), sent[:len(sent)/2] // an empty body has to lack something, too
	}
	w.Header().Set("Content-Length", strconv.Itoa(announced))
	w.WriteHeader(a.status)
	_, _ = w.Write(sent) // nobody is left to tell when the client has gone
	if a.truncate {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

func trimSlash(path string) string { return strings.TrimRight(path, "/") }
