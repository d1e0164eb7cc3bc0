// The shortest path between two nodes over the relations that are shown: on the map, and as steps with their quotes.
(() => {
  const { el, t, words } = kg;

  /** From where a path is being chosen; -1 while none is. */
  let from = -1;

  /**
   * The edges of a shortest path, in order; null where there is none. Among paths of one length
   * the one over less connected nodes wins, for it tells more.
   * @param {number} a @param {number} b
   * @returns {number[] | null}
   */
  function shortest(a, b) {
    const { n, edgesAt, other } = kg.data;
    if (a === b) return [];
    const by = new Int32Array(n).fill(-1);
    const reached = new Uint8Array(n);
    reached[a] = 1;
    let front = [a];
    while (front.length && !reached[b]) {
      /** @type {number[]} */
      const next = [];
      front.sort((p, q) => edgesAt(p).length - edgesAt(q).length || p - q);
      for (const i of front) {
        for (const j of edgesAt(i)) {
          const to = other(j, i);
          if (reached[to] || !passable(j, to, a, b)) continue;
          reached[to] = 1;
          by[to] = j;
          next.push(to);
        }
      }
      front = next;
    }
    if (!reached[b]) return null;
    const found = [];
    for (let i = b; i !== a; i = other(by[i], i)) found.unshift(by[i]);
    return found;
  }

  /** The two ends may be hidden by a filter, what lies between may not. @param {number} j @param {number} to @param {number} a @param {number} b */
  const passable = (j, to, a, b) => !kg.state.get().hiddenKinds.has(kg.data.kind[j]) && (to === a || to === b || kg.state.visible(to));

  /** The nodes of a path, the first first. @param {number} a @param {number[]} edges */
  function nodesOf(a, edges) {
    const found = [a];
    for (const j of edges) found.push(kg.data.other(j, found[found.length - 1]));
    return found;
  }

  /** @param {number} j @param {number} a */
  function step(j, a) {
    const type = kg.data.edgeTypes[kg.data.kind[j]];
    const back = kg.data.source[j] !== a;
    const said = kg.proofs(j);
    return el("li", { class: "step" },
      el("p", { class: "by" }, kg.stroke(type, back), words(kg.reading(j, a)), el("small", {}, kg.strength(j))),
      ...(said.length ? kg.quotes(said.slice(0, 1)) : [el("p", { class: "soft" }, t("noQuote"))]),
      kg.nodeButton(kg.data.other(j, a)));
  }

  /** The path as a part of the panel. */
  function section() {
    const { selected: a, pathTo: b } = kg.state.get();
    const edges = shortest(a, b);
    const values = { a: kg.clean(kg.clip(kg.name(a), 80)), b: kg.clean(kg.clip(kg.name(b), 80)), n: edges?.length ?? 0 };
    const clear = el("button", { type: "button", class: "button", "data-action": "pathClear", click: () => kg.state.set({ pathTo: -1 }, { push: true }) }, t("pathClear"));
    if (!edges) {
      return el("section", { class: "steps" }, el("h3", {}, words(t("path"))), el("p", {}, t("pathNone", values)),
        el("div", { class: "actions" }, el("button", { type: "button", class: "button", "data-action": "pathAll", click: () => kg.state.set({ hiddenKinds: new Set(), hiddenTypes: new Set(), topic: -1, from: "", to: "" }, { push: true }) }, t("pathAll")), clear));
    }
    const nodes = nodesOf(a, edges);
    return el("section", { class: "steps" }, el("h3", {}, words(t("path"))), el("p", { class: "soft" }, t("pathSteps", values)),
      el("ol", { class: "rows" }, el("li", { class: "step" }, kg.nodeButton(a)), ...edges.map((j, place) => step(j, nodes[place]))),
      el("div", { class: "actions" }, clear));
  }

  /** Lets people choose the other end: by search, on the map, in the outline. */
  function pick() {
    from = kg.state.get().selected;
    if (from < 0) return;
    const name = kg.clean(kg.clip(kg.name(from), 60));
    kg.$("path").replaceChildren(el("div", { class: "picking" }, el("strong", {}, words(t("pathFrom", { name }))), el("span", { class: "soft" }, t("pathPick")),
      el("button", { type: "button", class: "button", click: () => {
        cancel();
        /** @type {HTMLElement | null} */ (document.querySelector("[data-action=pathTo]"))?.focus();
      } }, t("cancel"))));
    kg.search.pick(t("pathFrom", { name }), to);
    kg.announce(`${t("pathFrom", { name })} ${t("pathPick")}`);
  }

  /** @param {number} i */
  function to(i) {
    const a = from;
    cancel();
    kg.state.set({ selected: a, pathTo: i }, { push: true });
  }

  function cancel() {
    from = -1;
    kg.$("path").replaceChildren();
    kg.search.stop();
  }

  /** Emphasises the path on the map, and goes there. @param {boolean} move */
  function draw(move) {
    const { selected: a, pathTo: b } = kg.state.get();
    const edges = a >= 0 && b >= 0 ? shortest(a, b) : null;
    const nodes = edges && nodesOf(a, edges);
    kg.emphasise("path", nodes && new Set(nodes));
    if (!move || a < 0 || b < 0) return;
    if (nodes) kg.settled(() => kg.map.fitTo(nodes));
    const values = { a: kg.clip(kg.name(a), 80), b: kg.clip(kg.name(b), 80), n: edges?.length ?? 0 };
    kg.announce(t(edges ? "pathSteps" : "pathNone", values), 200);
  }

  function start() {
    kg.state.on((state, changed) => {
      if (from >= 0 && changed.has("selected")) {
        if (state.selected >= 0 && state.selected !== from) {
          const [a, b] = [from, state.selected];
          cancel();
          kg.state.set({ selected: a, pathTo: b });
          return;
        }
        cancel();
      }
      if (changed.has("selected") && !changed.has("pathTo") && state.pathTo >= 0) kg.state.set({ pathTo: -1 });
      else if (["selected", "pathTo", "hiddenKinds", "hiddenTypes", "topic", "from", "to"].some((key) => changed.has(key))) draw(changed.has("pathTo"));
    });
    if (kg.state.get().pathTo >= 0) draw(!kg.state.get().camera);
  }

  kg.path = { start, section, pick, cancel, shortest, isPicking: () => from >= 0 };
})();
