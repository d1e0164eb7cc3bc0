// What several regions need: rows that stand for nodes, quotes that prove, and who may emphasise what on the map.

(() => {
  const { el, t, words } = kg;

  /** @param {number} i */
  const nodeType = (i) => kg.data.nodeTypes[kg.data.type[i]];

  /** @param {number} i */
  const name = (i) => kg.data.label[i] || kg.data.id[i];

  /** @param {string} type */
  const typeIndex = (type) => kg.data.nodeTypes.findIndex((found) => found.name === type);

  /** @param {string} kind */
  const kindIndex = (kind) => kg.data.edgeTypes.findIndex((found) => found.name === kind);

  /**
   * What a relation is called when it is read from node `i`.
   * @param {number} j @param {number} i
   */
  function reading(j, i) {
    const kind = kg.data.edgeTypes[kg.data.kind[j]];
    return kg.say(kg.data.source[j] === i ? kind.label : kind.inverse) || kind.name;
  }

  /** How a node is chosen from a list: it is selected, and the map goes to it. @param {number} i */
  function choose(i) {
    kg.lift(i);
    kg.state.set({ selected: i }, { push: true });
    settled(() => kg.map.centre(i));
  }

  /**
   * A button that stands for a node: its type's shape, its name, and for a topic the one it lies in.
   * @param {number} i
   * @param {{note?: string, place?: boolean, onclick?: () => void}} [options]
   */
  function nodeButton(i, { note = "", place = true, onclick } = {}) {
    const type = nodeType(i);
    const above = place && type.name === "Topic" ? kg.data.parent[i] : -1;
    return el("button", { type: "button", class: "node", "data-node": kg.data.id[i], click: onclick ?? (() => choose(i)) },
      kg.icon(kg.data.type[i]),
      el("span", { class: "name" }, el("span", { class: "visually-hidden" }, `${kg.say(type.label)}: `), words(kg.clip(name(i), 300)),
        above >= 0 ? el("small", {}, t("inTopic", { name: kg.clean(name(above)) })) : null),
      note ? el("small", { class: "note" }, note) : null);
  }

  /**
   * How strongly a relation is said: "3 mentions · by name".
   * @param {number} j
   */
  function strength(j) {
    const notes = [];
    if (kg.data.mentions[j] > 1) notes.push(t("mentions", { n: kg.data.mentions[j] }));
    if (kg.data.basis[j] === 2) notes.push(t("byName"));
    return notes.join(" · ");
  }

  /**
   * Quotes with their places; what a quote is the heart of may stand around it.
   * @param {(Kg.Source & {around?: string[]})[]} sources
   */
  const quotes = (sources) => sources.map(({ file, line, quote, around = ["", ""] }) =>
    el("figure", { class: "quote" },
      el("blockquote", {}, el("bdi", { dir: "auto" }, kg.clean(around[0]), around.join("") ? el("mark", {}, kg.clean(quote)) : kg.clean(quote), kg.clean(around[1]))),
      el("figcaption", {}, words(`${file}:${line}`))));

  /**
   * Where an edge is said. A citation's own words are often a mere identifier: the sentence of its
   * node's texts in which they stand is put around them.
   * @param {number} j
   */
  function proofs(j) {
    /** @type {Map<string, number>} */
    const after = new Map();
    return kg.data.said(j).map((source) => {
      const { quote } = source;
      if (quote.length > 60) return source;
      for (const { name: key, value } of kg.data.texts(kg.data.source[j]).attributes) {
        if (typeof value !== "string" || value.length <= quote.length + 8) continue;
        const at = value.indexOf(quote, after.get(key + quote) ?? 0);
        if (at < 0) continue;
        after.set(key + quote, at + quote.length);
        return { ...source, around: sentence(value, at, at + quote.length) };
      }
      return source;
    });
  }

  /** What stands before and after a place in its sentence. @param {string} text @param {number} from @param {number} to */
  function sentence(text, from, to) {
    const before = text.slice(Math.max(0, from - 220), from), after = text.slice(to, to + 220);
    const start = Math.max(before.lastIndexOf("\n") + 1, ...[...before.matchAll(/[.!?…]["”’)\]]*\s+/g)].map((found) => found.index + found[0].length));
    const end = after.search(/[.!?…]["”’)\]]*(\s|$)|\n/);
    const cutStart = start === 0 && from > 220, cutEnd = end < 0 && text.length > to + 220;
    return [(cutStart ? "… " : "") + before.slice(cutStart ? before.indexOf(" ") + 1 : start).replace(/^\s*[*•-]\s+/, ""), (end < 0 ? after : after.slice(0, end + 1)) + (cutEnd ? " …" : "")];
  }

  /** Runs after the page has taken its new size, for what moves the map. @param {() => void} run */
  const settled = (run) => requestAnimationFrame(() => requestAnimationFrame(run));

  /**
   * A row for the node at the other end of edges, with the quotes that say so one click away.
   * @param {number} i  the node the list belongs to
   * @param {number[]} edges  all of one kind and direction, to one node
   */
  function relationRow(i, edges) {
    const other = kg.data.other(edges[0], i);
    const note = [...new Set(edges.map(strength))].filter(Boolean).join(" · ");
    const proof = el("div", { class: "proof", hidden: true });
    const open = el("button", {
      type: "button", class: "why", "aria-expanded": "false", "aria-label": t("why", { name: kg.clean(name(other)) }),
      title: t("why", { name: kg.clean(kg.clip(name(other), 60)) }),
      click() {
        proof.hidden = !proof.hidden;
        open.setAttribute("aria-expanded", String(!proof.hidden));
        if (proof.childElementCount) return;
        const said = edges.flatMap(proofs);
        proof.append(...(said.length ? quotes(said) : [el("p", { class: "soft" }, t("noQuote"))]));
      },
    }, "❝");
    return el("li", { class: kg.state.visible(other) ? "" : "off" }, el("div", { class: "row" }, nodeButton(other, { note, place: kg.data.parent[other] !== i }), open), proof);
  }

  /**
   * A list that shows its first rows and the rest on demand.
   * @template T
   * @param {T[]} items
   * @param {(item: T) => Node} row
   * @param {number} [many]
   * @param {string} [tag]
   */
  function list(items, row, many = 12, tag = "ul") {
    const made = el(tag, { class: "rows" });
    let shown = 0;
    const more = el("button", { type: "button", class: "more", click: () => {
      const first = shown;
      add(100);
      /** @type {HTMLElement | null} */ (made.children[first]?.querySelector("button"))?.focus();
    } });
    /** @param {number} count */
    function add(count) {
      const end = items.length - shown <= count + 2 ? items.length : shown + count;
      made.append(...items.slice(shown, end).map(row));
      shown = end;
      more.textContent = t("more", { n: items.length - shown });
      more.hidden = shown >= items.length;
    }
    add(many);
    return [made, more];
  }

  /**
   * The picture of a relation: a line with its head, dashed where the tool derived it.
   * @param {Kg.EdgeType} type
   * @param {boolean} [back]  read from its target to its source
   */
  function stroke(type, back = false) {
    const svg = (/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      return made;
    };
    const root = /** @type {SVGElement} */ (svg("svg", { viewBox: "0 0 22 10", class: type.derived ? "stroke derived" : "stroke", "aria-hidden": "true" }));
    root.style.setProperty("--stroke", type.colour);
    root.append(svg("line", { x1: back ? "7" : "1", y1: "5", x2: back ? "21" : "15", y2: "5" }), svg("polygon", { points: back ? "0,5 8,1 8,9" : "22,5 14,1 14,9" }));
    return root;
  }

  /** @type {Record<string, Set<number> | null>} */
  const wanted = { path: null, view: null, search: null };

  /**
   * Emphasises nodes on the map for one part of the interface; a path goes before a view, a view before a search.
   * @param {"path" | "view" | "search"} who
   * @param {Set<number> | null} nodes
   */
  function emphasise(who, nodes) {
    if (wanted[who] === nodes) return;
    wanted[who] = nodes;
    kg.map.emphasise(wanted.path ?? wanted.search ?? wanted.view);
  }

  Object.assign(kg, { nodeType, name, typeIndex, kindIndex, reading, choose, nodeButton, strength, quotes, proofs, settled, relationRow, list, stroke, emphasise });
})();
