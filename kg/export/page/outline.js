// The topic tree as a list that opens and closes, in step with the map; rows are made only when they are seen.
(() => {
  const { el, t, words } = kg;
  const MANY = 150;
  const OUTSIDE = -2;

  /** Subtopics and papers by topic, the papers outside, and how many papers lie below. */
  const tree = {
    /** @type {Map<number, number[]>} */ children: new Map(),
    /** @type {number[]} */ roots: [],
    /** @type {number[]} */ outside: [],
    papers: new Uint32Array(0),
    ready: false,
  };
  /** @type {HTMLElement | null} */
  let current = null;
  let typed = "", typedAt = 0;

  function build() {
    if (tree.ready) return;
    tree.ready = true;
    const { n, m, kind, source, target, parent, isTopic, type } = kg.data;
    const filed = kg.kindIndex("hasTopic"), paper = kg.typeIndex("Paper");
    tree.papers = new Uint32Array(n);
    const add = (/** @type {number} */ above, /** @type {number} */ i) => {
      const list = tree.children.get(above);
      if (!list) tree.children.set(above, [i]);
      else if (list[list.length - 1] !== i) list.push(i);
    };
    for (let i = 0; i < n; i += 1) {
      if (!isTopic(i)) continue;
      if (parent[i] >= 0) add(parent[i], i);
      else tree.roots.push(i);
    }
    const stamp = new Int32Array(n).fill(-1);
    const inTree = new Uint8Array(n);
    /** @type {Map<number, number[]>} */
    const topicsOf = new Map();
    for (let j = 0; j < m; j += 1) {
      if (kind[j] !== filed || !isTopic(target[j])) continue;
      if (!topicsOf.has(source[j])) topicsOf.set(source[j], []);
      topicsOf.get(source[j])?.push(target[j]);
    }
    for (const [i, topics] of topicsOf) {
      for (const topic of topics) {
        add(topic, i);
        for (let up = topic; up >= 0 && stamp[up] !== i; up = parent[up]) { stamp[up] = i; tree.papers[up] += 1; }
      }
      inTree[i] = 1;
    }
    for (let i = 0; i < n; i += 1) if (type[i] === paper && !inTree[i]) tree.outside.push(i);
  }

  /** By name, topics before papers. @param {number[]} list */
  function sorted(list) {
    const { compare } = new Intl.Collator(kg.state.get().language, { numeric: true });
    return [...list].sort((a, b) => Number(kg.data.isTopic(b)) - Number(kg.data.isTopic(a)) || compare(kg.name(a), kg.name(b)) || a - b);
  }

  /** @param {number} i */
  const below = (i) => (i === OUTSIDE ? tree.outside : tree.children.get(i) ?? []);

  /** @param {number} i @param {number} level @param {number} place @param {number} size */
  function item(i, level, place, size) {
    const inner = below(i).length > 0;
    const topic = i === OUTSIDE || kg.data.isTopic(i);
    const count = i === OUTSIDE ? tree.outside.length : topic ? tree.papers[i] : 0;
    const name = i === OUTSIDE ? t("outside") : kg.name(i);
    const row = el("div", { class: "leaf" },
      el("span", { class: "twist", "aria-hidden": "true" }, inner ? "›" : ""),
      i === OUTSIDE ? null : kg.icon(kg.data.type[i]), el("span", { class: "name" }, words(kg.clip(name, 200))),
      count ? el("span", { class: "count" }, kg.number(count)) : null);
    row.style.paddingInlineStart = `${(level - 1) * 14}px`;
    const made = el("li", { role: "treeitem", "aria-level": level, "aria-setsize": size, "aria-posinset": place + 1, tabindex: "-1", "data-i": i,
      "aria-expanded": inner ? "false" : undefined, "aria-selected": "false", class: i === OUTSIDE || kg.state.visible(i) ? "" : "off",
      "aria-label": count ? t("papersIn", { name: kg.clean(name), n: count }) : undefined }, row);
    return made;
  }

  /** Puts the next rows of a list into the page. @param {HTMLElement} group @param {number[]} list @param {number} level @param {number} [from] */
  function fill(group, list, level, from = 0) {
    const end = list.length - from <= MANY * 1.2 ? list.length : from + MANY;
    for (let place = from; place < end; place += 1) group.append(item(list[place], level, place, list.length));
    if (end >= list.length) return;
    const rest = el("div", { class: "leaf" }, el("span", { class: "twist" }), el("span", { class: "name soft" }, t("more", { n: list.length - end })));
    rest.style.paddingInlineStart = `${(level - 1) * 14}px`;
    const more = el("li", { role: "treeitem", "aria-level": level, tabindex: "-1", "aria-selected": "false", class: "rest" }, rest);
    more.fillRest = () => { more.remove(); fill(group, list, level, end); return group.children[end]; };
    group.append(more);
  }

  /** @param {any} node */
  const number = (node) => Number(node?.dataset.i);

  /** @param {HTMLElement} node @param {boolean} on */
  function open(node, on) {
    if (!node.hasAttribute("aria-expanded") || (node.getAttribute("aria-expanded") === "true") === on) return;
    node.setAttribute("aria-expanded", String(on));
    let group = /** @type {HTMLElement | null} */ (node.querySelector(":scope > ul"));
    if (on && !group) {
      group = /** @type {HTMLElement} */ (el("ul", { role: "group" }));
      fill(group, sorted(below(number(node))), Number(node.getAttribute("aria-level")) + 1);
      node.append(group);
    }
    if (group) group.hidden = !on;
  }

  /** @returns {HTMLElement[]} */
  const seen = () => [...kg.$("tree").querySelectorAll("[role=treeitem]")].filter((node) => !node.parentElement.closest("[hidden]"));

  /** @param {HTMLElement | null | undefined} node @param {boolean} [focus] */
  function visit(node, focus = true) {
    if (!node) return;
    current?.setAttribute("tabindex", "-1");
    current = node;
    node.setAttribute("tabindex", "0");
    if (focus) node.focus({ preventScroll: true });
    node.firstElementChild?.scrollIntoView({ block: "nearest" });
  }

  /** @param {any} node */
  function act(node) {
    if (node.fillRest) { visit(node.fillRest()); return; }
    if (number(node) === OUTSIDE) open(node, node.getAttribute("aria-expanded") !== "true");
    else kg.choose(number(node));
  }

  /** Leaves only what lies in a topic, or everything again. @param {HTMLElement} node */
  function only(node) {
    const i = number(node);
    if (i < 0 || !kg.data.isTopic(i)) return;
    kg.state.set({ topic: kg.state.get().topic === i ? -1 : i }, { push: true });
    kg.map.centre(i);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
    const rows = seen();
    const at = rows.indexOf(current);
    const expanded = current.getAttribute("aria-expanded");
    const parent = /** @type {HTMLElement | null} */ (current.parentElement?.closest("[role=treeitem]") ?? null);
    if (event.key === "ArrowDown") visit(rows[at + 1]);
    else if (event.key === "ArrowUp") visit(rows[at - 1]);
    else if (event.key === "Home") visit(rows[0]);
    else if (event.key === "End") visit(rows[rows.length - 1]);
    else if (event.key === "ArrowRight") { if (expanded === "false") open(current, true); else if (expanded) visit(rows[at + 1]); }
    else if (event.key === "ArrowLeft") { if (expanded === "true") open(current, false); else visit(parent); }
    else if (event.key === "Enter" && event.shiftKey) only(current);
    else if (event.key === "Enter" || event.key === " ") act(current);
    else if (event.key === "*") for (const node of current.parentElement?.children ?? []) open(/** @type {HTMLElement} */ (node), true);
    else if (event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) typeAhead(event.key, rows, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} char @param {HTMLElement[]} rows @param {number} at */
  function typeAhead(char, rows, at) {
    const now = performance.now();
    typed = now - typedAt < 700 ? typed + kg.fold(char) : kg.fold(char);
    typedAt = now;
    const from = typed.length > 1 ? at : at + 1;
    for (let k = 0; k < rows.length; k += 1) {
      const node = rows[(from + k) % rows.length];
      const i = number(node);
      if (kg.fold(i === OUTSIDE ? t("outside") : kg.name(i)).startsWith(typed)) { visit(node); return; }
    }
  }

  /** Opens the way to a node and marks it. @param {number} i @param {boolean} [focus] */
  function reveal(i, focus = false) {
    for (const node of kg.$("tree").querySelectorAll("[aria-selected=true]")) node.setAttribute("aria-selected", "false");
    if (i < 0) return;
    const way = [i];
    for (let up = kg.data.parent[i]; up >= 0 && way.length < 60; up = kg.data.parent[up]) way.unshift(up);
    if (tree.outside.includes(way[0])) way.unshift(OUTSIDE);
    let group = kg.$("tree");
    /** @type {any} */
    let node = null;
    for (const step of way) {
      const child = () => [...group.children].find((/** @type {any} */ one) => number(one) === step);
      while (!child() && group.lastElementChild?.fillRest) group.lastElementChild.fillRest();
      node = child();
      if (!node) return;
      if (step !== i) {
        open(node, true);
        group = node.querySelector(":scope > ul");
        if (!group) return;
      }
    }
    node.setAttribute("aria-selected", "true");
    visit(node, focus);
  }

  function draw() {
    build();
    const list = sorted(tree.roots);
    if (tree.outside.length) list.push(OUTSIDE);
    const root = el("ul", { id: "tree", role: "tree", "aria-label": t("tree"), keydown: key, click: (/** @type {MouseEvent} */ event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const node = /** @type {HTMLElement | null} */ (target.closest("[role=treeitem]"));
      if (!node) return;
      visit(node);
      if (event.altKey) { only(node); return; }
      if (target.closest(".twist") && node.hasAttribute("aria-expanded")) open(node, node.getAttribute("aria-expanded") !== "true");
      else { open(node, true); act(node); }
    } });
    kg.$("outline").replaceChildren(el("h2", { class: "visually-hidden" }, t("outline")), root, el("p", { class: "soft tip" }, t("outlineTip")));
    current = null;
    fill(root, list, 1);
    visit(/** @type {HTMLElement} */ (root.firstElementChild), false);
    reveal(kg.state.get().selected);
  }

  /** Rows that a filter hides fade. */
  function fade() {
    for (const node of kg.$("tree").querySelectorAll("[role=treeitem]")) {
      const i = number(node);
      if (i >= 0) node.classList.toggle("off", !kg.state.visible(i));
    }
  }

  /** Drawn when it is first looked at. */
  function show() {
    if (!kg.$("tree")) draw();
    else reveal(kg.state.get().selected);
  }

  function start() {
    kg.state.on((state, changed) => {
      if (!kg.$("tree")) return;
      if (changed.has("language")) draw();
      else if (changed.has("selected") && !kg.$("outline").hidden) reveal(state.selected);
      if (["hiddenTypes", "topic", "from", "to"].some((key) => changed.has(key))) fade();
    });
  }

  kg.outline = { start, show, reveal, focus: () => (current ?? kg.$("tree"))?.focus() };
})();
