// The query page: questions to begin with, an editor, and the answer as a table, CSV, JSON or RDF.
import { byId, el, known, t } from "./dom.js";
import { editor } from "./editor.js";
import { short, table } from "./table.js";

/** @typedef {{ label: string, media: string }} Tab */

/** @type {Tab[]} */
const ROWS = [
  { label: t("table"), media: "" },
  { label: "CSV", media: "text/csv" },
  { label: "JSON", media: "application/sparql-results+json" },
];
/** @type {Tab[]} */
const TRIPLES = [
  { label: "Turtle", media: "text/turtle" },
  { label: "JSON-LD", media: "application/ld+json" },
  { label: "N-Triples", media: "application/n-triples" },
];
/** @type {Record<string, string>} */
const SUFFIX = { "text/csv": "csv", "application/sparql-results+json": "srj", "text/turtle": "ttl", "application/ld+json": "jsonld", "application/n-triples": "nt" };
const KEPT = "kg-query";

const [status, tabs, actions, result] = ["status", "tabs", "actions", "result"].map(byId);
/** @type {AbortController | null} */
let running = null;
/** What was asked last, and its answers by media type. @type {{ query: string, answers: Map<string, string>, columns: Record<string, string> }} */
let last = { query: "", answers: new Map(), columns: {} };
/** @type {import("./dom.js").Question | null} */
let chosen = null;

// -- questions ---------------------------------------------------------------

const fold = (/** @type {string} */ text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/đ/g, "d");

function list() {
  const sought = fold(byId("find").value).split(/\s+/).filter(Boolean);
  const found = known.questions.filter(({ name, title, about }) => sought.every((word) => fold(`${name} ${title} ${about}`).includes(word)));
  byId("list").replaceChildren(
    ...found.map((question) =>
      el("li", {}, el("button", { class: "view", type: "button", title: question.about, "aria-pressed": String(question === chosen), click: () => choose(question) }, question.title))),
  );
  byId("none").hidden = found.length > 0;
}

/** @param {import("./dom.js").Question} question */
function choose(question) {
  editor.set(question.sparql);
  describe(question);
  run();
}

/** @param {import("./dom.js").Question | null} question */
function describe(question) {
  chosen = question;
  byId("title").textContent = question ? question.title : t("ask_title");
  byId("about").textContent = question ? question.about : t("ask_about");
  for (const button of byId("list").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.textContent === question?.title));
}

// -- asking --------------------------------------------------------------------

/** @param {string} query @param {string} accept @param {AbortSignal} [signal] */
const post = (query, accept, signal) =>
  fetch("/sparql", { method: "POST", body: query, signal, headers: { "Content-Type": "application/sparql-query", Accept: `${accept}, application/problem+json;q=0.1`, Prefer: "handling=strict" } });

async function run() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const query = editor.get();
  sessionStorage.setItem(KEPT, query);
  history.replaceState(null, "", `/sparql?query=${encodeURIComponent(query)}`);
  if (location.href.length > 60_000) history.replaceState(null, "", "/sparql");
  byId("stop").hidden = false;
  say(t("running"), "busy");
  const began = performance.now();
  try {
    const response = await post(query, "application/sparql-results+json, text/turtle;q=0.9", mine.signal);
    const text = await response.text();
    if (running !== mine) return;
    if (response.ok) answered(query, response, text, Math.round(performance.now() - began));
    else problem(response, text);
  } catch (error) {
    if (running === mine) fail(error instanceof DOMException && error.name === "AbortError" ? t("stopped") : t("unreachable"));
  } finally {
    if (running === mine) {
      running = null;
      byId("stop").hidden = true;
    }
  }
}

/** @param {string} query @param {Response} response @param {string} text @param {number} ms */
function answered(query, response, text, ms) {
  const media = (response.headers.get("Content-Type") ?? "").split(";")[0];
  last = { query, answers: new Map([[media, text]]), columns: chosen?.columns ?? {} };
  const parsed = media.endsWith("json") ? JSON.parse(text) : null;
  const count = parsed?.results?.bindings.length;
  const said = count === undefined ? t("done", { ms }) : count === 0 ? t("no_rows", { ms }) : count === 1 ? t("row", { ms }) : t("rows", { n: count, ms });
  const cut = response.headers.has("X-SPARQL-MaxRows");
  say(said + (cut ? ` – ${t("cut")}` : ""), cut ? "cut" : "");
  show(parsed?.boolean === undefined ? (parsed ? ROWS : TRIPLES) : [{ label: t("results"), media: "" }, ROWS[2]], 0);
}

/** @param {Tab[]} choice @param {number} at */
async function show(choice, at) {
  const { media, label } = choice[at];
  tabs.replaceChildren(
    ...choice.map((tab, k) =>
      el("button", { role: "tab", type: "button", "aria-selected": String(k === at), tabindex: k === at ? "0" : "-1", click: () => show(choice, k), keydown: (/** @type {KeyboardEvent} */ event) => walk(event, choice, k) }, tab.label)),
  );
  const asked = last;
  let text = asked.answers.get(media || ROWS[2].media);
  if (text === undefined) {
    try {
      const response = await post(asked.query, media);
      text = await response.text();
      if (!response.ok) return void problem(response, text);
    } catch {
      return void fail(t("unreachable"));
    }
    asked.answers.set(media, text);
  }
  if (last !== asked) return;
  const answer = media ? null : JSON.parse(text);
  if (!answer) result.replaceChildren(el("pre", { class: "text" }, text));
  else if (answer.boolean !== undefined) result.replaceChildren(el("p", { class: "truth" }, t(answer.boolean ? "yes" : "no")));
  else result.replaceChildren(answer.results.bindings.length ? table(answer, asked.columns) : el("p", { class: "truth soft" }, "∅"));
  const whole = text;
  actions.replaceChildren(
    ...(media
      ? [
          el("button", { class: "button", type: "button", click: (/** @type {Event} */ event) => copy(event, whole) }, t("copy")),
          el("button", { class: "button", type: "button", click: () => save(whole, media) }, `${t("download")} ${label}`),
        ]
      : []),
  );
}

/** @param {KeyboardEvent} event @param {Tab[]} choice @param {number} at */
function walk(event, choice, at) {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!step) return;
  event.preventDefault();
  show(choice, (at + step + choice.length) % choice.length).then(() => tabs.querySelector("[aria-selected=true]")?.focus());
}

/** @param {string} text @param {string} media */
function save(text, media) {
  const address = URL.createObjectURL(new Blob([text], { type: media }));
  el("a", { href: address, download: `${chosen?.name ?? "answer"}.${SUFFIX[media]}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {Event} event @param {string} text */
async function copy(event, text) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = t("copied");
    setTimeout(() => { button.textContent = before; }, 1500);
  } catch {
    button.textContent = before;
  }
}

// -- what is said ----------------------------------------------------------------

/** @param {string} text @param {string} kind */
function say(text, kind) {
  status.textContent = text;
  status.className = kind;
}

/** @param {string} text */
function fail(text) {
  say(text, "bad");
  tabs.replaceChildren();
  actions.replaceChildren();
  result.replaceChildren();
}

/** @param {Response} response @param {string} text */
function problem(response, text) {
  fail(t("problem"));
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  const { title, line, column } = json ? JSON.parse(text) : { title: text.trim(), line: 0, column: 0 };
  const message = line ? title.replace(/^line \d+, column \d+: /, "") : title;
  result.replaceChildren(
    el(
      "div", { class: "problem", role: "alert" },
      line > 0 && el("p", { class: "where" }, t("place", { line, column }), " ", el("button", { class: "more", type: "button", click: () => editor.goTo(line, column) }, t("go_there"))),
      el("p", { dir: "auto" }, message),
    ),
  );
  if (line > 0) editor.mark(line, column);
}

// -- start -------------------------------------------------------------------------

byId("known").replaceChildren(
  ...Object.entries(known.prefixes).map(([prefix, namespace]) =>
    el("div", {}, el("dt", {}, el("button", { class: "more", type: "button", click: () => editor.insert(`${prefix}:`) }, `${prefix}:`)), el("dd", {}, namespace))),
);
byId("find").addEventListener("input", list);
byId("run").addEventListener("click", run);
byId("stop").addEventListener("click", () => running?.abort());
byId("link").addEventListener("click", (/** @type {Event} */ event) => copy(event, `${location.origin}/sparql?query=${encodeURIComponent(editor.get())}`));
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
list();
const given = new URLSearchParams(location.search).get("query");
const before = sessionStorage.getItem(KEPT);
const text = given ?? before ?? known.questions.find(({ name }) => name === "overview")?.sparql ?? "SELECT * {\n  ?s ?p ?o\n}\nLIMIT 10\n";
editor.set(text);
describe(known.questions.find(({ sparql }) => sparql.trim() === text.trim()) ?? null);
editor.onChange(() => {
  if (chosen && !editor.get().trim()) describe(null);
});
if (given) run();
document.documentElement.dataset.ready = "true";
