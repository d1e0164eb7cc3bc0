// The neighbourhood of the selected node as a small live graph by vis-network, which starts when this first opens.
(() => {
  const { el, t, words } = kg;

  /** @type {any} */
  let network = null;
  /** @type {Map<number, number>} */
  let shown = new Map();
  /** @type {number[]} */
  let order = [];
  let cursor = -1;

  /** The node in the middle; -1 while the map is shown. */
  const centre = () => kg.state.get().focus;
  const isOpen = () => centre() >= 0;

  /** Where nodes start: in rings around the centre, always the same. */
  function places() {
    /** @type {Map<number, {x: number, y: number}>} */
    const found = new Map();
    for (let step = 0; step <= 3; step += 1) {
      const ring = [...shown].filter(([, at]) => at === step).map(([i]) => i);
      ring.sort((a, b) => kg.data.type[a] - kg.data.type[b] || a - b);
      const radius = step * Math.max(170, (ring.length * 40) / (2 * Math.PI * Math.max(1, step)));
      ring.forEach((i, place) => {
        const angle = (2 * Math.PI * place) / ring.length + step;
        found.set(i, { x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
      });
    }
    return found;
  }

  function options() {
    const calm = kg.calm();
    const own = kg.data.options && typeof kg.data.options === "object" ? kg.data.options : {};
    return {
      ...own, autoResize: true, groups: { useDefaultGroups: false }, layout: { improvedLayout: false, randomSeed: 7 },
      interaction: { hover: true, tooltipDelay: 200, zoomSpeed: 0.7, hideEdgesOnDrag: false },
      physics: {
        solver: "barnesHut", barnesHut: { gravitationalConstant: -9000, springLength: 150, springConstant: 0.045, avoidOverlap: 0.4, damping: 0.35 },
        minVelocity: 0.6, stabilization: { enabled: calm, iterations: 260, fit: true },
      },
    };
  }

  function draw() {
    const found = kg.near(centre(), kg.state.get().depth);
    shown = found.nodes;
    cursor = -1;
    header(found);
    const vis = kg.vis();
    if (!vis) { kg.$("focus-graph").replaceChildren(el("p", { class: "soft" }, t("focusMissing"))); return; }
    const at = places();
    const nodes = [...shown.keys()].map((i) => ({ ...kg.focusDraw.node(i, shown.get(i) ?? 1, () => cursor), ...at.get(i) }));
    order = [...shown.keys()].sort((a, b) => (shown.get(a) ?? 0) - (shown.get(b) ?? 0) || kg.data.type[a] - kg.data.type[b] || kg.name(a).localeCompare(kg.name(b)));
    network?.destroy();
    network = new vis.Network(kg.$("focus-graph"), { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(kg.focusDraw.lines(found.edges)) }, options());
    network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ pen) => { if (network) kg.focusDraw.names(pen, network, order, cursor); });
    network.on("click", (/** @type {any} */ event) => { if (event.nodes.length) select(event.nodes[0]); });
    network.on("doubleClick", (/** @type {any} */ event) => { if (event.nodes.length) recentre(event.nodes[0]); });
    network.on("hoverNode", () => kg.$("focus-graph").classList.add("over"));
    network.on("blurNode", () => kg.$("focus-graph").classList.remove("over"));
    if (kg.calm()) network.once("stabilizationIterationsDone", () => { network.setOptions({ physics: false }); fit(); });
    else follow(network);
  }

  /** Keeps all in sight while the graph unfolds, until somebody takes hold of it. @param {any} mine */
  function follow(mine) {
    let held = false;
    for (const event of ["dragStart", "zoom", "click"]) mine.once(event, () => { held = true; });
    for (const wait of [60, 250, 600, 1100, 1800, 2800, 4000]) {
      setTimeout(() => { if (mine === network && !held) frame(wait > 60 ? 240 : 0); }, wait);
    }
  }

  /** Shows the whole graph with room for its names. @param {number} duration */
  function frame(duration) {
    const at = Object.values(network?.getPositions() ?? {});
    const { clientWidth: width, clientHeight: height } = kg.$("focus-graph");
    if (!at.length || !width || !height) return;
    const [xs, ys] = [at.map(({ x }) => x), at.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.max(0.05, Math.min(1.15, (width - Math.min(190, width / 3)) / Math.max(1, right - left), (height - 130) / Math.max(1, bottom - top)));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 22 / scale }, scale, animation: duration ? { duration, easingFunction: "linear" } : false });
  }

  const fit = () => frame(kg.calm() ? 0 : 300);

  /** A click selects; the graph stays where it is. @param {number} i */
  function select(i) {
    kg.state.set({ selected: i }, { push: true });
    kg.map.centre(i);
  }

  /** @param {number} i */
  function recentre(i) {
    kg.state.set({ selected: i, focus: i }, { push: true });
  }

  /** @param {ReturnType<typeof kg.near>} found */
  function header({ nodes, edges, all, left }) {
    const { depth } = kg.state.get();
    kg.$("focus-title").replaceChildren(words(t("focusOf", { name: kg.clip(kg.name(centre()), 80) })));
    kg.$("focus-graph").setAttribute("aria-label", `${t("focusOf", { name: kg.clip(kg.clean(kg.name(centre())), 80) })}. ${t("focusHelp")}`);
    kg.$("focus-depth").setAttribute("aria-label", t("depth"));
    kg.$("focus-depth").replaceChildren(el("span", { class: "soft", "aria-hidden": "true" }, t("depth")), ...[1, 2, 3].map((n) => el("button", { type: "button", "data-depth": n, "aria-pressed": String(n === depth), "aria-label": t("depthOf", { n }), click: () => kg.state.set({ depth: n }) }, String(n))));
    const counts = t("focusCount", { n: nodes.size, m: edges.length });
    const names = [...left].sort((a, b) => b[1] - a[1]).map(([k, n]) => `${kg.number(n)} ${n === 1 ? kg.say(kg.data.nodeTypes[k].label) : kg.legend.plural(kg.data.nodeTypes[k])}`).join(", ");
    const cut = left.size ? t("focusCut", { n: nodes.size, all, left: names }) : "";
    kg.$("focus-note").replaceChildren(cut ? el("strong", { id: "focus-cut" }, cut) : counts, el("span", { class: "soft" }, ` ${t("focusTip")}`));
    kg.$("focus-back").replaceChildren(el("span", { "aria-hidden": "true" }, "‹ "), t("backToMap"));
    kg.announce(`${t("focusOf", { name: kg.clip(kg.name(centre()), 80) })}: ${cut || counts}`, 350);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const step = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })[event.key];
    if (step && order.length) {
      cursor = order[(Math.max(-1, order.indexOf(cursor)) + step + order.length) % order.length];
      network?.focus(cursor, { animation: false, scale: Math.max(0.8, network.getScale()) });
      network?.redraw();
      kg.announce(`${kg.say(kg.nodeType(cursor).label)}: ${kg.clip(kg.name(cursor), 120)}`);
    } else if (event.key === "Enter" && cursor >= 0) select(cursor);
    else if (event.key === " " && cursor >= 0) recentre(cursor);
    else if (event.key === "+" || event.key === "=" || event.key === "-") network?.moveTo({ scale: network.getScale() * (event.key === "-" ? 0.8 : 1.25) });
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function open() {
    const { selected } = kg.state.get();
    if (selected >= 0) kg.state.set({ focus: selected }, { push: true });
  }

  function close() {
    if (isOpen()) kg.state.set({ focus: -1 }, { push: true });
  }

  function show() {
    kg.$("focus").hidden = false;
    document.body.classList.add("with-focus");
    draw();
    press();
  }

  function hide() {
    kg.$("focus").hidden = true;
    document.body.classList.remove("with-focus");
    network?.destroy();
    network = null;
    press();
  }

  const press = () => document.querySelector("[data-action=focus]")?.setAttribute("aria-pressed", String(isOpen()));

  /** @param {Readonly<Kg.State>} state @param {Set<string>} changed */
  function update(state, changed) {
    const wasOpen = !kg.$("focus").hidden;
    if (isOpen() && state.selected < 0) kg.state.set({ focus: -1 });
    else if (isOpen() && changed.has("selected") && !changed.has("focus") && !shown.has(state.selected)) kg.state.set({ focus: state.selected });
    else if (isOpen() !== wasOpen) {
      if (wasOpen) { hide(); return; }
      show();
      if (!matchMedia("(max-width: 760px)").matches) kg.$("focus-graph").focus({ preventScroll: true });
    } else if (isOpen()) {
      if (["focus", "depth", "hiddenTypes", "hiddenKinds", "topic", "from", "to", "language", "theme"].some((name) => changed.has(name))) draw();
      else if (changed.has("selected")) network?.redraw();
    }
  }

  function start() {
    const region = kg.$("focus");
    region.hidden = true;
    region.setAttribute("aria-labelledby", "focus-title");
    region.append(
      el("div", { class: "focus-head" }, el("button", { type: "button", class: "button", id: "focus-back", click: () => { close(); kg.$("canvas").focus(); } }),
        el("h2", { id: "focus-title" }), el("div", { id: "focus-depth", role: "group" })),
      el("div", { id: "focus-graph", tabindex: "0", role: "application", keydown: key }),
      el("p", { id: "focus-note" }));
    kg.$("map").append(region);
    kg.state.on(update);
    if (isOpen()) show();
  }

  kg.focus = {
    start, open, close, toggle: () => (isOpen() ? close() : open()), isOpen,
    /** For tests. */ network: () => network, shown: () => [...shown.keys()], recentre,
  };
})();
