// An answer as a table: IRIs short and followed to what is said of them here, numbers to the right.
import { el, known, t } from "./dom.js";

/** @typedef {{ type: string, value: any, datatype?: string, "xml:lang"?: string }} Term */
/** @typedef {{ head: { vars: string[] }, results: { bindings: Record<string, Term>[] }, boolean?: boolean }} Answer */

const AT_ONCE = 300;
const NUMBERS = /#(?:integer|decimal|double|float)$/;

/** An IRI as people write it. @param {string} iri */
export function short(iri) {
  for (const [prefix, namespace] of Object.entries(known.prefixes)) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && /^[\p{L}\p{N}_.-]+$/u.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

/** @param {Term} term @returns {string} */
function spelled(term) {
  if (term.type !== "triple") return String(term.value);
  return `<< ${["subject", "predicate", "object"].map((part) => spelled(term.value[part])).join(" ")} >>`;
}

/** Short texts stay on a line, long ones may break anywhere. @param {string} text */
const size = (text) => (text.length > 40 ? "long" : text.length <= 18 ? "short" : undefined);

/** @param {Term | undefined} term */
function cell(term) {
  if (!term) return el("td", { class: "unbound" });
  if (term.type === "uri") {
    const followed = /^[a-z][a-z0-9+.-]*:/i.test(term.value);
    return el("td", { class: size(short(term.value)) }, followed ? el("a", { href: `/node?iri=${encodeURIComponent(term.value)}`, title: term.value }, el("bdi", {}, short(term.value))) : term.value);
  }
  if (term.type === "literal" && NUMBERS.test(term.datatype ?? "")) return el("td", { class: "number" }, term.value);
  if (term.type === "bnode") return el("td", { class: "soft" }, `_:${term.value}`);
  return el("td", { dir: "auto", class: size(spelled(term)) }, spelled(term), term["xml:lang"] && el("small", {}, ` @${term["xml:lang"]}`));
}

/** @param {Answer} answer @param {Record<string, string>} headings @returns {HTMLElement} */
export function table(answer, headings) {
  const rows = answer.results.bindings;
  const { vars } = answer.head;
  const right = new Set(vars.filter((name) => rows.length && rows.every((row) => !row[name] || NUMBERS.test(row[name].datatype ?? ""))));
  const body = el("tbody");
  const made = el(
    "div", { class: "scroll" },
    el(
      "table", {},
      el("thead", {}, el("tr", {}, ...vars.map((name) => el("th", { scope: "col", class: right.has(name) ? "number" : undefined, title: `?${name}` }, headings[name] ?? name)))),
      body,
    ),
  );
  let shown = 0;
  const more = el("button", { class: "more", type: "button", click: () => add() });
  function add() {
    body.append(...rows.slice(shown, shown + AT_ONCE).map((row) => el("tr", {}, ...vars.map((name) => cell(row[name])))));
    shown = Math.min(rows.length, shown + AT_ONCE);
    more.textContent = t("more_rows", { n: Math.min(AT_ONCE, rows.length - shown) });
    more.hidden = shown >= rows.length;
  }
  add();
  made.append(more);
  return made;
}
