// The editor: a textarea over a painted copy of its text, line numbers, and the mark of a mistake.
import { byId, el } from "./dom.js";

const TOKEN = new RegExp(
  [
    /(?<comment>#[^\n]*)/u, /(?<iri><[^<>"{}|^`\s]*>)/u, /(?<string>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/u,
    /(?<variable>[?$][\p{L}\p{N}_]+)/u, /(?<prefixed>[\p{L}][\p{L}\p{N}_.-]*:[\p{L}\p{N}_:.%\\-]*|:[\p{L}\p{N}_-]+)/u, /(?<number>\b\d+(?:\.\d+)?\b)/u,
    /(?<word>[A-Za-z][A-Za-z_]*)/u, /(?<space>\s+)/u, /(?<other>[\s\S])/u,
  ].map((part) => part.source).join("|"),
  "gu",
);

const text = byId("text");
const paint = byId("paint");
const lines = byId("lines");
/** @type {{ line: number, column: number } | null} */
let mistake = null;
/** @type {(() => void)[]} */
const listeners = [];

/** Where a line and column (from 1, in characters) stand in a text. @param {string} value @param {number} line @param {number} column */
function offset(value, line, column) {
  const before = value.split("\n").slice(0, line - 1).join("\n");
  const row = value.split("\n")[line - 1] ?? "";
  return before.length + (line > 1 ? 1 : 0) + [...row].slice(0, column - 1).join("").length;
}

function draw() {
  const value = text.value;
  const at = mistake ? offset(value, mistake.line, mistake.column) : -1;
  const made = document.createDocumentFragment();
  for (const found of value.matchAll(TOKEN)) {
    const kind = Object.entries(found.groups ?? {}).find(([, part]) => part !== undefined)?.[0] ?? "other";
    const start = found.index ?? 0;
    const wrong = at >= start && at < start + found[0].length;
    if (kind === "space" && !wrong) made.append(found[0]);
    else made.append(el("span", { class: wrong ? `${kind} wrong` : kind }, found[0]));
  }
  if (mistake && at >= value.length) made.append(el("span", { class: "wrong end" }, " "));
  made.append("\n");
  paint.replaceChildren(made);
  const count = value.split("\n").length;
  lines.replaceChildren(...Array.from({ length: count }, (_, k) => el("span", { class: mistake?.line === k + 1 ? "wrong" : undefined }, String(k + 1))));
  follow();
}

function follow() {
  paint.style.setProperty("transform", `translate(${-text.scrollLeft}px, ${-text.scrollTop}px)`);
  lines.scrollTop = text.scrollTop;
}

function changed() {
  mistake = null;
  draw();
  for (const listener of listeners) listener();
}

/** Puts a text in the place of what is selected, so that it can be undone. @param {string} piece */
function insert(piece) {
  text.focus();
  if (!document.execCommand("insertText", false, piece)) text.setRangeText(piece, text.selectionStart, text.selectionEnd, "end");
  changed();
}

text.addEventListener("input", changed);
text.addEventListener("scroll", follow);
text.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && text.dataset.leaves !== "1") {
    event.preventDefault();
    insert("  ");
  }
  text.dataset.leaves = event.key === "Escape" ? "1" : ""; // Escape, then Tab leaves the editor
});

export const editor = {
  get: () => /** @type {string} */ (text.value),
  insert,
  /** @param {string} value */
  set(value) {
    text.value = value;
    text.scrollTop = 0;
    const height = value.split("\n").length * 21 + 28;
    byId("editor").style.setProperty("height", `${Math.min(Math.max(height, 120), innerHeight * 0.46)}px`);
    changed();
  },
  /** Marks the place of a mistake. @param {number} line @param {number} column */
  mark(line, column) {
    mistake = { line, column };
    draw();
  },
  /** Puts the caret there. @param {number} line @param {number} column */
  goTo(line, column) {
    const place = offset(text.value, line, column);
    text.focus();
    text.setSelectionRange(place, place);
    text.scrollTop = Math.max(0, (line - 4) * Number.parseFloat(getComputedStyle(text).lineHeight));
  },
  /** @param {() => void} listener */
  onChange: (listener) => listeners.push(listener),
};
