// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The web view is one static page at / that shows the tenant to people. What it shows comes from GET overview on the
// control surface: pages of rows that hold names and no secrets, so that a page stays quick with any number of objects.

//go:embed view
var viewFiles embed.FS

// viewAssets are the files of the page, by their paths.
var viewAssets = map[string]struct{ file, contentType string }{
	"/":                          {"index.html", "text/html; charset=utf-8"},
	"/favicon.ico":               {"icon.svg", "image/svg+xml"}, // browsers ask for it beside JSON documents, too
	controlPrefix + "view/icon":  {"icon.svg", "image/svg+xml"},
	controlPrefix + "view/style": {"style.css", "text/css; charset=utf-8"},
	controlPrefix + "view/page":  {"page.js", "text/javascript; charset=utf-8"},
}

// viewPolicy lets the page load its own files and ask its own tenant, and nothing else: whatever a name in the tenant
// contains, it cannot become a script.
const viewPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// serveView answers requests for the page and its files; false means that the request is for something else.
func serveView(w http.ResponseWriter, r *http.Request) bool {
	asset, ok := viewAssets[r.URL.Path]
	if !ok || (r.Method != http.MethodGet && r.Method != http.MethodHead) {
		return false
	}
	text, err := viewFiles.ReadFile("view/" + asset.file)
	if err != nil {
		panic(err) // the files are part of the program
	}
	h := w.Header()
	h.Set("Content-Type", asset.contentType)
	h.Set("Content-Security-Policy", viewPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache") // another version of the sandbox may serve the same address next
	_, _ = w.Write(text)
	return true
}

// viewPage is how many rows of each list the overview has; viewNested how many policies,
// members or assets each of these has, and viewRuns how many runs.
const (
	viewPage   = 25
	viewNested = 20
	viewRuns   = 3
)

// viewQuery is what the overview is asked for.
type viewQuery struct {
	filter   string // in lower case; empty lets everything pass
	failures bool   // of the journal, only requests that failed
	from     map[string]int
}

func readViewQuery(values url.Values) viewQuery {
	q := viewQuery{filter: strings.ToLower(strings.TrimSpace(values.Get("filter"))), failures: values.Get("failures") == "1", from: map[string]int{}}
	for _, list := range []string{"tokens", "personas", "connections", "collections", "workflows", "journal"} {
		if from, err := strconv.Atoi(values.Get(list)); err == nil && from > 0 {
			q.from[list] = from
		}
	}
	return q
}

// matches says whether one of the texts contains the filter.
func (q viewQuery) matches(texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(strings.ToLower(text), q.filter) {
			return true
		}
	}
	return q.filter == ""
}

// viewList is the part of a list that the page shows.
type viewList[T any] struct {
	Total    int `json:"total"`
	Matching int `json:"matching"` // those that the filter lets pass
	From     int `json:"from"`     // how many of these come before the first row
	Page     int `json:"page"`     // how many rows fit
	Rows     []T `json:"rows"`
}

// listRows makes rows of the page's records only; a position behind the end shows the last page.
func listRows[R, T any](total, from int, matching []R, row func(R) T) viewList[T] {
	if from >= len(matching) {
		from = max(0, (len(matching)-1)/viewPage*viewPage)
	}
	out := viewList[T]{Total: total, Matching: len(matching), From: from, Page: viewPage, Rows: []T{}}
	for _, record := range matching[from:min(from+viewPage, len(matching))] {
		out.Rows = append(out.Rows, row(record))
	}
	return out
}

// serveOverview answers what the page shows. An answer that the page has already is not sent again: the page asks every
// other second.
func (t *Tenant) serveOverview(w http.ResponseWriter, r *http.Request) {
	text, err := json.Marshal(t.overview(readViewQuery(r.URL.Query())))
	if err != nil {
		panic(err) // the overview is built from plain values
	}
	sum := sha256.Sum256(text)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-cache")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(text, '\n'))
}

// viewTime is a time without the fractions that nobody reads.
func viewTime(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func viewMillis(ms int64) string { return viewTime(time.UnixMilli(ms)) }
