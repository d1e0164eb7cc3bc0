// Ready-made views, one click each: filters, emphasis on the map, and a list in the right order in the panel.
(() => {
  const { el, t, words } = kg;
  const PARTNERS = 12;
  /** How many entries are listed at first, and emphasised on the map: more would be a hairball. */
  const FIRST = 30;
  /** Relations by which an entry of a digest speaks of a paper. */
  const SPEAKING = ["buildsOn", "usesMethodOf", "motivatedBy", "evaluatedWith", "cautionedBy", "cites", "about"];

  /**
   * The views by the ontology's names: nodes of `type`, related by `relations`, in an order;
   * `kin` are nodes of a type that share partners with the node by the given relations.
   * @type {{name: string, type: string, relations: string[], order: "text" | "rank" | "meeting", kin?: string, icon: string}[]}
   */
  const VIEWS = [
    { name: "ideas", type: "Idea", relations: ["buildsOn", "usesMethodOf", "motivatedBy", "evaluatedWith", "cautionedBy"], order: "text", icon: "Idea" },
    { name: "gaps", type: "Gap", relations: ["cites"], order: "text", kin: "Idea", icon: "Gap" },
    { name: "highlights", type: "Highlight", relations: ["about", "hasKeyword"], order: "rank", icon: "Highlight" },
    { name: "reading", type: "Recommendation", relations: ["about"], order: "rank", icon: "Recommendation" },
    { name: "meeting", type: "Paper", relations: SPEAKING, order: "meeting", icon: "Paper" },
  ];

  /** @param {string} name */
  const find = (name) => VIEWS.find((view) => view.name === name);

  /** Whether the graph has what a view shows. @param {string} name */
  function has(name) {
    const view = find(name);
    if (!view) return false;
    const kinds = new Set(view.relations.map(kg.kindIndex));
    return kg.legend.totals.types[kg.typeIndex(view.type)] > 0 && [...kinds].some((k) => k >= 0 && kg.legend.totals.kinds[k] > 0);
  }

  /** @param {number} i @param {string} name */
  const attribute = (i, name) => kg.data.texts(i).attributes.find((found) => found.name === name)?.value;

  /**
   * @typedef {{node: number, edges: number[], mark: string, note: string}} Entry
   * @param {NonNullable<ReturnType<typeof find>>} view
   * @returns {Entry[]}
   */
  function entries(view) {
    const { hiddenTypes, topic, from, to } = kg.state.get();
    const key = [view.name, hiddenTypes, topic, from, to];
    if (!key.every((value, place) => known.key[place] === value)) known = { key, found: listed(view) };
    return known.found;
  }

  /** The last list, and the filters it was made under. @type {{key: any[], found: Entry[]}} */
  let known = { key: [], found: [] };

  /** @param {NonNullable<ReturnType<typeof find>>} view @returns {Entry[]} */
  function listed(view) {
    const { n, type, kind, source } = kg.data;
    const wanted = kg.typeIndex(view.type);
    const turn = new Map(view.relations.map((name, place) => [kg.kindIndex(name), place]));
    const made = [];
    for (let i = 0; i < n; i += 1) {
      if (type[i] !== wanted || !kg.state.visible(i)) continue;
      const edges = [...kg.data.edgesAt(i)].filter((j) => turn.has(kind[j]) && (view.order === "meeting") === (source[j] !== i) && kg.state.visible(kg.data.other(j, i)));
      made.push({ node: i, edges: edges.sort((a, b) => (turn.get(kind[a]) ?? 0) - (turn.get(kind[b]) ?? 0)), mark: "", note: "" });
    }
    return ({ text: inText, rank: byRank, meeting: byMeeting })[view.order](made);
  }

  /** In the order of the digest. @param {Entry[]} made */
  function inText(made) {
    const places = new Map(made.map(({ node }) => [node, kg.data.texts(node).sources[0]]));
    const at = (/** @type {Entry} */ { node }) => places.get(node) ?? { file: "", line: 0, column: 0 };
    made.sort((a, b) => at(a).file.localeCompare(at(b).file) || at(a).line - at(b).line || at(a).column - at(b).column);
    return made.map((entry, place) => ({ ...entry, mark: String(place + 1) }));
  }

  /** The latest month first, in it by rank. @param {Entry[]} made */
  function byRank(made) {
    const rank = new Map(made.map(({ node }) => [node, Number(attribute(node, "rank") ?? Infinity)]));
    const at = (/** @type {Entry} */ { node }) => rank.get(node) ?? Infinity;
    const several = new Set(made.map(({ node }) => kg.data.month[node])).size > 1;
    made.sort((a, b) => kg.data.month[b.node].localeCompare(kg.data.month[a.node]) || at(a) - at(b) || a.node - b.node);
    return made.map((entry) => ({ ...entry, mark: Number.isFinite(at(entry)) ? String(at(entry)) : "–", note: several ? kg.data.month[entry.node] : "" }));
  }

  /** By how many kinds of sections speak of a paper, then how often. @param {Entry[]} made */
  function byMeeting(made) {
    const { source, type, mentions } = kg.data;
    const counted = made.filter(({ edges }) => edges.length).map((entry) => ({
      ...entry,
      sections: new Set(entry.edges.map((j) => type[source[j]])).size,
      times: entry.edges.reduce((sum, j) => sum + mentions[j], 0),
    })).filter(({ sections }) => sections > 1);
    counted.sort((a, b) => b.sections - a.sections || b.times - a.times || a.node - b.node);
    return counted.map((entry, place) => ({ ...entry, mark: String(place + 1), note: `${t("sections", { n: entry.sections })} · ${t("times", { n: entry.times })}` }));
  }

  /** The other ends by relation, as small buttons. @param {Entry} entry @param {boolean} [together]  without telling relations apart */
  function partners({ node, edges }, together = false) {
    /** @type {Map<string, {j: number, ends: Set<number>}>} */
    const groups = new Map();
    for (const j of edges) {
      const name = together ? t("spokenOf") : kg.reading(j, node);
      if (!groups.has(name)) groups.set(name, { j, ends: new Set() });
      groups.get(name)?.ends.add(kg.data.other(j, node));
    }
    return [...groups].map(([name, { j, ends }]) => line(kg.stroke(kg.data.edgeTypes[kg.data.kind[j]], kg.data.source[j] !== node), name, [...ends], node));
  }

  /** @param {Node} mark @param {string} name @param {number[]} ends @param {number} node */
  function line(mark, name, ends, node) {
    return el("p", { class: "partners" }, mark, el("span", { class: "soft" }, words(name)), " ",
      ...ends.slice(0, PARTNERS).map((i) => el("button", { type: "button", class: "partner", "data-node": kg.data.id[i], title: kg.say(kg.nodeType(i).label), click: () => kg.choose(i) },
        kg.icon(kg.data.type[i]), words(kg.clip(kg.name(i), 120)))),
      ends.length > PARTNERS ? el("button", { type: "button", class: "partner", click: () => kg.choose(node) }, t("more", { n: ends.length - PARTNERS })) : null);
  }

  /** Nodes of another type that rest on the same papers. @param {Entry} entry @param {string} type */
  function kin({ node, edges }, type) {
    const wanted = kg.typeIndex(type);
    const found = new Set();
    for (const j of edges) {
      const end = kg.data.other(j, node);
      for (const way of kg.data.edgesAt(end)) {
        const i = kg.data.other(way, end);
        if (kg.data.type[i] === wanted) found.add(i);
      }
    }
    if (!found.size) return null;
    const mark = el("span", { class: "stroke-space", "aria-hidden": "true" });
    return line(mark, t("kin", { name: kg.legend.plural(kg.data.nodeTypes[wanted]) }), [...found], node);
  }

  /** The view's list, as the panel shows it. @param {string} name */
  function section(name) {
    const view = find(name);
    if (!view) return [];
    const found = entries(view);
    return [
      el("p", { class: "kind" }, kg.icon(kg.typeIndex(view.icon)), el("span", {}, t("listed", { n: found.length }))),
      el("h2", { tabindex: "-1" }, t(`view_${name}`)),
      el("p", { class: "soft" }, t(`about_${name}`), found.length > FIRST ? ` ${t("firstOnMap", { n: FIRST })}` : null),
      el("div", { class: "actions" }, el("button", { type: "button", class: "button", "data-action": "leaveView", click: () => leave() }, t("leaveView"))),
      ...kg.list(found, (/** @type {Entry} */ entry) => el("li", { class: "entry" }, el("span", { class: "mark", "aria-hidden": "true" }, entry.mark),
        el("div", {}, kg.nodeButton(entry.node, { note: entry.note }), ...partners(entry, view.order === "meeting"), view.kin ? kin(entry, view.kin) : null)), FIRST, "ol"),
    ];
  }

  /** @param {string} name */
  function enter(name) {
    const view = find(name);
    if (!view || !has(name)) return;
    const kinds = new Set(view.relations.map(kg.kindIndex));
    const types = new Set([kg.typeIndex(view.type), kg.typeIndex("Topic"), view.kin ? kg.typeIndex(view.kin) : -1]);
    for (let j = 0; j < kg.data.m; j += 1) {
      if (!kinds.has(kg.data.kind[j])) continue;
      const [from, to] = [kg.data.type[kg.data.source[j]], kg.data.type[kg.data.target[j]]];
      if (view.order === "meeting" ? to === kg.typeIndex(view.type) : from === kg.typeIndex(view.type)) types.add(from).add(to);
    }
    const rest = (/** @type {{name: string}[]} */ table, /** @type {Set<number>} */ kept) => new Set([...table.keys()].filter((k) => !kept.has(k)));
    kg.path.cancel();
    kg.state.set({ view: name, selected: -1, pathTo: -1, focus: -1, hiddenTypes: rest(kg.data.nodeTypes, types), hiddenKinds: rest(kg.data.edgeTypes, kinds) }, { push: true });
    const nodes = emphasis(view);
    if (nodes.size) kg.settled(() => kg.map.fitTo(nodes));
    kg.announce(`${t(`view_${name}`)}: ${t("listed", { n: entries(view).length })}`, 250);
  }

  function leave() {
    const { hiddenTypes, hiddenKinds } = kg.state.initial();
    kg.state.set({ view: "", hiddenTypes, hiddenKinds }, { push: true });
    kg.settled(() => kg.map.fit());
  }

  /** @param {NonNullable<ReturnType<typeof find>>} view */
  function emphasis(view) {
    const nodes = new Set();
    for (const { node, edges } of entries(view).slice(0, FIRST)) {
      nodes.add(node);
      for (const j of edges) nodes.add(kg.data.other(j, node));
    }
    return nodes;
  }

  function draw() {
    const { view: current } = kg.state.get();
    const shown = VIEWS.filter(({ name }) => has(name));
    kg.$("views").hidden = !shown.length;
    kg.$("views").setAttribute("aria-label", t("views"));
    kg.$("views").replaceChildren(el("h2", {}, t("views")), ...shown.map((view) =>
      el("button", { type: "button", class: "view", "data-view": view.name, title: t(`about_${view.name}`), "aria-pressed": String(view.name === current), click: () => (kg.state.get().view === view.name ? leave() : enter(view.name)) },
        kg.icon(kg.typeIndex(view.icon)), el("span", {}, t(`view_${view.name}`)))));
  }

  function follow() {
    const view = find(kg.state.get().view);
    const nodes = view && has(view.name) && kg.state.get().selected < 0 ? emphasis(view) : null;
    kg.emphasise("view", nodes);
  }

  function start() {
    draw();
    follow();
    kg.state.on((_, changed) => {
      if (changed.has("view") || changed.has("language")) draw();
      if (["view", "selected", "hiddenTypes", "topic", "from", "to"].some((key) => changed.has(key))) follow();
    });
  }

  kg.views = { start, has, enter, leave, section, entries: (/** @type {string} */ name) => { const view = find(name); return view ? entries(view) : []; } };
})();
