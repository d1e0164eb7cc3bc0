// The legend, which is the filter: node types, relations and months with their counts.
(() => {
  const { el, t } = kg;

  /** @type {{box: HTMLInputElement, count: HTMLElement, row: HTMLElement}[]} */
  let typeRows = [];
  /** @type {{box: HTMLInputElement, count: HTMLElement, row: HTMLElement}[]} */
  let kindRows = [];

  /** How many nodes of each type and edges of each relation there are. */
  const totals = { types: new Uint32Array(256), kinds: new Uint32Array(256) };
  /** @type {string[]} */
  let months = [];

  function count() {
    const { n, m, type, kind, month } = kg.data;
    for (let i = 0; i < n; i += 1) totals.types[type[i]] += 1;
    for (let j = 0; j < m; j += 1) totals.kinds[kind[j]] += 1;
    months = [...new Set(month)].filter((name) => /^\d{4}-\d\d$/.test(name)).sort();
  }

  /**
   * One row: a checkbox that is a key, and a button that leaves only this.
   * @param {{mark: Node, name: string, hint: string, total: number, on: boolean, data: Record<string, string>, note?: string, toggle: (on: boolean) => void, only: () => void}} options
   */
  function row({ mark, name, hint, total, on, data, note, toggle, only }) {
    const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", change: () => toggle(box.checked) }));
    box.checked = on;
    const amount = el("span", { class: "count" }, kg.number(total));
    const label = el("label", { title: hint, click: (/** @type {MouseEvent} */ event) => {
      if (!event.altKey) return;
      event.preventDefault();
      only();
    }, dblclick: only }, box, mark, el("span", { class: "name" }, kg.capital(name), note ? el("small", {}, ` ${note}`) : null), amount);
    const button = el("button", { type: "button", class: "only", "aria-label": t("onlyThis", { name }), click: only }, t("only"));
    return { box, count: amount, row: el("div", { class: on ? "key" : "key off", ...data }, label, button) };
  }

  /** @param {"hiddenTypes" | "hiddenKinds"} key @param {number} k @param {boolean} on */
  function toggle(key, k, on) {
    const next = new Set(kg.state.get()[key]);
    if (on) next.delete(k);
    else next.add(k);
    kg.state.set({ [key]: next }, { push: true });
  }

  /** @param {"hiddenTypes" | "hiddenKinds"} key @param {number} size @param {number} [k]  the one that stays; none hides all */
  const leave = (key, size, k) => kg.state.set({ [key]: new Set([...Array(size).keys()].filter((other) => other !== k)) }, { push: true });

  /** @param {string} title @param {"hiddenTypes" | "hiddenKinds"} key @param {number} size @param {HTMLElement[]} rows */
  function group(title, key, size, rows) {
    return el("div", { class: "keys", role: "group", "aria-labelledby": `keys-${key}`, "data-filter": key },
      el("div", { class: "both" }, el("h3", { id: `keys-${key}` }, t(title)),
        el("button", { type: "button", "aria-label": `${t(title)}: ${t("all")}`, click: () => kg.state.set({ [key]: new Set() }, { push: true }) }, t("all")),
        el("button", { type: "button", "aria-label": `${t(title)}: ${t("none")}`, click: () => leave(key, size) }, t("none"))),
      ...rows);
  }

  function draw() {
    const { nodeTypes, edgeTypes } = kg.data;
    const { hiddenTypes, hiddenKinds } = kg.state.get();
    const shownTypes = [...nodeTypes.keys()].filter((k) => totals.types[k]);
    const shownKinds = [...edgeTypes.keys()].filter((k) => totals.kinds[k]);
    typeRows = [];
    kindRows = [];
    for (const k of shownTypes) {
      const type = nodeTypes[k];
      typeRows[k] = row({ mark: kg.icon(k), name: plural(type), hint: kg.say(type.definition), total: totals.types[k], on: !hiddenTypes.has(k), data: { "data-type": type.name },
        toggle: (on) => toggle("hiddenTypes", k, on), only: () => leave("hiddenTypes", nodeTypes.length, k) });
    }
    for (const k of shownKinds) {
      const kind = edgeTypes[k];
      kindRows[k] = row({ mark: kg.stroke(kind), name: kg.say(kind.label), hint: kg.say(kind.definition), total: totals.kinds[k], on: !hiddenKinds.has(k), data: { "data-relation": kind.name },
        note: kind.derived ? `(${t("derived")})` : "", toggle: (on) => toggle("hiddenKinds", k, on), only: () => leave("hiddenKinds", edgeTypes.length, k) });
    }
    kg.$("legend").replaceChildren(
      el("h2", { class: "visually-hidden" }, t("filters")),
      el("p", { id: "shown" }),
      group("nodes", "hiddenTypes", nodeTypes.length, shownTypes.map((k) => typeRows[k].row)),
      ...timeline(),
      group("relations", "hiddenKinds", edgeTypes.length, shownKinds.map((k) => kindRows[k].row)));
    update();
  }

  /** @param {Kg.NodeType} type */
  const plural = (type) => kg.say(type.plural).replace(/^các /, "");

  function timeline() {
    if (months.length < 2) return [];
    const { type, month, n } = kg.data;
    const paper = kg.typeIndex("Paper");
    const heights = new Map(months.map((name) => [name, 0]));
    for (let i = 0; i < n; i += 1) if (month[i] && (paper < 0 || type[i] === paper)) heights.set(month[i], (heights.get(month[i]) ?? 0) + 1);
    const top = Math.max(1, ...heights.values());
    const bars = months.map((name) => {
      const amount = heights.get(name) ?? 0;
      const fill = el("span", {});
      fill.style.height = `${Math.max(2, (46 * amount) / top)}px`;
      return el("button", { type: "button", class: "bar", "data-month": name, title: t("papersIn", { name, n: amount }), "aria-label": t("papersIn", { name, n: amount }),
        click: (/** @type {MouseEvent} */ event) => {
          const { from, to } = kg.state.get();
          const alone = from === name && to === name;
          if (event.shiftKey && from) kg.state.set({ from: name < from ? name : from, to: name > to ? name : to }, { push: true });
          else kg.state.set(alone ? { from: "", to: "" } : { from: name, to: name }, { push: true });
        } }, fill, months.length <= 5 ? el("small", { "aria-hidden": "true" }, name) : null);
    });
    /** @param {"from" | "to"} key */
    const choice = (key) => {
      const made = el("select", { "aria-label": `${t("months")}: ${t(key)}`, id: `month-${key}`, change: () => kg.state.set({ [key]: made.value }, { push: true }) },
        el("option", { value: "" }, t("any")), ...months.map((name) => el("option", { value: name }, name)));
      return el("label", {}, el("span", {}, t(key)), made);
    };
    return [el("div", { class: "keys months", role: "group", "aria-labelledby": "keys-months" }, el("div", { class: "both" }, el("h3", { id: "keys-months" }, t("months"))),
      el("div", { class: "bars" }, ...bars), el("div", { class: "range" }, choice("from"), choice("to")))];
  }

  /** Counts, checks and chips after a change of the filters. */
  function update() {
    const { hiddenTypes, hiddenKinds, topic, from, to } = kg.state.get();
    const { n, type, nodeTypes } = kg.data;
    const left = new Uint32Array(nodeTypes.length);
    /** @type {Record<string, number>} */
    const lost = { type: 0, topic: 0, time: 0 };
    let shown = 0;
    for (let i = 0; i < n; i += 1) {
      const why = kg.state.hiddenBy(i);
      if (why) lost[why] += 1;
      else { shown += 1; left[type[i]] += 1; }
    }
    const narrowed = topic >= 0 || Boolean(from || to);
    typeRows.forEach(({ box, count: amount, row: line }, k) => {
      box.checked = !hiddenTypes.has(k);
      line.classList.toggle("off", !box.checked);
      amount.textContent = narrowed && box.checked && left[k] !== totals.types[k] ? `${kg.number(left[k])} / ${kg.number(totals.types[k])}` : kg.number(totals.types[k]);
    });
    kindRows.forEach(({ box, row: line }, k) => {
      box.checked = !hiddenKinds.has(k);
      line.classList.toggle("off", !box.checked);
    });
    for (const key of /** @type {const} */ (["from", "to"])) if (kg.$(`month-${key}`)) kg.$(`month-${key}`).value = kg.state.get()[key];
    for (const bar of document.querySelectorAll(".bar")) {
      const name = /** @type {HTMLElement} */ (bar).dataset.month ?? "";
      bar.setAttribute("aria-pressed", String(Boolean(from || to) && (!from || name >= from) && (!to || name <= to)));
    }
    const said = shown === n ? t("allShown", { all: n }) : t("shownOf", { n: shown, all: n });
    kg.$("shown").textContent = said;
    kg.filters.chips(shown, lost);
    return said;
  }

  function start() {
    count();
    draw();
    kg.state.on((state, changed) => {
      if (changed.has("language")) draw();
      else if (["hiddenTypes", "hiddenKinds", "topic", "from", "to"].some((key) => changed.has(key))) kg.announce(update());
    });
  }

  kg.legend = { start, plural, months: () => months, totals };
})();
