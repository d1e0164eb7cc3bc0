// Search as you type: names, identifiers and texts, without case or diacritics; a combobox for hand and keyboard.

(() => {
  const { el, t, fold } = kg;
  const SHOWN = 40;
  const EMPHASISED = 400;

  /** Folded names, identifiers and texts; filled in idle time, texts last. */
  const index = {
    /** @type {string[]} */ label: [],
    /** @type {string[]} */ id: [],
    /** @type {string[]} */ alias: [],
    /** @type {string[]} */ text: [],
    /** @type {string[]} */ type: [],
    ready: 0,
    read: 0,
  };

  /** @type {{i: number, rank: number}[]} */
  let found = [];
  let total = 0;
  let active = -1;
  let waiting = 0;
  /** @type {((i: number) => void) | null} */
  let picking = null;

  const NAMES = new Set(["name", "alias", "abbreviation", "title"]);

  /** @param {number} i */
  function readTexts(i) {
    let text = "", alias = "";
    for (const { name, value } of kg.data.texts(i).attributes) {
      const said = `${Array.isArray(value) ? value.join("\n") : value}\n`;
      if (NAMES.has(name)) alias += said;
      else text += said;
    }
    index.alias[i] = fold(alias);
    index.text[i] = fold(text);
  }

  /** Reads on for some milliseconds; names first, so that a search can start at once. @param {number} end */
  function read(end) {
    const { n, label, id } = kg.data;
    if (!index.type.length) index.type = kg.data.nodeTypes.map((type) => fold(`${Object.values(type.label).join(" ")} ${Object.values(type.plural).join(" ")}`));
    while (index.ready < n && performance.now() < end) {
      for (const stop = Math.min(n, index.ready + 500); index.ready < stop; index.ready += 1) {
        index.label.push(fold(label[index.ready]));
        index.id.push(fold(id[index.ready]));
      }
    }
    while (index.ready === n && index.read < n && performance.now() < end) {
      for (const stop = Math.min(n, index.read + 200); index.read < stop; index.read += 1) readTexts(index.read);
    }
    return index.read >= n;
  }

  /** Texts are parsed when somebody first wants to search, so that nobody else waits or pays for them. */
  function readWhenIdle() {
    const later = window.requestIdleCallback ?? ((/** @type {any} */ call) => setTimeout(() => call({ timeRemaining: () => 8 }), 50));
    later((/** @type {IdleDeadline} */ deadline) => {
      if (!read(performance.now() + Math.max(4, Math.min(deadline.timeRemaining(), 30)))) readWhenIdle();
      else if (!kg.$("found").hidden && active <= 0) show();
    });
  }

  /**
   * How well a word fits a node: 0 exact name, 1 its beginning, 2 a word's beginning, 3 inside,
   * 3.2 another name, 4 identifier, 5 a text, 9 not at all.
   * @param {number} i @param {string} word
   */
  function fit(i, word) {
    const label = index.label[i];
    let at = label.indexOf(word);
    if (at === 0) return label.length === word.length ? 0 : 1;
    if (at > 0) {
      for (let place = at; place > 0; place = label.indexOf(word, place + 1)) if (!/[\p{L}\p{N}]/u.test(label[place - 1])) return 2;
      return 3;
    }
    if (index.alias[i]?.includes(word)) return 3.2;
    if (index.id[i].includes(word)) return 4;
    return (index.text[i] ?? "").includes(word) ? 5 : 9;
  }

  /**
   * The nodes that fit, best first; of a name borne by several, the best connected first.
   * @param {string} query
   */
  function find(query) {
    read(performance.now() + (index.ready < kg.data.n ? 400 : 40));
    const whole = fold(query).trim().replace(/\s+/g, " ");
    const parts = whole.split(" ");
    const fits = [];
    if (whole) {
      for (let i = 0; i < index.ready; i += 1) {
        let rank = fit(i, whole);
        if (rank > 3 && parts.length > 1) {
          let worst = 0, best = 9;
          for (const part of parts) {
            let one = fit(i, part);
            if (one > 5 && index.type[kg.data.type[i]].includes(part)) one = 3;
            worst = Math.max(worst, one);
            best = Math.min(best, one);
          }
          if (worst < 9) rank = Math.min(rank, Math.max(worst, 2) + 0.5 + (best > 3 ? 1 : 0));
        }
        if (rank < 9) fits.push({ i, rank });
      }
    }
    const { edgesAt } = kg.data;
    const ties = new Map(fits.length < 5000 ? fits.map(({ i }) => [i, edgesAt(i).length]) : []);
    return fits.sort((a, b) => a.rank - b.rank || (ties.get(b.i) ?? 0) - (ties.get(a.i) ?? 0) || index.label[a.i].length - index.label[b.i].length || a.i - b.i);
  }

  /**
   * A text with the matched parts in `<mark>`, found in folded form and marked in the text as it is.
   * @param {string} text @param {string[]} parts
   */
  function marked(text, parts) {
    let folded = "";
    /** @type {number[]} */
    const from = [];
    let place = 0;
    for (const char of text) {
      const plain = fold(char);
      for (let k = 0; k < plain.length; k += 1) from.push(place);
      folded += plain;
      place += char.length;
    }
    from.push(text.length);
    const inside = new Uint8Array(text.length);
    for (const part of parts) {
      for (let at = folded.indexOf(part); part && at >= 0; at = folded.indexOf(part, at + part.length)) {
        let end = from[at + part.length];
        while (end < text.length && /\p{M}/u.test(text[end])) end += 1;
        inside.fill(1, from[at], end);
      }
    }
    const made = el("bdi", { dir: "auto" });
    for (let start = 0, end = 0; start < text.length; start = end) {
      while (end < text.length && inside[end] === inside[start]) end += 1;
      const piece = kg.clean(text.slice(start, end));
      made.append(inside[start] ? el("mark", {}, piece) : piece);
    }
    return made;
  }

  /** The words around the first match in a node's texts. @param {number} i @param {string[]} parts */
  function excerpt(i, parts) {
    for (const { label, value } of kg.data.texts(i).attributes) {
      const text = (Array.isArray(value) ? value.join(", ") : String(value)).replace(/\s+/g, " ");
      const folded = fold(text);
      const at = folded.indexOf(parts.find((part) => folded.includes(part)) ?? "\0");
      if (at < 0) continue;
      const start = at < 30 ? 0 : text.lastIndexOf(" ", at - 18) + 1;
      return el("small", { class: "excerpt" }, `${kg.capital(kg.say(label))}: ${start ? "… " : ""}`, marked(kg.clip(text.slice(start), 110), parts));
    }
    return null;
  }

  /** @param {{i: number, rank: number}} hit @param {number} place @param {string[]} parts */
  function option({ i, rank }, place, parts) {
    const type = kg.nodeType(i);
    const hidden = kg.state.hiddenBy(i);
    const above = type.name === "Topic" ? kg.data.parent[i] : -1;
    return el("li", { role: "option", id: `result-${place}`, class: hidden ? "off" : "", "data-node": kg.data.id[i],
      pointerdown: (/** @type {Event} */ event) => { event.preventDefault(); choose(place); } },
      kg.icon(kg.data.type[i]),
      el("span", { class: "name" }, marked(kg.clip(kg.name(i), 160), parts),
        above >= 0 ? el("small", {}, t("inTopic", { name: kg.clean(kg.name(above)) })) : null,
        rank > 3 ? (kg.data.texts(i).attributes.length ? excerpt(i, parts) : null) ?? el("small", { class: "excerpt" }, marked(kg.clip(kg.data.id[i], 90), parts)) : null,
        hidden ? el("small", { class: "hidden-by" }, `${t(`hiddenBy_${hidden}`, { name: kg.filterName(hidden, i) })} — ${t("enterShows")}`) : null),
      el("small", { class: "note" }, kg.say(type.label)));
  }

  function show() {
    const input = kg.$("query"), results = kg.$("results"), query = input.value;
    const parts = fold(query).trim().split(/\s+/).filter(Boolean);
    const all = find(query);
    total = all.length;
    found = all.slice(0, SHOWN);
    active = found.length ? 0 : -1;
    results.replaceChildren(...found.map((hit, place) => option(hit, place, parts)));
    const late = index.read < kg.data.n ? ` ${t("indexing")}` : "";
    const said = !total ? t("foundNone", { query: kg.clip(kg.clean(query.trim()), 60) }) : total > SHOWN ? t("foundFirst", { n: total, shown: SHOWN }) : t("found", { n: total });
    kg.$("result-count").textContent = said + (total ? "" : ` ${t("foundTip")}`) + late;
    toggle(parts.length > 0);
    mark();
    kg.emphasise("search", parts.length && total && total <= EMPHASISED ? new Set(all.map(({ i }) => i)) : null);
    if (parts.length) kg.announce(said, 500);
  }

  /** @param {boolean} on */
  function toggle(on) {
    kg.$("found").hidden = !on;
    kg.$("results").hidden = !on || !found.length;
    kg.$("query").setAttribute("aria-expanded", String(on && found.length > 0));
    if (!on) kg.emphasise("search", null);
  }

  function mark() {
    const rows = kg.$("results").children;
    for (let place = 0; place < rows.length; place += 1) rows[place].setAttribute("aria-selected", String(place === active));
    if (rows[active]) {
      rows[active].scrollIntoView({ block: "nearest" });
      kg.$("query").setAttribute("aria-activedescendant", rows[active].id);
    } else kg.$("query").removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  function choose(place) {
    const hit = found[place];
    if (!hit) return;
    const use = picking;
    stop();
    kg.$("query").value = "";
    if (use) use(hit.i);
    else {
      kg.choose(hit.i);
      /** @type {HTMLElement | null} */ (document.querySelector("#detail h2"))?.focus({ preventScroll: true });
    }
  }

  function stop() {
    picking = null;
    toggle(false);
    kg.$("query").removeAttribute("data-picking");
    kg.$("query").placeholder = t("searchHint");
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 })[event.key];
    if (step && kg.$("found").hidden && kg.$("query").value) show();
    else if (step && found.length) {
      active = Math.abs(step) === 1 ? (active + step + found.length) % found.length : Math.max(0, Math.min(found.length - 1, active + step));
      mark();
    } else if (event.key === "Enter") {
      if (waiting) { cancelAnimationFrame(waiting); waiting = 0; show(); }
      choose(active);
    } else if (event.key === "Escape" && (!kg.$("found").hidden || picking || kg.$("query").value)) {
      if (kg.$("found").hidden) kg.$("query").value = "";
      if (kg.$("found").hidden && picking) {
        kg.path.cancel();
        /** @type {HTMLElement | null} */ (document.querySelector("[data-action=pathTo]"))?.focus();
      }
      toggle(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Lets the search choose a node for somebody else. @param {string} prompt @param {(i: number) => void} use */
  function pick(prompt, use) {
    picking = use;
    const input = kg.$("query");
    input.value = "";
    input.placeholder = prompt;
    input.dataset.picking = "true";
    input.focus();
  }

  function build() {
    kg.$("search").append(
      el("input", { id: "query", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", maxlength: 300,
        "aria-expanded": "false", "aria-controls": "results", "aria-autocomplete": "list", "data-t-label": "search", "data-t-hint": "searchHint" }),
      el("div", { id: "found", hidden: true },
        el("p", { id: "result-count" }),
        el("ul", { id: "results", role: "listbox", "data-t-label": "results" })));
  }

  function start() {
    build();
    const input = kg.$("query");
    input.addEventListener("input", () => { waiting ||= requestAnimationFrame(() => { waiting = 0; show(); }); });
    input.addEventListener("keydown", key);
    input.addEventListener("focus", readWhenIdle, { once: true });
    input.addEventListener("focus", () => { if (input.value) show(); });
    input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input) toggle(false); }, 120));
  }

  kg.search = { start, find, pick, stop, isPicking: () => picking !== null };
})();
