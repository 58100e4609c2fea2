// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/atlan-community/terraform-provider-atlan/internal/sandbox"
)

const overview = "/_sandbox/overview"

// hostile is a name that becomes a script where a page takes names for markup.
const hostile = `<img src=x onerror="document.title='hacked'">`

// furnish makes one of everything that the view shows, and returns every secret that the tenant then knows.
func furnish(t *testing.T, clk *clock, tenant *sandbox.Tenant, api *caller) []string {
	t.Helper()
	c := tenant.Credentials()
	secrets := []string{c.APIKey, c.UserBearerToken, c.MemberBearerToken, c.OAuthClientSecret, "canary-secret"}
	for _, k := range []sandbox.APIToken{
		{DisplayName: hostile, ValiditySeconds: 60, CreatedBy: "admin"},
		{DisplayName: "ci", CreatedBy: "admin", PersonaQualifiedNames: []string{sandbox.SeedPersonaQualifiedName, "default/gone"}},
	} {
		_, secret := tenant.AddAPIToken(k)
		secrets = append(secrets, secret)
	}
	if err := tenant.EditEntity(sandbox.SeedProductionGUID, func(e *sandbox.Entity) {
		e.Attributes["adminUsers"] = []string{"admin", tokenAccount, "service-account-apikey-gone"}
		e.Attributes["adminGroups"] = []string{"data_engineers"}
		e.Attributes["adminRoles"] = []string{sandbox.SeedAdminRoleID}
	}); err != nil {
		t.Fatal(err)
	}
	if err := tenant.EditEntity(sandbox.SeedPersonaGUID, func(e *sandbox.Entity) {
		e.Attributes["personaUsers"] = []string{"jsmith"}
		e.Attributes["isAccessControlEnabled"] = false
	}); err != nil {
		t.Fatal(err)
	}
	api.submit(workflowName)
	body := metabase("Prod crawl")
	body["run"], body["schedule"] = true, object{"cron": "0 4 * * *", "timezone": "Europe/Berlin"}
	api.create(body)
	api.as("nonsense").do("GET", "/api/service/whoami?verbose=<b>", nil)
	clk.add(2 * time.Minute) // the first token expires, and the runs end
	return secrets
}

func TestOverviewShowsTheTenant(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, _, api := demo(t, sandbox.Options{Now: clk.Now, RunTime: time.Minute, NoShuffle: true})
	secrets := furnish(t, clk, tenant, api)
	before := len(tenant.Journal())
	got := api.as("").do("GET", overview, nil)
	for _, secret := range secrets {
		if strings.Contains(got.text, secret) {
			t.Errorf("the overview has the secret that begins with %.8s", secret)
		}
	}
	for path, want := range map[string]string{
		"tokens total":                       "3",
		"tokens rows 0 name":                 "ci",
		"tokens rows 0 personas":             "[Data Assets default/gone]",
		"tokens rows 0 expires":              "2031-06-30T09:00:00Z",
		"tokens rows 1 name":                 hostile,
		"tokens rows 1 expired":              "true",
		"tokens rows 2 name":                 "sandbox",
		"personas rows 0 status":             "disabled",
		"personas rows 0 members":            "[map[kind:user name:jsmith] map[kind:token name:sandbox] map[kind:token name:ci]]",
		"personas rows 0 policy_count":       "2",
		"personas rows 0 policies 0 name":    "Read production",
		"personas rows 0 policies 0 kind":    "metadata",
		"personas rows 0 policies 0 effect":  "allow",
		"personas rows 0 policies 0 actions": "[persona-asset-read]",
		"personas rows 0 policies 0 on":      "[default/snowflake/1700000000]",
		"connections rows 2 name":            "production",
		"connections rows 2 members 0":       "map[kind:user name:admin]",
		"connections rows 2 members 1":       "map[kind:token name:sandbox]",
		"connections rows 2 members 2":       "map[kind:token name:service-account-apikey-gone]",
		"connections rows 2 members 3":       "map[kind:group name:data_engineers]",
		"connections rows 2 members 4":       "map[kind:role name:$admin]",
		"collections rows 0 members":         "[map[as:editor kind:user name:admin]]",
		"workflows total":                    "2",
		"workflows rows 0 id":                workflowName,
		"workflows rows 0 of":                "@csa/api-token-connection-admin",
		"workflows rows 0 runs 0 status":     "Succeeded",
		"workflows rows 0 runs 0 took":       "1m0s",
		"workflows rows 1 name":              "Prod crawl",
		"workflows rows 1 family":            "app",
		"workflows rows 1 schedule":          "0 4 * * * Europe/Berlin",
		"workflows rows 1 runs 0 status":     "Succeeded",
		"workflows rows 1 run_count":         "1",
		"journal total":                      "3",
		"journal rows 0 status":              "401",
		"journal rows 0 query":               "verbose=<b>",
		"journal rows 2 path":                workflows,
		"journal rows 2 actor":               "admin",
		"notes":                              "[]",
	} {
		if value := fmt.Sprint(at(got.object, steps(path)...)); value != want {
			t.Errorf("%s is %s, want %s", path, value, want)
		}
	}
	if len(tenant.Journal()) != before {
		t.Error("looking at the tenant is in its journal")
	}
}

// steps makes a path for at of words and numbers.
func steps(path string) []any {
	var out []any
	for word := range strings.FieldsSeq(path) {
		var i int
		if n, _ := fmt.Sscanf(word, "%d", &i); n == 1 {
			out = append(out, i)
		} else {
			out = append(out, word)
		}
	}
	return out
}

func TestOverviewSaysWhatIsDifferent(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{
		PersonaAPI: sandbox.SurfaceEntities, WorkflowAPI: sandbox.SurfaceApp, ConnectionAdminPackage: sandbox.PackageNotEnabled,
		RateLimit: 60, Latency: time.Millisecond, SearchLag: 2 * time.Second, RoleLag: time.Minute,
	})
	tenant.Advance(36 * time.Hour)
	if err := tenant.SetFaults([]sandbox.Fault{
		{Path: "/api/service/apikeys", Kind: sandbox.FaultDrop, Times: 2}, {Method: "post", Path: "/api/meta/*", Kind: sandbox.FaultStatus, Status: 503, Nth: 5},
	}); err != nil {
		t.Fatal(err)
	}
	_, _ = api.try("GET", apikeys, nil)
	want := []any{
		"The clock is ahead by 36h0m0s.",
		"Fault to come: any /api/service/apikeys, drop, the next 1.",
		"Fault to come: POST /api/meta/*, status 503, after 4 more.",
		"Personas are served by one API only: entities.",
		"Workflows are served by one API only: app.",
		"The package for connection admins is not enabled.",
		"Each actor may make 60 requests a minute.",
		"Every answer takes 1ms longer.",
		"A change is found by search after 2s.",
		"New connection admins may act after 1m0s.",
	}
	if got := api.ok("GET", overview, nil)["notes"]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the notes are %q", got)
	}
}

func TestOverviewStaysSmall(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	for i := range 3000 {
		tenant.AddAPIToken(sandbox.APIToken{DisplayName: fmt.Sprintf("token %04d", i), PersonaQualifiedNames: []string{"default/everybody"}})
	}
	persona := tenant.AddEntity(sandbox.Entity{TypeName: "Persona", Attributes: object{"name": "everybody", "qualifiedName": "default/everybody"}})
	for i := range 60 {
		tenant.AddEntity(sandbox.Entity{TypeName: "AuthPolicy", AccessControl: persona.GUID, Attributes: map[string]any{"name": fmt.Sprintf("policy %02d", i)}})
	}
	for range 120 {
		api.do("GET", apikeys+"/nothing", nil)
	}
	api.do("GET", "/api/service/whoami", nil)
	for query, want := range map[string]string{
		"":                            "tokens 3001 3001 0 25 token 2999, policies 60 20, journal 121 121 0 25",
		"?tokens=2950&journal=100":    "tokens 3001 3001 2950 25 token 0049, policies 60 20, journal 121 121 100 21",
		"?tokens=9999&journal=-1":     "tokens 3001 3001 3000 1 sandbox, policies 60 20, journal 121 121 0 25",
		"?filter=TOKEN+1234&tokens=7": "tokens 3001 1 0 1 token 1234, policies <nil> <nil>, journal 121 0 0 0",
		"?filter=policy+59":           "tokens 3001 0 0 0 <nil>, policies 1 1, journal 121 0 0 0",
		"?filter=everyb":              "tokens 3001 0 0 0 <nil>, policies 60 20, journal 121 0 0 0",
		"?failures=1&journal=50":      "tokens 3001 3001 0 25 token 2999, policies 60 20, journal 121 120 50 25",
		"?failures=1&filter=whoami":   "tokens 3001 0 0 0 <nil>, policies <nil> <nil>, journal 121 0 0 0",
	} {
		a := api.do("GET", overview+query, nil)
		list := func(name string) string {
			rows, _ := at(a.object, name, "rows").([]any)
			return fmt.Sprint(at(a.object, name, "total"), " ", at(a.object, name, "matching"), " ", at(a.object, name, "from"), " ", len(rows))
		}
		policies := "<nil>"
		if list, ok := at(a.object, "personas", "rows", 0, "policies").([]any); ok {
			policies = fmt.Sprint(len(list))
		}
		got := fmt.Sprintf("tokens %s %v, policies %v %s, journal %s", list("tokens"), at(a.object, "tokens", "rows", 0, "name"),
			at(a.object, "personas", "rows", 0, "policy_count"), policies, list("journal"))
		if got != want {
			t.Errorf("%q gives %s\nwant %s", query, got, want)
		}
		if size := len(a.text); size > 32<<10 {
			t.Errorf("%q gives %d bytes", query, size)
		}
	}
}

func TestOverviewIsNotSentTwice(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	first := api.do("GET", overview, nil)
	tag := first.header.Get("ETag")
	if again := api.do("GET", overview, nil, "If-None-Match", tag); again.status != http.StatusNotModified || again.text != "" {
		t.Errorf("nothing has changed, but the answer is %d %s", again.status, again.text)
	}
	tenant.AddPersona("new")
	if changed := api.do("GET", overview, nil, "If-None-Match", tag); changed.status != http.StatusOK || changed.header.Get("ETag") == tag {
		t.Errorf("after a change the answer is %d", changed.status)
	}
}

// TestViewIsServed takes the page for what it is without a browser: whole, its own, and closed to everything else.
func TestViewIsServed(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{RateLimit: 1})
	if err := tenant.SetFaults([]sandbox.Fault{{Path: "*", Kind: sandbox.FaultDrop, Times: 99}}); err != nil {
		t.Fatal(err)
	}
	visitor := api.as("")
	page := visitor.do("GET", "/", nil)
	files := append(regexp.MustCompile(`(?:src|href)="(/[^"]+)"`).FindAllStringSubmatch(page.text, -1), []string{"", "/"})
	if len(files) < 6 {
		t.Fatalf("the page has few files: %v", files)
	}
	for _, f := range files {
		a := visitor.do("GET", f[1], nil)
		if a.status != 200 || a.text == "" {
			t.Errorf("%s answers %d", f[1], a.status)
		}
		if strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
			continue
		}
		csp := a.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none'; ") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s has the policy %q", f[1], csp)
		}
		text := strings.ReplaceAll(a.text, "http://www.w3.org/2000/svg", "")
		if elsewhere := regexp.MustCompile(`//[a-z0-9-]+(\.[a-z0-9-]+)+`).FindString(text); elsewhere != "" {
			t.Errorf("%s refers to %s", f[1], elsewhere)
		}
		if markup := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|style="|<script>`).FindString(a.text); markup != "" {
			t.Errorf("%s uses %s", f[1], markup)
		}
	}
	if a := visitor.do("GET", "/", nil, "Host", "tenant.example.com"); a.status != http.StatusForbidden {
		t.Errorf("the page is served under a foreign name: %d", a.status)
	}
	if a := visitor.do("HEAD", "/", nil); a.status != 200 || a.text != "" {
		t.Errorf("HEAD answers %d %q", a.status, a.text)
	}
	if len(tenant.Journal()) != 0 {
		t.Errorf("the page is in the journal: %v", tenant.Journal())
	}
}

func TestPagesFromElsewhereChangeNothing(t *testing.T) {
	t.Parallel()
	tenant, api := start(t, sandbox.Options{})
	tenant.AddPersona("stays")
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example.com"}, {"Origin", "null"},
	} {
		if a := api.as("").do("POST", "/_sandbox/reset", nil, headers...); a.status != http.StatusForbidden {
			t.Errorf("with %s the answer is %d %s", headers, a.status, a.text)
		}
	}
	if got := len(tenant.State().Personas); got != 1 {
		t.Errorf("there are %d personas", got)
	}
	if a := api.as("").do("POST", "/_sandbox/reset", nil, "Origin", api.base, "Sec-Fetch-Site", "same-origin"); a.status != http.StatusOK {
		t.Errorf("a page of the sandbox itself is refused: %d %s", a.status, a.text)
	}
}

// TestViewInBrowser looks at the page in a headless Chromium where there is one. What does not need a browser is tested
// above.
func TestViewInBrowser(t *testing.T) {
	t.Parallel()
	clk := newClock()
	tenant, _, api := demo(t, sandbox.Options{Now: clk.Now, RunTime: time.Minute})
	secrets := furnish(t, clk, tenant, api)
	dom, console := browse(t, api.base+"/?failures=1")
	for _, want := range []string{
		"<title>Atlan sandbox tenant</title>", `class="badge good">Live<`, "&lt;img src=x onerror=", "3 in all", ">expired<", ">Data Assets<",
		"Policies of Data Assets", "persona-asset-read", "data_engineers", "$admin", ">Prod crawl<", "took 1m0s", "1 of 3", "?verbose=&lt;b&gt;", ">401<",
	} {
		if !strings.Contains(dom, want) {
			t.Errorf("the page does not show %s", want)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(dom, secret) {
			t.Errorf("the page has the secret that begins with %.8s", secret)
		}
	}
	if strings.Contains(console, "CONSOLE") {
		t.Errorf("the browser complains: %s", console)
	}
	narrowed, _ := browse(t, api.base+"/?filter=prod")
	if !strings.Contains(narrowed, ">Prod crawl<") || !strings.Contains(narrowed, "1 of 2") || strings.Contains(narrowed, ">development<") {
		t.Error("the filter of the address does not narrow the page")
	}
}

// TestViewInBrowserIsLive opens the page of an empty tenant, which gets its first persona after the page has been drawn.
func TestViewInBrowserIsLive(t *testing.T) {
	t.Parallel()
	tenant, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == overview && asked.Add(1) == 2 {
			tenant.AddPersona("Latecomer")
		}
		tenant.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	dom, _ := browse(t, server.URL+"/")
	for _, want := range []string{">Latecomer<", "No requests yet.", `<details id="start" open="">`, ">" + server.URL + "<"} {
		if !strings.Contains(dom, want) {
			t.Errorf("the page does not show %s", want)
		}
	}
}

// browse returns the page as the browser has it after some seconds, by the browser's own clock, and what it logged.
func browse(t *testing.T, url string) (dom, console string) {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}
	i := slices.IndexFunc(names, func(name string) bool { _, err := exec.LookPath(name); return err == nil })
	if i < 0 {
		t.Skip("there is no Chromium on the PATH")
	}
	args := []string{
		"--headless", "--dump-dom", "--virtual-time-budget=5000", "--enable-logging=stderr", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + t.TempDir(),
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium's own cannot be had by root
	}
	var stderr strings.Builder
	cmd := exec.CommandContext(t.Context(), names[i], append(args, url)...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", names[i], err, &stderr)
	}
	return string(out), stderr.String()
}
