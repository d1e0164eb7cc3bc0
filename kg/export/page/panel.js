// The panel: all that is known of the selected node; every text as text, every neighbour a button.
(() => {
  const { el, t, words } = kg;
  const SOURCES = 4;
  const LONG = 700;

  /** Attributes that are shown elsewhere, or only help the tool. */
  const ELSEWHERE = new Set(["url", "identifier", "name", "path", "depth", "published", "period"]);

  /** @param {any} value */
  function text(value) {
    if (Array.isArray(value)) return value.join(value.some((part) => part.length > 60) ? "\n" : ", ");
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    return typeof value === "number" ? kg.number(value) : String(value);
  }

  /** A long text, the rest of it on demand. @param {string} said */
  function prose(said) {
    if (said.length <= LONG * 1.2) return el("dd", {}, words(said));
    const made = el("dd", {}, words(kg.clip(said, LONG)), " ");
    const more = el("button", { type: "button", class: "more", click: () => made.replaceChildren(words(said)) }, t("more", { n: said.length - LONG }));
    made.append(more);
    return made;
  }

  /** @param {number} i @param {Kg.Texts} texts */
  function attributes(i, texts) {
    const list = el("dl", { class: "texts" });
    const name = kg.name(i);
    for (const attribute of texts.attributes) {
      const said = text(attribute.value);
      if (ELSEWHERE.has(attribute.name) || !said || said === name) continue;
      list.append(el("div", { class: said.length > 60 ? "long" : "short" }, el("dt", {}, kg.capital(kg.say(attribute.label) || attribute.name)), prose(said)));
    }
    return list.childElementCount ? list : null;
  }

  /** Identifier and link of a paper; for a topic, the path that leads to it. @param {number} i @param {Kg.Texts} texts */
  function identity(i, texts) {
    const value = (/** @type {string} */ name) => texts.attributes.find((attribute) => attribute.name === name)?.value;
    const identifier = value("identifier"), address = kg.link(texts.url);
    const parts = [];
    if (address) parts.push(el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words(identifier || address), el("span", { "aria-hidden": "true" }, " ↗")));
    else {
      if (identifier) parts.push(words(identifier));
      if (texts.url) parts.push(words(texts.url));
    }
    if (kg.data.month[i] && kg.data.month[i] !== kg.name(i)) parts.push(el("span", {}, kg.data.month[i]));
    /** @type {number[]} */
    const above = [];
    for (let up = kg.data.parent[i]; up >= 0 && above.length < 20; up = kg.data.parent[up]) above.unshift(up);
    return [
      parts.length ? el("p", { class: "identity" }, ...parts) : null,
      above.length ? el("p", { class: "crumbs" }, ...above.flatMap((up, place) => [place ? el("span", { "aria-hidden": "true" }, "›") : null,
        el("button", { type: "button", click: () => kg.choose(up) }, words(kg.clip(kg.name(up), 80)))])) : null,
    ];
  }

  /**
   * Edges at a node by relation and direction; what tells most (the rare relations) first, what is derived last.
   * @param {number} i
   */
  function groups(i) {
    const { source, target, kind, edgeTypes } = kg.data;
    /** @type {Map<string, {k: number, back: boolean, ends: Map<number, number[]>}>} */
    const found = new Map();
    for (const j of kg.data.edgesAt(i)) {
      const k = kind[j];
      const back = source[j] !== i;
      const key = `${k} ${back && kg.say(edgeTypes[k].inverse) !== kg.say(edgeTypes[k].label)}`;
      const group = found.get(key) ?? { k, back, ends: new Map() };
      found.set(key, group);
      const other = back ? source[j] : target[j];
      const edges = group.ends.get(other);
      if (edges) edges.push(j);
      else group.ends.set(other, [j]);
    }
    const late = (/** @type {number} */ k) => ({ derived: 3, hub: 2 })[/** @type {string} */ (edgeTypes[k].role)] ?? 0;
    return [...found.values()].sort((a, b) => late(a.k) - late(b.k) || kg.legend.totals.kinds[a.k] - kg.legend.totals.kinds[b.k] || a.k - b.k || Number(a.back) - Number(b.back));
  }

  /** @param {number} i @param {{k: number, back: boolean, ends: Map<number, number[]>}} group */
  function section(i, { k, back, ends }) {
    const type = kg.data.edgeTypes[k];
    const strength = (/** @type {number[]} */ edges) => edges.reduce((sum, j) => sum + kg.data.mentions[j], 0);
    const { compare } = new Intl.Collator(kg.state.get().language, { numeric: true });
    const rows = [...ends.values()].sort((a, b) => strength(b) - strength(a) || compare(kg.name(kg.data.other(a[0], i)), kg.name(kg.data.other(b[0], i))));
    const heading = kg.say(back ? type.inverse : type.label) || type.name;
    return el("section", { class: "relation", "data-relation": type.name, "data-direction": back ? "in" : "out" },
      el("h3", { title: kg.say(type.definition), id: `relation-${type.name}-${back ? "in" : "out"}`, tabindex: "-1" }, kg.stroke(type, back), words(kg.capital(heading)), el("span", { class: "count" }, kg.number(rows.length))),
      ...kg.list(rows, (/** @type {number[]} */ edges) => kg.relationRow(i, edges)));
  }

  /** The relations in one line, each a way to its list. @param {{k: number, back: boolean, ends: Map<number, number[]>}[]} found */
  function summary(found) {
    if (found.length < 3) return null;
    return el("nav", { class: "jumps", "aria-label": t("neighbours") }, ...found.map(({ k, back, ends }) => {
      const type = kg.data.edgeTypes[k];
      return el("button", { type: "button", class: "jump", click: () => {
        const heading = kg.$(`relation-${type.name}-${back ? "in" : "out"}`);
        heading.scrollIntoView({ block: "start", behavior: kg.calm() ? "auto" : "smooth" });
        heading.focus({ preventScroll: true });
      } }, words(kg.say(back ? type.inverse : type.label)), el("b", {}, ` ${kg.number(ends.size)}`));
    }));
  }

  /** @param {string} key @param {() => void} click @param {Record<string, any>} [more] */
  const action = (key, click, more = {}) => el("button", { type: "button", class: "button", "data-action": key, click, ...more }, t(key));

  async function copyLink() {
    const address = location.href;
    try {
      await navigator.clipboard.writeText(address);
      kg.announce(t("copied"));
      kg.$("copied").replaceChildren(el("span", { class: "soft" }, t("copied")));
    } catch {
      const box = el("input", { type: "text", readonly: true, value: address, "aria-label": t("copyByHand") });
      kg.$("copied").replaceChildren(box);
      box.select();
    }
  }

  /** @param {number} i */
  function actions(i) {
    const topic = kg.data.isTopic(i) ? i : kg.data.parent[i];
    return el("div", { class: "actions" },
      action("focus", () => kg.focus.toggle(), { "aria-pressed": String(kg.focus.isOpen()), class: "button strong" }),
      action("pathTo", () => kg.path.pick()),
      topic >= 0 ? action(topic === i ? "onlyTopic" : "onlyItsTopic", () => {
        kg.state.set({ topic }, { push: true });
        kg.map.centre(topic);
      }) : null,
      action("locate", () => kg.map.centre(i)),
      action("copyLink", copyLink),
      el("span", { id: "copied" }));
  }

  /** @param {Kg.Source[]} sources */
  function said(sources) {
    if (!sources.length) return null;
    return el("section", { class: "said" }, el("h3", {}, words(t("said")), el("span", { class: "count" }, kg.number(sources.length))),
      ...kg.list(sources, (/** @type {Kg.Source} */ source) => el("li", {}, ...kg.quotes([source])), SOURCES));
  }

  /** @param {number} i */
  function node(i) {
    const texts = kg.data.texts(i);
    const type = kg.nodeType(i);
    const found = groups(i);
    return [
      el("p", { class: "kind", title: kg.say(type.definition) }, kg.icon(kg.data.type[i]), el("span", {}, kg.capital(kg.say(type.label)))),
      el("h2", { tabindex: "-1" }, words(kg.clip(kg.name(i), 600))),
      ...identity(i, texts),
      actions(i),
      summary(found),
      attributes(i, texts),
      ...found.map((group) => section(i, group)),
      found.length ? null : el("p", { class: "soft" }, t("alone")),
      said(texts.sources),
    ];
  }

  const close = () => kg.state.set(kg.state.get().selected >= 0 ? { selected: -1, pathTo: -1 } : { view: "" }, { push: true });

  function show() {
    const { selected, view, pathTo } = kg.state.get();
    const known = kg.views.has(view);
    kg.$("panel").hidden = selected < 0 && !known;
    document.body.classList.toggle("with-panel", !kg.$("panel").hidden);
    if (kg.$("panel").hidden) { kg.$("detail").replaceChildren(); return; }
    const parts = selected >= 0
      ? [known ? el("button", { type: "button", class: "back", click: () => kg.state.set({ selected: -1, pathTo: -1 }, { push: true }) }, "‹ ", t("backToView", { name: t(`view_${view}`) })) : null,
        ...(pathTo >= 0 ? [kg.path.section()] : []), ...node(selected)]
      : kg.views.section(view);
    kg.$("detail").replaceChildren(
      el("button", { type: "button", class: "close", "aria-label": t("close"), title: t("close"), click: close }, "×"),
      ...parts.filter(Boolean));
    kg.$("panel").scrollTop = 0;
  }

  function start() {
    show();
    kg.state.on((state, changed) => {
      if (["selected", "pathTo", "language", "view"].some((key) => changed.has(key))) show();
      if (changed.has("hiddenKinds") && state.pathTo >= 0) show();
      if (changed.has("selected") && state.selected >= 0) {
        kg.announce(t("selected", { type: kg.say(kg.nodeType(state.selected).label), name: kg.clip(kg.name(state.selected), 120), n: kg.data.edgesAt(state.selected).length }));
      }
    });
  }

  kg.panel = { start, show, close, copyLink };
})();
