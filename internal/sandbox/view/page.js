// The page of the sandbox tenant. It asks for the overview every other second and rebuilds the lists that have changed.
// Everything from the tenant becomes a text node: a name cannot turn into markup.
"use strict";

const everyMs = 2000;
const byId = (id) => document.getElementById(id);

// What is asked for: kept in the address, so that it survives a reload and can be passed on.
const asked = new URLSearchParams(location.search);
const opened = new Map(); // which policies somebody has opened or closed, by persona
let paused = false, tag = "", shown = {}, last = null, timer = 0, request = null;

function element(name, properties, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) e.setAttribute(key, value === true ? "" : value);
  }
  e.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== ""));
  return e;
}

const plural = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many || one + "s");
const time = (iso) => element("time", { datetime: iso }, iso.replace("T", " ").replace("Z", ""));
const named = (name, id) => [element("strong", {}, name), id ? element("span", { class: "id mono" }, id) : ""];
const quiet = (...text) => element("span", { class: "quiet" }, text);
const badge = (text, kind) => element("span", { class: "badge " + (kind || "") }, text);
const list = (items) => element("ul", {}, items.map((i) => element("li", {}, i)));
const orDash = (content) => (content && content.length !== 0 ? content : quiet("–"));
const cell = (kind, ...content) => element("td", { class: kind || undefined }, content);
const mono = (text) => element("span", { class: "mono" }, text);
const status = (s) => badge(s, { active: "good", deleted: "bad", disabled: "wait" }[s]);
const runStatus = (s) => badge(s, { Succeeded: "good", Failed: "bad", Stopped: "bad", Terminated: "bad", Running: "wait", Pending: "wait" }[s]);
const more = (rows, total, what) => (total > rows ? quiet(`and ${plural(total - rows, what)} more`) : "");
const members = (of) => orDash(of.member_count ? list([...of.members.map((m) => [quiet((m.as ? m.as + " " : "") + m.kind + " "), m.name]),
  more(of.members.length, of.member_count, "member")].filter(Boolean)) : "");

// Rows of the tables; "below" is a row of its own under the cells.
const rows = {
  tokens: (k) => ({ gone: k.expired, cells: [
    cell("wide", named(k.name, k.client_id)), cell("short", mono(k.guid)), cell("", orDash(k.personas.length ? list(k.personas) : "")),
    cell("time", time(k.created), element("span", { class: "id" }, "by " + k.creator)), cell("time", time(k.expires)),
    cell("short", badge(k.expired ? "expired" : "valid", k.expired ? "bad" : "good"))] }),
  personas: (p, total) => ({ gone: p.status === "deleted", below: policies(p, total), cells: [
    cell("wide", named(p.name, p.qualified_name)), cell("short", mono(p.guid)), cell("", members(p)), cell("short", status(p.status))] }),
  connections: (c) => ({ gone: c.status === "deleted", cells: [
    cell("wide", named(c.name, c.qualified_name)), cell("", orDash(c.connector)), cell("short", mono(c.guid)), cell("", members(c)),
    cell("short", status(c.status))] }),
  collections: (c) => ({ gone: c.status === "deleted", cells: [
    cell("wide", named(c.name, c.qualified_name)), cell("short", mono(c.guid)), cell("", members(c)), cell("short", status(c.status))] }),
  workflows: (w) => ({ gone: w.archived, cells: [
    cell("wide", named(w.name, w.id === w.name ? "" : w.id)), cell("", quiet(w.family + " "), w.of), cell("", w.owner),
    cell("", orDash(w.schedule && mono(w.schedule))), cell("wide", runs(w)),
    cell("short", w.archived ? badge("archived", "bad") : badge("active", "good"))] }),
  journal: (r) => ({ cells: [
    cell("time", time(r.at.slice(0, 19) + "Z")), cell("short", element("strong", {}, r.method)),
    cell("wide", mono([r.path, r.query ? quiet("?" + r.query) : ""])),
    cell("short", r.status === 0 ? badge("no answer", "bad") : badge(String(r.status), r.status >= 400 ? "bad" : "good")), cell("", orDash(r.actor))] }),
};

const lists = [
  { id: "tokens", title: "API tokens", columns: ["Name", "GUID", "Personas", "Created", "Expires", "State"],
    empty: "No API tokens. The sandbox’s own was deleted: POST /_sandbox/reset brings it back." },
  { id: "personas", title: "Personas and policies", columns: ["Name", "GUID", "Members", "State"], empty: "No personas yet." },
  { id: "connections", title: "Connections", columns: ["Name", "Connector", "GUID", "Admins", "State"], empty: "No connections yet. A sandbox that starts with -seed demo has two." },
  { id: "collections", title: "Query collections", columns: ["Name", "GUID", "Members", "State"], empty: "No query collections yet." },
  { id: "workflows", title: "Workflows and runs", columns: ["Name", "Made from", "Owner", "Schedule", "Newest runs", "State"], empty: "No workflows yet." },
  { id: "journal", title: "Request journal", columns: ["Time", "Method", "Path", "Status", "Actor"], empty: "No requests yet." },
];

function policies(p, total) {
  if (p.policy_count === 0) return null;
  const open = opened.has(p.guid) ? opened.get(p.guid) : total <= 5;
  const head = element("tr", {}, ["Policy", "Kind", "Effect", "Actions", "On"].map((c) => element("th", { scope: "col" }, c)));
  const body = p.policies.map((x) => element("tr", {},
    cell("wide", named(x.name, x.guid)),
    cell("short", x.kind),
    cell("short", badge(x.enabled ? x.effect : x.effect + ", off", x.effect === "deny" ? "bad" : x.enabled ? "good" : "wait")),
    cell("", x.actions.join(", ")),
    cell("wide mono", list([...x.on, more(x.on.length, x.on_count, "asset")].filter(Boolean)))));
  const details = element("details", { open, ontoggle: () => opened.set(p.guid, details.open) },
    element("summary", { "data-key": p.guid }, plural(p.policy_count, "policy", "policies")),
    element("table", { "aria-label": "Policies of " + p.name }, element("thead", {}, head), element("tbody", {}, body)),
    p.policy_count > p.policies.length ? element("p", { class: "quiet" }, `The first ${p.policies.length} of ${p.policy_count.toLocaleString("en")}; the filter finds the others.`) : "");
  return details;
}

function runs(w) {
  if (w.run_count === 0) return quiet("never ran");
  return list([...w.runs.map((r) => [runStatus(r.status), " ", time(r.started), r.took ? " took " + r.took : "", r.message ? element("span", { class: "id" }, r.message) : ""]),
    more(w.runs.length, w.run_count, "run")].filter(Boolean));
}

function pager(l, data) {
  const first = data.from + 1, end = data.from + data.rows.length;
  if (data.matching <= data.rows.length) return [];
  const go = (from, key, text) => element("button", { type: "button", "data-key": key, disabled: from === null, onclick: () => ask(l.id, from) }, text);
  return [element("span", { class: "count" }, `${first.toLocaleString("en")}–${end.toLocaleString("en")}`),
    go(data.from > 0 ? Math.max(0, data.from - data.page) : null, l.id + "-previous", "Previous"),
    go(end < data.matching ? end : null, l.id + "-next", "Next")];
}

function section(l, data) {
  const count = data.matching === data.total ? `${data.total.toLocaleString("en")} in all` : `${data.matching.toLocaleString("en")} of ${data.total.toLocaleString("en")}`;
  const tools = pager(l, data);
  if (l.id === "journal") {
    const on = asked.get("failures") === "1";
    tools.unshift(element("button", { type: "button", "data-key": "failures", "aria-pressed": String(on), onclick: () => ask("failures", on ? "" : "1") }, "Failures only"));
  }
  const head = element("div", { class: "head" }, element("h2", { id: l.id + "-title" }, l.title), element("span", { class: "count" }, count), element("div", { class: "tools" }, tools));
  if (data.rows.length === 0) {
    return [head, element("p", { class: "empty" }, data.total === 0 ? l.empty : "Nothing that the filter lets pass.")];
  }
  const body = data.rows.flatMap((r) => {
    const row = rows[l.id](r, data.matching);
    const main = element("tr", { class: row.gone ? "gone" : undefined }, row.cells);
    return row.below ? [main, element("tr", { class: "policies" }, element("td", { colspan: row.cells.length }, row.below))] : [main];
  });
  return [head, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": l.id + "-title", "data-key": l.id + "-scroll" },
    element("table", { "aria-labelledby": l.id + "-title" },
      element("thead", {}, element("tr", {}, l.columns.map((c) => element("th", { scope: "col" }, c)))), element("tbody", {}, body)))];
}

// draw replaces only the lists that have changed, and gives the focus back to what had it.
function draw(data) {
  for (const l of lists) {
    const text = JSON.stringify(data[l.id]) + (l.id === "journal" ? asked.get("failures") : "");
    if (shown[l.id] === text) continue;
    shown[l.id] = text;
    const place = byId(l.id), focused = place.contains(document.activeElement) && document.activeElement.dataset.key;
    const scrolled = place.querySelector(".scroll")?.scrollLeft || 0;
    place.replaceChildren(...section(l, data[l.id]));
    if (place.querySelector(".scroll")) place.querySelector(".scroll").scrollLeft = scrolled;
    if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    byId("nav-" + l.id).textContent = data[l.id].total.toLocaleString("en");
  }
  byId("notes").hidden = data.notes.length === 0;
  byId("notes").replaceChildren(...data.notes.map((n) => element("li", {}, n)));
}

function say(text, kind) {
  const s = byId("status");
  if (s.textContent !== text) s.textContent = text;
  s.className = "badge " + kind;
}

async function load() {
  clearTimeout(timer);
  request?.abort();
  const mine = (request = new AbortController());
  try {
    const answer = await fetch("/_sandbox/overview?" + asked, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store", signal: mine.signal });
    if (answer.status === 200) {
      const data = await answer.json();
      if (last === null && data.journal.total === 0) byId("start").open = true;
      last = data;
      tag = answer.headers.get("ETag") || "";
      draw(data);
    } else if (answer.status !== 304) throw new Error("status " + answer.status);
    say(paused ? "Paused" : "Live", paused ? "wait" : "good");
  } catch (error) {
    if (mine.signal.aborted) return;
    say("Not reachable: trying again", "bad");
    console.warn(error);
  }
  if (mine === request && !paused && !document.hidden) timer = setTimeout(load, everyMs);
}

function ask(key, value) {
  if (value) asked.set(key, value);
  else asked.delete(key);
  if (key === "filter" || key === "failures") for (const l of lists) asked.delete(l.id);
  history.replaceState(null, "", (asked.size ? "?" + asked : location.pathname) + location.hash);
  tag = "";
  load();
}

byId("address").textContent = location.origin;
byId("start-address").textContent = location.origin;
byId("nav").append(...lists.map((l) => element("a", { href: "#" + l.id }, l.title + " ", element("b", { id: "nav-" + l.id }, ""))));
byId("sections").append(...lists.map((l) => element("section", { id: l.id, "aria-labelledby": l.id + "-title" })));
byId("filter").value = asked.get("filter") || "";
byId("filter").addEventListener("input", () => ask("filter", byId("filter").value));
byId("filters").addEventListener("submit", (e) => e.preventDefault());
byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  load();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden && !paused) load(); });
load();
